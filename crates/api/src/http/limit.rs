//! How often somebody may ask. In-process; many replicas sharing one count come with the governance issue.

use governor::clock::{Clock, DefaultClock};
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use std::num::NonZeroU32;
use std::time::Duration;

type Keyed = RateLimiter<String, DashMapStateStore<String>, DefaultClock>;

/// Fetches of one calendar link in 60 seconds. Programs come by every few hours; a person presses "refresh" a few times.
const FEED: NonZeroU32 = NonZeroU32::MIN.saturating_add(29);

/// The budgets: signing in, calendar links, and everything else.
#[derive(Debug)]
pub struct Limits {
    sign_in: Keyed,
    general: Keyed,
    feed: Keyed,
    clock: DefaultClock,
}

impl Limits {
    /// Requests per 60 seconds: per address on sign-in, per session or address on the rest.
    pub fn new(sign_in: NonZeroU32, general: NonZeroU32) -> Self {
        Self {
            sign_in: RateLimiter::keyed(per_minute(sign_in)),
            general: RateLimiter::keyed(per_minute(general)),
            feed: RateLimiter::keyed(per_minute(FEED)),
            clock: DefaultClock::default(),
        }
    }

    /// Takes one from the sign-in budget, or says how many seconds to wait.
    pub fn sign_in(&self, key: &str) -> Result<(), u64> {
        self.take(&self.sign_in, key)
    }

    /// Takes one from the general budget, or says how many seconds to wait.
    pub fn general(&self, key: &str) -> Result<(), u64> {
        self.take(&self.general, key)
    }

    /// Takes one from the budget of a calendar link, or says how many seconds to wait.
    pub fn feed(&self, key: &str) -> Result<(), u64> {
        self.take(&self.feed, key)
    }

    /// Forgets keys that are back to full, so that memory follows the active callers.
    pub fn tidy(&self) {
        self.sign_in.retain_recent();
        self.general.retain_recent();
        self.feed.retain_recent();
    }

    fn take(&self, limiter: &Keyed, key: &str) -> Result<(), u64> {
        limiter.check_key(&key.to_owned()).map_err(|not_until| {
            let wait = not_until.wait_time_from(self.clock.now());
            wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
        })
    }
}

/// The whole budget at once, then evenly back over 60 seconds.
fn per_minute(budget: NonZeroU32) -> Quota {
    let each = Duration::from_secs(60) / budget.get();
    Quota::with_period(each).map_or_else(|| Quota::per_minute(budget), |quota| quota.allow_burst(budget))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_sign_in_waits_and_other_addresses_do_not() {
        let limits = Limits::new(NonZeroU32::new(5).unwrap(), NonZeroU32::new(100).unwrap());
        for _ in 0..5 {
            assert_eq!(limits.sign_in("10.0.0.1"), Ok(()));
        }
        let wait = limits.sign_in("10.0.0.1").unwrap_err();
        assert!((1..=12).contains(&wait), "{wait}");
        assert_eq!(limits.sign_in("10.0.0.2"), Ok(()));
        assert_eq!(limits.general("10.0.0.1"), Ok(()));
    }
}
