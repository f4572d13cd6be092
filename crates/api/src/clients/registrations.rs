//! POST, PATCH and DELETE /api/clients/{id}/registrations

use super::dto::{RegistrationBody, RegistrationDto};
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, delete, patch, post, web};
use app::clients as cases;
use app::transact;
use clients::Registration;
use kernel::Id;

/// Add a licence; the filings it brings are planned.
#[utoipa::path(tag = "clients", params(("id" = i64, Path)), request_body = RegistrationBody, responses(
    (status = 201, body = RegistrationDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/clients/{id}/registrations")]
pub async fn add_registration(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    body: Json<RegistrationBody>,
) -> Result<HttpResponse, ApiError> {
    let actor = &caller.actor;
    let (added, _) = transact(state.db.as_ref(), actor, async |tx| {
        cases::add_registration(tx, actor, Id::new(*id), body.0.into()).await
    })
    .await?;
    let place = format!("/api/clients/{id}/registrations/{}", added.id);
    Ok(HttpResponse::Created().insert_header((LOCATION, place)).json(RegistrationDto::from(added)))
}

/// Change a licence; its filings are planned anew.
#[utoipa::path(tag = "clients", params(("id" = i64, Path), ("registrationId" = i64, Path)),
    request_body = RegistrationBody, responses(
    (status = 200, body = RegistrationDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[patch("/clients/{id}/registrations/{registrationId}")]
pub async fn change_registration(
    state: web::Data<AppState>,
    caller: Caller,
    path: web::Path<(i64, i64)>,
    body: Json<RegistrationBody>,
) -> Result<web::Json<RegistrationDto>, ApiError> {
    let actor = &caller.actor;
    let wanted = Registration { id: Id::new(path.1), facts: body.0.into() };
    let (saved, _) = transact(state.db.as_ref(), actor, async |tx| {
        cases::change_registration(tx, actor, Id::new(path.0), wanted).await
    })
    .await?;
    Ok(web::Json(saved.into()))
}

/// Remove a licence; filings that hung on it leave the plan, filed ones stay.
#[utoipa::path(tag = "clients", params(("id" = i64, Path), ("registrationId" = i64, Path)), responses(
    (status = 204), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody)))]
#[delete("/clients/{id}/registrations/{registrationId}")]
pub async fn remove_registration(
    state: web::Data<AppState>,
    caller: Caller,
    path: web::Path<(i64, i64)>,
) -> Result<HttpResponse, ApiError> {
    let actor = &caller.actor;
    transact(state.db.as_ref(), actor, async |tx| {
        cases::remove_registration(tx, actor, Id::new(path.0), Id::new(path.1)).await
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
