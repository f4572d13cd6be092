//! Whatever a firm sets beside the law, no legal date moves, no filing of the law goes, and no target passes the law.

use crate::filing::Filing;
use crate::own_target::OwnTarget;
use crate::plan::{Policy, reconcile};
use crate::settings::ReturnSetting;
use kernel::{Date, Id};
use rulebook::{FactSheet, FactValue, PlanRequest, PlannedFiling, Rulebook};
use std::collections::BTreeMap;
use time::macros::date;

/// A company with many registrations, for which every return is turned on: some hundreds of filings of every kind.
fn planned() -> Vec<PlannedFiling> {
    let rules = Rulebook::shipped();
    let mut facts = FactSheet::new();
    let held = [
        "RBI:NBFC-ICC",
        "RBI:PA",
        "RBI:PPI",
        "SEBI:IA",
        "SEBI:AIF",
        "IRDAI:BROKER",
        "PFRDA:POP",
        "IFSCA:FME",
    ];
    let registrations = FactValue::Set(held.iter().map(|one| (*one).to_owned()).collect());
    facts.set("registrations", registrations);
    facts.set("entity_type", FactValue::Text("public_company".into()));
    let mut request = PlanRequest::new(date!(2026 - 01 - 01), date!(2028 - 05 - 31), date!(2026 - 11 - 21));
    request.enabled = rules.rules().iter().map(|rule| rule.code.clone()).collect();
    request.with_steps = false;
    rules.plan(&facts, &request)
}

/// What law says of a filing.
type Law<'a> = (&'a str, &'a str, Option<Date>, Option<Date>, Option<(Date, Date)>, Option<&'a str>, &'a str);

fn law(filing: &Filing) -> Law<'_> {
    let lapse = filing.lapse.map(|lapse| (lapse.on, lapse.due));
    let Filing { code, period_key, legal_due, projected_due, waits_for, rule_id, .. } = filing;
    (code, period_key, *legal_due, *projected_due, lapse, waits_for.as_deref(), rule_id)
}

fn settings(seed: usize) -> BTreeMap<String, ReturnSetting> {
    let targets = [
        None,
        Some(OwnTarget::WorkingDaysBefore(3)),
        Some(OwnTarget::WorkingDaysBefore(60)),
        Some(OwnTarget::DaysBefore(0)),
        Some(OwnTarget::DaysBefore(180)),
        Some(OwnTarget::DayOfMonth(31)),
        Some(OwnTarget::DayOfMonth(1)),
    ];
    let mut codes: Vec<&str> = Rulebook::shipped().rules().iter().map(|rule| rule.code.as_str()).collect();
    codes.dedup();
    let one = |(at, code): (usize, &str)| {
        let setting = ReturnSetting {
            target: targets[(at + seed) % targets.len()],
            breach_after_days: [None, Some(0), Some(365)][(at + seed) % 3],
            checklist: (0..(at + seed) % 4).map(|n| format!("Item {n}")).collect(),
            ..ReturnSetting::none(code)
        };
        (code.to_owned(), setting)
    };
    codes.into_iter().enumerate().map(one).collect()
}

#[test]
fn nothing_that_a_firm_sets_moves_or_removes_a_legal_date() {
    let (rules, from) = (Rulebook::shipped(), date!(2026 - 01 - 01));
    let plan = |existing: Vec<Filing>, policy: &Policy| {
        reconcile(Id::new(1), existing, planned(), from, policy, rules, &[])
    };
    let plain = plan(Vec::new(), &Policy::default());
    let by_law: Vec<Filing> = plain.added.iter().map(|new| new.as_open()).collect();
    assert!(by_law.len() > 150, "{} filings are too few to prove anything", by_law.len());
    for seed in 0..7 {
        let policy = Policy { settings: settings(seed), ..Policy::default() };
        let new: Vec<Filing> = plan(Vec::new(), &policy).added.iter().map(|new| new.as_open()).collect();
        assert_eq!(new.iter().map(law).collect::<Vec<_>>(), by_law.iter().map(law).collect::<Vec<_>>());
        let late = new.iter().find(|f| f.target_due > f.legal_due && f.legal_due.is_some());
        assert_eq!(late, None, "a target after the date in law");
        // Set later, on filings that are planned already.
        let diff = plan(by_law.clone(), &policy);
        assert!(diff.added.is_empty() && diff.withdrawn.is_empty() && diff.revived.is_empty());
        assert!(diff.moved.len() > 50, "{}", diff.moved.len());
        assert!(diff.moved.iter().all(|change| law(&change.before) == law(&change.after)));
        // Taken back, everything is as it was.
        let after: Vec<Filing> = new;
        let back = plan(after, &Policy::default());
        let restored: BTreeMap<(String, String), Filing> = back
            .moved
            .into_iter()
            .map(|c| ((c.after.code.clone(), c.after.period_key.clone()), c.after))
            .collect();
        for filing in &by_law {
            let key = (filing.code.clone(), filing.period_key.clone());
            assert!(restored.get(&key).is_none_or(|found| found == filing), "{key:?}");
        }
    }
}
