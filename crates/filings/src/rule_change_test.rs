//! A rule that changes in the middle of a year, seen through the plan of a client that already has filings.

use crate::Filings;
use crate::plan::{Policy, reconcile};
use crate::testing::MemoryFilings;
use kernel::Id;
use kernel::moment::Instant;
use rulebook::{FactSheet, PlanRequest, PlannedFiling, Rulebook};
use time::macros::date;

fn book(rules: &str) -> Rulebook {
    let base = "[[calendar]]\nname = \"MF\"\ntitle = \"Monday to Friday\"\nweek = \"MF\"\n";
    Rulebook::from_sources(&[("base.toml", base), ("rule.toml", rules)]).expect("loads")
}

fn version(from: &str, end: &str, days: u8) -> String {
    format!(
        "[[rule]]\ncode = \"M\"\ntitle = \"Monthly return\"\nregulator = \"RBI\"\nfrequency = \"monthly\"\n\
         effective_from = \"{from}\"\n{end}confidence = \"P\"\nlast_reviewed = \"2026-11-21\"\n\
         citation = {{ instrument = \"Directions\", section = \"para 1\" }}\n\
         due = {{ fn = \"days_after\", n = {days}, anchor = \"period_end\" }}\n"
    )
}

fn plan(rules: &Rulebook) -> Vec<PlannedFiling> {
    let req = PlanRequest::new(date!(2026 - 04 - 01), date!(2027 - 03 - 31), date!(2026 - 04 - 01));
    rules.plan(&FactSheet::new(), &req)
}

#[tokio::test]
async fn only_filings_of_later_periods_move() {
    let (client, policy) = (Id::new(1), Policy::default());
    let old = book(&version("2020-01-01", "", 15));
    let first = reconcile(client, Vec::new(), plan(&old), date!(2026 - 04 - 01), &policy, &old, &[]);
    let mut store = MemoryFilings::default();
    store.add_filings(&first.added.iter().collect::<Vec<_>>(), Instant::UNIX_EPOCH).await.expect("added");
    let existing = store.filings_of(client, false).await.expect("read");
    assert_eq!(existing.len(), 12, "March to February fall due in the year");

    let ended = version("2020-01-01", "effective_to = \"2026-09-14\"\n", 15);
    let new = book(&format!("{ended}{}", version("2026-09-15", "supersedes = [\"M@2020-01-01\"]\n", 21)));
    let diff = reconcile(client, existing, plan(&new), date!(2026 - 04 - 01), &policy, &new, &[]);
    assert!(diff.added.is_empty() && diff.withdrawn.is_empty() && diff.revived.is_empty());
    assert_eq!((diff.moved.len(), diff.unchanged), (6, 6));
    for change in &diff.moved {
        assert!(change.before.period_key.as_str() >= "2026-09", "{} stays", change.before.period_key);
        assert_eq!(change.after.rule_id, "M@2026-09-15");
        let (was, is) = (change.before.legal_due.expect("dated"), change.after.legal_due.expect("dated"));
        assert_eq!((is - was).whole_days(), 6);
        assert_eq!(change.after.id, change.before.id, "the same filing, with its checklist and remarks");
    }
}
