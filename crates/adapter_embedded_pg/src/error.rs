//! What can go wrong, in words for the person at the terminal.

use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};

/// Why the embedded server could not be started or stopped.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedPgError {
    /// No directory with `postgres` and `initdb` was found.
    #[error(
        "No PostgreSQL programs were found. Run `npm ci` in the frontend directory, or set CRM_PG_BIN to a \
         directory with `postgres` and `initdb` (version 16 or later), or set DATABASE_URL to a running server. \
         Looked in: {looked}"
    )]
    NoBinaries {
        /// The places that were tried, separated by commas.
        looked: String,
    },
    /// The programs exist but do not run.
    #[error(
        "The PostgreSQL programs in {dir} do not run: {detail}. Install them again, or set CRM_PG_BIN to others."
    )]
    BrokenBinaries {
        /// Directory of the programs.
        dir: PathBuf,
        /// What the program or the system said.
        detail: String,
    },
    /// The programs are older than the oldest supported major version.
    #[error(
        "The PostgreSQL programs in {dir} are version {found}; version 16 or later is needed. Set CRM_PG_BIN."
    )]
    TooOld {
        /// Directory of the programs.
        dir: PathBuf,
        /// Their major version.
        found: u32,
    },
    /// Another process holds the state directory.
    #[error(
        "The data directory {dir} is in use by process {pid}. Stop it, or set ZIPPCRM_STATE_DIR to another \
         directory."
    )]
    InUse {
        /// The state directory.
        dir: PathBuf,
        /// Its holder's process id, or "unknown".
        pid: String,
    },
    /// The data was made by another major version.
    #[error(
        "The data in {dir} was made by PostgreSQL {data}, but the programs are PostgreSQL {programs}. Set \
         CRM_PG_BIN to PostgreSQL {data}, or set ZIPPCRM_STATE_DIR to an empty directory to begin anew."
    )]
    WrongMajor {
        /// The data directory.
        dir: PathBuf,
        /// Major version in `PG_VERSION`.
        data: String,
        /// Major version of the programs.
        programs: u32,
    },
    /// The data directory holds files but no cluster; it is left alone.
    #[error("{dir} is not a PostgreSQL data directory. Move it away, or set ZIPPCRM_STATE_DIR.")]
    NotACluster {
        /// The data directory.
        dir: PathBuf,
    },
    /// The data belongs to another account and we may not change to it.
    #[error(
        "The data in {dir} belongs to user id {owner}, but this process runs as user id {ours}. Start it as that \
         user or as root, or set ZIPPCRM_STATE_DIR."
    )]
    ForeignOwner {
        /// The data directory.
        dir: PathBuf,
        /// User id of the owner.
        owner: u32,
        /// Our user id.
        ours: u32,
    },
    /// A directory in the shared temp root exists and is not safely ours.
    #[error("{dir} exists but is not a private directory of user id {uid}. Remove it and start again.")]
    UnsafeDirectory {
        /// The directory.
        dir: PathBuf,
        /// The user id that should own it.
        uid: u32,
    },
    /// `initdb` failed.
    #[error("The database could not be created in {dir}: {output}")]
    Initdb {
        /// The directory it was to fill.
        dir: PathBuf,
        /// The last lines `initdb` wrote.
        output: String,
    },
    /// The server ended before it answered.
    #[error("PostgreSQL stopped while starting ({status}). The end of {log} says:\n{tail}")]
    EarlyExit {
        /// Exit status in words.
        status: String,
        /// The log file.
        log: PathBuf,
        /// Its last lines.
        tail: String,
    },
    /// The server runs but did not answer in time.
    #[error("PostgreSQL did not answer within {seconds} seconds. The end of {log} says:\n{tail}")]
    NotReady {
        /// How long we waited.
        seconds: u64,
        /// The log file.
        log: PathBuf,
        /// Its last lines.
        tail: String,
    },
    /// A server left behind by an earlier run would not stop.
    #[error(
        "An earlier PostgreSQL of {dir} (process {pid}) does not stop. End it with `kill -QUIT {pid}` and start \
         again."
    )]
    OrphanStays {
        /// The data directory.
        dir: PathBuf,
        /// The server's process id.
        pid: u32,
    },
    /// A file operation failed.
    #[error("Could not {what} {path}: {source}")]
    Io {
        /// The operation, as a verb phrase.
        what: &'static str,
        /// The file or directory.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// The helper task of the start was cancelled (the runtime is shutting down).
    #[error("The start of the embedded database was interrupted: {0}")]
    Interrupted(String),
}

impl EmbeddedPgError {
    /// Wraps an I/O error with what was tried, for use in `map_err`.
    pub(crate) fn io(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Io { what, path, source }
    }

    /// Wraps the failure of a helper task.
    pub(crate) fn interrupted(cause: impl Display) -> Self {
        Self::Interrupted(cause.to_string())
    }
}
