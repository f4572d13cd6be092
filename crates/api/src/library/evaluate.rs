//! POST /api/rulebook/evaluate: try a rule with given facts.

use crate::filings::dto::StepDto;
use crate::filings::late::{LateCostDto, MissingFact};
use crate::http::list::parse_date;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{post, web};
use app::planning::load_sheet;
use app::transact;
use kernel::{Date, FieldErrors, Id, Permission, StoreError};
use rulebook::{Due, EvalError, Evaluation, FactSheet, PeriodScheme, Rule, Rulebook};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// A return and the facts to try.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EvaluateBody {
    /// `DNBS01`, ...
    code: String,
    /// Names and values as text, for example `reference_date`: `2026-09-30`. An empty value is not given.
    #[serde(default)]
    #[schema(required = false)]
    facts: BTreeMap<String, String>,
    /// Start from what is known about this client; `facts` take the place of it.
    client_id: Option<i64>,
    /// What it costs when it is filed on this day, `YYYY-MM-DD`.
    #[schema(format = Date)]
    filed_on: Option<String>,
}

/// The answer to a try.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TryDto {
    /// When and why.
    #[serde(flatten)]
    pub result: EvaluationDto,
    /// Whether the rule applies to such a client: `yes`, `no`, or `unknown` when a fact that decides is missing.
    pub applies: &'static str,
    /// The facts that decide and are not known.
    pub unknown_facts: Vec<MissingFact>,
    /// What being late costs; for the day asked, else for the due date.
    pub late_cost: Option<LateCostDto>,
}

/// When and why.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EvaluationDto {
    /// The code asked for.
    pub code: String,
    /// Name of the return.
    pub title: String,
    /// `RBI`, ...
    pub regulator: String,
    /// The rule version used.
    pub version: String,
    /// `Q2 FY 2026-27`.
    pub period: String,
    /// Last day of the period, or the day of the event.
    #[schema(value_type = String, format = Date)]
    pub period_end: Date,
    /// The date in law.
    #[schema(value_type = Option<String>, format = Date)]
    pub legal_due: Option<Date>,
    /// The earlier, internal date.
    #[schema(value_type = Option<String>, format = Date)]
    pub target_due: Option<Date>,
    /// Event kind it waits for.
    pub waits_for: Option<String>,
    /// Probable date while it waits.
    #[schema(value_type = Option<String>, format = Date)]
    pub projected_due: Option<Date>,
    /// Why, in order.
    pub steps: Vec<StepDto>,
    /// Instrument and section.
    pub citation: String,
    /// Grade of the source.
    pub confidence: String,
    /// A person must look, for example because the rule changed in between.
    pub needs_review: bool,
    /// What was noticed.
    pub findings: Vec<String>,
}

impl From<Evaluation> for EvaluationDto {
    fn from(e: Evaluation) -> Self {
        let (waits_for, projected_due) = match &e.due {
            Due::Awaiting { event, projected } => (Some(event.clone()), *projected),
            Due::AsDirected => (Some("as_directed".into()), None),
            Due::On(_) => (None, None),
        };
        let some = |text: String| (!text.is_empty()).then_some(text);
        let citation = match e.citation.section.as_str() {
            "" | "not known" => e.citation.instrument.clone(),
            section => format!("{}, {section}", e.citation.instrument),
        };
        Self {
            code: e.code,
            title: e.title,
            regulator: e.regulator,
            version: e.rule_id,
            period: e.period.label(),
            period_end: e.period.end,
            legal_due: e.legal_due,
            target_due: e.target_due,
            waits_for,
            projected_due,
            steps: e
                .steps
                .into_iter()
                .map(|s| StepDto { text: s.text, value: some(s.value), citation: s.citation })
                .collect(),
            citation,
            confidence: e.confidence,
            needs_review: e.needs_review,
            findings: e.findings.into_iter().map(|f| f.text).collect(),
        }
    }
}

/// Try a rule with given facts, or with those of a client. Nothing is stored.
#[utoipa::path(tag = "rulebook", request_body = EvaluateBody, responses(
    (status = 200, body = TryDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/rulebook/evaluate")]
pub async fn evaluate_return(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<EvaluateBody>,
) -> Result<web::Json<TryDto>, ApiError> {
    caller.require(Permission::RulebookView)?;
    let (rules, body, today) = (Rulebook::shipped(), body.0, caller.actor.today());
    let filed_on = parse_date("filedOn", body.filed_on.as_deref())?;
    let known = match body.client_id {
        Some(id) => client_sheet(&state, &caller, id).await?,
        None => FactSheet::new(),
    };
    let pairs: Vec<(String, String)> =
        body.facts.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect();
    let code = body.code.trim();
    let newest = rules.versions(code).pop().ok_or_else(|| {
        ApiError::from(FieldErrors::one("code", format!("There is no return with the code \"{code}\".")))
    })?;
    let (sheet, mut query) = rules.query_over(known, code, &pairs).map_err(|bad| {
        ApiError::from(FieldErrors::one(&format!("facts.{}", bad.name), sentence(&bad.expected)))
    })?;
    query.today = query.today.or(Some(today));
    let answer = rules.evaluate(code, &sheet, &query).map_err(|error| refused(newest, &error))?;
    let rule = rules.rule(&answer.rule_id).unwrap_or(newest);
    let as_of = answer.period.end;
    let mut missing = BTreeSet::new();
    let applies = match rule.applies_when.test(&|key| sheet.get(key, as_of), &mut Some(&mut missing)) {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unknown",
    };
    let late_cost =
        answer.legal_due.and_then(|due| LateCostDto::between(rule, &sheet, due, filed_on.unwrap_or(due)));
    Ok(web::Json(TryDto {
        result: answer.into(),
        applies,
        unknown_facts: missing.into_iter().map(|key| MissingFact::of(rules, key)).collect(),
        late_cost,
    }))
}

/// What is known about a client of the firm.
async fn client_sheet(state: &AppState, caller: &Caller, id: i64) -> Result<FactSheet, ApiError> {
    caller.require(Permission::ClientsView)?;
    let found = transact(state.db.as_ref(), &caller.actor, async |tx| {
        let Some(client) = tx.client(Id::new(id)).await? else { return Ok::<_, StoreError>(None) };
        load_sheet(tx, Rulebook::shipped(), &client).await.map(Some)
    })
    .await?;
    found.ok_or_else(ApiError::not_found)
}

/// The field that has to be given or changed.
fn refused(rule: &Rule, error: &EvalError) -> ApiError {
    let name = match error {
        EvalError::MissingFact { fact, .. } => fact.as_str(),
        EvalError::MissingEvent { .. } => "event",
        EvalError::UnknownCode(_) => return FieldErrors::one("code", sentence(&error.to_string())).into(),
        EvalError::NoVersion { .. }
        | EvalError::MissingPeriod { .. }
        | EvalError::BadPeriod { .. }
        | EvalError::NoDate { .. } => match rule.periods {
            PeriodScheme::Event => "event",
            _ => "reference_date",
        },
    };
    FieldErrors::one(&format!("facts.{name}"), sentence(&error.to_string())).into()
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", chars.as_str().trim_end_matches('.'))
}
