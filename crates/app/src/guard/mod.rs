//! The one guard of every command that may need a second pair of eyes, whatever door it came through.
//!
//! A command is carried out in a transaction. When the firm's policy asks nobody else, the transaction commits and the
//! change is made. When it does, the transaction is rolled back: what it did becomes the difference that checkers see, and
//! the command is kept. The last approval carries it out again, in the transaction of that approval, as the person who
//! proposed it; when it then does anything else than what was shown, it is taken back and the proposal is stale.

mod change_access;
mod change_client;
mod change_filings;
mod change_internal;
mod change_policy;
mod change_relaxation;
mod change_role;
mod change_rule;
pub mod command;
mod commit_import;
pub mod decide;
pub mod delegate;
pub mod forms;
mod make_key;
mod perform;
pub mod policies;
mod submit;
pub mod sweep;
mod tell;
pub mod views;
mod words;

pub use command::{Command, key_of};
pub use decide::{Decided, Say, resubmit, withdraw};
pub use perform::{Done, Links};
pub use submit::{Outcome, submit, submit_linked};

use crate::clients::ClientError;
use crate::imports::ImportError;
use crate::relaxations::RelaxationError;
use crate::settings::SettingError;
use ::filings::FilingError;
use identity::keys::KeyError;
use identity::roles::RoleError;
use identity::second_factor::SecondFactorError;
use identity::team::TeamError;
use kernel::id::ProposalId;
use kernel::{Denied, FieldErrors, NotEntitled, StoreError};
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
    /// The firm's rules refused.
    #[error(transparent)]
    Setting(#[from] SettingError),
    /// The team refused.
    #[error(transparent)]
    Team(#[from] TeamError),
    /// The roles refused.
    #[error(transparent)]
    Role(#[from] RoleError),
    /// The keys refused.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The rule about signing in refused.
    #[error(transparent)]
    Factor(#[from] SecondFactorError),
    /// Not there.
    #[error("We can't find this proposal, or you can't open it.")]
    NotFound,
    /// The role does not allow it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Something entered is wrong.
    #[error("Check the marked fields.")]
    Invalid(FieldErrors),
    /// The plan does not go that far.
    #[error(transparent)]
    NotEntitled(#[from] NotEntitled),
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

impl GuardError {
    /// The permission that was lacking, whichever use case asked for it.
    pub fn denied(&self) -> Option<&Denied> {
        match self {
            Self::Client(ClientError::Denied(denied))
            | Self::Filing(FilingError::Denied(denied))
            | Self::Relaxation(RelaxationError::Denied(denied))
            | Self::Import(ImportError::Denied(denied))
            | Self::Setting(SettingError::Denied(denied))
            | Self::Team(TeamError::Denied(denied))
            | Self::Role(RoleError::Denied(denied))
            | Self::Key(KeyError::Denied(denied))
            | Self::Factor(SecondFactorError::Denied(denied))
            | Self::Denied(denied) => Some(denied),
            _ => None,
        }
    }

    /// The store's failure, whichever use case met it.
    pub fn store(&self) -> Option<&StoreError> {
        match self {
            Self::Client(ClientError::Store(error))
            | Self::Filing(FilingError::Store(error))
            | Self::Relaxation(RelaxationError::Store(error))
            | Self::Import(ImportError::Store(error))
            | Self::Setting(SettingError::Store(error))
            | Self::Team(TeamError::Store(error))
            | Self::Role(RoleError::Store(error))
            | Self::Key(KeyError::Store(error))
            | Self::Factor(SecondFactorError::Store(error))
            | Self::Store(error) => Some(error),
            _ => None,
        }
    }
}

impl From<FieldErrors> for GuardError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}
