//! The dates in force: the rule's own dates with the standing relaxations laid over them. Pure and the same for a filing
//! that is planned, moved or restored.

use super::{Effect, Relaxation};
use crate::filing::{Filing, FilingState, Lapse};
use crate::settings::Aims;
use kernel::Date;
use kernel::id::RelaxationId;

/// The dates of a filing as the rule alone gives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RuleDates {
    /// The legal due date.
    pub legal_due: Option<Date>,
    /// Where it will probably fall.
    pub projected_due: Option<Date>,
    /// What holds once the wait for an event is over.
    pub lapse_due: Option<Date>,
    /// The planned internal target; none when it was set by hand.
    pub target_due: Option<Date>,
}

/// Whose dates are in force, and what lies beneath.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relaxed {
    /// The relaxation that gives the date.
    pub by: RelaxationId,
    /// What the rule gives.
    pub rule: RuleDates,
}

/// No additional fee up to a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FreeUntil {
    /// The relaxation that gives it.
    pub by: RelaxationId,
    /// The last day without the fee.
    pub until: Date,
    /// Filed after it, days of the fee count from the due date.
    pub recounts: bool,
}

/// What relaxations do to one filing; nothing for almost all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Relief {
    /// The dates are not the rule's.
    pub relaxed: Option<Relaxed>,
    /// The late fee starts later.
    pub free: Option<FreeUntil>,
}

impl Filing {
    /// The dates of the rule beneath a relaxation; the dates on the filing when there is none.
    pub fn rule_dates(&self) -> RuleDates {
        self.relief.relaxed.map_or(
            RuleDates {
                legal_due: self.legal_due,
                projected_due: self.projected_due,
                lapse_due: self.lapse.map(|lapse| lapse.due),
                target_due: self.target_due.filter(|_| !self.target_overridden),
            },
            |relaxed| relaxed.rule,
        )
    }
}

/// The date in force, and who moved it there. Extra days count from the rule's own date; of several relaxations the one
/// that gives the latest date holds. What was late when a circular came stays late unless it names past dates.
fn extended(rule: Date, standing: &[&Relaxation]) -> (Date, Option<RelaxationId>) {
    let mut due = (rule, None);
    for relaxation in standing {
        if due.0 < relaxation.circular.on && !relaxation.names_past {
            continue;
        }
        if let Some(to) = relaxation.effect.moves(rule)
            && to > due.0
        {
            due = (to, Some(relaxation.id));
        }
    }
    due
}

/// The filing with the dates that hold under these relaxations, which all cover it, in their order. Whatever stood over
/// the rule's dates before is gone.
pub fn relieve(mut filing: Filing, rule: RuleDates, standing: &[&Relaxation], aims: Aims<'_>) -> Filing {
    let moved = |date: Option<Date>| date.map(|date| extended(date, standing));
    let (legal, projected, lapse) = (moved(rule.legal_due), moved(rule.projected_due), moved(rule.lapse_due));
    let by = [legal, lapse, projected].into_iter().flatten().find_map(|(_, by)| by);
    let date = |moved: Option<(Date, Option<RelaxationId>)>| moved.map(|(date, _)| date);
    filing.legal_due = date(legal);
    filing.projected_due = date(projected);
    filing.lapse = filing.lapse.zip(date(lapse)).map(|(old, due)| Lapse { on: old.on, due });
    if !filing.target_overridden {
        filing.target_due = match (filing.legal_due, rule.target_due) {
            (due, Some(target)) if due == rule.legal_due => Some(target),
            (Some(due), planned) => aims.target_before(&filing, due).max(planned),
            (None, planned) => planned,
        };
    }
    filing.relief.relaxed = by.map(|by| Relaxed { by, rule });
    filing.relief.free = freed(&filing, standing);
    filing
}

