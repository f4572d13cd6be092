//! One evaluation in progress: walks the due-date expression and writes down why.

use crate::arithmetic::add_days;
use crate::awaited::OpenEvent;
use crate::book::Rulebook;
use crate::evaluate::{Finding, Lapse, Step, Window};
use crate::law::{Calendar, Expr, Relief, ReliefAfter, ReliefEffect, Rule, RuleKind, ShiftDirection, Week};
use crate::sheet::FactSheet;
use crate::text;
use kernel::period::{Period, day_text};
use std::borrow::Cow;
use time::Date;

/// What an expression comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome<'a> {
    /// A date.
    On(Date),
    /// An event has to come first.
    Wait { event: &'a str, projected: Option<Date> },
    /// A fact has to be known first.
    MissingFact(&'a str),
    /// The regulator sets it.
    Directed,
    /// There is none: no earlier event, no entry in a table.
    Nothing,
}

impl Outcome<'_> {
    /// Applies a date function to the date or the projection.
    pub(crate) fn map(self, f: impl FnOnce(Date) -> Date) -> Self {
        match self {
            Self::On(date) => Self::On(f(date)),
            Self::Wait { event, projected } => Self::Wait { event, projected: projected.map(f) },
            other => other,
        }
    }
}

pub(crate) struct Run<'a> {
    pub(crate) book: &'a Rulebook,
    pub(crate) rule: &'a Rule,
    pub(crate) facts: &'a FactSheet,
    pub(crate) period: Period,
    /// The event of an event-driven return: its id when recorded, and its day.
    pub(crate) event: Option<(Option<i64>, Date)>,
    pub(crate) today: Option<Date>,
    pub(crate) holidays: Option<&'a [Date]>,
    pub(crate) week: Option<Week>,
    /// `None`: nobody asked why.
    pub(crate) steps: Option<Vec<Step>>,
    pub(crate) window: Option<Window>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) needs_review: bool,
    /// The last day of waiting for an event, when there is one.
    pub(crate) last_wait: Option<Date>,
    /// The event that is not recorded, whether the date still waits for it or no longer does.
    pub(crate) open_event: Option<OpenEvent<'a>>,
    pub(crate) depth: u8,
}

/// General Clauses Act rule for counting days.
pub(crate) const GCA_9: &str = "General Clauses Act 1897 s.9";

impl<'a> Run<'a> {
    pub(crate) fn new(book: &'a Rulebook, rule: &'a Rule, facts: &'a FactSheet, period: Period) -> Self {
        Self {
            book,
            rule,
            facts,
            period,
            event: None,
            today: None,
            holidays: None,
            week: None,
            steps: None,
            window: None,
            findings: Vec::new(),
            needs_review: false,
            last_wait: None,
            open_event: None,
            depth: 0,
        }
    }

    pub(crate) fn explains(&self) -> bool {
        self.steps.is_some()
    }

    pub(crate) fn say(&mut self, text: String, value: Option<Date>, citation: Option<&str>) {
        if let Some(steps) = &mut self.steps {
            let value = value.map(|d| d.to_string()).unwrap_or_default();
            steps.push(Step { text, value, citation: citation.map(str::to_owned) });
        }
    }

