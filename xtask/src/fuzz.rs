//! `cargo xtask fuzz [TARGET] [--seconds N]`: libFuzzer on the doors of `crates/fuzzing`, through cargo-fuzz.
//!
//! The kept inputs in `fuzz/corpus` are the seeds; what a run finds goes below the target directory, so that the
//! kept corpus stays small. An input that breaks a promise is named, with the command that replays it; once
//! mended it is added to `fuzz/corpus`, where `cargo xtask test` replays it for ever.

use std::fs;
use std::process::Command;

use crate::shell::{self, Outcome};

const TARGETS: [&str; 4] = ["pack", "evaluator", "identifiers", "importer"];

/// Runs one target or all, each for the seconds given (60).
pub(crate) fn run(args: &[String]) -> Outcome {
    let (targets, seconds) = parse(args)?;
    let program = cargo_fuzz()?;
    for target in targets {
        shell::heading(&format!("fuzz {target}, {seconds} s"));
        let found = shell::target_dir().join("fuzz-found").join(target);
        fs::create_dir_all(&found).map_err(|e| format!("{}: {e}", found.display()))?;
        let mut command = Command::new(&program);
        command
            .args(["fuzz", "run", "--target-dir"])
            .arg(shell::target_dir().join("fuzz"))
            .arg(target)
            .arg(&found)
            .arg(shell::root().join("fuzz/corpus").join(target))
            .args(["--", &format!("-max_total_time={seconds}"), "-timeout=20", "-rss_limit_mb=2048"])
            .args(["-max_len=65536", "-print_final_stats=1"])
            .current_dir(shell::root())
            // The sanitizer's flags are not stable yet; this lets the stable compiler take them.
            .env("RUSTC_BOOTSTRAP", "1");
        shell::run(&mut command)?;
    }
    Ok(())
}

fn parse(args: &[String]) -> Result<(Vec<&'static str>, u32), String> {
    let (mut targets, mut seconds) = (Vec::new(), 60);
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        if arg == "--seconds" {
            let number = rest.next().and_then(|text| text.parse().ok()).filter(|n| *n > 0);
            seconds = number.ok_or("Give `--seconds` a number above 0.")?;
        } else {
            let known = TARGETS.iter().find(|name| *name == arg);
            let known =
                known.ok_or(format!("There is no fuzz target `{arg}`; there are {}.", TARGETS.join(", ")))?;
            targets.push(*known);
        }
    }
    Ok((if targets.is_empty() { TARGETS.to_vec() } else { targets }, seconds))
}

/// cargo-fuzz from the path, or built once below the target directory.
fn cargo_fuzz() -> Result<std::path::PathBuf, String> {
    if shell::has("cargo-fuzz") {
        return Ok("cargo-fuzz".into());
    }
    let tools = shell::target_dir().join("tools");
    let program = tools.join("bin/cargo-fuzz");
    if !program.is_file() {
        shell::heading("installing cargo-fuzz");
        let mut install = shell::cargo(&["install", "cargo-fuzz", "--locked", "--root"]);
        shell::run(install.arg(&tools))?;
    }
    Ok(program)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn arguments_are_read_and_refused() {
        assert_eq!(parse(&[]), Ok((TARGETS.to_vec(), 60)));
        assert_eq!(parse(&words("importer --seconds 5")), Ok((vec!["importer"], 5)));
        assert!(parse(&words("--seconds 0")).is_err());
        assert!(parse(&words("nothing")).is_err_and(|e| e.contains("evaluator")));
    }
}
