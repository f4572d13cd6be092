//! DELETE /api/calendar/feeds/{id}

use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::{HttpResponse, delete, web};
use app::feeds as cases;
use app::transact;
use kernel::Id;

/// End a calendar link at once: one's own, or anybody's with `users.manage`.
#[utoipa::path(tag = "filings", params(("id" = i64, Path)), responses(
    (status = 204), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody)))]
#[delete("/calendar/feeds/{id}")]
pub async fn revoke_feed(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
) -> Result<HttpResponse, ApiError> {
    let actor = &caller.actor;
    transact(state.db.as_ref(), actor, async |tx| cases::revoke_feed(tx, actor, Id::new(*id)).await).await?;
    Ok(HttpResponse::NoContent().finish())
}
