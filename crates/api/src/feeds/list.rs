//! GET /api/calendar/feeds

use super::dto::FeedDto;
use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::{get, web};
use app::transact;
use kernel::Permission;
use serde::Serialize;
use utoipa::ToSchema;

/// The calendar links of one person.
#[derive(Serialize, ToSchema)]
pub struct FeedList {
    /// Newest first.
    items: Vec<FeedDto>,
}

/// The caller's own calendar links that have not ended.
#[utoipa::path(tag = "filings", responses(
    (status = 200, body = FeedList), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
#[get("/calendar/feeds")]
pub async fn list_feeds(state: web::Data<AppState>, caller: Caller) -> Result<web::Json<FeedList>, ApiError> {
    caller.require(Permission::FilingsView)?;
    let me = caller.user;
    let found = transact(state.db.as_ref(), &caller.actor, async |tx| tx.feeds_of(me).await).await?;
    Ok(web::Json(FeedList { items: found.into_iter().map(Into::into).collect() }))
}
