//! `cargo xtask up`: build what changed and run the server with demo data in the foreground.

use std::process::Command;

use crate::shell::{self, Outcome};
use crate::web;

/// Arguments: `--release`, `--port N`.
pub(crate) fn run(args: &[String]) -> Outcome {
    let mut release = false;
    let mut port = None;
    let mut words = args.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--release" => release = true,
            "--port" => {
                let number = words.next().and_then(|n| n.parse::<u16>().ok()).filter(|n| *n > 0);
                port = Some(number.ok_or("--port needs a number from 1 to 65535.")?);
            }
            other => return Err(format!("`up` does not know `{other}`; it takes --release and --port N.")),
        }
    }
    web::build()?;
    shell::heading("cargo build");
    build(release)?;
    development_pair(release)?;
    let mut server = Command::new(shell::program(release));
    server.args(["serve", "--demo"]).current_dir(shell::root());
    server.env("ZIPPCRM_WEB_DIR", shell::frontend().join("dist"));
    if let Some(port) = port {
        server.env("PORT", port.to_string());
    }
    println!();
    become_program(&mut server)
}

/// The signing pair for licences of development, beside the database. Production refuses what it signs.
fn development_pair(release: bool) -> Outcome {
    let state = std::env::var_os("ZIPPCRM_STATE_DIR").unwrap_or_else(|| ".zippcrm".into());
    let file = std::path::Path::new(&state).join("licence-dev.json");
    let mut keygen = Command::new(shell::program(release));
    keygen.args(["license", "keygen", "--dev", "--out"]).arg(file).current_dir(shell::root());
    shell::output(&mut keygen).map(drop)
}

/// Builds the `zippcrm` program.
pub(crate) fn build(release: bool) -> Outcome {
    let mut command = shell::cargo(&["build", "-p", "api", "--bin", "zippcrm"]);
    if release {
        command.arg("--release");
    }
    shell::run(&mut command)
}

/// Replaces this process, so that Ctrl-C, signals and the exit status are the server's own.
#[cfg(unix)]
fn become_program(server: &mut Command) -> Outcome {
    use std::os::unix::process::CommandExt;
    let error = server.exec();
    Err(format!("{} could not be started: {error}.", server.get_program().to_string_lossy()))
}

#[cfg(not(unix))]
fn become_program(server: &mut Command) -> Outcome {
    shell::run(server)
}
