//! `cargo xtask gen`: the committed files that are made from the program; `--check` compares instead.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::shell::{self, Outcome};
use crate::{up, web};

/// The generated files, relative to the root.
const FILES: [&str; 3] = ["docs/openapi.json", "docs/permissions.txt", "frontend/src/api/schema.d.ts"];

/// Writes all generated files. With `--check` the files are put back as they were and a difference is an error.
pub(crate) fn run(args: &[String]) -> Outcome {
    let check = match args {
        [] => false,
        [word] if word == "--check" => true,
        _ => return Err("`gen` takes --check or nothing.".into()),
    };
    web::install()?;
    up::build(false)?;
    let before: Vec<Option<Vec<u8>>> = paths().iter().map(|p| fs::read(p).ok()).collect();
    let written = write_all();
    if !check {
        return written;
    }
    let mut stale = Vec::new();
    for ((path, name), old) in paths().iter().zip(FILES).zip(before) {
        if fs::read(path).ok() != old {
            stale.push(name);
            match old {
                Some(content) => shell::write(path, &content)?,
                None => drop(fs::remove_file(path)),
            }
        }
    }
    written?;
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!("Stale: {}. Run `cargo xtask gen` and commit the result.", stale.join(", ")))
}

fn paths() -> Vec<PathBuf> {
    FILES.iter().map(|f| shell::root().join(f)).collect()
}

fn write_all() -> Outcome {
    let program = shell::program(false);
    for (word, file) in [("openapi", FILES[0]), ("permissions", FILES[1])] {
        let text = shell::output(Command::new(&program).arg(word).current_dir(shell::root()))?;
        shell::write(&shell::root().join(file), &text)?;
    }
    shell::run(&mut shell::npm(&["run", "gen:api"]))
}
