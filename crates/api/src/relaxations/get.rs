//! GET /api/relaxations/{id}

use super::dto::{RelaxationDto, RelaxedFilingDto};
use super::list::RelaxationListQuery;
use crate::http::{ApiError, Caller, ErrorBody, ListQuery};
use crate::state::AppState;
use actix_web::{get, web};
use app::relaxations::RelaxationError;
use app::transact;
use kernel::{Id, Permission};
use serde::Serialize;
use utoipa::ToSchema;

/// A relaxation with the filings whose date or cost it gives.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RelaxationDetail {
    /// The relaxation.
    #[serde(flatten)]
    pub relaxation: RelaxationDto,
    /// One page of the filings under it now.
    pub filings: RelaxedFilingPage,
}

/// One page of filings under a relaxation.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RelaxedFilingPage {
    items: Vec<RelaxedFilingDto>,
    total: i64,
    page: u32,
    per_page: u32,
}

/// One relaxation with a page of the filings under it.
#[utoipa::path(tag = "relaxations", params(("id" = i64, Path), RelaxationListQuery), responses(
    (status = 200, body = RelaxationDetail), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[get("/relaxations/{id}")]
pub async fn get_relaxation(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    query: ListQuery<RelaxationListQuery>,
) -> Result<web::Json<RelaxationDetail>, ApiError> {
    caller.require(Permission::FilingsView)?;
    let (request, id) = (query.0.request()?, Id::new(*id));
    let today = caller.actor.today();
    let (row, filings) = transact(state.db.as_ref(), &caller.actor, async |tx| {
        let row = tx.relaxation(id).await?.ok_or(RelaxationError::NotFound)?;
        Ok::<_, RelaxationError>((row, tx.filings_under(id, request).await?))
    })
    .await?;
    Ok(web::Json(RelaxationDetail {
        relaxation: row.into(),
        filings: RelaxedFilingPage {
            items: filings.items.into_iter().map(|f| RelaxedFilingDto::of(f, today)).collect(),
            total: filings.total,
            page: request.page,
            per_page: request.per_page,
        },
    }))
}
