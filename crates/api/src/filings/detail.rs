//! The whole filing: the row, the reasons, the rule, checklist, remarks, timeline, the period before, how it closed.

use super::clock::ClockDto;
use super::dto::{ChecklistItemDto, CommentDto, FilingDto, RuleRef, StepDto};
use super::late::LateCostDto;
use super::portal_log::PortalProblemDto;
use crate::auth::dto::UserRef;
use crate::clients::timeline::JournalEntryDto;
use crate::http::Ist;
use crate::notices::dto::BreachDto;
use crate::relaxations::dto::FilingRelaxationDto;
use ::filings::filing::Proof;
use ::filings::relaxation::words::{self, Over};
use ::filings::{Clock, Closure, Filing, FilingState, Relaxation, checklist::merged};
use app::Tx;
use app::filings::{relaxations_over, sheet_of, steps_json};
use app::firm_rules::{Explained, FirmRules};
use app::timeline::TimelineOf;
use kernel::id::FilingId;
use kernel::{Actor, Date, PageRequest, StoreError};
use rulebook::FactSheet;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A filing with everything a person needs to act on it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FilingDetail {
    /// The list's fields.
    #[serde(flatten)]
    pub filing: FilingDto,
    /// Why this date, in order. Frozen when the filing closed.
    pub why: Vec<StepDto>,
    /// The rule behind it.
    pub rule: Option<RuleRef>,
    /// What being late costs; none while it has no date, and when the rulebook knows no price.
    pub late_cost: Option<LateCostDto>,
    /// Shipped items, then the firm's own.
    pub checklist: Vec<ChecklistItemDto>,
    /// Remarks, oldest first.
    pub comments: Vec<CommentDto>,
    /// What happened, newest first.
    pub timeline: Vec<JournalEntryDto>,
    /// The same return of the period before.
    pub previous: Option<PreviousFiling>,
    /// How it closed.
    pub closure: Option<ClosureDto>,
    /// Breaches that the nightly check recorded, newest first.
    pub breaches: Vec<BreachDto>,
    /// Who held it, and for how long.
    pub clock: Option<ClockDto>,
    /// Portals that did not work, oldest first; struck ones too.
    pub portal_problems: Vec<PortalProblemDto>,
    /// Somebody set the internal target by hand.
    pub target_overridden: bool,
    /// With a colleague who looks at it first; also while it is late.
    pub in_review: bool,
    /// Relaxations that give it its date or free it from late cost.
    pub relaxations: Vec<FilingRelaxationDto>,
}

/// The same return of the period before.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PreviousFiling {
    /// Id within the firm.
    pub id: i64,
    /// `Q1 FY 2026-27`.
    pub period_label: String,
    /// Status today.
    pub status: String,
    /// When it was filed.
    #[schema(value_type = Option<String>, format = Date)]
    pub filed_on: Option<Date>,
    /// When it was due.
    #[schema(value_type = Option<String>, format = Date)]
    pub legal_due_on: Option<Date>,
}

/// How a filing closed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClosureDto {
    /// `filed`, `waived` or `not_applicable`.
    pub kind: &'static str,
    /// The day it was filed.
    #[schema(value_type = Option<String>, format = Date)]
    pub on: Option<Date>,
    /// Why it was waived or does not apply.
    pub reason: Option<String>,
    /// Why there is no acknowledgement number.
    pub exception: Option<String>,
    /// A nil return.
    pub nil: bool,
    /// Who recorded it.
    pub by: Option<UserRef>,
    /// When.
    pub at: Option<Ist>,
}

