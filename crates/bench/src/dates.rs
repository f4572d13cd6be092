//! How many due dates one core computes, with and without the steps that explain them.

use crate::report::Line;
use rulebook::{FactSheet, FactValue, PlanRequest, Query, Rulebook};
use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::{Duration, Instant};
use time::macros::date;

/// Length of a round.
const SPAN: Duration = Duration::from_millis(700);

/// Dates per second for one return at a time, and for whole plans.
pub fn measure() -> Vec<Line> {
    let book = Rulebook::shipped();
    let mut sheet = FactSheet::new();
    sheet.set("entity_type", FactValue::Text("private_company".into()));
    let held = BTreeSet::from(["RBI:NBFC-ICC".to_owned(), "RBI:PA".to_owned()]);
    sheet.set("registrations", FactValue::Set(held));
    sheet.set("layer", FactValue::Text("base".into()));
    sheet.set("asset_size_solo", FactValue::Number(6_000_000_000_i64.into()));
    sheet.set("incorporated_on", FactValue::Date(date!(2018 - 06 - 15)));
    let query = Query { period_end: Some(date!(2026 - 10 - 31)), ..Query::default() };
    let quiet = rate(|| {
        let _ = black_box(book.evaluate_quietly("DNBS04B", black_box(&sheet), black_box(&query)));
        1
    });
    let told = rate(|| {
        let _ = black_box(book.evaluate("DNBS04B", black_box(&sheet), black_box(&query)));
        1
    });
    let plan = |with_steps: bool| {
        let mut request =
            PlanRequest::new(date!(2026 - 11 - 21), date!(2028 - 05 - 21), date!(2026 - 11 - 21));
        request.with_steps = with_steps;
        rate(|| black_box(book.plan(black_box(&sheet), &request)).len())
    };
    let plans = format!("in whole plans {:.0} k", plan(false) / 1000.0);
    let told_plans = format!("in whole plans {:.0} k", plan(true) / 1000.0);
    let line = |work, ours, least, bound, note| Line {
        work,
        ours,
        unit: "/s",
        judged: ours,
        least,
        bound,
        note,
        ..Line::default()
    };
    vec![
        line("due dates per second and core, without steps", quiet, "1,000,000", 1_000_000.0, plans),
        line("due dates per second and core, with steps", told, "200,000", 200_000.0, told_plans),
    ]
}

fn rate(mut work: impl FnMut() -> usize) -> f64 {
    let (begin, mut done) = (Instant::now(), 0_usize);
    while begin.elapsed() < SPAN {
        for _ in 0..20 {
            done += work();
        }
    }
    done as f64 / begin.elapsed().as_secs_f64()
}
