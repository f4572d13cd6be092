//! The due-date vocabulary: every way the two domain files count a date, as a tree that a pack writes in TOML.
//!
//! An anchor may be written short: `"period_end"`, `"period_start"`, `"fy_end"`, `"event"` (the event that
//! started an event-driven return), `"event:agm_held"`, `"previous:agm_held"`, `"first:board_meeting_held"`,
//! `"fact:incorporated_on"`, `"rule:MCA-AGM"`, `"as_directed"`.

use super::predicate::Predicate;
use serde::Deserialize;
use serde::de::{Deserializer, Error};
use time::Date;

/// Whether the anchor day counts as day one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Count {
    /// The anchor day is not counted, the last day is (General Clauses Act 1897 s.9).
    #[default]
    Exclusive,
    /// The anchor day is day one.
    Inclusive,
}

/// What year a fixed day and month belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FixedBase {
    /// The first such day after the period's end.
    #[default]
    AfterPeriod,
    /// The calendar year in which the financial year of the period's end ends.
    FyEndYear,
    /// The calendar year of the period's end.
    CalendarYear,
}

/// One reference day of a month and what is due after it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefDay {
    /// Day of the month; 31 is the last day.
    pub day: u8,
    /// Calendar days after the reference date; either this or `fixed_day`.
    pub plus_days: Option<u16>,
    /// Day of the next month; either this or `plus_days`.
    pub fixed_day: Option<u8>,
    /// Kind of file, for example `incremental` or `full`.
    #[serde(default)]
    pub file: String,
}

/// One imported date.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableEntry {
    /// Period key.
    pub period: String,
    /// Due date.
    pub date: Date,
}

