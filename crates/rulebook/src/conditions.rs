//! "To whom does it apply" in plain words: lines with a depth, as a list inside a list.

use crate::book::Rulebook;
use crate::late_words::money_words;
use crate::law::{FactValue, Op, Predicate};
use crate::words::{capitalised, listed};

/// One line of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionLine {
    /// How far inside.
    pub depth: u8,
    /// In words.
    pub text: String,
}

impl Rulebook {
    /// A condition as lines; nothing when it holds for everybody.
    pub fn conditions(&self, when: &Predicate) -> Vec<ConditionLine> {
        let mut out = Vec::new();
        match when {
            Predicate::All(parts) => parts.iter().for_each(|p| self.lines(p, 0, &mut out)),
            other => self.lines(other, 0, &mut out),
        }
        out
    }

    fn lines(&self, when: &Predicate, depth: u8, out: &mut Vec<ConditionLine>) {
        let group = |title: &str, parts: &[Predicate], out: &mut Vec<ConditionLine>| {
            out.push(ConditionLine { depth, text: title.to_owned() });
            parts.iter().for_each(|p| self.lines(p, depth.saturating_add(1), out));
        };
        match when {
            Predicate::Always => {}
            Predicate::All(parts) => group("All of these", parts, out),
            Predicate::Any(parts) => group("Any of these", parts, out),
            Predicate::Not(inner) if !matches!(**inner, Predicate::Test { .. }) => {
                group("None of these", std::slice::from_ref(inner), out);
            }
            other => out.push(ConditionLine { depth, text: capitalised(&self.condition_line(other)) }),
        }
    }

    /// A condition in one line.
    pub(crate) fn condition_line(&self, when: &Predicate) -> String {
        let joined = |parts: &[Predicate], word: &str| {
            let parts: Vec<String> = parts
                .iter()
                .map(|p| match p {
                    Predicate::All(_) | Predicate::Any(_) => format!("({})", self.condition_line(p)),
                    _ => self.condition_line(p),
                })
                .collect();
            listed(&parts, word)
        };
        match when {
            Predicate::Always => "always".into(),
            Predicate::Use(name) => name.clone(),
            Predicate::All(parts) => joined(parts, "and"),
            Predicate::Any(parts) => joined(parts, "or"),
            Predicate::Not(inner) => format!("not: {}", self.condition_line(inner)),
            Predicate::Test { fact, op, unknown } => {
                let also = if *unknown == Some(true) { ", or that is not known" } else { "" };
                format!("{}{also}", self.test_words(fact, op))
            }
        }
    }

    fn test_words(&self, fact: &str, op: &Op) -> String {
        let def = self.fact_def(fact);
        let title = def.map_or(fact, |d| d.title.as_str());
        let unit = def.map_or("", |d| d.unit.as_str());
        let value = |v: &FactValue| match v {
            FactValue::Bool(true) => "yes".to_owned(),
            FactValue::Bool(false) => "no".to_owned(),
            FactValue::Date(date) => kernel::period::day_text(*date),
            FactValue::Number(n) if unit == "INR" => money_words(*n, "INR"),
            FactValue::Number(n) => format!("{n} {unit}").trim_end().to_owned(),
            FactValue::Text(text) => match text.as_str() {
                "opc" => "one person company".to_owned(),
                "llp" | "huf" => text.to_uppercase(),
                _ => text.replace('_', " "),
            },
            FactValue::Set(words) => words.iter().cloned().collect::<Vec<_>>().join(", "),
        };
        match op {
            Op::Eq(v) => format!("{title}: {}", value(v)),
            Op::In(list) => {
                let words: Vec<String> = list.iter().map(value).collect();
                format!("{title}: {}", listed(&words, "or"))
            }
            Op::Gte(v) => format!("{title} at least {}", value(v)),
            Op::Gt(v) => format!("{title} more than {}", value(v)),
            Op::Lte(v) => format!("{title} at most {}", value(v)),
            Op::Lt(v) => format!("{title} less than {}", value(v)),
            Op::Exists(true) => format!("{title} is known"),
            Op::Exists(false) => format!("{title} is not known"),
            Op::Truthy(true) => format!("{title}: yes"),
            Op::Truthy(false) => format!("{title}: no"),
            Op::Has(words) => {
                let words: Vec<String> = words.iter().map(|w| registration(w)).collect();
                format!("{title}: {}", listed(&words, "or"))
            }
        }
    }
}

/// `RBI:NBFC-*` as people write it.
fn registration(word: &str) -> String {
    match word.strip_suffix('*') {
        Some(start) => format!("any {}", start.trim_end_matches(['-', ':']).replace(':', " ")),
        None => word.replace(':', " "),
    }
}
