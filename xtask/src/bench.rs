//! `cargo xtask bench`: the speed of the pure parts, in release builds. The server's figures, as ratios to the
//! database's own, come with the issue that sets goals for them.

use crate::shell::{self, Outcome};

/// Takes no arguments.
pub(crate) fn run(_args: &[String]) -> Outcome {
    shell::heading("identifier checks");
    shell::run(&mut shell::cargo(&["run", "--release", "-p", "kyc", "--example", "gstin_speed"]))?;
    shell::heading("due dates and plans");
    shell::run(&mut shell::cargo(&["run", "--release", "-p", "rulebook", "--example", "speed"]))
}
