//! One throw-away server shared by many processes (the test runner starts each test in a process of its own).
//!
//! The first caller starts it under a lock; later callers find it. Nobody owns it: a small shell loop runs the
//! server, and stops it when no process has asked for it for a while ([`IDLE_MINUTES`]). A cold start always
//! begins with an empty cluster, because a server without syncing may have left anything behind.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use tokio_postgres::Config;

use crate::binaries::Binaries;
use crate::error::EmbeddedPgError;
use crate::layout::Layout;
use crate::lock::Lock;
use crate::server::{admin_config, answering, answers, make_state_dir};
use crate::{Options, cluster, orphan, sys};

/// Minutes without a call of [`ensure`] after which the shared server is stopped.
pub const IDLE_MINUTES: u32 = 15;

/// Runs the server, and ends it when the file `$1` was not touched for `$2` minutes. `$3...` is the server.
const KEEPER: &str = r#"
used=$1; idle=$2; shift 2
"$@" &
server=$!
trap 'kill -INT $server' INT TERM HUP
while kill -0 $server 2>/dev/null; do
  sleep 5 & wait $!
  if [ -z "$(find "$used" -mmin "-$idle" 2>/dev/null)" ]; then kill -INT $server; wait $server; exit 0; fi
done
"#;

/// Settings for the superuser of the shared server of `options.state_dir`, started if it does not run.
/// `options.scratch` is implied.
///
/// # Errors
/// As [`crate::EmbeddedPg::start`], except that a holder of the lock is waited for.
pub async fn ensure(mut options: Options) -> Result<Config, EmbeddedPgError> {
    options.scratch = true;
    let wanted = options.clone();
    let (lock, layout) = tokio::task::spawn_blocking(move || {
        make_state_dir(&wanted.state_dir)?;
        let lock = Lock::wait(&wanted.state_dir)?;
        Ok::<_, EmbeddedPgError>((lock, Layout::prepare(&wanted)?))
    })
    .await
    .map_err(EmbeddedPgError::interrupted)??;
    let config = admin_config(&layout.socket_dir);
    touch(&layout.home.join("used"))?;
    let wanted_settings = cluster::settings(&options, &layout).join("\n");
    let same = fs::read_to_string(layout.home.join("settings")).is_ok_and(|s| s == wanted_settings);
    if same && answers(&config).await {
        return Ok(config);
    }
    let layout = tokio::task::spawn_blocking(move || launch(&options, layout, &wanted_settings))
        .await
        .map_err(EmbeddedPgError::interrupted)??;
    answering(&layout).await?;
    drop(lock);
    Ok(config)
}

/// Stops the shared server of `options.state_dir`, if it runs.
///
/// # Errors
/// When it does not stop within half a minute.
pub async fn stop(mut options: Options) -> Result<(), EmbeddedPgError> {
    options.scratch = true;
    tokio::task::spawn_blocking(move || {
        make_state_dir(&options.state_dir)?;
        let _lock = Lock::wait(&options.state_dir)?;
        let layout = Layout::prepare(&options)?;
        orphan::clear(&layout.data, &layout.socket())
    })
    .await
    .map_err(EmbeddedPgError::interrupted)?
}

fn launch(options: &Options, layout: Layout, settings: &str) -> Result<Layout, EmbeddedPgError> {
    orphan::clear(&layout.data, &layout.socket())?;
    if layout.data.exists() {
        fs::remove_dir_all(&layout.data).map_err(EmbeddedPgError::io("remove", &layout.data))?;
    }
    let bin = Binaries::prepare(options, &layout)?;
    cluster::create(options, &layout, &bin)?;
    let server = cluster::serve_command(options, &layout, &bin)?;
    let mut keeper = layout.account.command(Path::new("/bin/sh"));
    keeper.args(["-c", KEEPER, "keeper"]).arg(layout.home.join("used")).arg(IDLE_MINUTES.to_string());
    keeper.arg(server.get_program()).args(server.get_args());
    cluster::log_to(&mut keeper, &layout)?;
    keeper.stdin(Stdio::null());
    sys::detach(&mut keeper, false);
    // Not waited for: it outlives us on purpose, and init reaps it.
    let child = keeper.spawn().map_err(EmbeddedPgError::io("run", Path::new("/bin/sh")))?;
    tracing::debug!("Started the shared test server under process {}", child.id());
    let noted = layout.home.join("settings");
    fs::write(&noted, settings).map_err(EmbeddedPgError::io("write", &noted))?;
    Ok(layout)
}

/// Sets the modification time of `path` to now.
fn touch(path: &Path) -> Result<(), EmbeddedPgError> {
    fs::write(path, "asked for\n").map_err(EmbeddedPgError::io("write", path))
}
