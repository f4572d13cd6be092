//! `cargo xtask bench`: the speed table. Builds in release, finds `pgbench`, and hands over to the `bench` program.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{self, Outcome};

/// Arguments: `--size full|tenth|both`, `--seconds N`; the program judges them.
pub(crate) fn run(args: &[String]) -> Outcome {
    let pgbench = pgbench()?;
    shell::heading("cargo build --release");
    shell::run(&mut shell::cargo(&["build", "--release", "-p", "bench", "-p", "api", "--bins"]))?;
    shell::heading("identifier checks");
    shell::run(&mut shell::cargo(&["run", "--release", "-p", "kyc", "--example", "gstin_speed"]))?;
    shell::heading("the speed table");
    let mut command = Command::new(shell::program(true).with_file_name("bench"));
    command.current_dir(shell::root()).args(args);
    command.arg("--server").arg(shell::program(true));
    command.arg("--pgbench").arg(pgbench);
    command.arg("--results").arg(shell::root().join("bench-results"));
    shell::run(&mut command)
}

/// The program that measures PostgreSQL; on Debian as root installed when absent.
fn pgbench() -> Result<PathBuf, String> {
    if let Some(found) = find() {
        return Ok(found);
    }
    shell::heading("installing pgbench");
    let apt = |args: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(["-q", "-o", "Acquire::Retries=3", "-o", "DPkg::Lock::Timeout=300"]);
        command.args(args).env("DEBIAN_FRONTEND", "noninteractive");
        shell::run(&mut command)
    };
    let installed = Path::new("/etc/debian_version").exists()
        && apt(&["update"])
            .and_then(|()| apt(&["install", "-y", "--no-install-recommends", "postgresql"]))
            .is_ok();
    find().filter(|_| installed).ok_or_else(|| {
        "pgbench is missing. Install PostgreSQL's own programs with your system's package manager (on Debian: \
         `sudo apt-get install postgresql`) and run this again."
            .into()
    })
}

/// On the path, or where Debian keeps it. The newest, because it knows the newest server.
fn find() -> Option<PathBuf> {
    let versions =
        (15..30).rev().map(|major| PathBuf::from(format!("/usr/lib/postgresql/{major}/bin/pgbench")));
    versions
        .into_iter()
        .find(|path| path.is_file())
        .or_else(|| shell::has("pgbench").then(|| "pgbench".into()))
}
