//! Fact values, the catalogue of facts, and the kinds of event a user can record.

use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fmt;
use time::Date;

/// The value of one fact about a client.
#[derive(Clone, Debug, PartialEq)]
pub enum FactValue {
    /// Yes or no.
    Bool(bool),
    /// A civil date.
    Date(Date),
    /// A number; money is in whole rupees.
    Number(Decimal),
    /// One word or text.
    Text(String),
    /// Several words, for example registrations.
    Set(BTreeSet<String>),
}

impl FactValue {
    /// Reads `true`/`false`, an ISO date, a number (digits may be grouped with commas or `_`), `a|b` as a set,
    /// and anything else as text.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        match text.to_ascii_lowercase().as_str() {
            "true" | "yes" => return Self::Bool(true),
            "false" | "no" => return Self::Bool(false),
            _ => {}
        }
        if let Some(date) = kernel::period::parse_day(text) {
            return Self::Date(date);
        }
        if text.contains('|') {
            return Self::Set(set_of(text));
        }
        let plain: String = text.chars().filter(|c| *c != ',' && *c != '_').collect();
        if plain.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+')
            && let Ok(number) = plain.parse::<Decimal>()
        {
            return Self::Number(number.normalize());
        }
        Self::Text(text.to_owned())
    }

    /// Reads `text` as the given kind of fact; the error says what is expected.
    pub fn parse_as(text: &str, kind: &FactKind) -> Result<Self, String> {
        let text = text.trim();
        let parsed = Self::parse(text);
        match (kind, parsed) {
            (FactKind::Bool, value @ Self::Bool(_)) => Ok(value),
            (FactKind::Bool, _) => Err("yes or no".into()),
            (FactKind::Date, value @ Self::Date(_)) => Ok(value),
            (FactKind::Date, _) => match kernel::period::FinancialYear::parse(text) {
                Some(fy) => Ok(Self::Date(fy.end())),
                None => Err("a date such as 2026-09-30".into()),
            },
            (FactKind::Number, value @ Self::Number(_)) => Ok(value),
            (FactKind::Number, _) => Err("a number such as 6000000000, without words".into()),
            (FactKind::Text, _) => Ok(Self::Text(text.to_owned())),
            (FactKind::OneOf(options), _) => match options.iter().find(|o| o.eq_ignore_ascii_case(text)) {
                Some(option) => Ok(Self::Text(option.clone())),
                None => Err(format!("one of {}", options.join(", "))),
            },
            (FactKind::SetOf(options), _) => {
                let mut set = BTreeSet::new();
                for word in set_of(text) {
                    match options.iter().find(|o| o.eq_ignore_ascii_case(&word)) {
                        Some(option) => set.insert(option.clone()),
                        None => return Err(format!("words from {}, joined with |", options.join(", "))),
                    };
                }
                Ok(Self::Set(set))
            }
        }
    }
}

fn set_of(text: &str) -> BTreeSet<String> {
    text.split('|').map(str::trim).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

impl fmt::Display for FactValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::Date(value) => write!(f, "{value}"),
            Self::Number(value) => write!(f, "{value}"),
            Self::Text(value) => f.write_str(value),
            Self::Set(words) => f.write_str(&words.iter().map(String::as_str).collect::<Vec<_>>().join("|")),
        }
    }
}

/// What values a fact may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// Yes or no.
    Bool,
    /// A civil date.
    Date,
    /// A number, in the unit of the definition.
    Number,
    /// Free text.
    Text,
    /// One word of a list.
    OneOf(Vec<String>),
    /// Several words of a list.
    SetOf(Vec<String>),
}

/// Which day of a registration a date fact is, when nobody entered it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegistrationDay {
    /// Its first day.
    ValidFrom,
    /// Its last day.
    ValidTo,
}

/// Where a date fact comes from when nobody entered it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FromRegistration {
    /// Regulator and category, for example `SEBI:IA`.
    pub of: Vec<String>,
    /// Which day of it.
    pub day: RegistrationDay,
}

/// One entry of the fact catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactDef {
    /// Stable name, snake_case.
    pub key: String,
    /// Name for people.
    pub title: String,
    /// What values it takes.
    pub kind: FactKind,
    /// What it means and what it decides.
    pub help: String,
    /// Unit of a number, for example `INR`; empty when there is none.
    pub unit: String,
    /// The registration that gives the date when nobody entered it.
    pub registration: Option<FromRegistration>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawFact {
    pub(crate) key: String,
    title: String,
    kind: String,
    #[serde(default)]
    options: Vec<String>,
    help: String,
    #[serde(default)]
    unit: String,
    registration: Option<FromRegistration>,
}

impl RawFact {
    pub(crate) fn finish(self) -> Result<FactDef, String> {
        let listed = |options: Vec<String>| {
            if options.is_empty() { Err("a fact of this kind needs options".to_owned()) } else { Ok(options) }
        };
        let kind = match self.kind.as_str() {
            "bool" => FactKind::Bool,
            "date" => FactKind::Date,
            "number" => FactKind::Number,
            "text" => FactKind::Text,
            "one_of" => FactKind::OneOf(listed(self.options)?),
            "set_of" => FactKind::SetOf(listed(self.options)?),
            other => return Err(format!("'{other}' is not a kind of fact")),
        };
        if self.registration.is_some() && kind != FactKind::Date {
            return Err("only a date can come from a registration".into());
        }
        Ok(FactDef {
            key: self.key,
            title: self.title,
            kind,
            help: self.help,
            unit: self.unit,
            registration: self.registration,
        })
    }
}

/// A kind of event that a user can record; filings are counted from such events.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventKind {
    /// Stable name, snake_case.
    pub kind: String,
    /// What happened, so that "`title` on 30 Sep 2026" reads well: `AGM held`.
    pub title: String,
    /// The thing itself, so that "day of `noun`" reads well: `AGM`.
    pub noun: String,
    /// True when it happens once for a period (the AGM of a financial year).
    #[serde(default)]
    pub per_period: bool,
    /// When to record it and what it decides.
    pub help: String,
}
