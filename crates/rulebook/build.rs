//! Embeds every file under `packs/` and refuses to build when one of them is not good law data.

#[path = "src/law/mod.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "the build uses only the parser; the crate uses the rest"
)]
mod law;

use std::path::{Path, PathBuf};
use std::{env, fs, process};

fn main() {
    if let Err(reason) = run() {
        eprintln!("\nrule packs are not valid: {reason}\n");
        process::exit(1);
    }
}

fn run() -> Result<(), String> {
    println!("cargo::rerun-if-changed=packs");
    println!("cargo::rerun-if-changed=src/law");
    #[expect(clippy::disallowed_methods, reason = "cargo hands a build script its folders this way")]
    let (here, out) = match (env::var("CARGO_MANIFEST_DIR"), env::var("OUT_DIR")) {
        (Ok(here), Ok(out)) => (PathBuf::from(here), PathBuf::from(out)),
        _ => return Err("cargo did not say where the crate is".into()),
    };
    let mut files = Vec::new();
    collect(&here.join("packs"), &mut files)?;
    files.sort();
    let mut sources = Vec::new();
    let mut listing = String::from("&[\n");
    for path in &files {
        let name = path.strip_prefix(&here).map_err(|e| e.to_string())?.to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(path).map_err(|e| format!("{name}: {e}"))?;
        let full = path.to_string_lossy().into_owned();
        listing.push_str(&format!("    ({name:?}, include_str!({full:?})),\n"));
        sources.push((name, text));
    }
    listing.push_str("]\n");
    let borrowed: Vec<(&str, &str)> = sources.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    law::parse_sources(&borrowed).map_err(|e| e.to_string())?;
    fs::write(out.join("packs.rs"), listing).map_err(|e| e.to_string())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    for entry in fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))? {
        let path = entry.map_err(|e| e.to_string())?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "toml") {
            files.push(path);
        }
    }
    Ok(())
}