    /// The legal due date with everything that bears on it.
    pub(crate) fn due(&mut self) -> Outcome<'a> {
        if self.explains() {
            let opening = text::opening(self);
            let citation = self.rule.citation_text();
            self.say(opening, Some(self.period.end), Some(citation));
        }
        let outcome = self.dated();
        if let Outcome::On(date) = outcome {
            self.straddle(date);
            if self.explains() {
                self.closing(date);
            }
        }
        if self.rule.legacy && self.rule.effective_to.is_some_and(|to| self.period.end > to) {
            self.needs_review = true;
            if self.explains() {
                let official = self.rule.superseded_by.join(", ");
                let text = format!(
                    "This is a retired template, in force until {}. The official return today: {official}.",
                    text::day_or_open(self.rule.effective_to)
                );
                self.say(text, None, None);
            }
        }
        outcome
    }

    /// The date of this rule: one-time date, else the rule, then the shift and reliefs. No opening, no target.
    pub(crate) fn dated(&mut self) -> Outcome<'a> {
        let rule = self.rule;
        if skipped(rule, &self.period) {
            return Outcome::Nothing;
        }
        if !rule.one_time.is_empty() {
            let key = self.period.key();
            if let Some(fixed) = rule.one_time.iter().find(|o| o.period == key) {
                if self.explains() {
                    let text = format!(
                        "For {} the date was fixed once, instead of the usual rule",
                        self.period.label()
                    );
                    self.say(text, Some(fixed.date), Some(&fixed.instrument));
                }
                return Outcome::On(fixed.date);
            }
        }
        let outcome = self.eval(&rule.due);
        let outcome = outcome.map(|date| self.shifted(date));
        self.stages(outcome);
        if self.book.reliefs().is_empty() { outcome } else { self.relieved(outcome) }
    }

    fn shifted(&mut self, date: Date) -> Date {
        let rule = self.rule;
        let Some(shift) = &rule.shift else { return date };
        let calendar = self.calendar(&shift.calendar);
        let moved = match shift.direction {
            ShiftDirection::Next => calendar.on_or_after(date),
            ShiftDirection::Previous => calendar.on_or_before(date),
        };
        if moved != date && self.explains() {
            let basis = match shift.basis.as_str() {
                "gca_s10" => "General Clauses Act 1897 s.10",
                _ => rule.citation_text(),
            };
            let text = format!("{} is not a working day, so the date moves", text::weekday_day(date));
            self.say(text, Some(moved), Some(basis));
        }
        moved
    }

    /// Later stages with heavier fees, counted from the event or the period end.
    fn stages(&mut self, outcome: Outcome<'a>) {
        let rule = self.rule;
        let Outcome::On(due) = outcome else { return };
        let from = self.event.map_or(self.period.end, |(_, on)| on);
        for stage in &rule.late_stages {
            let until = add_days(from, stage.days);
            let opens = self.window.and_then(|w| w.opens);
            self.window = Some(Window { opens, closes: Some(due), grace_until: Some(until) });
            if self.explains() {
                let citation = rule.citation_text();
                self.say(stage.text.clone(), Some(until), Some(citation));
            }
        }
    }

    fn relieved(&mut self, outcome: Outcome<'a>) -> Outcome<'a> {
        let Outcome::On(due) = outcome else { return outcome };
        let book: &'a Rulebook = self.book;
        let key = self.period.key();
        let helps = |r: &&Relief| {
            r.codes.contains(&self.rule.code)
                && r.until >= due
                && r.periods.iter().any(|p| *p == key || p == "*")
        };
        let Some(relief) = book.reliefs().iter().filter(helps).max_by_key(|r| r.until) else {
            return outcome;
        };
        let after = match relief.after {
            ReliefAfter::RecountFromOriginal => "after it, days late are counted from the original date",
            ReliefAfter::CountFromUntil => "after it, days late are counted from its end",
        };
        if relief.effect == ReliefEffect::ExtendsDue {
            if self.explains() {
                let text = format!("Extended from {}; {after}", day_text(due));
                self.say(text, Some(relief.until), Some(&relief.instrument));
            }
            return Outcome::On(relief.until);
        }
        let opens = self.window.and_then(|w| w.opens);
        self.window = Some(Window { opens, closes: Some(due), grace_until: Some(relief.until) });
        if self.explains() {
            let what =
                if relief.effect == ReliefEffect::NoAdditionalFee { "no additional" } else { "a reduced" };
            let text = format!("Relief: {what} fee until this day; the due date stays, and {after}");
            self.say(text, Some(relief.until), Some(&relief.instrument));
        }
        outcome
    }

    /// A later version that starts on or before the due date: a person must look.
    fn straddle(&mut self, due: Date) {
        let family = self.book.family(&self.rule.code);
        let next_of_code = family.iter().find(|r| r.effective_from > self.rule.effective_from);
        let ended = self.rule.effective_to.filter(|to| *to < due && self.period.end <= *to);
        let Some(ended) = ended else { return };
        if next_of_code.is_none() && self.rule.superseded_by.is_empty() {
            return;
        }
        self.needs_review = true;
        if self.explains() {
            let text = format!(
                "The rule changed after {}, between the reference date and the due date: check which date applies",
                day_text(ended)
            );
            self.say(text, None, None);
        }
    }

    fn closing(&mut self, due: Date) {
        let calendar = self.target_calendar();
        if !calendar.is_working(due) && self.rule.shift.is_none() {
            let day = match self.book.holiday_name(due) {
                Some(name) => format!("{} ({name})", text::weekday_day(due)),
                None => text::weekday_day(due),
            };
            let citation = self.rule.citation_text();
            let text = format!("{day} is not a working day; nothing in the rule moves the date, so it stays");
            self.say(text, Some(due), Some(citation));
        }
        let target = self.target(due);
        let text = match (target == due, self.rule.buffer_days) {
            (true, _) => "Aim for the same day: there is no working day in between".to_owned(),
            (false, 0) => format!("Aim for the last working day before it ({})", calendar.title),
            (false, n) => format!("Aim for {n} more working days before the last one ({})", calendar.title),
        };
        self.say(text, Some(target), None);
    }

    /// The earlier date to aim for: the last working day strictly before, less the rule's buffer; never before the
    /// event or the period's end, but for a licence, which is renewed while it still runs.
    pub(crate) fn target(&self, due: Date) -> Date {
        let buffer = self.rule.buffer_days.saturating_add(1);
        let target = self.target_calendar().before(due, buffer);
        if self.rule.kind == RuleKind::Licence && self.event.is_none() {
            return target;
        }
        target.max(self.event.map_or(self.period.end, |(_, on)| on).min(due))
    }

    pub(crate) fn possible_grace(&self, due: Date) -> Option<Date> {
        let calendar = self.target_calendar();
        (self.rule.shift.is_none() && !calendar.is_working(due)).then(|| calendar.after(due, 1))
    }

    /// For an awaited filing: the due date once the last day of waiting has passed.
    pub(crate) fn lapse(&self) -> Option<Lapse> {
        let on = self.last_wait?;
        let mut run = Run::new(self.book, self.rule, self.facts, self.period);
        run.event = self.event;
        run.today = on.next_day();
        run.holidays = self.holidays;
        run.week = self.week;
        match run.due() {
            Outcome::On(due) => Some(Lapse { on, due }),
            _ => None,
        }
    }

    fn target_calendar(&self) -> Cow<'a, Calendar> {
        self.calendar("MF")
    }

    pub(crate) fn calendar(&self, name: &str) -> Cow<'a, Calendar> {
        let book: &'a Rulebook = self.book;
        match book.calendar(name) {
            Some(found) if self.holidays.is_none() && self.week.is_none() => Cow::Borrowed(found),
            found => Cow::Owned(Calendar {
                name: name.to_owned(),
                title: self.week.map_or_else(
                    || found.map_or_else(|| "Monday to Friday".to_owned(), |c| c.title.clone()),
                    |w| w.describe().to_owned(),
                ),
                week: self.week.or(found.map(|c| c.week)).unwrap_or(Week::Mf),
                holidays: match self.holidays {
                    Some(given) => {
                        let mut days = given.to_vec();
                        days.sort_unstable();
                        days
                    }
                    None => found.map(|c| c.holidays.clone()).unwrap_or_default(),
                },
                lists: Vec::new(),
            }),
        }
    }

    /// The day as of which facts are read.
    pub(crate) fn as_of(&self) -> Date {
        self.event.map_or(self.period.end, |(_, on)| on)
    }

    /// The outcome of another rule for the same period.
    pub(crate) fn other_rule(&mut self, code: &'a str) -> Outcome<'a> {
        let book: &'a Rulebook = self.book;
        let event = self.event.map(|(_, on)| on);
        let other = Rulebook::select(book.family(code), self.period.end, event, self.today);
        let Some(other) = other.filter(|_| self.depth < 8) else { return Outcome::Nothing };
        let mut run = Run::new(book, other, self.facts, self.period);
        run.event = self.event;
        run.today = self.today;
        run.holidays = self.holidays;
        run.week = self.week;
        run.depth = self.depth + 1;
        run.steps = self.steps.take();
        let outcome = run.dated();
        self.steps = run.steps;
        self.needs_review |= run.needs_review;
        self.findings.append(&mut run.findings);
        self.last_wait = [self.last_wait, run.last_wait].into_iter().flatten().min();
        self.open_event = self.open_event.take().or(run.open_event);
        outcome
    }

    pub(crate) fn first_year(&self) -> Option<bool> {
        crate::periods::is_first_year(&self.period, self.facts)
    }

    pub(crate) fn holds(&self, when: &crate::law::Predicate) -> bool {
        let as_of = self.as_of();
        when.test(&|key| self.facts.get(key, as_of), &mut None) == Some(true)
    }

    pub(crate) fn nested(&mut self, expr: &'a Expr) -> Outcome<'a> {
        self.eval(expr)
    }
}

/// True when the rule says that nothing is due for the period.
pub(crate) fn skipped(rule: &Rule, period: &Period) -> bool {
    if rule.skip.is_empty() {
        return false;
    }
    let key = period.key();
    let month = format!("{:02}", period.end.month() as u8);
    rule.skip.iter().any(|s| {
        *s == key || (s.len() == 2 && (key.ends_with(s.as_str()) && s.starts_with(['Q', 'H']) || *s == month))
    })
}
