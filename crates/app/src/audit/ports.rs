//! What the audit trail and the sealer ask of the store.

use super::{AuditEntry, AuditFilter, Cursor, SealedTree};
use async_trait::async_trait;
use kernel::StoreError;
use kernel::id::EntryId;
use kernel::moment::Instant;
use proof::{Checkpoint, Entry, Hash, KeyRecord, Line, Tree};

/// The journal as people search it, newest first.
#[async_trait]
pub trait AuditTrail: Send {
    /// The next entries after the cursor.
    async fn audit_page(
        &mut self,
        filter: &AuditFilter,
        after: Option<Cursor>,
        limit: i64,
    ) -> Result<Vec<AuditEntry>, StoreError>;
    /// One entry.
    async fn audit_entry(&mut self, id: EntryId) -> Result<Option<AuditEntry>, StoreError>;
    /// The verbs that occur.
    async fn audit_actions(&mut self) -> Result<Vec<String>, StoreError>;
}

/// Leaves, checkpoints and keys of the firm's tree.
#[async_trait]
pub trait Sealing: Send {
    /// Takes the firm's sealing until the transaction ends; false when another process has it.
    async fn hold_sealing(&mut self) -> Result<bool, StoreError>;
    /// Where a stretch of so many entries ends that begins after a cursor; none when fewer are left.
    async fn stretch_end(&mut self, after: Cursor, length: i64) -> Result<Option<Cursor>, StoreError>;
    /// Committed entries without a leaf among so many after a cursor, in the order of their instants.
    async fn unsealed(
        &mut self,
        after: Cursor,
        stretch: i64,
        limit: i64,
    ) -> Result<Vec<(Cursor, Entry)>, StoreError>;
    /// How many wait since an instant, counted up to a limit.
    async fn count_unsealed(&mut self, since: Instant, limit: i64) -> Result<i64, StoreError>;
    /// Where sealing stopped.
    async fn sealed_tree(&mut self) -> Result<Option<SealedTree>, StoreError>;
    /// Gives entries their places, from this one on.
    async fn add_leaves(&mut self, from: u64, leaves: &[(EntryId, Hash)]) -> Result<(), StoreError>;
    /// Keeps a checkpoint with the tree under it.
    async fn add_checkpoint(&mut self, checkpoint: &Checkpoint, tree: &Tree) -> Result<(), StoreError>;
    /// The keys that signed, oldest first.
    async fn journal_keys(&mut self) -> Result<Vec<KeyRecord>, StoreError>;
    /// Keeps the next key.
    async fn add_journal_key(&mut self, place: i32, key: &KeyRecord) -> Result<(), StoreError>;
    /// Checkpoints larger than a size, smallest first.
    async fn checkpoints_after(&mut self, size: u64, limit: i64) -> Result<Vec<Checkpoint>, StoreError>;
    /// Sealed entries from a place on, with what the journal says today.
    async fn lines_from(&mut self, leaf: u64, limit: i64) -> Result<Vec<Line>, StoreError>;
    /// The sealed among these entries, by place.
    async fn lines_of(&mut self, entries: &[EntryId]) -> Result<Vec<Line>, StoreError>;
    /// Hashes of the leaves from a place on.
    async fn hashes_from(&mut self, leaf: u64, limit: i64) -> Result<Vec<Hash>, StoreError>;
}
