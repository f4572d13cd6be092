//! DELETE /api/api-keys/{id}

use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::{HttpResponse, delete, web};
use app::transact;
use identity::keys::revoke_key;
use kernel::Id;

/// End a key at once.
#[utoipa::path(tag = "people", params(("id" = i64, Path)), responses(
    (status = 204), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody)))]
#[delete("/api-keys/{id}")]
pub async fn revoke_api_key(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
) -> Result<HttpResponse, ApiError> {
    let actor = &caller.actor;
    transact(state.db.as_ref(), actor, async |tx| revoke_key(tx, actor, Id::new(*id)).await).await?;
    Ok(HttpResponse::NoContent().finish())
}
