//! Where domains meet: the transaction type, the one place that commits, and the use cases that span domains.

pub mod audit;
pub mod clients;
pub mod database;
pub mod escalation;
pub mod events;
pub mod facts;
pub mod feeds;
pub mod filing_work;
pub mod filings;
pub mod filings_bulk;
pub mod firm_rules;
pub mod guard;
pub mod idempotency;
pub mod identifiers;
pub mod imports;
pub mod library;
pub mod licence;
pub mod notices;
pub mod people;
pub mod planning;
pub mod reference;
pub mod relaxations;
pub mod search;
pub mod settings;
pub mod timeline;
pub mod today;
pub mod views;

pub use database::{Database, Door, Means, NewFirm, NewPerson, Pass, SignedIn, Tx, dry_run, transact};
