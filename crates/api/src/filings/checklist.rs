//! PATCH /api/return-filings/{id}/checklist/{itemId} and POST /api/return-filings/{id}/checklist

use super::dto::ChecklistItemDto;
use crate::auth::dto::UserRef;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{HttpResponse, patch, post, web};
use app::transact;
use kernel::Id;
use serde::Deserialize;
use utoipa::ToSchema;

/// Done or not, with a note.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TickBody {
    done: bool,
    /// Absent keeps the note.
    #[schema(max_length = 500)]
    note: Option<String>,
}

fn named(caller: &Caller, row: ::filings::ChecklistRow) -> ChecklistItemDto {
    ChecklistItemDto::of(row, |id| {
        let name = if id == caller.user { caller.actor.name.clone() } else { String::new() };
        UserRef::named(id, name)
    })
}

/// Tick or untick an item.
#[utoipa::path(tag = "filings", params(("id" = i64, Path), ("itemId" = String, Path)), request_body = TickBody,
    responses((status = 200, body = ChecklistItemDto), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[patch("/return-filings/{id}/checklist/{itemId}")]
pub async fn tick_checklist_item(
    state: web::Data<AppState>,
    caller: Caller,
    path: web::Path<(i64, String)>,
    body: Json<TickBody>,
) -> Result<web::Json<ChecklistItemDto>, ApiError> {
    let (id, key) = (Id::new(path.0), path.1.as_str());
    let TickBody { done, note } = body.0;
    let row = transact(state.db.as_ref(), &caller.actor, async |tx| {
        app::filing_work::tick_item(tx, &caller.actor, id, key, done, note).await
    })
    .await?;
    Ok(web::Json(named(&caller, row)))
}

/// An item of the firm's own.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddItemBody {
    #[schema(min_length = 1, max_length = 200)]
    text: String,
}

/// Add an item of the firm's own to this filing.
#[utoipa::path(tag = "filings", params(("id" = i64, Path)), request_body = AddItemBody, responses(
    (status = 201, body = ChecklistItemDto), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/return-filings/{id}/checklist")]
pub async fn add_checklist_item(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    body: Json<AddItemBody>,
) -> Result<HttpResponse, ApiError> {
    let id = Id::new(*id);
    let row = transact(state.db.as_ref(), &caller.actor, async |tx| {
        app::filing_work::add_item(tx, &caller.actor, id, &body.0.text).await
    })
    .await?;
    Ok(HttpResponse::Created().json(named(&caller, row)))
}
