//! A server owned by this process: started, watched by one thread, stopped.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio_postgres::{Config, NoTls};

use crate::binaries::Binaries;
use crate::error::EmbeddedPgError;
use crate::layout::Layout;
use crate::lock::Lock;
use crate::sys::{self, Stop};
use crate::{Options, SUPERUSER, cluster, orphan};

/// How long a start may take; recovery after a crash is part of it.
pub(crate) const START_SECONDS: u64 = 120;
const STOP: Duration = Duration::from_secs(30);

/// A running server. [`EmbeddedPg::stop`] ends it; dropping it does the same and blocks until it has ended.
#[derive(Debug)]
pub struct EmbeddedPg {
    // Dropped in this order: the server ends before the lock is let go.
    watched: Watched,
    layout: Layout,
    _lock: Lock,
}

impl EmbeddedPg {
    /// Starts the server and returns when it answers. A first start also makes the cluster (about a second).
    ///
    /// # Errors
    /// When the state directory is in use, the programs are missing or of another version than the data, or
    /// the server does not come up; see [`EmbeddedPgError`].
    pub async fn start(options: Options) -> Result<Self, EmbeddedPgError> {
        let (watched, layout, lock) = tokio::task::spawn_blocking(move || launch(&options))
            .await
            .map_err(EmbeddedPgError::interrupted)??;
        let server = Self { watched, layout, _lock: lock };
        let mut ended = server.watched.ended.subscribe();
        tokio::select! {
            answer = answering(&server.layout) => answer?,
            status = ended.wait_for(Option::is_some) => {
                let status = status.ok().and_then(|s| s.clone()).unwrap_or_else(|| "ended".to_owned());
                return Err(EmbeddedPgError::EarlyExit {
                    status,
                    log: server.layout.log.clone(),
                    tail: server.layout.log_tail(),
                });
            }
        }
        Ok(server)
    }

    /// Connection settings for the superuser on the `postgres` database.
    pub fn admin_config(&self) -> Config {
        admin_config(&self.layout.socket_dir)
    }

    /// The same as a URL that tokio-postgres and libpq read.
    pub fn admin_url(&self) -> String {
        admin_url(&self.layout.socket_dir)
    }

    /// The directory of the unix socket.
    pub fn socket_dir(&self) -> &Path {
        &self.layout.socket_dir
    }

    /// The PostgreSQL data directory.
    pub fn data_dir(&self) -> &Path {
        &self.layout.data
    }

    /// The server's log file.
    pub fn log_file(&self) -> &Path {
        &self.layout.log
    }

    /// Returns when the server has ended, with its exit status in words. It ends by itself only in a disaster.
    pub async fn ended(&self) -> String {
        let mut ended = self.watched.ended.subscribe();
        let status = ended.wait_for(Option::is_some).await.ok().and_then(|s| s.clone());
        status.unwrap_or_else(|| "ended".to_owned())
    }

