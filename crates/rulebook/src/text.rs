//! Plain words for steps.

use crate::book::Rulebook;
use crate::law::{Expr, PeriodScheme};
use crate::run::Run;
use kernel::period::{PeriodKind, day_text};
use time::Date;

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// `Monday` for 0.
pub(crate) fn weekday_name(number: u8) -> &'static str {
    DAYS.get(usize::from(number)).copied().unwrap_or("Monday")
}

/// `Sunday 15 Nov 2026`.
pub(crate) fn weekday_day(date: Date) -> String {
    format!("{} {}", weekday_name(date.weekday().number_days_from_monday()), day_text(date))
}

/// `30 days`, `1 month`.
pub(crate) fn many(n: i32, unit: &str) -> String {
    if n == 1 { format!("1 {unit}") } else { format!("{n} {unit}s") }
}

pub(crate) fn day_or_open(date: Option<Date>) -> String {
    date.map_or_else(|| "further notice".to_owned(), day_text)
}

pub(crate) fn event_title(book: &Rulebook, kind: &str) -> String {
    book.event_kind(kind).map_or_else(|| kind.replace('_', " "), |e| e.title.clone())
}

pub(crate) fn event_noun(book: &Rulebook, kind: &str) -> String {
    book.event_kind(kind).map_or_else(|| kind.replace('_', " "), |e| e.noun.clone())
}

/// First step: which return, which period, which version.
pub(crate) fn opening(run: &Run<'_>) -> String {
    let rule = run.rule;
    let what = match (&rule.periods, &rule.event) {
        (PeriodScheme::Event, Some(kind)) => {
            format!("{} on {}", event_title(run.book, kind), day_text(run.period.end))
        }
        (PeriodScheme::Once(_), _) => format!("counted once from {}", day_text(run.period.end)),
        _ => format!("{}, up to {}", run.period.label(), day_text(run.period.end)),
    };
    let since = match (rule.effective_to, rule.start_confirmed) {
        (Some(to), true) => format!("{} to {}", day_text(rule.effective_from), day_text(to)),
        (Some(to), false) => format!("until {}; its first day is not confirmed", day_text(to)),
        (None, true) => format!("since {}", day_text(rule.effective_from)),
        (None, false) => "today; its first day is not confirmed".to_owned(),
    };
    format!("{}, {}: {what}. Rule in force {since}", rule.code, rule.title)
}

/// The last day for an event went by without it.
pub(crate) fn missed(run: &Run<'_>, kind: &str, hypothetical: Option<&Expr>, last: Date) -> String {
    let duty = match hypothetical {
        Some(Expr::Rule { code }) => run.book.current(code, run.period.end).map(|r| r.citation_text()),
        _ => None,
    };
    let breach = duty.map_or_else(String::new, |text| format!(", which is a breach of {text}"));
    let noun = event_noun(run.book, kind);
    format!("No {noun} is recorded by its last day, {}{breach}; the time runs from that day", day_text(last))
}

/// The day counted from, in words.
pub(crate) fn anchor(run: &Run<'_>, expr: &Expr, date: Date) -> String {
    let day = day_text(date);
    match expr {
        Expr::PeriodEnd => format!("{} {day}", period_end_noun(run.period.kind)),
        Expr::PeriodStart => format!("the first day {day}"),
        Expr::FyEnd => format!("the financial year end {day}"),
        Expr::EventDate => match &run.rule.event {
            Some(kind) => format!("{} on {day}", event_title(run.book, kind)),
            None => day,
        },
        Expr::Event { kind, hypothetical, .. } => {
            let found = crate::chain::event_for(run.facts, kind, &run.period);
            match found.filter(|e| !e.projected) {
                Some(_) => format!("{} on {day}", event_title(run.book, kind)),
                None if hypothetical.is_some() => {
                    format!("{day}, the last day for the {}", event_noun(run.book, kind))
                }
                None => day,
            }
        }
        Expr::Previous { kind } => format!("the last {} on {day}", event_noun(run.book, kind)),
        Expr::First { kind } => format!("the first {} on {day}", event_noun(run.book, kind)),
        Expr::Fact { key } => {
            let title = run.book.fact_def(key).map_or(key.as_str(), |f| f.title.as_str());
            format!("{title} {day}")
        }
        _ => day,
    }
}

/// "day of AGM" or "that day".
pub(crate) fn day_noun(run: &Run<'_>, expr: &Expr) -> String {
    let kind = match expr {
        Expr::Event { kind, .. } => {
            let held = crate::chain::event_for(run.facts, kind, &run.period).is_some_and(|e| !e.projected);
            held.then_some(kind.as_str())
        }
        Expr::EventDate => run.rule.event.as_deref(),
        _ => None,
    };
    kind.map_or_else(|| "that day".to_owned(), |k| format!("day of {}", event_noun(run.book, k)))
}

fn period_end_noun(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Week => "the week end",
        PeriodKind::Fortnight | PeriodKind::Reference => "the reference date",
        PeriodKind::Month => "the month end",
        PeriodKind::Quarter => "the quarter end",
        PeriodKind::HalfYear => "the half-year end",
        PeriodKind::FinancialYear | PeriodKind::Year => "the year end",
        PeriodKind::Triennium => "the end of the three years",
        PeriodKind::Event | PeriodKind::Once => "the day",
    }
}
