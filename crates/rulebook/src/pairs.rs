//! Facts as typed: `name=value` pairs, with the short names that people and the worked examples use.

use crate::book::Rulebook;
use crate::evaluate::{EventRef, Query};
use crate::law::{FactValue, PeriodScheme, Rule, Week};
use crate::sheet::{Event, FactSheet};
use kernel::period::{FinancialYear, Period, parse_day};
use std::collections::BTreeSet;
use time::{Date, Duration};

/// A pair that was not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("fact '{name}': {expected}")]
pub struct BadFact {
    /// The name as typed.
    pub name: String,
    /// What is expected.
    pub expected: String,
}

impl BadFact {
    fn new(name: &str, expected: impl Into<String>) -> Self {
        Self { name: name.to_owned(), expected: expected.into() }
    }
}

/// Names for the end of a period.
const PERIOD_ENDS: [&str; 10] = [
    "reference_date",
    "period_end",
    "quarter_end",
    "month_end",
    "half_year_end",
    "year_end",
    "fye",
    "week_end",
    "reference_friday",
    "fortnight_end",
];

impl Rulebook {
    /// Turns pairs into facts and a query for one return. An unknown name, or a value that does not fit, is an
    /// error that names it.
    pub fn query_from_pairs(
        &self,
        code: &str,
        pairs: &[(String, String)],
    ) -> Result<(FactSheet, Query), BadFact> {
        self.query_over(FactSheet::new(), code, pairs)
    }

    /// The same over what is known about a client: a pair replaces the fact, or all events of its kind.
    pub fn query_over(
        &self,
        known: FactSheet,
        code: &str,
        pairs: &[(String, String)],
    ) -> Result<(FactSheet, Query), BadFact> {
        let family = self.family(code);
        let Some(rule) = family.last() else {
            return Err(BadFact::new("code", format!("there is no return with the code '{code}'")));
        };
        let mut reader = Reader {
            book: self,
            family,
            rule,
            sheet: known,
            query: Query::default(),
            next: FIRST_ID,
            replaced: BTreeSet::new(),
        };
        for (name, value) in pairs {
            reader.pair(name.trim(), value.trim())?;
        }
        reader.infer_period();
        Ok((reader.sheet, reader.query))
    }
}

struct Reader<'a> {
    book: &'a Rulebook,
    family: &'a [Rule],
    rule: &'a Rule,
    sheet: FactSheet,
    query: Query,
    next: i64,
    /// Event kinds that pairs have given.
    replaced: BTreeSet<String>,
}

/// Ids of events that exist only in a question.
const FIRST_ID: i64 = 1 << 60;

