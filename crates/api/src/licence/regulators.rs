//! PUT /api/license/regulators

use super::dto::ClaimsDto;
use super::refused;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{put, web};
use app::{licence, transact};
use kernel::Actor;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// The firm's choice.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegulatorsBody {
    /// Like `RBI` and `SEBI`; no more than the plan allows.
    regulators: Vec<String>,
}

/// Choose the regulators whose returns are planned. Clients are planned anew in the background; filings of the others
/// leave the plan and nothing that was filed goes.
#[utoipa::path(tag = "licence", request_body = RegulatorsBody, responses(
    (status = 200, body = ClaimsDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[put("/license/regulators")]
pub async fn choose_regulators(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<RegulatorsBody>,
) -> Result<web::Json<ClaimsDto>, ApiError> {
    let actor = &caller.actor;
    let now = transact(state.db.as_ref(), actor, async |tx| {
        licence::choose_regulators(tx, actor, &body.0.regulators).await
    })
    .await
    .map_err(refused("regulators"))?;
    let _ = state.wake.send(());
    Ok(web::Json(ClaimsDto::of(&Actor { entitlements: Arc::new(now), ..actor.clone() })))
}
