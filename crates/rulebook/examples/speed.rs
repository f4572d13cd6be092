//! Prints how fast plans and evaluations are: `cargo run --release -p rulebook --example speed`.

use rulebook::{FactSheet, FactValue, PlanRequest, Query, Rulebook};
use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Instant;
use time::macros::date;

fn main() {
    let start = Instant::now();
    let book = Rulebook::shipped();
    println!("packs read in {:?}", start.elapsed());
    let mut sheet = FactSheet::new();
    sheet.set("entity_type", FactValue::Text("private_company".into()));
    sheet.set(
        "registrations",
        FactValue::Set(BTreeSet::from(["RBI:NBFC-ICC".to_owned(), "RBI:PA".to_owned()])),
    );
    sheet.set("layer", FactValue::Text("base".into()));
    sheet.set("asset_size_solo", FactValue::Number(6_000_000_000_i64.into()));
    sheet.set("incorporated_on", FactValue::Date(date!(2018 - 06 - 15)));
    for steps in [true, false] {
        let mut req = PlanRequest::new(date!(2026 - 11 - 21), date!(2028 - 05 - 21), date!(2026 - 11 - 21));
        req.with_steps = steps;
        let (start, rounds) = (Instant::now(), 500_u32);
        let mut filings = 0;
        for _ in 0..rounds {
            filings = black_box(book.plan(black_box(&sheet), &req)).len();
        }
        println!("plan of {filings} filings, steps {steps}: {:?} each", start.elapsed() / rounds);
    }
    let query = Query { period_end: Some(date!(2026 - 10 - 31)), ..Query::default() };
    let (start, rounds) = (Instant::now(), 500_000_u32);
    for _ in 0..rounds {
        let _ = black_box(book.evaluate_quietly("DNBS04B", black_box(&sheet), black_box(&query)));
    }
    println!("evaluate_quietly: {:.2} M/s", f64::from(rounds) / start.elapsed().as_secs_f64() / 1e6);
}
