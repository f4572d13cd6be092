//! GET /api/journal/verify

use super::dto::{BrokenDto, CheckpointDto};
use crate::http::{ApiError, Caller, ErrorBody, Ist};
use crate::state::AppState;
use actix_web::{get, web};
use app::audit::{seal_firm, verify_store};
use kernel::Permission;
use proof::Trust;
use serde::Serialize;
use utoipa::ToSchema;

/// What came of the check.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct VerifyDto {
    /// Whether everything is as it was sealed.
    intact: bool,
    /// Entries checked, when it is.
    entries: u64,
    /// The last checkpoint.
    checkpoint: Option<CheckpointDto>,
    /// The first thing that is wrong.
    broken: Option<BrokenDto>,
    /// When it was checked.
    checked_at: Ist,
}

/// Seals what waits, then reads every entry again and checks it against what was sealed and signed.
#[utoipa::path(tag = "journal", responses(
    (status = 200, body = VerifyDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
#[get("/journal/verify")]
pub async fn verify_journal(
    state: web::Data<AppState>,
    caller: Caller,
) -> Result<web::Json<VerifyDto>, ApiError> {
    caller.require(Permission::JournalExport)?;
    let actor = caller.actor;
    seal_firm(state.db.as_ref(), state.clock.as_ref(), &state.seal_keys, actor.tenant, None).await?;
    let trust = Trust { stored: None, key: state.seal_keys.current().map(|key| key.public()) };
    let found = verify_store(state.db.as_ref(), &actor, &trust).await?;
    let (report, broken) = match found {
        Ok(report) => (Some(report), None),
        Err(broken) => {
            tracing::error!(tenant = %actor.tenant, %broken, "the journal is not what was sealed");
            (None, Some(broken.into()))
        }
    };
    Ok(web::Json(VerifyDto {
        intact: broken.is_none(),
        entries: report.as_ref().map_or(0, |report| report.entries),
        checkpoint: report.as_ref().and_then(|report| report.last.as_ref()).map(Into::into),
        broken,
        checked_at: Ist(actor.at),
    }))
}
