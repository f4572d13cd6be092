//! Reset password with the one-use token from the mail. All sessions of the person end.

use crate::password;
use crate::ports::Accounts;
use crate::session::TokenHash;
use kernel::journal::{Change, Journal};
use kernel::{Actor, StoreError};
use thiserror::Error;

/// Why the password was not set.
#[derive(Debug, Error)]
pub enum ResetPasswordError {
    /// Unknown, used or too old; one answer for all three.
    #[error("This link was used or is older than an hour. Ask for a new one.")]
    Expired,
    /// The new password is refused; the text says why.
    #[error("{0}")]
    Weak(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Checks the new password, uses up the token, sets the hash and ends every session.
/// `hashed` is the Argon2id hash of `new_password`, made off the async threads.
pub async fn reset_password<T: Accounts + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    token: TokenHash,
    new_password: &str,
    hashed: &str,
) -> Result<(), ResetPasswordError> {
    let user = tx.take_reset(token, actor.at).await?.ok_or(ResetPasswordError::Expired)?;
    let found = tx.user(user).await?.ok_or(ResetPasswordError::Expired)?.user;
    let stem = found.email.split('@').next().unwrap_or_default();
    if let Some(why) = password::weakness(new_password, &[&found.display_name, stem]) {
        return Err(ResetPasswordError::Weak(why));
    }
    tx.set_password(user, hashed).await?;
    tx.end_sessions_but(user, None, actor.at).await?;
    tx.record(Change::new("auth.reset_password", "user", user.get(), "set a new password by mailed link"))
        .await?;
    Ok(())
}
