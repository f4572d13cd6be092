//! How to reach the database: URL to driver configuration, TLS by `sslmode`, roles as start-up options.

use std::sync::Arc;
use thiserror::Error;
use tokio_postgres::Config;
use tokio_postgres::config::SslMode;
use tokio_postgres_rustls::MakeRustlsConnect;

/// Where the database is and how many connections to hold.
#[derive(Debug, Clone)]
pub struct DatabaseConfig {
    /// The owner of the schema, as `DATABASE_URL` names it. Migrations run as this role; the application steps down
    /// to `zippcrm_app`, which owns nothing and is bound by row-level security.
    pub owner: Config,
    /// Connections of the application pool.
    pub pool_size: usize,
}

/// Why the configuration cannot be used.
#[derive(Debug, Error)]
pub enum ConnectError {
    /// The URL does not parse.
    #[error("DATABASE_URL is not a PostgreSQL URL: {0}")]
    Url(String),
}

impl DatabaseConfig {
    /// Reads `postgresql://user:pass@host:port/db?sslmode=require`.
    pub fn from_url(url: &str, pool_size: usize) -> Result<Self, ConnectError> {
        let owner: Config =
            url.parse().map_err(|e: tokio_postgres::Error| ConnectError::Url(e.to_string()))?;
        Ok(Self { owner, pool_size })
    }

    /// The same server as the role that requests use.
    pub(crate) fn as_role(&self, role: &str) -> Config {
        let mut config = self.owner.clone();
        let given = config.get_options().map(|o| format!("{o} ")).unwrap_or_default();
        config.options(format!(
            "{given}-c role={role} -c search_path=app -c timezone=UTC -c lock_timeout=10s -c statement_timeout=60s"
        ));
        config.application_name("zippcrm");
        config.connect_timeout(std::time::Duration::from_secs(5));
        config
    }
}

/// TLS with the public roots; `sslmode=disable`, the default on a socket, does not use it.
pub(crate) fn tls() -> MakeRustlsConnect {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map(|builder| builder.with_root_certificates(roots).with_no_client_auth());
    match config {
        Ok(config) => MakeRustlsConnect::new(config),
        // The ring provider supports both default versions, so this arm is not reached; it keeps the function total.
        Err(_) => MakeRustlsConnect::new(
            rustls::ClientConfig::builder()
                .with_root_certificates(rustls::RootCertStore::empty())
                .with_no_client_auth(),
        ),
    }
}

/// Whether this configuration may use TLS at all.
pub(crate) fn wants_tls(config: &Config) -> bool {
    config.get_ssl_mode() != SslMode::Disable
}
