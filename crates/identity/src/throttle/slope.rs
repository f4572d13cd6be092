//! Slopes: waits that grow with each wrong try.

use kernel::moment::Instant;
use time::Duration;

/// How far the clocks of replicas may differ. What lies further ahead was written before the clock was turned back, and counts
/// for nothing; otherwise the wait would last until the clock has caught up.
pub const SKEW: Duration = Duration::minutes(1);

/// How fast the wait grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slope {
    /// Tells the counts of one slope from those of another.
    pub name: &'static str,
    /// Tries that cost nothing: people mistype.
    pub free: u32,
    /// The first wait; it doubles with each further try.
    pub first: Duration,
    /// The longest wait.
    pub longest: Duration,
    /// After this long without a try all is forgotten.
    pub forget: Duration,
}

/// Tries that were not right, so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tries {
    /// How many.
    pub count: u32,
    /// The last one.
    pub last: Instant,
}

impl Slope {
    /// A slope that only counts.
    pub const fn flat(name: &'static str, forget: Duration) -> Self {
        Self { name, free: u32::MAX, first: Duration::ZERO, longest: Duration::ZERO, forget }
    }

    /// The same counts with fewer free tries.
    pub const fn stricter(self, free: u32) -> Self {
        Self { free, ..self }
    }

    /// How long to wait after so many tries in a row.
    pub fn delay_after(self, count: u32) -> Duration {
        match count.checked_sub(self.free) {
            None => Duration::ZERO,
            Some(more) => (self.first * 2_u32.saturating_pow(more.min(16))).min(self.longest),
        }
    }

    /// One more try, or the seconds until one may be made.
    pub fn attempt(self, so_far: Option<Tries>, at: Instant) -> Result<Tries, u64> {
        let believed = -SKEW..=self.forget;
        let so_far = so_far.filter(|tries| believed.contains(&(at - tries.last)));
        let Some(Tries { count, last }) = so_far else { return Ok(Tries { count: 1, last: at }) };
        let left = self.delay_after(count) - (at - last).max(Duration::ZERO);
        match left.whole_milliseconds() {
            ..=0 => Ok(Tries { count: count.saturating_add(1), last: at }),
            more => Err(u64::try_from(more).unwrap_or(0).div_ceil(1_000)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::STEEP;
    use super::*;
    use time::macros::datetime;

    #[test]
    fn waits_double_and_have_an_end() {
        let waits: Vec<i64> = (0..8).map(|count| STEEP.delay_after(count).whole_seconds()).collect();
        assert_eq!(waits, [0, 0, 0, 5, 10, 20, 40, 80]);
        assert_eq!(STEEP.delay_after(10).whole_seconds(), 640);
        assert_eq!(STEEP.delay_after(11), Duration::minutes(15));
        assert_eq!(STEEP.delay_after(u32::MAX), Duration::minutes(15));
        assert_eq!(Slope::flat("flat", Duration::hours(1)).delay_after(1_000_000), Duration::ZERO);
        assert_eq!(STEEP.stricter(1).delay_after(1).whole_seconds(), 5);
    }

    #[test]
    fn what_is_left_is_rounded_up_and_never_negative() {
        let last = datetime!(2026-11-21 06:30 UTC);
        let after = |count: u32, at: Instant| STEEP.attempt(Some(Tries { count, last }), at);
        assert_eq!(after(3, last), Err(5));
        assert_eq!(after(3, last + Duration::milliseconds(4_001)), Err(1));
        let at = last + Duration::seconds(5);
        assert_eq!(after(3, at), Ok(Tries { count: 4, last: at }));
        assert_eq!(after(2, last), Ok(Tries { count: 3, last }));
        assert_eq!(after(3, last - Duration::seconds(2)), Err(5), "another replica's clock adds nothing");
        let before = last - Duration::hours(1);
        assert_eq!(
            after(3, before),
            Ok(Tries { count: 1, last: before }),
            "a clock turned back keeps nobody waiting"
        );
        let later = last + STEEP.forget + Duration::seconds(1);
        assert_eq!(after(9, later), Ok(Tries { count: 1, last: later }), "it begins anew");
    }
}
