//! Checks a bundle and names the first thing that is wrong.

use crate::bundle::{FORMAT, Line, Manifest};
use crate::checkpoint::{Checkpoint, Stored};
use crate::key::{KeyRecord, PublicKey};
use crate::merkle::{Tree, consistent, included};
use std::fmt;
use thiserror::Error;

/// What the person who checks already has.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// A checkpoint that was kept outside the product's reach.
    pub stored: Option<Stored>,
    /// A public key that came another way than the bundle.
    pub key: Option<PublicKey>,
}

/// What kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The content of an entry is not what was sealed.
    Changed,
    /// An entry is not there.
    Missing,
    /// An entry stands in another's place.
    Order,
    /// The hashes do not come to what was signed.
    Root,
    /// An entry that no checkpoint covers.
    Unsealed,
    /// A checkpoint that the firm's key did not sign.
    Checkpoint,
    /// A key that the one before it does not vouch for, or that is not the expected one.
    Key,
    /// The parts do not belong together.
    Bundle,
}

/// The first thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub struct Broken {
    /// What kind.
    pub fault: Fault,
    /// The first place in the tree that is affected, from 0.
    pub leaf: Option<u64>,
    /// The id of the first entry that is affected, where it is known.
    pub entry: Option<i64>,
    /// A sentence.
    pub words: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl Broken {
    fn new(fault: Fault, words: impl Into<String>) -> Self {
        Self { fault, leaf: None, entry: None, words: words.into() }
    }
    fn at(mut self, leaf: u64, entry: Option<i64>) -> Self {
        (self.leaf, self.entry) = (Some(leaf), entry);
        self
    }
}

/// Nothing is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Entries checked.
    pub entries: u64,
    /// The last checkpoint.
    pub last: Option<Checkpoint>,
    /// The id of the last entry.
    pub last_entry: Option<i64>,
    /// What was not proved, in words.
    pub notes: Vec<String>,
}

/// Takes a bundle in order, entry by entry.
#[derive(Debug)]
pub struct Verifier {
    manifest: Manifest,
    checkpoints: Vec<Checkpoint>,
    stored: Option<Checkpoint>,
    /// How many checkpoints the tree has reached.
    reached: usize,
    tree: Tree,
    entries: u64,
    last: Option<(u64, i64)>,
    /// The first entry after the last root that was right.
    since: Option<i64>,
    notes: Vec<String>,
}

type Checked<T = ()> = Result<T, Broken>;

impl Verifier {
    /// Checks keys and checkpoints.
    pub fn new(
        manifest: Manifest,
        keys: &[KeyRecord],
        checkpoints: Vec<Checkpoint>,
        trust: &Trust,
    ) -> Checked<Self> {
        if manifest.format != FORMAT {
            let words =
                format!("This is a bundle of format {}; this program reads {FORMAT}.", manifest.format);
            return Err(Broken::new(Fault::Bundle, words));
        }
        if let Some(stored) = &trust.stored {
            check_stored(&manifest, stored, &checkpoints)?;
        }
        let mut notes = Vec::new();
        let trusted = check_keys(&manifest, keys, trust, &mut notes)?;
        check_checkpoints(&manifest, keys, trusted, &checkpoints)?;
        if !manifest.whole {
            notes.push(
                "The bundle has some of the entries. Each one is proved; that none was left out is not."
                    .to_owned(),
            );
        }
        let stored = trust.stored.as_ref().map(|stored| stored.checkpoint.clone());
        Ok(Self {
            manifest,
            checkpoints,
            stored,
            reached: 0,
            tree: Tree::default(),
            entries: 0,
            last: None,
            since: None,
            notes,
        })
    }

    /// Takes the next entry.
    pub fn entry(&mut self, line: &Line) -> Checked {
        let (leaf, id) = (line.leaf, line.entry.id);
        if line.entry.firm != self.manifest.firm {
            return Err(Broken::new(Fault::Changed, format!("Entry {id} belongs to another firm."))
                .at(leaf, Some(id)));
        }
        self.check_place(leaf, id)?;
        if line.entry.leaf() != line.hash {
            let words = format!(
                "Entry {id} at place {leaf} was changed: its content does not have the hash that was sealed."
            );
            return Err(Broken::new(Fault::Changed, words).at(leaf, Some(id)));
        }
        self.last = Some((leaf, id));
        self.entries += 1;
        if self.manifest.whole { self.grow(line) } else { self.check_inclusion(line) }
    }

