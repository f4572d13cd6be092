//! One return, one period or event: when it is due and why, step by step.

use crate::book::Rulebook;
use crate::law::{Citation, Expr, PeriodScheme, Rule, Week};
use crate::periods;
use crate::run::{Outcome, Run};
use crate::sheet::FactSheet;
use kernel::period::Period;
use time::Date;

/// One line of the reasoning, in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What was done.
    pub text: String,
    /// What came out, for example an ISO date; empty when the step only informs.
    pub value: String,
    /// The instrument that says so.
    pub citation: Option<String>,
}

/// When something is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// On this day (the legal due date).
    On(Date),
    /// Not before an event is recorded.
    Awaiting {
        /// Event kind.
        event: String,
        /// The likely date, for planning only.
        projected: Option<Date>,
    },
    /// The regulator's letter sets it; the user enters it.
    AsDirected,
}

/// What becomes of an awaited filing when the event never comes: dates alone say so, no new plan is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lapse {
    /// Last day on which it still waits (the last day for the AGM).
    pub on: Date,
    /// Its legal due date from the next day on.
    pub due: Date,
}

/// A span in which an act may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// First day.
    pub opens: Option<Date>,
    /// Last ordinary day.
    pub closes: Option<Date>,
    /// Last day on which a late act is still taken or spared a fee.
    pub grace_until: Option<Date>,
}

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingKind {
    /// The rule was broken.
    Breach,
    /// On the edge: readings differ.
    Flag,
}

/// Something noticed in the facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How serious.
    pub kind: FindingKind,
    /// What, in plain words.
    pub text: String,
}

/// Which event an event-driven return is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventRef {
    /// A recorded event.
    Id(i64),
    /// An event on this day, recorded or not.
    On(Date),
}

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Last day of the period (the reference date).
    pub period_end: Option<Date>,
    /// The event, for an event-driven return.
    pub event: Option<EventRef>,
    /// Today, for hypothetical anchors; without it nothing is taken to have passed.
    pub today: Option<Date>,
    /// Holidays to use instead of the calendar's own.
    pub holidays: Option<Vec<Date>>,
    /// Week to use instead of the calendar's own.
    pub week: Option<Week>,
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// Id of the rule version used.
    pub rule_id: String,
    /// Code.
    pub code: String,
    /// Name of the return.
    pub title: String,
    /// Regulator tag.
    pub regulator: String,
    /// The period.
    pub period: Period,
    /// When it is due.
    pub due: Due,
    /// The legal due date, when there is one.
    pub legal_due: Option<Date>,
    /// What happens when the awaited event never comes.
    pub lapse: Option<Lapse>,
    /// The earlier, internal date to aim for, when there is a legal due date.
    pub target_due: Option<Date>,
    /// The reasoning, in order.
    pub steps: Vec<Step>,
    /// Where the duty is written.
    pub citation: Citation,
    /// Grade of the source.
    pub confidence: String,
    /// True: a person must look, for example because the rule changed in between.
    pub needs_review: bool,
    /// Opening, closing and grace days, where the rule has them.
    pub window: Option<Window>,
    /// The next open day when the legal due date is not a working day: arguable under General Clauses Act 1897
    /// s.10 for a court or an office, never the legal due date.
    pub possible_grace: Option<Date>,
    /// What was noticed, for example a gap between board meetings that is too long.
    pub findings: Vec<Finding>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EvalError {
    /// No such return.
    #[error("there is no return with the code '{0}'; list the codes with: rulebook list")]
    UnknownCode(String),
    /// No version covers the date.
    #[error("{code} has no version in force on {on}{hint}")]
    NoVersion {
        /// Code.
        code: String,
        /// The date that decides.
        on: Date,
        /// What replaced it, if that is known.
        hint: String,
    },
    /// The period was not given.
    #[error("{code} needs a period: give {expects}")]
    MissingPeriod {
        /// Code.
        code: String,
        /// What to give.
        expects: String,
    },
    /// The period does not fit the return.
    #[error("{date} does not end a period of {code}; give {expects}")]
    BadPeriod {
        /// Code.
        code: String,
        /// The date given.
        date: Date,
        /// What to give.
        expects: String,
    },
    /// The event was not given or is not recorded.
    #[error("{code} counts from an event that is not recorded: {event}")]
    MissingEvent {
        /// Code.
        code: String,
        /// Event kind.
        event: String,
    },
    /// A fact that the date is counted from is not known.
    #[error("{code} counts from a fact that is not known: {fact}")]
    MissingFact {
        /// Code.
        code: String,
        /// Fact key.
        fact: String,
    },
    /// The rule gives no date for this period.
    #[error("{code} gives no date for {period}: nothing is due for it, or its table has no entry")]
    NoDate {
        /// Code.
        code: String,
        /// Period label.
        period: String,
    },
}

impl Rulebook {
    /// When a return is due for one period or event, and why. Applicability is not judged here.
    pub fn evaluate(&self, code: &str, facts: &FactSheet, query: &Query) -> Result<Evaluation, EvalError> {
        self.evaluate_with(code, facts, query, true)
    }

    /// As [`Rulebook::evaluate`], with the steps left out: for volume.
    pub fn evaluate_quietly(
        &self,
        code: &str,
        facts: &FactSheet,
        query: &Query,
    ) -> Result<Evaluation, EvalError> {
        self.evaluate_with(code, facts, query, false)
    }

