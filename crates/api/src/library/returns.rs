//! GET /api/rulebook/returns

use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::{get, web};
use app::transact;
use kernel::{Date, Permission};
use rulebook::Rulebook;
use serde::Serialize;
use utoipa::ToSchema;

/// A return as it stands today.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReturnDto {
    /// `DNBS01`, ...
    code: String,
    /// Name.
    title: String,
    /// `RBI`, ...
    regulator: String,
    /// How often.
    frequency: String,
    /// Grade of the source.
    confidence: String,
    /// Planned for clients to whom it applies: the rule's own state and what the firm decided.
    active: bool,
    /// A retired template.
    legacy: bool,
    /// What replaced it.
    superseded_by: Vec<String>,
    /// Instrument and section.
    citation: String,
    /// What to know.
    note: String,
    /// First day of the newest version.
    #[schema(value_type = String, format = Date)]
    effective_from: Date,
    /// Last day of the newest version.
    #[schema(value_type = Option<String>, format = Date)]
    effective_to: Option<Date>,
    /// How many versions there are.
    versions: usize,
    /// Days until late counts as breached, when the firm set its own.
    breach_after_days: Option<u16>,
}

/// All returns.
#[derive(Serialize, ToSchema)]
pub struct ReturnList {
    items: Vec<ReturnDto>,
}

/// All returns of the rulebook with their newest version.
#[utoipa::path(tag = "rulebook", responses(
    (status = 200, body = ReturnList), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
#[get("/rulebook/returns")]
pub async fn list_returns(
    state: web::Data<AppState>,
    caller: Caller,
) -> Result<web::Json<ReturnList>, ApiError> {
    caller.require(Permission::RulebookView)?;
    let settings = transact(state.db.as_ref(), &caller.actor, async |tx| tx.return_settings().await).await?;
    let rules = Rulebook::shipped();
    let mut codes: Vec<&str> = rules.rules().iter().map(|r| r.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    let items = codes
        .into_iter()
        .filter_map(|code| {
            let versions = rules.versions(code);
            let rule = *versions.last()?;
            let own = settings.iter().find(|s| s.code == code);
            Some(ReturnDto {
                code: rule.code.clone(),
                title: rule.title.clone(),
                regulator: rule.regulator.clone(),
                frequency: rule.frequency.as_str().into(),
                confidence: rule.confidence.clone(),
                active: own.and_then(|s| s.enabled).unwrap_or(rule.enabled && !rule.legacy),
                legacy: rule.legacy,
                superseded_by: rule.superseded_by.clone(),
                citation: rule.citation_text().into(),
                note: rule.note.clone(),
                effective_from: rule.effective_from,
                effective_to: rule.effective_to,
                versions: versions.len(),
                breach_after_days: own.and_then(|s| s.breach_after_days),
            })
        })
        .collect();
    Ok(web::Json(ReturnList { items }))
}
