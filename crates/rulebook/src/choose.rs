//! Anchors that are events, and choices between dates, with what happens while an event is awaited.

use crate::awaited::OpenEvent;
use crate::chain;
use crate::evaluate::{Finding, FindingKind};
use crate::law::Expr;
use crate::run::{Outcome, Run};
use crate::text;
use kernel::period::day_text;
use time::Date;

impl<'a> Run<'a> {
    pub(crate) fn event(
        &mut self,
        kind: &'a str,
        hypothetical: Option<&'a Expr>,
        binding: bool,
    ) -> Outcome<'a> {
        let found = chain::event_for(self.facts, kind, &self.period);
        if let Some(event) = found.filter(|e| !e.projected) {
            return Outcome::On(event.on);
        }
        let planned = found.map(|e| e.on).filter(|on| self.today.is_none_or(|today| *on >= today));
        if self.explains() {
            let title = text::event_title(self.book, kind);
            let line = match planned {
                Some(on) => format!("{title}: planned for {}, not recorded as held", day_text(on)),
                None => format!("{title}: no date is recorded for {}", self.period.label()),
            };
            self.say(line, planned, None);
        }
        let told = self.steps.as_ref().map_or(0, Vec::len);
        let last_day = hypothetical.map(|h| self.eval(h));
        self.not_recorded(kind, planned, last_day, told);
        if let Some(Outcome::On(last)) = last_day {
            if binding && self.today.is_some_and(|today| today > last) {
                let missed = text::missed(self, kind, hypothetical, last);
                if self.explains() {
                    let citation = self.rule.citation_text();
                    self.say(missed.clone(), Some(last), Some(citation));
                }
                self.findings.push(Finding { kind: FindingKind::Breach, text: missed });
                return Outcome::On(last);
            }
            if binding {
                self.waits_until(last);
            }
            return Outcome::Wait { event: kind, projected: planned.or(Some(last)) };
        }
        Outcome::Wait { event: kind, projected: planned }
    }

    /// Remembers the first event that is not recorded, with the day the law gives for it and the step that says so.
    fn not_recorded(
        &mut self,
        kind: &'a str,
        planned: Option<Date>,
        last_day: Option<Outcome<'a>>,
        told: usize,
    ) {
        if self.open_event.is_some() {
            return;
        }
        let last_day = last_day.and_then(|day| if let Outcome::On(last) = day { Some(last) } else { None });
        let said = self.steps.iter().flatten().skip(told);
        let why = last_day.and_then(|last| {
            let value = last.to_string();
            said.filter(|step| step.citation.is_some() && step.value == value).last().cloned()
        });
        self.open_event = Some(OpenEvent { kind, planned, last_day, why });
    }

    pub(crate) fn previous(&mut self, kind: &'a str) -> Outcome<'a> {
        match chain::previous_event(self.facts, kind, &self.period) {
            Some(event) => Outcome::On(event.on),
            None => {
                if self.explains() && self.first_year() != Some(true) {
                    let noun = text::event_noun(self.book, kind);
                    let line =
                        format!("{noun} of the year before: not recorded, so nothing is counted from it");
                    self.say(line, None, None);
                }
                Outcome::Nothing
            }
        }
    }

    /// The earliest date. While an event is awaited, the other dates are only a limit, until that has passed.
    pub(crate) fn earliest(&mut self, parts: &[&'a Expr], words: &str) -> Outcome<'a> {
        let (mut best, mut wait, mut missing, mut directed): (Option<Date>, _, _, _) =
            (None, None, None, false);
        let mut dates = 0;
        for part in parts {
            match self.eval(part) {
                Outcome::On(date) => {
                    best = Some(best.map_or(date, |b| b.min(date)));
                    dates += 1;
                }
                Outcome::Wait { event, projected } => {
                    let (_, before) = wait.unwrap_or((event, None));
                    let first = [before, projected].into_iter().flatten().min();
                    wait = Some((wait.map_or(event, |(e, _)| e), first));
                }
                Outcome::MissingFact(key) => missing = Some(key),
                Outcome::Directed => directed = true,
                Outcome::Nothing => {}
            }
        }
        match (best, wait) {
            (Some(last), Some((event, projected))) => {
                if self.today.is_some_and(|today| today > last) {
                    self.limit("The last day allowed has passed without the event", last);
                    return Outcome::On(last);
                }
                self.waits_until(last);
                let first = projected.map_or(last, |p| p.min(last));
                self.limit("Not known yet; at the latest", last);
                Outcome::Wait { event, projected: Some(first) }
            }
            (None, Some((event, projected))) => Outcome::Wait { event, projected },
            (Some(date), None) => {
                if dates > 1 {
                    self.limit(words, date);
                }
                Outcome::On(date)
            }
            (None, None) => match missing {
                Some(key) => Outcome::MissingFact(key),
                None if directed => Outcome::Directed,
                None => Outcome::Nothing,
            },
        }
    }

    pub(crate) fn latest(&mut self, parts: &'a [Expr]) -> Outcome<'a> {
        let (mut best, mut wait, mut missing): (Option<Date>, Option<(&'a str, Option<Date>)>, _) =
            (None, None, None);
        for part in parts {
            match self.eval(part) {
                Outcome::On(date) => best = best.max(Some(date)),
                Outcome::Wait { event, projected } => {
                    wait = Some((event, projected.max(wait.and_then(|(_, p)| p))));
                }
                Outcome::MissingFact(key) => missing = Some(key),
                Outcome::Directed | Outcome::Nothing => {}
            }
        }
        match (wait, best, missing) {
            (Some((event, projected)), best, _) => Outcome::Wait { event, projected: projected.max(best) },
            (None, Some(date), _) => {
                self.limit("The latest of these", date);
                Outcome::On(date)
            }
            (None, None, Some(key)) => Outcome::MissingFact(key),
            (None, None, None) => Outcome::Nothing,
        }
    }

    fn waits_until(&mut self, last: Date) {
        self.last_wait = Some(self.last_wait.map_or(last, |known| known.min(last)));
    }

    fn limit(&mut self, words: &str, date: Date) {
        if self.explains() {
            let citation = self.rule.citation_text();
            self.say(words.to_owned(), Some(date), Some(citation));
        }
    }
}
