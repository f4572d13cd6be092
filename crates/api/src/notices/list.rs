//! GET /api/notices

use super::dto::NoticeDto;
use crate::http::{ApiError, Caller, ErrorBody, ListQuery, PageParams};
use crate::state::AppState;
use actix_web::{get, web};
use app::transact;
use kernel::StoreError;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which notices.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NoticeListQuery {
    /// Only those not read.
    unread: Option<bool>,
    /// From 1.
    page: Option<u32>,
    /// 1 to 200.
    per_page: Option<u32>,
}

/// One page of the caller's notices.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NoticePage {
    items: Vec<NoticeDto>,
    total: i64,
    /// How many the caller has not read, whatever the filter.
    unread: i64,
    page: u32,
    per_page: u32,
}

/// The caller's own notices, newest first.
#[utoipa::path(tag = "notices", params(NoticeListQuery), responses(
    (status = 200, body = NoticePage), (status = 401, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[get("/notices")]
pub async fn list_notices(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<NoticeListQuery>,
) -> Result<web::Json<NoticePage>, ApiError> {
    let request = PageParams { page: query.0.page, per_page: query.0.per_page }.checked()?;
    let unread_only = query.0.unread.unwrap_or(false);
    let (found, unread) = transact(state.db.as_ref(), &caller.actor, async |tx| {
        let found = tx.notices_of(caller.user, unread_only, request).await?;
        let unread = if unread_only { found.total } else { tx.unread_notices(caller.user).await? };
        Ok::<_, StoreError>((found, unread))
    })
    .await?;
    Ok(web::Json(NoticePage {
        items: found.items.into_iter().map(Into::into).collect(),
        total: found.total,
        unread,
        page: request.page,
        per_page: request.per_page,
    }))
}
