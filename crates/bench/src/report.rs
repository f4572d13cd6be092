//! The table on the terminal, and the same as JSON.

use crate::args::Args;
use crate::args::Size;
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

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
struct Column {
    name: &'static str,
    rows: String,
    lines: Vec<Line>,
}

/// The table as it grows: each line is shown and kept the moment it is known.
#[derive(Debug)]
pub struct Report {
    path: PathBuf,
    at: String,
    columns: Vec<Column>,
}

fn number(value: f64) -> String {
    match value {
        v if v >= 100_000.0 => format!("{:.0} k", v / 1000.0),
        v if v >= 100.0 => format!("{v:.0}"),
        v if v >= 10.0 => format!("{v:.1}"),
        v => format!("{v:.2}"),
    }
}

impl Report {
    /// An empty one, with its file.
    pub fn new(args: &Args) -> Result<Self, String> {
        let now = crate::reads::now();
        let path = args.results.join(format!("bench-{}.json", now.unix_timestamp()));
        fs::create_dir_all(&args.results).map_err(|e| format!("{}: {e}", args.results.display()))?;
        let report = Self { path, at: now.to_string(), columns: Vec::new() };
        report.save()?;
        Ok(report)
    }

    /// Begins a size.
    pub fn begin(&mut self, size: Size) {
        let rows = format!("{} clients, {} filings", size.clients, size.clients * size.filings_per_client);
        println!("\n{} ({rows})", size.name);
        println!(
            "{:<58} {:>10} {:>10} {:>6} {:>12} {:>10}          note",
            "work", "ours", "yardstick", "ratio", "at least", "aim"
        );
        self.columns.push(Column { name: size.name, rows, lines: Vec::new() });
    }

    /// Shows and keeps lines of the size that was begun last.
    pub fn add(&mut self, lines: impl IntoIterator<Item = Line>) -> Result<(), String> {
        for line in lines {
            println!("{}", shown(&line));
            if let Some(column) = self.columns.last_mut() {
                column.lines.push(line);
            }
        }
        self.save()
    }

    /// How the figures grow from the smaller to the larger size, and where all of them are.
    pub fn end(&self) {
        if let [small, large] = self.columns.as_slice() {
            println!("\nfrom {} to {}: ours / ours", small.name, large.name);
            for line in &large.lines {
                if let Some(before) = small.lines.iter().find(|l| l.work == line.work) {
                    println!("{:<58} x {}", line.work, number(line.ours / before.ours.max(1e-9)));
                }
            }
        }
        println!("\nThe same as JSON: {}", self.path.display());
    }

    fn save(&self) -> Result<(), String> {
        let one = |l: &Line| {
            json!({ "work": l.work, "ours": l.ours, "yardstick": l.yardstick, "unit": l.unit, "judged": l.judged,
                "atLeast": l.least, "aim": l.aim, "verdict": l.verdict(), "note": l.note })
        };
        let sizes: Vec<Value> = self
            .columns
            .iter()
            .map(|c| json!({ "size": c.name, "rows": c.rows, "lines": c.lines.iter().map(one).collect::<Vec<_>>() }))
            .collect();
        let text = serde_json::to_string_pretty(&json!({ "at": self.at, "sizes": sizes }));
        fs::write(&self.path, text.unwrap_or_default()).map_err(|e| format!("{}: {e}", self.path.display()))
    }
}

fn shown(line: &Line) -> String {
    let yardstick = line.yardstick.map(number).unwrap_or_default();
    let ratio = line.yardstick.map(|y| format!("{:.2}", line.ours / y.max(1e-9))).unwrap_or_default();
    format!(
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
    )
}
