//! A rule that changes in the middle of a year moves later occurrences only.

use rulebook::{Due, FactSheet, PlanRequest, Rulebook};
use std::collections::BTreeMap;
use time::Date;
use time::macros::date;

const CALENDAR: &str = "[[calendar]]\nname = \"MF\"\ntitle = \"Monday to Friday\"\nweek = \"MF\"\n";

fn version(from: &str, end: &str, days: u8) -> String {
    format!(
        "[[rule]]\ncode = \"M\"\ntitle = \"Monthly return\"\nregulator = \"RBI\"\nfrequency = \"monthly\"\n\
         effective_from = \"{from}\"\n{end}confidence = \"P\"\nlast_reviewed = \"2026-11-21\"\n\
         citation = {{ instrument = \"Directions\", section = \"para 1\" }}\n\
         due = {{ fn = \"days_after\", n = {days}, anchor = \"period_end\" }}\n"
    )
}

fn dates(pack: &str) -> BTreeMap<String, (Date, String)> {
    let book = Rulebook::from_sources(&[("base.toml", CALENDAR), ("rule.toml", pack)]).expect("loads");
    let req = PlanRequest::new(date!(2026 - 04 - 01), date!(2027 - 03 - 31), date!(2026 - 04 - 01));
    let plan = book.plan(&FactSheet::new(), &req);
    plan.into_iter()
        .map(|filing| match filing.due {
            Due::On(day) => (filing.period_key, (day, filing.rule_id)),
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn later_occurrences_move_and_earlier_ones_stay() {
    let before = dates(&version("2020-01-01", "", 15));
    let old = version("2020-01-01", "effective_to = \"2026-09-14\"\n", 15);
    let new = version("2026-09-15", "supersedes = [\"M@2020-01-01\"]\n", 21);
    let after = dates(&format!("{old}{new}"));
    assert_eq!(
        before.keys().collect::<Vec<_>>(),
        after.keys().collect::<Vec<_>>(),
        "no period comes or goes"
    );
    let mut moved = 0;
    for (period, (day, rule)) in &after {
        let (was, old_rule) = &before[period];
        // the month that ends after the change is the first under the new version
        if period.as_str() < "2026-09" {
            assert_eq!((day, rule), (was, old_rule), "{period} stays");
        } else {
            moved += 1;
            assert_eq!((*day - *was).whole_days(), 6, "{period} moves");
            assert_eq!(rule, "M@2026-09-15", "{period}");
        }
    }
    assert_eq!(moved, 6, "September to February fall due by 31 March");
    assert_eq!(after["2026-08"].0, date!(2026 - 09 - 15), "due after the change, still by the old version");
}
