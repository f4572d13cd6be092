//! Due dates relative to the day of the question: a view that was saved last month still means this one.

use kernel::Date;
use kernel::period::{FinancialYear, Period};
use time::Duration;

/// A span of due dates that moves with the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueSpan {
    /// Before today.
    Overdue,
    /// Today and the seven days after it.
    Next7,
    /// Today and the thirty days after it.
    Next30,
    /// The calendar month that today lies in.
    ThisMonth,
    /// The one after it.
    NextMonth,
    /// The financial year that today lies in.
    ThisFy,
}

impl DueSpan {
    /// Every span, in the order of a menu.
    pub const ALL: &'static [Self] =
        &[Self::Overdue, Self::Next7, Self::Next30, Self::ThisMonth, Self::NextMonth, Self::ThisFy];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Next7 => "next7",
            Self::Next30 => "next30",
            Self::ThisMonth => "thisMonth",
            Self::NextMonth => "nextMonth",
            Self::ThisFy => "thisFy",
        }
    }

    /// Reads the stable name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|span| span.as_str() == text)
    }

    /// First and last day on the day of the question; no first one when it reaches back without end.
    pub fn on(self, today: Date) -> (Option<Date>, Date) {
        let after = |days| today.saturating_add(Duration::days(days));
        match self {
            Self::Overdue => (None, after(-1)),
            Self::Next7 => (Some(today), after(7)),
            Self::Next30 => (Some(today), after(30)),
            Self::ThisMonth => {
                let month = Period::month_of(today);
                (Some(month.start), month.end)
            }
            Self::NextMonth => {
                let month = Period::month_of(Period::month_of(today).end.saturating_add(Duration::DAY));
                (Some(month.start), month.end)
            }
            Self::ThisFy => {
                let year = FinancialYear::of(today);
                (Some(year.start()), year.end())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn spans_move_with_the_day() {
        let on = |span: DueSpan, day| span.on(day);
        let november = date!(2026 - 11 - 21);
        assert_eq!(on(DueSpan::Overdue, november), (None, date!(2026 - 11 - 20)));
        assert_eq!(on(DueSpan::Next7, november), (Some(november), date!(2026 - 11 - 28)));
        assert_eq!(on(DueSpan::Next30, november), (Some(november), date!(2026 - 12 - 21)));
        assert_eq!(on(DueSpan::ThisMonth, november), (Some(date!(2026 - 11 - 01)), date!(2026 - 11 - 30)));
        assert_eq!(
            on(DueSpan::NextMonth, date!(2026 - 12 - 31)),
            (Some(date!(2027 - 01 - 01)), date!(2027 - 01 - 31))
        );
        assert_eq!(
            on(DueSpan::NextMonth, date!(2027 - 01 - 31)),
            (Some(date!(2027 - 02 - 01)), date!(2027 - 02 - 28))
        );
        assert_eq!(
            on(DueSpan::ThisFy, date!(2027 - 03 - 31)),
            (Some(date!(2026 - 04 - 01)), date!(2027 - 03 - 31))
        );
        assert_eq!(on(DueSpan::ThisFy, date!(2027 - 04 - 01)).0, Some(date!(2027 - 04 - 01)));
    }

    #[test]
    fn names_are_read_back() {
        for span in DueSpan::ALL {
            assert_eq!(DueSpan::parse(span.as_str()), Some(*span));
        }
        assert_eq!(DueSpan::parse("soon"), None);
    }
}
