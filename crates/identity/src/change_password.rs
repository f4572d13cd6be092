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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{MemoryAccounts, new_session, person};
    use kernel::Id;
    use time::macros::datetime;

    const GOOD: &str = "monsoon over marine drive";

    fn actor() -> Actor {
        let system = Actor::system(Id::new(1), datetime!(2026-11-21 06:30 UTC), "test");
        Actor { user: Some(person().id), ..system }.in_role(person().role)
    }

    /// One person with three open sessions, and the second of them.
    async fn signed_in() -> (MemoryAccounts, SessionId) {
        let mut store = MemoryAccounts::new([person()]);
        let mut ids = Vec::new();
        for mark in 1..=3 {
            ids.push(store.open_session(&new_session(person().id, mark, actor().at)).await.unwrap());
        }
        (store, ids[1])
    }

    /// The stored hash and the open sessions.
    async fn state(store: &mut MemoryAccounts) -> (String, Vec<SessionId>) {
        let hash = store.user(person().id).await.unwrap().unwrap().password_hash;
        let open = store.sessions_of(person().id, actor().at).await.unwrap();
        (hash, open.into_iter().map(|s| s.id).collect())
    }

    #[tokio::test]
    async fn the_asking_session_goes_on_and_the_others_end() {
        let (mut store, mine) = signed_in().await;
        change_password(&mut store, &actor(), person().id, mine, true, GOOD, "new hash").await.unwrap();
        assert_eq!(state(&mut store).await, ("new hash".to_owned(), vec![mine]));
        assert_eq!(store.journal.len(), 1);
        let entry = &store.journal[0];
        assert_eq!((entry.action, entry.subject.kind, entry.subject.id), ("auth.change_password", "user", 9));
        assert_eq!(entry.text, "changed their password; 2 other sessions ended");
        assert!(entry.before.is_none() && entry.after.is_none(), "no hash in the journal");
    }

    #[tokio::test]
    async fn refusals_leave_nothing_behind() {
        let (mut store, mine) = signed_in().await;
        let who = person().id;
        let wrong = change_password(&mut store, &actor(), who, mine, false, "short", "new hash").await;
        let is_wrong = matches!(wrong, Err(ChangePasswordError::WrongCurrent));
        assert!(is_wrong, "the present password is judged before the new one");
        for (weak, why) in [("short", "at least 12"), ("ananya-over-marine-drive", "name")] {
            let refused = change_password(&mut store, &actor(), who, mine, true, weak, "new hash").await;
            let Err(ChangePasswordError::Weak(text)) = refused else { panic!("{weak} was taken") };
            assert!(text.contains(why), "{text}");
        }
        let gone = change_password(&mut store, &actor(), Id::new(77), mine, true, GOOD, "new hash").await;
        assert!(matches!(gone, Err(ChangePasswordError::Store(StoreError::Stale))));
        let (hash, open) = state(&mut store).await;
        assert_eq!((hash.as_str(), open.len()), ("none", 3));
        assert!(store.journal.is_empty());
    }
}
