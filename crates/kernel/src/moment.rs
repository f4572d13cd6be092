//! Time as an argument: the clock port, and the one function that turns an instant into an Indian civil date.

use time::{Date, OffsetDateTime, UtcOffset};

/// An instant, UTC inside.
pub type Instant = OffsetDateTime;

/// India has had one offset, without daylight saving, since 1945.
pub const IST: UtcOffset = match UtcOffset::from_hms(5, 30, 0) {
    Ok(offset) => offset,
    Err(_) => UtcOffset::UTC,
};

/// Where the time comes from. Only the composition root and tests implement it.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Instant;
    /// Today in Asia/Kolkata.
    fn today(&self) -> Date {
        ist_date(self.now())
    }
}

/// The civil date in Asia/Kolkata at this instant.
pub fn ist_date(instant: Instant) -> Date {
    instant.to_offset(IST).date()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn the_date_changes_at_midnight_in_india_not_in_london() {
        assert_eq!(ist_date(datetime!(2026-11-20 18:29:59 UTC)), date!(2026 - 11 - 20));
        assert_eq!(ist_date(datetime!(2026-11-20 18:30:00 UTC)), date!(2026 - 11 - 21));
    }
}
