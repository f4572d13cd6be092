//! What the second factor asks of the store, and of whoever keeps the key that seals secrets.

use crate::session::TokenHash;
use async_trait::async_trait;
use kernel::StoreError;
use kernel::id::{TenantId, UserId};
use kernel::moment::Instant;

/// A person's second factor as it is stored.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct SecondFactor {
    /// The sealed secret in use.
    pub secret: Option<Vec<u8>>,
    /// A sealed secret that was shown and not yet proved.
    pub pending: Option<Vec<u8>>,
    /// Since when it is in use.
    pub since: Option<Instant>,
    /// The last half-minute whose code was used.
    pub step: i64,
    /// Recovery codes that are not used yet.
    pub recovery_left: i64,
}

impl std::fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecondFactor").field("since", &self.since).finish_non_exhaustive()
    }
}

/// Seals secrets that must be read again, with a key that is not in the database.
pub trait Vault: Send + Sync {
    /// Seals for this person only; `None` when the system gives no randomness.
    fn seal(&self, tenant: TenantId, user: UserId, secret: &[u8]) -> Option<Vec<u8>>;
    /// Opens what was sealed for this person.
    fn open(&self, tenant: TenantId, user: UserId, sealed: &[u8]) -> Option<Vec<u8>>;
}

/// Second factors of the firm's people.
#[async_trait]
pub trait SecondFactors: Send {
    /// One person's, empty when they have none.
    async fn second_factor(&mut self, user: UserId) -> Result<SecondFactor, StoreError>;
    /// Keeps a sealed secret until it is proved.
    async fn keep_pending_factor(&mut self, user: UserId, sealed: &[u8]) -> Result<(), StoreError>;
    /// Puts the pending secret to use; the step that proved it is used up.
    async fn adopt_factor(&mut self, user: UserId, at: Instant, step: i64) -> Result<(), StoreError>;
    /// Uses up a step; false when it or a later one was used before.
    async fn use_step(&mut self, user: UserId, step: i64) -> Result<bool, StoreError>;
    /// Takes the factor and its recovery codes away.
    async fn drop_factor(&mut self, user: UserId) -> Result<(), StoreError>;
    /// Replaces all recovery codes.
    async fn replace_recovery_codes(&mut self, user: UserId, codes: &[TokenHash]) -> Result<(), StoreError>;
    /// Uses up a recovery code; false when it is unknown or was used.
    async fn use_recovery_code(
        &mut self,
        user: UserId,
        code: TokenHash,
        at: Instant,
    ) -> Result<bool, StoreError>;
    /// Saves whether everybody of the firm needs one.
    async fn save_require_totp(&mut self, required: bool) -> Result<(), StoreError>;
}
