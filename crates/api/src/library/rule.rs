//! GET /api/rulebook/returns/{code}: everything about one rule.

use super::evaluate::EvaluationDto;
use super::rule_parts::{
    CitationDto, ConditionDto, CostLineDto, ExampleDto, InputDto, OneTimeDto, ReliefDto, ValidityDto,
    VersionDto,
};
use super::setting_dto::ReturnSettingDto;
use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use ::filings::ReturnSetting;
use actix_web::{get, web};
use app::library::catalogue::tracked;
use app::library::{RuleState, versions_of};
use app::transact;
use kernel::{Date, Permission};
use rulebook::Rulebook;
use serde::Serialize;
use utoipa::ToSchema;

/// A rule as a person reads it: the version in force today, else the newest.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RuleDetail {
    /// `DNBS01`, ...
    code: String,
    /// Name.
    title: String,
    /// `RBI`, ...
    regulator: String,
    /// `return`, `licence`, `obligation`, `kyc` or `grievance`.
    kind: &'static str,
    /// How often.
    frequency: &'static str,
    /// What it is by itself: `active`, `off`, `expired`, `legacy` or `non_statutory`.
    state: &'static str,
    /// Planned for clients to whom it applies.
    tracked: bool,
    /// False: nothing is planned for it, whatever the firm decides (a meeting, a licence that does not end).
    plannable: bool,
    /// When it is due, in words.
    due: String,
    /// To whom it applies, line by line; empty means everybody.
    conditions: Vec<ConditionDto>,
    /// Worked examples, computed today.
    examples: Vec<ExampleDto>,
    /// All versions, newest first.
    versions: Vec<VersionDto>,
    /// Where it is written.
    citation: CitationDto,
    /// Grade of the source.
    confidence: String,
    /// What to know.
    note: String,
    /// What has to be gathered and done.
    checklist: Vec<String>,
    /// What being late costs, line by line.
    cost: Vec<CostLineDto>,
    /// Later stages at which an act is still possible, in words.
    late_stages: Vec<String>,
    /// Dates fixed for one period.
    one_time: Vec<OneTimeDto>,
    /// Orders that help late filers.
    reliefs: Vec<ReliefDto>,
    /// How long a licence lasts.
    validity: Option<ValidityDto>,
    /// Day of the last reading against the source.
    #[schema(value_type = String, format = Date)]
    last_reviewed: Date,
    /// Where it is filed.
    portal: String,
    /// Who files.
    filer: String,
    /// `routine`, `high` or `licence_critical`.
    materiality: &'static str,
    /// A NIL return is due when there is nothing to report.
    nil_return_required: bool,
    /// Days late at which a miss counts as a breach, by the rule.
    rule_breach_after_days: u16,
    /// Other codes that find it.
    aliases: Vec<String>,
    /// Codes that replaced it.
    superseded_by: Vec<String>,
    /// What it asks for when it is tried.
    inputs: Vec<InputDto>,
    /// Clients with an open filing of it.
    clients: i64,
    /// Open filings.
    open_filings: i64,
    /// What the firm decided about it.
    setting: ReturnSettingDto,
}

/// Everything about one rule. The code may be an alias.
#[utoipa::path(tag = "rulebook", params(("code" = String, Path)), responses(
    (status = 200, body = RuleDetail), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody)))]
#[get("/rulebook/returns/{code}")]
pub async fn get_return(
    state: web::Data<AppState>,
    caller: Caller,
    code: web::Path<String>,
) -> Result<web::Json<RuleDetail>, ApiError> {
    caller.require(Permission::RulebookView)?;
    let (rules, today) = (Rulebook::shipped(), caller.actor.today());
    let newest = rules.versions(&code).pop().ok_or_else(ApiError::not_found)?;
    let rule = rules.current(&newest.code, today).unwrap_or(newest);
    let (settings, reach) = transact(state.db.as_ref(), &caller.actor, async |tx| {
        Ok::<_, kernel::StoreError>((tx.return_settings().await?, tx.rule_use().await?))
    })
    .await?;
    let own = settings.into_iter().find(|s| s.code == rule.code);
    let reach = reach.into_iter().find(|u| u.code == rule.code).unwrap_or_default();
    let examples = if rule.planned { rules.examples(rule, today) } else { Vec::new() };
    Ok(web::Json(RuleDetail {
        code: rule.code.clone(),
        title: rule.title.clone(),
        regulator: rule.regulator.clone(),
        kind: rule.kind.as_str(),
        frequency: rule.frequency.as_str(),
        state: RuleState::of(rule, today).as_str(),
        tracked: tracked(rule, own.as_ref()),
        plannable: rule.planned,
        due: if rule.planned { rules.due_words(rule) } else { String::new() },
        conditions: rules.conditions(&rule.applies_when).into_iter().map(Into::into).collect(),
        examples: examples
            .into_iter()
            .map(|e| ExampleDto { given: e.given, result: EvaluationDto::from(e.evaluation) })
            .collect(),
        versions: versions_of(rules, &rule.code).into_iter().map(Into::into).collect(),
        citation: (&rule.citation).into(),
        confidence: rule.confidence.clone(),
        note: rule.note.clone(),
        checklist: rule.checklist.clone(),
        cost: rule.cost.iter().map(Into::into).collect(),
        late_stages: rule.late_stages.iter().map(|s| format!("{}: within {} days", s.text, s.days)).collect(),
        one_time: rule.one_time.iter().map(Into::into).collect(),
        reliefs: rules.reliefs().iter().filter(|r| r.codes.contains(&rule.code)).map(Into::into).collect(),
        validity: rule.validity.as_ref().map(Into::into),
        last_reviewed: rule.last_reviewed,
        portal: rule.portal.clone(),
        filer: rule.filer.clone(),
        materiality: rule.materiality.as_str(),
        nil_return_required: rule.nil_return_required,
        rule_breach_after_days: rule.breach_after_days,
        aliases: rule.aliases.clone(),
        superseded_by: rule.superseded_by.clone(),
        inputs: rules.inputs(&rule.code).into_iter().map(|i| InputDto::of(rules, i)).collect(),
        clients: reach.clients,
        open_filings: reach.open,
        setting: own.unwrap_or_else(|| ReturnSetting::none(&rule.code)).into(),
    }))
}
