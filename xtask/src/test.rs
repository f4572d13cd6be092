//! `cargo xtask test`: Rust tests, Vitest, and Playwright against the real server; one line of counts at the end.

use std::path::Path;

use crate::server::{DEMO_PASSWORD, DEMO_TOTP, Server};
use crate::shell::{self, Outcome};
use crate::summary::{Counts, judge};
use crate::{chromium, python, redis, up, web};

/// One runner.
type Part = fn() -> Result<Counts, String>;

/// Arguments: any of `--rust`, `--web`, `--e2e`; none means all.
pub(crate) fn run(args: &[String]) -> Outcome {
    let counts = count(args)?;
    counts.print();
    // The counts are the last line, also when something failed.
    if counts.failed > 0 { Err(String::new()) } else { Ok(()) }
}

/// Runs the parts and adds up their counts.
pub(crate) fn count(args: &[String]) -> Result<Counts, String> {
    if let Some(unknown) = args.iter().find(|a| !["--rust", "--web", "--e2e"].contains(&a.as_str())) {
        return Err(format!("`test` does not know `{unknown}`; it takes --rust, --web and --e2e."));
    }
    let wants = |part: &str| args.is_empty() || args.iter().any(|a| a == part);
    // The packages also bring the PostgreSQL programs that the Rust tests run.
    if let Err(message) = web::install() {
        return Ok(broken(&message));
    }
    let mut counts = Counts::default();
    let parts: [(&str, Part); 3] = [("--rust", rust), ("--web", vitest), ("--e2e", e2e)];
    for (_, part) in parts.iter().filter(|(name, _)| wants(name)) {
        counts += part().unwrap_or_else(|message| broken(&message));
    }
    Ok(counts)
}

/// A part that could not run is a failure.
fn broken(message: &str) -> Counts {
    eprintln!("{message}");
    Counts { named: vec![message.to_owned()], ..Counts::of(0, 1) }
}

fn vitest() -> Result<Counts, String> {
    shell::heading("Vitest");
    watched(&mut shell::npm(&["run", "test"]))
}

fn rust() -> Result<Counts, String> {
    redis::require()?;
    let mut counts = Counts::default();
    if shell::has("cargo-nextest") {
        shell::heading("Rust tests (nextest)");
        let profile = if retries() { "ci" } else { "default" };
        let nextest = ["nextest", "run", "--workspace", "--no-fail-fast", "--profile", profile];
        counts += watched(&mut shell::cargo(&nextest))?;
        shell::heading("Rust documentation tests");
        counts += watched(&mut shell::cargo(&["test", "--workspace", "--doc", "--no-fail-fast"]))?;
    } else {
        shell::heading("Rust tests");
        counts += watched(&mut shell::cargo(&["test", "--workspace", "--no-fail-fast"]))?;
    }
    stop_test_server();
    Ok(counts)
}

/// In continuous integration a failed test is tried once more; it is named as flaky when it passes then.
fn retries() -> bool {
    std::env::var_os("CI").is_some()
}

fn e2e() -> Result<Counts, String> {
    let browser = chromium::require()?;
    let python = python::require()?;
    web::build()?;
    shell::heading("cargo build");
    up::build(false)?;
    shell::heading("Playwright");
    let server = Server::start()?;
    let mut command = shell::npm(&["run", "e2e"]);
    command.env("E2E_BASE_URL", server.url()).env("E2E_CHROMIUM", browser).env("E2E_PYTHON", python);
    command.env("E2E_TOTP", DEMO_TOTP).env("E2E_RETRIES", if retries() { "1" } else { "0" });
    command.env("E2E_PASSWORD", DEMO_PASSWORD).env("E2E_PROGRAM", shell::program(false)).env("CI", "1");
    watched(&mut command)
}

fn watched(command: &mut std::process::Command) -> Result<Counts, String> {
    let (succeeded, lines) = shell::watch(command)?;
    Ok(judge(succeeded, &lines))
}

/// Stops the shared PostgreSQL of the tests. It would stop by itself after a quarter of an hour unused.
fn stop_test_server() {
    let state = shell::target_dir().join("test-pg");
    let home = std::fs::read_link(state.join("elsewhere")).unwrap_or(state);
    let Some(pid) = postmaster(&home) else { return };
    drop(std::process::Command::new("kill").args(["-INT", &pid]).status());
}

/// The process id in the server's own pid file.
fn postmaster(home: &Path) -> Option<String> {
    let text = std::fs::read_to_string(home.join("data/postmaster.pid")).ok()?;
    let pid = text.lines().next()?.trim().to_owned();
    pid.parse::<u32>().is_ok_and(|n| n > 1).then_some(pid)
}
