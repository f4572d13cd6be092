//! Configuration: the one place that reads the environment. Each field names its variable and its default.

use kernel::moment::Instant;
use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;
use thiserror::Error;
use time::format_description::well_known::Rfc3339;

/// Everything a process needs to start.
#[derive(Clone)]
pub struct Config {
    /// HTTP side.
    pub server: ServerConfig,
    /// Store.
    pub database: DatabaseChoice,
    /// `SECRET_KEY`: signs session tokens; at least 32 characters. Required in production; otherwise one is made and
    /// kept in the state directory.
    pub secret_key: Option<String>,
    /// `JOURNAL_KEY`: seeds of the Ed25519 keys that sign the journal's checkpoints, 64 hexadecimal digits each, newest first,
    /// separated by commas. Otherwise one is made and kept in the state directory; replicas need the same one.
    pub journal_key: Option<String>,
    /// `ZIPPCRM_STATE_DIR`, default `.zippcrm`: embedded database, generated secret.
    pub state_dir: PathBuf,
    /// `LOG_LEVEL`, default `INFO`: DEBUG, INFO, WARNING or ERROR.
    pub log_level: String,
    /// `SEED_ALLOW_DEMO_PASSWORDS`, default 0: lets demo data into production. For staging only.
    pub allow_demo_passwords: bool,
    /// `ZIPPCRM_CLOCK`, default none: an instant like `2026-11-28T00:10:00+05:30` at which the clock of a demo starts. For
    /// automated tests of days that pass; refused for anything but `serve --demo`, and always in production.
    pub clock: Option<Instant>,
    /// `ZIPPCRM_DEMO_PASSWORD`, default random: the password of the demo people, for automated tests.
    pub demo_password: Option<String>,
    /// `REDIS_URL`, default none: where replicas share the counts behind the limits, `redis://host:6379` or
    /// `redis+unix:///path`. Without it each process counts for itself.
    pub redis_url: Option<String>,
    /// `ZIPPCRM_DEMO_TOTP`, default random and kept in the state directory: key of the demo administrator's second
    /// factor, 32 letters of base32, for automated tests.
    pub demo_totp: Option<String>,
}

/// The HTTP side.
#[derive(Debug, Clone)]
pub struct ServerConfig {
    /// `PORT`, default 3002.
    pub port: u16,
    /// `BIND_ADDRESS`, default 127.0.0.1; 0.0.0.0 inside a container.
    pub bind: IpAddr,
    /// `ENVIRONMENT`, default `development`; `production` sets Secure cookies, HSTS and JSON logs.
    pub production: bool,
    /// Follows `ENVIRONMENT`: the session cookie is for HTTPS only, outside development and test.
    pub secure_cookies: bool,
    /// `PORTAL_URL`, default `http://localhost:PORT`: the address in mails.
    pub portal_url: String,
    /// `ZIPPCRM_WEB_DIR`, default `frontend/dist` when it exists: the built SPA.
    pub web_dir: Option<PathBuf>,
    /// `WORKERS`, default one per core.
    pub workers: Option<usize>,
    /// `TRUSTED_PROXIES`, default none: addresses whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// `RATE_LIMIT_SIGN_IN`, default 5 in 60 s.
    pub limit_sign_in: NonZeroU32,
    /// `RATE_LIMIT_GENERAL`, default 100 in 60 s.
    pub limit_general: NonZeroU32,
    /// `LICENSE_VALIDATION_URL`, default none: where keys are checked. Without it only licence files can be used.
    pub license_url: Option<String>,
    /// `LICENSE_PUBLIC_KEY`, default none: the vendor's Ed25519 key, base64url. Outside production the one of the
    /// development pair in the state directory is used when there is none.
    pub license_public_key: Option<Vec<u8>>,
    /// `ZIPPCRM_LICENSE_KEY`, default none: the key of this installation, activated for firms that have nothing else.
    pub license_key: Option<String>,
    /// `CORS_ORIGINS`, default none: sites whose scripts may call the API with a key, like `https://portal.example`.
    pub cors_origins: Arc<[String]>,
    /// `METRICS_TOKEN`, default none: then `/metrics` answers loopback only.
    pub metrics_token: Option<String>,
}

