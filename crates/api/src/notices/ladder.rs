//! GET /api/notices/ladder: whom the product tells when, and what the last check did.

use super::dto::CheckDto;
use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use ::filings::ladder::{LADDER, Weight};
use actix_web::{get, web};
use app::transact;
use kernel::Permission;
use serde::Serialize;
use utoipa::ToSchema;

/// The table, and the last check.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Ladder {
    steps: Vec<LadderStep>,
    /// The newest finished check; none before the first night.
    last_check: Option<CheckDto>,
}

/// One rung.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LadderStep {
    /// `T-7`, ..., `Breach`.
    name: &'static str,
    /// `info`, `warn`, `danger` or `critical`.
    severity: &'static str,
    /// Days from the due date in force; none for the breach, which has its own threshold.
    days: Option<i64>,
    /// The assignee is always told; this says whether the client's owner is too.
    owner: bool,
    /// For which materialities the principal officers are told.
    principal_officer_for: Vec<&'static str>,
    /// Whether a person can turn its mail off (never for a licence-critical return).
    can_be_muted: bool,
    /// Why the rung is as it is.
    why: &'static str,
}

/// Whom the product tells when.
#[utoipa::path(tag = "notices", responses(
    (status = 200, body = Ladder), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
#[get("/notices/ladder")]
pub async fn get_ladder(state: web::Data<AppState>, caller: Caller) -> Result<web::Json<Ladder>, ApiError> {
    caller.require(Permission::FilingsView)?;
    let last = transact(state.db.as_ref(), &caller.actor, async |tx| tx.last_alert_run().await).await?;
    let steps = LADDER
        .iter()
        .map(|step| LadderStep {
            name: step.name,
            severity: step.severity.as_str(),
            days: (step.rung != ::filings::ladder::Rung::Breach).then_some(step.days),
            owner: step.owner,
            principal_officer_for: Weight::ALL
                .into_iter()
                .filter(|weight| step.principal_officer.is_some_and(|from| *weight >= from))
                .map(Weight::as_str)
                .collect(),
            can_be_muted: step.rung.may_be_muted(Weight::Routine),
            why: step.why,
        })
        .collect();
    Ok(web::Json(Ladder { steps, last_check: last.map(Into::into) }))
}
