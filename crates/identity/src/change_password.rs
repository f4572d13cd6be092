//! Change one's own password. Other sessions end; the one that asks goes on.

use crate::password;
use crate::ports::Accounts;
use kernel::id::{SessionId, UserId};
use kernel::journal::{Change, Journal};
use kernel::{Actor, StoreError};
use thiserror::Error;

/// Why the password stayed.
#[derive(Debug, Error)]
pub enum ChangePasswordError {
    /// The present password was not right.
    #[error("The current password is not right.")]
    WrongCurrent,
    /// The new password is refused; the text says why.
    #[error("{0}")]
    Weak(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Sets the new hash after the caller verified the present password (`current_right`, CPU work done elsewhere).
pub async fn change_password<T: Accounts + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    user: UserId,
    session: SessionId,
    current_right: bool,
    new_password: &str,
    hashed: &str,
) -> Result<(), ChangePasswordError> {
    if !current_right {
        return Err(ChangePasswordError::WrongCurrent);
    }
    let found = tx.user(user).await?.ok_or(StoreError::Stale)?.user;
    let stem = found.email.split('@').next().unwrap_or_default();
    if let Some(why) = password::weakness(new_password, &[&found.display_name, stem]) {
        return Err(ChangePasswordError::Weak(why));
    }
    tx.set_password(user, hashed).await?;
    let ended = tx.end_sessions_but(user, Some(session), actor.at).await?;
    let text = format!("changed their password; {ended} other sessions ended");
    tx.record(Change::new("auth.change_password", "user", user.get(), text)).await?;
    Ok(())
}