/// Which database. Not `Debug`: the URL carries a password.
#[derive(Clone)]
pub enum DatabaseChoice {
    /// `DATABASE_URL`, or the legacy `DB_HOST`, `DB_PORT`, `DB_NAME`, `DB_USER`, `DB_PASSWORD`.
    Given {
        /// `postgresql://user:pass@host:port/db?sslmode=require`; checked by the adapter at start.
        url: String,
        /// `DB_POOL_SIZE`, default 10.
        pool_size: usize,
    },
    /// None of these: an embedded PostgreSQL in the state directory.
    Embedded {
        /// `CRM_PG_BIN`: where the server binaries are.
        bin: Option<PathBuf>,
        /// `DB_POOL_SIZE`, default 10.
        pool_size: usize,
    },
}

/// What is wrong with the configuration; names the variable and says what to do.
#[derive(Debug, Error)]
#[error("{variable}: {problem}")]
pub struct ConfigError {
    variable: &'static str,
    problem: String,
}

fn bad(variable: &'static str, problem: impl Into<String>) -> ConfigError {
    ConfigError { variable, problem: problem.into() }
}

impl Config {
    /// Reads `.env` of the working directory and the environment; the environment wins.
    pub fn load() -> Result<Self, ConfigError> {
        let mut values: HashMap<String, String> = HashMap::new();
        if let Ok(file) = dotenvy::dotenv_iter() {
            for entry in file {
                let (key, value) = entry.map_err(|error| bad(".env", error.to_string()))?;
                values.insert(key, value);
            }
        }
        values.extend(std::env::vars());
        Self::from_values(&values)
    }

    /// Reads given values; empty ones count as absent.
    pub fn from_values(values: &HashMap<String, String>) -> Result<Self, ConfigError> {
        let get = |name: &str| values.get(name).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
        let port = number(&get, "PORT", 3002u16)?;
        let production = match get("ENVIRONMENT").as_deref() {
            None | Some("development" | "staging" | "test") => false,
            Some("production") => true,
            Some(other) => {
                return Err(bad(
                    "ENVIRONMENT",
                    format!("\"{other}\" is not development, staging or production"),
                ));
            }
        };
        let secure_cookies = matches!(get("ENVIRONMENT").as_deref(), Some("staging" | "production"));
        let secret_key = get("SECRET_KEY");
        match &secret_key {
            Some(key) if key.len() < 32 => {
                return Err(bad("SECRET_KEY", format!("is {} characters long; use 32 or more", key.len())));
            }
            None if production => {
                return Err(bad("SECRET_KEY", "is required in production; use 48 random characters"));
            }
            _ => {}
        }
        let bind = get("BIND_ADDRESS").map_or(Ok(IpAddr::from([127, 0, 0, 1])), |text| {
            text.parse().map_err(|_| bad("BIND_ADDRESS", format!("\"{text}\" is not an IP address")))
        })?;
        let trusted_proxies = get("TRUSTED_PROXIES").map_or(Ok(Vec::new()), |text| {
            text.split(',')
                .map(|hop| {
                    hop.trim()
                        .parse()
                        .map_err(|_| bad("TRUSTED_PROXIES", format!("\"{hop}\" is not an IP address")))
                })
                .collect()
        })?;
        let server = ServerConfig {
            port,
            bind,
            production,
            secure_cookies,
            portal_url: get("PORTAL_URL").unwrap_or_else(|| format!("http://localhost:{port}")),
            web_dir: get("ZIPPCRM_WEB_DIR").map(PathBuf::from),
            workers: get("WORKERS").map(|_| number(&get, "WORKERS", 1usize)).transpose()?,
            trusted_proxies,
            limit_sign_in: number(&get, "RATE_LIMIT_SIGN_IN", NonZeroU32::MIN.saturating_add(4))?,
            limit_general: number(&get, "RATE_LIMIT_GENERAL", NonZeroU32::MIN.saturating_add(99))?,
            license_url: get("LICENSE_VALIDATION_URL").map(|url| endpoint(url, production)).transpose()?,
            license_public_key: get("LICENSE_PUBLIC_KEY").map(|text| public_key(&text)).transpose()?,
            license_key: get("ZIPPCRM_LICENSE_KEY"),
            cors_origins: get("CORS_ORIGINS")
                .map_or(Ok(Arc::default()), |text| origins(&text, production))?,
            metrics_token: get("METRICS_TOKEN"),
        };
        let clock = get("ZIPPCRM_CLOCK")
            .map(|text| {
                Instant::parse(&text, &Rfc3339)
                    .map_err(|_| bad("ZIPPCRM_CLOCK", "is not an instant like 2026-11-28T00:10:00+05:30"))
            })
            .transpose()?;
        if clock.is_some() && production {
            return Err(bad(
                "ZIPPCRM_CLOCK",
                "is for automated tests of the demo; production has the real time",
            ));
        }
        let log_level = get("LOG_LEVEL").unwrap_or_else(|| "INFO".into()).to_uppercase();
        if !["DEBUG", "INFO", "WARNING", "ERROR"].contains(&log_level.as_str()) {
            return Err(bad("LOG_LEVEL", format!("\"{log_level}\" is not DEBUG, INFO, WARNING or ERROR")));
        }
        Ok(Self {
            server,
            database: database(&get)?,
            secret_key,
            journal_key: get("JOURNAL_KEY"),
            state_dir: get("ZIPPCRM_STATE_DIR").map_or_else(|| PathBuf::from(".zippcrm"), PathBuf::from),
            log_level,
            allow_demo_passwords: get("SEED_ALLOW_DEMO_PASSWORDS").as_deref() == Some("1"),
            clock,
            demo_password: get("ZIPPCRM_DEMO_PASSWORD"),
            demo_totp: get("ZIPPCRM_DEMO_TOTP"),
            redis_url: get("REDIS_URL"),
        })
    }
}

