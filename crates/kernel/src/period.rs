//! Reporting periods on Indian civil dates: the financial year, frequencies, and a period with a stable
//! key and a label for people.

pub use crate::frequency::Frequency;
use time::{Date, Duration, Month};

/// An Indian financial year, 1 April to 31 March, named by the calendar year in which it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FinancialYear(pub i32);

impl FinancialYear {
    /// The financial year that contains `date`.
    pub fn of(date: Date) -> Self {
        if (date.month() as u8) >= 4 { Self(date.year()) } else { Self(date.year() - 1) }
    }

    /// 1 April of the start year.
    pub fn start(self) -> Date {
        ymd(self.0, 4, 1)
    }

    /// 31 March of the next year.
    pub fn end(self) -> Date {
        ymd(self.0.saturating_add(1), 3, 31)
    }

    /// Stable text, for example `2026-27`.
    pub fn key(self) -> String {
        format!("{:04}-{:02}", self.0, self.0.saturating_add(1).rem_euclid(100))
    }

    /// Text for people, for example `FY 2026-27`.
    pub fn label(self) -> String {
        format!("FY {}", self.key())
    }

    /// Reads `2026-27`, `FY2026-27` or `FY 2026-27`; the second number must follow the first.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix("FY").or_else(|| text.strip_prefix("fy")).unwrap_or(text).trim_start();
        let (first, second) = text.split_once('-')?;
        if first.len() != 4 || second.len() != 2 {
            return None;
        }
        let year: i32 = first.parse().ok()?;
        let next: i32 = second.parse().ok()?;
        (next == (year + 1).rem_euclid(100)).then_some(Self(year))
    }
}

/// What shape a period has; decides its key and its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodKind {
    /// Seven days, named by the last one.
    Week,
    /// Half a calendar month.
    Fortnight,
    /// Up to a reference date that the instrument names.
    Reference,
    /// A calendar month.
    Month,
    /// A quarter of the financial year.
    Quarter,
    /// A half of the financial year.
    HalfYear,
    /// April to March.
    FinancialYear,
    /// Twelve months (or a first long year) that do not end on 31 March.
    Year,
    /// Three years.
    Triennium,
    /// One day on which something happened.
    Event,
    /// An obligation that exists once, counted from this day.
    Once,
}

/// A stretch of days, both ends included, for which a return is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// First day.
    pub start: Date,
    /// Last day: the reference date of the return.
    pub end: Date,
    /// Its shape.
    pub kind: PeriodKind,
}

impl Period {
    /// The calendar month that contains `date`.
    pub fn month_of(date: Date) -> Self {
        let start = ymd(date.year(), date.month() as u8, 1);
        Self { start, end: month_end(start), kind: PeriodKind::Month }
    }

    /// The quarter that contains `date`.
    pub fn quarter_of(date: Date) -> Self {
        let first = (date.month() as u8 - 1) / 3 * 3 + 1;
        let end = month_end(ymd(date.year(), first + 2, 1));
        Self { start: ymd(date.year(), first, 1), end, kind: PeriodKind::Quarter }
    }

    /// The half of the financial year (April to September, October to March) that contains `date`.
    pub fn half_year_of(date: Date) -> Self {
        let fy = FinancialYear::of(date);
        if (4..=9).contains(&(date.month() as u8)) {
            Self { start: fy.start(), end: ymd(fy.0, 9, 30), kind: PeriodKind::HalfYear }
        } else {
            Self { start: ymd(fy.0, 10, 1), end: fy.end(), kind: PeriodKind::HalfYear }
        }
    }

    /// The financial year that contains `date`.
    pub fn financial_year_of(date: Date) -> Self {
        let fy = FinancialYear::of(date);
        Self { start: fy.start(), end: fy.end(), kind: PeriodKind::FinancialYear }
    }

    /// The twelve months that end on `end`; a financial year when that is 31 March.
    pub fn year_ending(end: Date) -> Self {
        if end.month() == Month::March && end.day() == 31 {
            return Self::financial_year_of(end);
        }
        let next = end.saturating_add(Duration::DAY);
        let start = ymd(next.year().saturating_sub(1), next.month() as u8, next.day());
        Self { start, end, kind: PeriodKind::Year }
    }

    /// The seven days that end on `end`.
    pub fn week_ending(end: Date) -> Self {
        Self { start: end.saturating_sub(Duration::days(6)), end, kind: PeriodKind::Week }
    }

    /// 1st to 15th, or 16th to month end, whichever contains `date`.
    pub fn fortnight_of(date: Date) -> Self {
        let (year, month) = (date.year(), date.month() as u8);
        if date.day() <= 15 {
            Self { start: ymd(year, month, 1), end: ymd(year, month, 15), kind: PeriodKind::Fortnight }
        } else {
            Self { start: ymd(year, month, 16), end: month_end(date), kind: PeriodKind::Fortnight }
        }
    }

    /// The days up to a named reference date.
    pub fn reference(start: Date, end: Date) -> Self {
        Self { start, end, kind: PeriodKind::Reference }
    }

