//! The files of a bundle.

use crate::entry::Entry;
use crate::hash::Hash;
use serde::{Deserialize, Serialize};

/// The name of the format.
pub const FORMAT: &str = "zippcrm.proof.v1";
/// What the bundle is: `Manifest`.
pub const MANIFEST: &str = "manifest.json";
/// One `KeyRecord` a line, oldest first.
pub const KEYS: &str = "keys.ndjson";
/// One `Checkpoint` a line, smallest first.
pub const CHECKPOINTS: &str = "checkpoints.ndjson";
/// One `Line` a line, in the order of the tree.
pub const ENTRIES: &str = "entries.ndjson";

/// What the bundle is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Manifest {
    /// `zippcrm.proof.v1`.
    pub format: String,
    /// The firm.
    pub firm: i64,
    /// Its name.
    pub firm_name: String,
    /// When it was made.
    pub made_at: String,
    /// Every entry up to the last checkpoint, or some of them, each with its proof.
    pub whole: bool,
    /// In words, which entries.
    pub about: String,
}

/// An entry in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Line {
    /// Its place in the tree, from 0.
    pub leaf: u64,
    /// The hash that was sealed.
    pub hash: Hash,
    /// In a bundle of some entries: the way to the root of the last checkpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Vec<Hash>>,
    /// The entry.
    pub entry: Entry,
}
