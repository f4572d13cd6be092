//! The worked examples of the MCA and RBI penalty tables on the shipped rules.

use rulebook::{FactSheet, FactValue, LateCost, Rulebook};
use rust_decimal::Decimal;
use time::Date;
use time::macros::date;

fn rupees(amount: i64) -> Decimal {
    Decimal::from(amount)
}

fn sheet(pairs: &[(&str, FactValue)]) -> FactSheet {
    let mut sheet = FactSheet::new();
    for (key, value) in pairs {
        sheet.set(key, value.clone());
    }
    sheet
}

fn number(amount: i64) -> FactValue {
    FactValue::Number(rupees(amount))
}

fn late(code: &str, facts: &FactSheet, due: Date, filed: Date) -> LateCost {
    let book = Rulebook::shipped();
    book.versions(code).pop().expect("a shipped rule").late_cost(facts, due, filed)
}

#[test]
fn accounts_of_a_company() {
    let due = date!(2026 - 10 - 30);
    let of = |facts: &FactSheet, filed| {
        let found = late("MCA-AOC4", facts, due, filed);
        (found.fee, found.exposure)
    };
    // worked example 3, the day of filing not counted
    let filed = date!(2026 - 12 - 14);
    assert_eq!(of(&FactSheet::new(), filed), (rupees(4_500), rupees(14_400)));
    let small = sheet(&[("small_company", FactValue::Bool(true))]);
    assert_eq!(of(&small, filed), (rupees(4_500), rupees(7_200)));
    // AGM 28 Sep 2026, nothing filed by 21 Nov 2026
    let found = late("MCA-AOC4", &FactSheet::new(), date!(2026 - 10 - 28), date!(2026 - 11 - 21));
    assert_eq!((found.days, found.fee, found.per_day), (24, rupees(2_400), rupees(200)));
}

#[test]
fn slabs_of_the_fees_rules() {
    // worked example 5: normal fee 400
    let facts = sheet(&[("nominal_capital", number(1_000_000))]);
    let found = late("MCA-DIR12", &facts, date!(2026 - 08 - 31), date!(2026 - 10 - 20));
    assert_eq!((found.days, found.fee), (50, rupees(1_600)));
    let due = date!(2026 - 10 - 15);
    assert_eq!(late("MCA-ADT1", &facts, due, date!(2026 - 10 - 30)).fee, rupees(400), "15 days, once");
    assert_eq!(late("MCA-ADT1", &facts, due, date!(2026 - 10 - 31)).fee, rupees(800), "16 days, twice");
    // worked example 6, without the ad valorem part: 40 days, normal fee 600
    let (due, filed) = (date!(2026 - 05 - 01), date!(2026 - 06 - 10));
    let other = sheet(&[("nominal_capital", number(50_000_000))]);
    assert_eq!(late("MCA-CHG1", &other, due, filed).fee, rupees(3_600));
    let mut small = other.clone();
    small.set("small_company", FactValue::Bool(true));
    assert_eq!(late("MCA-CHG1", &small, due, filed).fee, rupees(1_800));
}

#[test]
fn annual_return_of_an_llp() {
    // worked example 12: 46 days, contribution 8 lakh (normal fee 150)
    let (due, filed) = (date!(2026 - 05 - 30), date!(2026 - 07 - 15));
    let other = sheet(&[("llp_contribution", number(800_000))]);
    let found = late("LLP-11", &other, due, filed);
    assert_eq!((found.days, found.fee, found.exposure), (46, rupees(1_200), rupees(4_600)));
    let partner = found.lines.iter().find(|l| l.falls_on == "partner").expect("a line");
    assert_eq!(partner.amount, Some(rupees(4_600)));
    let mut small = other.clone();
    small.set("small_llp", FactValue::Bool(true));
    let found = late("LLP-11", &small, due, filed);
    assert_eq!((found.fee, found.exposure), (rupees(600), rupees(2_300)));
}

#[test]
fn board_meetings_five_days_over() {
    // worked example 17: the general penalty, 10,000 + 4 x 1,000. The section leaves out the first day, and five days
    // over the gap end with the meeting itself, which counts.
    let found = late("MCA-BM", &FactSheet::new(), date!(2026 - 05 - 15), date!(2026 - 05 - 20));
    assert_eq!(found.exposure, rupees(14_000));
}

#[test]
fn other_returns() {
    let none = FactSheet::new();
    let week = (date!(2026 - 10 - 07), date!(2026 - 10 - 11));
    let pa = late("PA-VOL", &none, week.0, week.1);
    assert_eq!((pa.exposure, pa.per_day), (rupees(1_075_000), rupees(25_000)));
    let nbfc = late("DNBS01", &none, week.0, week.1);
    assert_eq!((nbfc.exposure, nbfc.per_day), (rupees(120_000), rupees(5_000)));
    assert_eq!(nbfc.lines.iter().filter(|l| l.counted).count(), 1, "the Bank's penalty or the court's fine");
    let din = late("MCA-D3KYC", &none, week.0, week.1);
    assert_eq!((din.fee, din.per_day), (rupees(5_000), rupees(0)));
    assert!(late("CIC-4REF", &none, week.0, week.1).lines.is_empty(), "no price is known");
}
