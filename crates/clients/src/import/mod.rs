//! Reading clients from a spreadsheet: which fields there are, which column holds which, what a row says, and how
//! it differs from the client on record. Pure: files, the rule library and the store are elsewhere.

mod diff;
mod fields;
mod guess;
mod read;
mod registration;
mod words;

pub use diff::{ClientRecord, EVER, RowChange, changes_for, merged};
pub use fields::{CATEGORY, Catalogue, Field, FieldList, REGISTRATIONS};
pub use guess::{Confidence, Guess, guess};
pub use read::{Entry, Problem, RowData, read_row};
pub use words::{entity_type, risk_rating, status};
