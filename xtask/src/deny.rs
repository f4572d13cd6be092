//! `cargo xtask deny`: licences, banned crates and duplicate versions, offline, by the rules in `deny.toml`.
//!
//! `deny.toml` is written so that cargo-deny reads it too; this module reads the part of TOML that it uses.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::shell::{self, Outcome};

/// The rules of `deny.toml`.
#[derive(Debug, Default)]
struct Rules {
    licences: BTreeSet<String>,
    banned: BTreeSet<String>,
    duplicates: BTreeSet<String>,
}

struct Package {
    name: String,
    version: String,
    licence: String,
}

/// Checks the packages that a build for this machine uses.
pub(crate) fn run() -> Outcome {
    let rules = Rules::parse(&shell::read(&shell::root().join("deny.toml"))?);
    let packages = packages()?;
    let found = judge(&rules, &packages);
    if found.is_empty() {
        println!("deny: {} packages, nothing to say", packages.len());
        return Ok(());
    }
    Err(found.join("\n"))
}

fn packages() -> Result<Vec<Package>, String> {
    let about = shell::output(std::process::Command::new("rustc").arg("-vV"))?;
    let about = String::from_utf8_lossy(&about).into_owned();
    let host = about.lines().find_map(|l| l.strip_prefix("host: ")).ok_or("rustc does not name its host.")?;
    let args = ["metadata", "--format-version", "1", "--locked", "--filter-platform", host];
    let json = shell::output(&mut shell::cargo(&args))?;
    let json: Value = serde_json::from_slice(&json).map_err(|e| format!("cargo metadata: {e}"))?;
    let list = |v: &Value, key: &str| v.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let text = |v: &Value, key: &str| v.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let nodes = json.get("resolve").map(|r| list(r, "nodes")).unwrap_or_default();
    let used: BTreeSet<String> = nodes.iter().map(|n| text(n, "id")).collect();
    let foreign = |p: &&Value| used.contains(&text(p, "id")) && !text(p, "source").is_empty();
    Ok(list(&json, "packages")
        .iter()
        .filter(foreign)
        .map(|p| Package { name: text(p, "name"), version: text(p, "version"), licence: text(p, "license") })
        .collect())
}

fn judge(rules: &Rules, packages: &[Package]) -> Vec<String> {
    let mut found = Vec::new();
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for Package { name, version, licence } in packages {
        versions.entry(name).or_default().insert(version);
        if rules.banned.contains(name) {
            found.push(format!(
                "deny: {name} {version} is banned; `cargo tree -i {name}` shows who brings it"
            ));
        }
        if !permitted(licence, &rules.licences) {
            let licence = if licence.is_empty() { "no licence" } else { licence };
            found.push(format!("deny: {name} {version} has {licence}, which deny.toml does not allow"));
        }
    }
    for (name, versions) in &versions {
        if versions.len() > 1 && !rules.duplicates.contains(*name) {
            let list: Vec<&str> = versions.iter().copied().collect();
            found.push(format!(
                "deny: {name} is built in {} versions ({}); unify them, or add it to bans.skip with the reason",
                list.len(),
                list.join(", ")
            ));
        }
    }
    for name in &rules.duplicates {
        if versions.get(name.as_str()).is_none_or(|v| v.len() < 2) {
            found.push(format!("deny: bans.skip lists {name}, which has one version now; remove it"));
        }
    }
    found
}

/// True when an SPDX expression can be satisfied: one side of each `OR`, both sides of each `AND`.
/// `/` is the old spelling of `OR`.
fn permitted(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let answer = either(&mut rest, allowed);
    answer && rest.is_empty()
}

fn either(words: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    let mut answer = both(words, allowed);
    while let [first, rest @ ..] = words
        && *first == "OR"
    {
        *words = rest;
        answer |= both(words, allowed);
    }
    answer
}

fn both(words: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    let mut answer = one(words, allowed);
    while let [first, rest @ ..] = words
        && *first == "AND"
    {
        *words = rest;
        answer &= one(words, allowed);
    }
    answer
}

fn one(words: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    match *words {
        ["(", rest @ ..] => {
            *words = rest;
            let answer = either(words, allowed);
            let [")", rest @ ..] = *words else { return false };
            *words = rest;
            answer
        }
        [name, "WITH", exception, rest @ ..] => {
            *words = rest;
            allowed.contains(&format!("{name} WITH {exception}")) || allowed.contains(*name)
        }
        [name, rest @ ..] => {
            *words = rest;
            allowed.contains(*name)
        }
        [] => false,
    }
}

impl Rules {
    /// Reads `allow`, `deny` and `skip` lists: in the first every string counts, in the others what follows
    /// `crate =`.
    fn parse(text: &str) -> Self {
        let mut rules = Self::default();
        let mut list = String::new();
        for line in text.lines().map(|l| l.split('#').next().unwrap_or_default().trim()) {
            if let Some((key, _)) = line.split_once("= [") {
                list = key.trim().to_owned();
            }
            let value = match list.as_str() {
                "allow" => line.split('"').nth(1),
                "deny" | "skip" => line.split_once("crate = \"").and_then(|(_, rest)| rest.split('"').next()),
                _ => None,
            };
            if let Some(value) = value {
                match list.as_str() {
                    "allow" => rules.licences.insert(value.to_owned()),
                    "deny" => rules.banned.insert(value.to_owned()),
                    _ => rules.duplicates.insert(value.to_owned()),
                };
            }
            if line.ends_with(']') {
                list.clear();
            }
        }
        rules
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = "
[licenses]
allow = [
    \"MIT\", # one a line
    \"Apache-2.0\",
    \"ISC\",
]
[bans]
deny = [
    { crate = \"sqlx\", reason = \"one driver\" },
]
skip = [
    { crate = \"rand\", reason = \"two users\" },
]
";

    fn found(packages: &[(&str, &str, &str)]) -> Vec<String> {
        let package = |(name, version, licence): &(&str, &str, &str)| Package {
            name: (*name).to_owned(),
            version: (*version).to_owned(),
            licence: (*licence).to_owned(),
        };
        judge(&Rules::parse(RULES), &packages.iter().map(package).collect::<Vec<_>>())
    }

    #[test]
    fn licence_expressions() {
        let allowed = Rules::parse(RULES).licences;
        for good in [
            "MIT",
            "MIT/Apache-2.0",
            "GPL-3.0 OR MIT",
            "(MIT OR GPL-2.0) AND ISC",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            assert!(permitted(good, &allowed), "{good}");
        }
        for bad in
            ["", "GPL-3.0-or-later", "MIT AND GPL-3.0", "(MIT OR ISC", "MIT OR ISC)", "GPL-2.0 WITH MIT"]
        {
            assert!(!permitted(bad, &allowed), "{bad}");
        }
    }

    #[test]
    fn duplicates_bans_and_stale_entries_are_found() {
        let rand = [("rand", "0.8.0", "MIT"), ("rand", "0.9.0", "MIT")];
        assert!(found(&rand).is_empty());
        assert_eq!(found(&rand[..1]).len(), 1, "stale skip");
        assert_eq!(found(&[rand[0], rand[1], ("sqlx", "0.8.0", "MIT")]).len(), 1);
        assert_eq!(found(&[rand[0], rand[1], ("a", "1.0.0", "MIT"), ("a", "2.0.0", "MIT")]).len(), 1);
    }
}
