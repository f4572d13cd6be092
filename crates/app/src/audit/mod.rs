//! The audit trail: the journal as people search it, its sealing into a tree, and the proof that it was not edited.

mod ports;
mod seal;
mod verify;

pub use ports::{AuditTrail, Sealing};
pub use seal::{RECENT, SealKeys, Sealed, seal_all, seal_firm, utc_text};
pub use verify::verify_store;

use kernel::Id;
use kernel::id::{ClientId, EntryId, UserId};
use kernel::moment::Instant;
use proof::{Checkpoint, Hash, Tree};
use serde_json::Value;

/// Which entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// By these people.
    pub people: Vec<UserId>,
    /// By the product itself; together with people either counts.
    pub system: bool,
    /// These verbs.
    pub actions: Vec<String>,
    /// On a subject of this kind, and with this id.
    pub subject: Option<(String, Option<i64>)>,
    /// About this client.
    pub client: Option<ClientId>,
    /// From this instant.
    pub from: Option<Instant>,
    /// Before this instant.
    pub until: Option<Instant>,
    /// With these words, or words that begin so.
    pub words: String,
}

impl AuditFilter {
    /// True when nothing is left out.
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }
}

/// Where a page ends: the next one begins after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Instant of the last entry.
    pub at: Instant,
    /// Its id.
    pub id: EntryId,
}

impl Cursor {
    /// Before every entry of that instant and later; none is before all of them.
    pub fn before(since: Option<Instant>) -> Self {
        Self { at: since.unwrap_or(Instant::UNIX_EPOCH), id: Id::new(0) }
    }
}

/// An entry as the audit trail shows it.
#[derive(Debug, Clone)]
pub struct AuditEntry {
    /// Id within the journal.
    pub id: EntryId,
    /// When.
    pub at: Instant,
    /// Who; none for the product itself.
    pub actor: Option<UserId>,
    /// Their name at the time.
    pub actor_name: String,
    /// For whom they acted.
    pub acting_for: Option<UserId>,
    /// That person's name.
    pub acting_for_name: Option<String>,
    /// The stable verb.
    pub action: String,
    /// Kind of the subject.
    pub subject_kind: String,
    /// Its id.
    pub subject_id: i64,
    /// The client, with its present short name.
    pub client: Option<(ClientId, String)>,
    /// The sentence without the actor.
    pub text: String,
    /// Changed fields before.
    pub before: Option<Value>,
    /// Changed fields after.
    pub after: Option<Value>,
    /// The request.
    pub request_id: String,
    /// The address.
    pub address: Option<String>,
    /// Its place in the tree and its hash, once it is sealed.
    pub leaf: Option<(u64, Hash)>,
}

/// Where sealing stopped.
#[derive(Debug, Clone)]
pub struct SealedTree {
    /// The last checkpoint.
    pub checkpoint: Checkpoint,
    /// The tree under it.
    pub tree: Tree,
}
