//! What the rules of a firm ask of the store.

use super::internal::InternalReturn;
use async_trait::async_trait;
use filings::Filing;
use kernel::id::ClientId;
use kernel::moment::Instant;
use kernel::{Date, StoreError};

/// Open filings of one return that are late by a span of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreachShift {
    /// `DNBS01`.
    pub code: String,
    /// How many.
    pub filings: i64,
}

/// Settings, internal returns, and what previews count.
#[async_trait]
pub trait FirmRulesStore: Send {
    /// Every internal return, retired ones too, by code.
    async fn internal_returns(&mut self) -> Result<Vec<InternalReturn>, StoreError>;
    /// One, held against other writers.
    async fn lock_internal_return(&mut self, code: &str) -> Result<Option<InternalReturn>, StoreError>;
    /// Saves it whole if the version is still the one inside (zero: it is new; `Duplicate` when the code is taken).
    async fn save_internal_return(&mut self, own: &InternalReturn, at: Instant) -> Result<(), StoreError>;
    /// Gives open filings of a code, whose period ends on or after a day, another name.
    async fn retitle_filings(
        &mut self,
        code: &str,
        from: Date,
        title: &str,
        at: Instant,
    ) -> Result<(), StoreError>;
    /// The ids of the firm's clients from the first on, at most `limit`, and how many there are.
    async fn some_clients(&mut self, limit: i64) -> Result<(Vec<ClientId>, i64), StoreError>;
    /// The filings of a code that some clients have, withdrawn ones too; nothing is held.
    async fn filings_of_code(&mut self, code: &str, clients: &[ClientId]) -> Result<Vec<Filing>, StoreError>;
    /// Open filings that are late by more than `above` and at most `up_to` days, and whose threshold nobody set by hand.
    async fn late_between(
        &mut self,
        above: u16,
        up_to: u16,
        today: Date,
    ) -> Result<Vec<BreachShift>, StoreError>;
}
