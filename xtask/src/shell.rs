//! Running other programs and knowing where we are.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;

/// What every command returns: nothing, or a message for the person at the terminal.
pub(crate) type Outcome = Result<(), String>;

/// The repository's root directory.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// The `frontend` directory.
pub(crate) fn frontend() -> PathBuf {
    root().join("frontend")
}

/// Cargo's target directory, from the environment or the default place.
pub(crate) fn target_dir() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// The built `zippcrm` program.
pub(crate) fn program(release: bool) -> PathBuf {
    target_dir().join(if release { "release" } else { "debug" }).join("zippcrm")
}

/// A `cargo` command in the root.
pub(crate) fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    command.args(args).current_dir(root());
    // `cargo xtask` runs us with these set for xtask itself; a nested cargo must not see them.
    for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME"] {
        command.env_remove(name);
    }
    command
}

/// An `npm` command in the frontend directory.
pub(crate) fn npm(args: &[&str]) -> Command {
    let mut command = Command::new("npm");
    command.args(args).current_dir(frontend()).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    command
}

/// Prints a heading so that long output can be followed.
pub(crate) fn heading(text: &str) {
    println!("\n== {text}");
}

/// Runs a command; its failure is an error that names it.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let name = describe(command);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{name}` failed ({status}).")),
        Err(e) => Err(format!("`{name}` could not be started: {e}.")),
    }
}

/// Runs a command and returns what it wrote to its standard output.
pub(crate) fn output(command: &mut Command) -> Result<Vec<u8>, String> {
    let name = describe(command);
    let output = command.stderr(Stdio::inherit()).output();
    match output {
        Ok(o) if o.status.success() => Ok(o.stdout),
        Ok(o) => Err(format!("`{name}` failed ({}).", o.status)),
        Err(e) => Err(format!("`{name}` could not be started: {e}.")),
    }
}

/// Runs a command, shows its output as it comes, and returns whether it succeeded together with all lines.
pub(crate) fn watch(command: &mut Command) -> Result<(bool, Vec<String>), String> {
    let name = describe(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| format!("`{name}` could not be started: {e}."))?;
    let (lines, all) = mpsc::channel();
    let pipes: [Option<Box<dyn Read + Send>>; 2] = [
        child.stdout.take().map(|p| Box::new(p) as Box<dyn Read + Send>),
        child.stderr.take().map(|p| Box::new(p) as Box<dyn Read + Send>),
    ];
    for pipe in pipes.into_iter().flatten() {
        let lines = lines.clone();
        thread::spawn(move || forward(pipe, &lines));
    }
    drop(lines);
    let mut seen = Vec::new();
    for line in all {
        println!("{line}");
        seen.push(line);
    }
    let status = child.wait().map_err(|e| format!("`{name}`: {e}."))?;
    Ok((status.success(), seen))
}

fn forward(pipe: impl Read, lines: &mpsc::Sender<String>) {
    let mut reader = BufReader::new(pipe);
    let mut bytes = Vec::new();
    while matches!(reader.read_until(b'\n', &mut bytes), Ok(n) if n > 0) {
        let text = String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_owned();
        bytes.clear();
        if lines.send(text).is_err() {
            return;
        }
    }
}

/// True when `program` is on the path and answers `--version`.
pub(crate) fn has(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .stdin(Stdio::null())
        .status()
        .is_ok_and(|s| s.success())
}

/// True for the super-user, who may install Debian packages.
pub(crate) fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|o| String::from_utf8_lossy(&o.stdout).trim() == "0")
}

/// Installs Debian packages.
pub(crate) fn apt_install(packages: &[&str]) -> Outcome {
    let apt = |args: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(["-q", "-o", "Acquire::Retries=3", "-o", "DPkg::Lock::Timeout=300"]);
        // What is installed for tests does not start as a service.
        command.args(args).env("DEBIAN_FRONTEND", "noninteractive").env("RUNLEVEL", "1");
        run(&mut command)
    };
    apt(&["update"])?;
    apt(&[&["install", "-y", "--no-install-recommends"], packages].concat())
}

/// Reads a text file, with a readable error.
pub(crate) fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| format!("Could not read {}: {e}.", path.display()))
}

/// Writes a file and the directories above it, with a readable error.
pub(crate) fn write(path: &Path, content: &[u8]) -> Outcome {
    if let Some(dir) = path.parent() {
        std::fs::create_dir_all(dir).map_err(|e| format!("Could not create {}: {e}.", dir.display()))?;
    }
    let mut file =
        std::fs::File::create(path).map_err(|e| format!("Could not write {}: {e}.", path.display()))?;
    file.write_all(content).map_err(|e| format!("Could not write {}: {e}.", path.display()))
}

/// A command as one line of text.
fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|w| w.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}
