//! The worked examples of the domain files, from the data files `golden/examples*.toml`, entered before the rules.

use rulebook::{Due, EvalError, FindingKind, Rulebook};
use serde::Deserialize;
use std::collections::BTreeMap;
use time::Date;

#[path = "shared/golden_files.rs"]
mod golden_files;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Examples {
    #[serde(default)]
    case: Vec<Case>,
    #[serde(default)]
    as_of: Vec<AsOf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    from: String,
    code: String,
    facts: BTreeMap<String, String>,
    rule_id: Option<String>,
    legal_due: Option<Date>,
    target_due: Option<Date>,
    awaiting: Option<String>,
    projected: Option<Date>,
    /// First day of the window.
    opens: Option<Date>,
    grace_until: Option<Date>,
    /// True: nothing is due for the period.
    #[serde(default)]
    nothing: bool,
    /// True: the regulator sets the date.
    #[serde(default)]
    directed: bool,
    needs_review: Option<bool>,
    finding: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AsOf {
    code: String,
    facts: BTreeMap<String, String>,
    today: Date,
    days_late: i64,
}

fn examples() -> Examples {
    let mut all = Examples { case: Vec::new(), as_of: Vec::new() };
    for (name, text) in golden_files::named("examples") {
        let file: Examples = toml::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        all.case.extend(file.case);
        all.as_of.extend(file.as_of);
    }
    all
}

fn pairs(facts: &BTreeMap<String, String>) -> Vec<(String, String)> {
    facts.iter().map(|(k, v)| (k.clone(), v.clone())).collect()
}

#[test]
fn every_worked_example_comes_out() {
    let book = Rulebook::shipped();
    let mut wrong = Vec::new();
    for case in examples().case {
        let name = format!("{} ({})", case.from, case.code);
        let (facts, query) = match book.query_from_pairs(&case.code, &pairs(&case.facts)) {
            Ok(found) => found,
            Err(error) => {
                wrong.push(format!("{name}: {error}"));
                continue;
            }
        };
        let found = match book.evaluate(&case.code, &facts, &query) {
            Err(EvalError::NoDate { .. }) if case.nothing => continue,
            Ok(_) if case.nothing => {
                wrong.push(format!("{name}: nothing should be due"));
                continue;
            }
            Ok(found) => found,
            Err(error) => {
                wrong.push(format!("{name}: {error}"));
                continue;
            }
        };
        let mut differ = |what: &str, want: String, got: String| {
            if want != got {
                wrong.push(format!("{name}: {what} should be {want}, is {got}; {:#?}", found.steps));
            }
        };
        if let Some(want) = case.legal_due {
            differ("legal due", format!("{:?}", Some(want)), format!("{:?}", found.legal_due));
        }
        if let Some(want) = case.target_due {
            differ("target", format!("{:?}", Some(want)), format!("{:?}", found.target_due));
        }
        if let Some(event) = case.awaiting {
            let want = Due::Awaiting { event, projected: case.projected };
            differ("due", format!("{want:?}"), format!("{:?}", found.due));
        }
        if case.directed {
            differ("due", format!("{:?}", Due::AsDirected), format!("{:?}", found.due));
        }
        if let Some(want) = case.opens {
            let got = found.window.and_then(|w| w.opens);
            differ("opening of the window", format!("{:?}", Some(want)), format!("{got:?}"));
        }
        if let Some(want) = case.grace_until {
            let got = found.window.and_then(|w| w.grace_until);
            differ("grace", format!("{:?}", Some(want)), format!("{got:?}"));
        }
        if let Some(want) = case.rule_id {
            differ("version", want, found.rule_id.clone());
        }
        differ(
            "needs review",
            case.needs_review.unwrap_or(found.needs_review).to_string(),
            found.needs_review.to_string(),
        );
        if let Some(want) = case.finding {
            let got = match found.findings.first().map(|f| f.kind) {
                None => "none",
                Some(FindingKind::Breach) => "breach",
                Some(FindingKind::Flag) => "flag",
            };
            differ("finding", want, got.to_owned());
        }
        assert!(!found.steps.is_empty(), "{name}: every answer explains itself");
        assert!(found.steps.iter().any(|s| s.citation.is_some()), "{name}: every answer cites");
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn days_late_as_of_a_day() {
    let book = Rulebook::shipped();
    for row in examples().as_of {
        let mut given = pairs(&row.facts);
        given.push(("today".into(), row.today.to_string()));
        let (facts, query) = book.query_from_pairs(&row.code, &given).expect("facts read");
        let due = book.evaluate(&row.code, &facts, &query).expect("evaluates").legal_due.expect("dated");
        assert_eq!((row.today - due).whole_days(), row.days_late, "{}", row.code);
    }
}

#[test]
fn the_reason_reads_as_promised() {
    let book = Rulebook::shipped();
    let (facts, query) =
        book.query_from_pairs("MCA-AOC4", &[("agm".into(), "2026-09-30".into())]).expect("reads");
    let found = book.evaluate("MCA-AOC4", &facts, &query).expect("evaluates");
    let step = found.steps.iter().find(|s| s.text.contains("30 days")).expect("a step for the count");
    assert_eq!(step.text, "30 days after AGM held on 30 Sep 2026, day of AGM not counted");
    assert_eq!(step.value, "2026-10-30");
    assert_eq!(step.citation.as_deref(), Some("General Clauses Act 1897 s.9"));
}
