//! `zippcrm identifier check NUMBER`

use super::{fail, print_json};
use clap::Subcommand;
use kyc::IdKind;
use serde_json::{Map, Value, json};
use std::process::ExitCode;

/// Questions about official numbers.
#[derive(Debug, Subcommand)]
pub enum IdentifierCommand {
    /// What a number is and whether it is right, as JSON: kind, valid, parts, or the reason it is not.
    Check {
        /// The number.
        number: String,
        /// `pan`, `gstin`, `cin`, ...; guessed from the shape when absent.
        #[arg(long)]
        kind: Option<String>,
    },
}

/// Runs one. A wrong number is an answer, not a failure; an unknown kind is exit 2.
pub fn run(command: &IdentifierCommand) -> ExitCode {
    let IdentifierCommand::Check { number, kind } = command;
    let kind = match kind.as_deref().map(str::parse::<IdKind>) {
        None => None,
        Some(Ok(kind)) => Some(kind),
        Some(Err(_)) => {
            let known: Vec<&str> = IdKind::ALL.iter().map(|k| k.key()).collect();
            return fail(&format!("--kind: use one of {}", known.join(", ")), 2);
        }
    };
    let report = kyc::check(number, kind);
    let parts: Map<String, Value> =
        report.parts.iter().map(|(name, value)| ((*name).to_owned(), Value::from(value.clone()))).collect();
    print_json(&json!({
        "kind": report.kind.map(|k| k.key()),
        "valid": report.valid,
        "normalised": report.normalised,
        "parts": parts,
        "reason": report.error.as_ref().map(|e| e.message.clone()),
        "position": report.error.as_ref().and_then(|e| e.position),
        "expected": report.error.as_ref().map(|e| e.expected.clone()),
    }))
}
