//! Cuts time into the periods of a rule.

use crate::law::{FactValue, PeriodScheme};
use crate::sheet::FactSheet;
use kernel::period::{FinancialYear, Period, PeriodKind, month_end, ymd};
use time::{Date, Duration};

/// The period of a scheme that contains `date`. `None` for events, and when a needed fact is not known.
pub(crate) fn containing(scheme: &PeriodScheme, date: Date, facts: &FactSheet) -> Option<Period> {
    Some(match scheme {
        PeriodScheme::WeekEnding(day) => {
            let ahead = (7 + i64::from(*day) - i64::from(date.weekday().number_days_from_monday())) % 7;
            Period::week_ending(date.saturating_add(Duration::days(ahead)))
        }
        PeriodScheme::Fortnight => Period::fortnight_of(date),
        PeriodScheme::ReferenceDays(days) => reference(days, date),
        PeriodScheme::Month => Period::month_of(date),
        PeriodScheme::Quarter => Period::quarter_of(date),
        PeriodScheme::HalfYear => Period::half_year_of(date),
        PeriodScheme::FinancialYear => Period::financial_year_of(date),
        PeriodScheme::EntityYear => entity_year(date, facts),
        PeriodScheme::Event => return None,
        PeriodScheme::Once(key) => Period::once(facts.date(key, Date::MAX)?),
        PeriodScheme::Triennial(key) => {
            Period::triennium_after(FinancialYear::of(facts.date(key, Date::MAX)?).end())
        }
        PeriodScheme::YearsFrom { fact, years } => {
            let first = facts.date(fact, Date::MAX)?;
            if date < first {
                return Some(block(first, 0, *years));
            }
            let years = i32::from(*years).max(1);
            let behind = (date.year() - first.year()) / years;
            // the anniversary of this year may still be ahead
            let number = if block_start(first, behind, years) > date { behind - 1 } else { behind };
            block(first, number, u8::try_from(years).unwrap_or(1))
        }
    })
}

/// What a period end must be, in words.
pub(crate) fn expects(scheme: &PeriodScheme) -> &'static str {
    match scheme {
        PeriodScheme::WeekEnding(4) => "a Friday, for example reference_friday=2026-11-20",
        PeriodScheme::WeekEnding(_) => "the last day of a week",
        PeriodScheme::Fortnight => "the 15th or the last day of a month",
        PeriodScheme::ReferenceDays(_) => "a reference date of the instrument",
        PeriodScheme::Month => "the last day of a month, for example period=2026-10",
        PeriodScheme::Quarter => "the last day of a quarter, for example reference_date=2026-09-30",
        PeriodScheme::HalfYear => "30 September or 31 March, for example reference_date=2026-09-30",
        PeriodScheme::FinancialYear => "31 March, for example period=2025-26",
        PeriodScheme::EntityYear => "the end of the client's financial year, for example period=2025-26",
        PeriodScheme::Event => "an event, for example event=2026-08-01",
        PeriodScheme::YearsFrom { .. } => "the last day of a block of years",
        PeriodScheme::Once(_) | PeriodScheme::Triennial(_) => "the date that it is counted from",
    }
}

/// First day of the nth block of years; 29 February becomes 28 February.
fn block_start(first: Date, number: i32, years: i32) -> Date {
    let year = first.year().saturating_add(number.saturating_mul(years));
    if year > 9999 { Date::MAX } else { ymd(year, first.month() as u8, first.day()) }
}

fn block(first: Date, number: i32, years: u8) -> Period {
    let years = i32::from(years);
    let end = block_start(first, number.saturating_add(1), years).saturating_sub(Duration::DAY);
    Period { start: block_start(first, number, years), end, kind: PeriodKind::Year }
}

fn reference(days: &[u8], date: Date) -> Period {
    let in_month = |day: u8, of: Date| ymd(of.year(), of.month() as u8, day);
    let last = month_end(date);
    let end =
        days.iter().map(|d| in_month(*d, date)).find(|d| *d >= date).unwrap_or_else(|| {
            in_month(days.first().copied().unwrap_or(31), last.saturating_add(Duration::DAY))
        });
    let month_before = ymd(end.year(), end.month() as u8, 1).saturating_sub(Duration::DAY);
    let before = days
        .iter()
        .rev()
        .map(|d| in_month(*d, end))
        .find(|d| *d < end)
        .unwrap_or_else(|| in_month(days.last().copied().unwrap_or(31), month_before));
    Period::reference(before.saturating_add(Duration::DAY), end)
}

