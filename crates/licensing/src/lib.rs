//! Plans, licence keys, signed claims, and what they come to: one `Entitlements` value for each firm. Pure: no I/O, no
//! clock, no randomness.

pub mod merge;
pub mod plan;
pub mod ports;
pub mod regulators;

pub use merge::{EVALUATION_DAYS, Licence, Override, entitlements};
pub use plan::{Family, Plan};
pub use ports::{Licences, Usage};
