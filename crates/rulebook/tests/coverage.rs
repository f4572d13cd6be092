//! Every row of the domain tables has its rule, and every rule its row.

use rulebook::Rulebook;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Coverage {
    table: Vec<Table>,
    left_out: Vec<LeftOut>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    name: String,
    rows: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LeftOut {
    row: String,
    why: String,
}

fn coverage() -> Coverage {
    toml::from_str(include_str!("golden/coverage.toml")).expect("the file reads")
}

#[test]
fn every_row_has_its_rule() {
    let coverage = coverage();
    let mut carried: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for rule in Rulebook::shipped().rules() {
        for row in &rule.rows {
            carried.entry(row).or_default().push(&rule.code);
        }
    }
    let left_out: BTreeSet<&str> = coverage.left_out.iter().map(|l| l.row.as_str()).collect();
    let mut missing = Vec::new();
    for table in &coverage.table {
        for row in &table.rows {
            if carried.contains_key(row.as_str()) == left_out.contains(row.as_str()) {
                missing.push(format!("{}: {row}", table.name));
            }
        }
    }
    assert!(missing.is_empty(), "neither carried out nor left out, or both: {missing:#?}");
    assert!(coverage.left_out.iter().all(|l| !l.why.is_empty()));
}

#[test]
fn every_rule_names_its_row() {
    let coverage = coverage();
    let known: BTreeSet<&str> = coverage.table.iter().flat_map(|t| &t.rows).map(String::as_str).collect();
    for rule in Rulebook::shipped().rules() {
        assert!(
            !rule.rows.is_empty(),
            "{} ({}) does not say which row of the tables it carries out",
            rule.id,
            rule.file
        );
        for row in &rule.rows {
            assert!(known.contains(row.as_str()), "{}: there is no row {row}", rule.id);
        }
    }
}
