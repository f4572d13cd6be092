//! `cargo xtask ci`: everything a change must pass. All steps run, even after a failure, and are timed.

use std::time::{Duration, Instant};

use crate::shell::{self, Outcome, cargo, npm};
use crate::summary::Counts;
use crate::{deny, generate, test, tidy, web};

struct Step {
    name: &'static str,
    time: Duration,
    result: Outcome,
}

/// Runs every step; prints the times and, as the last line, the counts of the tests.
pub(crate) fn run() -> Outcome {
    let mut steps = Vec::new();
    let mut counts = Counts::default();
    step(&mut steps, "format", || shell::run(&mut cargo(&["fmt", "--all", "--check"])));
    step(&mut steps, "tidy", tidy::run);
    step(&mut steps, "packages", web::install);
    step(&mut steps, "web lint", || shell::run(&mut npm(&["run", "lint"])));
    step(&mut steps, "web types", || shell::run(&mut npm(&["run", "typecheck"])));
    let clippy = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
    step(&mut steps, "clippy", || shell::run(&mut cargo(&clippy)));
    step(&mut steps, "deny", deny::run);
    step(&mut steps, "tests", || {
        counts = test::count(&[])?;
        if counts.failed > 0 { Err(format!("{} tests failed.", counts.failed)) } else { Ok(()) }
    });
    step(&mut steps, "size", || shell::run(&mut npm(&["run", "size", "--if-present"])));
    step(&mut steps, "freshness", || generate::run(&["--check".to_owned()]));

    println!();
    for Step { name, time, result } in &steps {
        let word = if result.is_ok() { "ok    " } else { "FAILED" };
        println!("{word} {name:<10} {:>6.1} s", time.as_secs_f64());
    }
    let total: Duration = steps.iter().map(|s| s.time).sum();
    println!("       {:<10} {:>6.1} s", "total", total.as_secs_f64());
    for Step { name, result, .. } in &steps {
        if let Err(message) = result {
            eprintln!("{name}: {message}");
        }
    }
    counts.print();
    if steps.iter().all(|s| s.result.is_ok()) { Ok(()) } else { Err(String::new()) }
}

fn step(steps: &mut Vec<Step>, name: &'static str, body: impl FnOnce() -> Outcome) {
    shell::heading(name);
    let begin = Instant::now();
    let result = body();
    if let Err(message) = &result {
        eprintln!("{message}");
    }
    steps.push(Step { name, time: begin.elapsed(), result });
}
