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

/// Uses up the token, checks the new password, sets the hash and ends every session. A refusal gives the token back,
/// because the transaction is rolled back.
/// Answers the person's address. `hashed` is the Argon2id hash of `new_password`, made off the async threads.
pub async fn reset_password<T: Accounts + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    token: TokenHash,
    new_password: &str,
    hashed: &str,
) -> Result<String, ResetPasswordError> {
    let user = tx.take_reset(token, actor.at).await?.ok_or(ResetPasswordError::Expired)?;
    let found = tx.user(user).await?.ok_or(ResetPasswordError::Expired)?.user;
    if !found.active {
        return Err(ResetPasswordError::Expired);
    }
    let stem = found.email.split('@').next().unwrap_or_default();
    if let Some(why) = password::weakness(new_password, &[&found.display_name, stem]) {
        return Err(ResetPasswordError::Weak(why));
    }
    tx.set_password(user, hashed).await?;
    tx.end_sessions_but(user, None, actor.at).await?;
    tx.record(Change::new("auth.reset_password", "user", user.get(), "set a new password by mailed link"))
        .await?;
    Ok(found.email)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RESET_LIFE;
    use crate::testing::{MemoryAccounts, new_session, person};
    use kernel::Id;
    use time::macros::datetime;

    const TOKEN: TokenHash = TokenHash([7; 32]);
    const GOOD: &str = "monsoon over marine drive";

    fn actor() -> Actor {
        Actor::system(Id::new(1), datetime!(2026-11-21 06:30 UTC), "test")
    }

    /// One person with two open sessions and a token that lives an hour.
    async fn asked() -> MemoryAccounts {
        let (mut store, who, at) = (MemoryAccounts::new([person()]), person().id, actor().at);
        for mark in [1, 2] {
            store.open_session(&new_session(who, mark, at)).await.unwrap();
        }
        store.add_reset(who, TOKEN, at, at + RESET_LIFE).await.unwrap();
        store
    }

    /// The stored hash and the number of open sessions.
    async fn state(store: &mut MemoryAccounts) -> (String, usize) {
        let hash = store.user(person().id).await.unwrap().unwrap().password_hash;
        (hash, store.sessions_of(person().id, actor().at).await.unwrap().len())
    }

    #[tokio::test]
    async fn the_link_sets_the_password_once_and_ends_every_session() {
        let mut store = asked().await;
        reset_password(&mut store, &actor(), TOKEN, GOOD, "new hash").await.unwrap();
        assert_eq!(state(&mut store).await, ("new hash".to_owned(), 0));
        assert_eq!(store.journal.len(), 1);
        let entry = &store.journal[0];
        assert_eq!((entry.action, entry.subject.kind, entry.subject.id), ("auth.reset_password", "user", 9));
        let again = reset_password(&mut store, &actor(), TOKEN, GOOD, "third hash").await;
        assert!(matches!(again, Err(ResetPasswordError::Expired)), "one use");
        assert_eq!(state(&mut store).await.0, "new hash");
        assert_eq!(store.journal.len(), 1);
    }

    #[tokio::test]
    async fn an_unknown_or_old_link_is_told_before_the_password_is_judged() {
        let mut store = asked().await;
        let unknown = TokenHash([8; 32]);
        let late = Actor { at: actor().at + RESET_LIFE, ..actor() };
        for (actor, token) in [(actor(), unknown), (late, TOKEN)] {
            for password in ["short", GOOD] {
                let refused = reset_password(&mut store, &actor, token, password, "new hash").await;
                assert!(matches!(refused, Err(ResetPasswordError::Expired)));
            }
        }
        assert_eq!(state(&mut store).await, ("none".to_owned(), 2));
        assert!(store.journal.is_empty());
    }

    #[tokio::test]
    async fn a_weak_password_sets_nothing() {
        // The token is taken first; the caller's transaction, which is taken back, gives it again.
        for (weak, why) in
            [("short", "at least 12"), ("marine Ananya drive", "name"), ("ananya rao 2026", "name")]
        {
            let mut store = asked().await;
            let refused = reset_password(&mut store, &actor(), TOKEN, weak, "new hash").await;
            let Err(ResetPasswordError::Weak(text)) = refused else { panic!("{weak} was taken") };
            assert!(text.contains(why), "{text}");
            assert_eq!(state(&mut store).await, ("none".to_owned(), 2));
            assert!(store.journal.is_empty());
        }
    }
}
