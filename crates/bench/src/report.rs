//! The table on the terminal, and the same as JSON.

use crate::args::Args;
use serde_json::{Value, json};
use std::fs;

/// One line of the table at one size.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// What was done.
    pub work: &'static str,
    /// What we reach.
    pub ours: f64,
    /// What the yardstick reaches, when there is one.
    pub yardstick: Option<f64>,
    /// The unit of both.
    pub unit: &'static str,
    /// What is judged: the ratio, or `ours`.
    pub judged: f64,
    /// The least, as the goal is worded.
    pub least: &'static str,
    /// The aim.
    pub aim: &'static str,
    /// The least as a number; negative when smaller is better.
    pub bound: f64,
    /// More to know.
    pub note: String,
}

impl Line {
    fn verdict(&self) -> &'static str {
        let bound = self.bound;
        let reached = if bound > 0.0 { self.judged >= bound } else { self.judged <= -bound };
        match reached {
            _ if bound.abs() < f64::EPSILON => "",
            true => "ok",
            false => "MISSED",
        }
    }
}

/// The lines of one size.
#[derive(Debug)]
pub struct Column {
    /// `full` or `tenth`.
    pub name: &'static str,
    /// Rows of the firm.
    pub rows: String,
    /// In the order of the goals.
    pub lines: Vec<Line>,
}

fn number(value: f64) -> String {
    match value {
        v if v >= 100_000.0 => format!("{:.0} k", v / 1000.0),
        v if v >= 100.0 => format!("{v:.0}"),
        v if v >= 10.0 => format!("{v:.1}"),
        v => format!("{v:.2}"),
    }
}

/// Prints a table per size, and how the figures grow from the smaller to the larger one.
pub fn print(columns: &[Column]) {
    for column in columns {
        println!("\n{} ({})", column.name, column.rows);
        println!(
            "{:<58} {:>10} {:>10} {:>6} {:>12} {:>10}          note",
            "work", "ours", "yardstick", "ratio", "at least", "aim"
        );
        for line in &column.lines {
            let yardstick = line.yardstick.map(number).unwrap_or_default();
            let ratio = line.yardstick.map(|y| format!("{:.2}", line.ours / y.max(1e-9))).unwrap_or_default();
            println!(
                "{:<58} {:>10} {:>10} {:>6} {:>12} {:>10}  {:<6}  {} {}",
                line.work,
                number(line.ours),
                yardstick,
                ratio,
                line.least,
                line.aim,
                line.verdict(),
                line.unit,
                line.note
            );
        }
    }
    if let [small, large] = columns {
        println!("\nfrom {} to {}: ours / ours", small.name, large.name);
        for line in &large.lines {
            if let Some(before) = small.lines.iter().find(|l| l.work == line.work) {
                println!("{:<58} x {}", line.work, number(line.ours / before.ours.max(1e-9)));
            }
        }
    }
}

/// Writes the JSON beside earlier ones.
pub fn save(args: &Args, columns: &[Column]) -> Result<(), String> {
    let lines = |column: &Column| -> Vec<Value> {
        let one = |l: &Line| {
            json!({ "work": l.work, "ours": l.ours, "yardstick": l.yardstick, "unit": l.unit, "judged": l.judged,
                "atLeast": l.least, "aim": l.aim, "verdict": l.verdict(), "note": l.note })
        };
        column.lines.iter().map(one).collect()
    };
    let all: Vec<Value> =
        columns.iter().map(|c| json!({ "size": c.name, "rows": c.rows, "lines": lines(c) })).collect();
    let now = crate::reads::now();
    let path = args.results.join(format!("bench-{}.json", now.unix_timestamp()));
    let text = serde_json::to_string_pretty(&json!({ "at": now.to_string(), "sizes": all }));
    fs::create_dir_all(&args.results)
        .and_then(|()| fs::write(&path, text.unwrap_or_default()))
        .map_err(|e| format!("{}: {e}", path.display()))?;
    println!("\nThe same as JSON: {}", path.display());
    Ok(())
}