    fn check_place(&self, leaf: u64, id: i64) -> Checked {
        if self.manifest.whole {
            let wanted = self.tree.size();
            if leaf > wanted {
                let words = format!(
                    "The entry at place {wanted} is missing, or was moved: entry {id}, sealed at place {leaf}, stands there."
                );
                return Err(Broken::new(Fault::Missing, words).at(wanted, None));
            }
            if leaf < wanted {
                let words =
                    format!("Entry {id} stands out of order: it was sealed at place {leaf}, not {wanted}.");
                return Err(Broken::new(Fault::Order, words).at(leaf, Some(id)));
            }
        } else if self.last.is_some_and(|(last, _)| leaf <= last) {
            let words = format!("Entry {id} stands out of order: it was sealed at place {leaf}.");
            return Err(Broken::new(Fault::Order, words).at(leaf, Some(id)));
        }
        Ok(())
    }

    /// Adds to the tree, and compares its root where something was signed about it.
    fn grow(&mut self, line: &Line) -> Checked {
        self.since.get_or_insert(line.entry.id);
        self.tree.push(line.hash);
        let size = self.tree.size();
        let mut compared = false;
        if let Some(checkpoint) = self.checkpoints.get(self.reached)
            && checkpoint.size == size
        {
            if checkpoint.root != self.tree.root() {
                return Err(self.other_root(&format!("the checkpoint of {}", checkpoint.at)));
            }
            self.reached += 1;
            compared = true;
        }
        if let Some(stored) = &self.stored
            && stored.size == size
        {
            if stored.root != self.tree.root() {
                return Err(self.other_root("the stored checkpoint"));
            }
            compared = true;
        }
        if compared {
            self.since = None;
        }
        Ok(())
    }

    fn other_root(&self, what: &str) -> Broken {
        let good = self.reached.checked_sub(1).and_then(|i| self.checkpoints.get(i)).map_or(0, |c| c.size);
        let last = self.tree.size() - 1;
        let words = format!(
            "The entries do not come to what {what} signed. Up to place {good} (not counted) they do; something between \
             place {good} and place {last} was changed, removed or put in another order, and its hash with it."
        );
        Broken::new(Fault::Root, words).at(good, self.since)
    }

    fn check_inclusion(&self, line: &Line) -> Checked {
        let (Some(proof), Some(last)) = (&line.proof, self.checkpoints.last()) else {
            let words = format!("Entry {} comes without a proof.", line.entry.id);
            return Err(Broken::new(Fault::Bundle, words).at(line.leaf, Some(line.entry.id)));
        };
        if included(line.hash, line.leaf, last.size, proof, last.root) {
            return Ok(());
        }
        let words = format!(
            "Entry {} is not at place {} of what the checkpoint of {} signed.",
            line.entry.id, line.leaf, last.at
        );
        Err(Broken::new(Fault::Root, words).at(line.leaf, Some(line.entry.id)))
    }

    /// All entries were taken.
    pub fn finish(self) -> Checked<Report> {
        let size = self.tree.size();
        if self.manifest.whole {
            if let Some(open) = self.checkpoints.get(self.reached) {
                let words = format!(
                    "The entry at place {size} is missing: the checkpoint of {} covers {} entries, the bundle has {size}.",
                    open.at, open.size
                );
                return Err(Broken::new(Fault::Missing, words).at(size, None));
            }
            let sealed = self.checkpoints.last().map_or(0, |c| c.size);
            if size > sealed {
                let words = format!("From place {sealed} on no checkpoint covers the entries.");
                return Err(Broken::new(Fault::Unsealed, words).at(sealed, self.since));
            }
        }
        Ok(Report {
            entries: self.entries,
            last: self.checkpoints.last().cloned(),
            last_entry: self.last.map(|(_, id)| id),
            notes: self.notes,
        })
    }
}

