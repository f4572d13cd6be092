//! Counts of this process: a restart forgets them, and two processes allow twice as much.

use super::{Budget, Slope, Throttle, Tries, micros};
use async_trait::async_trait;
use kernel::moment::Instant;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// More keys than this are tidied at once, so that a flood of addresses between two rounds of tidying cannot fill the memory.
const MANY: usize = 200_000;

/// A count's name and key.
type Place = (&'static str, String);

/// Keeps counts in memory.
#[derive(Debug, Default)]
pub struct InProcess {
    /// When the whole budget is there again.
    budgets: Mutex<HashMap<Place, i64>>,
    /// Tries, and when they are forgotten.
    tries: Mutex<HashMap<Place, (Tries, Instant)>>,
}

fn open<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[async_trait]
impl Throttle for InProcess {
    async fn take(&self, budget: Budget, key: &str, at: Instant) -> Result<(), u64> {
        let (now, mut budgets) = (micros(at), open(&self.budgets));
        if budgets.len() >= MANY {
            budgets.retain(|_, full| *full > now);
        }
        let place = (budget.name, key.to_owned());
        let full = budget.take(budgets.get(&place).copied(), now)?;
        budgets.insert(place, full);
        Ok(())
    }

    async fn attempt(&self, slope: Slope, key: &str, at: Instant) -> Result<u32, u64> {
        let mut tries = open(&self.tries);
        if tries.len() >= MANY {
            tries.retain(|_, (_, until)| *until >= at);
        }
        let place = (slope.name, key.to_owned());
        let now = slope.attempt(tries.get(&place).map(|(tries, _)| *tries), at)?;
        tries.insert(place, (now, at + slope.forget));
        Ok(now.count)
    }

    async fn give_back(&self, slope: Slope, key: &str) {
        let (place, mut tries) = ((slope.name, key.to_owned()), open(&self.tries));
        match tries.get_mut(&place) {
            Some((tries, _)) if tries.count > 1 => tries.count -= 1,
            _ => {
                tries.remove(&place);
            }
        }
    }

    async fn forget(&self, slope: Slope, key: &str) {
        open(&self.tries).remove(&(slope.name, key.to_owned()));
    }

    fn tidy(&self, at: Instant) {
        let now = micros(at);
        open(&self.budgets).retain(|_, full| *full > now);
        open(&self.tries).retain(|_, (_, until)| *until >= at);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;
    use time::Duration;

    #[tokio::test]
    async fn memory_keeps_the_contract() {
        let counts = InProcess::default();
        testing::contract(&counts, &counts).await;
    }

    #[tokio::test]
    async fn what_no_longer_matters_is_dropped() {
        let counts = InProcess::default();
        counts.take(testing::FIVE, "a", testing::NOW).await.unwrap();
        counts.attempt(testing::STEEP, "a", testing::NOW).await.unwrap();
        counts.tidy(testing::NOW);
        assert_eq!((open(&counts.budgets).len(), open(&counts.tries).len()), (1, 1));
        counts.tidy(testing::NOW + Duration::minutes(2));
        assert_eq!((open(&counts.budgets).len(), open(&counts.tries).len()), (0, 1));
        counts.tidy(testing::NOW + Duration::hours(2));
        assert!(open(&counts.tries).is_empty());
    }
}
