//! "To whom does it apply": a small boolean expression over facts, with an honest third answer, "not known".

use super::facts::FactValue;
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeSet;

/// A condition on facts. `toml` keys: `all`, `any`, `not`, `use`, or `fact` with one of `eq`, `in`, `gte`, `gt`,
/// `lte`, `lt`, `exists`, `truthy`, `has`; `unknown` says what an unknown fact counts as.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "RawPredicate")]
pub enum Predicate {
    /// Always true.
    Always,
    /// Every part is true.
    All(Vec<Predicate>),
    /// At least one part is true.
    Any(Vec<Predicate>),
    /// The part is false.
    Not(Box<Predicate>),
    /// A condition named in the pack; replaced when the pack is read.
    Use(String),
    /// A test of one fact.
    Test {
        /// The fact's key.
        fact: String,
        /// What is asked of it.
        op: Op,
        /// The answer when the fact is unknown; without it the answer is "not known".
        unknown: Option<bool>,
    },
}

/// What is asked of one fact.
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    /// Equal to the value.
    Eq(FactValue),
    /// Equal to one of the values.
    In(Vec<FactValue>),
    /// At least the number or date.
    Gte(FactValue),
    /// More than the number or date.
    Gt(FactValue),
    /// At most the number or date.
    Lte(FactValue),
    /// Less than the number or date.
    Lt(FactValue),
    /// Known (true) or unknown (false).
    Exists(bool),
    /// Yes, a number other than zero, a text or set that is not empty; or the opposite.
    Truthy(bool),
    /// The set contains one of these words; a word may end in `*`.
    Has(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPredicate {
    all: Option<Vec<Predicate>>,
    any: Option<Vec<Predicate>>,
    not: Option<Box<Predicate>>,
    #[serde(rename = "use")]
    named: Option<String>,
    fact: Option<String>,
    eq: Option<toml::Value>,
    #[serde(rename = "in")]
    one_of: Option<Vec<toml::Value>>,
    gte: Option<toml::Value>,
    gt: Option<toml::Value>,
    lte: Option<toml::Value>,
    lt: Option<toml::Value>,
    exists: Option<bool>,
    truthy: Option<bool>,
    has: Option<Vec<String>>,
    unknown: Option<bool>,
}

impl TryFrom<RawPredicate> for Predicate {
    type Error = String;
    fn try_from(raw: RawPredicate) -> Result<Self, String> {
        let mut forms = Vec::new();
        forms.extend(raw.all.map(Self::All));
        forms.extend(raw.any.map(Self::Any));
        forms.extend(raw.not.map(Self::Not));
        forms.extend(raw.named.map(Self::Use));
        let mut ops = Vec::new();
        for (value, make) in [
            (raw.eq, Op::Eq as fn(FactValue) -> Op),
            (raw.gte, Op::Gte),
            (raw.gt, Op::Gt),
            (raw.lte, Op::Lte),
            (raw.lt, Op::Lt),
        ] {
            if let Some(value) = value {
                ops.push(make(fact_value(&value)?));
            }
        }
        if let Some(values) = raw.one_of {
            ops.push(Op::In(values.iter().map(fact_value).collect::<Result<_, _>>()?));
        }
        ops.extend(raw.exists.map(Op::Exists));
        ops.extend(raw.truthy.map(Op::Truthy));
        ops.extend(raw.has.map(Op::Has));
        match (forms.len(), raw.fact, ops.len()) {
            (1, None, 0) => Ok(forms.remove(0)),
            (0, Some(fact), 1) => Ok(Self::Test { fact, op: ops.remove(0), unknown: raw.unknown }),
            _ => Err("a condition is one of all, any, not, use, or fact with exactly one test".into()),
        }
    }
}

fn fact_value(value: &toml::Value) -> Result<FactValue, String> {
    match value {
        toml::Value::Boolean(flag) => Ok(FactValue::Bool(*flag)),
        toml::Value::Integer(number) => Ok(FactValue::Number(Decimal::from(*number))),
        toml::Value::String(text) => Ok(match kernel::period::parse_day(text) {
            Some(date) => FactValue::Date(date),
            None => FactValue::Text(text.clone()),
        }),
        other => Err(format!("{} cannot be compared with a fact", other.type_str())),
    }
}

impl Predicate {
    /// True, false, or `None` when a fact that decides is not known. Keys of those facts go into `missing`.
    pub fn test<'f>(
        &self,
        get: &dyn Fn(&str) -> Option<&'f FactValue>,
        missing: &mut Option<&mut BTreeSet<String>>,
    ) -> Option<bool> {
        match self {
            Self::Always => Some(true),
            Self::Use(_) => None,
            Self::Not(inner) => inner.test(get, missing).map(|b| !b),
            Self::All(parts) => fold(parts, get, missing, false),
            Self::Any(parts) => fold(parts, get, missing, true),
            Self::Test { fact, op, unknown } => {
                let value = get(fact);
                if let Op::Exists(wanted) = op {
                    return Some(value.is_some() == *wanted);
                }
                let answer = value.and_then(|v| op.ask(v)).or(*unknown);
                if answer.is_none()
                    && let Some(missing) = missing
                {
                    missing.insert(fact.clone());
                }
                answer
            }
        }
    }

    /// Calls `visit` for every fact test inside.
    pub fn each_test(&self, visit: &mut dyn FnMut(&str, &Op)) {
        match self {
            Self::Always | Self::Use(_) => {}
            Self::Not(inner) => inner.each_test(visit),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|p| p.each_test(visit)),
            Self::Test { fact, op, .. } => visit(fact, op),
        }
    }

    /// Replaces `use` by what it names; gives back the first name that is not there.
    pub(crate) fn resolve(
        &mut self,
        find: &dyn Fn(&str) -> Option<Predicate>,
        depth: u8,
    ) -> Result<(), String> {
        match self {
            Self::Always | Self::Test { .. } => Ok(()),
            Self::Not(inner) => inner.resolve(find, depth),
            Self::All(parts) | Self::Any(parts) => parts.iter_mut().try_for_each(|p| p.resolve(find, depth)),
            Self::Use(name) => {
                if depth > 16 {
                    return Err(format!("the condition '{name}' uses itself"));
                }
                let mut found = find(name).ok_or_else(|| format!("there is no condition named '{name}'"))?;
                found.resolve(find, depth + 1)?;
                *self = found;
                Ok(())
            }
        }
    }
}

