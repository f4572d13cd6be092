//! Where the parts of a cluster live: data, log, socket; and what to do when the account cannot get there.

use std::fs::{self, DirBuilder};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::Options;
use crate::account::Account;
use crate::error::EmbeddedPgError;

/// A socket path may have about 107 bytes on Linux and 103 on macOS.
const LONGEST_SOCKET: usize = 100;
const SOCKET_NAME: &str = ".s.PGSQL.5432";
/// Link in the state directory to the data when the state directory itself is out of the account's reach.
const ELSEWHERE: &str = "elsewhere";

/// The directories and files of one cluster.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    /// The account that runs the server.
    pub(crate) account: Account,
    /// Directory with everything below; the state directory unless the account cannot reach that.
    pub(crate) home: PathBuf,
    /// The PostgreSQL data directory.
    pub(crate) data: PathBuf,
    /// The directory of the unix socket; mode 0700.
    pub(crate) socket_dir: PathBuf,
    /// The server's log.
    pub(crate) log: PathBuf,
}

impl Layout {
    /// Finds or makes the places for `options`. The state directory exists; the caller holds its lock.
    pub(crate) fn prepare(options: &Options) -> Result<Self, EmbeddedPgError> {
        let state =
            fs::canonicalize(&options.state_dir).map_err(EmbeddedPgError::io("open", &options.state_dir))?;
        let link = state.join(ELSEWHERE);
        let (home, account) = match fs::read_link(&link) {
            Ok(home) if home.is_dir() => (home.clone(), Account::choose(&home.join("data"))?),
            _ => {
                let account = Account::choose(&state.join("data"))?;
                if account.can_reach(&state) {
                    (state.clone(), account)
                } else {
                    let home = make_elsewhere(&state, account, options.scratch)?;
                    drop(fs::remove_file(&link));
                    std::os::unix::fs::symlink(&home, &link)
                        .map_err(EmbeddedPgError::io("create the link", &link))?;
                    tracing::info!(
                        "User id {} cannot reach {}; the data is kept in {}",
                        account.uid,
                        state.display(),
                        home.display()
                    );
                    (home, account)
                }
            }
        };
        let socket_dir = socket_dir(&home, account)?;
        Ok(Self { account, data: home.join("data"), log: home.join("postgres.log"), socket_dir, home })
    }

    /// The file of the listening socket.
    pub(crate) fn socket(&self) -> PathBuf {
        self.socket_dir.join(SOCKET_NAME)
    }

    /// The last lines of the log, for an error message.
    pub(crate) fn log_tail(&self) -> String {
        let text = fs::read(&self.log).map(|b| String::from_utf8_lossy(&b).into_owned()).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        let tail = lines.get(lines.len().saturating_sub(12)..).unwrap_or_default().join("\n");
        if tail.is_empty() { "(the log is empty)".to_owned() } else { tail }
    }
}

/// A directory that `account` can reach, named after the state directory: below `/var/lib`, or below the temp
/// root for data that may be lost.
fn make_elsewhere(state: &Path, account: Account, scratch: bool) -> Result<PathBuf, EmbeddedPgError> {
    let name = fingerprint(state);
    if scratch {
        let dir = temp_root(account).join(format!("zippcrm-scratch-{name}"));
        private_dir(&dir, account)?;
        return Ok(dir);
    }
    let root = Path::new("/var/lib/zippcrm");
    fs::create_dir_all(root).map_err(EmbeddedPgError::io("create", root))?;
    fs::set_permissions(root, fs::Permissions::from_mode(0o755))
        .map_err(EmbeddedPgError::io("set the mode of", root))?;
    // Never adopt the data of an earlier state directory at the same path: it was deleted on purpose.
    let mut dir = root.join(&name);
    let mut number = 1;
    while dir.exists() {
        number += 1;
        dir = root.join(format!("{name}-{number}"));
    }
    private_dir(&dir, account)?;
    Ok(dir)
}

/// The socket's directory: `run` in the home, or a short one below the temp root.
fn socket_dir(home: &Path, account: Account) -> Result<PathBuf, EmbeddedPgError> {
    let near = home.join("run");
    let dir = if near.join(SOCKET_NAME).as_os_str().len() <= LONGEST_SOCKET {
        near
    } else {
        temp_root(account).join(format!("zippcrm-{}", fingerprint(home)))
    };
    private_dir(&dir, account)?;
    Ok(dir)
}

/// The temp root, unless its path is long or out of reach, then `/tmp`.
fn temp_root(account: Account) -> PathBuf {
    let root = std::env::temp_dir();
    if root.as_os_str().len() <= 50 && account.can_reach(&root) { root } else { PathBuf::from("/tmp") }
}

/// Makes `dir` with mode 0700 for `account`; an existing one must already be exactly that. In a temp root
/// somebody else may have made it first, so it is judged without following links.
fn private_dir(dir: &Path, account: Account) -> Result<(), EmbeddedPgError> {
    match DirBuilder::new().mode(0o700).create(dir) {
        Ok(()) => return account.own(dir),
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
        Err(e) => return Err(EmbeddedPgError::io("create", dir)(e)),
    }
    let found = fs::symlink_metadata(dir).map_err(EmbeddedPgError::io("open", dir))?;
    if found.is_dir() && found.uid() == account.uid && found.mode() & 0o077 == 0 {
        Ok(())
    } else {
        Err(EmbeddedPgError::UnsafeDirectory { dir: dir.to_path_buf(), uid: account.uid })
    }
}

/// Eight letters that stand for a path.
fn fingerprint(path: &Path) -> String {
    let mut hasher = DefaultHasher::new();
    path.hash(&mut hasher);
    format!("{:08x}", hasher.finish() & 0xffff_ffff)
}
