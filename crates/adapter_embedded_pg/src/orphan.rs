//! What an earlier run left behind: a stale `postmaster.pid`, or a server without its parent.
//!
//! The caller holds the lock of the state directory, so no living process of ours owns the cluster.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::error::EmbeddedPgError;
use crate::sys::{self, Stop};

const STEP: Duration = Duration::from_millis(20);

/// The process id of a living PostgreSQL server of the data directory `data`, if there is one.
pub(crate) fn living_server(data: &Path) -> Option<u32> {
    let text = fs::read_to_string(data.join("postmaster.pid")).ok()?;
    let pid: u32 = text.lines().next()?.trim().parse().ok()?;
    serves(pid, data).then_some(pid)
}

/// Stops a server that is still running in `data` and removes stale lock files.
pub(crate) fn clear(data: &Path, socket: &Path) -> Result<(), EmbeddedPgError> {
    if let Some(pid) = living_server(data) {
        tracing::warn!("Stopping PostgreSQL process {pid}, left behind by an earlier run");
        stop(pid, data)?;
    }
    let socket_lock = socket.with_file_name(format!(
        "{}.lock",
        socket.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
    ));
    for stale in [data.join("postmaster.pid"), socket.to_path_buf(), socket_lock] {
        match fs::remove_file(&stale) {
            Ok(()) => tracing::info!("Removed the stale {}", stale.display()),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(EmbeddedPgError::io("remove", &stale)(e)),
        }
    }
    Ok(())
}

/// Stops the server `pid` of `data`: politely for 20 seconds, then at once.
pub(crate) fn stop(pid: u32, data: &Path) -> Result<(), EmbeddedPgError> {
    for (how, seconds) in [(Stop::Fast, 20), (Stop::Immediate, 10)] {
        sys::ask_to_stop(pid, how);
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_secs(seconds) {
            if !serves(pid, data) {
                return Ok(());
            }
            thread::sleep(STEP);
        }
    }
    Err(EmbeddedPgError::OrphanStays { dir: data.to_path_buf(), pid })
}

/// True when `pid` is a living PostgreSQL server of `data`. The server's working directory is its data
/// directory; a zombie or a stranger that got the same number has another one or none.
#[cfg(target_os = "linux")]
fn serves(pid: u32, data: &Path) -> bool {
    let cwd = fs::read_link(format!("/proc/{pid}/cwd"));
    let data = fs::canonicalize(data);
    let name = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
    matches!((cwd, data), (Ok(cwd), Ok(data)) if cwd == data) && name.trim() == "postgres"
}

/// True when `pid` is a living PostgreSQL server of `data`, by the command line that `ps` shows.
#[cfg(not(target_os = "linux"))]
fn serves(pid: u32, data: &Path) -> bool {
    let output =
        std::process::Command::new("ps").args(["-ww", "-o", "args=", "-p", &pid.to_string()]).output();
    output.is_ok_and(|o| {
        let line = String::from_utf8_lossy(&o.stdout).into_owned();
        line.contains("postgres") && line.contains(&*data.to_string_lossy())
    })
}