    fn evaluate_with(
        &self,
        code: &str,
        facts: &FactSheet,
        query: &Query,
        explain: bool,
    ) -> Result<Evaluation, EvalError> {
        let family = self.family(code);
        let Some(newest) = family.last() else { return Err(EvalError::UnknownCode(code.to_owned())) };
        let event = find_event(newest, facts, query)?;
        let reference = match (query.period_end, event, &newest.periods) {
            (_, Some((_, on)), PeriodScheme::Event) => on,
            (Some(end), ..) => end,
            (None, _, PeriodScheme::Once(key) | PeriodScheme::Triennial(key)) => {
                let missing = || EvalError::MissingFact { code: newest.code.clone(), fact: key.clone() };
                facts.date(key, Date::MAX).ok_or_else(missing)?
            }
            (None, ..) => older_once(family, facts).ok_or_else(|| EvalError::MissingPeriod {
                code: newest.code.clone(),
                expects: periods::expects(&newest.periods).to_owned(),
            })?,
        };
        // a rule that starts now still covers a triennium that began before it
        let key_date = match newest.periods {
            PeriodScheme::Triennial(_) => reference.max(newest.effective_from),
            _ => reference,
        };
        let rule = Self::select(family, key_date, event.map(|(_, on)| on), query.today)
            .ok_or_else(|| no_version(newest, reference))?;
        let period = match rule.periods {
            PeriodScheme::Event => Some(Period::event(reference)),
            PeriodScheme::Once(_) | PeriodScheme::Triennial(_) => {
                periods::containing(&rule.periods, reference, facts)
            }
            _ => periods::containing(&rule.periods, reference, facts).filter(|p| p.end == reference),
        };
        let period = period.ok_or_else(|| EvalError::BadPeriod {
            code: rule.code.clone(),
            date: reference,
            expects: periods::expects(&rule.periods).to_owned(),
        })?;
        let mut run = Run::new(self, rule, facts, period);
        run.event = event;
        run.today = query.today;
        run.holidays = query.holidays.as_deref();
        run.week = query.week;
        run.steps = explain.then(Vec::new);
        let due = match run.due() {
            Outcome::On(date) => Due::On(date),
            Outcome::Wait { event, projected } => Due::Awaiting { event: event.to_owned(), projected },
            Outcome::Directed => Due::AsDirected,
            Outcome::MissingFact(fact) => {
                return Err(EvalError::MissingFact { code: rule.code.clone(), fact: fact.to_owned() });
            }
            Outcome::Nothing => {
                return Err(EvalError::NoDate { code: rule.code.clone(), period: period.label() });
            }
        };
        let legal_due = if let Due::On(date) = due { Some(date) } else { None };
        let target_due = legal_due.map(|date| run.target(date));
        let lapse = if matches!(due, Due::Awaiting { .. }) { run.lapse() } else { None };
        let possible_grace = legal_due.and_then(|date| run.possible_grace(date));
        Ok(Evaluation {
            rule_id: rule.id.clone(),
            code: rule.code.clone(),
            title: rule.title.clone(),
            regulator: rule.regulator.clone(),
            period,
            due,
            legal_due,
            lapse,
            target_due,
            steps: run.steps.take().unwrap_or_default(),
            citation: rule.citation.clone(),
            confidence: rule.confidence.clone(),
            needs_review: run.needs_review,
            window: run.window,
            possible_grace,
            findings: run.findings,
        })
    }
}

type FoundEvent = Option<(Option<i64>, Date)>;

/// The date that an older version counts from once, when that version covers it: a renewal before the licence became
/// perpetual needs no period.
fn older_once(family: &[Rule], facts: &FactSheet) -> Option<Date> {
    family.iter().rev().find_map(|rule| match &rule.periods {
        PeriodScheme::Once(key) => facts.date(key, Date::MAX).filter(|date| rule.in_force_on(*date)),
        _ => None,
    })
}

/// The event of an event-driven return. A series may start without one.
fn find_event(rule: &Rule, facts: &FactSheet, query: &Query) -> Result<FoundEvent, EvalError> {
    let Some(kind) = rule.event.as_deref() else { return Ok(None) };
    let missing = || EvalError::MissingEvent { code: rule.code.clone(), event: kind.to_owned() };
    match query.event {
        Some(EventRef::On(date)) => Ok(Some((None, date))),
        Some(EventRef::Id(id)) => {
            facts.event_by_id(kind, id).map(|e| Some((Some(e.id), e.on))).ok_or_else(missing)
        }
        None => {
            let last = facts.events(kind).filter(|e| !e.projected).max_by_key(|e| (e.on, e.id));
            if let Some(event) = last {
                return Ok(Some((Some(event.id), event.on)));
            }
            if let Expr::Series { anchor: Some(anchor), .. } = series_of(&rule.due)
                && let Expr::Fact { key } = &**anchor
            {
                return match facts.date(key, Date::MAX) {
                    Some(date) => Ok(Some((None, date))),
                    None => Err(EvalError::MissingFact { code: rule.code.clone(), fact: key.clone() }),
                };
            }
            Err(missing())
        }
    }
}

/// The series inside a choice, else the expression itself.
fn series_of(expr: &Expr) -> &Expr {
    match expr {
        Expr::When { otherwise, .. } => series_of(otherwise),
        other => other,
    }
}

fn no_version(rule: &Rule, on: Date) -> EvalError {
    let hint = if !rule.superseded_by.is_empty() && rule.effective_to.is_some_and(|to| on > to) {
        format!("; it was replaced by {}", rule.superseded_by.join(", "))
    } else {
        String::new()
    };
    EvalError::NoVersion { code: rule.code.clone(), on, hint }
}