/// A date, or how to find one.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "fn", rename_all = "snake_case", deny_unknown_fields, remote = "Self")]
pub enum Expr {
    /// Last day of the period: the reference date.
    PeriodEnd,
    /// First day of the period.
    PeriodStart,
    /// End of the client's financial year in which the period ends.
    FyEnd,
    /// Day of the event that started an event-driven return.
    EventDate,
    /// Day of a recorded event that belongs to the period.
    Event {
        /// Event kind.
        kind: String,
        /// Used for a projection while the event is not recorded.
        hypothetical: Option<Box<Expr>>,
        /// True: once the hypothetical day has passed, the date runs from it.
        #[serde(default)]
        binding: bool,
    },
    /// Day of the event for the period before this one; skipped in `earliest_of` when it is not recorded.
    Previous {
        /// Event kind.
        kind: String,
    },
    /// Day of the first such event inside the period.
    First {
        /// Event kind.
        kind: String,
    },
    /// A date that is a fact of the client.
    Fact {
        /// Fact key.
        key: String,
    },
    /// The outcome of another rule for the same period (a chained anchor).
    Rule {
        /// Code of the other rule.
        code: String,
    },
    /// A day that the instrument itself names.
    Date {
        /// The day.
        on: Date,
    },
    /// Calendar days after.
    DaysAfter {
        /// How many.
        n: i32,
        /// Counted from here.
        anchor: Box<Expr>,
        /// Is the anchor day counted?
        #[serde(default)]
        count: Count,
    },
    /// Months after, on the same day; a day that does not exist becomes the month end.
    MonthsAfter {
        /// How many; may be negative.
        n: i32,
        /// Counted from here.
        anchor: Box<Expr>,
        /// True: a month end stays a month end (28 Feb + 1 month = 31 Mar).
        #[serde(default)]
        keep_month_end: bool,
    },
    /// Working days after; the anchor day is not counted.
    WorkingDaysAfter {
        /// How many.
        n: u32,
        /// Counted from here.
        anchor: Box<Expr>,
        /// Named calendar.
        calendar: String,
    },
    /// Trading days after; the anchor day is not counted.
    TradingDaysAfter {
        /// How many.
        n: u32,
        /// Counted from here.
        anchor: Box<Expr>,
        /// Named exchange calendar.
        calendar: String,
    },
    /// The nth working day of the month after the anchor's month.
    NthWorkingDay {
        /// Which, from 1.
        n: u32,
        /// A day of the month before.
        anchor: Box<Expr>,
        /// Named calendar.
        calendar: String,
    },
    /// The last working day of a month.
    LastWorkingDayOfMonth {
        /// Months after the anchor's month.
        #[serde(default)]
        months: i32,
        /// A day of the month counted from.
        anchor: Box<Expr>,
        /// Named calendar.
        calendar: String,
    },
    /// A fixed day and month.
    Fixed {
        /// Month, 1 to 12.
        month: u8,
        /// Day, 1 to 31.
        day: u8,
        /// Years added.
        #[serde(default)]
        year_offset: i32,
        /// What year it is counted from.
        #[serde(default)]
        base: FixedBase,
    },
    /// A fixed day of a following month.
    FixedDayOfFollowingMonth {
        /// Day, 1 to 31, clamped to the month end.
        day: u8,
        /// Months after the anchor's month.
        #[serde(default = "one")]
        months: i32,
        /// A day of the month counted from.
        #[serde(default = "period_end")]
        anchor: Box<Expr>,
    },
    /// The first given weekday strictly after the anchor, then whole weeks.
    WeekdayAfter {
        /// `mon` to `sun`.
        weekday: String,
        /// Weeks added.
        #[serde(default)]
        weeks: u16,
        /// Counted from here.
        anchor: Box<Expr>,
    },
    /// Several reference days a month, each with its own due day.
    ReferenceDates {
        /// The reference days.
        refs: Vec<RefDay>,
    },
    /// The earliest of several; a date that is not known yet is waited for.
    EarliestOf {
        /// The parts.
        of: Vec<Expr>,
    },
    /// The latest of several.
    LatestOf {
        /// The parts.
        of: Vec<Expr>,
    },
    /// One date, but never after another.
    NotLaterThan {
        /// The date.
        of: Box<Expr>,
        /// The cap.
        cap: Box<Expr>,
    },
    /// A window before an expiry: due at its close, with grace after expiry.
    Window {
        /// The expiry.
        anchor: Box<Expr>,
        /// Days before expiry at which the window opens.
        opens_before: i32,
        /// Days before expiry at which it closes.
        closes_before: i32,
        /// Days after expiry for which a late act is still taken.
        #[serde(default)]
        grace_after: i32,
    },
    /// A window of months before an expiry, closed hard at the expiry.
    WindowBefore {
        /// The expiry.
        anchor: Box<Expr>,
        /// Months before expiry at which the window opens.
        months: i32,
    },
    /// Whole years after.
    Anniversary {
        /// First counted from here.
        anchor: Box<Expr>,
        /// Years between.
        years: i32,
        /// `feb28` (default) or `mar1` for 29 February in a common year.
        #[serde(default)]
        leap: Option<String>,
        /// Event that restarts the count; without it the count runs from due date to due date.
        #[serde(default)]
        restart_on: Option<String>,
        /// True: the last day is the day before the anniversary (a term of n years).
        #[serde(default)]
        day_before: bool,
    },
    /// Hours after an event; dates carry no hour, so part of a day counts as the day in which the time runs out.
    HoursAfter {
        /// How many.
        n: u32,
        /// Counted from here.
        anchor: Box<Expr>,
    },
    /// At once: the day of the event; the firm sets an internal limit in hours.
    Immediate {
        /// The event.
        anchor: Box<Expr>,
        /// Internal limit, hours.
        sla_hours: u32,
    },
    /// A day and month some years after the financial year of the anchor ends.
    Cohort {
        /// The reference day.
        anchor: Box<Expr>,
        /// Years after.
        years: i32,
        /// Month, 1 to 12.
        month: u8,
        /// Day, 1 to 31.
        day: u8,
    },
    /// Imported dates.
    CalendarTable {
        /// The dates.
        entries: Vec<TableEntry>,
    },
    /// The next of a series of meetings or reports.
    Series {
        /// The event that makes the series.
        kind: String,
        /// At least so many in a calendar year (or half, see `halves`).
        #[serde(default)]
        min_count: u16,
        /// Count by half calendar year instead of by year.
        #[serde(default)]
        halves: bool,
        /// At most so many days between two.
        #[serde(default)]
        max_gap: Option<u16>,
        /// At least so many days between two.
        #[serde(default)]
        min_gap: Option<u16>,
        /// The first one is due so many days after the anchor.
        #[serde(default)]
        first_within: Option<u16>,
        /// Counted from here for the first one.
        #[serde(default)]
        anchor: Option<Box<Expr>>,
    },
    /// A choice by facts; an unknown fact takes `otherwise`.
    When {
        /// The condition.
        when: Predicate,
        /// Used when it is true.
        then: Box<Expr>,
        /// Used when it is false or not known.
        otherwise: Box<Expr>,
    },
    /// A choice by whether the period is the client's first financial year.
    FirstFy {
        /// Used for the first financial year.
        then: Box<Expr>,
        /// Used for any other, or when the incorporation date is not known.
        otherwise: Box<Expr>,
    },
    /// No date is computed; the regulator's letter sets it and the user enters it.
    AsDirected,
}

fn one() -> i32 {
    1
}

fn period_end() -> Box<Expr> {
    Box::new(Expr::PeriodEnd)
}

impl<'de> Deserialize<'de> for Expr {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match toml::Value::deserialize(deserializer)? {
            toml::Value::String(text) => Self::short(&text).map_err(D::Error::custom),
            // the inherent function that `remote = "Self"` makes: the tagged form
            table @ toml::Value::Table(_) => Self::deserialize(table).map_err(D::Error::custom),
            other => Err(D::Error::custom(format!(
                "a date expression is text or a table, not {}",
                other.type_str()
            ))),
        }
    }
}

impl Expr {
    fn short(text: &str) -> Result<Self, String> {
        Ok(match text {
            "period_end" => Self::PeriodEnd,
            "period_start" => Self::PeriodStart,
            "fy_end" => Self::FyEnd,
            "event" => Self::EventDate,
            "as_directed" => Self::AsDirected,
            _ => match text.split_once(':') {
                Some(("event", kind)) => {
                    Self::Event { kind: kind.to_owned(), hypothetical: None, binding: false }
                }
                Some(("previous", kind)) => Self::Previous { kind: kind.to_owned() },
                Some(("first", kind)) => Self::First { kind: kind.to_owned() },
                Some(("fact", key)) => Self::Fact { key: key.to_owned() },
                Some(("rule", code)) => Self::Rule { code: code.to_owned() },
                _ => return Err(format!("'{text}' is not an anchor")),
            },
        })
    }
}
