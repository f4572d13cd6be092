//! The cost of being late against the worked examples of the penalty tables that are counts of days.

use rulebook::{FactSheet, FactValue, LateCost, LateFrom, Rulebook};
use rust_decimal::Decimal;
use time::macros::date;
use time::{Date, Duration};

const DUE: Date = date!(2026 - 10 - 30);

fn book() -> Rulebook {
    Rulebook::from_sources(&[("late.toml", include_str!("golden/late_pack.toml"))]).expect("loads")
}

fn facts(pairs: &[(&str, FactValue)]) -> FactSheet {
    let mut sheet = FactSheet::new();
    for (key, value) in pairs {
        sheet.set(key, value.clone());
    }
    sheet
}

fn late_from(code: &str, due: Date, days: i64, sheet: &FactSheet) -> LateCost {
    let book = book();
    let rule = book.versions(code).pop().expect("a rule");
    rule.late_cost(sheet, due, due + Duration::days(days))
}

fn late(code: &str, days: i64) -> LateCost {
    late_from(code, DUE, days, &FactSheet::new())
}

fn rupees(amount: i64) -> Decimal {
    Decimal::from(amount)
}

#[test]
fn accounts_45_days_late() {
    // worked example 3: due 30 Oct 2026, filed 14 Dec 2026
    let found = late("AOC4", 45);
    assert_eq!(DUE + Duration::days(45), date!(2026 - 12 - 14));
    assert_eq!((found.fee, found.exposure), (rupees(4_500), rupees(14_400)));
    assert_eq!(found.per_day, rupees(200), "a fee and a penalty grow; the officer's own does not count");
    assert_eq!(found.cap_day, None, "the fee has no limit");
    let officer = found.lines.iter().find(|l| l.falls_on == "officer").expect("a line");
    assert_eq!((officer.amount, officer.counted), (Some(rupees(14_300)), false));
    assert_eq!(late("AOC4-FILING-DAY", 45).exposure, rupees(14_500));
}

#[test]
fn a_small_company_pays_half() {
    let sheet = facts(&[("small_company", FactValue::Bool(true))]);
    let found = late_from("AOC4", DUE, 45, &sheet);
    assert_eq!((found.fee, found.exposure), (rupees(4_500), rupees(7_200)));
    let officer = found.lines.iter().find(|l| l.falls_on == "officer").expect("a line");
    assert_eq!(officer.amount, Some(rupees(7_150)));
    assert!(found.lines.iter().any(|l| l.section.ends_with("s.446B") && l.text.contains("half")));
    assert_eq!(found.per_day, rupees(150));
}

#[test]
fn slab_boundaries() {
    // worked example 5, normal fee 400
    let sheet = facts(&[("nominal_capital", FactValue::Number(rupees(1_000_000)))]);
    for (days, times) in [(30, 2), (31, 4), (60, 4), (61, 6), (90, 6), (91, 10), (180, 10), (181, 12)] {
        assert_eq!(late_from("SLAB", DUE, days, &sheet).fee, rupees(400 * times), "day {days}");
    }
    assert_eq!(late_from("SLAB", DUE, 50, &sheet).fee, rupees(1_600));
    assert_eq!(late_from("SLAB", DUE, 50, &sheet).per_day, rupees(0), "steps are not a cost per day");
    let unknown = late("SLAB", 50);
    assert_eq!(unknown.fee, rupees(0));
    assert!(unknown.unknown_facts.contains("nominal_capital"));
    assert!(unknown.lines[0].amount.is_none() && !unknown.lines[0].counted);
}

