//! POST /api/rulebook/evaluate: try a rule with given facts.

use crate::filings::dto::StepDto;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use actix_web::{post, web};
use kernel::{Date, FieldErrors, Permission};
use rulebook::{Due, Evaluation, Rulebook};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A return and the facts to try.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EvaluateBody {
    /// `DNBS01`, ...
    code: String,
    /// Names and values as text, for example `reference_date`: `2026-09-30`.
    #[serde(default)]
    #[schema(required = false)]
    facts: BTreeMap<String, String>,
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

/// Try a rule with given facts. Nothing is stored.
#[utoipa::path(tag = "rulebook", request_body = EvaluateBody, responses(
    (status = 200, body = EvaluationDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[post("/rulebook/evaluate")]
pub async fn evaluate_return(
    caller: Caller,
    body: Json<EvaluateBody>,
) -> Result<web::Json<EvaluationDto>, ApiError> {
    caller.require(Permission::RulebookView)?;
    let rules = Rulebook::shipped();
    let pairs: Vec<(String, String)> = body.0.facts.into_iter().collect();
    let (sheet, mut query) = rules
        .query_from_pairs(&body.0.code, &pairs)
        .map_err(|bad| ApiError::from(FieldErrors::one("facts", bad.to_string())))?;
    query.today = query.today.or(Some(caller.actor.today()));
    let answer = rules
        .evaluate(&body.0.code, &sheet, &query)
        .map_err(|error| ApiError::from(FieldErrors::one("code", error.to_string())))?;
    Ok(web::Json(answer.into()))
}
