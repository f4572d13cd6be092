//! POST /api/clients/{id}/events and DELETE /api/clients/{id}/events/{eventId}

use super::facts::{DryRun, Replanned};
use super::load::load;
use crate::http::{ApiError, Caller, ErrorBody, Json, ListQuery};
use crate::state::AppState;
use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, delete, post, web};
use app::clients::{ClientError, record_event as record, withdraw_event as withdraw};
use app::{dry_run, transact};
use clients::NewEvent;
use kernel::{Date, Id};
use serde::Deserialize;
use utoipa::ToSchema;

/// What happened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecordEventBody {
    /// `agm_held`, ...
    kind: String,
    /// The day it happened.
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// `2025-26`; worked out from the day when absent.
    for_period: Option<String>,
    note: Option<String>,
}

/// Record an event; filings that hang on it are re-dated. With `dryRun=true` nothing is written.
#[utoipa::path(tag = "clients", params(("id" = i64, Path), DryRun), request_body = RecordEventBody, responses(
    (status = 200, body = Replanned, description = "Dry run"), (status = 201, body = Replanned),
    (status = 401, body = ErrorBody), (status = 402, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[post("/clients/{id}/events")]
pub async fn record_event(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    query: ListQuery<DryRun>,
    body: Json<RecordEventBody>,
) -> Result<HttpResponse, ApiError> {
    let (actor, id) = (&caller.actor, Id::new(*id));
    let b = body.0;
    let event =
        NewEvent { kind: b.kind, on: b.on, for_period: b.for_period, note: b.note.unwrap_or_default() };
    if query.0.dry_run {
        let (_, diff) =
            dry_run(state.db.as_ref(), actor, async |tx| record(tx, actor, id, event).await).await?;
        return Ok(HttpResponse::Ok().json(Replanned { diff: diff.into(), client: None }));
    }
    let (diff, client) = transact(state.db.as_ref(), actor, async |tx| {
        let (_, diff) = record(tx, actor, id, event).await?;
        Ok::<_, ClientError>((diff, load(tx, actor, id).await?))
    })
    .await?;
    let place = format!("/api/clients/{id}");
    Ok(HttpResponse::Created().insert_header((LOCATION, place)).json(Replanned { diff: diff.into(), client }))
}

/// Why it is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawEventBody {
    /// At least five characters.
    #[schema(min_length = 5)]
    reason: String,
}

/// Take an event back. Filings that hung on it wait again; filed ones stay.
#[utoipa::path(tag = "clients", params(("id" = i64, Path), ("eventId" = i64, Path), DryRun),
    request_body = WithdrawEventBody, responses(
    (status = 200, body = Replanned), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[delete("/clients/{id}/events/{eventId}")]
pub async fn withdraw_event(
    state: web::Data<AppState>,
    caller: Caller,
    path: web::Path<(i64, i64)>,
    query: ListQuery<DryRun>,
    body: Json<WithdrawEventBody>,
) -> Result<web::Json<Replanned>, ApiError> {
    let actor = &caller.actor;
    let (id, event) = (Id::new(path.0), Id::new(path.1));
    let reason = body.0.reason;
    if query.0.dry_run {
        let work = async |tx: &mut dyn app::Tx| withdraw(tx, actor, id, event, &reason).await;
        let (_, diff) = dry_run(state.db.as_ref(), actor, work).await?;
        return Ok(web::Json(Replanned { diff: diff.into(), client: None }));
    }
    let (diff, client) = transact(state.db.as_ref(), actor, async |tx| {
        let (_, diff) = withdraw(tx, actor, id, event, &reason).await?;
        Ok::<_, ClientError>((diff, load(tx, actor, id).await?))
    })
    .await?;
    Ok(web::Json(Replanned { diff: diff.into(), client }))
}
