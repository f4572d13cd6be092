//! The second factor: a code from an authenticator app (TOTP, RFC 6238), and recovery codes for the day it is lost.

mod code;
mod enrol;
mod ports;
mod prove;
mod recovery;
mod remove;

pub use code::{SECRET_LENGTH, matching_step, shown_secret, typed_secret, uri};
pub use enrol::{Confirmed, confirm_factor, start_enrolment};
pub use ports::{SecondFactor, SecondFactors, Vault};
pub use prove::{Proof, prove};
pub use recovery::{RECOVERY_CODES, new_recovery_codes, normal_code, renew_recovery_codes};
pub use remove::{remove_own_factor, require_totp, reset_factor};

use kernel::{Denied, StoreError};
use thiserror::Error;

/// Why nothing came of it.
#[derive(Debug, Error)]
pub enum SecondFactorError {
    /// The code is wrong, too old, or was used before.
    #[error(
        "This code is not right, or it was used already. Wait for the next one and check the clock of your phone."
    )]
    WrongCode,
    /// Nothing was started that a code could confirm.
    #[error("Start again: there is no key waiting to be confirmed.")]
    NotStarted,
    /// There is one, so it has to be proved first.
    #[error("You have a second factor. Type a code of it to change it.")]
    ProveFirst,
    /// The person must have one.
    #[error("Your firm asks for a second factor, so it cannot be turned off. You can set up another one.")]
    Required,
    /// Another administrator has to do it.
    #[error("You cannot reset your own second factor. Ask another administrator.")]
    Oneself,
    /// Nobody of that id, or they have none.
    #[error("This person has no second factor.")]
    NotFound,
    /// The sealed secret does not open: the server's secret key is another one.
    #[error("the second factor cannot be read with this SECRET_KEY")]
    Sealed,
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
