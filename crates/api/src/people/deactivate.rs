//! POST /api/users/{id}/deactivate

use crate::http::{ApiError, Caller, ErrorBody, IfMatch, Json};
use crate::state::AppState;
use actix_web::{post, web};
use app::people::{Leaving, deactivate};
use app::transact;
use kernel::Id;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// To whom the work goes.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeactivateBody {
    /// An active person who takes over open filings and clients; null leaves them without.
    reassign_to: Option<i64>,
}

/// What was handed over.
#[derive(Serialize, ToSchema)]
pub struct HandedOver {
    /// Open filings.
    filings: usize,
    /// Clients.
    clients: usize,
}

/// Take somebody out. Their sessions, keys and calendar links end at once; their work can go to somebody else.
#[utoipa::path(tag = "people", params(("id" = i64, Path), ("If-Match" = String, Header)), request_body = DeactivateBody,
    responses((status = 200, body = HandedOver), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/users/{id}/deactivate")]
pub async fn deactivate_user(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    version: IfMatch,
    body: Json<DeactivateBody>,
) -> Result<web::Json<HandedOver>, ApiError> {
    let cmd =
        Leaving { user: Id::new(*id), version: version.0, reassign_to: body.0.reassign_to.map(Id::new) };
    let actor = &caller.actor;
    let done = transact(state.db.as_ref(), actor, async |tx| deactivate(tx, actor, cmd).await).await?;
    Ok(web::Json(HandedOver { filings: done.filings, clients: done.clients }))
}
