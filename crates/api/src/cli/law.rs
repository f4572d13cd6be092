//! `zippcrm rulebook due|explain|list`

use super::{fail, print, print_json};
use crate::library::evaluate::EvaluationDto;
use clap::Subcommand;
use rulebook::Rulebook;
use serde_json::json;
use std::process::ExitCode;

/// Questions to the rule library.
#[derive(Debug, Subcommand)]
pub enum RulebookCommand {
    /// When a return is due, as JSON: legalDue, targetDue, steps, version.
    Due {
        /// `DNBS01`, ...
        code: String,
        /// `name=value`, several times.
        #[arg(long = "fact")]
        facts: Vec<String>,
    },
    /// The same in words.
    Explain {
        /// `DNBS01`, ...
        code: String,
        /// `name=value`, several times.
        #[arg(long = "fact")]
        facts: Vec<String>,
    },
    /// All returns with their newest version, as JSON.
    List {
        /// Only this regulator.
        #[arg(long)]
        regulator: Option<String>,
    },
}

/// Runs one. A bad fact is exit 2 with one line on stderr that names it.
pub fn run(command: &RulebookCommand) -> ExitCode {
    match command {
        RulebookCommand::Due { code, facts } => match evaluate(code, facts) {
            Ok(answer) => print_json(&answer),
            Err(message) => fail(&message, 2),
        },
        RulebookCommand::Explain { code, facts } => match evaluate(code, facts) {
            Ok(answer) => print(&in_words(&answer)),
            Err(message) => fail(&message, 2),
        },
        RulebookCommand::List { regulator } => list(regulator.as_deref()),
    }
}

fn evaluate(code: &str, facts: &[String]) -> Result<EvaluationDto, String> {
    let rules = Rulebook::shipped();
    let pairs = facts
        .iter()
        .map(|fact| {
            fact.split_once('=')
                .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
                .ok_or_else(|| format!("fact \"{fact}\": write it as name=value"))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let (sheet, query) = rules.query_from_pairs(code, &pairs).map_err(|bad| one_line(&bad.to_string()))?;
    let answer = rules.evaluate(code, &sheet, &query).map_err(|error| one_line(&error.to_string()))?;
    Ok(answer.into())
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}

fn in_words(e: &EvaluationDto) -> String {
    let mut out = format!("{} {}, {}\n", e.code, e.title, e.period);
    match (e.legal_due, &e.waits_for) {
        (Some(due), _) => out.push_str(&format!("Due {due}")),
        (None, Some(event)) => {
            out.push_str(&format!("Waits for {}", event.replace('_', " ")));
            if let Some(day) = e.projected_due {
                out.push_str(&format!(", probably {day}"));
            }
        }
        (None, None) => out.push_str("No date"),
    }
    if let Some(target) = e.target_due {
        out.push_str(&format!(", aim for {target}"));
    }
    out.push('\n');
    for (number, step) in e.steps.iter().enumerate() {
        let citation = step.citation.as_deref().map(|c| format!(" [{c}]")).unwrap_or_default();
        out.push_str(&format!("  {}. {}{citation}\n", number + 1, step.text));
    }
    for finding in &e.findings {
        out.push_str(&format!("  Note: {finding}\n"));
    }
    out.push_str(&format!("{} (source grade {})", e.citation, e.confidence));
    out
}

fn list(regulator: Option<&str>) -> ExitCode {
    let rules = Rulebook::shipped();
    let wanted = regulator.map(str::to_uppercase);
    let mut newest: Vec<&rulebook::Rule> = Vec::new();
    for rule in rules.rules() {
        match newest.last_mut() {
            Some(last) if last.code == rule.code => *last = rule,
            _ => newest.push(rule),
        }
    }
    let items: Vec<_> = newest
        .into_iter()
        .filter(|rule| wanted.as_deref().is_none_or(|w| w == rule.regulator))
        .map(|rule| {
            json!({
                "code": rule.code, "version": rule.id, "regulator": rule.regulator, "title": rule.title,
                "frequency": rule.frequency.as_str(), "citation": rule.citation_text(),
                "confidence": rule.confidence, "active": rule.enabled && !rule.legacy, "legacy": rule.legacy,
                "supersededBy": rule.superseded_by,
            })
        })
        .collect();
    print_json(&items)
}
