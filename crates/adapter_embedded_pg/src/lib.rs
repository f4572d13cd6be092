//! A PostgreSQL server of our own: real binaries, started and stopped by the process that needs it.
//!
//! The server listens on a unix socket only, keeps its data in a state directory, never runs as root, and
//! does not outlive the process that started it (Linux; elsewhere the next start stops the orphan).
//!
//! * [`EmbeddedPg::start`]: a server owned by this process, for `zippcrm serve` without `DATABASE_URL`.
//! * [`shared::ensure`]: one throw-away server shared by many test processes.

mod account;
mod binaries;
mod cluster;
mod error;
mod layout;
mod lock;
mod orphan;
mod server;
pub mod shared;
mod sys;

pub use error::EmbeddedPgError;
pub use server::EmbeddedPg;

use std::path::PathBuf;

/// Name of the superuser of every embedded cluster.
pub const SUPERUSER: &str = "crm";

/// The oldest PostgreSQL major version that is accepted.
pub const OLDEST_MAJOR: u32 = 16;

/// How and where to run the server.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Directory that holds the data, the log, the lock and the socket; created when absent.
    pub state_dir: PathBuf,
    /// A directory with the PostgreSQL programs (what `CRM_PG_BIN` names). When set, nothing else is tried.
    /// Accepted: the `bin` directory itself, its parent, or a directory with `@embedded-postgres/<platform>`.
    pub bin: Option<PathBuf>,
    /// More places to look for the programs, in order, before the system's usual directories
    /// (for example `frontend/node_modules`).
    pub search: Vec<PathBuf>,
    /// Server settings passed as `-c name=value`; they win over our defaults.
    pub settings: Vec<(String, String)>,
    /// The data may be lost (tests): no syncing to disk, and a state directory that the server's account
    /// cannot reach is replaced by one below the temp root instead of one below `/var/lib`.
    pub scratch: bool,
}

impl Options {
    /// Options for a server with its state in `state_dir` and everything else at its default.
    pub fn new(state_dir: impl Into<PathBuf>) -> Self {
        Self { state_dir: state_dir.into(), ..Self::default() }
    }
}
