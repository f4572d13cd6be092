//! What being late costs with FEMA, FIU-IND, IRDAI, PFRDA, IFSCA and in grievances, on the shipped packs: examples 10
//! and 15 of the domain file, and table rows P10, P11, P12, P20, P23, P28, P29, P34, P38, P39.

use rulebook::{FactSheet, LateCost, Rulebook};
use rust_decimal::Decimal;
use time::macros::date;
use time::{Date, Duration};

fn late_from(id: &str, due: Date, days: i64) -> LateCost {
    let book = Rulebook::shipped();
    let rule = book.rule(id).or_else(|| book.versions(id).pop()).expect("a rule");
    rule.late_cost(&FactSheet::new(), due, due + Duration::days(days))
}

fn late(code: &str, days: i64) -> LateCost {
    late_from(code, date!(2026 - 10 - 31), days)
}

fn rupees(amount: i64) -> Decimal {
    Decimal::from(amount)
}

#[test]
fn insurance_act_section_102() {
    // example 10, a return due in 2025: 1 lakh a day, at most 1 crore
    for (days, most) in [(15, 1_500_000), (120, 10_000_000)] {
        let found = late_from("IRDAI-BAP-Q", date!(2025 - 07 - 15), days);
        assert_eq!((found.fee, found.exposure), (rupees(0), rupees(most)), "day {days}");
    }
    // since 5 Feb 2026 only a reported ceiling is known: shown, not counted (P23)
    let today = late_from("IRDAI-BAP-Q", date!(2026 - 10 - 15), 15);
    assert_eq!(today.total(), rupees(0));
    assert!(today.lines.iter().any(|l| l.note.contains("10 crore")), "{:?}", today.lines);
    // P28: a late renewal of the three-year registration
    assert_eq!(late_from("LIC-IRDAI-BROKER@2018-01-12", date!(2025 - 12 - 01), 20).fee, rupees(750));
    assert_eq!(late_from("LIC-IRDAI-CA@2015-04-01", date!(2025 - 12 - 01), 20).fee, rupees(750));
}

#[test]
fn customers_are_paid_by_the_day() {
    // example 15: limit 31 Oct, resolved 20 Nov, 20 days at 100
    let complaint = late("GRV-CIC", 20);
    assert_eq!(complaint.exposure, rupees(2_000));
    assert_eq!((complaint.per_day, complaint.fee), (rupees(100), rupees(0)));
    assert_eq!(late("GRV-TAT-1", 3).exposure, rupees(300));
    assert_eq!(late("GRV-TAT-5", 3).exposure, rupees(300));
    assert_eq!(late("GRV-INS-AWARD", 2).exposure, rupees(10_000));
}

#[test]
fn fema_has_a_flat_fee_and_days_after_the_first() {
    let return_late = late("FEMA-FLA", 11);
    assert_eq!(return_late.fee, rupees(7_500), "P12, once");
    assert_eq!(return_late.exposure, rupees(200_000 + 10 * 5_000), "P11");
    assert_eq!(late("FEMA-APR", 1).total(), rupees(7_500 + 200_000));
    assert_eq!(late_from("FEMA-FLA", date!(2022 - 07 - 15), 30).fee, rupees(0), "filed before 30 Sep 2022");
    assert_eq!(late("FEMA-FCGPR", 11).exposure, rupees(10 * 5_000), "P10 without the sum");
}

#[test]
fn months_ranges_and_failures() {
    // P34: 1,000 for each month, for up to a year
    assert_eq!(late("PFRDA-POP-FEE", 20).fee, rupees(1_000));
    assert_eq!(late("PFRDA-POP-FEE", 800).fee, rupees(12_000));
    assert_eq!(late("PFRDA-POP-CR", 400).exposure, rupees(10_000_000));
    // P38: at least 1 lakh, 1 lakh a day, at most 1 crore
    let audit = late("IFSCA-CMI-AUDIT", 3);
    assert_eq!((audit.exposure, audit.lines[0].least), (rupees(300_000), Some(rupees(100_000))));
    assert_eq!(late("IFSCA-FME-HY", 500).exposure, rupees(10_000_000));
    // P39: 10,000 to 1 lakh for one failure, however late
    for days in [1, 100] {
        let report = late("FIU-STR", days);
        assert_eq!((report.exposure, report.lines[0].least), (rupees(100_000), Some(rupees(10_000))));
        assert_eq!(report.per_day, rupees(0));
    }
}
