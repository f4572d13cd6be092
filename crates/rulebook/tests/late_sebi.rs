//! What being late costs at SEBI and the exchanges, on the shipped packs: worked example 9 and the exchange rows.

use rulebook::{FactSheet, FactValue, LateCost, Rulebook};
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use time::Duration;
use time::macros::date;

fn late(code: &str, days: i64, sheet: &FactSheet) -> LateCost {
    let rule = Rulebook::shipped().versions(code).pop().expect("a rule");
    let due = date!(2026 - 10 - 31);
    rule.late_cost(sheet, due, due + Duration::days(days))
}

fn rupees(amount: i64) -> Decimal {
    Decimal::from(amount)
}

#[test]
fn penalties_of_the_sebi_act() {
    // worked example 9: late 1, 30, 100, 150 days
    for (code, section) in [
        ("PM-MTH", "SEBI Act 1992, s.15A(b)"),
        ("AIF-AAR", "SEBI Act 1992, s.15EA"),
        ("IA-HPR", "SEBI Act 1992, s.15EB"),
        ("RA-ACR", "SEBI Act 1992, s.15EB"),
        ("IAR-SCORES", "SEBI Act 1992, s.15C"),
    ] {
        for (days, most) in [(1, 100_000), (30, 3_000_000), (100, 10_000_000), (150, 10_000_000)] {
            let found = late(code, days, &FactSheet::new());
            assert_eq!((found.fee, found.exposure), (rupees(0), rupees(most)), "{code}, day {days}");
            assert_eq!(found.lines[0].least, Some(rupees(100_000)), "{code}");
            assert_eq!(found.lines[0].section, section);
        }
    }
}

#[test]
fn tiers_of_the_exchanges() {
    // internal audit: 200 a day in the first month, 500 after it
    for (days, sum) in [(1, 200), (30, 6_000), (31, 6_500), (60, 21_000)] {
        assert_eq!(late("SB-IAR", days, &FactSheet::new()).exposure, rupees(sum), "day {days}");
    }
    // annual net worth of clearing members: 100, 200, 300 a day by month
    let mut member = FactSheet::new();
    let held = BTreeSet::from(["SEBI:CLEARING-MEMBER".to_owned()]);
    member.set("registrations", FactValue::Set(held));
    for (days, sum) in [(1, 100), (30, 3_000), (31, 3_200), (60, 9_000), (90, 18_000)] {
        assert_eq!(late("SB-NW-A", days, &member).exposure, rupees(sum), "day {days}");
    }
    let mut broker = FactSheet::new();
    broker.set("registrations", FactValue::Set(BTreeSet::from(["SEBI:STOCK-BROKER".to_owned()])));
    assert_eq!(late("SB-NW-A", 31, &broker).exposure, rupees(0), "the source names clearing members");
}

#[test]
fn what_is_no_law_is_there_to_be_tracked() {
    let book = Rulebook::shipped();
    let rule = |code: &str| book.versions(code).pop().expect("a rule");
    let old = rule("IA-NW");
    assert!(old.legacy && old.effective_to == Some(date!(2024 - 12 - 15)));
    assert_eq!(old.superseded_by, ["IA-DEP"]);
    let own = rule("PM-PMLA-Q");
    assert!(own.non_statutory && !own.enabled && own.cost.is_empty());
    for code in [
        "PM-COMP",
        "PM-NW",
        "PM-CLAUD",
        "AIF-NOFUND",
        "AIF-CYB",
        "SB-NW-H-SEP",
        "SB-CF-W",
        "SB-STR-H",
        "KYC-KRA",
    ] {
        let rule = rule(code);
        assert!(!rule.enabled && !rule.note.is_empty(), "{code} waits for a firm that knows");
    }
}
