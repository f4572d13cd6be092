//! The one guard of every command that may need a second pair of eyes, whatever door it came through.
//!
//! A command is carried out in a transaction. When the firm's policy asks nobody else, the transaction commits and the
//! change is made. When it does, the transaction is rolled back: what it did becomes the difference that checkers see, and
//! the command is kept. The last approval carries it out again, in the transaction of that approval, as the person who
//! proposed it; when it then does anything else than what was shown, it is taken back and the proposal is stale.

mod change_client;
mod change_filings;
mod change_policy;
mod change_relaxation;
pub mod command;
mod commit_import;
pub mod decide;
pub mod delegate;
pub mod forms;
mod perform;
pub mod policies;
mod submit;
pub mod sweep;
mod tell;
pub mod views;
mod words;

pub use command::Command;
pub use decide::{Decided, Say, resubmit, withdraw};
pub use perform::Done;
pub use submit::{Outcome, submit};

use crate::clients::ClientError;
use crate::imports::ImportError;
use crate::relaxations::RelaxationError;
use ::filings::FilingError;
use kernel::id::ProposalId;
use kernel::{Denied, FieldErrors, StoreError};
use maker_checker::Refusal;
use thiserror::Error;

/// Why a guarded command was not carried out, or nothing was decided.
#[derive(Debug, Error)]
pub enum GuardError {
    /// The client refused.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The filing refused.
    #[error(transparent)]
    Filing(#[from] FilingError),
    /// The relaxation refused.
    #[error(transparent)]
    Relaxation(#[from] RelaxationError),
    /// The import refused.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// Not there.
    #[error("We can't find this proposal, or you can't open it.")]
    NotFound,
    /// The role does not allow it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Something entered is wrong.
    #[error("Check the marked fields.")]
    Invalid(FieldErrors),
    /// Another change of the same kind to the same record waits already.
    #[error(
        "A change like this waits for approval already: {about}, proposed by {maker}. Wait for it, or ask for it to be withdrawn."
    )]
    Waits {
        /// The first one.
        proposal: ProposalId,
        /// Which record.
        about: String,
        /// Who proposed it.
        maker: String,
    },
    /// Not this person, or not any more.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// The store failed, or somebody else saved first.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<FieldErrors> for GuardError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}