impl Reader<'_> {
    fn pair(&mut self, name: &str, value: &str) -> Result<(), BadFact> {
        let periodic = !matches!(
            self.rule.periods,
            PeriodScheme::Event | PeriodScheme::Once(_) | PeriodScheme::Triennial(_)
        );
        match name {
            "today" | "as_of" => self.query.today = Some(day(name, value)?),
            "holidays" => self.query.holidays = Some(days(name, value)?),
            "week" => {
                let week: Week = value.parse().map_err(|e: String| BadFact::new(name, e))?;
                self.query.week = Some(week);
            }
            "period" if periodic => {
                let period = Period::parse_key(value).ok_or_else(|| {
                    BadFact::new(name, "expected a period such as 2026-10, 2026-27Q2, 2026-27H1 or 2025-26")
                })?;
                self.query.period_end = Some(period.end);
            }
            "event" | "event_date" | "on" if self.rule.event.is_some() => {
                self.query.event = Some(EventRef::On(day(name, value)?));
            }
            _ if periodic && PERIOD_ENDS.contains(&name) => {
                let date = match (parse_day(value), FinancialYear::parse(value)) {
                    (Some(date), _) => date,
                    (None, Some(fy)) if name == "fye" => fy.end(),
                    _ => return Err(BadFact::new(name, "expected a date such as 2026-09-30")),
                };
                self.query.period_end = Some(date);
            }
            _ => return self.named(name, value),
        }
        Ok(())
    }

    /// Inputs of the rule, events and facts that it uses.
    fn named(&mut self, name: &str, value: &str) -> Result<(), BadFact> {
        let input = self.family.iter().rev().find_map(|r| r.inputs.get(name)).cloned();
        let previous = ["prev_", "previous_"].iter().find_map(|p| name.strip_prefix(p));
        let target = match input {
            Some(target) => target,
            None if self.uses_event(name) => format!("event:{name}"),
            None if name == "agm" && self.uses_event("agm_held") => "event:agm_held".to_owned(),
            None if previous.is_some_and(|p| matches!(p, "agm" | "agm_held"))
                && self.uses_event("agm_held") =>
            {
                "previous:agm_held".to_owned()
            }
            None if self.uses_fact(name) => format!("fact:{name}"),
            None => return Err(BadFact::new(name, self.expected())),
        };
        match target.split_once(':') {
            Some(("fact", key)) => {
                let Some(def) = self.book.fact_def(key) else {
                    return Err(BadFact::new(name, self.expected()));
                };
                let parsed = FactValue::parse_as(value, &def.kind)
                    .map_err(|expected| BadFact::new(name, format!("expected {expected}")))?;
                self.sheet.replace(key, parsed);
            }
            Some((which, kind)) => {
                // the first pair of a kind takes the place of what was known; further ones add to it
                if self.replaced.insert(kind.to_owned()) {
                    self.sheet.forget_events(kind);
                }
                for date in days(name, value)? {
                    let event = Event {
                        id: self.next,
                        kind: kind.to_owned(),
                        on: date,
                        for_period: None,
                        projected: false,
                    };
                    self.next += 1;
                    self.sheet.record(event);
                    if self.rule.event.as_deref() == Some(kind) && which == "event" {
                        self.query.event = Some(EventRef::On(date));
                    }
                }
            }
            None => return Err(BadFact::new(name, self.expected())),
        }
        Ok(())
    }

    fn used_events(&self) -> BTreeSet<String> {
        self.book.used_events(self.rule)
    }

    fn uses_event(&self, kind: &str) -> bool {
        self.used_events().contains(kind)
    }

    fn used_facts(&self) -> BTreeSet<String> {
        let mut keys = self.book.used_facts(self.family);
        keys.extend(crate::inputs::cost_facts(self.family));
        keys.extend(["entity_type", "incorporated_on", "financial_year_end"].map(str::to_owned));
        keys
    }

    fn uses_fact(&self, key: &str) -> bool {
        self.used_facts().contains(key)
    }

    /// The names that this return understands.
    fn expected(&self) -> String {
        let mut names: BTreeSet<String> = self.used_facts();
        names.extend(self.used_events());
        names.extend(self.family.iter().flat_map(|r| r.inputs.keys().cloned()));
        names.extend(["today", "holidays", "week"].map(str::to_owned));
        match self.rule.periods {
            PeriodScheme::Event => names.extend(["event".to_owned()]),
            PeriodScheme::Once(_) | PeriodScheme::Triennial(_) => {}
            PeriodScheme::WeekEnding(_) => names.extend(["reference_friday", "period"].map(str::to_owned)),
            _ => names.extend(["reference_date", "period"].map(str::to_owned)),
        }
        let list: Vec<String> = names.into_iter().collect();
        format!("{} does not use it; use one of {}", self.rule.code, list.join(", "))
    }

    /// A return counted from an event may be asked for by the event alone: the financial year that ended last
    /// before it.
    fn infer_period(&mut self) {
        let yearly = matches!(self.rule.periods, PeriodScheme::FinancialYear | PeriodScheme::EntityYear);
        if self.query.period_end.is_some() || !yearly {
            return;
        }
        let last = self.used_events().iter().filter_map(|k| self.sheet.events(k).map(|e| e.on).max()).max();
        if let Some(on) = last {
            let year = crate::periods::containing(&self.rule.periods, on, &self.sheet);
            let end = year.map(|y| y.start.saturating_sub(Duration::DAY));
            self.query.period_end = end;
        }
    }
}

fn day(name: &str, value: &str) -> Result<Date, BadFact> {
    parse_day(value).ok_or_else(|| BadFact::new(name, "expected a date such as 2026-09-30"))
}

/// Several days joined with `|`; nothing at all is an empty list.
fn days(name: &str, value: &str) -> Result<Vec<Date>, BadFact> {
    value.split('|').map(str::trim).filter(|part| !part.is_empty()).map(|part| day(name, part)).collect()
}
