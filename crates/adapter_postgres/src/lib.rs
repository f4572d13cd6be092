//! PostgreSQL: one transaction type, `PgTx`, implements every port; migrations; the pool.

mod accounts;
mod alerts;
mod calendar;
mod client_row;
mod client_views;
mod clients;
mod closing;
mod config;
mod database;
mod error;
mod filing_views;
mod filings;
mod filings_bulk;
mod idempotency;
mod imports;
mod journal;
mod migrate;
mod notices;
mod relaxations;
mod relaxed_filings;
mod relay;
mod rows;
mod saved_views;
mod search;
mod sql;
mod tx;

pub use config::{ConnectError, DatabaseConfig};
pub use database::{PgDatabase, SignedIn};
pub use migrate::{MigrateError, ensure_database, migrate};
pub use sql::{Statement, all_statements};
pub use tx::PgTx;
