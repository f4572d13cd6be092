//! `cargo xtask tidy`: the house rules that text and `cargo metadata` can show.

mod arrows;
mod size;
mod sql;
mod text;

use crate::files;
use crate::shell::Outcome;

/// Runs every check and lists all findings.
pub(crate) fn run() -> Outcome {
    let files = files::all()?;
    let mut found = arrows::check(&arrows::Crates::load()?);
    found.extend(text::check(&files));
    found.extend(size::check(&files)?);
    found.extend(sql::check(&files));
    if found.is_empty() {
        println!("tidy: {} files, nothing to say", files.len());
        return Ok(());
    }
    let count = found.len();
    Err(format!("{}\ntidy: {count} finding{}", found.join("\n"), if count == 1 { "" } else { "s" }))
}