#[test]
fn days_of_a_range_or_a_maximum() {
    // worked examples 9 (SEBI Act), 10 (Insurance Act), 11 (PFRDA Act) and 12 (LLP)
    for (days, most) in [(1, 100_000), (30, 3_000_000), (100, 10_000_000), (150, 10_000_000)] {
        let found = late("SEBI15A", days);
        assert_eq!(found.exposure, rupees(most), "day {days}");
        assert_eq!(found.lines[0].least, Some(rupees(100_000)));
        assert_eq!(found.cap_day, Some(100));
    }
    for (code, days, most) in [("PFRDA28", 150, 10_000_000), ("PFRDA28", 30, 3_000_000), ("LLP11", 46, 4_600)]
    {
        assert_eq!(late(code, days).exposure, rupees(most), "{code} {days}");
    }
    let due = date!(2025 - 06 - 30);
    let of = |days| late_from("INS102", due, days, &FactSheet::new());
    assert_eq!(of(15).exposure, rupees(1_500_000));
    assert_eq!(of(120).exposure, rupees(10_000_000));
    assert!(!of(120).needs_review);
    assert!(of(300).needs_review, "the ceiling changed while it was late");
    assert_eq!(late("INS102", 120).exposure, rupees(12_000_000), "the new ceiling is ten crore");
}

#[test]
fn other_shapes() {
    assert_eq!(late("PSS30", 1).exposure, rupees(1_000_000));
    assert_eq!(late("PSS30", 4).exposure, rupees(1_075_000));
    assert_eq!(late("COMPLAINT", 20).exposure, rupees(2_000)); // worked example 15
    for (days, fee) in [(1, 1_000), (31, 1_000), (32, 2_000), (800, 12_000)] {
        assert_eq!(late("POP", days).fee, rupees(fee), "day {days}: a part of a month is a month");
    }
    for (days, most, next) in [(1, 100, 100), (30, 3_000, 200), (31, 3_200, 200), (61, 9_300, 300)] {
        let found = late("TIERS", days);
        assert_eq!((found.exposure, found.per_day), (rupees(most), rupees(next)), "day {days}");
    }
    let sheet = facts(&[("nominal_capital", FactValue::Number(rupees(600_000)))]);
    assert_eq!(late_from("LLPFEE", DUE, 365, &sheet).fee, rupees(12_100));
    assert_eq!(late_from("LLPFEE", DUE, 365, &sheet).per_day, rupees(20));
}

#[test]
fn alternatives_and_doubts_do_not_add_up() {
    let found = late("EITHER", 3);
    assert_eq!(found.exposure, rupees(110_000));
    assert_eq!(found.lines.iter().map(|l| l.counted).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(found.lines[2].amount, Some(rupees(7)), "shown, not counted");
}

#[test]
fn on_time_costs_nothing_and_says_what_a_day_would_cost() {
    for days in [-40, 0] {
        let found = late("SEBI15A", days);
        assert_eq!((found.days, found.total(), found.per_day), (0, rupees(0), rupees(100_000)));
    }
    let book = book();
    let rule = book.versions("SEBI15A").pop().expect("a rule");
    assert_eq!(rule.late_cost(&FactSheet::new(), DUE, DUE).a_day(), Some((rupees(100_000), "INR")));
    assert_eq!(
        rule.late_cost(&FactSheet::new(), DUE, DUE + Duration::days(100)).a_day(),
        None,
        "the cap is reached"
    );
}

#[test]
fn the_words_say_the_formula() {
    let words = |code: &str| late(code, 1).lines[0].text.clone();
    assert_eq!(words("SEBI15A"), "At least ₹1,00,000, up to ₹1,00,000 a day, at most ₹1,00,00,000");
    assert_eq!(words("PSS30"), "Up to ₹10,00,000 and ₹25,000 a day after the first");
    assert_eq!(words("POP"), "₹1,000 a month or part of one, at most ₹12,000");
}

#[test]
fn the_sums_are_those_of_the_whole_account() {
    let book = Rulebook::shipped();
    for rule in book.rules() {
        for fees in [LateFrom::Due, LateFrom::Day(DUE + Duration::days(10)), LateFrom::Freed] {
            for days in [-3, 0, 1, 16, 31, 400] {
                let on = DUE + Duration::days(days);
                let whole = rule.late_cost_with(&FactSheet::new(), DUE, fees, on);
                let sums = rule.late_sums(&FactSheet::new(), DUE, fees, on);
                let of = |c: &LateCost| (c.fee, c.exposure, c.per_day, c.currency.clone(), c.lines.len());
                assert_eq!(of(&sums), of(&whole), "{} after {days} days", rule.id);
            }
        }
    }
}
