//! Rules that a line of text shows: module comments, where configuration and transactions live, what may not
//! be named.

use crate::files::File;

/// All findings in all files.
pub(crate) fn check(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        named(file, &mut found);
        if file.is(&["rs"]) && !file.is_generated() {
            module_comment(file, &mut found);
            rust_lines(file, &mut found);
        }
    }
    found
}

fn module_comment(file: &File, found: &mut Vec<String>) {
    if !file.text.trim_start_matches('\u{feff}').starts_with("//!") {
        found.push(format!("{}:1: begin the file with a `//!` comment that says what it is", file.path));
    }
}

/// Hosts of package registries and paths of somebody's machine. Lock files must name their source.
fn named(file: &File, found: &mut Vec<String>) {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    if ["Cargo.lock", "package-lock.json"].contains(&name) {
        return;
    }
    for (number, line) in numbered(&file.text) {
        for host in hosts() {
            if line.contains(&host) {
                found.push(format!("{}:{number}: names a package registry's host", file.path));
            }
        }
        for path in machine_paths() {
            if let Some(at) = line.find(&path) {
                let before = line[..at].chars().next_back().unwrap_or(' ');
                // `frontend/root/x` and `$HOME/work/x` are not paths of a machine.
                if !before.is_alphanumeric() && !"_-./~}$*".contains(before) {
                    found.push(format!("{}:{number}: names a path of one machine (`{path}...`)", file.path));
                }
            }
        }
    }
}

/// Written in pieces: this file is checked as well.
fn hosts() -> Vec<String> {
    let pieces: [&[&str]; 8] = [
        &["crates", "io"],
        &["registry", "npmjs", "org"],
        &["registry", "yarnpkg", "com"],
        &["pypi", "org"],
        &["pythonhosted", "org"],
        &["proxy", "golang", "org"],
        &["rubygems", "org"],
        &["repo", "maven", "apache", "org"],
    ];
    pieces.iter().map(|p| p.join(".")).collect()
}

fn machine_paths() -> Vec<String> {
    ["work", "root"].iter().map(|dir| format!("/{dir}/")).collect()
}

fn rust_lines(file: &File, found: &mut Vec<String>) {
    let path = file.path.as_str();
    let test_file = path.contains("/tests/") || path.contains("/examples/") || path.contains("/benches/");
    let tool = ["xtask/", "crates/testkit/", "crates/bench/"].iter().any(|dir| path.starts_with(dir));
    let config = path.starts_with("crates/api/src/config") || path.ends_with("build.rs");
    let transactions = path.starts_with("crates/app/src/transact")
        || path == "crates/app/src/database.rs"
        || path.starts_with("crates/adapter_postgres/")
        || path.starts_with("crates/adapter_embedded_pg/")
        || path.starts_with("crates/api/src/worker");
    let names_adapters = !path.starts_with("crates/api/src/")
        || path.starts_with("crates/api/src/main.rs")
        || path.starts_with("crates/api/src/wiring");
    for (number, line) in numbered(&file.text) {
        let code = line.split("//").next().unwrap_or_default();
        let mut say = |text: &str| found.push(format!("{path}:{number}: {text}"));
        if !(tool || config || test_file) && code.contains(&["env", "::var"].concat()) {
            say("reads the environment; configuration is read in crates/api/src/config");
        }
        if !(tool || transactions || test_file) && opens_transaction(code) {
            say("begins or commits a transaction; use app::transact");
        }
        if !names_adapters && code.contains("adapter_") && !code.contains("\"adapter_") {
            say("names an adapter; only main.rs and wiring do");
        }
        if inner(path)
            && !tool
            && !test_file
            && ["#[tokio::main]", "tokio_postgres", "actix_web"].iter().any(|w| code.contains(w))
        {
            say("an inner crate does no I/O");
        }
    }
}

/// Calls without or with a short argument; a use case's own `commit_import(...)` is another matter.
fn opens_transaction(code: &str) -> bool {
    [
        ".begin().await",
        ".commit().await",
        ".begin_transaction(",
        ".build_transaction(",
        "\"BEGIN\"",
        "\"COMMIT\"",
    ]
    .iter()
    .any(|call| code.contains(call))
}

fn inner(path: &str) -> bool {
    let name = path.strip_prefix("crates/").and_then(|p| p.split('/').next()).unwrap_or_default();
    !name.is_empty() && name != "api" && name != "testkit" && !name.starts_with("adapter_")
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(i, line)| (i + 1, line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> Vec<String> {
        check(&[File { path: path.to_owned(), text: text.to_owned() }])
    }

    #[test]
    fn every_rust_file_says_what_it_is() {
        assert_eq!(findings("crates/app/src/a.rs", "use x;\n").len(), 1);
        assert!(findings("crates/app/src/a.rs", "//! A.\nuse x;\n").is_empty());
        assert!(findings("crates/dbq/src/lib.rs", "// This file was generated with clorinde\n").is_empty());
    }

    #[test]
    fn the_environment_is_read_in_one_place() {
        let text = format!("//! A.\nlet x = std::{}(\"X\");\n", ["env", "::var"].concat());
        assert_eq!(findings("crates/app/src/a.rs", &text).len(), 1);
        assert_eq!(findings("crates/api/src/main.rs", &text).len(), 1);
        for fine in [
            "crates/api/src/config/mail.rs",
            "crates/api/src/config.rs",
            "xtask/src/up.rs",
            "crates/api/tests/a.rs",
            "crates/rulebook/build.rs",
        ] {
            assert!(findings(fine, &text).is_empty(), "{fine}");
        }
    }

    #[test]
    fn transactions_begin_in_one_place() {
        let text = "//! A.\nlet tx = db.begin().await?;\n";
        assert_eq!(findings("crates/api/src/filings/list.rs", text).len(), 1);
        assert!(findings("crates/app/src/transact.rs", text).is_empty());
        assert!(findings("crates/adapter_postgres/src/tx.rs", text).is_empty());
        assert!(
            findings("crates/api/src/clients/a.rs", "//! A.\nimports.commit_import(x).await?;\n").is_empty()
        );
    }

    #[test]
    fn adapters_are_wired_in_one_place() {
        let text = "//! A.\nuse adapter_postgres::Pool;\n";
        assert_eq!(findings("crates/api/src/filings/list.rs", text).len(), 1);
        assert!(findings("crates/api/src/wiring.rs", text).is_empty());
        assert!(findings("crates/api/src/main.rs", text).is_empty());
    }

    #[test]
    fn registries_and_machine_paths_are_not_named() {
        let host = hosts().remove(1);
        assert_eq!(findings("docs/a.md", &format!("see {host}")).len(), 1);
        assert!(findings("frontend/package-lock.json", &host).is_empty());
        for path in machine_paths() {
            assert_eq!(findings("docs/a.md", &format!("run `{path}main/x`")).len(), 1);
            assert!(findings("docs/a.md", &format!("see frontend{path}x and ~{path}y")).is_empty());
        }
    }
}
