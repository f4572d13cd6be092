//! The HTTP face: one folder per domain, one file per endpoint. No SQL, no rules; adapters are named only in
//! `main.rs` and `wiring.rs`.

pub mod approvals;
pub mod audit;
pub mod auth;
pub mod background;
pub mod calendar;
pub mod cli;
pub mod clients;
pub mod config;
pub mod demo;
pub mod events;
pub mod feeds;
pub mod filings;
pub mod http;
pub mod imports;
pub mod keys;
pub mod library;
pub mod licence;
pub mod memory;
pub mod notices;
pub mod people;
pub mod relaxations;
pub mod routes;
pub mod search;
pub mod state;
pub mod system;
pub mod today;
pub mod views;

pub use routes::{configure, openapi};
pub use state::AppState;
