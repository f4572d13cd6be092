//! POST /api/users/{id}/reactivate

use crate::http::{ApiError, Caller, ErrorBody, IfMatch};
use crate::state::AppState;
use actix_web::{HttpResponse, post, web};
use app::transact;
use kernel::Id;

/// Let somebody in again, with the role they had, when a seat is free.
#[utoipa::path(tag = "people", params(("id" = i64, Path), ("If-Match" = String, Header)), responses(
    (status = 204), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 409, body = ErrorBody)))]
#[post("/users/{id}/reactivate")]
pub async fn reactivate_user(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    version: IfMatch,
) -> Result<HttpResponse, ApiError> {
    let actor = &caller.actor;
    transact(state.db.as_ref(), actor, async |tx| {
        identity::team::reactivate(tx, actor, Id::new(*id), version.0).await
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