fn endpoint(url: String, production: bool) -> Result<String, ConfigError> {
    if url.starts_with("https://") || (url.starts_with("http://") && !production) {
        return Ok(url);
    }
    Err(bad("LICENSE_VALIDATION_URL", "is not an https:// address"))
}

/// Origins as browsers write them; `*` is none, and production takes only HTTPS.
fn origins(text: &str, production: bool) -> Result<Arc<[String]>, ConfigError> {
    text.split(',')
        .map(|origin| {
            let origin = origin.trim().trim_end_matches('/').to_lowercase();
            let secure = origin.strip_prefix("https://");
            let host = if production { secure } else { secure.or_else(|| origin.strip_prefix("http://")) };
            let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
            match host {
                Some(host) if !host.is_empty() && host.chars().all(plain) => Ok(origin),
                _ => Err(bad(
                    "CORS_ORIGINS",
                    format!("\"{origin}\" is not an origin; write https://portal.example, several with commas between"),
                )),
            }
        })
        .collect()
}

fn public_key(text: &str) -> Result<Vec<u8>, ConfigError> {
    use base64::Engine;
    let key = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok();
    key.filter(|key| key.len() == 32)
        .ok_or_else(|| bad("LICENSE_PUBLIC_KEY", "is not the 32 bytes of an Ed25519 key in base64url"))
}

fn number<T: std::str::FromStr>(
    get: &impl Fn(&str) -> Option<String>,
    name: &'static str,
    default: T,
) -> Result<T, ConfigError> {
    match get(name) {
        None => Ok(default),
        Some(text) => {
            text.parse().map_err(|_| bad(name, format!("\"{text}\" is not a number this setting takes")))
        }
    }
}

