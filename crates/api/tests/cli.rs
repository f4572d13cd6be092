//! The command line: JSON on stdout, one line on stderr and exit 2 for what cannot be answered.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use serde_json::Value;
use std::process::{Command, Output};

fn zippcrm(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_zippcrm")).args(args).output().unwrap()
}

fn json(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[track_caller]
fn refused(args: &[&str], names: &str) {
    let output = zippcrm(args);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{args:?}: {message}");
    assert!(output.stdout.is_empty(), "{args:?}");
    assert_eq!(message.trim_end().lines().count(), 1, "{message}");
    assert!(message.contains(names), "{message:?} does not name {names}");
}

#[test]
fn a_due_date_comes_with_its_steps() {
    let answer = json(&zippcrm(&["rulebook", "due", "DNBS01", "--fact", "reference_date=2026-09-30"]));
    assert!(
        answer["legalDue"].is_string() && answer["targetDue"].is_string() && answer["version"].is_string()
    );
    assert!(!answer["steps"].as_array().unwrap().is_empty());
    assert!(answer["targetDue"].as_str() <= answer["legalDue"].as_str());
}

#[test]
fn what_cannot_be_answered_is_one_line_and_exit_2() {
    refused(&["rulebook", "due", "DNBS01", "--fact", "reference_date=31-09-2026"], "reference_date");
    refused(&["rulebook", "due", "DNBS01", "--fact", "reference_date"], "reference_date");
    refused(&["rulebook", "due", "DNBS01", "--fact", "colour=red"], "colour");
    refused(&["rulebook", "due", "NO-SUCH"], "NO-SUCH");
    refused(&["identifier", "check", "X", "--kind", "shoe"], "--kind");
}

#[test]
fn a_number_is_judged_by_the_domain_files_samples() {
    let good = json(&zippcrm(&["identifier", "check", "27AAPFU0939F1ZV"]));
    assert_eq!((good["kind"].as_str(), good["valid"].as_bool()), (Some("gstin"), Some(true)));
    let wrong = json(&zippcrm(&["identifier", "check", "27AAPFU0939F1ZO", "--kind", "gstin"]));
    assert_eq!(wrong["valid"], false);
    assert!(wrong["reason"].as_str().unwrap().contains('V'), "{wrong}");
    assert_eq!(wrong["position"], 15);
    let aadhaar = json(&zippcrm(&["identifier", "check", "123412341234", "--kind", "aadhaar"]));
    assert_eq!(aadhaar["valid"], false, "passes Verhoeff, but no Aadhaar starts with 1");
}

#[test]
fn the_generated_files_need_no_database() {
    let document = json(&zippcrm(&["openapi"]));
    assert!(document["paths"]["/api/clients"]["post"]["operationId"] == "create_client");
    let matrix = zippcrm(&["permissions"]);
    assert!(String::from_utf8_lossy(&matrix.stdout).contains("filings.decide"));
    let list = json(&zippcrm(&["rulebook", "list", "--regulator", "rbi"]));
    assert!(list.as_array().unwrap().iter().all(|r| r["regulator"] == "RBI"));
}
