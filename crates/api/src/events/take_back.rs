//! POST /api/events/take-back

use super::dto::{EventResult, EventsAnswer};
use crate::clients::facts::DryRun;
use crate::http::{ApiError, Caller, ErrorBody, Json, ListQuery};
use crate::state::AppState;
use actix_web::{post, web};
use app::events::take_back;
use app::{Tx, dry_run, transact};
use kernel::Id;
use kernel::id::ClientEventId;
use serde::Deserialize;
use utoipa::ToSchema;

/// Which events, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeBackBody {
    /// At most 500.
    ids: Vec<i64>,
    /// At least five characters.
    #[schema(min_length = 5)]
    reason: String,
}

/// Take recorded events back. Filings that hung on them wait again; filed ones stay. With `dryRun=true` nothing is written.
#[utoipa::path(tag = "events", params(DryRun), request_body = TakeBackBody, responses(
    (status = 200, body = EventsAnswer), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[post("/events/take-back")]
pub async fn take_back_events(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<DryRun>,
    body: Json<TakeBackBody>,
) -> Result<web::Json<EventsAnswer>, ApiError> {
    let actor = &caller.actor;
    let ids: Vec<ClientEventId> = body.0.ids.iter().copied().map(Id::new).collect();
    let work = async |tx: &mut dyn Tx| take_back(tx, actor, &ids, &body.0.reason).await;
    let outcomes = match query.0.dry_run {
        false => transact(state.db.as_ref(), actor, work).await?,
        true => dry_run(state.db.as_ref(), actor, work).await?,
    };
    let result = |(id, outcome): (ClientEventId, Option<_>)| {
        outcome.map_or_else(|| EventResult::gone(id.get()), |one| EventResult::of(one, true))
    };
    Ok(web::Json(EventsAnswer::of(outcomes.into_iter().map(result).collect())))
}
