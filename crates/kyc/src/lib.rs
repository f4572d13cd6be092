//! Indian identifiers: one validated type per identifier, errors that name the character and what was
//! expected, a `check` that guesses the kind, and cross-checks between the identifiers of one client.
//!
//! Pure: no input or output, no clock. Matching is done on upper-cased text with spaces and pasted hyphens
//! left out, except where the separator is part of the number (LLPIN, SEBI, AMFI, IRDAI, RBI).

#[macro_use]
mod macros;

mod aadhaar;
mod amfi_arn;
mod check;
mod cin;
mod cin_state;
mod ckyc_kin;
mod cross_check;
mod din;
mod error;
mod euin;
mod fcrn;
mod gst_state;
pub mod gstin;
mod ifsc;
mod irdai_registration;
mod kind;
mod lei;
mod llpin;
mod pan;
mod rbi_registration;
mod sebi_registration;
mod shape;
mod tan;
mod udin;

pub use aadhaar::Aadhaar;
pub use amfi_arn::AmfiArn;
pub use check::{CheckReport, check, check_as_of};
pub use cin::{Cin, CinClass};
pub use cin_state::CinState;
pub use ckyc_kin::CkycKin;
pub use cross_check::{EntityKind, Identifiers, Mismatch, Severity, cross_check};
pub use din::Din;
pub use error::IdError;
pub use euin::Euin;
pub use fcrn::Fcrn;
pub use gst_state::{GST_STATES, GstState};
pub use gstin::Gstin;
pub use ifsc::Ifsc;
pub use irdai_registration::IrdaiRegistration;
pub use kind::IdKind;
pub use lei::Lei;
pub use llpin::Llpin;
pub use pan::{Pan, PanHolder};
pub use rbi_registration::RbiRegistration;
pub use sebi_registration::{SebiCategory, SebiRegistration};
pub use tan::Tan;
pub use udin::{Udin, UdinIssuer};
