//! POST /api/relaxations

use super::body::RelaxationBody;
use super::dto::RelaxationDto;
use crate::approvals::answer::accepted;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, post, web};
use app::guard::{Command, Done, Outcome, submit};
use app::relaxations::RelaxationError;
use app::transact;
use kernel::Permission;

/// Carry a circular out on every filing in scope, in one transaction. Filings planned later inside its scope get it as
/// well, as long as it stands. Refused with 409 when nothing would change; 202 when it waits for approval.
#[utoipa::path(tag = "relaxations", request_body = RelaxationBody, responses(
    (status = 201, body = RelaxationDto), (status = 202, body = crate::approvals::dto::ProposedAnswer), (status = 400, body = ErrorBody), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/relaxations")]
pub async fn apply_relaxation(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<RelaxationBody>,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::RelaxationsApply)?;
    let draft = body.0.into_draft()?;
    let (db, actor) = (state.db.as_ref(), &caller.actor);
    let note = draft.reason.clone();
    let command = Command::ApplyRelaxation { circular: Box::new(draft.into()) };
    let id = match submit(db, actor, command, note).await? {
        Outcome::Done(Done::Relaxation(id)) => id,
        Outcome::Done(_) => return Err(ApiError::not_found()),
        Outcome::Waits(proposal, _) => return accepted(&state, &caller, proposal).await,
    };
    let made =
        transact(db, actor, async |tx| tx.relaxation(id).await?.ok_or(RelaxationError::NotFound)).await?;
    let made = RelaxationDto::from(made);
    let place = format!("/api/relaxations/{}", made.id);
    Ok(HttpResponse::Created().insert_header((LOCATION, place)).json(made))
}
