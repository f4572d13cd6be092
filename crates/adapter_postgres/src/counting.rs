//! Counts of whole views, kept for some seconds: counting a million filings takes longer than everything else in a
//! list together. A change made by this process is seen at once; one made by another replica after [`FRESH`], or later
//! where counting takes so long that doing it every few seconds would slow everybody.

use crate::reads::Counted;
use app::library::RuleUse;
use kernel::StoreError;
use kernel::moment::Instant;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use time::Duration;

/// So long a count is given out as it is.
const FRESH: Duration = Duration::seconds(5);

/// Counting takes no more than one part in so many of the time.
const SHARE: u32 = 50;

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
    /// Until when it is given out as it is.
    fresh: Instant,
    value: V,
}

/// What is counted for all firms.
#[derive(Debug)]
pub(crate) struct Caches {
    /// Totals of the lists of filings, with the counts of the views.
    pub(crate) filings: Counting<Counted>,
    /// How far each rule reaches.
    pub(crate) rules: Counting<Vec<RuleUse>>,
    /// What makes them worthless.
    pub(crate) changes: Changes,
}

impl Default for Caches {
    fn default() -> Self {
        let changes = Changes::default();
        Self { filings: Counting::new(changes.clone()), rules: Counting::new(changes.clone()), changes }
    }
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
        let begun = std::time::Instant::now();
        let value = count().await?;
        let fresh = at + freshness(begun.elapsed());
        *lock(&slot.kept) = Some(Kept { change, at, fresh, value: value.clone() });
        Ok(value)
    }

    /// The value and whether it is fresh; none when it must not be given out.
    fn kept(&self, slot: &Slot<V>, tenant: i64, at: Instant) -> Option<(V, bool)> {
        let kept = lock(&slot.kept);
        let kept = kept.as_ref().filter(|kept| kept.change == self.changes.of(tenant))?;
        let age = (at - kept.at).abs();
        (age < USABLE).then(|| (kept.value.clone(), at >= kept.at - FRESH && at < kept.fresh))
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

/// For how long a count that took so long is given out as it is.
fn freshness(took: std::time::Duration) -> Duration {
    let long = Duration::try_from(took * SHARE).unwrap_or(USABLE);
    long.clamp(FRESH, USABLE / 2)
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

    #[test]
    fn what_takes_long_to_count_is_counted_less_often() {
        let of = |ms| freshness(std::time::Duration::from_millis(ms));
        assert_eq!(of(0), FRESH);
        assert_eq!(of(100), FRESH);
        assert_eq!(of(400), Duration::seconds(20));
        assert_eq!(of(60_000), Duration::seconds(30));
    }

    #[tokio::test]
    async fn a_failure_is_not_kept() {
        let counting = Counting::new(Changes::default());
        let failed = counting.get(1, "open".into(), NOON, async || Err(StoreError::Unavailable)).await;
        assert!(failed.is_err());
        assert_eq!(counting.get(1, "open".into(), NOON, async || Ok(7)).await.unwrap(), 7);
    }
}
