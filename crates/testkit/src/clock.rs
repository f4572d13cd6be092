//! A clock that stands still until a test moves it.

use kernel::Clock;
use kernel::moment::Instant;
use std::sync::{Mutex, PoisonError};
use time::Duration;

/// Shows the instant that was set last.
#[derive(Debug)]
pub struct ManualClock(Mutex<Instant>);

impl ManualClock {
    /// Starts at an instant.
    pub fn at(now: Instant) -> Self {
        Self(Mutex::new(now))
    }

    /// Jumps to an instant, forwards or backwards.
    pub fn set(&self, now: Instant) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }

    /// Moves on.
    pub fn advance(&self, by: Duration) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
