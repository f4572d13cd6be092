//! A firm's own date to aim for: always on or before the legal due date, never after it.

use kernel::Date;
use rulebook::Rulebook;
use time::Duration;

/// How a firm counts its internal target back from the legal due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnTarget {
    /// So many working days before it (Monday to Friday, less national holidays).
    WorkingDaysBefore(u16),
    /// So many calendar days before it; zero aims for the date itself.
    DaysBefore(u16),
    /// The last such day of a month that is not after it; 31 is the month end.
    DayOfMonth(u16),
}

impl OwnTarget {
    /// Reads the two stored parts back, or says what is wrong with them.
    pub fn parse(kind: &str, days: u16) -> Result<Self, String> {
        let (target, least, most) = match kind {
            "working_days_before" => (Self::WorkingDaysBefore(days), 1, 60),
            "days_before" => (Self::DaysBefore(days), 0, 180),
            "day_of_month" => (Self::DayOfMonth(days), 1, 31),
            _ => return Err("Use working_days_before, days_before or day_of_month.".into()),
        };
        if (least..=most).contains(&days) { Ok(target) } else { Err(format!("Use {least} to {most}.")) }
    }

    /// The stable name of the way of counting.
    pub fn kind(self) -> &'static str {
        match self {
            Self::WorkingDaysBefore(_) => "working_days_before",
            Self::DaysBefore(_) => "days_before",
            Self::DayOfMonth(_) => "day_of_month",
        }
    }

    /// The number in it.
    pub fn days(self) -> u16 {
        match self {
            Self::WorkingDaysBefore(days) | Self::DaysBefore(days) | Self::DayOfMonth(days) => days,
        }
    }

    /// The target of a filing that is due on `due`. `earliest` keeps it from falling before the period is over; a
    /// target that would lie after the legal date becomes the legal date.
    pub fn date(self, due: Date, earliest: Option<Date>, rules: &Rulebook) -> Date {
        let date = match self {
            Self::WorkingDaysBefore(days) => {
                rules.calendar("MF").map_or(due, |calendar| calendar.before(due, days.into()))
            }
            Self::DaysBefore(days) => due.saturating_sub(Duration::days(days.into())),
            Self::DayOfMonth(day) => day_on_or_before(due, day),
        };
        earliest.map_or(date, |first| date.max(first)).min(due)
    }

    /// In words that follow "Your firm's target: ".
    pub fn words(self) -> String {
        match self {
            Self::WorkingDaysBefore(1) => "1 working day before the legal due date".into(),
            Self::WorkingDaysBefore(days) => format!("{days} working days before the legal due date"),
            Self::DaysBefore(0) => "the legal due date itself".into(),
            Self::DaysBefore(1) => "1 day before the legal due date".into(),
            Self::DaysBefore(days) => format!("{days} days before the legal due date"),
            Self::DayOfMonth(31) => "the last month end that is not after the legal due date".into(),
            Self::DayOfMonth(day) => {
                format!("the last day {day} of a month that is not after the legal due date")
            }
        }
    }
}

/// The last `day` of a month on or before `due`; a month that is too short gives its last day.
fn day_on_or_before(due: Date, day: u16) -> Date {
    let in_month = |year: i32, month: time::Month| {
        let last = month.length(year);
        let day = u8::try_from(day).unwrap_or(last).clamp(1, last);
        Date::from_calendar_date(year, month, day).unwrap_or(due)
    };
    let here = in_month(due.year(), due.month());
    if here <= due {
        return here;
    }
    let year = if due.month() == time::Month::January { due.year() - 1 } else { due.year() };
    in_month(year, due.month().previous())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn on(target: OwnTarget, due: Date, earliest: Option<Date>) -> Date {
        target.date(due, earliest, Rulebook::shipped())
    }

    #[test]
    fn targets_are_counted_back_from_the_legal_date() {
        // 21 Oct 2026 is a Wednesday; three working days before it lie across a weekend.
        let due = date!(2026 - 10 - 21);
        assert_eq!(on(OwnTarget::WorkingDaysBefore(3), due, None), date!(2026 - 10 - 16));
        assert_eq!(on(OwnTarget::DaysBefore(10), due, None), date!(2026 - 10 - 11));
        assert_eq!(on(OwnTarget::DaysBefore(0), due, None), due);
        assert_eq!(on(OwnTarget::DayOfMonth(15), due, None), date!(2026 - 10 - 15));
        assert_eq!(on(OwnTarget::DayOfMonth(25), due, None), date!(2026 - 09 - 25));
        assert_eq!(on(OwnTarget::DayOfMonth(30), date!(2027 - 03 - 07), None), date!(2027 - 02 - 28));
        assert_eq!(on(OwnTarget::DayOfMonth(10), date!(2027 - 01 - 07), None), date!(2026 - 12 - 10));
    }

    #[test]
    fn it_waits_for_the_period_to_end_and_never_passes_the_legal_date() {
        let (due, end) = (date!(2026 - 10 - 07), date!(2026 - 09 - 30));
        assert_eq!(on(OwnTarget::DaysBefore(30), due, Some(end)), end);
        assert_eq!(on(OwnTarget::DaysBefore(30), due, Some(date!(2026 - 12 - 31))), due);
    }

    #[test]
    fn no_target_is_ever_after_the_legal_date() {
        let kinds = [("working_days_before", 60), ("days_before", 180), ("day_of_month", 31)];
        for (kind, most) in kinds {
            for days in 0..=most {
                let Ok(target) = OwnTarget::parse(kind, days) else {
                    assert!(days == 0 && kind != "days_before");
                    continue;
                };
                assert_eq!(OwnTarget::parse(target.kind(), target.days()), Ok(target));
                let mut due = date!(2024 - 01 - 01);
                while due < date!(2025 - 01 - 01) {
                    assert!(on(target, due, None) <= due, "{target:?} of {due}");
                    assert!(on(target, due, due.next_day()) <= due, "{target:?} of {due}");
                    due += Duration::days(1);
                }
            }
            assert!(OwnTarget::parse(kind, most + 1).is_err());
        }
        assert!(OwnTarget::parse("after", 1).is_err());
    }
}
