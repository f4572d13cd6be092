//! A due-date expression in plain words, for somebody who reads the rule and not one filing.

use crate::book::Rulebook;
use crate::late_words;
use crate::law::{Cost, Expr, FixedBase, PeriodScheme, RefDay, Rule, ShiftDirection};
use crate::text::{event_noun, event_title, many, weekday_name};
use kernel::period::day_text;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Rulebook {
    /// When the rule says that it is due, in one sentence without a full stop.
    pub fn due_words(&self, rule: &Rule) -> String {
        let mut text = Words { book: self, rule }.of(&rule.due);
        if !rule.cutoff.is_empty() {
            text.push_str(&format!(", by {} IST", rule.cutoff));
        }
        if let Some(shift) = &rule.shift {
            let way = match shift.direction {
                ShiftDirection::Next => "next",
                ShiftDirection::Previous => "previous",
            };
            text.push_str(&format!("; moved to the {way} working day when it is not one"));
        }
        if !rule.skip.is_empty() {
            text.push_str(&format!("; nothing for {}", rule.skip.join(", ")));
        }
        capitalised(&text)
    }
}

impl Cost {
    /// The amount in words: `₹100 a day, at most ₹2,00,000`.
    pub fn words(&self) -> String {
        late_words::amount(self, None)
    }
}

/// The first letter in upper case.
pub(crate) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

/// `a, b or c`.
pub(crate) fn listed(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

fn month(number: u8) -> &'static str {
    MONTHS.get(usize::from(number.saturating_sub(1))).copied().unwrap_or("January")
}

/// `1st`, `22nd`; 31 is the last day.
fn nth(day: u8) -> String {
    let ending = match (day % 10, day % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    if day >= 31 { "last day".to_owned() } else { format!("{day}{ending}") }
}

struct Words<'a> {
    book: &'a Rulebook,
    rule: &'a Rule,
}