fn database(get: &impl Fn(&str) -> Option<String>) -> Result<DatabaseChoice, ConfigError> {
    let pool_size = number(get, "DB_POOL_SIZE", 10usize)?;
    let legacy = get("DB_HOST").map(|host| {
        let user = get("DB_USER").unwrap_or_else(|| "zippcrm".into());
        let name = get("DB_NAME").unwrap_or_else(|| "zippcrm".into());
        let port = get("DB_PORT").unwrap_or_else(|| "5432".into());
        let secret = get("DB_PASSWORD").map(|p| format!(":{}", percent(&p))).unwrap_or_default();
        format!("postgresql://{}{secret}@{host}:{port}/{name}", percent(&user))
    });
    match get("DATABASE_URL").or(legacy) {
        Some(url) if url.starts_with("postgresql://") || url.starts_with("postgres://") => {
            Ok(DatabaseChoice::Given { url, pool_size })
        }
        Some(_) => Err(bad(
            "DATABASE_URL",
            "is not a PostgreSQL URL; write postgresql://user:password@host:5432/name",
        )),
        None => Ok(DatabaseChoice::Embedded { bin: get("CRM_PG_BIN").map(PathBuf::from), pool_size }),
    }
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::from_values(&pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn an_empty_environment_is_a_development_machine_with_its_own_database() {
        let config = load(&[]).unwrap();
        assert_eq!(config.server.port, 3002);
        assert_eq!(config.server.limit_sign_in.get(), 5);
        assert!(matches!(config.database, DatabaseChoice::Embedded { pool_size: 10, .. }));
        assert!(!config.server.secure_cookies);
        assert!(load(&[("ENVIRONMENT", "staging")]).unwrap().server.secure_cookies);
    }

    #[test]
    fn production_needs_a_secret_and_errors_name_the_variable() {
        let refused = |pairs: &[(&str, &str)]| load(pairs).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(refused(&[("ENVIRONMENT", "production")]).starts_with("SECRET_KEY: is required"));
        assert!(refused(&[("SECRET_KEY", "short")]).contains("32 or more"));
        assert!(refused(&[("PORT", "http")]).starts_with("PORT: "));
        assert!(refused(&[("DATABASE_URL", "mysql://x")]).starts_with("DATABASE_URL: "));
    }

    #[test]
    fn only_named_origins_and_in_production_only_secure_ones() {
        let of = |pairs: &[(&str, &str)]| load(pairs).map(|config| config.server.cors_origins);
        assert!(of(&[]).unwrap().is_empty());
        let named = of(&[("CORS_ORIGINS", "https://Portal.example/, http://localhost:5173")]).unwrap();
        assert_eq!(*named, ["https://portal.example".to_owned(), "http://localhost:5173".to_owned()]);
        let secret = ("SECRET_KEY", "0123456789012345678901234567890123456789");
        let production = ("ENVIRONMENT", "production");
        assert!(of(&[("CORS_ORIGINS", "https://portal.example"), secret, production]).is_ok());
        assert!(of(&[("CORS_ORIGINS", "http://portal.example"), secret, production]).is_err());
        for wrong in
            ["*", "null", "https://", "https://a.example/path", "https://*.example", "portal.example"]
        {
            assert!(of(&[("CORS_ORIGINS", wrong)]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_clock_can_be_set_but_not_in_production() {
        let clock = ("ZIPPCRM_CLOCK", "2026-11-28T00:10:00+05:30");
        assert_eq!(load(&[clock]).unwrap().clock, Some(time::macros::datetime!(2026-11-27 18:40 UTC)));
        assert!(load(&[("ZIPPCRM_CLOCK", "tomorrow")]).is_err());
        let key = ("SECRET_KEY", "0123456789012345678901234567890123456789");
        assert!(load(&[clock, key, ("ENVIRONMENT", "production")]).is_err());
    }

    #[test]
    fn the_url_wins_over_the_legacy_parts() {
        let url_of = |pairs: &[(&str, &str)]| match load(pairs).unwrap().database {
            DatabaseChoice::Given { url, .. } => url,
            DatabaseChoice::Embedded { .. } => String::new(),
        };
        let both = [("DB_HOST", "old"), ("DATABASE_URL", "postgresql://u@new/db")];
        assert_eq!(url_of(&both), "postgresql://u@new/db");
        let legacy = [("DB_HOST", "old"), ("DB_PASSWORD", "p@ss/1")];
        assert_eq!(url_of(&legacy), "postgresql://zippcrm:p%40ss%2F1@old:5432/zippcrm");
    }
}
