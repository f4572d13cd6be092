//! GET /api/relaxations

use super::dto::RelaxationDto;
use crate::http::{ApiError, Caller, ErrorBody, ListQuery, PageParams};
use crate::state::AppState;
use actix_web::{get, web};
use app::transact;
use kernel::{PageRequest, Permission};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RelaxationListQuery {
    /// From 1.
    page: Option<u32>,
    /// 1 to 200.
    per_page: Option<u32>,
}

impl RelaxationListQuery {
    /// The page, checked.
    pub fn request(&self) -> Result<PageRequest, ApiError> {
        PageParams { page: self.page, per_page: self.per_page }.checked()
    }
}

/// One page of relaxations.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RelaxationPage {
    items: Vec<RelaxationDto>,
    total: i64,
    page: u32,
    per_page: u32,
}

/// Circulars that the firm carried out, newest first, with those it took back.
#[utoipa::path(tag = "relaxations", params(RelaxationListQuery), responses(
    (status = 200, body = RelaxationPage), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[get("/relaxations")]
pub async fn list_relaxations(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<RelaxationListQuery>,
) -> Result<web::Json<RelaxationPage>, ApiError> {
    caller.require(Permission::FilingsView)?;
    let request = query.0.request()?;
    let found =
        transact(state.db.as_ref(), &caller.actor, async |tx| tx.list_relaxations(request).await).await?;
    Ok(web::Json(RelaxationPage {
        items: found.items.into_iter().map(Into::into).collect(),
        total: found.total,
        page: request.page,
        per_page: request.per_page,
    }))
}