impl Words<'_> {
    fn of(&self, expr: &Expr) -> String {
        match expr {
            Expr::PeriodEnd => self.period_end(),
            Expr::PeriodStart => "the first day of the period".into(),
            Expr::FyEnd => "the end of the client's financial year".into(),
            Expr::EventDate => self.own_event(),
            Expr::Event { kind, .. } => self.event(kind),
            Expr::Previous { kind } => format!("the previous {}", self.noun(kind)),
            Expr::First { kind } => format!("the first {} of the period", self.noun(kind)),
            Expr::Fact { key } => self.fact(key),
            Expr::Rule { code } => match self.book.versions(code).last() {
                Some(other) => format!("the last day for {code} ({})", other.title),
                None => format!("the last day for {code}"),
            },
            Expr::Date { on } => day_text(*on),
            Expr::DaysAfter { n, anchor, count } => {
                let counted = if *count == crate::law::Count::Inclusive { ", that day counted" } else { "" };
                format!("{}{counted}", self.shifted(*n, "day", anchor))
            }
            Expr::MonthsAfter { n, anchor, .. } => self.shifted(*n, "month", anchor),
            Expr::WorkingDaysAfter { n, anchor, .. } => self.shifted(signed(*n), "working day", anchor),
            Expr::TradingDaysAfter { n, anchor, .. } => self.shifted(signed(*n), "trading day", anchor),
            Expr::NthWorkingDay { n, anchor, .. } => {
                let day = u8::try_from(*n).map_or_else(|_| n.to_string(), nth);
                format!("the {day} working day of the month after {}", self.of(anchor))
            }
            Expr::LastWorkingDayOfMonth { months, anchor, .. } => {
                format!("the last working day of {}", self.month_after(*months, anchor))
            }
            Expr::Fixed { month: m, day, year_offset, base } => self.fixed(*m, *day, *year_offset, *base),
            Expr::FixedDayOfFollowingMonth { day, months, anchor } => {
                format!("the {} of {}", nth(*day), self.month_after(*months, anchor))
            }
            Expr::WeekdayAfter { weekday, weeks, anchor } => {
                let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
                let number = names.iter().position(|n| n == weekday).unwrap_or(0);
                let name = weekday_name(u8::try_from(number).unwrap_or(0));
                let later = match weeks {
                    0 => String::new(),
                    n => format!(", {} later", many(i32::from(*n), "week")),
                };
                format!("the first {name} after {}{later}", self.of(anchor))
            }
            Expr::ReferenceDates { refs } => {
                let parts: Vec<String> = refs.iter().map(reference).collect();
                parts.join("; ")
            }
            Expr::EarliestOf { of } => format!("the earliest of: {}", self.all(of)),
            Expr::LatestOf { of } => format!("the latest of: {}", self.all(of)),
            Expr::NotLaterThan { of, cap } => {
                format!("{}, but not later than {}", self.of(of), self.of(cap))
            }
            Expr::When { when, then, otherwise } => {
                let cond = self.book.condition_line(when);
                format!("if {cond}, {}; otherwise {}", self.of(then), self.of(otherwise))
            }
            Expr::FirstFy { then, otherwise } => {
                format!(
                    "for the first financial year {}; for later ones {}",
                    self.of(then),
                    self.of(otherwise)
                )
            }
            Expr::AsDirected => "the day that the regulator sets".into(),
            other => self.spans(other),
        }
    }

    /// Windows, anniversaries, clocks and series.
    fn spans(&self, expr: &Expr) -> String {
        match expr {
            Expr::Window { anchor, opens_before, closes_before, grace_after } => {
                let expiry = self.of(anchor);
                let closes = match closes_before {
                    0 => format!("on {expiry}"),
                    n => format!("{} before {expiry}", many(*n, "day")),
                };
                let grace = match grace_after {
                    0 => String::new(),
                    n => format!(", late until {} after it", many(*n, "day")),
                };
                format!("from {} before {expiry}, at the latest {closes}{grace}", many(*opens_before, "day"))
            }
            Expr::WindowBefore { anchor, months } => {
                let expiry = self.of(anchor);
                format!("in the {} before {expiry}, at the latest on that day", many(*months, "month"))
            }
            Expr::Anniversary { anchor, years, day_before, .. } => {
                let before = if *day_before { "the day before it is " } else { "" };
                format!("{before}{} after {}", many(*years, "year"), self.of(anchor))
            }
            Expr::HoursAfter { n, anchor } => {
                format!("{} after {}", many(signed(*n), "hour"), self.of(anchor))
            }
            Expr::Immediate { anchor, sla_hours } => {
                format!("at once, within {sla_hours} hours of {}", self.of(anchor))
            }
            Expr::Cohort { years, month: m, day, anchor } => format!(
                "{day} {}, {} after the financial year of {}",
                month(*m),
                many(*years, "year"),
                self.of(anchor)
            ),
            Expr::CalendarTable { entries } => {
                let dates: Vec<String> = entries.iter().map(|e| day_text(e.date)).collect();
                format!("on {}, as the instrument says", listed(&dates, "and"))
            }
            Expr::Series { kind, min_count, halves, max_gap, min_gap, first_within, .. } => {
                let noun = self.noun(kind);
                let mut parts = Vec::new();
                if *min_count > 0 {
                    let span = if *halves { "half of the calendar year" } else { "calendar year" };
                    parts.push(format!("at least {} in a {span}", many(i32::from(*min_count), &noun)));
                }
                if let Some(days) = first_within {
                    parts.push(format!("the first within {}", many(i32::from(*days), "day")));
                }
                if let Some(days) = max_gap {
                    parts.push(format!("at most {} between two", many(i32::from(*days), "day")));
                }
                if let Some(days) = min_gap {
                    parts.push(format!("at least {} between two", many(i32::from(*days), "day")));
                }
                format!("{}: {}", capitalised(&noun), parts.join(", "))
            }
            _ => String::new(),
        }
    }

    fn own_event(&self) -> String {
        self.rule.event.as_deref().map_or_else(|| "the event".to_owned(), |kind| self.event(kind))
    }

    /// The event with an article; with its title where the noun alone does not say what happened.
    fn event(&self, kind: &str) -> String {
        let (noun, title) = (event_noun(self.book, kind), event_title(self.book, kind));
        if noun.starts_with("that ") {
            return format!("the day of \"{title}\"");
        }
        let noun = noun.strip_prefix("the ").unwrap_or(&noun);
        if title.to_lowercase().contains(&noun.to_lowercase()) {
            format!("the {noun}")
        } else {
            format!("the {noun} (\"{title}\")")
        }
    }

    /// The noun without an article.
    fn noun(&self, kind: &str) -> String {
        let noun = event_noun(self.book, kind);
        noun.strip_prefix("the ").unwrap_or(&noun).to_owned()
    }

    fn all(&self, parts: &[Expr]) -> String {
        parts.iter().map(|e| self.of(e)).collect::<Vec<_>>().join("; ")
    }

    fn shifted(&self, n: i32, unit: &str, anchor: &Expr) -> String {
        match n {
            0 => self.of(anchor),
            n if n < 0 => format!("{} before {}", many(-n, unit), self.of(anchor)),
            n => format!("{} after {}", many(n, unit), self.of(anchor)),
        }
    }

    fn month_after(&self, months: i32, anchor: &Expr) -> String {
        match months {
            0 => format!("the month of {}", self.of(anchor)),
            1 => format!("the month after {}", self.of(anchor)),
            n if n < 0 => format!("the month {} before {}", many(-n, "month"), self.of(anchor)),
            n => {
                let which = u8::try_from(n).map_or_else(|_| n.to_string(), nth);
                format!("the {which} month after {}", self.of(anchor))
            }
        }
    }

    fn fixed(&self, m: u8, day: u8, offset: i32, base: FixedBase) -> String {
        let date = format!("{day} {}", month(m));
        let later = match offset {
            0 => String::new(),
            n if n < 0 => format!(", {} before", many(-n, "year")),
            n => format!(", {} later", many(n, "year")),
        };
        match base {
            FixedBase::AfterPeriod => format!("{date} after {}{later}", self.period_end()),
            FixedBase::FyEndYear => format!("{date} of the year in which the financial year ends{later}"),
            FixedBase::CalendarYear => format!("{date} of the calendar year of {}{later}", self.period_end()),
        }
    }

    fn fact(&self, key: &str) -> String {
        let title = self.book.fact_def(key).map_or(key, |f| f.title.as_str());
        format!("the date \"{title}\"")
    }

    fn period_end(&self) -> String {
        match &self.rule.periods {
            PeriodScheme::WeekEnding(day) => format!("the week's {}", weekday_name(*day)),
            PeriodScheme::Fortnight => "the fortnight end".into(),
            PeriodScheme::ReferenceDays(_) => "the reference date".into(),
            PeriodScheme::Month => "the month end".into(),
            PeriodScheme::Quarter => "the quarter end".into(),
            PeriodScheme::HalfYear => "the half-year end".into(),
            PeriodScheme::FinancialYear => "the financial year end".into(),
            PeriodScheme::EntityYear => "the client's financial year end".into(),
            PeriodScheme::Event => self.own_event(),
            PeriodScheme::Once(key) => self.fact(key),
            PeriodScheme::Triennial(key) => {
                format!("the end of the third financial year after {}", self.fact(key))
            }
            PeriodScheme::YearsFrom { fact, years } => {
                format!("the end of each {} from {}", many(i32::from(*years), "year"), self.fact(fact))
            }
        }
    }
}

fn signed(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

fn reference(day: &RefDay) -> String {
    let when = match (day.plus_days, day.fixed_day) {
        (Some(n), _) => format!("{} later", many(i32::from(n), "day")),
        (_, Some(fixed)) => format!("on the {} of the next month", nth(fixed)),
        _ => "on that day".into(),
    };
    let file = if day.file.is_empty() { String::new() } else { format!(" ({} file)", day.file) };
    format!("for the {}{file}: {when}", nth(day.day))
}
