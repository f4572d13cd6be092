//! Plans, licence keys, signed claims, and what they come to: one `Entitlements` value for each firm. Pure: no I/O, no
//! clock, no randomness.

pub mod check;
pub mod claims;
pub mod key;
pub mod merge;
pub mod plan;
pub mod ports;
pub mod regulators;

pub use claims::{Claims, ClaimsError};
pub use key::{KeyError, LicenceKey};
pub use merge::{EVALUATION_DAYS, Licence, Override, entitlements};
pub use plan::{Family, Plan};
pub use ports::{Licences, Usage};
