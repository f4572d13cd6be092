//! Entries of the audit trail on the wire.

use crate::auth::dto::UserRef;
use crate::http::Ist;
use app::audit::AuditEntry;
use proof::{Broken, Fault};
use serde::Serialize;
use utoipa::ToSchema;

/// One entry of the journal.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditEntryDto {
    /// Id within the journal.
    pub id: i64,
    /// When.
    pub at: Ist,
    /// Who; none for the product itself.
    pub actor: Option<UserRef>,
    /// For whom they acted.
    pub acting_for: Option<UserRef>,
    /// The stable verb.
    pub action: String,
    /// The sentence without the actor.
    pub text: String,
    /// `client`, `filing`, ...
    pub subject_kind: String,
    /// Id of the subject.
    pub subject_id: i64,
    /// The client it is about.
    pub client: Option<AuditClient>,
    /// The address it came from.
    pub address: Option<String>,
    /// The request, as in the logs.
    pub request_id: String,
    /// Its place in the sealed record, from 0; none while it waits for the next seal.
    pub leaf: Option<u64>,
    /// Its hash in the sealed record.
    pub hash: Option<String>,
}

/// The client of an entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditClient {
    /// Its id.
    pub id: i64,
    /// Its present short name.
    pub name: String,
}

impl From<AuditEntry> for AuditEntryDto {
    fn from(e: AuditEntry) -> Self {
        let acting_for_name = e.acting_for_name.unwrap_or_default();
        Self {
            id: e.id.get(),
            at: Ist(e.at),
            actor: e.actor.map(|id| UserRef::named(id, e.actor_name)),
            acting_for: e.acting_for.map(|id| UserRef::named(id, acting_for_name)),
            action: e.action,
            text: e.text,
            subject_kind: e.subject_kind,
            subject_id: e.subject_id,
            client: e.client.map(|(id, name)| AuditClient { id: id.get(), name }),
            address: e.address,
            request_id: e.request_id,
            leaf: e.leaf.map(|(leaf, _)| leaf),
            hash: e.leaf.map(|(_, hash)| hash.to_string()),
        }
    }
}

/// A signed checkpoint.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckpointDto {
    /// Entries it covers.
    pub size: u64,
    /// The root over them.
    pub root: String,
    /// When it was signed, in UTC, as it was signed.
    pub at: String,
    /// Fingerprint of the key.
    pub key: String,
}

impl From<&proof::Checkpoint> for CheckpointDto {
    fn from(c: &proof::Checkpoint) -> Self {
        Self { size: c.size, root: c.root.to_string(), at: c.at.clone(), key: c.key.to_string() }
    }
}

/// What is wrong with the record.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BrokenDto {
    /// `changed`, `missing`, `order`, `root`, `unsealed`, `checkpoint`, `key` or `bundle`.
    pub fault: &'static str,
    /// The first place that is affected, from 0.
    pub leaf: Option<u64>,
    /// The id of the first entry that is affected, where it is known.
    pub entry: Option<i64>,
    /// A sentence.
    pub text: String,
}

impl From<Broken> for BrokenDto {
    fn from(broken: Broken) -> Self {
        let fault = match broken.fault {
            Fault::Changed => "changed",
            Fault::Missing => "missing",
            Fault::Order => "order",
            Fault::Root => "root",
            Fault::Unsealed => "unsealed",
            Fault::Checkpoint => "checkpoint",
            Fault::Key => "key",
            Fault::Bundle => "bundle",
        };
        Self { fault, leaf: broken.leaf, entry: broken.entry, text: broken.words }
    }
}
