//! Which recorded event belongs to which period.

use crate::book::Rulebook;
use crate::law::PeriodScheme;
use crate::periods;
use crate::sheet::{Event, FactSheet};
use kernel::period::Period;
use time::{Date, Duration};

impl Rulebook {
    /// The period that an event on this day belongs to when the user does not say: the client's financial year that
    /// ended last before it. `None` for kinds that do not belong to a period.
    pub fn period_of_event(&self, facts: &FactSheet, kind: &str, on: Date) -> Option<Period> {
        self.event_kind(kind).filter(|k| k.per_period)?;
        let current = periods::containing(&PeriodScheme::EntityYear, on, facts)?;
        periods::containing(&PeriodScheme::EntityYear, current.start.saturating_sub(Duration::DAY), facts)
    }
}

/// The event of a kind that belongs to the period; the one recorded last when there are several.
pub(crate) fn event_for<'a>(facts: &'a FactSheet, kind: &str, period: &Period) -> Option<&'a Event> {
    let mut events = facts.events(kind).peekable();
    events.peek()?;
    let key = period.key();
    events.filter(|e| belongs(e, period, &key)).max_by_key(|e| (!e.projected, e.id, e.on))
}

/// The event for the period before.
pub(crate) fn previous_event<'a>(facts: &'a FactSheet, kind: &str, period: &Period) -> Option<&'a Event> {
    let before = Period::year_ending(period.start.saturating_sub(Duration::DAY));
    event_for(facts, kind, &before).filter(|e| !e.projected)
}

/// The first event inside the period.
pub(crate) fn first_inside<'a>(facts: &'a FactSheet, kind: &str, period: &Period) -> Option<&'a Event> {
    facts
        .events(kind)
        .filter(|e| !e.projected && period.start <= e.on && e.on <= period.end)
        .min_by_key(|e| (e.on, e.id))
}

/// An event without a period belongs to the one that ended in the year before it.
fn belongs(event: &Event, period: &Period, key: &str) -> bool {
    match event.for_period.as_deref() {
        Some(for_period) => for_period == key,
        None => period.end < event.on && event.on <= year_after(period.end),
    }
}

fn year_after(date: Date) -> Date {
    kernel::period::ymd(date.year().saturating_add(1), date.month() as u8, date.day())
}
