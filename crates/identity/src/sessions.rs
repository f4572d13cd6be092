//! A person's own sessions: list them, end one, sign out.

use crate::ports::Accounts;
use crate::session::SessionInfo;
use kernel::id::{SessionId, UserId};
use kernel::journal::{Change, Journal};
use kernel::{Actor, StoreError};

/// The open sessions of this person, newest first.
pub async fn list_sessions<T: Accounts + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    user: UserId,
) -> Result<Vec<SessionInfo>, StoreError> {
    tx.sessions_of(user, actor.at).await
}

/// Ends one of the person's own sessions; false when it is not theirs or already over.
pub async fn end_session<T: Accounts + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    user: UserId,
    session: SessionId,
) -> Result<bool, StoreError> {
    let ended = tx.end_session_of(user, session, actor.at).await?;
    if ended {
        tx.record(Change::new("auth.end_session", "user", user.get(), "ended another session")).await?;
    }
    Ok(ended)
}

/// Ends the session that asks.
pub async fn logout<T: Accounts + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    user: UserId,
    session: SessionId,
) -> Result<(), StoreError> {
    if tx.end_session_of(user, session, actor.at).await? {
        tx.record(Change::new("auth.logout", "user", user.get(), "signed out")).await?;
    }
    Ok(())
}
