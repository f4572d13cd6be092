//! Worked examples of a rule, computed and never written down: the last period and the next ones.

use crate::book::Rulebook;
use crate::evaluate::{EvalError, Evaluation, EventRef, Query};
use crate::law::{FactValue, PeriodScheme, Rule};
use crate::periods;
use crate::sheet::FactSheet;
use kernel::period::day_text;
use time::{Date, Duration};

/// One worked example.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// What was supposed, in words; nothing for a plain period.
    pub given: Vec<String>,
    /// What came out.
    pub evaluation: Evaluation,
}

/// How many examples a rule gets.
const WANTED: usize = 3;

/// How many periods are tried; some give no date (nothing is due for Q4).
const TRIED: usize = 9;

impl Rulebook {
    /// Up to three examples around `today`, with nothing known about the client but what an example supposes. A
    /// version that has ended gives its last periods.
    pub fn examples(&self, rule: &Rule, today: Date) -> Vec<Example> {
        let on = today.min(rule.effective_to.unwrap_or(today)).max(rule.effective_from);
        match rule.periods {
            PeriodScheme::Event => self.of_events(rule, on),
            PeriodScheme::Once(ref key) | PeriodScheme::Triennial(ref key) => self.of_fact(rule, key, on),
            _ => self.of_periods(rule, on),
        }
    }

    fn of_events(&self, rule: &Rule, on: Date) -> Vec<Example> {
        let title = rule.event.as_deref().and_then(|k| self.event_kind(k)).map_or("Event", |e| &e.title);
        let days = [on.saturating_sub(Duration::days(30)), on, on.saturating_add(Duration::days(30))];
        let days = days.into_iter().filter(|d| rule.in_force_on(*d));
        let query = |day: Date| Query { event: Some(EventRef::On(day)), today: Some(on), ..Query::default() };
        let one = |day: Date| {
            let given = vec![format!("{title} on {}", day_text(day))];
            self.supposing(rule, FactSheet::new(), &query(day), given, on)
        };
        days.filter_map(one).collect()
    }

    fn of_fact(&self, rule: &Rule, key: &str, on: Date) -> Vec<Example> {
        let title = self.fact_def(key).map_or(key, |f| f.title.as_str());
        let days = [-200, 40, 400].map(|n| on.saturating_add(Duration::days(n)));
        let one = |day: Date| {
            let mut sheet = FactSheet::new();
            sheet.set(key, FactValue::Date(day));
            let query = Query { today: Some(on), ..Query::default() };
            self.supposing(rule, sheet, &query, vec![format!("{title}: {}", day_text(day))], on)
        };
        days.into_iter().filter_map(one).collect()
    }

    fn of_periods(&self, rule: &Rule, on: Date) -> Vec<Example> {
        let mut sheet = FactSheet::new();
        let mut given = Vec::new();
        if let PeriodScheme::YearsFrom { fact, .. } = &rule.periods {
            let day = on.saturating_sub(Duration::days(600));
            sheet.set(fact, FactValue::Date(day));
            let title = self.fact_def(fact).map_or(fact.as_str(), |f| f.title.as_str());
            given.push(format!("{title}: {}", day_text(day)));
        }
        let ended = rule.effective_to.is_some_and(|to| to <= on);
        let around = |day: Date| periods::containing(&rule.periods, day, &sheet);
        let Some(current) = around(on) else { return Vec::new() };
        // one period back, so that the first example is of a date people remember; several when the rule has ended
        let back = if ended { WANTED } else { 1 };
        let mut period = current;
        for _ in 0..back {
            match around(period.start.saturating_sub(Duration::DAY)) {
                Some(before) => period = before,
                None => break,
            }
        }
        let mut out = Vec::new();
        for _ in 0..TRIED {
            if out.len() == WANTED {
                break;
            }
            let query = Query { period_end: Some(period.end), today: Some(on), ..Query::default() };
            if rule.in_force_on(period.end) {
                out.extend(self.supposing(rule, sheet.clone(), &query, given.clone(), on));
            }
            match around(period.end.saturating_add(Duration::DAY)) {
                Some(next) if next.end > period.end => period = next,
                _ => break,
            }
        }
        out
    }

    /// Evaluates; a date that the rule counts from and that nobody gave is supposed, and said.
    fn supposing(
        &self,
        rule: &Rule,
        mut sheet: FactSheet,
        query: &Query,
        mut given: Vec<String>,
        on: Date,
    ) -> Option<Example> {
        for _ in 0..4 {
            match self.evaluate(&rule.code, &sheet, query) {
                Ok(evaluation) => return Some(Example { given, evaluation }),
                Err(EvalError::MissingFact { fact, .. }) => {
                    let day = on.saturating_add(Duration::days(60));
                    let title = self.fact_def(&fact).map_or(fact.as_str(), |f| f.title.as_str());
                    given.push(format!("{title}: {}", day_text(day)));
                    sheet.set(&fact, FactValue::Date(day));
                }
                Err(_) => return None,
            }
        }
        None
    }
}
