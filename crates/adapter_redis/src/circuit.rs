//! Whether Redis is asked at all: after a failure, only one request in two seconds tries it, so that a Redis that does not
//! answer makes nobody wait.

use kernel::moment::Instant;
use std::sync::atomic::{AtomicI64, Ordering};
use time::Duration;

/// How long a failure is believed.
const REST: Duration = Duration::seconds(2);

/// Closed until something fails.
#[derive(Debug, Default)]
pub(crate) struct Circuit {
    /// Milliseconds since 1970 until which Redis is left alone; 0 is never.
    until: AtomicI64,
}

pub(crate) fn millis(at: Instant) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

impl Circuit {
    /// Whether this caller may ask. After a rest one caller may, the others wait for what it finds.
    pub(crate) fn may_ask(&self, at: Instant) -> bool {
        let until = self.until.load(Ordering::Relaxed);
        if until == 0 {
            return true;
        }
        let (now, rest) = (millis(at), i64::try_from(REST.whole_milliseconds()).unwrap_or(0));
        // A clock that was turned back must not leave Redis alone for hours.
        let over = now >= until || until - now > rest;
        over && self.until.compare_exchange(until, now + rest, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }

    /// Notes a failure; true when it is the first one.
    pub(crate) fn failed(&self, at: Instant) -> bool {
        self.until.swap(millis(at + REST), Ordering::Relaxed) == 0
    }

    /// Notes an answer; true when it is the first one after failures.
    pub(crate) fn answered(&self) -> bool {
        self.until.swap(0, Ordering::Relaxed) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn after_a_failure_one_caller_in_two_seconds_tries() {
        let (circuit, at) = (Circuit::default(), datetime!(2026-11-21 06:30 UTC));
        assert!(circuit.may_ask(at) && circuit.may_ask(at));
        assert!(circuit.failed(at), "the first failure is told");
        assert!(!circuit.may_ask(at) && !circuit.may_ask(at + Duration::milliseconds(1_999)));
        assert!(circuit.may_ask(at + REST), "one tries");
        assert!(!circuit.may_ask(at + REST), "and only one");
        assert!(!circuit.failed(at + REST), "told once");
        assert!(circuit.may_ask(at - Duration::hours(1)), "whatever the clock does");
        assert!(circuit.answered() && !circuit.answered());
        assert!(circuit.may_ask(at));
    }
}
