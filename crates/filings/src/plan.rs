//! The plan against the record: what to add, what re-dates and why, what no longer applies. Closed filings never move.

use crate::filing::{Filing, FilingState, Lapse};
use crate::firm_book::FirmBook;
use crate::ports::NewFiling;
use crate::relaxation::{Relaxation, Relief, RuleDates, relieve};
use crate::settings::{Aims, ReturnSetting};
use kernel::Date;
use kernel::id::ClientId;
use rulebook::{Due, PlannedFiling, Rulebook};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What the firm decided, for the reconciliation.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Days until late counts as breached, unless a return says otherwise.
    pub breach_after_days: u16,
    /// What the firm decided per return.
    pub settings: BTreeMap<String, ReturnSetting>,
    /// The standing relaxations of the firm.
    pub relaxations: Vec<Relaxation>,
    /// The obligations that the firm gives itself; none when it wrote none.
    pub internal: Option<Arc<FirmBook>>,
}

impl Policy {
    /// Where the targets, thresholds and checklists of a return come from.
    pub fn aims<'a>(&'a self, rules: &'a Rulebook, code: &str) -> Aims<'a> {
        let internal = self.internal.as_deref().filter(|_| FirmBook::holds(code));
        Aims { rules: internal.map_or(rules, |firm| &firm.book), own: &self.settings }
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
/// `standing` are the relaxations that mean this client, in their order: what the rule gives lies beneath them, for
/// filings that are new as well as for those that move.
pub fn reconcile(
    client: ClientId,
    existing: Vec<Filing>,
    planned: Vec<PlannedFiling>,
    track_from: Date,
    policy: &Policy,
    rules: &Rulebook,
    standing: &[&Relaxation],
) -> PlanDiff {
    let mut diff = PlanDiff::default();
    let mut by_key: HashMap<(String, String), Filing> =
        existing.into_iter().map(|f| ((f.code.clone(), f.period_key.clone()), f)).collect();
    for mut plan in planned {
        let aims = policy.aims(rules, &plan.code);
        plan.target_due = aims.target(&plan);
        let covering: Vec<&Relaxation> = standing
            .iter()
            .filter(|r| r.scope.covers(&plan.code, &plan.period_key, plan.period.end))
            .copied()
            .collect();
        match by_key.remove(&(plan.code.clone(), plan.period_key.clone())) {
            None => {
                let new = new_filing(client, &plan, policy, aims, &covering);
                if new.legal_due.or(new.projected_due).is_none_or(|due| due >= track_from) {
                    diff.added.push(new);
                }
            }
            Some(filing) => compare(filing, &plan, policy, aims, &covering, &mut diff),
        }
    }
    let mut gone: Vec<Filing> = by_key.into_values().filter(Filing::is_open).collect();
    gone.sort_by(|a, b| (a.legal_due, &a.code, &a.period_key).cmp(&(b.legal_due, &b.code, &b.period_key)));
    diff.withdrawn = gone;
    diff
}

fn compare(
    filing: Filing,
    plan: &PlannedFiling,
    policy: &Policy,
    aims: Aims<'_>,
    covering: &[&Relaxation],
    diff: &mut PlanDiff,
) {
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
        after.breach_after_days = aims.breach_after(plan, policy.breach_after_days);
    }
    if !filing.target_overridden {
        after.target_due = plan.target_due;
    }
    after.firm_items = aims.items(&plan.code);
    after.relief = Relief::default();
    if !covering.is_empty() {
        let target_due = plan.target_due.filter(|_| !filing.target_overridden);
        after = relieve(after, RuleDates { target_due, ..rule_dates(plan) }, covering, aims);
    }
    let reason = extended_by(&filing, &after, covering).unwrap_or_else(|| reason(plan));
    if filing.state == FilingState::Withdrawn {
        after.state = FilingState::Open;
        diff.revived.push(PlanChange { before: filing, after, reason });
    } else if after == filing {
        diff.unchanged += 1;
    } else {
        diff.moved.push(PlanChange { before: filing, after, reason });
    }
}

/// In the words of the relaxation that has newly moved it.
fn extended_by(before: &Filing, after: &Filing, covering: &[&Relaxation]) -> Option<String> {
    let by = after.relief.relaxed.map(|relaxed| relaxed.by);
    let moved = by != before.relief.relaxed.map(|relaxed| relaxed.by);
    let relaxation = covering.iter().find(|r| moved && Some(r.id) == by)?;
    Some(format!("{} by {}", relaxation.effect_words(), relaxation.circular.words()))
}

fn new_filing(
    client: ClientId,
    plan: &PlannedFiling,
    policy: &Policy,
    aims: Aims<'_>,
    covering: &[&Relaxation],
) -> NewFiling {
    let (legal_due, projected_due) = dates(plan);
    let rule = aims.rules.rule(&plan.rule_id);
    let firm_items = aims.items(&plan.code);
    let new = NewFiling {
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
        breach_after_days: aims.breach_after(plan, policy.breach_after_days),
        checklist_total: rule
            .map_or(0, |r| u16::try_from(r.checklist.len()).unwrap_or(u16::MAX))
            .saturating_add(firm_items),
        firm_items,
        relief: Relief::default(),
    };
    if covering.is_empty() { new } else { new_relieved(new, plan, covering, aims) }
}

/// A filing that is planned under standing relaxations gets their dates from its first day.
fn new_relieved(new: NewFiling, plan: &PlannedFiling, covering: &[&Relaxation], aims: Aims<'_>) -> NewFiling {
    let filing = relieve(new.as_open(), rule_dates(plan), covering, aims);
    NewFiling {
        legal_due: filing.legal_due,
        projected_due: filing.projected_due,
        lapse: filing.lapse,
        target_due: filing.target_due,
        relief: filing.relief,
        ..new
    }
}

fn rule_dates(plan: &PlannedFiling) -> RuleDates {
    let (legal_due, projected_due) = dates(plan);
    let lapse_due = plan.lapse.map(|lapse| lapse.due);
    RuleDates { legal_due, projected_due, lapse_due, target_due: plan.target_due }
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
        // dated, but the event whose day has passed would still move it
        Due::On(_) => plan.waits_for.clone(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relaxation::tests::to_november;
    use kernel::period::Period;
    use kernel::{Id, period::FinancialYear};
    use time::macros::date;

    fn planned(due: Date) -> PlannedFiling {
        let rules = Rulebook::shipped();
        let period = Period::financial_year_of(FinancialYear(2025).end());
        let rule = rules.current("MCA-AOC4", period.end).unwrap();
        PlannedFiling {
            code: rule.code.clone(),
            rule_id: rule.id.clone(),
            regulator: rule.regulator.clone(),
            title: rule.title.clone(),
            period,
            period_key: period.key(),
            due: Due::On(due),
            lapse: None,
            target_due: due.previous_day(),
            breach_after_days: 7,
            steps: Vec::new(),
            waits_for: None,
        }
    }

    fn run(existing: Vec<Filing>, due: Date, standing: &[&Relaxation]) -> PlanDiff {
        let from = date!(2026 - 04 - 01);
        let rules = Rulebook::shipped();
        reconcile(Id::new(5), existing, vec![planned(due)], from, &Policy::default(), rules, standing)
    }

    fn first(diff: &PlanDiff) -> Filing {
        Filing { id: Id::new(1), ..diff.added[0].as_open() }
    }

    #[test]
    fn planning_under_a_relaxation_keeps_the_overlay_and_comes_to_rest() {
        let circular = to_november(1);
        let new = first(&run(Vec::new(), date!(2026 - 10 - 30), &[&circular]));
        assert_eq!(new.legal_due, Some(date!(2026 - 11 - 30)));
        assert_eq!(new.rule_dates().legal_due, Some(date!(2026 - 10 - 30)));
        let again = run(vec![new.clone()], date!(2026 - 10 - 30), &[&circular]);
        assert!(again.is_empty(), "{again:?}");

        // An event moves the rule's date: beneath, the new date; in force, the later of the two.
        let moved = run(vec![new.clone()], date!(2026 - 11 - 10), &[&circular]);
        let after = &moved.moved[0].after;
        assert_eq!(after.legal_due, Some(date!(2026 - 11 - 30)));
        assert_eq!(after.rule_dates().legal_due, Some(date!(2026 - 11 - 10)));
        assert!(!moved.moved[0].moves_date());
        let past = run(vec![new.clone()], date!(2026 - 12 - 10), &[&circular]);
        assert_eq!(past.moved[0].after.legal_due, Some(date!(2026 - 12 - 10)));
        assert_eq!(past.moved[0].after.relief, Relief::default());

        let undone = run(vec![new], date!(2026 - 10 - 30), &[]);
        assert_eq!(undone.moved[0].after.legal_due, Some(date!(2026 - 10 - 30)));
        assert_eq!(undone.moved[0].after.relief, Relief::default());
    }

    #[test]
    fn a_relaxation_that_comes_later_moves_open_filings_with_its_words() {
        let plain = first(&run(Vec::new(), date!(2026 - 10 - 30), &[]));
        let diff = run(vec![plain], date!(2026 - 10 - 30), &[&to_november(1)]);
        assert_eq!(
            diff.moved[0].reason,
            "extended to 30 Nov 2026 by General Circular 07/2026 dated 28 Oct 2026"
        );
    }
}
