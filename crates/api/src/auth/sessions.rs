//! GET /api/auth/sessions and DELETE /api/auth/sessions/{id}

use super::dto::SessionDto;
use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::{HttpResponse, delete, get, web};
use app::transact;
use kernel::Id;
use serde::Serialize;
use utoipa::ToSchema;

/// The caller's open sessions.
#[derive(Serialize, ToSchema)]
pub struct SessionList {
    items: Vec<SessionDto>,
}

/// The caller's open sessions, last used first.
#[utoipa::path(tag = "auth", responses((status = 200, body = SessionList), (status = 401, body = ErrorBody)))]
#[get("/auth/sessions")]
pub async fn list_sessions(
    state: web::Data<AppState>,
    caller: Caller,
) -> Result<web::Json<SessionList>, ApiError> {
    let session = caller.session()?;
    let sessions = transact(state.db.as_ref(), &caller.actor, async |tx| {
        identity::list_sessions(tx, &caller.actor, caller.user).await
    })
    .await?;
    let items = sessions.into_iter().map(|s| SessionDto::of(s, session)).collect();
    Ok(web::Json(SessionList { items }))
}

/// End one of the caller's own sessions.
#[utoipa::path(tag = "auth", params(("id" = i64, Path)), responses(
    (status = 204), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody)))]
#[delete("/auth/sessions/{id}")]
pub async fn end_session(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
) -> Result<HttpResponse, ApiError> {
    caller.session()?;
    let ended = transact(state.db.as_ref(), &caller.actor, async |tx| {
        identity::end_session(tx, &caller.actor, caller.user, Id::new(*id)).await
    })
    .await?;
    if ended { Ok(HttpResponse::NoContent().finish()) } else { Err(ApiError::not_found()) }
}
