//! The rule library: the rules as a person reads them, with what the firm made of them.

pub mod catalogue;
pub mod ports;
pub mod reading;

pub use catalogue::{CatalogueFilter, CatalogueRow, CatalogueSort, RuleState, catalogue};
pub use ports::{Library, RuleClient, RuleUse};
pub use reading::{VersionChange, versions_of};
