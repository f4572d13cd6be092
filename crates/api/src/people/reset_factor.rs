//! POST /api/users/{id}/second-factor/reset

use crate::auth::second_factor::refusal;
use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::{HttpResponse, post, web};
use app::transact;
use kernel::Id;

/// Take the second factor of somebody who lost it. Their sessions end, and they are told by mail.
#[utoipa::path(tag = "people", params(("id" = i64, Path)), responses(
    (status = 204), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody)))]
#[post("/users/{id}/second-factor/reset")]
pub async fn reset_second_factor(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
) -> Result<HttpResponse, ApiError> {
    let actor = &caller.actor;
    transact(state.db.as_ref(), actor, async |tx| {
        identity::second_factor::reset_factor(tx, actor, Id::new(*id)).await
    })
    .await
    .map_err(refusal)?;
    Ok(HttpResponse::NoContent().finish())
}