    /// Stops the server (sessions are ended, a checkpoint is written) and waits for it.
    ///
    /// # Errors
    /// [`EmbeddedPgError::Interrupted`] when the runtime shuts down meanwhile; the server is stopped all the same.
    pub async fn stop(self) -> Result<(), EmbeddedPgError> {
        tokio::task::spawn_blocking(move || drop(self)).await.map_err(EmbeddedPgError::interrupted)
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Everything before the first connection; blocking.
fn launch(options: &Options) -> Result<(Watched, Layout, Lock), EmbeddedPgError> {
    make_state_dir(&options.state_dir)?;
    let lock = Lock::take(&options.state_dir)?;
    let layout = Layout::prepare(options)?;
    orphan::clear(&layout.data, &layout.socket())?;
    let bin = Binaries::prepare(options, &layout)?;
    cluster::create(options, &layout, &bin)?;
    let mut command = cluster::serve_command(options, &layout, &bin)?;
    sys::detach(&mut command, true);
    let watched = Watched::spawn(command, bin.dir.join("postgres"))?;
    Ok((watched, layout, lock))
}

/// Makes the state directory (and the ones above it).
pub(crate) fn make_state_dir(dir: &Path) -> Result<(), EmbeddedPgError> {
    fs::create_dir_all(dir).map_err(EmbeddedPgError::io("create", dir))
}

/// Tries to connect until the server answers.
pub(crate) async fn answering(layout: &Layout) -> Result<(), EmbeddedPgError> {
    let config = admin_config(&layout.socket_dir);
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(START_SECONDS) {
        if answers(&config).await {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Err(EmbeddedPgError::NotReady {
        seconds: START_SECONDS,
        log: layout.log.clone(),
        tail: layout.log_tail(),
    })
}

/// True when a server accepts a connection with these settings.
pub(crate) async fn answers(config: &Config) -> bool {
    match config.connect(NoTls).await {
        Ok((client, connection)) => {
            drop(client);
            // Ends as soon as the goodbye is written, since its client is gone.
            drop(connection.await);
            true
        }
        Err(_) => false,
    }
}

/// Superuser settings for the server with its socket in `socket_dir`.
pub(crate) fn admin_config(socket_dir: &Path) -> Config {
    let mut config = Config::new();
    config.host_path(socket_dir).port(5432).user(SUPERUSER).dbname("postgres");
    config
}

/// [`admin_config`] as a URL; the socket directory is the percent-encoded host.
pub(crate) fn admin_url(socket_dir: &Path) -> String {
    let mut host = String::new();
    for byte in socket_dir.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(byte) {
            host.push(char::from(*byte));
        } else {
            host.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("postgresql://{SUPERUSER}@{host}:5432/postgres")
}

/// The server process and the thread that waits for it.
///
/// The thread also *spawns* it: the kernel's "tell the child when its parent dies" looks at the thread that
/// forked, and a runtime's worker or blocking thread may end while the program goes on.
#[derive(Debug)]
struct Watched {
    shared: Arc<Shared>,
    ended: watch::Sender<Option<String>>,
}

#[derive(Debug, Default)]
struct Shared {
    /// The process id as long as it has not been reaped, so that a signal cannot hit a stranger.
    pid: Mutex<Option<u32>>,
    gone: Condvar,
}

impl Shared {
    fn pid(&self) -> MutexGuard<'_, Option<u32>> {
        self.pid.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Watched {
    fn spawn(mut command: Command, program: PathBuf) -> Result<Self, EmbeddedPgError> {
        let shared = Arc::new(Shared::default());
        let (ended, _) = watch::channel(None);
        let (started, wait_started) = mpsc::channel();
        let (in_thread, tell) = (Arc::clone(&shared), ended.clone());
        let body = move || {
            let mut child = match command.spawn() {
                Ok(child) => child,
                Err(e) => return drop(started.send(Err(e))),
            };
            *in_thread.pid() = Some(child.id());
            drop(started.send(Ok(())));
            sys::await_end(child.id());
            let mut pid = in_thread.pid();
            let status = child.wait().map_or_else(|e| e.to_string(), |s| s.to_string());
            *pid = None;
            in_thread.gone.notify_all();
            drop(pid);
            tell.send_replace(Some(status));
        };
        std::thread::Builder::new()
            .name("postgres-keeper".to_owned())
            .spawn(body)
            .map_err(EmbeddedPgError::io("start a thread for", &program))?;
        match wait_started.recv() {
            Ok(Ok(())) => Ok(Self { shared, ended }),
            Ok(Err(e)) => Err(EmbeddedPgError::io("run", &program)(e)),
            Err(e) => Err(EmbeddedPgError::interrupted(e)),
        }
    }

    /// Fast shutdown; immediate when that takes too long. Blocks until the process is gone.
    fn stop(&self) {
        let mut pid = self.shared.pid();
        for how in [Stop::Fast, Stop::Immediate] {
            let Some(number) = *pid else { return };
            sys::ask_to_stop(number, how);
            let waited = self.shared.gone.wait_timeout_while(pid, STOP, |p| p.is_some());
            pid = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        if let Some(number) = *pid {
            tracing::error!("PostgreSQL process {number} does not stop");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio_postgres::config::Host;

    #[test]
    fn the_url_says_the_same_as_the_config() {
        let dir = Path::new("/tmp/a b/ü/run");
        let parsed: Config = admin_url(dir).parse().unwrap();
        assert_eq!(parsed.get_hosts(), [Host::Unix(dir.to_path_buf())]);
        assert_eq!(parsed.get_user(), Some(SUPERUSER));
        assert_eq!(parsed.get_dbname(), Some("postgres"));
        assert_eq!(admin_config(dir).get_hosts(), parsed.get_hosts());
    }
}
