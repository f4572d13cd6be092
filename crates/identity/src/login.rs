//! Sign in: one answer for a wrong address, a wrong password and a person who left.

use crate::password;
use crate::ports::Accounts;
use crate::session::NewSession;
use crate::user::{Credentials, User};
use kernel::journal::{Change, Journal};
use kernel::{Actor, Id, StoreError};
use thiserror::Error;
use time::Duration;

/// How long a session lives, used or not.
pub const SESSION_LIFE: Duration = Duration::days(14);

/// Why nobody was let in.
#[derive(Debug, Error)]
pub enum LoginError {
    /// Address and password do not belong together. Deliberately says no more.
    #[error("That e-mail and password do not match. Check both, or reset the password.")]
    Wrong,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Decides on credentials that were already looked up. CPU-heavy; call it off the async threads.
pub fn check(found: Option<Credentials>, given: &str) -> Option<Credentials> {
    match found {
        Some(credentials) => {
            let right = password::verify(given, &credentials.password_hash);
            (right && credentials.user.active).then_some(credentials)
        }
        None => {
            password::verify(given, password::DECOY);
            None
        }
    }
}

/// Opens the session of a person whose password was checked, and journals it. `recovery` says whether their second factor
/// was a recovery code; none is a person without one.
pub async fn login<T>(
    tx: &mut T,
    user: &User,
    session: NewSession,
    actor: &Actor,
    recovery: Option<bool>,
) -> Result<Id<kernel::id::Session>, LoginError>
where
    T: Accounts + Journal + ?Sized,
{
    let id = tx.open_session(&session).await?;
    let from = actor.address.as_deref().unwrap_or("an unknown address");
    let with = match recovery {
        None => "",
        Some(false) => " with a second factor",
        Some(true) => " with a recovery code",
    };
    let text = format!("signed in from {from}{with}");
    tx.record(Change::new("auth.login", "user", user.id.get(), text)).await?;
    Ok(id)
}
