//! POST, PATCH and DELETE /api/clients/{id}/contacts

use super::dto::{ContactBody, ContactDto};
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, delete, patch, post, web};
use app::clients as cases;
use app::transact;
use clients::Contact;
use kernel::Id;

/// Add a person.
#[utoipa::path(tag = "clients", params(("id" = i64, Path)), request_body = ContactBody, responses(
    (status = 201, body = ContactDto), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/clients/{id}/contacts")]
pub async fn add_contact(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    body: Json<ContactBody>,
) -> Result<HttpResponse, ApiError> {
    let actor = &caller.actor;
    let added = transact(state.db.as_ref(), actor, async |tx| {
        cases::add_contact(tx, actor, Id::new(*id), body.0.into()).await
    })
    .await?;
    let place = format!("/api/clients/{id}/contacts/{}", added.id);
    Ok(HttpResponse::Created().insert_header((LOCATION, place)).json(ContactDto::from(added)))
}

/// Change a person.
#[utoipa::path(tag = "clients", params(("id" = i64, Path), ("contactId" = i64, Path)), request_body = ContactBody,
    responses((status = 200, body = ContactDto), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[patch("/clients/{id}/contacts/{contactId}")]
pub async fn change_contact(
    state: web::Data<AppState>,
    caller: Caller,
    path: web::Path<(i64, i64)>,
    body: Json<ContactBody>,
) -> Result<web::Json<ContactDto>, ApiError> {
    let actor = &caller.actor;
    let wanted = Contact { id: Id::new(path.1), facts: body.0.into() };
    let saved = transact(state.db.as_ref(), actor, async |tx| {
        cases::change_contact(tx, actor, Id::new(path.0), wanted).await
    })
    .await?;
    Ok(web::Json(saved.into()))
}

/// Remove a person.
#[utoipa::path(tag = "clients", params(("id" = i64, Path), ("contactId" = i64, Path)), responses(
    (status = 204), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody)))]
#[delete("/clients/{id}/contacts/{contactId}")]
pub async fn remove_contact(
    state: web::Data<AppState>,
    caller: Caller,
    path: web::Path<(i64, i64)>,
) -> Result<HttpResponse, ApiError> {
    let actor = &caller.actor;
    transact(state.db.as_ref(), actor, async |tx| {
        cases::remove_contact(tx, actor, Id::new(path.0), Id::new(path.1)).await
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
