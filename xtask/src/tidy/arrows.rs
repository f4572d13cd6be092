//! Which crate may use which: the table of docs/ARCHITECTURE.md, checked against `cargo metadata`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::shell;

/// The crates with business rules of one domain; none may see another.
const DOMAINS: [&str; 14] = [
    "identity",
    "clients",
    "kyc",
    "filings",
    "penalties",
    "esign",
    "documents",
    "maker_checker",
    "licensing",
    "billing",
    "workflow",
    "notifications",
    "corporate",
    "projects",
];

/// Crates that mean I/O; the inner crates do without them.
const DRIVERS: [&str; 14] = [
    "actix-files",
    "actix-multipart",
    "actix-web",
    "deadpool-postgres",
    "dotenvy",
    "postgres-types",
    "rand",
    "refinery",
    "reqwest",
    "tokio",
    "tokio-postgres",
    "utoipa",
    "uuid",
    "validator",
];

/// The workspace's crates with their direct dependencies.
#[derive(Debug, Default)]
pub(crate) struct Crates {
    /// Crate name to (dependency name, is a development dependency).
    pub(crate) uses: BTreeMap<String, BTreeSet<(String, bool)>>,
}

impl Crates {
    /// Asks cargo.
    pub(crate) fn load() -> Result<Self, String> {
        let args = ["metadata", "--format-version", "1", "--no-deps"];
        let json = shell::output(&mut shell::cargo(&args))?;
        let json: Value = serde_json::from_slice(&json).map_err(|e| format!("cargo metadata: {e}"))?;
        Ok(Self::of(&json))
    }

    fn of(metadata: &Value) -> Self {
        let list = |v: &Value, key: &str| v.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        let text = |v: &Value, key: &str| v.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let uses = list(metadata, "packages").into_iter().map(|package| {
            let used = list(&package, "dependencies");
            (
                text(&package, "name"),
                used.iter().map(|d| (text(d, "name"), text(d, "kind") == "dev")).collect(),
            )
        });
        Self { uses: uses.collect() }
    }
}

/// The forbidden arrows, one line each.
pub(crate) fn check(crates: &Crates) -> Vec<String> {
    let mut found = Vec::new();
    for (user, uses) in &crates.uses {
        if user == "xtask" {
            continue;
        }
        for (used, dev) in uses {
            let ours = crates.uses.contains_key(used);
            if ours && !allowed(user, used, *dev) {
                found.push(format!("arrow: crate `{user}` may not use `{used}`"));
            }
            if !ours && !dev && inner(user) && DRIVERS.contains(&used.as_str()) {
                found.push(format!("arrow: `{user}` is free of I/O and may not use `{used}`"));
            }
            if !ours && !dev && DOMAINS.contains(&user.as_str()) && used == "serde" {
                found.push(format!("arrow: entities of `{user}` have no wire format; drop `serde`"));
            }
        }
    }
    found
}

/// Crates without I/O.
fn inner(name: &str) -> bool {
    ["kernel", "rulebook", "proof", "app"].contains(&name) || DOMAINS.contains(&name)
}

fn allowed(user: &str, used: &str, dev: bool) -> bool {
    let (base, domain) = (["kernel", "rulebook"].contains(&used), DOMAINS.contains(&used));
    let adapter = used.starts_with("adapter_");
    if used == "testkit" {
        return dev;
    }
    match user {
        "kernel" | "proof" => false,
        "rulebook" => used == "kernel",
        "app" => base || domain || used == "proof",
        "api" => base || domain || used == "proof" || used == "app" || adapter,
        "testkit" => used != "api",
        // Throws bytes at the doors; nothing uses it.
        "fuzzing" => base || domain || used == "app" || used == "adapter_sheets",
        // Measures from outside: the programs run, the texts and rules are read.
        "bench" => used == "rulebook" || used == "adapter_postgres",
        _ if DOMAINS.contains(&user) => base,
        _ if user.starts_with("adapter_") => {
            base || domain || used == "proof" || used == "app" || (dev && adapter)
        }
        // A crate this table does not know has no arrows until somebody decides.
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(arrows: &[(&str, &str, bool)]) -> Vec<String> {
        let mut crates = Crates::default();
        for (user, used, dev) in arrows {
            crates.uses.entry((*user).to_owned()).or_default().insert(((*used).to_owned(), *dev));
            if ["kernel", "filings", "clients", "app", "adapter_postgres", "api", "testkit"].contains(used) {
                crates.uses.entry((*used).to_owned()).or_default();
            }
        }
        check(&crates)
    }

    #[test]
    fn the_table_holds() {
        let good = [
            ("filings", "kernel", false),
            ("filings", "thiserror", false),
            ("filings", "testkit", true),
            ("app", "filings", false),
            ("api", "adapter_postgres", false),
            ("adapter_postgres", "tokio-postgres", false),
            ("adapter_postgres", "filings", false),
        ];
        assert_eq!(findings(&good), Vec::<String>::new());
    }

    #[test]
    fn forbidden_arrows_are_named() {
        for bad in [
            ("filings", "clients", false),
            ("filings", "clients", true),
            ("filings", "tokio", false),
            ("filings", "serde", false),
            ("kernel", "filings", false),
            ("app", "adapter_postgres", false),
            ("adapter_postgres", "api", false),
            ("api", "testkit", false),
            ("stranger", "kernel", false),
        ] {
            let found = findings(&[bad]);
            assert_eq!(found.len(), 1, "{bad:?}: {found:?}");
            assert!(found.iter().all(|f| f.contains(bad.1)), "{found:?}");
        }
    }

    #[test]
    fn metadata_is_read() {
        let json = serde_json::json!({"packages": [
            {"name": "app", "dependencies": [{"name": "kernel", "kind": null}, {"name": "testkit", "kind": "dev"}]}
        ]});
        let uses = &Crates::of(&json).uses["app"];
        assert!(uses.contains(&("kernel".into(), false)) && uses.contains(&("testkit".into(), true)));
    }
}
