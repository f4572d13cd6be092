//! Every due-date form on a test pack, with dates from the domain files' examples where they have one.

use rulebook::{Due, EvalError, Evaluation, FindingKind, PlanRequest, Rulebook};
use std::sync::LazyLock;
use time::Date;
use time::macros::date;

const PACK: &str = include_str!("golden/vocabulary_pack.toml");

static BOOK: LazyLock<Rulebook> = LazyLock::new(|| {
    let facts =
        "[[fact]]\nkey = \"incorporated_on\"\ntitle = \"Incorporated\"\nkind = \"date\"\nhelp = \"-\"\n";
    Rulebook::from_sources(&[("vocabulary.toml", PACK), ("facts.toml", facts)])
        .unwrap_or_else(|e| panic!("{e}"))
});

fn ask(code: &str, facts: &[(&str, &str)]) -> Result<Evaluation, EvalError> {
    let pairs: Vec<(String, String)> =
        facts.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let (sheet, query) = BOOK.query_from_pairs(code, &pairs).unwrap_or_else(|e| panic!("{code}: {e}"));
    BOOK.evaluate(code, &sheet, &query)
}

fn due(code: &str, facts: &[(&str, &str)]) -> Option<Date> {
    ask(code, facts).unwrap_or_else(|e| panic!("{code}: {e}")).legal_due
}

#[test]
fn working_and_trading_days() {
    // 13 Nov 2026 is a Friday; the holidays given replace those of the calendar
    let monday_to_friday = [("counted_from", "2026-11-13"), ("week", "MF"), ("holidays", "")];
    assert_eq!(due("WORKING", &monday_to_friday), Some(date!(2026 - 11 - 24)));
    let with_holiday = [("counted_from", "2026-11-13"), ("week", "MF"), ("holidays", "2026-11-24")];
    assert_eq!(due("WORKING", &with_holiday), Some(date!(2026 - 11 - 25)));
    // rbi example 15: resolved 2026-11-20, five working days with 24 Nov a holiday
    assert_eq!(due("TRADING", &[("event", "2026-11-20")]), Some(date!(2026 - 11 - 30)));
    assert_eq!(due("TRADING", &[("event", "2026-11-20"), ("holidays", "")]), Some(date!(2026 - 11 - 27)));
    // 2026-08-01 is a Saturday: working days 3, 4, 5, 6, 7, 10, 11 August
    assert_eq!(due("PM-MTH", &[("period", "2026-07")]), Some(date!(2026 - 08 - 11)));
    // 31 Oct 2026 is a fifth Saturday, a bank day; 28 Nov 2026 is a fourth Saturday
    assert_eq!(due("LAST", &[("period", "2026-09")]), Some(date!(2026 - 10 - 31)));
    assert_eq!(due("LAST", &[("period", "2026-10")]), Some(date!(2026 - 11 - 30)));
}

#[test]
fn inclusive_counts_the_document_day() {
    // mca example 23
    assert_eq!(due("IRN", &[("event", "2025-04-01")]), Some(date!(2025 - 04 - 30)));
    assert_eq!(due("IRN", &[("event", "2026-11-01")]), Some(date!(2026 - 11 - 30)));
}

#[test]
fn earliest_and_latest() {
    // mca example 15
    assert_eq!(due("IA-ACR", &[("report", "2026-08-20")]), Some(date!(2026 - 09 - 20)));
    assert_eq!(due("IA-ACR", &[("report", "2026-09-30")]), Some(date!(2026 - 10 - 30)));
    assert_eq!(due("IA-ACR", &[("report", "2026-10-05")]), Some(date!(2026 - 10 - 31)));
    // not recorded: waits, and after the last day it is due on that day
    let waits = Due::Awaiting { event: "e2".into(), projected: Some(date!(2026 - 10 - 31)) };
    assert_eq!(ask("IA-ACR", &[("period", "2025-26"), ("today", "2026-10-31")]).map(|e| e.due), Ok(waits));
    assert_eq!(due("IA-ACR", &[("period", "2025-26"), ("today", "2026-11-01")]), Some(date!(2026 - 10 - 31)));
    assert_eq!(due("LATEST", &[("agm", "2026-08-20")]), Some(date!(2026 - 09 - 30)));
    assert_eq!(due("LATEST", &[("agm", "2026-09-25")]), Some(date!(2026 - 10 - 25)));
}

