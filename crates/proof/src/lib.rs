//! Proof that a record was not edited: what is hashed, how the hashes make a tree, what is signed, and how a bundle is
//! checked by somebody who trusts nobody. Pure: no I/O, no clock, no randomness. `docs/audit-proof.md` says the same in
//! words, so that an outsider can write a verifier of his own.

pub mod bundle;
pub mod checkpoint;
pub mod entry;
pub mod hash;
pub mod key;
pub mod merkle;
pub mod verify;

pub use bundle::{Line, Manifest};
pub use checkpoint::{Checkpoint, Stored};
pub use entry::Entry;
pub use hash::Hash;
pub use key::{Key, KeyRecord, PublicKey};
pub use merkle::{Nodes, Tree};
pub use verify::{Broken, Fault, Report, Trust, Verifier};
