//! Reads costs: lines as packs write them, with the names they use.

use super::cost::{Band, Cost, CostKind, Quantum, Reduction, Scale, Tier, money, money_option};
use super::predicate::Predicate;
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;
use time::Date;

/// A cost as a pack writes it: the line itself, or `use` with the name of lines.
#[derive(Deserialize)]
#[serde(try_from = "toml::Table")]
pub(crate) enum RawCost {
    Named(String),
    Line(Box<RawLine>),
}

impl TryFrom<toml::Table> for RawCost {
    type Error = String;
    // not serde's untagged form: its errors do not say which key is wrong
    fn try_from(table: toml::Table) -> Result<Self, String> {
        match (table.get("use"), table.len()) {
            (Some(toml::Value::String(name)), 1) => Ok(Self::Named(name.clone())),
            (Some(_), _) => Err("a cost with use has nothing else".into()),
            (None, _) => table.try_into().map(Self::Line).map_err(|e: toml::de::Error| e.to_string()),
        }
    }
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawLine {
    kind: CostKind,
    quantum: Quantum,
    #[serde(default, deserialize_with = "money")]
    base: Decimal,
    #[serde(default, deserialize_with = "money")]
    per_day: Decimal,
    #[serde(default, deserialize_with = "money")]
    per_month: Decimal,
    #[serde(default)]
    free_days: u32,
    #[serde(default = "yes")]
    count_filing_day: bool,
    #[serde(default, deserialize_with = "money_option")]
    cap: Option<Decimal>,
    #[serde(default, deserialize_with = "money_option")]
    min: Option<Decimal>,
    #[serde(default)]
    tiers: Vec<Tier>,
    #[serde(default)]
    bands: Vec<Band>,
    scale: Option<String>,
    #[serde(default = "rupees")]
    currency: String,
    #[serde(default = "client")]
    falls_on: String,
    instrument: Option<String>,
    #[serde(default)]
    section: String,
    confidence: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    group: String,
    #[serde(default = "always")]
    applies_when: Predicate,
    effective_from: Option<Date>,
    effective_to: Option<Date>,
    #[serde(default)]
    reductions: Vec<Reduction>,
}

/// `[costs.name]` is one line, `[[costs.name]]` several.
#[derive(Deserialize)]
#[serde(try_from = "toml::Value")]
pub(crate) struct RawNamed(Vec<RawLine>);

impl TryFrom<toml::Value> for RawNamed {
    type Error = String;
    fn try_from(value: toml::Value) -> Result<Self, String> {
        let lines = match value {
            toml::Value::Array(lines) => lines,
            line => vec![line],
        };
        let read = |line: toml::Value| line.try_into().map_err(|e: toml::de::Error| e.to_string());
        lines.into_iter().map(read).collect::<Result<_, _>>().map(Self)
    }
}

/// Cost lines and scales that have a name; every pack may use those of any other.
#[derive(Default)]
pub(crate) struct Named {
    costs: BTreeMap<String, Vec<Cost>>,
    scales: BTreeMap<String, Scale>,
}

impl Named {
    pub(crate) fn add_scale(&mut self, name: String, scale: Scale) -> Result<(), String> {
        let named = format!("scale '{name}'");
        match self.scales.insert(name, scale) {
            None => Ok(()),
            Some(_) => Err(format!("{named} is there twice")),
        }
    }

    /// Scales have to be there before the costs that use them.
    pub(crate) fn add_cost(
        &mut self,
        name: &str,
        raw: RawNamed,
        find: &dyn Fn(&str) -> Option<Predicate>,
    ) -> Result<(), String> {
        let lines = raw
            .0
            .into_iter()
            .map(|line| self.line(line, "", find))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|reason| format!("cost '{name}': {reason}"))?;
        match self.costs.insert(name.to_owned(), lines) {
            None => Ok(()),
            Some(_) => Err(format!("cost '{name}' is there twice")),
        }
    }

    /// The lines behind one written cost. `instrument` is the rule's own, for lines that name none.
    pub(crate) fn lines(
        &self,
        raw: RawCost,
        instrument: &str,
        find: &dyn Fn(&str) -> Option<Predicate>,
    ) -> Result<Vec<Cost>, String> {
        match raw {
            RawCost::Named(name) => {
                self.costs.get(&name).cloned().ok_or_else(|| format!("there is no cost named '{name}'"))
            }
            RawCost::Line(line) => self.line(*line, instrument, find).map(|line| vec![line]),
        }
    }

    fn line(
        &self,
        raw: RawLine,
        instrument: &str,
        find: &dyn Fn(&str) -> Option<Predicate>,
    ) -> Result<Cost, String> {
        if raw.section.trim().is_empty() {
            return Err("a cost has no section; write where it says so".into());
        }
        let instrument = raw.instrument.as_deref().unwrap_or(instrument);
        if instrument.is_empty() {
            return Err("a named cost must say its instrument".into());
        }
        let scale = match &raw.scale {
            Some(name) => {
                Some(self.scales.get(name).cloned().ok_or_else(|| format!("there is no scale '{name}'"))?)
            }
            None => None,
        };
        let mut applies_when = raw.applies_when;
        applies_when.resolve(find, 0)?;
        let mut reductions = raw.reductions;
        reductions.iter_mut().try_for_each(|r| r.when.resolve(find, 0))?;
        Ok(Cost {
            kind: raw.kind,
            quantum: raw.quantum,
            base: raw.base,
            per_day: raw.per_day,
            per_month: raw.per_month,
            free_days: raw.free_days,
            count_filing_day: raw.count_filing_day,
            cap: raw.cap,
            min: raw.min,
            tiers: raw.tiers,
            bands: raw.bands,
            scale,
            currency: raw.currency,
            falls_on: raw.falls_on,
            cited: format!("{instrument}, {}", raw.section),
            confidence: raw.confidence,
            note: raw.note,
            group: raw.group,
            applies_when,
            effective_from: raw.effective_from,
            effective_to: raw.effective_to,
            reductions,
        })
    }
}

fn yes() -> bool {
    true
}

fn rupees() -> String {
    "INR".to_owned()
}

fn client() -> String {
    "client".to_owned()
}

fn always() -> Predicate {
    Predicate::Always
}