/// Month and day on which the client's financial year ends; 31 March unless a fact says otherwise.
fn year_end_parts(facts: &FactSheet, as_of: Date) -> (u8, u8) {
    let value = facts.get("financial_year_end", as_of).or_else(|| facts.latest("financial_year_end"));
    let parsed = match value {
        Some(FactValue::Date(date)) => Some((date.month() as u8, date.day())),
        Some(FactValue::Text(text)) => month_day(text),
        _ => None,
    };
    parsed.unwrap_or((3, 31))
}

/// Reads `31-03` or `31 Mar` style text; the month is the part that can be one.
fn month_day(text: &str) -> Option<(u8, u8)> {
    let mut parts = text.split(['-', '/', ' ', '.']).filter(|p| !p.is_empty());
    let (day, month) = (parts.next()?, parts.next()?);
    let day: u8 = day.parse().ok()?;
    let month: u8 = match month.parse() {
        Ok(number) => number,
        Err(_) => {
            let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
            let short = month.get(..3)?.to_ascii_lowercase();
            u8::try_from(names.iter().position(|n| *n == short)?).ok()? + 1
        }
    };
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((month, day))
}

fn entity_year(date: Date, facts: &FactSheet) -> Period {
    let (month, day) = year_end_parts(facts, date);
    let mut end = ymd(date.year(), month, day);
    if end < date {
        end = ymd(date.year().saturating_add(1), month, day);
    }
    let mut period = Period::year_ending(end);
    if let Some(born) = facts.date("incorporated_on", Date::MAX)
        && let Some(first) = first_year_end(born)
        && (month, day) == (3, 31)
        && born <= end
        && end <= first
    {
        period = Period::year_ending(first);
        period.start = born;
    }
    period
}

/// End of the first financial year (Companies Act 2013 s.2(41)): 31 March, of the next calendar year when the
/// company was incorporated on or after 1 January and before 1 April.
pub(crate) fn first_year_end(incorporated_on: Date) -> Option<Date> {
    let year = incorporated_on.year().checked_add(1).filter(|y| *y <= 9999)?;
    Some(ymd(year, 3, 31))
}

/// Whether the period is the client's first financial year; `None` when the incorporation date is not known.
pub(crate) fn is_first_year(period: &Period, facts: &FactSheet) -> Option<bool> {
    let born = facts.date("incorporated_on", Date::MAX)?;
    let (month, day) = year_end_parts(facts, period.end);
    if (month, day) == (3, 31) {
        return Some(first_year_end(born) == Some(period.end));
    }
    Some(period.start <= born && born <= period.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn reference_days_cut_the_month() {
        let scheme = PeriodScheme::ReferenceDays(vec![9, 16, 23, 31]);
        let sheet = FactSheet::new();
        let end = |d| containing(&scheme, d, &sheet).map(|p| (p.start, p.end));
        assert_eq!(end(date!(2026 - 07 - 01)), Some((date!(2026 - 07 - 01), date!(2026 - 07 - 09))));
        assert_eq!(end(date!(2026 - 07 - 09)), Some((date!(2026 - 07 - 01), date!(2026 - 07 - 09))));
        assert_eq!(end(date!(2026 - 07 - 10)), Some((date!(2026 - 07 - 10), date!(2026 - 07 - 16))));
        assert_eq!(end(date!(2027 - 02 - 24)), Some((date!(2027 - 02 - 24), date!(2027 - 02 - 28))));
    }

    #[test]
    fn a_company_born_in_february_has_a_long_first_year() {
        let mut sheet = FactSheet::new();
        sheet.set("incorporated_on", FactValue::Date(date!(2026 - 02 - 10)));
        let first = containing(&PeriodScheme::EntityYear, date!(2026 - 03 - 31), &sheet);
        assert_eq!(first.map(|p| (p.start, p.end)), Some((date!(2026 - 02 - 10), date!(2027 - 03 - 31))));
        assert_eq!(first.and_then(|p| is_first_year(&p, &sheet)), Some(true));
        // there is no year that ends on 31 March 2026, whichever day of it is asked for
        let cut = containing(&PeriodScheme::EntityYear, date!(2025 - 06 - 30), &sheet);
        assert_eq!(cut, first);
        let before = containing(&PeriodScheme::EntityYear, date!(2025 - 03 - 01), &sheet);
        assert_eq!(before.map(|p| p.end), Some(date!(2025 - 03 - 31)));
    }

    #[test]
    fn year_ends_are_read_in_several_forms() {
        for (text, parts) in
            [("31-12", (12, 31)), ("31 Dec", (12, 31)), ("30/06", (6, 30)), ("nonsense", (3, 31))]
        {
            let mut sheet = FactSheet::new();
            sheet.set("financial_year_end", FactValue::Text(text.into()));
            assert_eq!(year_end_parts(&sheet, date!(2026 - 01 - 01)), parts, "{text}");
        }
    }
}