/// `all` when `decisive` is false, `any` when it is true. Missing facts are reported only if nothing decided.
fn fold<'f>(
    parts: &[Predicate],
    get: &dyn Fn(&str) -> Option<&'f FactValue>,
    missing: &mut Option<&mut BTreeSet<String>>,
    decisive: bool,
) -> Option<bool> {
    let mut unknown = false;
    let mut collected = BTreeSet::new();
    for part in parts {
        let mut sink = missing.is_some().then_some(&mut collected);
        match part.test(get, &mut sink) {
            Some(answer) if answer == decisive => return Some(decisive),
            Some(_) => {}
            None => unknown = true,
        }
    }
    if unknown {
        if let Some(missing) = missing {
            missing.append(&mut collected);
        }
        return None;
    }
    Some(!decisive)
}

impl Op {
    /// The answer for a known value; `None` when the value is of the wrong kind to be asked.
    fn ask(&self, value: &FactValue) -> Option<bool> {
        match self {
            Self::Eq(wanted) => Some(same(value, wanted)),
            Self::In(list) => Some(list.iter().any(|wanted| same(value, wanted))),
            Self::Gte(limit) => order(value, limit).map(|o| o.is_ge()),
            Self::Gt(limit) => order(value, limit).map(|o| o.is_gt()),
            Self::Lte(limit) => order(value, limit).map(|o| o.is_le()),
            Self::Lt(limit) => order(value, limit).map(|o| o.is_lt()),
            Self::Exists(wanted) => Some(*wanted),
            Self::Truthy(wanted) => Some(truthy(value) == *wanted),
            Self::Has(words) => Some(match value {
                FactValue::Set(set) => set.iter().any(|have| words.iter().any(|w| word_matches(w, have))),
                FactValue::Text(have) => words.iter().any(|w| word_matches(w, have)),
                _ => return None,
            }),
        }
    }
}

/// True when `have` is the word, or starts with it when the word ends in `*`. Case does not matter.
pub(crate) fn word_matches(word: &str, have: &str) -> bool {
    match word.strip_suffix('*') {
        Some(prefix) => have.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)),
        None => have.eq_ignore_ascii_case(word),
    }
}

fn same(value: &FactValue, wanted: &FactValue) -> bool {
    match (value, wanted) {
        (FactValue::Text(a), FactValue::Text(b)) => a.eq_ignore_ascii_case(b),
        (FactValue::Set(set), FactValue::Text(b)) => set.len() == 1 && set.contains(b),
        (a, b) => a == b,
    }
}

fn order(value: &FactValue, limit: &FactValue) -> Option<std::cmp::Ordering> {
    match (value, limit) {
        (FactValue::Number(a), FactValue::Number(b)) => Some(a.cmp(b)),
        (FactValue::Date(a), FactValue::Date(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

fn truthy(value: &FactValue) -> bool {
    match value {
        FactValue::Bool(flag) => *flag,
        FactValue::Date(_) => true,
        FactValue::Number(number) => !number.is_zero(),
        FactValue::Text(text) => !text.is_empty(),
        FactValue::Set(set) => !set.is_empty(),
    }
}
