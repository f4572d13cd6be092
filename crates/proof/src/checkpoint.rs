//! A signed statement about the tree: so many entries, this root, at this time.

use crate::hash::Hash;
use crate::key::{Key, PublicKey};
use serde::{Deserialize, Serialize};

/// A checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Checkpoint {
    /// The firm.
    pub firm: i64,
    /// How many entries it covers.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
    /// When, in UTC.
    pub at: String,
    /// Fingerprint of the key that signed it.
    pub key: Hash,
    /// The signature over `statement`, in hexadecimal.
    pub signature: String,
    /// In a bundle of some entries: proof that the checkpoint on the line before is a beginning of this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consistency: Vec<Hash>,
}

impl Checkpoint {
    /// Signs one.
    pub fn sign(firm: i64, size: u64, root: Hash, at: String, key: &Key) -> Self {
        let mut made = Self {
            firm,
            size,
            root,
            at,
            key: key.public().id(),
            signature: String::new(),
            consistency: Vec::new(),
        };
        made.signature = key.sign(&made.statement());
        made
    }

    /// What is signed.
    pub fn statement(&self) -> String {
        format!(
            "zippcrm.checkpoint.v1\nfirm {}\nsize {}\nroot {}\nat {}\nkey {}\n",
            self.firm, self.size, self.root, self.at, self.key
        )
    }

    /// Whether this key signed it.
    pub fn signed_by(&self, key: PublicKey) -> bool {
        key.id() == self.key && key.signed(&self.statement(), &self.signature)
    }
}

/// A checkpoint with the key that signed it: what somebody keeps, outside our reach, to hold a later bundle against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Stored {
    /// The checkpoint.
    pub checkpoint: Checkpoint,
    /// The key.
    pub public_key: PublicKey,
}
