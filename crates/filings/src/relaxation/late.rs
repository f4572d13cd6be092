//! What being late costs under a relief. One place for the list, Today, the digest and the filing itself, so that they agree.
//!
//! A waiver circular says "no additional fee until a day". The penalty for the default is another thing: an authority imposes it
//! by an order, and its days run from the due date whatever the circular says.

use super::FreeUntil;
use kernel::Date;
use rulebook::{FactSheet, LateCost, LateFrom, Rule};

/// The cost of filing on a day, when a relief may lie over the fee.
pub fn late_cost(rule: &Rule, facts: &FactSheet, due: Date, free: Option<FreeUntil>, on: Date) -> LateCost {
    rule.late_cost_with(facts, due, fees_from(due, free, on), on)
}

/// The same amounts without the words, for lists and sums.
pub fn late_sums(rule: &Rule, facts: &FactSheet, due: Date, free: Option<FreeUntil>, on: Date) -> LateCost {
    rule.late_sums(facts, due, fees_from(due, free, on), on)
}

/// From which day the fee counts when it is paid on `on`.
fn fees_from(due: Date, free: Option<FreeUntil>, on: Date) -> LateFrom {
    match free {
        Some(free) if on <= free.until => LateFrom::Freed,
        Some(free) if free.until < on && !free.recounts => LateFrom::Day(due.max(free.until)),
        _ => LateFrom::Due,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Id;
    use rulebook::{CostKind, Rulebook};
    use rust_decimal::Decimal;
    use time::macros::date;

    const DUE: Date = date!(2026 - 10 - 30);
    const UNTIL: Date = date!(2027 - 01 - 31);

    fn cost(free: Option<FreeUntil>, on: Date) -> LateCost {
        let rules = Rulebook::shipped();
        let rule = rules.versions("MCA-AOC4").pop().expect("the rule is shipped");
        late_cost(rule, &FactSheet::new(), DUE, free, on)
    }

    fn relief(recounts: bool) -> Option<FreeUntil> {
        Some(FreeUntil { by: Id::new(1), until: UNTIL, recounts })
    }

    // Row F-RELIEF: zero additional fee to the date; after it, count from the original due date.
    #[test]
    fn the_fee_is_nil_to_the_date_and_counts_from_the_due_date_after_it() {
        // F-100: 100 rupees for each day late. The 31st of January is 93 days after the 30th of October.
        assert_eq!(cost(None, UNTIL).fee, Decimal::from(9_300));
        assert_eq!(cost(relief(true), UNTIL).fee, Decimal::ZERO);
        assert_eq!(cost(relief(true), date!(2027 - 02 - 01)).fee, Decimal::from(9_400));
        assert_eq!(cost(relief(false), date!(2027 - 02 - 01)).fee, Decimal::from(100));
    }

    // s.137(3): 10,000 rupees and 100 for each day after the first, whether or not the additional fee is waived (s.403(2)).
    #[test]
    fn the_penalty_runs_under_a_relief_as_it_does_without() {
        for on in [date!(2026 - 10 - 31), UNTIL, date!(2027 - 02 - 01), date!(2027 - 06 - 30)] {
            let (with, without) = (cost(relief(true), on), cost(None, on));
            assert!(with.exposure > Decimal::ZERO, "{on}");
            assert_eq!((with.exposure, with.days), (without.exposure, without.days), "{on}");
            let penalties = |cost: &LateCost| -> Vec<_> {
                cost.lines.iter().filter(|l| l.kind != CostKind::Fee).cloned().collect()
            };
            assert_eq!(penalties(&with), penalties(&without), "{on}");
        }
    }

    #[test]
    fn one_more_day_costs_the_penalty_alone_while_the_fee_is_freed() {
        let day = date!(2026 - 11 - 10);
        let fee = |cost: &LateCost| {
            cost.lines.iter().find(|l| l.kind == CostKind::Fee).map(|l| (l.per_day, l.from))
        };
        assert_eq!(fee(&cost(None, day)), Some((Decimal::from(100), LateFrom::Due)));
        assert_eq!(fee(&cost(relief(true), day)), Some((Decimal::ZERO, LateFrom::Freed)));
        assert_eq!(cost(None, day).per_day - cost(relief(true), day).per_day, Decimal::from(100));
    }

    #[test]
    fn before_it_is_late_a_day_is_priced_as_the_first_day_late_will_be() {
        assert_eq!(cost(None, DUE).per_day - cost(relief(true), DUE).per_day, Decimal::from(100));
    }
}