#[test]
fn one_time_dates_and_skipped_periods() {
    // mca example 13
    assert_eq!(due("AIF-AAR", &[("period", "2025-26")]), Some(date!(2026 - 05 - 31)));
    assert_eq!(due("AIF-AAR", &[("period", "2026-27")]), Some(date!(2027 - 04 - 30)));
    assert_eq!(due("AIF-QAR", &[("quarter_end", "2026-06-30")]), Some(date!(2026 - 07 - 15)));
    assert_eq!(due("AIF-QAR", &[("quarter_end", "2026-09-30")]), Some(date!(2026 - 10 - 15)));
    assert!(matches!(ask("AIF-QAR", &[("quarter_end", "2027-03-31")]), Err(EvalError::NoDate { .. })));
    assert!(matches!(ask("AIF-QAR", &[("quarter_end", "2026-03-31")]), Err(EvalError::NoVersion { .. })));
    assert_eq!(due("AIF-INV", &[("period", "2025-26")]), Some(date!(2026 - 09 - 27)));
    assert_eq!(due("TABLE", &[("period", "2026-27H1")]), Some(date!(2026 - 11 - 18)));
    assert!(matches!(ask("TABLE", &[("period", "2026-27H2")]), Err(EvalError::NoDate { .. })));
}

#[test]
fn chained_anchors() {
    // CTR 30-04-2026 (example 13); comments 30 days after receipt; resubmission 15 days after the comments
    assert_eq!(due("CTR", &[("period", "2025-26")]), Some(date!(2026 - 04 - 30)));
    assert_eq!(due("CTR-C", &[("ctr_received", "2026-04-20")]), Some(date!(2026 - 05 - 20)));
    assert_eq!(due("CTR-R", &[("ctr_received", "2026-04-20")]), Some(date!(2026 - 06 - 04)));
    let waits = Due::Awaiting { event: "ctr_received".into(), projected: Some(date!(2026 - 06 - 14)) };
    assert_eq!(ask("CTR-R", &[("period", "2025-26")]).map(|e| e.due), Ok(waits));
}

#[test]
fn windows_and_anniversaries() {
    // mca example 15: granted 10-03-2022, block ends 09-03-2027, window opens 09-12-2026
    let block = ask("BLOCK", &[("granted_on", "2022-03-10"), ("year_end", "2027-03-09")]).expect("evaluates");
    assert_eq!(block.legal_due, Some(date!(2027 - 03 - 09)));
    assert_eq!(block.window.and_then(|w| w.opens), Some(date!(2026 - 12 - 09)));
    let (sheet, _) =
        BOOK.query_from_pairs("BLOCK", &[("granted_on".into(), "2022-03-10".into())]).expect("reads");
    let req = PlanRequest::new(date!(2026 - 11 - 21), date!(2032 - 12 - 31), date!(2026 - 11 - 21));
    let keys: Vec<String> =
        BOOK.plan(&sheet, &req).into_iter().filter(|f| f.code == "BLOCK").map(|f| f.period_key).collect();
    assert_eq!(keys, ["Y2027-03-09", "Y2032-03-09"]);
    // L07: 30 to 90 days before expiry, last chance 60 days after
    let renew = ask("RENEW", &[("expires_on", "2026-12-31")]).expect("evaluates");
    let window = renew.window.expect("a window");
    assert_eq!(window.opens, Some(date!(2026 - 10 - 02)));
    assert_eq!((renew.legal_due, window.closes), (Some(date!(2026 - 12 - 01)), Some(date!(2026 - 12 - 01))));
    assert_eq!(window.grace_until, Some(date!(2027 - 03 - 01)));
    assert_eq!(due("KYC8", &[("event", "2024-02-29")]), Some(date!(2032 - 02 - 29)));
    assert_eq!(due("KYC8", &[("event", "2018-11-21")]), Some(date!(2026 - 11 - 21)));
    assert_eq!(due("KYC1M", &[("event", "2024-02-29")]), Some(date!(2025 - 03 - 01)));
}

