//! All filings of one client in a span of time.

use crate::book::Rulebook;
use crate::evaluate::{Due, Lapse, Step};
use crate::law::{PeriodScheme, Rule};
use crate::periods;
use crate::run::{Outcome, Run};
use crate::sheet::FactSheet;
use kernel::period::{Period, ymd};
use std::collections::BTreeSet;
use time::{Date, Duration};

/// What to plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRequest {
    /// First legal due (or projected) date wanted.
    pub from: Date,
    /// Last one wanted.
    pub to: Date,
    /// Today, for anchors that may have passed.
    pub today: Date,
    /// Codes that are off by default (legacy, uncertain) and that the firm enabled.
    pub enabled: BTreeSet<String>,
    /// Codes that the firm disabled.
    pub disabled: BTreeSet<String>,
    /// This code alone; none plans every return.
    pub only: Option<String>,
    /// False: leave the steps empty, for volume.
    pub with_steps: bool,
}

impl PlanRequest {
    /// A span, with steps, and no code enabled or disabled.
    pub fn new(from: Date, to: Date, today: Date) -> Self {
        Self {
            from,
            to,
            today,
            enabled: BTreeSet::new(),
            disabled: BTreeSet::new(),
            only: None,
            with_steps: true,
        }
    }
}

/// One filing of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedFiling {
    /// Code of the return.
    pub code: String,
    /// Id of the rule version.
    pub rule_id: String,
    /// Regulator tag.
    pub regulator: String,
    /// Name of the return.
    pub title: String,
    /// The period.
    pub period: Period,
    /// Key of the period, unique for the client and the code.
    pub period_key: String,
    /// When it is due.
    pub due: Due,
    /// What happens when the awaited event never comes.
    pub lapse: Option<Lapse>,
    /// The internal date to aim for, when there is a legal due date.
    pub target_due: Option<Date>,
    /// Why, in order; empty when steps were not asked for.
    pub steps: Vec<Step>,
    /// Days after the legal due date at which a miss counts as a breach.
    pub breach_after_days: u16,
    /// Event kind that it waits for; also one whose last day has passed, so that the date no longer waits but would
    /// still follow it.
    pub waits_for: Option<String>,
}

impl Rulebook {
    /// Filings whose legal due or projected date lies in the span. Sorted by code, then by period. Spans outside
    /// the years 1900 to 2200 are cut, and so is more than 2,000 periods of one return.
    pub fn plan(&self, facts: &FactSheet, req: &PlanRequest) -> Vec<PlannedFiling> {
        let changes = facts.changes();
        let mut out = Vec::new();
        let within = PlanRequest {
            from: req.from.max(ymd(EARLIEST_YEAR, 1, 1)),
            to: req.to.min(ymd(LATEST_YEAR, 12, 31)),
            ..req.clone()
        };
        let req = &within;
        if req.from > req.to {
            return out;
        }
        for family in &self.families {
            let rules = &self.law.rules[family.clone()];
            let Some(newest) = rules.last() else { continue };
            let unwanted = req.only.as_ref().is_some_and(|code| *code != newest.code);
            if unwanted || named(&req.disabled, newest) || !newest.planned {
                continue;
            }
            let enabled = named(&req.enabled, newest);
            let mut planner = Planner {
                book: self,
                rules,
                facts,
                req,
                enabled,
                changes: &changes,
                applies: None,
                out: &mut out,
            };
            for (at, rule) in rules.iter().enumerate() {
                if !enabled && (!rule.enabled || rule.legacy) {
                    continue;
                }
                planner.applies = None;
                planner.version(at, rule);
            }
        }
        out
    }
}

/// Is the rule in a set of codes, by code or alias?
pub(crate) fn named(set: &BTreeSet<String>, rule: &Rule) -> bool {
    !set.is_empty()
        && (set.contains(&rule.code)
            || set.iter().any(|s| {
                s.eq_ignore_ascii_case(&rule.code) || rule.aliases.iter().any(|a| a.eq_ignore_ascii_case(s))
            }))
}

struct Planner<'a, 'o> {
    book: &'a Rulebook,
    rules: &'a [Rule],
    facts: &'a FactSheet,
    req: &'o PlanRequest,
    enabled: bool,
    changes: &'o [Date],
    /// The last answer of the predicate and the fact segment it was for.
    applies: Option<(usize, bool)>,
    out: &'o mut Vec<PlannedFiling>,
}

/// The span in which plans are made; outside it calendars mean nothing.
const EARLIEST_YEAR: i32 = 1900;
const LATEST_YEAR: i32 = 2200;

/// The most periods looked at for one rule; a plan over centuries is cut here rather than taking the machine down.
const MOST_PERIODS: usize = 2000;

