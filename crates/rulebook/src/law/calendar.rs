//! Named working-day calendars: which weekdays are off and which dates are holidays.

use super::parse::PackError;
use serde::Deserialize;
use std::str::FromStr;
use time::{Date, Duration, Weekday};

/// Which weekdays are off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Week {
    /// Monday to Friday work.
    Mf,
    /// Monday to Saturday work.
    MSat,
    /// Sundays and the second and fourth Saturday are off, as for banks.
    Bank,
    /// Every day works.
    All,
}

impl Week {
    /// False on a weekly day off.
    pub fn works(self, date: Date) -> bool {
        match date.weekday() {
            Weekday::Sunday => self == Self::All,
            Weekday::Saturday => match self {
                Self::Mf => false,
                Self::MSat | Self::All => true,
                Self::Bank => !matches!((date.day() - 1) / 7, 1 | 3),
            },
            _ => true,
        }
    }

    /// Text for people.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Mf => "Monday to Friday",
            Self::MSat => "Monday to Saturday",
            Self::Bank => "bank days: Sundays and 2nd and 4th Saturdays are off",
            Self::All => "every day",
        }
    }
}

impl FromStr for Week {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text.to_ascii_uppercase().as_str() {
            "MF" => Ok(Self::Mf),
            "MSAT" => Ok(Self::MSat),
            "BANK" => Ok(Self::Bank),
            "ALL" => Ok(Self::All),
            _ => Err(format!("'{text}' is not a week; use MF, MSat, BANK or ALL")),
        }
    }
}

/// A holiday of one list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holiday {
    /// The day.
    pub date: Date,
    /// Its name.
    pub name: String,
    /// The list it is in, for example `NATIONAL`.
    pub list: String,
    /// Where the list of the year comes from.
    pub source: String,
}

/// A named calendar: a week and sorted holidays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Name that rules use, for example `MF`.
    pub name: String,
    /// Name for people.
    pub title: String,
    /// Weekly days off.
    pub week: Week,
    /// Holidays, sorted, without repeats.
    pub holidays: Vec<Date>,
    /// The lists that the holidays come from.
    pub lists: Vec<String>,
}

/// Far enough for any run of holidays; keeps a broken calendar from looping for ever.
const MOST_DAYS_OFF: u16 = 400;

impl Calendar {
    /// True when `date` is a working day.
    pub fn is_working(&self, date: Date) -> bool {
        self.week.works(date) && self.holidays.binary_search(&date).is_err()
    }

    /// The `n`th working day after `from`; `from` itself is not counted. Zero gives `from`.
    pub fn after(&self, from: Date, n: u32) -> Date {
        let (mut day, mut left, mut off) = (from, n, 0);
        while left > 0 && off < MOST_DAYS_OFF && day < Date::MAX {
            day = day.saturating_add(Duration::DAY);
            if self.is_working(day) {
                left -= 1;
                off = 0;
            } else {
                off += 1;
            }
        }
        day
    }

    /// The `n`th working day strictly before `from`. Zero gives `from`.
    pub fn before(&self, from: Date, n: u32) -> Date {
        let (mut day, mut left, mut off) = (from, n, 0);
        while left > 0 && off < MOST_DAYS_OFF && day > Date::MIN {
            day = day.saturating_sub(Duration::DAY);
            if self.is_working(day) {
                left -= 1;
                off = 0;
            } else {
                off += 1;
            }
        }
        day
    }

    /// `date` when it is a working day, else the next one.
    pub fn on_or_after(&self, date: Date) -> Date {
        if self.is_working(date) { date } else { self.after(date, 1) }
    }

    /// `date` when it is a working day, else the one before.
    pub fn on_or_before(&self, date: Date) -> Date {
        if self.is_working(date) { date } else { self.before(date, 1) }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCalendar {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) week: String,
    #[serde(default)]
    pub(crate) lists: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawHolidays {
    pub(crate) list: String,
    pub(crate) year: i32,
    pub(crate) source: String,
    pub(crate) days: Vec<RawHoliday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawHoliday {
    pub(crate) date: Date,
    pub(crate) name: String,
}

/// All holidays by date, each with its list and source.
pub(crate) fn holidays_of(lists: impl Iterator<Item = RawHolidays>) -> Vec<Holiday> {
    let mut all: Vec<Holiday> = lists
        .flat_map(|list| {
            let (name, source) = (list.list, list.source);
            list.days.into_iter().map(move |day| Holiday {
                date: day.date,
                name: day.name,
                list: name.clone(),
                source: source.clone(),
            })
        })
        .collect();
    all.sort();
    all
}

pub(crate) fn build_calendars(
    calendars: &[(String, RawCalendar)],
    holidays: &[(String, RawHolidays)],
) -> Result<Vec<Calendar>, PackError> {
    for (file, list) in holidays {
        if list.source.trim().is_empty() {
            return Err(PackError::new(
                file,
                None,
                format!("the holidays {} {} have no source", list.list, list.year),
            ));
        }
        if let Some(day) = list.days.iter().find(|d| d.date.year() != list.year) {
            return Err(PackError::new(file, None, format!("{} is not in {}", day.date, list.year)));
        }
    }
    let mut built: Vec<Calendar> = Vec::new();
    for (file, raw) in calendars {
        let fail = |reason: String| PackError::new(file, None, format!("calendar {}: {reason}", raw.name));
        if built.iter().any(|c| c.name == raw.name) {
            return Err(fail("the name is used twice".into()));
        }
        let week: Week = raw.week.parse().map_err(&fail)?;
        let mut days: Vec<Date> = Vec::new();
        for list in &raw.lists {
            let mut found = false;
            for (_, h) in holidays.iter().filter(|(_, h)| h.list == *list) {
                days.extend(h.days.iter().map(|d| d.date));
                found = true;
            }
            if !found {
                return Err(fail(format!("there is no holiday list '{list}'")));
            }
        }
        days.sort_unstable();
        days.dedup();
        built.push(Calendar {
            name: raw.name.clone(),
            title: raw.title.clone(),
            week,
            holidays: days,
            lists: raw.lists.clone(),
        });
    }
    Ok(built)
}
