//! The journal port: one append-only record of who changed what. Audit trail, timelines and later webhooks read it.

use crate::actor::Actor;
use crate::id::ClientId;
use crate::store::StoreError;
use async_trait::async_trait;
use serde_json::Value;

/// The thing an entry is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// `client`, `filing`, `import`, `user`, `session`, `firm`.
    pub kind: &'static str,
    /// Its id.
    pub id: i64,
}

/// One state change, to be written in the transaction that makes it.
#[derive(Debug, Clone)]
pub struct Change {
    /// The stable verb, `filings.file`.
    pub action: &'static str,
    /// What changed.
    pub subject: Subject,
    /// The client whose timeline shows it.
    pub client: Option<ClientId>,
    /// One sentence without the actor: "filed DNBS01 for Q2 FY 2026-27, acknowledgement AB12".
    pub text: String,
    /// The changed fields before, when there was a before. Never secrets, never a full Aadhaar number.
    pub before: Option<Value>,
    /// The changed fields after.
    pub after: Option<Value>,
}

impl Change {
    /// An entry without field values.
    pub fn new(action: &'static str, kind: &'static str, id: i64, text: impl Into<String>) -> Self {
        Self {
            action,
            subject: Subject { kind, id },
            client: None,
            text: text.into(),
            before: None,
            after: None,
        }
    }
    /// Shows the entry on this client's timeline.
    pub fn on_client(mut self, client: ClientId) -> Self {
        self.client = Some(client);
        self
    }
    /// Keeps the changed fields.
    pub fn with(mut self, before: Option<Value>, after: Option<Value>) -> Self {
        self.before = before;
        self.after = after;
        self
    }
}

/// Appends to the journal. The transaction knows the actor, the instant and the request id.
#[async_trait]
pub trait Journal: Send {
    /// From here on, entries are by this person of the same firm: what one person proposed and another released is
    /// written by the one who proposed it. A store that keeps no names has nothing to do.
    fn speak_as(&mut self, _who: &Actor) {}
    /// Writes the entry in the current transaction.
    async fn record(&mut self, change: Change) -> Result<(), StoreError>;
    /// Writes many entries, in their order.
    async fn record_all(&mut self, changes: Vec<Change>) -> Result<(), StoreError> {
        for change in changes {
            self.record(change).await?;
        }
        Ok(())
    }
}
