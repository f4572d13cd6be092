//! The regulated entities that a firm looks after: the record, what they hold, what is true of them, what happened
//! to them, and reading them from a spreadsheet. Identifier checks come in from outside (`app`), filings go on outside.

pub mod client;
pub mod draft;
pub mod import;
pub mod name_key;
pub mod newcomers;
pub mod parts;
pub mod ports;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod views;

pub use client::{Client, EntityType, Identifiers, RiskRating, Status};
pub use draft::{ClientPatch, NewClient};
pub use name_key::{name_key, short_name};
pub use newcomers::{Newcomer, Newcomers};
pub use parts::{
    ClientEvent, Contact, Fact, FactChange, NewContact, NewEvent, NewRegistration, Registration,
};
pub use ports::{Clients, Duplicate, ImportRow, ImportState, Imports, KnownClient, StoredImport};
pub use views::{ClientCounts, ClientFile, ClientFilter, ClientSort, ClientSummary, ClientViews};
