//! What the firm's own roles ask of the store.

use async_trait::async_trait;
use kernel::id::CustomRoleId;
use kernel::moment::Instant;
use kernel::{PermissionSet, StoreError};

/// A role that the firm made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomRole {
    /// Id within the firm.
    pub id: CustomRoleId,
    /// What the firm calls it; no two are called the same.
    pub name: String,
    /// What it allows.
    pub permissions: PermissionSet,
    /// For optimistic saving.
    pub version: i64,
    /// People and open invitations that have it.
    pub in_use: i64,
}

/// The firm's own roles.
#[async_trait]
pub trait Roles: Send {
    /// All of them, by name.
    async fn custom_roles(&mut self) -> Result<Vec<CustomRole>, StoreError>;
    /// One of them, held until the transaction ends.
    async fn lock_custom_role(&mut self, id: CustomRoleId) -> Result<Option<CustomRole>, StoreError>;
    /// Adds one; `Duplicate` when the name is taken.
    async fn add_custom_role(
        &mut self,
        name: &str,
        permissions: PermissionSet,
        at: Instant,
    ) -> Result<CustomRoleId, StoreError>;
    /// Saves name and permissions; `Stale` when the version moved on, `Duplicate` when the name is taken.
    async fn save_custom_role(&mut self, role: &CustomRole, at: Instant) -> Result<(), StoreError>;
    /// Deletes one that nobody has.
    async fn drop_custom_role(&mut self, id: CustomRoleId) -> Result<(), StoreError>;
}
