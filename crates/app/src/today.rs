//! The start page: what everything past due costs, and the sentence with the most urgent true thing first, two facts at most.

use crate::filings::rule_of;
use filings::relaxation::late_sums;
use filings::views::{LateGroup, TodayFigures};
use kernel::Date;
use rulebook::{FactSheet, LateFrom, Rulebook, money_words};
use rust_decimal::Decimal;

/// Late cost in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateSum {
    /// ISO 4217 code.
    pub currency: String,
    /// So far, at most.
    pub total: Decimal,
    /// What one more day adds, at most.
    pub per_day: Decimal,
    /// Of how many filings.
    pub filings: i64,
}

/// Late cost of everything past due, by law and without the clients' own facts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LateSums {
    /// By currency, rupees first.
    pub sums: Vec<LateSum>,
    /// Filings past due of which the law names no amount, or none that is known without facts of the client.
    pub unpriced: i64,
}

impl LateSums {
    /// Adds up. A group is priced once, however many filings it has.
    pub fn of(groups: &[LateGroup], rules: &Rulebook, today: Date) -> Self {
        let mut found = Self::default();
        let facts = FactSheet::new();
        for group in groups {
            let cost = rule_of(rules, &group.code, &group.rule_id)
                .map(|rule| late_sums(rule, &facts, group.due, group.free, today));
            let cost = match cost {
                Some(cost) if !cost.total().is_zero() || !cost.per_day.is_zero() => cost,
                // Nothing is charged under a relief, and that is known.
                Some(cost) if cost.lines.iter().any(|line| line.counted && line.from == LateFrom::Freed) => {
                    continue;
                }
                _ => {
                    found.unpriced += group.count;
                    continue;
                }
            };
            let times = Decimal::from(group.count);
            let (total, per_day) = (cost.total().saturating_mul(times), cost.per_day.saturating_mul(times));
            match found.sums.iter_mut().find(|sum| sum.currency == cost.currency) {
                Some(sum) => {
                    sum.total = sum.total.saturating_add(total);
                    sum.per_day = sum.per_day.saturating_add(per_day);
                    sum.filings += group.count;
                }
                None => {
                    found.sums.push(LateSum { currency: cost.currency, total, per_day, filings: group.count })
                }
            }
        }
        found
            .sums
            .sort_by(|a, b| (a.currency != RUPEES, &a.currency).cmp(&(b.currency != RUPEES, &b.currency)));
        found
    }

    /// Rupees that one more day adds; none when it adds nothing.
    fn rupees_a_day(&self) -> Option<Decimal> {
        self.sums
            .iter()
            .find(|sum| sum.currency == RUPEES)
            .map(|sum| sum.per_day)
            .filter(|sum| !sum.is_zero())
    }
}

/// What most laws charge in.
pub(crate) const RUPEES: &str = "INR";

/// Answers the question the user came with.
pub fn sentence(figures: &TodayFigures, late: &LateSums) -> String {
    let a_day = late
        .rupees_a_day()
        .map(|sum| format!(", at up to {} a day", money_words(sum, RUPEES)))
        .unwrap_or_default();
    let mut facts = Vec::new();
    if figures.due_today > 0 {
        facts.push(format!("{} due before midnight.", count(figures.due_today, "filing is", "filings are")));
    }
    if figures.breached > 0 && figures.breached == figures.past_due {
        facts.push(format!("{} breached{a_day}.", count(figures.breached, "filing is", "filings are")));
    } else if figures.past_due > 0 {
        let breached = if figures.breached > 0 {
            format!(", {} of them breached", figures.breached)
        } else {
            String::new()
        };
        facts.push(format!(
            "{} past due{breached}{a_day}.",
            count(figures.past_due, "filing is", "filings are")
        ));
    }
    if figures.due_tomorrow > 0 {
        facts.push(format!("{} due tomorrow.", count(figures.due_tomorrow, "filing is", "filings are")));
    }
    if figures.due_in_7 > 0 {
        facts.push(format!(
            "{} due in the next seven days.",
            count(figures.due_in_7, "filing is", "filings are")
        ));
    }
    if facts.is_empty() {
        facts.push("Nothing is due in the next seven days and nothing is past due.".into());
    }
    facts.truncate(2);
    facts.join(" ")
}

