//! Counts of whole views, kept for some seconds: counting a million filings takes longer than everything else in a
//! list together. A change made by this process is seen at once; one made by another replica after [`FRESH`].

use kernel::StoreError;
use kernel::moment::Instant;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use time::Duration;

/// So long a count is given out as it is.
const FRESH: Duration = Duration::seconds(5);

/// So long it is given out while one request counts anew.
const USABLE: Duration = Duration::seconds(60);

/// Counts kept in all.
const KEPT: usize = 2_000;

/// Counts of every firm by what was counted.
#[derive(Debug)]
pub(crate) struct Counting<V> {
    slots: Mutex<Slots<V>>,
    changes: Changes,
}

/// How often the clients or filings of a firm were changed through this process.
#[derive(Debug, Clone, Default)]
pub(crate) struct Changes(Arc<Mutex<HashMap<i64, u64>>>);

type Slots<V> = HashMap<(i64, String), Arc<Slot<V>>>;

#[derive(Debug)]
struct Slot<V> {
    kept: Mutex<Option<Kept<V>>>,
    turn: tokio::sync::Mutex<()>,
}

#[derive(Debug, Clone)]
struct Kept<V> {
    change: u64,
    at: Instant,
    value: V,
}

impl Changes {
    /// Makes every kept count of the firm worthless.
    pub(crate) fn changed(&self, tenant: i64) {
        *lock(&self.0).entry(tenant).or_default() += 1;
    }

    fn of(&self, tenant: i64) -> u64 {
        lock(&self.0).get(&tenant).copied().unwrap_or_default()
    }
}

impl<V: Clone> Counting<V> {
    /// Nothing kept yet.
    pub(crate) fn new(changes: Changes) -> Self {
        Self { slots: Mutex::default(), changes }
    }

    /// The kept value, or what `count` finds. Of several that ask at once, one counts.
    pub(crate) async fn get(
        &self,
        tenant: i64,
        what: String,
        at: Instant,
        count: impl AsyncFnOnce() -> Result<V, StoreError>,
    ) -> Result<V, StoreError> {
        let slot = self.slot(tenant, what);
        let _turn = match self.kept(&slot, tenant, at) {
            Some((value, true)) => return Ok(value),
            Some((value, false)) => match slot.turn.try_lock() {
                Ok(turn) => turn,
                Err(_) => return Ok(value),
            },
            None => {
                let turn = slot.turn.lock().await;
                if let Some((value, _)) = self.kept(&slot, tenant, at) {
                    return Ok(value);
                }
                turn
            }
        };
        // Read before counting: a change while we count makes the result worthless again.
        let change = self.changes.of(tenant);
        let value = count().await?;
        *lock(&slot.kept) = Some(Kept { change, at, value: value.clone() });
        Ok(value)
    }

    /// The value and whether it is fresh; none when it must not be given out.
    fn kept(&self, slot: &Slot<V>, tenant: i64, at: Instant) -> Option<(V, bool)> {
        let kept = lock(&slot.kept);
        let kept = kept.as_ref().filter(|kept| kept.change == self.changes.of(tenant))?;
        let age = (at - kept.at).abs();
        (age < USABLE).then(|| (kept.value.clone(), age < FRESH))
    }

    fn slot(&self, tenant: i64, what: String) -> Arc<Slot<V>> {
        let mut slots = lock(&self.slots);
        if slots.len() >= KEPT {
            slots.clear();
        }
        let empty = || Arc::new(Slot { kept: Mutex::new(None), turn: tokio::sync::Mutex::default() });
        Arc::clone(slots.entry((tenant, what)).or_insert_with(empty))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use time::macros::datetime;

    const NOON: Instant = datetime!(2026-11-21 12:00 UTC);

    #[tokio::test]
    async fn a_count_is_kept_until_something_changes_or_it_is_old() {
        let changes = Changes::default();
        let counting = Counting::new(changes.clone());
        let counted = Cell::new(0);
        let ask = async |tenant: i64, at: Instant| {
            let count = async || {
                counted.set(counted.get() + 1);
                Ok(counted.get())
            };
            counting.get(tenant, "open".into(), at, count).await.unwrap()
        };
        assert_eq!(ask(1, NOON).await, 1);
        assert_eq!(ask(1, NOON + Duration::seconds(4)).await, 1);
        assert_eq!(ask(2, NOON).await, 2, "another firm has its own");
        changes.changed(1);
        assert_eq!(ask(1, NOON + Duration::seconds(4)).await, 3);
        assert_eq!(ask(2, NOON + Duration::seconds(4)).await, 2, "nothing changed there");
        assert_eq!(
            ask(1, NOON + Duration::seconds(11)).await,
            4,
            "another replica may have changed something"
        );
        assert_eq!(ask(1, NOON + Duration::days(1)).await, 5);
    }

    #[tokio::test]
    async fn a_change_while_counting_is_not_lost() {
        let changes = Changes::default();
        let counting = Counting::new(changes.clone());
        let slow = async || {
            changes.changed(1);
            Ok(1)
        };
        assert_eq!(counting.get(1, "open".into(), NOON, slow).await.unwrap(), 1);
        assert_eq!(counting.get(1, "open".into(), NOON, async || Ok(2)).await.unwrap(), 2);
    }

    #[tokio::test]
    async fn a_failure_is_not_kept() {
        let counting = Counting::new(Changes::default());
        let failed = counting.get(1, "open".into(), NOON, async || Err(StoreError::Unavailable)).await;
        assert!(failed.is_err());
        assert_eq!(counting.get(1, "open".into(), NOON, async || Ok(7)).await.unwrap(), 7);
    }
}
