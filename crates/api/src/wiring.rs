//! The composition root: adapters behind their ports, the system clock, the embedded database when none is given.

use adapter_embedded_pg::{EmbeddedPg, Options};
use adapter_postgres::{DatabaseConfig, PgDatabase, ensure_database, migrate};
use adapter_sheets::SheetFiles;
use api::AppState;
use api::config::{Config, DatabaseChoice};
use api::http::limit::Limits;
use api::http::token::{Tokens, random_text};
use api::http::vault::SecretVault;
use kernel::Clock;
use kernel::moment::Instant;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// The machine's clock.
#[derive(Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    fn now(&self) -> Instant {
        time::OffsetDateTime::now_utc()
    }
}

/// The machine's clock, moved so that it began at another instant.
#[derive(Debug)]
struct MovedClock(time::Duration);

impl Clock for MovedClock {
    fn now(&self) -> Instant {
        SystemClock.now() + self.0
    }
}

/// A database that can be reached, and the server behind it when it is ours.
pub struct Store {
    /// How to reach it.
    pub config: DatabaseConfig,
    /// The embedded server; stops when dropped.
    pub server: Option<EmbeddedPg>,
}

/// Finds the database: the given one, or an embedded PostgreSQL in the state directory.
pub async fn open_store(config: &Config) -> Result<Store, String> {
    match &config.database {
        DatabaseChoice::Given { url, pool_size } => {
            let config = DatabaseConfig::from_url(url, *pool_size).map_err(|error| error.to_string())?;
            Ok(Store { config, server: None })
        }
        DatabaseChoice::Embedded { bin, pool_size } => {
            let mut options = Options::new(&config.state_dir);
            options.bin = bin.clone();
            options.search = binaries();
            let server = EmbeddedPg::start(options).await.map_err(|error| error.to_string())?;
            let mut owner = server.admin_config();
            ensure_database(&owner, "zippcrm").await.map_err(|error| error.to_string())?;
            owner.dbname("zippcrm");
            Ok(Store { config: DatabaseConfig { owner, pool_size: *pool_size }, server: Some(server) })
        }
    }
}

/// Where the web package brings the PostgreSQL programs, seen from the working directory and from the executable.
fn binaries() -> Vec<PathBuf> {
    let modules = Path::new("frontend").join("node_modules");
    let mut places = vec![modules.clone()];
    if let Ok(exe) = std::env::current_exe() {
        places.extend(exe.ancestors().skip(1).take(4).map(|dir| dir.join(&modules)));
    }
    places
}

/// Applies the migrations and answers their names.
pub async fn apply_migrations(store: &Store) -> Result<Vec<String>, adapter_postgres::MigrateError> {
    migrate(&store.config).await
}

/// Everything handlers need; the receiver belongs to the background work.
pub fn assemble(config: &Config, store: &Store) -> Result<(AppState, UnboundedReceiver<()>), String> {
    let db = PgDatabase::new(&store.config).map_err(|error| error.to_string())?;
    let secret = match &config.secret_key {
        Some(secret) => secret.clone(),
        None => kept_secret(&config.state_dir)?,
    };
    let (wake, woken) = unbounded_channel();
    let metrics = metrics_exporter_prometheus::PrometheusBuilder::new().install_recorder().ok();
    let mut server = config.server.clone();
    if server.web_dir.is_none() {
        let built = PathBuf::from("frontend").join("dist");
        server.web_dir = built.is_dir().then_some(built);
    }
    let state = AppState {
        db: Arc::new(db),
        clock: clock(config),
        tokens: Tokens::new(&secret),
        vault: Arc::new(SecretVault::new(&secret)),
        limits: Arc::new(Limits::new(server.limit_sign_in, server.limit_general)),
        config: Arc::new(server),
        wake,
        ready: Arc::new(AtomicBool::new(false)),
        sheets: Arc::new(SheetFiles),
        metrics,
    };
    Ok((state, woken))
}

fn clock(config: &Config) -> Arc<dyn Clock> {
    match config.clock {
        Some(start) => Arc::new(MovedClock(start - SystemClock.now())),
        None => Arc::new(SystemClock),
    }
}

/// Without `SECRET_KEY`, one is made once and kept, so that sessions survive a restart.
fn kept_secret(state_dir: &Path) -> Result<String, String> {
    kept(state_dir, "secret-key", || random_text().zip(random_text()).map(|(a, b)| a + &b))
}

/// Reads a secret file of the state directory, or makes it readable by its owner only.
pub fn kept(state_dir: &Path, name: &str, fresh: impl Fn() -> Option<String>) -> Result<String, String> {
    let path = state_dir.join(name);
    if let Ok(text) = std::fs::read_to_string(&path)
        && !text.trim().is_empty()
    {
        return Ok(text.trim().to_owned());
    }
    let text = fresh().ok_or("the system gives no randomness")?;
    let write = || -> std::io::Result<()> {
        std::fs::create_dir_all(state_dir)?;
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        std::io::Write::write_all(&mut options.open(&path)?, text.as_bytes())
    };
    write().map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
    Ok(text)
}