impl<'a> Planner<'a, '_> {
    fn version(&mut self, at: usize, rule: &'a Rule) {
        match &rule.periods {
            PeriodScheme::Event => self.events(at, rule),
            PeriodScheme::Once(_) | PeriodScheme::Triennial(_) => {
                if let Some(period) = periods::containing(&rule.periods, self.req.from, self.facts) {
                    self.add(at, rule, period, None);
                }
            }
            scheme => {
                let mut day = self.req.from.saturating_sub(Duration::days(look_back(scheme)));
                day = day.max(rule.effective_from);
                // some dates fall inside their period: look at the period that contains the last day too
                let stop = self.req.to;
                for _ in 0..MOST_PERIODS {
                    let Some(period) = periods::containing(scheme, day, self.facts) else { return };
                    self.add(at, rule, period, None);
                    let next = period.end.saturating_add(Duration::DAY);
                    if period.end > stop || next <= day {
                        return;
                    }
                    day = next;
                }
            }
        }
    }

    fn events(&mut self, at: usize, rule: &'a Rule) {
        let Some(kind) = rule.event.as_deref() else { return };
        let mut seen = BTreeSet::new();
        for event in self.facts.events(kind) {
            // a corrected event is recorded again under its id; the last record counts
            let current = self.facts.event_by_id(kind, event.id);
            if seen.insert(event.id)
                && let Some(event) = current
            {
                self.add(at, rule, Period::event(event.on), Some((event.id, event.projected)));
            }
        }
    }

    fn applies(&mut self, rule: &Rule, as_of: Date) -> bool {
        let segment = FactSheet::segment(self.changes, as_of);
        if let Some((known, answer)) = self.applies
            && known == segment
        {
            return answer;
        }
        let facts = self.facts;
        let answer = rule.applies_when.test(&|key| facts.get(key, as_of), &mut None) == Some(true);
        self.applies = Some((segment, answer));
        answer
    }

    fn add(&mut self, at: usize, rule: &'a Rule, period: Period, event: Option<(i64, bool)>) {
        let req = self.req;
        let as_of = match rule.periods {
            PeriodScheme::Once(_) | PeriodScheme::Triennial(_) => req.today.max(period.start),
            _ => period.end,
        };
        let reference = match rule.periods {
            PeriodScheme::Triennial(_) => period.start.max(rule.effective_from),
            _ => period.end,
        };
        let on = event.map(|_| period.end);
        if !Rulebook::select(self.rules, reference, on, Some(req.today))
            .is_some_and(|r| std::ptr::eq(r, &self.rules[at]))
        {
            return;
        }
        if rule.legacy && !self.enabled || !self.applies(rule, as_of) {
            return;
        }
        if event.is_none()
            && let Some(born) = self.facts.date("incorporated_on", Date::MAX)
            && period.end < born
        {
            return;
        }
        let mut run = Run::new(self.book, rule, self.facts, period);
        run.event = event.map(|(id, _)| (Some(id), period.end));
        run.today = Some(req.today);
        let outcome = run.due();
        let planned_event = event.is_some_and(|(_, projected)| projected);
        let due = match outcome {
            Outcome::On(date) if planned_event => {
                let event = rule.event.clone().unwrap_or_default();
                Due::Awaiting { event, projected: Some(date) }
            }
            Outcome::On(date) => Due::On(date),
            Outcome::Wait { event, projected } => Due::Awaiting { event: event.to_owned(), projected },
            Outcome::Directed => Due::AsDirected,
            Outcome::MissingFact(_) | Outcome::Nothing => return,
        };
        let wanted = match &due {
            Due::On(date) | Due::Awaiting { projected: Some(date), .. } => *date,
            // nothing to place it by: the period's end is the best there is
            Due::Awaiting { projected: None, .. } | Due::AsDirected => period.end,
        };
        if wanted < req.from || wanted > req.to {
            return;
        }
        if req.with_steps {
            // told only for filings that stay in the plan
            run.steps = Some(Vec::new());
            run.window = None;
            run.findings.clear();
            run.due();
        }
        let target_due = if let Due::On(date) = due { Some(run.target(date)) } else { None };
        let lapse = if matches!(due, Due::Awaiting { .. }) { run.lapse() } else { None };
        let waits_for = match &due {
            Due::Awaiting { event, .. } => Some(event.clone()),
            Due::On(_) | Due::AsDirected => run.open_event.as_ref().map(|event| event.kind.to_owned()),
        };
        let period_key = match event {
            Some((id, _)) => format!("{}-{id}", period.key()),
            None => period.key(),
        };
        self.out.push(PlannedFiling {
            code: rule.code.clone(),
            rule_id: rule.id.clone(),
            regulator: rule.regulator.clone(),
            title: rule.title.clone(),
            period,
            period_key,
            due,
            lapse,
            target_due,
            steps: run.steps.unwrap_or_default(),
            breach_after_days: rule.breach_after_days,
            waits_for,
        });
    }
}

/// Days before the span at which a period may end and still fall due inside it.
fn look_back(scheme: &PeriodScheme) -> i64 {
    match scheme {
        PeriodScheme::WeekEnding(_) | PeriodScheme::Fortnight | PeriodScheme::ReferenceDays(_) => 60,
        PeriodScheme::Month => 130,
        PeriodScheme::Quarter | PeriodScheme::HalfYear => 400,
        _ => 760,
    }
}