    /// The single day of an event.
    pub fn event(on: Date) -> Self {
        Self { start: on, end: on, kind: PeriodKind::Event }
    }

    /// An obligation that exists once, counted from `on`.
    pub fn once(on: Date) -> Self {
        Self { start: on, end: on, kind: PeriodKind::Once }
    }

    /// The three years that follow the reference day `from`.
    pub fn triennium_after(from: Date) -> Self {
        let end = ymd(from.year().saturating_add(3), from.month() as u8, from.day());
        Self { start: from.saturating_add(Duration::DAY), end, kind: PeriodKind::Triennium }
    }

    /// Stable text that names the period inside one return: `2026-09`, `2026-27Q2`, `2026-27H1`, `2026-27`,
    /// `W2026-11-20`, `F2026-11-15`, `R2026-07-09`, `E2026-08-01`, `O2025-08-10`, `Y2025-12-31`, `T2025-2028`.
    pub fn key(&self) -> String {
        let fy = FinancialYear::of(self.end);
        match self.kind {
            PeriodKind::Week => format!("W{}", self.end),
            PeriodKind::Fortnight => format!("F{}", self.end),
            PeriodKind::Reference => format!("R{}", self.end),
            PeriodKind::Month => format!("{:04}-{:02}", self.end.year(), self.end.month() as u8),
            PeriodKind::Quarter => format!("{}Q{}", fy.key(), quarter_number(self.end)),
            PeriodKind::HalfYear => format!("{}H{}", fy.key(), half_number(self.end)),
            PeriodKind::FinancialYear => fy.key(),
            PeriodKind::Year => format!("Y{}", self.end),
            PeriodKind::Triennium => format!("T{:04}-{:04}", self.start.year(), self.end.year()),
            PeriodKind::Event => format!("E{}", self.end),
            PeriodKind::Once => format!("O{}", self.end),
        }
    }

    /// Text for people: `Sep 2026`, `Q2 FY 2026-27`, `H1 FY 2026-27`, `FY 2025-26`, `Week to 20 Nov 2026`.
    pub fn label(&self) -> String {
        let fy = FinancialYear::of(self.end);
        match self.kind {
            PeriodKind::Week => format!("Week to {}", day_text(self.end)),
            PeriodKind::Fortnight => format!("Fortnight to {}", day_text(self.end)),
            PeriodKind::Reference => format!("Reference date {}", day_text(self.end)),
            PeriodKind::Month => format!("{} {}", month_short(self.end), self.end.year()),
            PeriodKind::Quarter => format!("Q{} {}", quarter_number(self.end), fy.label()),
            PeriodKind::HalfYear => format!("H{} {}", half_number(self.end), fy.label()),
            PeriodKind::FinancialYear => fy.label(),
            PeriodKind::Year => format!("Year to {}", day_text(self.end)),
            PeriodKind::Triennium => format!("Three years to {}", day_text(self.end)),
            PeriodKind::Event | PeriodKind::Once => day_text(self.end),
        }
    }

    /// Reads a key made by [`Period::key`] (an event key may carry `-<id>` at its end). `2008-09` is read as a
    /// month, not a financial year; this matters only for years before 2012.
    pub fn parse_key(text: &str) -> Option<Self> {
        let tail = |n: usize| text.get(n..).and_then(parse_day);
        match text.as_bytes().first()? {
            b'W' => return tail(1).map(Self::week_ending),
            b'F' if !text.starts_with("FY") => {
                return tail(1).map(Self::fortnight_of).filter(|p| p.key() == text);
            }
            b'R' => return tail(1).map(|d| Self::reference(d, d)),
            b'E' => return text.get(1..11).and_then(parse_day).map(Self::event),
            b'O' => return tail(1).map(Self::once),
            b'Y' => return tail(1).map(Self::year_ending),
            b'T' => {
                let year: i32 = text.get(1..5)?.parse().ok()?;
                return Some(Self::triennium_after(ymd(year, 3, 31))).filter(|p| p.key() == text);
            }
            _ => {}
        }
        if let Some((fy, quarter)) = text.split_once('Q') {
            let fy = FinancialYear::parse(fy)?;
            return Some(match quarter {
                "1" => Self::quarter_of(fy.start()),
                "2" => Self::quarter_of(ymd(fy.0, 7, 1)),
                "3" => Self::quarter_of(ymd(fy.0, 10, 1)),
                "4" => Self::quarter_of(fy.end()),
                _ => return None,
            });
        }
        if let Some((fy, half)) = text.split_once('H') {
            let fy = FinancialYear::parse(fy)?;
            return match half {
                "1" => Some(Self::half_year_of(fy.start())),
                "2" => Some(Self::half_year_of(fy.end())),
                _ => None,
            };
        }
        let month = text.split_once('-').filter(|(y, m)| y.len() == 4 && m.len() == 2);
        if let Some((year, month)) = month
            && let (Ok(year), Ok(month)) = (year.parse::<i32>(), month.parse::<u8>())
            && (1..=12).contains(&month)
        {
            return Some(Self::month_of(ymd(year, month, 1)));
        }
        FinancialYear::parse(text).map(|fy| Self::financial_year_of(fy.start()))
    }
}

