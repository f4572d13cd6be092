//! POST /api/events

use super::dto::{EventResult, EventsAnswer};
use crate::clients::facts::DryRun;
use crate::http::{ApiError, Caller, ErrorBody, Json, ListQuery};
use crate::state::AppState;
use actix_web::{post, web};
use app::events::{Wanted, record_for};
use app::{Tx, dry_run, transact};
use clients::NewEvent;
use kernel::{Date, Id};
use serde::Deserialize;
use utoipa::ToSchema;

/// What happened, and at which clients.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecordEventsBody {
    /// `agm_held`, ...
    kind: String,
    /// The day it happened.
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// `2025-26`; worked out from the day when absent.
    for_period: Option<String>,
    note: Option<String>,
    /// At most 500.
    clients: Vec<EventClient>,
}

/// One of the clients.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EventClient {
    id: i64,
    /// The version you saw; a client that was changed meanwhile stays as it is.
    version: Option<i64>,
}

/// Record one event for several clients; filings that hang on it are re-dated. Clients that can take it do, in one
/// transaction; the others say why. With `dryRun=true` nothing is written.
#[utoipa::path(tag = "events", params(DryRun), request_body = RecordEventsBody, responses(
    (status = 200, body = EventsAnswer), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[post("/events")]
pub async fn record_events(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<DryRun>,
    body: Json<RecordEventsBody>,
) -> Result<web::Json<EventsAnswer>, ApiError> {
    let actor = &caller.actor;
    let b = body.0;
    let wanted = b.clients.iter().map(|one| Wanted { id: Id::new(one.id), expected: one.version }).collect();
    let event =
        NewEvent { kind: b.kind, on: b.on, for_period: b.for_period, note: b.note.unwrap_or_default() };
    let work = async |tx: &mut dyn Tx| record_for(tx, actor, event, wanted).await;
    let written = !query.0.dry_run;
    let outcomes = match written {
        true => transact(state.db.as_ref(), actor, work).await?,
        false => dry_run(state.db.as_ref(), actor, work).await?,
    };
    let results = outcomes.into_iter().map(|one| EventResult::of(one, written)).collect();
    Ok(web::Json(EventsAnswer::of(results)))
}
