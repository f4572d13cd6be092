//! What keys ask of the store.

use crate::session::TokenHash;
use async_trait::async_trait;
use kernel::id::{ApiKeyId, UserId};
use kernel::moment::Instant;
use kernel::{PermissionSet, StoreError};

/// A key as its list shows it. The key itself was shown once and is kept nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Id within the firm.
    pub id: ApiKeyId,
    /// What it is for.
    pub name: String,
    /// How it begins; empty until its secret is collected.
    pub prefix: String,
    /// Until when its secret can be collected; none once that happened.
    pub collect_until: Option<Instant>,
    /// For whom it acts.
    pub owner: UserId,
    /// What they are called.
    pub owner_name: String,
    /// What it may do, as long as its owner may.
    pub permissions: PermissionSet,
    /// When it was made.
    pub created_at: Instant,
    /// When it ends.
    pub expires_at: Instant,
    /// When it was last used, to within a minute.
    pub last_used_at: Option<Instant>,
    /// When it was revoked.
    pub revoked_at: Option<Instant>,
}

/// A key to be kept.
#[derive(Debug, Clone)]
pub struct NewApiKey {
    /// What it is for.
    pub name: String,
    /// For whom it acts.
    pub owner: UserId,
    /// What it may do.
    pub permissions: PermissionSet,
    /// When it is made.
    pub at: Instant,
    /// When it ends.
    pub until: Instant,
    /// Until when its secret can be collected.
    pub collect_until: Instant,
}

/// The firm's keys.
#[async_trait]
pub trait ApiKeys: Send {
    /// Those in force and those that ended in the last 90 days, newest first.
    async fn api_keys(&mut self, at: Instant) -> Result<Vec<ApiKey>, StoreError>;
    /// Keeps one, without a secret.
    async fn add_api_key(&mut self, new: &NewApiKey) -> Result<ApiKeyId, StoreError>;
    /// The key with this secret, in force or not, and what it is called.
    async fn key_named(&mut self, token: &TokenHash) -> Result<Option<(ApiKeyId, String)>, StoreError>;
    /// Gives one in force its secret while it has none, for its owner and in time; its name, or none.
    async fn give_secret(
        &mut self,
        id: ApiKeyId,
        owner: UserId,
        prefix: &str,
        token: TokenHash,
        at: Instant,
    ) -> Result<Option<String>, StoreError>;
    /// Ends one; its name, or none when it is not there or has ended.
    async fn end_api_key(&mut self, id: ApiKeyId, at: Instant) -> Result<Option<String>, StoreError>;
}
