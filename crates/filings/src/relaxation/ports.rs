//! What relaxations ask of the store, inside one firm's transaction.

use super::{Counts, Relaxation, Scope};
use crate::filing::Filing;
use crate::ports::NewFiling;
use async_trait::async_trait;
use kernel::id::{ClientId, FilingId, RelaxationId};
use kernel::moment::Instant;
use kernel::{Date, Page, PageRequest, StoreError};
use serde_json::Value;

/// A filing in scope, with what a list shows of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopedFiling {
    /// The filing.
    pub filing: Filing,
    /// The client's short name.
    pub client_name: String,
    /// Name of the return.
    pub title: String,
}

/// Closed filings in scope that no relaxation touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClosedInScope {
    /// Filed.
    pub filed: usize,
    /// Of these, after the date in force.
    pub filed_late: usize,
    /// Waived or not applicable.
    pub otherwise: usize,
}

/// A relaxation with what it did.
#[derive(Debug, Clone, PartialEq)]
pub struct RelaxationRow {
    /// The relaxation.
    pub relaxation: Relaxation,
    /// Clients named one by one; none when it covers all.
    pub listed_clients: Option<i64>,
    /// What it did when it was applied.
    pub counts: Counts,
    /// What taking it back did.
    pub undo_report: Option<Value>,
    /// Filings whose date or cost it gives now.
    pub in_force_on: i64,
    /// Name of who applied it.
    pub applied_by: Option<String>,
    /// Name of who took it back.
    pub undone_by: Option<String>,
}

/// Relaxations and the filings under them.
#[async_trait]
pub trait Relaxations: Send {
    /// Keeps planning out until the transaction ends, so that no filing is planned beside the set that changes.
    async fn hold_planning(&mut self) -> Result<(), StoreError>;
    /// The standing ones, without the lists of clients. Keeps [`Self::hold_planning`] out until the transaction ends.
    async fn standing_relaxations(&mut self) -> Result<Vec<Relaxation>, StoreError>;
    /// Which relaxations list this client.
    async fn relaxations_listing(&mut self, client: ClientId) -> Result<Vec<RelaxationId>, StoreError>;
    /// Open filings in scope, and with `filed_late` the late ones too, by client, return and period; held against other
    /// writers when `lock`. One more than `limit` says that there are more.
    async fn filings_in_scope(
        &mut self,
        scope: &Scope,
        filed_late: bool,
        limit: usize,
        lock: bool,
        today: Date,
    ) -> Result<Vec<ScopedFiling>, StoreError>;
    /// Closed filings in scope.
    async fn closed_in_scope(&mut self, scope: &Scope, today: Date) -> Result<ClosedInScope, StoreError>;
    /// Those of the filings that a scope covers.
    async fn covered_among(
        &mut self,
        scope: &Scope,
        among: &[FilingId],
        today: Date,
    ) -> Result<Vec<FilingId>, StoreError>;
    /// Writes a relaxation and the clients it lists.
    async fn insert_relaxation(
        &mut self,
        relaxation: &Relaxation,
        counts: &Counts,
    ) -> Result<RelaxationId, StoreError>;
    /// Writes the dates in force and what lies beneath; the filings are locked.
    async fn save_relieved(&mut self, filings: &[Filing], at: Instant) -> Result<(), StoreError>;
    /// Marks filings that were just planned under a relaxation.
    async fn mark_planned_relief(&mut self, filings: &[&NewFiling]) -> Result<(), StoreError>;
    /// One relaxation, standing or undone.
    async fn relaxation(&mut self, id: RelaxationId) -> Result<Option<RelaxationRow>, StoreError>;
    /// One relaxation, held against other writers.
    async fn lock_relaxation(&mut self, id: RelaxationId) -> Result<Option<Relaxation>, StoreError>;
    /// These relaxations.
    async fn relaxations_by_id(&mut self, ids: &[RelaxationId]) -> Result<Vec<Relaxation>, StoreError>;
    /// All of them, newest first.
    async fn list_relaxations(&mut self, page: PageRequest) -> Result<Page<RelaxationRow>, StoreError>;
    /// Filings whose date or cost it gives, locked, by client, return and period.
    async fn lock_filings_under(&mut self, id: RelaxationId) -> Result<Vec<ScopedFiling>, StoreError>;
    /// One page of the filings whose date or cost it gives.
    async fn filings_under(
        &mut self,
        id: RelaxationId,
        page: PageRequest,
    ) -> Result<Page<ScopedFiling>, StoreError>;
    /// Saves that it was taken back.
    async fn save_undone(&mut self, relaxation: &Relaxation, report: &Value) -> Result<(), StoreError>;
}
