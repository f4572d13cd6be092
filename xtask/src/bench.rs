//! `cargo xtask bench`: release builds, then the program's own benchmarks and the identifier check's speed.

use std::process::Command;

use crate::shell::{self, Outcome};
use crate::up;

/// Arguments are passed on to `zippcrm bench`.
pub(crate) fn run(args: &[String]) -> Outcome {
    shell::heading("identifier checks");
    shell::run(&mut shell::cargo(&["run", "--release", "-p", "kyc", "--example", "gstin_speed"]))?;
    shell::heading("release build");
    up::build(true)?;
    shell::heading("server");
    let mut bench = Command::new(shell::program(true));
    shell::run(bench.arg("bench").args(args).current_dir(shell::root()))
}
