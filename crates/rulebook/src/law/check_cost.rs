//! Refuses a cost that could not be worked out or says nothing.

use super::cost::{CLIENT_ROLES, Cost, CostKind, OTHER_ROLES, Quantum, ScaleStep};
use super::facts::FactKind;
use super::model::{Law, Rule};
use super::predicate::Op;

pub(crate) fn check(law: &Law, rule: &Rule) -> Result<(), String> {
    for cost in &rule.cost {
        line(law, cost).map_err(|reason| format!("cost by {}: {reason}", cost.cited))?;
    }
    let mut currencies = rule.cost.iter().map(|c| c.currency.as_str());
    let first = currencies.next();
    if currencies.any(|c| Some(c) != first) {
        return Err("its costs are in several currencies".into());
    }
    Ok(())
}

fn line(law: &Law, cost: &Cost) -> Result<(), String> {
    if cost.currency.len() != 3 || !cost.currency.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(format!("'{}' is not a currency code", cost.currency));
    }
    let role = cost.falls_on.as_str();
    if !CLIENT_ROLES.contains(&role) && !OTHER_ROLES.contains(&role) {
        return Err(format!("'{role}' is not one on whom it can fall"));
    }
    if !cost.confidence.split('/').all(|g| matches!(g, "P" | "S" | "K" | "U" | "V" | "M")) {
        return Err(format!("confidence '{}' is not made of P, S, K, U, V, M", cost.confidence));
    }
    if cost.confidence.contains('U') && cost.note.is_empty() {
        return Err("an uncertain cost must say in its note what is uncertain".into());
    }
    amounts(cost)?;
    if let (Some(from), Some(to)) = (cost.effective_from, cost.effective_to)
        && to < from
    {
        return Err("it ends before it starts".into());
    }
    if let Some(scale) = &cost.scale {
        let known = law.facts.iter().find(|f| f.key == scale.fact);
        if !known.is_some_and(|f| f.kind == FactKind::Number) {
            return Err(format!("the fact '{}' of its scale is not a number in the catalogue", scale.fact));
        }
        if !ends_open(&scale.steps, |s: &ScaleStep| s.below.is_none() && s.up_to.is_none()) {
            return Err("the last step of a scale, and no other, is without a limit".into());
        }
    }
    let mut result = Ok(());
    let mut visit = |key: &str, _: &Op| {
        if result.is_ok() && !law.facts.iter().any(|f| f.key == key) {
            result = Err(format!("the fact '{key}' is not in the catalogue"));
        }
    };
    cost.applies_when.each_test(&mut visit);
    cost.reductions.iter().for_each(|r| r.when.each_test(&mut visit));
    result
}

fn amounts(cost: &Cost) -> Result<(), String> {
    let daily = !cost.per_day.is_zero() || !cost.tiers.is_empty();
    let plain = daily || !cost.base.is_zero() || !cost.per_month.is_zero();
    if cost.bands.is_empty() {
        if !plain {
            return Err("it has no amount".into());
        }
        if cost.scale.is_some() {
            return Err("a scale needs bands".into());
        }
    } else if plain {
        return Err("bands stand alone, without base, per_day, per_month or tiers".into());
    }
    if !cost.tiers.is_empty() && !cost.per_day.is_zero() {
        return Err("it has tiers and per_day; write one of them".into());
    }
    if !rising(cost.tiers.iter().map(|t| t.until_day)) || !rising(cost.bands.iter().map(|b| b.until_day)) {
        return Err("days of tiers and bands rise, and only the last has none".into());
    }
    if cost.cap.zip(cost.min).is_some_and(|(cap, min)| cap < min) {
        return Err("its cap is less than its min".into());
    }
    if cost.quantum == Quantum::Range && cost.min.is_none() {
        return Err("a range needs its min".into());
    }
    if cost.kind == CostKind::Fee && cost.quantum != Quantum::Exact {
        return Err("a fee is exact; what is at discretion is a penalty".into());
    }
    Ok(())
}

/// True when the days rise strictly and only the last may be open. An empty list is fine.
fn rising(days: impl Iterator<Item = Option<u32>>) -> bool {
    let mut before = Some(0);
    for day in days {
        match (before, day) {
            (Some(a), Some(b)) if b <= a => return false,
            (None, _) => return false,
            _ => before = day,
        }
    }
    true
}

fn ends_open<T>(steps: &[T], open: impl Fn(&T) -> bool) -> bool {
    steps.iter().position(open) == steps.len().checked_sub(1) && !steps.is_empty()
}
