//! POST /api/relaxations

use super::body::RelaxationBody;
use super::dto::RelaxationDto;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, post, web};
use app::relaxations::{RelaxationError, apply};
use app::transact;
use kernel::Permission;

/// Carry a circular out on every filing in scope, in one transaction. Filings planned later inside its scope get it as
/// well, as long as it stands. Refused with 409 when nothing would change.
#[utoipa::path(tag = "relaxations", request_body = RelaxationBody, responses(
    (status = 201, body = RelaxationDto), (status = 400, body = ErrorBody), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/relaxations")]
pub async fn apply_relaxation(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<RelaxationBody>,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::RelaxationsApply)?;
    let draft = body.0.into_draft()?;
    let actor = &caller.actor;
    let made = transact(state.db.as_ref(), actor, async |tx| {
        let id = apply(tx, actor, draft).await?;
        tx.relaxation(id).await?.ok_or(RelaxationError::NotFound)
    })
    .await?;
    let made = RelaxationDto::from(made);
    let place = format!("/api/relaxations/{}", made.id);
    Ok(HttpResponse::Created().insert_header((LOCATION, place)).json(made))
}