/// Loads it, or `None` when there is no such filing.
pub async fn load(tx: &mut dyn Tx, actor: &Actor, id: FilingId) -> Result<Option<FilingDetail>, StoreError> {
    let today = actor.today();
    let Some(row) = tx.filing_row(id, today).await? else { return Ok(None) };
    let Some(filing) = tx.filing(id).await? else { return Ok(None) };
    let firm = FirmRules::load(tx).await?;
    let closing = tx.closing_of(id).await?;
    let frozen = closing.as_ref().and_then(|c| c.why.clone());
    let rule = firm.rule_of(&row.code, &row.rule_id);
    // a closed filing without a price needs nothing of the client's record
    let needs_sheet = frozen.is_none() || rule.is_some_and(|r| !r.cost.is_empty());
    let sheet = if needs_sheet { sheet_of(tx, &filing).await? } else { FactSheet::new() };
    let over = Over::from(&filing);
    let relaxations = relaxations_over(tx, over.ids()).await?;
    let why = match frozen {
        Some(steps) => with_later(steps, &filing, &relaxations),
        None => {
            let mut steps = firm.steps(&sheet, actor, Explained::of(&filing, row.period_end));
            steps.extend(words::steps(over, &relaxations));
            steps_json(&steps)
        }
    };
    let late_cost = rule.and_then(|rule| LateCostDto::of(rule, &sheet, &row, today));
    let users = tx.users().await?;
    let name_of = |user: kernel::id::UserId| {
        let name = users.iter().find(|u| u.id == user).map(|u| u.display_name.clone());
        UserRef::named(user, name.unwrap_or_default())
    };
    let items = merged(&firm.checklist(&row.code, &row.rule_id), tx.checklist_of(id).await?);
    let comments = tx.comments_of(id).await?;
    let latest = PageRequest { page: 1, per_page: 100 };
    let timeline = tx.timeline(TimelineOf::Filing(id), latest).await?;
    let previous = tx.previous_filing(id, today).await?;
    let rule = rule.map(rule_ref);
    let closure = match &filing.state {
        FilingState::Closed(closure) => {
            let mut dto = closure_dto(closure);
            dto.by = closing.as_ref().and_then(|c| c.by.clone()).map(|(id, name)| UserRef::named(id, name));
            dto.at = closing.as_ref().and_then(|c| c.at).map(Ist);
            Some(dto)
        }
        _ => None,
    };
    Ok(Some(FilingDetail {
        filing: FilingDto::of(row, today),
        why: why.as_array().map(|steps| steps.iter().map(step).collect()).unwrap_or_default(),
        rule,
        late_cost,
        checklist: items.into_iter().map(|row| ChecklistItemDto::of(row, name_of)).collect(),
        comments: comments.into_iter().map(Into::into).collect(),
        timeline: timeline.items.into_iter().map(Into::into).collect(),
        previous: previous.map(|p| PreviousFiling {
            id: p.id.get(),
            period_label: p.period_label,
            status: p.status.as_str().into(),
            filed_on: p.filed_on,
            legal_due_on: p.legal_due,
        }),
        closure,
        breaches: tx.breaches_of(id).await?.into_iter().map(Into::into).collect(),
        clock: tx.clock_facts(id).await?.map(|facts| Clock::read(&facts, actor.at).into()),
        portal_problems: tx.problems_of(id).await?.into_iter().map(Into::into).collect(),
        target_overridden: filing.target_overridden,
        in_review: filing.state == FilingState::InReview,
        relaxations: relaxations.iter().map(Into::into).collect(),
    }))
}

/// The frozen reasons, and what a relaxation has done to a filing that had closed before it came.
fn with_later(mut frozen: Value, filing: &Filing, relaxations: &[Relaxation]) -> Value {
    let closed_at = filing.closed.map(|(_, at)| at);
    let later: Vec<Relaxation> =
        relaxations.iter().filter(|r| closed_at.is_some_and(|at| at < r.applied_at)).cloned().collect();
    if let (Value::Array(frozen), Value::Array(more)) =
        (&mut frozen, steps_json(&words::steps(Over::from(filing), &later)))
    {
        frozen.extend(more);
    }
    frozen
}

fn step(value: &Value) -> StepDto {
    let text = |key: &str| value[key].as_str().filter(|t| !t.is_empty()).map(str::to_owned);
    StepDto { text: text("text").unwrap_or_default(), value: text("value"), citation: text("citation") }
}

fn closure_dto(closure: &Closure) -> ClosureDto {
    let mut dto =
        ClosureDto { kind: "filed", on: None, reason: None, exception: None, nil: false, by: None, at: None };
    match closure {
        Closure::Filed { on, proof, nil } => {
            dto.on = Some(*on);
            dto.nil = *nil;
            if let Proof::Exception(why) = proof {
                dto.exception = Some(why.clone());
            }
        }
        Closure::Waived { reason } => {
            dto.kind = "waived";
            dto.reason = Some(reason.clone());
        }
        Closure::NotApplicable { reason } => {
            dto.kind = "not_applicable";
            dto.reason = Some(reason.clone());
        }
    }
    dto
}

fn rule_ref(rule: &rulebook::Rule) -> RuleRef {
    RuleRef {
        id: rule.id.clone(),
        title: rule.title.clone(),
        instrument: rule.citation.instrument.clone(),
        section: rule.citation.section.replace("not known", ""),
        confidence: rule.confidence.clone(),
        frequency: rule.frequency.as_str().into(),
        channel: rule.portal.clone(),
        note: rule.note.clone(),
        legacy: rule.legacy,
        superseded_by: rule.superseded_by.clone(),
        nil_return_required: rule.nil_return_required,
    }
}
