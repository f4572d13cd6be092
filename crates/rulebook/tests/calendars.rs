//! Whole calendars of entity profiles for the financial years 2025-26 and 2026-27, from `golden/calendar_*.toml`. Each
//! date there was worked out outside this code from the row of the domain table that its block names.

use rulebook::{Due, Event, FactSheet, FactValue, PlanRequest, PlannedFiling, Rulebook};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use time::Date;

#[path = "shared/golden_files.rs"]
mod golden_files;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Calendar {
    /// Periods (or events) that end in these days, both included, belong to the calendar.
    ends_from: Date,
    ends_to: Date,
    today: Date,
    profile: Vec<Profile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Profile {
    name: String,
    /// Filings of these regulators are compared; other files cover the others.
    regulators: Vec<String>,
    facts: BTreeMap<String, String>,
    #[serde(default)]
    events: Vec<RawEvent>,
    /// Codes that the firm enabled: what the sources leave open, or what is no longer law.
    #[serde(default)]
    enabled: BTreeSet<String>,
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
    /// The row of the domain table and its rule, in words.
    row: String,
    code: String,
    /// `period due`, and the event it waits for when the date is only projected; `directed` when there is no date.
    due: Vec<String>,
}

fn sheet(profile: &Profile) -> FactSheet {
    let book = Rulebook::shipped();
    let mut sheet = FactSheet::new();
    for (key, text) in &profile.facts {
        let def = book.fact_def(key).unwrap_or_else(|| panic!("{}: no fact {key}", profile.name));
        let value = FactValue::parse_as(text, &def.kind)
            .unwrap_or_else(|e| panic!("{}: {key} should be {e}", profile.name));
        sheet.set(key, value);
    }
    for e in &profile.events {
        assert!(book.event_kind(&e.kind).is_some(), "{}: no event {}", profile.name, e.kind);
        sheet.record(Event { id: e.id, kind: e.kind.clone(), on: e.on, for_period: None, projected: false });
    }
    sheet
}

fn line(filing: &PlannedFiling) -> String {
    let head = format!("{} {}", filing.code, filing.period_key);
    match &filing.due {
        Due::On(date) => format!("{head} {date}"),
        Due::Awaiting { event, projected: Some(date) } => format!("{head} {date} {event}"),
        Due::Awaiting { event, projected: None } => format!("{head} awaits {event}"),
        Due::AsDirected => format!("{head} directed"),
    }
}

#[test]
fn whole_calendars_come_out_as_worked_out_from_the_tables() {
    let mut wrong = Vec::new();
    for (file, text) in golden_files::named("calendar_") {
        let calendar: Calendar = toml::from_str(&text).unwrap_or_else(|e| panic!("{file}: {e}"));
        // a filing may fall due up to a year and a half after its period has ended
        let latest = calendar.ends_to.saturating_add(time::Duration::days(550));
        let earliest = calendar.ends_from.saturating_sub(time::Duration::days(400));
        for profile in &calendar.profile {
            let mut req = PlanRequest::new(earliest, latest, calendar.today);
            req.enabled = profile.enabled.clone();
            let plan = Rulebook::shipped().plan(&sheet(profile), &req);
            let got: BTreeSet<String> = plan
                .iter()
                .filter(|f| profile.regulators.contains(&f.regulator))
                .filter(|f| calendar.ends_from <= f.period.end && f.period.end <= calendar.ends_to)
                .map(line)
                .collect();
            let mut want = BTreeSet::new();
            for expect in &profile.expect {
                assert!(!expect.row.is_empty(), "{file}: {} names its row", expect.code);
                want.extend(expect.due.iter().map(|d| format!("{} {d}", expect.code)));
            }
            for missing in want.difference(&got) {
                wrong.push(format!("{file}, {}: {missing} is missing", profile.name));
            }
            for extra in got.difference(&want) {
                wrong.push(format!("{file}, {}: {extra} is not expected", profile.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
