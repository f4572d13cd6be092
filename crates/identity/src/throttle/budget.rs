//! Budgets: so many requests at once, then evenly back (the generic cell rate algorithm).

use kernel::moment::Instant;
use std::num::NonZeroU32;
use time::Duration;

/// Requests that may be made in a span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Budget {
    /// Tells the counts of one budget from those of another.
    pub name: &'static str,
    /// How many.
    pub size: NonZeroU32,
    /// In how long all of them come back.
    pub span: Duration,
}

impl Budget {
    /// So many in 60 seconds.
    pub const fn per_minute(name: &'static str, size: NonZeroU32) -> Self {
        Self { name, size, span: Duration::minutes(1) }
    }

    /// So many in an hour.
    pub const fn per_hour(name: &'static str, size: NonZeroU32) -> Self {
        Self { name, size, span: Duration::hours(1) }
    }

    /// Microseconds until one comes back.
    pub fn each(self) -> i64 {
        let span = i64::try_from(self.span.whole_microseconds()).unwrap_or(i64::MAX);
        (span / i64::from(self.size.get())).max(1)
    }

    /// Takes one. `full` is the moment (in microseconds) at which the whole budget is there again; answers the new one, or the
    /// seconds to wait. A moment that no clock near this one can have written was written before the clock was turned back, and
    /// counts for nothing; otherwise a budget would be gone until the clock has caught up.
    pub fn take(self, full: Option<i64>, now: i64) -> Result<i64, u64> {
        let all = self.each() * i64::from(self.size.get());
        let believed = full.filter(|full| *full <= now + 2 * all).unwrap_or(now);
        let next = believed.clamp(now, now + all) + self.each();
        match next - all - now {
            ..=0 => Ok(next),
            wait => Err(u64::try_from(wait).unwrap_or(0).div_ceil(1_000_000)),
        }
    }
}

/// Microseconds since 1970.
pub fn micros(at: Instant) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000).unwrap_or(i64::MAX)
}
