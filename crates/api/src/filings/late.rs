//! What being late costs, on the wire.

use ::filings::relaxation::{FreeUntil, late_cost};
use ::filings::{FilingRow, FilingStatus};
use kernel::Date;
use kernel::period::day_text;
use rulebook::{FactSheet, LateFrom, LateLine, Rule, Rulebook};
use serde::Serialize;
use time::Duration;
use utoipa::ToSchema;

/// What being late costs: so far, a day, and on four dates.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LateCostDto {
    /// The due date counted from.
    #[schema(value_type = String, format = Date)]
    pub due_on: Date,
    /// The day for which it is worked out: today, or the day it was filed.
    #[schema(value_type = String, format = Date)]
    pub as_of: Date,
    /// Days late; zero when not late.
    pub days: u32,
    /// ISO 4217 code of all amounts.
    pub currency: String,
    /// Certain: payable with the filing.
    pub fee: String,
    /// At most: what an authority may impose.
    pub exposure: String,
    /// Both together.
    pub total: String,
    /// What one more day adds at most.
    pub per_day: String,
    /// What it comes to after 1, 7 and 30 days and at the cap.
    pub dates: Vec<LateDate>,
    /// The lines, with the law.
    pub lines: Vec<LateLineDto>,
    /// Facts of the client without which a line is not worked out.
    pub unknown_facts: Vec<MissingFact>,
    /// The amounts changed while it was late: a person must look.
    pub needs_review: bool,
}

/// What it comes to on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct LateDate {
    /// Days late.
    pub days: u32,
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// At most so much.
    pub amount: String,
    /// From this day on nothing grows.
    pub cap: bool,
}

/// A fact that is missing.
#[derive(Debug, Serialize, ToSchema)]
pub struct MissingFact {
    /// Its key.
    pub key: String,
    /// In words.
    pub title: String,
}

impl MissingFact {
    /// With its title.
    pub fn of(rules: &Rulebook, key: String) -> Self {
        let title = rules.fact_def(&key).map_or_else(|| key.clone(), |def| def.title.clone());
        Self { key, title }
    }
}

/// One line.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LateLineDto {
    /// `fee` (certain), `penalty` (by an order) or `compensation` (to a customer).
    pub kind: &'static str,
    /// `exact`, `max` or `range`.
    pub quantum: &'static str,
    /// `client`, `company`, `llp`, `director`, or somebody else such as `officer`.
    pub falls_on: String,
    /// The formula in words.
    pub text: String,
    /// Instrument and section.
    pub section: String,
    /// Grade of the source.
    pub confidence: String,
    /// What to know.
    pub note: String,
    /// For the days late; none when a fact is missing.
    pub amount: Option<String>,
    /// The least, where the law has one.
    pub least: Option<String>,
    /// The cap is reached.
    pub capped: bool,
    /// Part of the sums above. Not so when it falls on somebody else, is uncertain, or is the lesser of alternatives.
    pub counted: bool,
    /// What a circular does to this line, in words: only ever to a fee.
    pub relief: Option<String>,
}

impl LateLineDto {
    fn of(line: LateLine, due: Date, free: Option<FreeUntil>) -> Self {
        Self {
            relief: free.and_then(|free| relief_words(line.from, due, free)),
            kind: line.kind.as_str(),
            quantum: line.quantum.as_str(),
            falls_on: line.falls_on,
            text: line.text,
            section: line.section,
            confidence: line.confidence,
            note: line.note,
            amount: line.amount.map(|a| a.to_string()),
            least: line.least.map(|a| a.to_string()),
            capped: line.capped,
            counted: line.counted,
        }
    }
}

fn relief_words(from: LateFrom, due: Date, free: FreeUntil) -> Option<String> {
    let until = day_text(free.until);
    match from {
        LateFrom::Due => None,
        LateFrom::Freed => {
            let after = if free.recounts { due } else { due.max(free.until) };
            Some(format!(
                "A circular waives this fee for a filing made by {until}. Filed later, its days count from {}.",
                day_text(after)
            ))
        }
        LateFrom::Day(day) => {
            Some(format!("By a circular, the days of this fee count from {}.", day_text(day)))
        }
    }
}

impl LateCostDto {
    /// For a filing with a date in law and a rule with a price.
    pub fn of(rule: &Rule, facts: &FactSheet, row: &FilingRow, today: Date) -> Option<Self> {
        let due = row.legal_due.filter(|_| !rule.cost.is_empty())?;
        let as_of = match row.status {
            FilingStatus::Waived | FilingStatus::NotApplicable => return None,
            FilingStatus::Filed | FilingStatus::FiledLate => row.filed_on?,
            _ => today,
        };
        Some(Self::counted(rule, facts, due, as_of, row.free))
    }

    /// For a date missed by a filing on `as_of`, with no relaxation; none when the rule has no price.
    pub fn between(rule: &Rule, facts: &FactSheet, due: Date, as_of: Date) -> Option<Self> {
        (!rule.cost.is_empty()).then(|| Self::counted(rule, facts, due, as_of, None))
    }

    fn counted(rule: &Rule, facts: &FactSheet, due: Date, as_of: Date, free: Option<FreeUntil>) -> Self {
        let cost = |on: Date| late_cost(rule, facts, due, free, on);
        let now = cost(as_of);
        let at = |days: u32, cap: bool| {
            let on = due.saturating_add(Duration::days(days.into()));
            LateDate { days, on, amount: cost(on).total().to_string(), cap }
        };
        let cap_day = cost(due).cap_day;
        let mut dates: Vec<LateDate> = [1, 7, 30]
            .into_iter()
            .filter(|d| cap_day.is_none_or(|cap| *d < cap))
            .map(|d| at(d, false))
            .collect();
        dates.extend(cap_day.map(|day| at(day, true)));
        let rules = Rulebook::shipped();
        Self {
            due_on: due,
            as_of,
            days: now.days,
            fee: now.fee.to_string(),
            exposure: now.exposure.to_string(),
            total: now.total().to_string(),
            per_day: now.per_day.to_string(),
            currency: now.currency,
            dates,
            lines: now.lines.into_iter().map(|line| LateLineDto::of(line, due, free)).collect(),
            unknown_facts: now.unknown_facts.into_iter().map(|key| MissingFact::of(rules, key)).collect(),
            needs_review: now.needs_review,
        }
    }
}
