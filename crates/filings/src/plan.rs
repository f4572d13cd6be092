//! The plan against the record: what to add, what re-dates and why, what no longer applies. Closed filings never move.

use crate::filing::{Filing, FilingState, Lapse};
use crate::ports::{NewFiling, ReturnSetting};
use kernel::Date;
use kernel::id::ClientId;
use rulebook::{Due, PlannedFiling, Rulebook};
use std::collections::{BTreeMap, HashMap};

/// The breach threshold that the rulebook gives when an instrument says nothing.
const RULE_DEFAULT_BREACH: u16 = 7;

/// What the firm decided, for the reconciliation.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Days until late counts as breached, unless a return says otherwise.
    pub breach_after_days: u16,
    /// What the firm decided per return.
    pub settings: BTreeMap<String, ReturnSetting>,
}

impl Policy {
    fn breach_after(&self, planned: &PlannedFiling) -> u16 {
        let own = self.settings.get(&planned.code).and_then(|s| s.breach_after_days);
        own.unwrap_or(if planned.breach_after_days == RULE_DEFAULT_BREACH {
            self.breach_after_days
        } else {
            planned.breach_after_days
        })
    }
}

/// A filing whose date or rule changes.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanChange {
    /// As it is.
    pub before: Filing,
    /// As it will be.
    pub after: Filing,
    /// Why, in the words of the rule.
    pub reason: String,
}

impl PlanChange {
    /// Whether a date that people see changes.
    pub fn moves_date(&self) -> bool {
        (self.before.legal_due, self.before.projected_due) != (self.after.legal_due, self.after.projected_due)
    }
}

/// What planning would do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlanDiff {
    /// New obligations.
    pub added: Vec<NewFiling>,
    /// Open ones that change.
    pub moved: Vec<PlanChange>,
    /// Withdrawn ones that apply again.
    pub revived: Vec<PlanChange>,
    /// Open ones that no longer apply.
    pub withdrawn: Vec<Filing>,
    /// Open ones that stay as they are.
    pub unchanged: usize,
}

impl PlanDiff {
    /// Whether nothing would be written.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.moved.is_empty() && self.revived.is_empty() && self.withdrawn.is_empty()
    }
}

/// Compares the filings on record with the plan. `track_from` keeps out what fell due before the firm took the client on.
pub fn reconcile(
    client: ClientId,
    existing: Vec<Filing>,
    planned: Vec<PlannedFiling>,
    track_from: Date,
    policy: &Policy,
    rules: &Rulebook,
) -> PlanDiff {
    let mut diff = PlanDiff::default();
    let mut by_key: HashMap<(String, String), Filing> =
        existing.into_iter().map(|f| ((f.code.clone(), f.period_key.clone()), f)).collect();
    for plan in planned {
        match by_key.remove(&(plan.code.clone(), plan.period_key.clone())) {
            None => {
                let (legal, projected) = dates(&plan);
                if legal.or(projected).is_none_or(|due| due >= track_from) {
                    diff.added.push(new_filing(client, &plan, policy, rules));
                }
            }
            Some(filing) => compare(filing, &plan, policy, &mut diff),
        }
    }
    let mut gone: Vec<Filing> = by_key.into_values().filter(Filing::is_open).collect();
    gone.sort_by(|a, b| (a.legal_due, &a.code, &a.period_key).cmp(&(b.legal_due, &b.code, &b.period_key)));
    diff.withdrawn = gone;
    diff
}

fn compare(filing: Filing, plan: &PlannedFiling, policy: &Policy, diff: &mut PlanDiff) {
    if matches!(filing.state, FilingState::Closed(_)) {
        return;
    }
    let (legal_due, projected_due) = dates(plan);
    let mut after = filing.clone();
    after.legal_due = legal_due;
    after.projected_due = projected_due;
    after.waits_for = waits_for(plan);
    after.lapse = lapse(plan);
    after.rule_id = plan.rule_id.clone();
    if !filing.breach_overridden {
        after.breach_after_days = policy.breach_after(plan);
    }
    if !filing.target_overridden {
        after.target_due = plan.target_due;
    }
    let reason = reason(plan);
    if filing.state == FilingState::Withdrawn {
        after.state = FilingState::Open;
        diff.revived.push(PlanChange { before: filing, after, reason });
    } else if after == filing {
        diff.unchanged += 1;
    } else {
        diff.moved.push(PlanChange { before: filing, after, reason });
    }
}

fn new_filing(client: ClientId, plan: &PlannedFiling, policy: &Policy, rules: &Rulebook) -> NewFiling {
    let (legal_due, projected_due) = dates(plan);
    let rule = rules.rules().iter().find(|r| r.id == plan.rule_id);
    NewFiling {
        client,
        code: plan.code.clone(),
        rule_id: plan.rule_id.clone(),
        regulator: plan.regulator.clone(),
        title: plan.title.clone(),
        materiality: rule.map(|r| r.materiality.as_str().to_owned()).unwrap_or_else(|| "routine".into()),
        period_key: plan.period_key.clone(),
        period_label: plan.period.label(),
        period_start: plan.period.start,
        period_end: plan.period.end,
        legal_due,
        projected_due,
        waits_for: waits_for(plan),
        lapse: lapse(plan),
        target_due: plan.target_due,
        breach_after_days: policy.breach_after(plan),
        checklist_total: rule.map_or(0, |r| r.checklist.len().try_into().unwrap_or(u16::MAX)),
    }
}

/// Legal and probable date. The probable one is never after the date that holds without the event: lists look for late
/// filings by the earliest date on the row.
fn dates(plan: &PlannedFiling) -> (Option<Date>, Option<Date>) {
    match &plan.due {
        Due::On(date) => (Some(*date), None),
        Due::Awaiting { projected, .. } => {
            let without = plan.lapse.map(|lapse| lapse.due);
            (None, projected.iter().copied().chain(without).min())
        }
        Due::AsDirected => (None, None),
    }
}

fn waits_for(plan: &PlannedFiling) -> Option<String> {
    match &plan.due {
        Due::On(_) => None,
        Due::Awaiting { event, .. } => Some(event.clone()),
        Due::AsDirected => Some("as_directed".into()),
    }
}

fn lapse(plan: &PlannedFiling) -> Option<Lapse> {
    plan.lapse.map(|lapse| Lapse { on: lapse.on, due: lapse.due })
}

/// The step that says most about the date: the last one that carries a value, else the last.
fn reason(plan: &PlannedFiling) -> String {
    let telling = plan.steps.iter().rev().find(|s| s.citation.is_some()).or(plan.steps.last());
    telling.map(|s| s.text.clone()).unwrap_or_else(|| "The rule gives another date.".into())
}
