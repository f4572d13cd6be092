//! What licensing asks of the store, inside one firm's transaction.

use crate::merge::{Licence, Override};
use crate::plan::Plan;
use async_trait::async_trait;
use kernel::entitlements::Entitlements;
use kernel::id::ClientId;
use kernel::{Counted, StoreError};
use std::collections::BTreeMap;

/// How much of each counted thing there is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Usage(pub BTreeMap<Counted, i64>);

impl Usage {
    /// How much there is.
    pub fn of(&self, counted: Counted) -> i64 {
        self.0.get(&counted).copied().unwrap_or(0)
    }
}

/// Plans, the firm's licence, and what it comes to.
#[async_trait]
pub trait Licences: Send {
    /// Every plan, small to large.
    async fn plans(&mut self) -> Result<Vec<Plan>, StoreError>;
    /// The firm's licence; its evaluation when it has none.
    async fn licence(&mut self) -> Result<Licence, StoreError>;
    /// The same, held against other writers of it until the transaction ends.
    async fn lock_licence(&mut self) -> Result<Licence, StoreError>;
    /// Keeps the licence. Call it with the one that was locked.
    async fn save_licence(&mut self, licence: &Licence) -> Result<(), StoreError>;
    /// The firm's own exceptions.
    async fn overrides(&mut self) -> Result<Vec<Override>, StoreError>;
    /// Makes an exception, or replaces the one of the same name.
    async fn save_override(&mut self, own: &Override) -> Result<(), StoreError>;
    /// Takes an exception back; false when there was none.
    async fn remove_override(&mut self, name: &str) -> Result<bool, StoreError>;
    /// What every session of the firm reads.
    async fn firm_entitlements(&mut self) -> Result<Option<Entitlements>, StoreError>;
    /// Puts it where every session of the firm reads it.
    async fn save_entitlements(&mut self, entitlements: &Entitlements) -> Result<(), StoreError>;
    /// How much there is of everything that is counted.
    async fn usage(&mut self) -> Result<Usage, StoreError>;
    /// How much there is of one thing.
    async fn usage_of(&mut self, counted: Counted) -> Result<i64, StoreError>;
    /// How much there is of one thing, after holding the firm so that nobody else adds to it meanwhile.
    async fn hold_and_count(&mut self, counted: Counted) -> Result<i64, StoreError>;
    /// Regulators by how many clients are registered with them, most first.
    async fn regulators_in_use(&mut self) -> Result<Vec<String>, StoreError>;
    /// The clients that are read-only, because there are more than the plan allows.
    async fn held_clients(&mut self) -> Result<Vec<ClientId>, StoreError>;
    /// Which of these clients are read-only.
    async fn held_among(&mut self, clients: &[ClientId]) -> Result<Vec<ClientId>, StoreError>;
    /// Clients that count, oldest first.
    async fn counted_clients(&mut self) -> Result<Vec<ClientId>, StoreError>;
    /// Makes exactly these clients read-only.
    async fn hold_clients(&mut self, clients: &[ClientId]) -> Result<(), StoreError>;
}
