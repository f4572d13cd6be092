//! One holder per state directory: an advisory lock that the kernel drops when the holder dies.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::error::EmbeddedPgError;

/// Name of the lock file in the state directory; its text is the holder's process id.
const NAME: &str = "lock";

/// How long a new starter waits for a holder that is just going.
const PATIENCE: Duration = Duration::from_secs(1);

/// Held as long as this value lives.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
}

impl Drop for Lock {
    /// Said aloud and not left to closing the file: a process that another thread is forking at this moment
    /// has a copy of the open file until it runs its program, and would keep the lock as long.
    fn drop(&mut self) {
        drop(self.file.unlock());
    }
}

impl Lock {
    /// Takes the lock of `state_dir`, or says who holds it.
    pub(crate) fn take(state_dir: &Path) -> Result<Self, EmbeddedPgError> {
        let path = state_dir.join(NAME);
        let file = open(&path)?;
        let begin = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return sign(file, &path),
                Err(TryLockError::WouldBlock) if begin.elapsed() < PATIENCE => {
                    thread::sleep(Duration::from_millis(50));
                }
                Err(TryLockError::WouldBlock) => {
                    let pid = fs::read_to_string(&path).unwrap_or_default().trim().to_owned();
                    let pid = if pid.is_empty() { "unknown".to_owned() } else { pid };
                    return Err(EmbeddedPgError::InUse { dir: state_dir.to_path_buf(), pid });
                }
                Err(TryLockError::Error(source)) => {
                    return Err(EmbeddedPgError::Io { what: "lock", path, source });
                }
            }
        }
    }

    /// Takes the lock, waiting for the present holder to finish.
    pub(crate) fn wait(state_dir: &Path) -> Result<Self, EmbeddedPgError> {
        let path = state_dir.join(NAME);
        let file = open(&path)?;
        file.lock().map_err(EmbeddedPgError::io("lock", &path))?;
        sign(file, &path)
    }
}

fn open(path: &Path) -> Result<File, EmbeddedPgError> {
    File::options()
        .create(true)
        .read(true)
        .write(true)
        .truncate(false)
        .open(path)
        .map_err(EmbeddedPgError::io("open", path))
}

fn sign(mut file: File, path: &Path) -> Result<Lock, EmbeddedPgError> {
    file.set_len(0)
        .and_then(|()| writeln!(file, "{}", std::process::id()))
        .map_err(EmbeddedPgError::io("write", path))?;
    Ok(Lock { file })
}