/// Every key is vouched for by the one before it; the expected one is among them. Without an expected key the first is
/// believed, and that is said. Answers from which key on they are to be believed.
fn check_keys(
    manifest: &Manifest,
    keys: &[KeyRecord],
    trust: &Trust,
    notes: &mut Vec<String>,
) -> Checked<usize> {
    let Some(first) = keys.first() else {
        return Err(Broken::new(Fault::Key, "The bundle names no key."));
    };
    if keys.iter().any(|key| key.firm != manifest.firm) {
        return Err(Broken::new(Fault::Key, "A key in the bundle belongs to another firm."));
    }
    let stored = trust.stored.as_ref().map(|stored| stored.public_key);
    let mut start = 0;
    for expected in [trust.key, stored].into_iter().flatten() {
        let Some(at) = keys.iter().position(|key| key.public_key == expected) else {
            let words = format!(
                "The key you expect, {}, signed nothing here: this record was signed by somebody else.",
                expected.id()
            );
            return Err(Broken::new(Fault::Key, words));
        };
        start = start.max(at);
    }
    if trust.key.is_none() && stored.is_none() {
        notes.push(format!(
            "The key is known from this bundle alone. Compare its fingerprint with one you got another way: {}",
            first.public_key.id()
        ));
    }
    // a key before the expected one signed only what a later checkpoint covers again
    for pair in keys[start..].windows(2) {
        if !pair[1].endorsed_by(pair[0].public_key) {
            let words = format!(
                "The key {} is not vouched for by the key before it. If that key was lost, check with --key and the new \
                 one.",
                pair[1].public_key.id()
            );
            return Err(Broken::new(Fault::Key, words));
        }
    }
    Ok(start)
}

fn check_checkpoints(manifest: &Manifest, keys: &[KeyRecord], trusted: usize, all: &[Checkpoint]) -> Checked {
    let forged = |checkpoint: &Checkpoint, why: &str| {
        let words = format!("The checkpoint of {} over {} entries {why}.", checkpoint.at, checkpoint.size);
        Broken::new(Fault::Checkpoint, words).at(checkpoint.size.saturating_sub(1), None)
    };
    // the last key whose checkpoints were seen: no older key may sign after it
    let mut newest = 0;
    for checkpoint in all {
        if checkpoint.firm != manifest.firm {
            return Err(forged(checkpoint, "belongs to another firm"));
        }
        let by = keys.iter().position(|key| checkpoint.signed_by(key.public_key));
        let Some(by) = by else {
            return Err(forged(checkpoint, "is forged: no key of the firm signed it"));
        };
        if by < newest {
            return Err(forged(checkpoint, "was signed by a key that had been replaced"));
        }
        newest = by;
    }
    // what an older key signed counts because the last checkpoint covers it again
    if let Some(last) = all.last().filter(|_| newest < trusted) {
        return Err(forged(last, "was not signed by the key you expect or one after it"));
    }
    for pair in all.windows(2) {
        let (before, after) = (&pair[0], &pair[1]);
        if after.size <= before.size {
            return Err(forged(after, "does not follow the one before it"));
        }
        if !manifest.whole
            && !consistent((before.size, before.root), (after.size, after.root), &after.consistency)
        {
            return Err(forged(
                after,
                "does not continue the one before it: history was rewritten between them",
            ));
        }
    }
    Ok(())
}

fn check_stored(manifest: &Manifest, kept: &Stored, all: &[Checkpoint]) -> Checked {
    let stored = &kept.checkpoint;
    if !stored.signed_by(kept.public_key) {
        return Err(Broken::new(Fault::Bundle, "The stored checkpoint is not signed by the key beside it."));
    }
    if stored.firm != manifest.firm {
        return Err(Broken::new(Fault::Bundle, "The stored checkpoint belongs to another firm."));
    }
    let size = all.last().map_or(0, |last| last.size);
    if stored.size > size {
        let words = format!(
            "The entry at place {size} is missing: the stored checkpoint of {} covers {} entries, the bundle has {size}.",
            stored.at, stored.size
        );
        return Err(Broken::new(Fault::Missing, words).at(size, None));
    }
    if manifest.whole {
        return Ok(());
    }
    match all.iter().find(|checkpoint| checkpoint.size == stored.size) {
        Some(same) if same.root == stored.root => Ok(()),
        Some(_) => {
            let words = "The stored checkpoint has another root: history was rewritten since.";
            Err(Broken::new(Fault::Root, words).at(0, None))
        }
        None => {
            let words = "The bundle of some entries has no proof from the stored checkpoint; export the whole record.";
            Err(Broken::new(Fault::Bundle, words))
        }
    }
}
