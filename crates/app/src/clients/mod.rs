//! Client use cases: each changes the record and re-plans its filings in the same transaction.

mod create;
mod events;
mod facts;
mod parts;
mod update;

pub use create::create_client;
pub(crate) use events::{check_event, event_year, reason_to_take_back, recorded_already};
pub use events::{period_of, record_event, withdraw_event};
pub use facts::change_facts;
pub use parts::{
    add_contact, add_registration, change_contact, change_registration, remove_contact, remove_registration,
};
pub use update::update_client;

use crate::licence::PlanError;
use ::clients::Duplicate;
use kernel::{Denied, FieldErrors, NotEntitled, StoreError};
use thiserror::Error;

/// Why a client stayed as it was.
#[derive(Debug, Error)]
pub enum ClientError {
    /// No such client, or no such part of it.
    #[error("We can't find this client, or you can't open it.")]
    NotFound,
    /// The role does not allow it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Something entered is wrong.
    #[error("Check the marked fields.")]
    Invalid(FieldErrors),
    /// It looks like one that is there.
    #[error("This looks like {}, matched on {}.", .0.first().map_or("a client you have", |d| d.client_name.as_str()), .0.first().map_or("name", |d| d.matched_on))]
    Duplicate(Vec<Duplicate>),
    /// The plan does not go that far.
    #[error(transparent)]
    NotEntitled(#[from] NotEntitled),
    /// The store failed, or somebody else saved first.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<PlanError> for ClientError {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::NotEntitled(refused) => Self::NotEntitled(refused),
            PlanError::Store(error) => Self::Store(error),
        }
    }
}

impl From<FieldErrors> for ClientError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}
