//! The composition root: adapters behind their ports, the system clock, the embedded database when none is given.

use adapter_embedded_pg::{EmbeddedPg, Options};
use adapter_licence::Endpoint;
use adapter_postgres::{DatabaseConfig, PgDatabase, ensure_database, migrate};
use adapter_redis::RedisThrottle;
use adapter_sheets::SheetFiles;
use api::AppState;
use api::config::{Config, DatabaseChoice};
use api::http::limit::Limits;
use api::http::token::{Tokens, random_text};
use api::http::vault::SecretVault;
use app::audit::SealKeys;
use app::licence::{Ask, Desk};
use identity::throttle::{InProcess, Throttle};
use kernel::Clock;
use kernel::moment::Instant;
use metrics_exporter_prometheus::PrometheusBuilder;
use proof::Key;
use ring::rand::{SecureRandom, SystemRandom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// Upper bounds of the durations that are counted together.
const SECONDS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

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
    // With buckets a duration is a few counters; without them every one would be kept for its percentiles.
    let metrics =
        PrometheusBuilder::new().set_buckets(&SECONDS).and_then(PrometheusBuilder::install_recorder);
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
        limits: Arc::new(Limits::new(server.limit_sign_in, server.limit_general, throttle(config, &secret)?)),
        config: Arc::new(server),
        wake,
        ready: Arc::new(AtomicBool::new(false)),
        sheets: Arc::new(SheetFiles),
        seal_keys: Arc::new(seal_keys(config)?),
        refusals: Arc::default(),
        licences: Arc::new(licence_desk(config)),
        metrics: metrics.ok(),
    };
    Ok((state, woken))
}

/// How long the validation endpoint may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where licences are checked. Outside production the development pair's public key stands in for the vendor's.
fn licence_desk(config: &Config) -> Desk {
    let server = &config.server;
    let endpoint =
        server.license_url.as_ref().map(|url| Arc::new(Endpoint::new(url, PATIENCE)) as Arc<dyn Ask>);
    let development = || {
        let file = std::fs::read_to_string(config.state_dir.join("licence-dev.json")).ok()?;
        api::cli::SigningKey::read(&file).ok().map(|pair| pair.public)
    };
    let public_key = server.license_public_key.clone();
    Desk {
        endpoint,
        public_key: if server.production { public_key } else { public_key.or_else(development) },
        production: server.production,
        installation_key: server.license_key.clone(),
    }
}

fn clock(config: &Config) -> Arc<dyn Clock> {
    match config.clock {
        Some(start) => Arc::new(MovedClock(start - SystemClock.now())),
        None => Arc::new(SystemClock),
    }
}

/// Counts in Redis when one is named, so that replicas share them; else in this process.
fn throttle(config: &Config, secret: &str) -> Result<Arc<dyn Throttle>, String> {
    let own = Arc::new(InProcess::default());
    match &config.redis_url {
        None => Ok(own),
        Some(url) => {
            let shared =
                RedisThrottle::new(url, secret, own).map_err(|error| format!("REDIS_URL: {error}"))?;
            Ok(Arc::new(shared))
        }
    }
}

/// Without `SECRET_KEY`, one is made once and kept, so that sessions survive a restart.
fn kept_secret(state_dir: &Path) -> Result<String, String> {
    kept(state_dir, "secret-key", || random_text().zip(random_text()).map(|(a, b)| a + &b))
}

/// The file of the state directory with the seeds of the journal's keys, one a line, newest first.
pub const JOURNAL_KEY: &str = "journal-key";

/// Without `JOURNAL_KEY`, a key is made once and kept beside the database, never in it.
fn seal_keys(config: &Config) -> Result<SealKeys, String> {
    let seeds = match &config.journal_key {
        Some(seeds) => seeds.clone(),
        None => kept(&config.state_dir, JOURNAL_KEY, fresh_seed)?,
    };
    SealKeys::parse(seeds.split([',', '\n']).map(str::trim).filter(|seed| !seed.is_empty()))
        .ok_or_else(|| "JOURNAL_KEY: each key is 64 hexadecimal digits".to_owned())
}

/// A new seed.
fn fresh_seed() -> Option<String> {
    let mut seed = [0; 32];
    SystemRandom::new().fill(&mut seed).ok()?;
    Some(proof::hash::hex(&seed))
}

/// Puts a new key before the others; it signs after the next start, and the one before it vouches for it. Answers the
/// fingerprint.
pub fn rotate_journal_key(config: &Config) -> Result<String, String> {
    if config.journal_key.is_some() {
        return Err(
            "JOURNAL_KEY is set: put a new seed before the old one there, separated by a comma".into()
        );
    }
    let old = kept(&config.state_dir, JOURNAL_KEY, fresh_seed)?;
    let seed = fresh_seed().ok_or("the system gives no randomness")?;
    let key = Key::parse(&seed).ok_or("the new key is not readable")?;
    write_secret(&config.state_dir.join(JOURNAL_KEY), &format!("{seed}\n{old}"))?;
    Ok(key.public().id().to_string())
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
    write_secret(&path, &text)?;
    Ok(text)
}

/// Writes a file that its owner alone may read: first beside it, so that a full disk leaves the old one.
fn write_secret(path: &Path, text: &str) -> Result<(), String> {
    let beside = path.with_extension("new");
    let write = || -> std::io::Result<()> {
        if let Some(dir) = path.parent() {
            std::fs::create_dir_all(dir)?;
        }
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let mut file = options.open(&beside)?;
        std::io::Write::write_all(&mut file, text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&beside, path)
    };
    write().map_err(|error| format!("{} cannot be written: {error}", path.display()))
}
