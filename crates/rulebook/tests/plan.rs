//! The plan against five profiles worked out from the table rows outside this code base, and its promises: stable, unique, re-dated by events.

use rulebook::{Due, Event, FactSheet, FactValue, Lapse, PlanRequest, PlannedFiling, Rulebook};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use time::Date;
use time::macros::date;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Profiles {
    from: Date,
    to: Date,
    today: Date,
    profile: Vec<Profile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Profile {
    name: String,
    regulator: String,
    facts: BTreeMap<String, String>,
    events: Vec<RawEvent>,
    expect: Vec<Expect>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEvent {
    kind: String,
    on: Date,
    id: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    #[serde(rename = "row")]
    _row: String,
    code: String,
    due: Vec<String>,
}

fn sheet(profile: &Profile) -> FactSheet {
    let book = Rulebook::shipped();
    let mut sheet = FactSheet::new();
    for (key, text) in &profile.facts {
        let def = book.fact_def(key).expect("a known fact");
        sheet.set(key, FactValue::parse_as(text, &def.kind).expect("a good value"));
    }
    for e in &profile.events {
        let event = Event { id: e.id, kind: e.kind.clone(), on: e.on, for_period: None, projected: false };
        sheet.record(event);
    }
    sheet
}

fn line(filing: &PlannedFiling) -> String {
    match &filing.due {
        Due::On(date) => format!("{} {} {date}", filing.code, filing.period_key),
        Due::Awaiting { event, projected: Some(date) } => {
            format!("{} {} {date} {event}", filing.code, filing.period_key)
        }
        other => format!("{} {} {other:?}", filing.code, filing.period_key),
    }
}

#[test]
fn five_profiles_come_out_as_worked_out_by_hand() {
    let profiles: Profiles =
        toml::from_str(include_str!("golden/profiles.toml")).expect("the golden file reads");
    for profile in &profiles.profile {
        let req = PlanRequest::new(profiles.from, profiles.to, profiles.today);
        let plan = Rulebook::shipped().plan(&sheet(profile), &req);
        let got: BTreeSet<String> =
            plan.iter().filter(|f| f.regulator == profile.regulator).map(line).collect();
        let want: BTreeSet<String> =
            profile.expect.iter().flat_map(|e| e.due.iter().map(|d| format!("{} {d}", e.code))).collect();
        let missing: Vec<_> = want.difference(&got).collect();
        let extra: Vec<_> = got.difference(&want).collect();
        assert!(
            missing.is_empty() && extra.is_empty(),
            "{}: missing {missing:#?}, not expected {extra:#?}",
            profile.name
        );
        for filing in &plan {
            assert!(!filing.steps.is_empty(), "{} explains itself", filing.code);
            if let (Due::On(due), Some(target)) = (&filing.due, filing.target_due) {
                assert!(target <= *due, "{}: aim before the due date", line(filing));
            }
        }
    }
}

fn company() -> FactSheet {
    let mut sheet = FactSheet::new();
    sheet.set("entity_type", FactValue::Text("private_company".into()));
    sheet.set("registrations", FactValue::Set(BTreeSet::new()));
    sheet.set("small_company", FactValue::Bool(true));
    sheet
}

fn agm(on: Date, for_period: Option<&str>, projected: bool) -> Event {
    Event { id: 1, kind: "agm_held".into(), on, for_period: for_period.map(str::to_owned), projected }
}

fn year_2025_26(sheet: &FactSheet, today: Date) -> BTreeMap<String, Due> {
    let req = PlanRequest::new(date!(2026 - 04 - 01), date!(2027 - 03 - 31), today);
    let plan = Rulebook::shipped().plan(sheet, &req);
    plan.into_iter().filter(|f| f.period_key == "2025-26").map(|f| (f.code, f.due)).collect()
}

#[test]
fn recording_an_agm_redates_three_filings() {
    let before = year_2025_26(&company(), date!(2026 - 08 - 01));
    let mut with_agm = company();
    with_agm.record(agm(date!(2026 - 09 - 28), Some("2025-26"), false));
    let after = year_2025_26(&with_agm, date!(2026 - 08 - 01));
    let moved: Vec<&str> =
        before.iter().filter(|(c, d)| after.get(*c) != Some(d)).map(|(c, _)| c.as_str()).collect();
    assert_eq!(moved, ["MCA-ADT1", "MCA-AOC4", "MCA-MGT7"]);
    let waits = |d| Due::Awaiting { event: "agm_held".into(), projected: Some(d) };
    assert_eq!(before["MCA-AOC4"], waits(date!(2026 - 10 - 30)));
    assert_eq!(after["MCA-AOC4"], Due::On(date!(2026 - 10 - 28)));
}

#[test]
fn an_event_finds_its_year() {
    let book = Rulebook::shipped();
    let of = |kind, on| book.period_of_event(&company(), kind, on).map(|p| p.key());
    assert_eq!(of("agm_held", date!(2026 - 09 - 28)).as_deref(), Some("2025-26"));
    assert_eq!(of("agm_held", date!(2026 - 03 - 31)).as_deref(), Some("2024-25"));
    assert_eq!(of("director_changed", date!(2026 - 09 - 28)), None);
}

#[test]
fn an_agm_that_never_comes_makes_the_accounts_due_but_not_the_auditor_form() {
    let late = year_2025_26(&company(), date!(2026 - 10 - 01));
    assert_eq!(late["MCA-AOC4"], Due::On(date!(2026 - 10 - 30)));
    assert_eq!(late["MCA-MGT7"], Due::On(date!(2026 - 11 - 29)));
    assert!(matches!(late["MCA-ADT1"], Due::Awaiting { .. }));
}

#[test]
fn what_is_awaited_says_when_waiting_ends() {
    let today = date!(2026 - 08 - 01);
    let req = PlanRequest::new(date!(2026 - 04 - 01), date!(2027 - 03 - 31), today);
    let plan = Rulebook::shipped().plan(&company(), &req);
    let lapse =
        |code: &str| plan.iter().find(|f| f.code == code && f.period_key == "2025-26").and_then(|f| f.lapse);
    let ends = |due| Some(Lapse { on: date!(2026 - 09 - 30), due });
    assert_eq!(lapse("MCA-AOC4"), ends(date!(2026 - 10 - 30)));
    assert_eq!(lapse("MCA-MGT7"), ends(date!(2026 - 11 - 29)));
    assert_eq!(lapse("MCA-ADT1"), None, "without an AGM no auditor is appointed");
}

#[test]
fn a_fact_taken_back_is_unknown_again() {
    let mut sheet = company();
    sheet.set("has_msme_dues", FactValue::Bool(true));
    sheet.set_from("has_msme_dues", date!(2026 - 05 - 01), FactValue::Text(String::new()));
    assert_eq!(sheet.get("has_msme_dues", date!(2026 - 06 - 01)), None);
    let unknown = Rulebook::shipped().unknown_facts(&sheet, date!(2026 - 06 - 01));
    assert!(unknown.contains(&("MCA-MSME1".to_owned(), "has_msme_dues".to_owned())));
}

#[test]
fn a_planned_agm_projects_and_a_correction_replaces() {
    let mut sheet = company();
    sheet.record(agm(date!(2026 - 09 - 10), Some("2025-26"), true));
    let planned = year_2025_26(&sheet, date!(2026 - 08 - 01));
    let projected = Some(date!(2026 - 10 - 10));
    assert_eq!(planned["MCA-AOC4"], Due::Awaiting { event: "agm_held".into(), projected });
    sheet.record(agm(date!(2026 - 09 - 12), Some("2025-26"), false));
    sheet.record(agm(date!(2026 - 09 - 14), Some("2025-26"), false));
    assert_eq!(year_2025_26(&sheet, date!(2026 - 10 - 20))["MCA-AOC4"], Due::On(date!(2026 - 10 - 14)));
}

#[test]
fn a_legacy_template_comes_only_when_it_is_enabled() {
    let mut sheet = company();
    sheet.set("registrations", FactValue::Set(BTreeSet::from(["RBI:NBFC-ICC".to_owned()])));
    sheet.set("layer", FactValue::Text("base".into()));
    let mut req = PlanRequest::new(date!(2026 - 04 - 01), date!(2027 - 03 - 31), date!(2026 - 04 - 01));
    let book = Rulebook::shipped();
    assert!(book.plan(&sheet, &req).iter().all(|f| !f.code.starts_with("NBFC-")));
    req.enabled = ["NBFC-NBS1", "nbfc-alm"].map(str::to_owned).into();
    let enabled: Vec<String> =
        book.plan(&sheet, &req).iter().filter(|f| f.code.starts_with("NBFC-")).map(line).collect();
    assert_eq!(
        enabled,
        [
            "NBFC-ALM 2025-26H2 2026-04-30",
            "NBFC-ALM 2026-27H1 2026-10-30",
            "NBFC-NBS1 2025-26Q4 2026-04-15",
            "NBFC-NBS1 2026-27Q1 2026-07-15",
            "NBFC-NBS1 2026-27Q2 2026-10-15",
            "NBFC-NBS1 2026-27Q3 2027-01-15",
        ]
    );
    req.disabled = ["NBFC-ALM"].map(str::to_owned).into();
    assert!(book.plan(&sheet, &req).iter().all(|f| f.code != "NBFC-ALM"));
}

#[test]
fn facts_count_from_their_day() {
    let mut sheet = FactSheet::new();
    sheet.set("entity_type", FactValue::Text("private_company".into()));
    let pa = BTreeSet::from(["RBI:PA".to_owned()]);
    sheet.set_from("registrations", date!(2026 - 08 - 10), FactValue::Set(pa));
    let req = PlanRequest::new(date!(2026 - 04 - 01), date!(2026 - 10 - 31), date!(2026 - 04 - 01));
    let plan = Rulebook::shipped().plan(&sheet, &req);
    let monthly: Vec<&str> =
        plan.iter().filter(|f| f.code == "PA-VOL").map(|f| f.period_key.as_str()).collect();
    assert_eq!(monthly, ["2026-08", "2026-09"]);
}

#[test]
fn missing_facts_are_named_only_where_they_decide() {
    let book = Rulebook::shipped();
    let mut sheet = company();
    let today = date!(2026 - 11 - 21);
    let unknown = book.unknown_facts(&sheet, today);
    let has = |code: &str, key: &str| unknown.contains(&(code.to_owned(), key.to_owned()));
    assert!(has("MCA-MSME1", "has_msme_dues") && has("MCA-DPT3", "has_deposits_or_loans"));
    assert!(
        unknown.iter().all(|(_, key)| key != "layer"),
        "a company without an RBI licence is not asked: {unknown:?}"
    );
    sheet.set("registrations", FactValue::Set(BTreeSet::from(["RBI:NBFC-ICC".to_owned()])));
    let unknown = book.unknown_facts(&sheet, today);
    assert!(unknown.contains(&("DNBS01".to_owned(), "layer".to_owned())));
    // borrowing abroad is asked of companies and LLPs, not of a person
    assert!(unknown.contains(&("FEMA-ECB2".to_owned(), "has_ecb".to_owned())));
    sheet.set("entity_type", FactValue::Text("individual".into()));
    assert!(book.unknown_facts(&sheet, today).iter().all(|(_, key)| key != "has_ecb"));
}

#[test]
fn a_new_company_has_its_first_year_from_its_birth() {
    let mut sheet = company();
    sheet.set("incorporated_on", FactValue::Date(date!(2025 - 08 - 10)));
    let req = PlanRequest::new(date!(2025 - 08 - 01), date!(2027 - 03 - 31), date!(2025 - 09 - 01));
    let plan: BTreeSet<String> = Rulebook::shipped().plan(&sheet, &req).iter().map(line).collect();
    for want in [
        "MCA-INC20A O2025-08-10 2026-02-06",
        "MCA-INC22-FIRST O2025-08-10 2025-09-09",
        // first AGM by 31-12-2026 (example 2), AOC-4 30 days on
        "MCA-AOC4 2025-26 2027-01-30 agm_held",
        "MCA-MGT7 2025-26 2027-03-01 agm_held",
    ] {
        assert!(plan.contains(want), "{want} is not in {plan:#?}");
    }
    assert!(plan.iter().all(|l| !l.contains("2024-25")), "nothing before its birth");
}

#[test]
fn what_the_sources_leave_open_is_not_planned_by_default() {
    let span = (date!(2026 - 04 - 01), date!(2027 - 09 - 30), date!(2026 - 11 - 21));
    let codes = |pairs: &[(&str, &str)]| -> BTreeSet<String> {
        let mut sheet = FactSheet::new();
        for (key, value) in pairs {
            let def = Rulebook::shipped().fact_def(key).unwrap();
            sheet.set(key, FactValue::parse_as(value, &def.kind).unwrap());
        }
        let appointed = Event {
            id: 1,
            kind: "auditor_appointed".into(),
            on: date!(2026 - 09 - 01),
            for_period: None,
            projected: false,
        };
        sheet.record(appointed);
        let plan = Rulebook::shipped().plan(&sheet, &PlanRequest::new(span.0, span.1, span.2));
        plan.into_iter().map(|filing| filing.code).collect()
    };
    let nbfc = [("entity_type", "private_company"), ("registrations", "RBI:NBFC-ICC"), ("layer", "base")];
    let small = codes(&[nbfc.as_slice(), &[("asset_size_solo", "4999999999")]].concat());
    assert!(small.contains("DNBS02"));
    for open in ["DNBS10", "DNBS13", "NBFC-FORM-A", "FMR-I"] {
        assert!(!small.contains(open), "{open} hangs on what the sources leave open");
    }
    let large = codes(&[nbfc.as_slice(), &[("asset_size_solo", "5000000000"), ("has_odi", "true")]].concat());
    assert!(large.contains("DNBS10") && large.contains("DNBS13"), "here the sources agree");
    // No source says from which day the annual return of a one person company runs.
    let opc = codes(&[("entity_type", "opc"), ("registrations", "")]);
    assert!(opc.contains("MCA-AOC4") && !opc.iter().any(|code| code.starts_with("MCA-MGT7")), "{opc:?}");
}
