//! Reading the journal as a timeline.

use async_trait::async_trait;
use kernel::id::{ClientId, EntryId, FilingId, UserId};
use kernel::moment::Instant;
use kernel::{Page, PageRequest, StoreError};
use serde_json::Value;

/// Whose timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimelineOf {
    /// Everything on one client.
    Client(ClientId),
    /// Everything on one filing.
    Filing(FilingId),
}

/// One entry as people read it: actor, then the sentence.
#[derive(Debug, Clone)]
pub struct TimelineEntry {
    /// Id within the firm.
    pub id: EntryId,
    /// When.
    pub at: Instant,
    /// Who; none for the product itself.
    pub actor: Option<UserId>,
    /// Their name at the time.
    pub actor_name: String,
    /// The stable verb.
    pub action: String,
    /// Kind of the subject.
    pub subject_kind: String,
    /// Its id.
    pub subject_id: i64,
    /// The sentence without the actor.
    pub text: String,
    /// Changed fields before.
    pub before: Option<Value>,
    /// Changed fields after.
    pub after: Option<Value>,
}

/// Timelines from the journal, newest first.
#[async_trait]
pub trait Timelines: Send {
    /// One page.
    async fn timeline(
        &mut self,
        of: TimelineOf,
        page: PageRequest,
    ) -> Result<Page<TimelineEntry>, StoreError>;
}
