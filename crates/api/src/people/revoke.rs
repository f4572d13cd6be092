//! DELETE /api/users/invitations/{id}

use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::{HttpResponse, delete, web};
use app::transact;
use kernel::Id;

/// End an open invitation. Its link stops working and its seat is free.
#[utoipa::path(tag = "people", params(("id" = i64, Path)), responses(
    (status = 204), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody)))]
#[delete("/users/invitations/{id}")]
pub async fn revoke_invitation(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
) -> Result<HttpResponse, ApiError> {
    let actor = &caller.actor;
    transact(state.db.as_ref(), actor, async |tx| {
        identity::team::revoke_invitation(tx, actor, Id::new(*id)).await
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
