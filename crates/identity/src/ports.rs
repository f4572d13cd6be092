//! What identity asks of the store, inside one firm's transaction.

use crate::session::{NewSession, SessionInfo, TokenHash};
use crate::user::{Credentials, Firm, Mail, User};
use async_trait::async_trait;
use kernel::StoreError;
use kernel::id::{SessionId, UserId};
use kernel::moment::Instant;

/// People, sessions and one-use tokens of the firm of the transaction.
#[async_trait]
pub trait Accounts: Send {
    /// The firm itself.
    async fn firm(&mut self) -> Result<Firm, StoreError>;
    /// Saves after how many days late counts as breached, if the version is still `expected`; `Stale` otherwise.
    async fn set_breach_after_days(&mut self, days: u16, expected: i64) -> Result<(), StoreError>;
    /// The person and the stored hash for a sign-in address (lower-cased).
    async fn credentials(&mut self, email: &str) -> Result<Option<Credentials>, StoreError>;
    /// One person.
    async fn user(&mut self, id: UserId) -> Result<Option<Credentials>, StoreError>;
    /// Everybody, by name.
    async fn users(&mut self) -> Result<Vec<User>, StoreError>;
    /// Saves name and preferences; `Stale` when the version moved on.
    async fn save_user(&mut self, user: &User) -> Result<(), StoreError>;
    /// Replaces the password hash.
    async fn set_password(&mut self, user: UserId, hash: &str) -> Result<(), StoreError>;
    /// Replaces the password hash if it still is `old`; the person's version stays. False when it is not.
    async fn replace_hash(&mut self, user: UserId, old: &str, new: &str) -> Result<bool, StoreError>;
    /// Opens a session.
    async fn open_session(&mut self, session: &NewSession) -> Result<SessionId, StoreError>;
    /// Open sessions of a person, newest first.
    async fn sessions_of(&mut self, user: UserId, at: Instant) -> Result<Vec<SessionInfo>, StoreError>;
    /// Ends one session of this person; false when there was none.
    async fn end_session_of(&mut self, user: UserId, id: SessionId, at: Instant) -> Result<bool, StoreError>;
    /// Ends all sessions of a person but one.
    async fn end_sessions_but(
        &mut self,
        user: UserId,
        keep: Option<SessionId>,
        at: Instant,
    ) -> Result<u64, StoreError>;
    /// Keeps the hash of a reset token.
    async fn add_reset(
        &mut self,
        user: UserId,
        token: TokenHash,
        at: Instant,
        until: Instant,
    ) -> Result<(), StoreError>;
    /// Uses up a reset token; `None` when it is unknown, used or expired.
    async fn take_reset(&mut self, token: TokenHash, at: Instant) -> Result<Option<UserId>, StoreError>;
    /// Queues a mail.
    async fn queue_mail(&mut self, mail: &Mail, at: Instant) -> Result<(), StoreError>;
}