/// Text for people, for example `5 Sep 2026`.
pub fn day_text(date: Date) -> String {
    format!("{} {} {}", date.day(), month_short(date), date.year())
}

/// Reads `2026-09-30`.
pub fn parse_day(text: &str) -> Option<Date> {
    let mut parts = text.trim().split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return None;
    }
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
}

/// A date from its parts; a day past the month end becomes the month end, a year out of range the nearest one.
pub fn ymd(year: i32, month: u8, day: u8) -> Date {
    let month = Month::try_from(month.clamp(1, 12)).unwrap_or(Month::January);
    let year = year.clamp(-9999, 9999);
    let day = day.clamp(1, month.length(year));
    Date::from_calendar_date(year, month, day).unwrap_or(Date::MIN)
}

/// The last day of the month of `date`.
pub fn month_end(date: Date) -> Date {
    ymd(date.year(), date.month() as u8, 31)
}

fn quarter_number(end: Date) -> u8 {
    match end.month() as u8 {
        4..=6 => 1,
        7..=9 => 2,
        10..=12 => 3,
        _ => 4,
    }
}

fn half_number(end: Date) -> u8 {
    if (4..=9).contains(&(end.month() as u8)) { 1 } else { 2 }
}

fn month_short(date: Date) -> &'static str {
    const NAMES: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    NAMES[usize::from(date.month() as u8 - 1)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn keys_and_labels_read_as_written_in_the_design() {
        let rows = [
            (Period::month_of(date!(2026 - 09 - 14)), "2026-09", "Sep 2026"),
            (Period::quarter_of(date!(2026 - 09 - 30)), "2026-27Q2", "Q2 FY 2026-27"),
            (Period::quarter_of(date!(2027 - 01 - 01)), "2026-27Q4", "Q4 FY 2026-27"),
            (Period::half_year_of(date!(2026 - 04 - 01)), "2026-27H1", "H1 FY 2026-27"),
            (Period::half_year_of(date!(2027 - 03 - 31)), "2026-27H2", "H2 FY 2026-27"),
            (Period::financial_year_of(date!(2026 - 03 - 31)), "2025-26", "FY 2025-26"),
            (Period::week_ending(date!(2026 - 11 - 20)), "W2026-11-20", "Week to 20 Nov 2026"),
            (Period::fortnight_of(date!(2026 - 11 - 15)), "F2026-11-15", "Fortnight to 15 Nov 2026"),
            (Period::fortnight_of(date!(2028 - 02 - 16)), "F2028-02-29", "Fortnight to 29 Feb 2028"),
            (Period::event(date!(2026 - 08 - 01)), "E2026-08-01", "1 Aug 2026"),
            (Period::once(date!(2025 - 08 - 10)), "O2025-08-10", "10 Aug 2025"),
            (Period::year_ending(date!(2025 - 12 - 31)), "Y2025-12-31", "Year to 31 Dec 2025"),
            (Period::triennium_after(date!(2025 - 03 - 31)), "T2025-2028", "Three years to 31 Mar 2028"),
        ];
        for (period, key, label) in rows {
            assert_eq!(period.key(), key);
            assert_eq!(period.label(), label);
            assert_eq!(Period::parse_key(key), Some(period), "{key}");
        }
        assert_eq!(FinancialYear(1999).label(), "FY 1999-00");
    }

    #[test]
    fn broken_keys_are_refused() {
        for bad in ["", "W", "2026-13", "2026-28", "2026-27Q5", "F2026-11-14", "E2026-02-30", "é"] {
            assert_eq!(Period::parse_key(bad), None, "{bad}");
        }
        assert_eq!(Period::parse_key("E2026-08-01-17"), Some(Period::event(date!(2026 - 08 - 01))));
    }

    #[test]
    fn the_first_day_and_the_last_day_of_the_year_belong_to_it() {
        assert_eq!(FinancialYear::of(date!(2026 - 03 - 31)), FinancialYear(2025));
        assert_eq!(FinancialYear::of(date!(2026 - 04 - 01)), FinancialYear(2026));
        assert_eq!(FinancialYear(2026).start(), date!(2026 - 04 - 01));
        assert_eq!(FinancialYear(2026).end(), date!(2027 - 03 - 31));
    }

    #[test]
    fn extreme_dates_do_not_panic() {
        for day in [Date::MIN, Date::MAX] {
            for period in [
                Period::month_of(day),
                Period::quarter_of(day),
                Period::half_year_of(day),
                Period::financial_year_of(day),
                Period::year_ending(day),
                Period::week_ending(day),
                Period::fortnight_of(day),
                Period::triennium_after(day),
            ] {
                assert!(!period.key().is_empty() && !period.label().is_empty());
            }
        }
    }
}
