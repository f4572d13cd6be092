//! What a rule asks for: the period or event, and the facts that it uses. A form is made from this.

use crate::book::Rulebook;
use crate::law::{Expr, PeriodScheme, Predicate, Rule};
use std::collections::BTreeSet;

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// The last day of the period.
    Period,
    /// The day of the event that starts it.
    Event,
    /// The day of an event that it counts from or looks at.
    OtherEvent,
    /// A fact that decides whether it applies, or when it is due.
    Fact,
    /// A fact that decides only what being late costs.
    CostFact,
}

impl InputKind {
    /// Stable snake_case name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Period => "period",
            Self::Event => "event",
            Self::OtherEvent => "other_event",
            Self::Fact => "fact",
            Self::CostFact => "cost_fact",
        }
    }
}

/// One input of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The name under which [`Rulebook::query_from_pairs`] takes it; for a fact its key.
    pub name: String,
    /// What it is.
    pub kind: InputKind,
    /// In words.
    pub title: String,
    /// What to give.
    pub help: String,
    /// There is no answer without it.
    pub needed: bool,
}

impl Rulebook {
    /// What a rule asks for, in the order of a form; empty for an unknown code.
    pub fn inputs(&self, code: &str) -> Vec<Input> {
        let family = self.family(code);
        let Some(rule) = family.last() else { return Vec::new() };
        let mut out = Vec::new();
        match &rule.periods {
            PeriodScheme::Event => {}
            PeriodScheme::Once(_) | PeriodScheme::Triennial(_) => {}
            scheme => out.push(Input {
                name: "reference_date".into(),
                kind: InputKind::Period,
                title: "Last day of the period".into(),
                help: crate::periods::expects(scheme).split(", for example").next().unwrap_or("").into(),
                needed: true,
            }),
        }
        for kind in self.used_events(rule) {
            let Some(def) = self.event_kind(&kind) else { continue };
            let own = rule.event.as_deref() == Some(kind.as_str());
            out.push(Input {
                name: if own { "event".into() } else { kind },
                kind: if own { InputKind::Event } else { InputKind::OtherEvent },
                title: def.title.clone(),
                help: def.help.clone(),
                needed: own,
            });
        }
        out.sort_by_key(|input| input.kind == InputKind::OtherEvent);
        let used = self.used_facts(family);
        let dates = needed_facts(rule);
        for key in &used {
            self.push_fact(key, InputKind::Fact, dates.contains(key), &mut out);
        }
        for key in cost_facts(family).difference(&used) {
            self.push_fact(key, InputKind::CostFact, false, &mut out);
        }
        out
    }

    fn push_fact(&self, key: &str, kind: InputKind, needed: bool, out: &mut Vec<Input>) {
        let Some(def) = self.fact_def(key) else { return };
        let (name, title, help) = (def.key.clone(), def.title.clone(), def.help.clone());
        out.push(Input { name, kind, title, help, needed });
    }

    /// Event kinds of a rule and of the rules that it is chained to.
    pub(crate) fn used_events(&self, rule: &Rule) -> BTreeSet<String> {
        let mut kinds = BTreeSet::new();
        self.each_chained(&rule.code, &mut |rule| {
            kinds.extend(rule.event_kinds().into_iter().map(str::to_owned));
        });
        kinds
    }

    /// Facts that decide whether a family applies and when it is due, with those of the rules it is chained to.
    pub(crate) fn used_facts(&self, family: &[Rule]) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for rule in family {
            tested(&rule.applies_when, &mut keys);
        }
        if let Some(rule) = family.first() {
            self.each_chained(&rule.code, &mut |rule| due_facts(rule, &mut keys));
        }
        keys
    }

    /// Every version of a code and of the codes it is chained to, once.
    fn each_chained(&self, code: &str, visit: &mut dyn FnMut(&Rule)) {
        let mut codes = vec![code.to_owned()];
        let mut seen = BTreeSet::new();
        while let Some(code) = codes.pop() {
            if !seen.insert(code.clone()) {
                continue;
            }
            for rule in self.family(&code) {
                visit(rule);
                rule.due.each(&mut |e| {
                    if let Expr::Rule { code } = e {
                        codes.push(code.clone());
                    }
                });
            }
        }
    }
}

fn tested(when: &Predicate, keys: &mut BTreeSet<String>) {
    when.each_test(&mut |key, _| {
        keys.insert(key.to_owned());
    });
}

fn due_facts(rule: &Rule, keys: &mut BTreeSet<String>) {
    rule.due.each(&mut |e| match e {
        Expr::Fact { key } => {
            keys.insert(key.clone());
        }
        Expr::When { when, .. } => tested(when, keys),
        Expr::FirstFy { .. } => {
            keys.insert("incorporated_on".into());
        }
        _ => {}
    });
    match &rule.periods {
        PeriodScheme::Once(key)
        | PeriodScheme::Triennial(key)
        | PeriodScheme::YearsFrom { fact: key, .. } => {
            keys.insert(key.clone());
        }
        PeriodScheme::EntityYear => {
            keys.insert("financial_year_end".into());
        }
        _ => {}
    }
}

/// The dates without which there is no period.
fn needed_facts(rule: &Rule) -> BTreeSet<String> {
    match &rule.periods {
        PeriodScheme::Once(key)
        | PeriodScheme::Triennial(key)
        | PeriodScheme::YearsFrom { fact: key, .. } => BTreeSet::from([key.clone()]),
        _ => BTreeSet::new(),
    }
}

/// Facts on which an amount depends.
pub(crate) fn cost_facts(family: &[Rule]) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for cost in family.iter().flat_map(|r| &r.cost) {
        tested(&cost.applies_when, &mut keys);
        keys.extend(cost.scale.iter().map(|s| s.fact.clone()));
        cost.reductions.iter().for_each(|r| tested(&r.when, &mut keys));
    }
    keys
}