/// The relief from the late fee that reaches furthest, when it reaches past the due date at all.
fn freed(filing: &Filing, standing: &[&Relaxation]) -> Option<FreeUntil> {
    if !matches!(filing.state, FilingState::Open | FilingState::InReview) {
        return filing.relief.free;
    }
    let due = filing.legal_due.or(filing.lapse.map(|lapse| lapse.due));
    standing
        .iter()
        .filter_map(|relaxation| match relaxation.effect {
            Effect::NoLateCost { until, counts_from_due } if due.is_none_or(|due| due < until) => {
                Some(FreeUntil { by: relaxation.id, until, recounts: counts_from_due })
            }
            _ => None,
        })
        .max_by_key(|free| (free.until, free.by))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filing::tests::open_filing;
    use crate::relaxation::in_order;
    use crate::relaxation::tests::to_november;
    use kernel::Id;
    use rulebook::Rulebook;
    use time::macros::date;

    fn aoc4() -> Filing {
        Filing {
            code: "MCA-AOC4".into(),
            rule_id: "MCA-AOC4".into(),
            legal_due: Some(date!(2026 - 10 - 30)),
            target_due: Some(date!(2026 - 10 - 29)),
            ..open_filing()
        }
    }

    fn under(filing: &Filing, standing: &[&Relaxation]) -> Filing {
        relieve(filing.clone(), filing.rule_dates(), standing, Aims::of(Rulebook::shipped()))
    }

    #[test]
    fn a_new_date_lies_over_the_rule_and_comes_off_again() {
        let filing = aoc4();
        let relaxed = under(&filing, &[&to_november(1)]);
        assert_eq!(relaxed.legal_due, Some(date!(2026 - 11 - 30)));
        assert_eq!(relaxed.rule_dates().legal_due, Some(date!(2026 - 10 - 30)));
        assert!(relaxed.target_due > filing.target_due, "the target follows: {:?}", relaxed.target_due);
        assert!(relaxed.target_due < relaxed.legal_due);
        assert_eq!(under(&relaxed, &[&to_november(1)]), relaxed, "twice is once");
        assert_eq!(under(&relaxed, &[]), filing, "exactly what was there");
    }

    #[test]
    fn a_target_set_by_hand_is_left_alone() {
        let filing = Filing { target_overridden: true, target_due: Some(date!(2026 - 10 - 12)), ..aoc4() };
        let relaxed = under(&filing, &[&to_november(1)]);
        assert_eq!(relaxed.target_due, Some(date!(2026 - 10 - 12)));
        assert_eq!(under(&relaxed, &[]), filing);
    }

    #[test]
    fn an_earlier_date_never_comes_in() {
        let filing = Filing { legal_due: Some(date!(2026 - 12 - 15)), ..aoc4() };
        assert_eq!(under(&filing, &[&to_november(1)]), filing);
    }

    #[test]
    fn what_was_late_when_the_circular_came_stays_late_unless_it_says_so() {
        let filing = Filing { legal_due: Some(date!(2026 - 10 - 27)), ..aoc4() };
        let mut circular = to_november(1);
        assert_eq!(under(&filing, &[&circular]), filing);
        circular.names_past = true;
        assert_eq!(under(&filing, &[&circular]).legal_due, Some(date!(2026 - 11 - 30)));
        let on_the_day = Filing { legal_due: Some(date!(2026 - 10 - 28)), ..aoc4() };
        circular.names_past = false;
        assert!(under(&on_the_day, &[&circular]).relief.relaxed.is_some(), "due that day is not late");
    }

    #[test]
    fn a_second_extension_builds_on_the_first() {
        let mut second = to_november(2);
        second.circular.on = date!(2026 - 11 - 25);
        second.effect = Effect::NewDate(date!(2026 - 12 - 31));
        let first = to_november(1);
        let both = in_order([&second, &first]);
        let filing = under(&aoc4(), &both);
        assert_eq!(filing.legal_due, Some(date!(2026 - 12 - 31)));
        assert_eq!(filing.relief.relaxed.map(|r| r.by), Some(Id::new(2)));
        // Without the first the filing was late on 25 November, and the second names no past dates.
        assert_eq!(under(&filing, &[&second]), aoc4());
        assert_eq!(under(&filing, &[&first]).legal_due, Some(date!(2026 - 11 - 30)));
    }

    #[test]
    fn extra_days_count_from_the_rules_date_not_from_each_other() {
        let days = |id, days| Relaxation { effect: Effect::ExtraDays(days), ..to_november(id) };
        let filing = under(&aoc4(), &[&days(1, 15), &days(2, 10)]);
        assert_eq!(filing.legal_due, Some(date!(2026 - 11 - 14)));
        assert_eq!(filing.relief.relaxed.map(|r| r.by), Some(Id::new(1)));
    }

    #[test]
    fn a_waiting_filing_takes_the_date_for_when_the_wait_is_over() {
        let filing = Filing {
            legal_due: None,
            target_due: None,
            projected_due: Some(date!(2026 - 10 - 29)),
            lapse: Some(Lapse { on: date!(2026 - 09 - 30), due: date!(2026 - 10 - 30) }),
            ..aoc4()
        };
        let relaxed = under(&filing, &[&to_november(1)]);
        assert_eq!(relaxed.due_on(date!(2026 - 10 - 01)), Some(date!(2026 - 11 - 30)));
        assert_eq!(relaxed.projected_due, Some(date!(2026 - 11 - 30)));
        assert_eq!(relaxed.lapse.map(|l| l.on), Some(date!(2026 - 09 - 30)));
        assert_eq!(under(&relaxed, &[]), filing);
        let none = Filing { legal_due: None, target_due: None, ..aoc4() };
        assert_eq!(under(&none, &[&to_november(1)]), none, "no date, nothing to extend");
    }

    #[test]
    fn relief_from_the_fee_leaves_the_date_and_says_where_days_count_from() {
        let until = date!(2027 - 01 - 31);
        let relief = |recounts| Relaxation {
            effect: Effect::NoLateCost { until, counts_from_due: recounts },
            ..to_november(1)
        };
        let due = date!(2026 - 10 - 30);
        let filing = under(&aoc4(), &[&relief(true)]);
        assert_eq!((filing.legal_due, filing.relief.relaxed), (Some(due), None));
        let free = filing.relief.free;
        assert_eq!(free.map(|f| (f.until, f.recounts)), Some((until, true)));
        let kinder = under(&aoc4(), &[&relief(false)]).relief.free;
        assert_eq!(kinder.map(|f| f.recounts), Some(false));
        let later = Filing { legal_due: Some(date!(2027 - 02 - 15)), ..aoc4() };
        assert_eq!(under(&later, &[&relief(true)]).relief.free, None, "not late by then anyway");
    }
}
