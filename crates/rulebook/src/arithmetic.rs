//! Civil-date arithmetic: never out of range, never on a day that does not exist.

use kernel::period::{month_end, ymd};
use time::{Date, Duration};

/// Days added, held inside the calendar.
pub(crate) fn add_days(date: Date, n: i32) -> Date {
    date.saturating_add(Duration::days(i64::from(n)))
}

/// The same day `n` months on; a day that does not exist becomes the month end.
pub(crate) fn months_after(date: Date, n: i32, keep_month_end: bool) -> Date {
    let months = i64::from(date.year()) * 12 + i64::from(date.month() as u8) - 1 + i64::from(n);
    let year = i32::try_from(months.div_euclid(12)).unwrap_or(if n < 0 { -9999 } else { 9999 });
    if !(-9999..=9999).contains(&year) {
        return if n < 0 { Date::MIN } else { Date::MAX };
    }
    let month = u8::try_from(months.rem_euclid(12)).unwrap_or(0) + 1;
    let day = if keep_month_end && date == month_end(date) { 31 } else { date.day() };
    ymd(year, month, day)
}

/// The same day `n` years on; 29 February becomes 28 February, or 1 March.
pub(crate) fn years_after(date: Date, n: i32, leap_to_march: bool) -> Date {
    let moved = ymd(date.year().saturating_add(n), date.month() as u8, date.day());
    if leap_to_march && moved.day() != date.day() { moved.saturating_add(Duration::DAY) } else { moved }
}

/// The first given weekday (0 is Monday) strictly after a day, then whole weeks.
pub(crate) fn weekday_after(date: Date, wanted: u8, weeks: u16) -> Date {
    let today = i64::from(date.weekday().number_days_from_monday());
    let ahead = (i64::from(wanted) - today + 6).rem_euclid(7) + 1;
    date.saturating_add(Duration::days(ahead + 7 * i64::from(weeks)))
}