fn count(n: i64, one: &str, many: &str) -> String {
    const WORDS: [&str; 10] = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
    let figure =
        usize::try_from(n).ok().and_then(|i| WORDS.get(i)).map_or_else(|| n.to_string(), |w| (*w).into());
    format!("{figure} {}", if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;
    use filings::relaxation::FreeUntil;
    use kernel::Id;
    use time::macros::date;

    #[test]
    fn the_most_urgent_comes_first_and_two_facts_are_enough() {
        let figures = TodayFigures {
            due_today: 2,
            past_due: 4,
            breached: 1,
            due_tomorrow: 3,
            due_in_7: 9,
            ..Default::default()
        };
        assert_eq!(
            sentence(&figures, &LateSums::default()),
            "Two filings are due before midnight. Four filings are past due, 1 of them breached."
        );
        assert_eq!(
            sentence(&TodayFigures::default(), &LateSums::default()),
            "Nothing is due in the next seven days and nothing is past due."
        );
    }
    fn group(code: &str, due: Date, count: i64) -> LateGroup {
        LateGroup { code: code.into(), rule_id: String::new(), due, free: None, count }
    }

    #[test]
    fn a_group_costs_as_often_as_it_has_filings() {
        let rules = Rulebook::shipped();
        let (due, today) = (date!(2026 - 10 - 30), date!(2026 - 11 - 9));
        // Companies Act 2013, section 403: 100 rupees for each day of delay, at least.
        let one = LateSums::of(&[group("MCA-AOC4", due, 1)], rules, today);
        let [sum] = one.sums.as_slice() else { panic!("{one:?}") };
        assert!(sum.total >= Decimal::from(1_000) && sum.per_day >= Decimal::from(100), "{sum:?}");
        let three = LateSums::of(&[group("MCA-AOC4", due, 2), group("MCA-AOC4", due, 1)], rules, today);
        assert_eq!(three.sums[0].total, sum.total * Decimal::from(3));
        assert_eq!((three.sums[0].per_day, three.sums[0].filings), (sum.per_day * Decimal::from(3), 3));
        let figures = TodayFigures { past_due: 3, ..Default::default() };
        let words = money_words(three.sums[0].per_day, RUPEES);
        assert_eq!(
            sentence(&figures, &three),
            format!("Three filings are past due, at up to {words} a day.")
        );
    }

    #[test]
    fn a_relief_frees_the_fee_alone_and_a_return_without_a_price_is_counted_apart() {
        let (due, today) = (date!(2026 - 10 - 30), date!(2026 - 11 - 9));
        let free = FreeUntil { by: Id::new(1), until: today, recounts: true };
        let sums = |free| {
            let late = LateGroup { free, ..group("MCA-AOC4", due, 4) };
            LateSums::of(&[late, group("NO-SUCH", due, 2)], Rulebook::shipped(), today)
        };
        let (charged, freed) = (sums(None), sums(Some(free)));
        assert_eq!((charged.unpriced, freed.unpriced), (2, 2));
        // Section 403: 100 rupees a day of ten days, four times; section 137(3) goes on as before.
        assert_eq!(charged.sums[0].total - freed.sums[0].total, Decimal::from(4_000));
        assert_eq!(charged.sums[0].per_day - freed.sums[0].per_day, Decimal::from(400));
        assert!(freed.sums[0].total > Decimal::ZERO && freed.sums[0].filings == 4, "{freed:?}");
    }

    #[test]
    fn what_costs_a_fee_only_costs_nothing_under_a_relief_and_is_not_unpriced() {
        let rules = Rulebook::shipped();
        let (due, today) = (date!(2026 - 10 - 30), date!(2026 - 11 - 9));
        let counted = |code: &str| {
            let cost = filings::relaxation::late_cost(
                rule_of(rules, code, "").unwrap(),
                &FactSheet::new(),
                due,
                None,
                today,
            );
            (cost.fee, cost.exposure)
        };
        let code = rules
            .rules()
            .iter()
            .map(|rule| rule.code.as_str())
            .find(|code| {
                let (fee, exposure) = counted(code);
                !fee.is_zero() && exposure.is_zero()
            })
            .expect("a rule with a fee only");
        let free = FreeUntil { by: Id::new(1), until: today, recounts: true };
        let relieved = LateGroup { free: Some(free), ..group(code, due, 1) };
        assert_eq!(LateSums::of(&[relieved], rules, today), LateSums::default());
    }
}
