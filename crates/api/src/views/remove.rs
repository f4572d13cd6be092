//! DELETE /api/saved-views/{id}

use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::{HttpResponse, delete, web};
use app::transact;
use app::views as cases;
use kernel::Id;

/// Delete a view. Shared ones need `views.share`.
#[utoipa::path(tag = "filings", params(("id" = i64, Path)), responses(
    (status = 204), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody)))]
#[delete("/saved-views/{id}")]
pub async fn remove_view(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
) -> Result<HttpResponse, ApiError> {
    let actor = &caller.actor;
    transact(state.db.as_ref(), actor, async |tx| cases::remove_view(tx, actor, Id::new(*id)).await).await?;
    Ok(HttpResponse::NoContent().finish())
}
