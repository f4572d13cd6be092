//! Sealing in the background. Writers never wait for it: an entry gets its place after it was committed, in the order in which
//! the sealer sees it. Ids are handed out before a transaction commits, so an entry with a low id may appear after others were
//! sealed; it takes the next place then. What has no place is found by looking for exactly that, never by "since the last id".

use super::Cursor;
use crate::database::{Database, transact};
use kernel::id::TenantId;
use kernel::journal::Change;
use kernel::moment::Instant;
use kernel::{Actor, Clock, Id, StoreError};
use proof::{Checkpoint, Entry, Key, Tree};
use std::collections::HashMap;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Duration, UtcOffset};

/// Entries sealed in one transaction.
const BATCH: i64 = 5_000;

/// Entries looked at in one statement, so that none grows with the journal.
const STRETCH: i64 = 100_000;

/// Between looks at the whole journal, only entries of this long ago are looked at: longer than a transaction takes from its
/// beginning, which is the instant of its entries, to its end.
pub const RECENT: Duration = Duration::minutes(15);

/// How often the whole journal is looked at for entries without a place.
const WHOLE_EVERY: Duration = Duration::hours(1);

/// The keys that sign, newest first: the first signs, the second vouches for it when it is new.
#[derive(Debug)]
pub struct SealKeys {
    keys: Vec<Key>,
}

impl SealKeys {
    /// From seeds, newest first; `None` without one, or when one is not readable.
    pub fn parse<'a>(seeds: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let keys: Vec<Key> = seeds.into_iter().map(Key::parse).collect::<Option<_>>()?;
        (!keys.is_empty()).then_some(Self { keys })
    }

    /// The one that signs.
    pub fn current(&self) -> Option<&Key> {
        self.keys.first()
    }
}

/// What one round did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sealed {
    /// Entries that got a place.
    pub entries: usize,
    /// Another process was at it.
    pub busy: bool,
}

/// An instant as it is hashed and signed: UTC, to the microsecond, which is what the store keeps.
pub fn utc_text(at: Instant) -> String {
    const FORM: &[BorrowedFormatItem<'_>] =
        format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:6]Z");
    at.to_offset(UtcOffset::UTC).format(FORM).unwrap_or_default()
}

/// Seals what waits in every firm. `whole` remembers when a firm's whole journal was last looked at.
pub async fn seal_all(
    db: &dyn Database,
    clock: &dyn Clock,
    keys: &SealKeys,
    whole: &mut HashMap<TenantId, Instant>,
) -> Result<usize, StoreError> {
    let mut sealed = 0;
    for tenant in db.tenants().await? {
        let now = clock.now();
        let looked = whole.get(&tenant).is_some_and(|at| now - *at < WHOLE_EVERY);
        let since = looked.then(|| now - RECENT);
        match seal_firm(db, clock, keys, tenant, since).await {
            Ok(found) => {
                sealed += found.entries;
                if !looked && !found.busy {
                    whole.insert(tenant, now);
                }
            }
            Err(error) => tracing::warn!(%tenant, %error, "the journal was not sealed; it is tried again"),
        }
    }
    Ok(sealed)
}

/// Seals what waits in one firm, in as many transactions as it takes. It goes along the journal once, from an instant or from
/// the beginning, and never back: what appears behind it is found by the next look.
pub async fn seal_firm(
    db: &dyn Database,
    clock: &dyn Clock,
    keys: &SealKeys,
    tenant: TenantId,
    since: Option<Instant>,
) -> Result<Sealed, StoreError> {
    let mut all = Sealed::default();
    let mut after = Some(Cursor::before(since));
    while let Some(from) = after {
        let actor = Actor::system(tenant, clock.now(), "seal-journal");
        let (done, next) = transact(db, &actor, async |tx| seal_some(tx, &actor, keys, from).await).await?;
        all.entries += done.entries;
        all.busy |= done.busy;
        after = next;
    }
    Ok(all)
}

/// One batch of one stretch; answers where to go on, if not at the end.
async fn seal_some(
    tx: &mut dyn crate::database::Tx,
    actor: &Actor,
    keys: &SealKeys,
    after: Cursor,
) -> Result<(Sealed, Option<Cursor>), StoreError> {
    let Some(key) = keys.current() else { return Ok((Sealed::default(), None)) };
    if !tx.hold_sealing().await? {
        return Ok((Sealed { entries: 0, busy: true }, None));
    }
    let mut waiting = tx.unsealed(after, STRETCH, BATCH).await?;
    if !waiting.is_empty() && introduce(tx, actor, keys, key).await? {
        // the entry about the key goes with this batch
        waiting = tx.unsealed(after, STRETCH, BATCH).await?;
    }
    let full = i64::try_from(waiting.len()) == Ok(BATCH);
    let next = match waiting.last().filter(|_| full) {
        Some((last, _)) => Some(*last),
        None => tx.stretch_end(after, STRETCH).await?,
    };
    if !waiting.is_empty() {
        place(tx, actor, key, &waiting).await?;
    }
    Ok((Sealed { entries: waiting.len(), busy: false }, next))
}

/// Gives the entries the next places, and signs what the tree comes to with them.
async fn place(
    tx: &mut dyn crate::database::Tx,
    actor: &Actor,
    key: &Key,
    waiting: &[(Cursor, Entry)],
) -> Result<(), StoreError> {
    let before = tx.sealed_tree().await?;
    let mut tree = before.map_or_else(Tree::default, |sealed| sealed.tree);
    let from = tree.size();
    let mut leaves = Vec::with_capacity(waiting.len());
    for (_, entry) in waiting {
        let leaf = entry.leaf();
        tree.push(leaf);
        leaves.push((Id::new(entry.id), leaf));
    }
    tx.add_leaves(from, &leaves).await?;
    let checkpoint = Checkpoint::sign(actor.tenant.get(), tree.size(), tree.root(), utc_text(actor.at), key);
    tx.add_checkpoint(&checkpoint, &tree).await
}

/// Makes the key known when it signs for the first time. The key before it vouches for it, if we still have that one.
async fn introduce(
    tx: &mut dyn crate::database::Tx,
    actor: &Actor,
    keys: &SealKeys,
    key: &Key,
) -> Result<bool, StoreError> {
    let known = tx.journal_keys().await?;
    let newest = known.last().map(|record| record.public_key);
    if newest == Some(key.public()) {
        return Ok(false);
    }
    if known.iter().any(|record| record.public_key == key.public()) {
        return Err(StoreError::Other(
            "the journal's key is one that had been replaced; give the newest one first".into(),
        ));
    }
    let old = newest.and_then(|newest| keys.keys.iter().find(|key| key.public() == newest));
    let mut record = key.record(actor.tenant.get(), utc_text(actor.at), old);
    record.previous = newest.map(|key| key.id());
    let id = record.public_key.id();
    let text = match (newest, old) {
        (None, _) => format!("began to seal the journal with key {id}"),
        (Some(before), Some(_)) => {
            format!(
                "seals the journal with key {id} from now on; the key before it, {}, signed that",
                before.id()
            )
        }
        (Some(before), None) => format!(
            "seals the journal with key {id} from now on; the key before it, {}, was not at hand to sign that",
            before.id()
        ),
    };
    let place = i32::try_from(known.len()).unwrap_or(i32::MAX);
    tx.add_journal_key(place, &record).await?;
    tx.record(Change::new("journal.key", "firm", actor.tenant.get(), text)).await?;
    Ok(true)
}
