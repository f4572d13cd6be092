//! Filings with what the rulebook says about them: the reasons, and a patch that freezes them when one closes.

use crate::database::Tx;
use crate::firm_rules::{Explained, FirmRules};
use crate::licence::require_open_filing;
use crate::planning::load_sheet;
use filings::commands::NewState;
use filings::relaxation::words::{self, Over};
use filings::relaxation::{FreeUntil, late_sums};
use filings::{Filing, FilingError, PatchFiling, Relaxation, patch_filing};
use kernel::id::{FilingId, RelaxationId};
use kernel::{Actor, Date, FieldErrors, StoreError};
use rulebook::{FactSheet, Rule, Rulebook, Step};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The rule that dated a filing; the newest of the code when that version is gone.
pub fn rule_of<'a>(rules: &'a Rulebook, code: &str, rule_id: &str) -> Option<&'a Rule> {
    rules.rule(rule_id).or_else(|| rules.versions(code).pop())
}

/// What one more day of lateness costs at most, by law and without the client's own facts; none when no day has a price or a
/// relaxation frees all of it on that day.
pub fn cost_per_day(
    rules: &Rulebook,
    (code, rule_id): (&str, &str),
    due: Date,
    free: Option<FreeUntil>,
    on: Date,
) -> Option<(Decimal, String)> {
    let cost = late_sums(rule_of(rules, code, rule_id)?, &FactSheet::new(), due, free, on);
    cost.a_day().map(|(amount, currency)| (amount, currency.to_owned()))
}

/// Why this filing has its date, step by step, from today's facts and rulebook.
pub async fn explain<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    filing: &Filing,
    period_end: Date,
) -> Result<Vec<Step>, StoreError> {
    let sheet = sheet_of(tx, filing).await?;
    let firm = FirmRules::load(tx).await?;
    let mut steps = firm.steps(&sheet, actor, Explained::of(filing, period_end));
    let over = Over::from(filing);
    let relaxations = relaxations_over(tx, over.ids()).await?;
    steps.extend(words::steps(over, &relaxations));
    Ok(steps)
}

/// The record of the filing's client as the rulebook reads it.
pub async fn sheet_of<T: Tx + ?Sized>(tx: &mut T, filing: &Filing) -> Result<FactSheet, StoreError> {
    match tx.client(filing.client).await? {
        Some(client) => load_sheet(tx, Rulebook::shipped(), &client).await,
        None => Ok(FactSheet::new()),
    }
}

/// The relaxations that give filings their dates or free them from cost; asks nothing when there are none.
pub async fn relaxations_over<T: Tx + ?Sized>(
    tx: &mut T,
    ids: impl IntoIterator<Item = RelaxationId>,
) -> Result<Vec<Relaxation>, StoreError> {
    let ids: BTreeSet<RelaxationId> = ids.into_iter().collect();
    let ids: Vec<RelaxationId> = ids.into_iter().collect();
    if ids.is_empty() { Ok(Vec::new()) } else { tx.relaxations_by_id(&ids).await }
}

/// Steps as they are frozen with a closed filing and shown by the API.
pub fn steps_json(steps: &[Step]) -> Value {
    steps.iter().map(|s| json!({ "text": s.text, "value": s.value, "citation": s.citation })).collect()
}

/// Applies a change to one filing. When it closes, today's reasons are frozen with it.
pub async fn change_filing<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: FilingId,
    expected: i64,
    patch: PatchFiling,
) -> Result<Filing, FilingError> {
    let mut why = None;
    if closes(&patch)
        && let Some(filing) = tx.filing(id).await?
        && let Some(row) = tx.filing_row(id, actor.today()).await?
    {
        why = Some(steps_json(&explain(tx, actor, &filing, row.period_end).await?));
    }
    // Recording a filing is never refused.
    if !records(&patch) {
        require_open_filing(tx, actor, id).await?;
    }
    let mut assignee_name = None;
    if let Some(Some(user)) = patch.assignee {
        match tx.user(user).await? {
            Some(found) if found.user.active => assignee_name = Some(found.user.display_name),
            _ => return Err(FilingError::Invalid(not_assignable())),
        }
    }
    patch_filing(tx, actor, id, expected, patch, why, assignee_name).await
}

/// Whether it records a filing and does nothing else. That is possible where everything else is read-only.
pub fn records(patch: &PatchFiling) -> bool {
    let PatchFiling { assignee: None, target_due: None, breach_after_days: None, state } = patch else {
        return false;
    };
    matches!(state, Some(NewState::Filed { .. }))
}

pub(crate) fn closes(patch: &PatchFiling) -> bool {
    matches!(patch.state, Some(NewState::Filed { .. } | NewState::Waived(_) | NewState::NotApplicable(_)))
}

pub(crate) fn not_assignable() -> FieldErrors {
    FieldErrors::one("assigneeId", "Choose an active person of your firm.")
}
