//! POST, PATCH and DELETE /api/clients/{id}/registrations. They are part of what a firm may put under four eyes: the
//! answer is 202 then.

use super::dto::{RegistrationBody, RegistrationDto};
use crate::approvals::answer::{NoteQuery, accepted};
use crate::approvals::dto::ProposedAnswer;
use crate::http::{ApiError, Caller, ErrorBody, Json, ListQuery};
use crate::state::AppState;
use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, delete, patch, post, web};
use app::guard::{Command, Done, Outcome, submit};
use clients::NewRegistration;

/// Add a licence; the filings it brings are planned.
#[utoipa::path(tag = "clients", params(("id" = i64, Path)), request_body = RegistrationBody, responses(
    (status = 201, body = RegistrationDto), (status = 202, body = ProposedAnswer), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/clients/{id}/registrations")]
pub async fn add_registration(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    body: Json<RegistrationBody>,
) -> Result<HttpResponse, ApiError> {
    let (note, wanted) = taken(body.0);
    let command = Command::AddRegistration { client: *id, registration: wanted.into() };
    match submit(state.db.as_ref(), &caller.actor, command, note).await? {
        Outcome::Done(Done::Registration(added)) => {
            let place = format!("/api/clients/{id}/registrations/{}", added.id);
            Ok(HttpResponse::Created().insert_header((LOCATION, place)).json(RegistrationDto::from(added)))
        }
        Outcome::Done(_) => Ok(HttpResponse::NoContent().finish()),
        Outcome::Waits(proposal, _) => accepted(&state, &caller, proposal).await,
    }
}

/// Change a licence; its filings are planned anew.
#[utoipa::path(tag = "clients", params(("id" = i64, Path), ("registrationId" = i64, Path)),
    request_body = RegistrationBody, responses(
    (status = 200, body = RegistrationDto), (status = 202, body = ProposedAnswer), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[patch("/clients/{id}/registrations/{registrationId}")]
pub async fn change_registration(
    state: web::Data<AppState>,
    caller: Caller,
    path: web::Path<(i64, i64)>,
    body: Json<RegistrationBody>,
) -> Result<HttpResponse, ApiError> {
    let (note, wanted) = taken(body.0);
    let command = Command::ChangeRegistration { client: path.0, id: path.1, registration: wanted.into() };
    match submit(state.db.as_ref(), &caller.actor, command, note).await? {
        Outcome::Done(Done::Registration(saved)) => Ok(HttpResponse::Ok().json(RegistrationDto::from(saved))),
        Outcome::Done(_) => Ok(HttpResponse::NoContent().finish()),
        Outcome::Waits(proposal, _) => accepted(&state, &caller, proposal).await,
    }
}

/// Remove a licence; filings that hung on it leave the plan, filed ones stay.
#[utoipa::path(tag = "clients", params(("id" = i64, Path), ("registrationId" = i64, Path), NoteQuery), responses(
    (status = 204), (status = 202, body = ProposedAnswer), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 409, body = ErrorBody)))]
#[delete("/clients/{id}/registrations/{registrationId}")]
pub async fn remove_registration(
    state: web::Data<AppState>,
    caller: Caller,
    path: web::Path<(i64, i64)>,
    query: ListQuery<NoteQuery>,
) -> Result<HttpResponse, ApiError> {
    let command = Command::RemoveRegistration { client: path.0, id: path.1 };
    match submit(state.db.as_ref(), &caller.actor, command, query.0.approval_note).await? {
        Outcome::Done(_) => Ok(HttpResponse::NoContent().finish()),
        Outcome::Waits(proposal, _) => accepted(&state, &caller, proposal).await,
    }
}

/// The note for whoever approves it, and the registration.
fn taken(mut body: RegistrationBody) -> (Option<String>, NewRegistration) {
    (body.approval_note.take(), body.into())
}
