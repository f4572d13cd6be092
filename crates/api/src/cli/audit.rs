//! `zippcrm audit`: checks a proof without a server, a database or our word. Exit code 0: intact; 1: not what was sealed; 2: the
//! files cannot be read.

use super::fail;
use super::progress::Progress;
use clap::Subcommand;
use proof::bundle::{CHECKPOINTS, ENTRIES, KEYS, MANIFEST};
use proof::{Broken, Checkpoint, KeyRecord, Line, Manifest, PublicKey, Report, Stored, Trust, Verifier};
use serde::de::DeserializeOwned;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use zip::ZipArchive;

/// What to do.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Check a bundle; names the first entry that is not what was sealed.
    Verify {
        /// The archive.
        bundle: PathBuf,
        /// A checkpoint that was kept elsewhere: finds the newest entries gone, and a history that was signed anew.
        #[arg(long)]
        checkpoint: Option<PathBuf>,
        /// The firm's public key: 64 hexadecimal digits, or a file with them.
        #[arg(long)]
        key: Option<String>,
    },
    /// Make a new key that signs the journal after the next start; the present one vouches for it.
    RotateKey,
}

/// Why there is no good answer.
enum Failure {
    Unreadable(String),
    Broken(Broken),
}

impl From<Broken> for Failure {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

/// Runs what needs no server; `None` for the others.
pub fn run(command: &AuditCommand) -> Option<ExitCode> {
    let AuditCommand::Verify { bundle, checkpoint, key } = command else { return None };
    Some(match trust(checkpoint.as_deref(), key.as_deref()).and_then(|trust| verify(bundle, &trust)) {
        Ok((manifest, report)) => super::print(&words(&manifest, &report)),
        Err(Failure::Broken(broken)) => {
            let entry = match (broken.entry, broken.leaf) {
                (Some(id), _) => format!("\nFirst broken entry: {id}"),
                // what is gone has no id any more
                (None, Some(leaf)) => format!("\nFirst broken place: {leaf}"),
                (None, None) => String::new(),
            };
            fail(&format!("NOT INTACT: {broken}{entry}"), 1)
        }
        Err(Failure::Unreadable(why)) => fail(&why, 2),
    })
}

fn words(manifest: &Manifest, report: &Report) -> String {
    let mut out = format!("INTACT: {} entries of {}", report.entries, manifest.firm_name);
    if let Some(last) = &report.last {
        out.push_str(&format!(
            "\nCheckpoint of {} over {} entries, root {}, key {}",
            last.at, last.size, last.root, last.key
        ));
    }
    for note in &report.notes {
        out.push_str(&format!("\nNote: {note}"));
    }
    out
}

fn unreadable(what: &str, why: impl std::fmt::Display) -> Failure {
    Failure::Unreadable(format!("{what} cannot be read: {why}"))
}

fn trust(checkpoint: Option<&Path>, key: Option<&str>) -> Result<Trust, Failure> {
    let mut trust = Trust::default();
    if let Some(path) = checkpoint {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| unreadable(&name, error))?;
        let stored: Stored = serde_json::from_str(&text).map_err(|error| unreadable(&name, error))?;
        trust.stored = Some(stored);
    }
    if let Some(key) = key {
        let text = if Path::new(key).is_file() {
            std::fs::read_to_string(key).map_err(|error| unreadable(key, error))?
        } else {
            key.to_owned()
        };
        let read =
            PublicKey::parse(&text).ok_or_else(|| unreadable("--key", "it is 64 hexadecimal digits"))?;
        trust.key = Some(read);
    }
    Ok(trust)
}

fn verify(path: &Path, trust: &Trust) -> Result<(Manifest, Report), Failure> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|error| unreadable(&name, error))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| unreadable(&name, error))?;
    let mut text = String::new();
    part(&mut archive, MANIFEST)?.read_to_string(&mut text).map_err(|error| unreadable(MANIFEST, error))?;
    let manifest: Manifest = serde_json::from_str(&text).map_err(|error| unreadable(MANIFEST, error))?;
    let (mut keys, mut checkpoints) = (Vec::<KeyRecord>::new(), Vec::<Checkpoint>::new());
    each_line(part(&mut archive, KEYS)?, KEYS, |key| {
        keys.push(key);
        Ok(())
    })?;
    each_line(part(&mut archive, CHECKPOINTS)?, CHECKPOINTS, |checkpoint| {
        checkpoints.push(checkpoint);
        Ok(())
    })?;
    let whole = checkpoints.last().map_or(0, |last| last.size);
    let mut verifier = Verifier::new(manifest.clone(), &keys, checkpoints, trust)?;
    let mut progress = Progress::new(manifest.whole.then_some(whole));
    let read = each_line(part(&mut archive, ENTRIES)?, ENTRIES, |line: Line| {
        progress.step();
        verifier.entry(&line).map_err(Failure::from)
    });
    progress.end();
    read?;
    Ok((manifest, verifier.finish()?))
}

fn part<'a>(archive: &'a mut ZipArchive<BufReader<File>>, name: &str) -> Result<impl Read + 'a, Failure> {
    archive.by_name(name).map_err(|error| unreadable(name, error))
}

/// Reads a file of one JSON value a line, without keeping it.
fn each_line<T: DeserializeOwned>(
    from: impl Read,
    name: &str,
    mut take: impl FnMut(T) -> Result<(), Failure>,
) -> Result<(), Failure> {
    for (number, line) in BufReader::new(from).lines().enumerate() {
        let line = line.map_err(|error| unreadable(name, error))?;
        if line.is_empty() {
            continue;
        }
        let value = serde_json::from_str(&line)
            .map_err(|error| unreadable(&format!("{name}, line {}", number + 1), error))?;
        take(value)?;
    }
    Ok(())
}
