//! Dates as people in India type them, and as spreadsheets store them.

use time::{Date, Duration, Month};

use crate::Cell;

const EXPECTED: &str = "Use a date such as 14/10/2026, 14-Oct-2026 or 2026-10-14, day first.";
/// Years outside are typing errors.
const YEARS: std::ops::RangeInclusive<i32> = 1800..=2200;
/// Two-digit years up to this are of this century, the others of the last.
const PIVOT: i32 = 49;
/// Serial numbers below this (18 May 1927) are more likely years or counts than dates.
const LEAST_SERIAL: f64 = 10_000.0;
/// 31 December 2200.
const LAST_SERIAL: f64 = 109_938.0;

/// Reads a civil date: a date cell, a spreadsheet's serial number (1900 system), or text. Text is read day first
/// (`14/10/2026`, `14-10-26`, `14 Oct 2026`, `October 14, 2026`) or year first (`2026-10-14`, `20261014`); a
/// time of day behind it is ignored. Two-digit years: 00 to 49 are 2000 to 2049, 50 to 99 are 1950 to 1999.
///
/// # Errors
/// A sentence with what was found and what is expected.
pub fn parse_date(cell: &Cell) -> Result<Date, String> {
    match cell {
        Cell::Date(date) if YEARS.contains(&date.year()) => Ok(*date),
        Cell::Date(date) => Err(format!("The year {} is not plausible. {EXPECTED}", date.year())),
        Cell::Number(number) => from_number(*number),
        Cell::Text(text) => from_text(text.trim()),
        Cell::Empty => Err(format!("The date is missing. {EXPECTED}")),
        Cell::Bool(_) => Err(format!("This is not a date. {EXPECTED}")),
        Cell::Error(name) => Err(format!("The cell shows the error {name}, not a date. {EXPECTED}")),
    }
}

fn from_number(number: f64) -> Result<Date, String> {
    if (LEAST_SERIAL..LAST_SERIAL + 1.0).contains(&number) {
        let epoch = Date::from_calendar_date(1899, Month::December, 30).map_err(|error| error.to_string())?;
        return epoch
            .checked_add(Duration::days(number.floor() as i64))
            .ok_or_else(|| format!("{number} is not a date. {EXPECTED}"));
    }
    if number.fract() == 0.0 && (18_000_101.0..=22_001_231.0).contains(&number) {
        return from_text(&format!("{number:.0}"));
    }
    Err(format!("The number {number} is not a date. {EXPECTED}"))
}

fn from_text(text: &str) -> Result<Date, String> {
    if text.len() > 60 {
        return Err(format!("This text is too long for a date. {EXPECTED}"));
    }
    let bad = || format!("\"{text}\" is not a date. {EXPECTED}");
    let lower = text.to_lowercase();
    if !lower.is_empty() && lower.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits_only(&lower).ok_or_else(bad)?;
    }
    let parts: Vec<&str> = without_time(&lower)
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '.' | ',' | '\u{2013}' | '\u{2011}'))
        .filter(|part| !part.is_empty() && !is_weekday(part))
        .collect();
    let [first, second, third] = parts[..] else { return Err(bad()) };
    if let Some(month) = month_name(first) {
        return build(year(third).ok_or_else(bad)?, month, day(second).ok_or_else(bad)?);
    }
    if let Some(month) = month_name(second) {
        if let Some(year) = four_digits(first) {
            return build(year, month, day(third).ok_or_else(bad)?);
        }
        return build(year(third).ok_or_else(bad)?, month, day(first).ok_or_else(bad)?);
    }
    if let Some(year) = four_digits(first) {
        return build(year, number(second).ok_or_else(bad)?, day(third).ok_or_else(bad)?);
    }
    build(year(third).ok_or_else(bad)?, number(second).ok_or_else(bad)?, day(first).ok_or_else(bad)?)
}

/// Five or six digits are a serial number, eight a date without separators.
fn digits_only(text: &str) -> Option<Result<Date, String>> {
    match text.len() {
        5 | 6 => text.parse::<f64>().ok().map(from_number),
        8 => {
            let year: i32 = text.get(..4)?.parse().ok()?;
            if !YEARS.contains(&year) {
                return None;
            }
            Some(build(year, number(text.get(4..6)?)?, number(text.get(6..)?)?))
        }
        _ => None,
    }
}

fn build(year: i32, month: u8, day: u8) -> Result<Date, String> {
    if !YEARS.contains(&year) {
        return Err(format!("The year {year} is not plausible. {EXPECTED}"));
    }
    let Ok(named) = Month::try_from(month) else {
        let swapped = if (1..=12).contains(&day) { " It looks as if the month came first." } else { "" };
        return Err(format!("There is no month {month}.{swapped} {EXPECTED}"));
    };
    Date::from_calendar_date(year, named, day)
        .map_err(|_| format!("{named} {year} has no day {day}. {EXPECTED}"))
}

/// The text before a time of day: `2026-10-14t00:00:00`, `14/10/2026 10:30 am`.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let start = text[..colon].rfind(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    text[..start].trim_end()
}

fn number(text: &str) -> Option<u8> {
    if (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}

/// A day, with or without `st`, `nd`, `rd`, `th`.
fn day(text: &str) -> Option<u8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(text);
    number(digits)
}

fn four_digits(text: &str) -> Option<i32> {
    if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn year(text: &str) -> Option<i32> {
    four_digits(text).or_else(|| {
        let short = (text.len() == 2).then(|| number(text)).flatten().map(i32::from)?;
        Some(if short <= PIVOT { 2000 + short } else { 1900 + short })
    })
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn month_name(text: &str) -> Option<u8> {
    if text == "sept" {
        return Some(9);
    }
    let index =
        MONTHS.iter().position(|name| *name == text || (text.len() == 3 && name.starts_with(text)))?;
    u8::try_from(index + 1).ok()
}

fn is_weekday(text: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    text.len() >= 3 && DAYS.iter().any(|name| name.starts_with(text))
}
