//! What handlers reach for: the store, the clock, the limits, the tokens.

use crate::config::ServerConfig;
use crate::http::limit::Limits;
use crate::http::token::Tokens;
use app::Database;
use kernel::Clock;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tokio::sync::mpsc;

/// Shared by all workers.
#[derive(Clone)]
pub struct AppState {
    /// The store.
    pub db: Arc<dyn Database>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Session tokens.
    pub tokens: Tokens,
    /// Seals the keys of second factors.
    pub vault: Arc<dyn identity::Vault>,
    /// How often somebody may ask.
    pub limits: Arc<Limits>,
    /// Settings that handlers need.
    pub config: Arc<ServerConfig>,
    /// Wakes the background work.
    pub wake: mpsc::UnboundedSender<()>,
    /// False until migrations are done.
    pub ready: Arc<AtomicBool>,
    /// Reads and writes spreadsheets.
    pub sheets: Arc<dyn app::imports::Sheets>,
    /// Sign the journal's checkpoints.
    pub seal_keys: Arc<app::audit::SealKeys>,
    /// Refused attempts of the last minute.
    pub refusals: Arc<crate::audit::refusals::Refusals>,
    /// Where licences are checked.
    pub licences: Arc<app::licence::Desk>,
    /// Renders the metrics.
    pub metrics: Option<metrics_exporter_prometheus::PrometheusHandle>,
}

impl std::fmt::Debug for AppState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AppState")
    }
}