#[test]
fn hours_directions_and_choices() {
    assert_eq!(due("INCIDENT", &[("event", "2026-11-20")]), Some(date!(2026 - 11 - 21)));
    assert_eq!(ask("DIRECTED", &[("period", "2025-26")]).map(|e| e.due), Ok(Due::AsDirected));
    assert_eq!(due("BIG", &[("period", "2025-26"), ("size", "100")]), Some(date!(2025 - 05 - 01)));
    let small = ask("BIG", &[("period", "2025-26"), ("size", "99")]).expect("evaluates");
    assert_eq!(small.legal_due, Some(date!(2026 - 01 - 10)));
    // the target is never before the period has ended
    assert_eq!(small.target_due, Some(date!(2026 - 01 - 10)));
}

#[test]
fn a_named_day_and_days_before_an_event() {
    let before = ask("NAMED", &[("event", "2026-11-21")]).expect("evaluates");
    assert_eq!(before.legal_due, Some(date!(2026 - 11 - 30)), "the named day is the later one");
    let after = ask("NAMED", &[("event", "2027-03-12")]).expect("evaluates");
    assert_eq!(after.legal_due, Some(date!(2027 - 02 - 10)));
    assert!(after.steps.iter().any(|s| s.text.starts_with("30 days before It happened on 12 Mar 2027")));
}

#[test]
fn shifts_only_where_the_instrument_says_so() {
    // 2026-11-21 + 45 = 2027-01-05; 2026-11-25 + 45 = 2027-01-09, a second Saturday
    assert_eq!(due("NEXT", &[("event", "2026-11-21")]), Some(date!(2027 - 01 - 05)));
    assert_eq!(due("NEXT", &[("event", "2026-11-25")]), Some(date!(2027 - 01 - 11)));
    assert_eq!(due("PREVIOUS", &[("event", "2026-11-25")]), Some(date!(2027 - 01 - 08)));
}

#[test]
fn reliefs() {
    let extended = ask("EASED", &[("period", "2025-26H2")]).expect("evaluates");
    assert_eq!(extended.legal_due, Some(date!(2026 - 06 - 15)));
    assert!(extended.steps.iter().any(|s| s.citation.as_deref() == Some("General Circular 1/2026")));
    let spared = ask("EASED", &[("period", "2026-27H1")]).expect("evaluates");
    assert_eq!(spared.legal_due, Some(date!(2026 - 10 - 30)));
    assert_eq!(spared.window.and_then(|w| w.grace_until), Some(date!(2026 - 12 - 31)));
    assert_eq!(due("EASED", &[("period", "2026-27H2")]), Some(date!(2027 - 04 - 30)));
}

#[test]
fn series_with_a_least_gap() {
    let close = ask("GAP", &[("meetings", "2026-05-20|2026-07-15")]).expect("evaluates");
    assert_eq!(close.findings.first().map(|f| f.kind), Some(FindingKind::Breach));
    assert_eq!(
        close.legal_due,
        Some(date!(2027 - 06 - 30)),
        "one was held in this half, so by the end of the next"
    );
    let missed = ask("GAP", &[("meetings", "2026-01-20"), ("today", "2027-02-01")]).expect("evaluates");
    assert!(missed.findings.iter().any(|f| f.text.contains("31 Dec 2026")));
}

#[test]
fn bad_facts_are_named() {
    let err = |code: &str, name: &str, value: &str| {
        BOOK.query_from_pairs(code, &[(name.to_owned(), value.to_owned())]).expect_err("refused").to_string()
    };
    assert_eq!(
        err("WORKING", "counted_from", "13/11/2026"),
        "fact 'counted_from': expected a date such as 2026-09-30"
    );
    assert!(
        err("WORKING", "agm", "2026-11-13").starts_with("fact 'agm': WORKING does not use it; use one of ")
    );
    assert!(err("WORKING", "week", "XX").contains("use MF, MSat, BANK or ALL"));
    assert!(err("BIG", "size", "large").contains("expected a number"));
    assert!(err("NOPE", "size", "1").contains("no return with the code 'NOPE'"));
    assert!(matches!(
        ask("BLOCK", &[("granted_on", "2022-03-10"), ("year_end", "2027-03-10")]),
        Err(EvalError::BadPeriod { .. })
    ));
    assert!(matches!(ask("RENEW", &[]), Err(EvalError::MissingFact { .. })));
    assert!(matches!(ask("WORKING", &[]), Err(EvalError::MissingEvent { .. })));
    assert!(matches!(ask("AIF-INV", &[]), Err(EvalError::MissingPeriod { .. })));
}
