//! The meaning of every due-date form.

use crate::arithmetic::{add_days, months_after, weekday_after, years_after};
use crate::awaited::OpenEvent;
use crate::chain;
use crate::evaluate::Window;
use crate::law::{Count, Expr, FixedBase, RefDay};
use crate::run::{GCA_9, Outcome, Run};
use crate::text;
use kernel::period::{FinancialYear, day_text, month_end, ymd};
use time::{Date, Duration};

impl<'a> Run<'a> {
    pub(crate) fn eval(&mut self, expr: &'a Expr) -> Outcome<'a> {
        match expr {
            Expr::PeriodEnd => Outcome::On(self.period.end),
            Expr::PeriodStart => Outcome::On(self.period.start),
            Expr::FyEnd => {
                let scheme = crate::law::PeriodScheme::EntityYear;
                let year = crate::periods::containing(&scheme, self.period.end, self.facts);
                Outcome::On(year.map_or(self.period.end, |y| y.end))
            }
            Expr::EventDate => match self.event {
                Some((_, on)) => Outcome::On(on),
                None => Outcome::Nothing,
            },
            Expr::Event { kind, hypothetical, binding } => {
                self.event(kind, hypothetical.as_deref(), *binding)
            }
            Expr::Previous { kind } => self.previous(kind),
            Expr::First { kind } => {
                let Some(event) = chain::first_inside(self.facts, kind, &self.period) else {
                    self.open_event.get_or_insert(OpenEvent::of(kind));
                    return Outcome::Wait { event: kind, projected: None };
                };
                if self.explains() {
                    let line = format!(
                        "The first of {}: {}",
                        self.period.label(),
                        text::event_title(self.book, kind)
                    );
                    self.say(line, Some(event.on), Some(self.rule.citation_text()));
                }
                Outcome::On(event.on)
            }
            Expr::Fact { key } => match self.facts.date(key, self.as_of()) {
                Some(date) => Outcome::On(date),
                None => Outcome::MissingFact(key),
            },
            Expr::Rule { code } => self.other_rule(code),
            Expr::Date { on } => {
                if self.explains() {
                    let citation = self.rule.citation_text();
                    self.say("Named by the instrument".into(), Some(*on), Some(citation));
                }
                Outcome::On(*on)
            }
            Expr::DaysAfter { n, anchor, count } => self.days_after(*n, anchor, *count),
            Expr::MonthsAfter { n, anchor, keep_month_end } => {
                let base = self.eval(anchor);
                let result = base.map(|d| months_after(d, *n, *keep_month_end));
                self.tell(
                    base,
                    result,
                    anchor,
                    |a, _| format!("{} after {a}", text::many(*n, "month")),
                    None,
                );
                result
            }
            Expr::WorkingDaysAfter { n, anchor, calendar } => {
                self.working_days(*n, anchor, calendar, "working day")
            }
            Expr::TradingDaysAfter { n, anchor, calendar } => {
                self.working_days(*n, anchor, calendar, "trading day")
            }
            Expr::NthWorkingDay { n, anchor, calendar } => {
                let base = self.eval(anchor);
                let named = self.calendar(calendar);
                let result = base.map(|d| named.after(month_end(d), *n));
                let words = |a: &str, _| format!("working day {n} of the month after {a} ({})", named.title);
                self.tell(base, result, anchor, words, None);
                result
            }
            Expr::LastWorkingDayOfMonth { months, anchor, calendar } => {
                let base = self.eval(anchor);
                let named = self.calendar(calendar);
                let last = |d| named.on_or_before(month_end(months_after(d, *months, false)));
                let result = base.map(last);
                let words = |a: &str, _| match months {
                    0 => format!("last working day of the month of {a} ({})", named.title),
                    n => format!(
                        "last working day of the month {} after {a} ({})",
                        text::many(*n, "month"),
                        named.title
                    ),
                };
                self.tell(base, result, anchor, words, None);
                result
            }
            Expr::Fixed { month, day, year_offset, base } => self.fixed(*month, *day, *year_offset, *base),
            Expr::FixedDayOfFollowingMonth { day, months, anchor } => {
                let base = self.eval(anchor);
                let result = base.map(|d| {
                    let target = months_after(ymd(d.year(), d.month() as u8, 1), *months, false);
                    ymd(target.year(), target.month() as u8, *day)
                });
                let words = |a: &str, _| match months {
                    1 => format!("Day {day} of the month after {a}"),
                    n => format!("Day {day} of the month, {} after {a}", text::many(*n, "month")),
                };
                self.tell(base, result, anchor, words, Some(Cite::Rule));
                result
            }
            Expr::WeekdayAfter { weekday, weeks, anchor } => {
                let base = self.eval(anchor);
                let wanted = crate::law::parse::weekday_number(weekday).unwrap_or(0);
                let result = base.map(|d| weekday_after(d, wanted, *weeks));
                let name = text::weekday_name(wanted);
                let words = |a: &str, _| match weeks {
                    0 => format!("The {name} after {a}"),
                    n => format!("The {name} after {a}, and {} more", text::many(i32::from(*n), "week")),
                };
                self.tell(base, result, anchor, words, Some(Cite::Rule));
                result
            }
            Expr::ReferenceDates { refs } => self.reference(refs),
            Expr::EarliestOf { of } => self.earliest(&of.iter().collect::<Vec<_>>(), "The earliest of these"),
            Expr::LatestOf { of } => self.latest(of),
            Expr::NotLaterThan { of, cap } => {
                self.earliest(&[of, cap], "Not later than the last day allowed")
            }
            Expr::Window { anchor, opens_before, closes_before, grace_after } => {
                let base = self.eval(anchor);
                let result = base.map(|d| add_days(d, closes_before.saturating_neg()));
                if let Outcome::On(expiry) = base {
                    self.window = Some(Window {
                        opens: Some(add_days(expiry, opens_before.saturating_neg())),
                        closes: Some(add_days(expiry, closes_before.saturating_neg())),
                        grace_until: (*grace_after > 0).then(|| add_days(expiry, *grace_after)),
                    });
                }
                let words = |a: &str, _| {
                    format!("The window opens {opens_before} days and closes {closes_before} days before {a}")
                };
                self.tell(base, result, anchor, words, Some(Cite::Rule));
                result
            }
            Expr::WindowBefore { anchor, months } => {
                let base = self.eval(anchor);
                if let Outcome::On(expiry) = base {
                    let opens = Some(months_after(expiry, months.saturating_neg(), false));
                    self.window = Some(Window { opens, closes: Some(expiry), grace_until: None });
                }
                let words = |a: &str, _| {
                    format!(
                        "The window opens {} before {a} and closes on that day",
                        text::many(*months, "month")
                    )
                };
                self.tell(base, base, anchor, words, Some(Cite::Rule));
                base
            }
            Expr::Anniversary { anchor, years, leap, restart_on, day_before } => self.anniversary(
                anchor,
                *years,
                leap.as_deref() == Some("mar1"),
                restart_on.as_deref(),
                *day_before,
            ),
            Expr::HoursAfter { n, anchor } => {
                let base = self.eval(anchor);
                let days = i32::try_from(n.div_ceil(24)).unwrap_or(i32::MAX);
                let result = base.map(|d| add_days(d, days));
                let words = |a: &str, _| {
                    format!(
                        "{n} hours after {a}, Asia/Kolkata time; without the hour, the day in which they run out"
                    )
                };
                self.tell(base, result, anchor, words, Some(Cite::Rule));
                result
            }
            Expr::Immediate { anchor, sla_hours } => {
                let base = self.eval(anchor);
                let noun = if self.explains() { text::day_noun(self, anchor) } else { String::new() };
                let words =
                    |_: &str, on| format!("At once: {noun}, {}; aim for {sla_hours} hours", day_text(on));
                self.tell(base, base, anchor, words, Some(Cite::Rule));
                base
            }
            Expr::Cohort { anchor, years, month, day } => {
                let base = self.eval(anchor);
                let result =
                    base.map(|d| ymd(FinancialYear::of(d).end().year().saturating_add(*years), *month, *day));
                let words =
                    |a: &str, _| format!("{} after the financial year of {a}", text::many(*years, "year"));
                self.tell(base, result, anchor, words, Some(Cite::Rule));
                result
            }
            Expr::CalendarTable { entries } => {
                let key = self.period.key();
                let Some(entry) = entries.iter().find(|e| e.period == key) else { return Outcome::Nothing };
                if self.explains() {
                    let citation = self.rule.citation_text();
                    self.say("From the published table of dates".into(), Some(entry.date), Some(citation));
                }
                Outcome::On(entry.date)
            }
            Expr::Series { .. } => crate::series::next_due(self, expr),
            Expr::When { when, then, otherwise } => {
                if self.holds(when) {
                    self.eval(then)
                } else {
                    self.eval(otherwise)
                }
            }
            Expr::FirstFy { then, otherwise } => {
                if self.first_year() == Some(true) {
                    self.eval(then)
                } else {
                    self.eval(otherwise)
                }
            }
            Expr::AsDirected => {
                if self.explains() {
                    self.say("The regulator sets the date; enter it from its letter".into(), None, None);
                }
                Outcome::Directed
            }
        }
    }

    /// Writes the step of a form that turns one day into another.
    fn tell(
        &mut self,
        base: Outcome<'a>,
        result: Outcome<'a>,
        anchor: &'a Expr,
        words: impl FnOnce(&str, Date) -> String,
        cite: Option<Cite>,
    ) {
        if !self.explains() {
            return;
        }
        let (Some(from), Some(to)) = (dated(base), dated(result)) else { return };
        let mut line = words(&text::anchor(self, anchor, from), from);
        if matches!(base, Outcome::Wait { .. }) {
            line.push_str(" (projected)");
        }
        let citation = match cite {
            Some(Cite::Gca) => Some(GCA_9),
            Some(Cite::Rule) | None => Some(self.rule.citation_text()),
        };
        self.say(line, Some(to), citation);
    }

    fn days_after(&mut self, n: i32, anchor: &'a Expr, count: Count) -> Outcome<'a> {
        let base = self.eval(anchor);
        let step = match count {
            Count::Exclusive => n,
            Count::Inclusive => n.saturating_sub(n.signum()),
        };
        let result = base.map(|d| add_days(d, step));
        let noun = if self.explains() { text::day_noun(self, anchor) } else { String::new() };
        let words = |a: &str, _| {
            let counted = if count == Count::Exclusive { "not counted" } else { "counted as day one" };
            let side = if n < 0 { "before" } else { "after" };
            format!("{} {side} {a}, {noun} {counted}", text::many(n.saturating_abs(), "day"))
        };
        let cite = if count == Count::Exclusive { Cite::Gca } else { Cite::Rule };
        self.tell(base, result, anchor, words, Some(cite));
        result
    }

    fn working_days(&mut self, n: u32, anchor: &'a Expr, calendar: &str, unit: &str) -> Outcome<'a> {
        let base = self.eval(anchor);
        let named = self.calendar(calendar);
        let result = base.map(|d| named.after(d, n));
        let count = i32::try_from(n).unwrap_or(i32::MAX);
        let words = |a: &str, _| {
            format!("{} after {a}, that day not counted ({})", text::many(count, unit), named.title)
        };
        self.tell(base, result, anchor, words, Some(Cite::Gca));
        result
    }

    fn fixed(&mut self, month: u8, day: u8, year_offset: i32, base: FixedBase) -> Outcome<'a> {
        let end = self.period.end;
        let year = match base {
            FixedBase::AfterPeriod if ymd(end.year(), month, day) > end => end.year(),
            FixedBase::AfterPeriod => end.year().saturating_add(1),
            FixedBase::FyEndYear => FinancialYear::of(end).end().year(),
            FixedBase::CalendarYear => end.year(),
        };
        let date = ymd(year.saturating_add(year_offset), month, day);
        if self.explains() {
            let text = format!("Fixed day for {}: {}", self.period.label(), day_text(date));
            let citation = self.rule.citation_text();
            self.say(text, Some(date), Some(citation));
        }
        Outcome::On(date)
    }

    fn reference(&mut self, refs: &'a [RefDay]) -> Outcome<'a> {
        let end = self.period.end;
        let found = refs.iter().find(|r| ymd(end.year(), end.month() as u8, r.day) == end);
        let Some(found) = found else { return Outcome::Nothing };
        let (date, how) = match (found.plus_days, found.fixed_day) {
            (Some(n), _) => (add_days(end, i32::from(n)), format!("{n} days after the reference date")),
            (None, day) => {
                let day = day.unwrap_or(1);
                let next = months_after(ymd(end.year(), end.month() as u8, 1), 1, false);
                (ymd(next.year(), next.month() as u8, day), format!("day {day} of the next month"))
            }
        };
        if self.explains() {
            let file = if found.file.is_empty() { String::new() } else { format!(", {} file", found.file) };
            let citation = self.rule.citation_text();
            let text = format!("Reference date {}: {how}{file}", day_text(end));
            self.say(text, Some(date), Some(citation));
        }
        Outcome::On(date)
    }

    fn anniversary(
        &mut self,
        anchor: &'a Expr,
        years: i32,
        leap_to_march: bool,
        restart_on: Option<&'a str>,
        day_before: bool,
    ) -> Outcome<'a> {
        let base = self.eval(anchor);
        let years = years.max(1);
        let floor = self.period.start;
        let restart =
            restart_on.and_then(|kind| self.facts.events(kind).filter(|e| !e.projected).map(|e| e.on).max());
        let result = base.map(|first| {
            let from = restart.map_or(first, |r| r.max(first));
            // the count goes on from due date to due date until it reaches the period asked for
            let behind = floor.year().saturating_sub(from.year()).saturating_sub(1) / years;
            let mut turns = if restart.is_some() { 1 } else { behind.max(1) };
            let mut date = years_after(from, years.saturating_mul(turns), leap_to_march);
            while restart.is_none() && date < floor && turns < i32::MAX / years && date.year() < 9999 {
                turns += 1;
                date = years_after(from, years.saturating_mul(turns), leap_to_march);
            }
            if day_before { date.saturating_sub(Duration::DAY) } else { date }
        });
        let words = |a: &str, _| match restart {
            Some(on) => format!("{} after it was last done on {}", text::many(years, "year"), day_text(on)),
            None => format!("Every {} from {a}", text::many(years, "year")),
        };
        self.tell(base, result, anchor, words, Some(Cite::Rule));
        result
    }
}

/// What a step cites.
enum Cite {
    Gca,
    Rule,
}

fn dated(outcome: Outcome<'_>) -> Option<Date> {
    match outcome {
        Outcome::On(date) => Some(date),
        Outcome::Wait { projected, .. } => projected,
        _ => None,
    }
}
