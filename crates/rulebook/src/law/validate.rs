//! Checks that need all packs together: what rules name must exist, versions must not overlap, uncertain law
//! must not be switched on by accident.

use super::check_cost;
use super::expr::Expr;
use super::facts::FactKind;
use super::kind::{INTERNAL_PREFIX, INTERNAL_REGULATOR, RuleKind};
use super::model::{Law, PeriodScheme, Relief, Rule};
use super::parse::{PackError, weekday_number};
use super::predicate::{Op, word_matches};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) fn check(law: &Law) -> Result<(), PackError> {
    unique("fact", law.facts.iter().map(|f| f.key.as_str()))?;
    unique("event", law.events.iter().map(|e| e.kind.as_str()))?;
    unique("rule id", law.rules.iter().map(|r| r.id.as_str()))?;
    check_fact_sources(law)?;
    let ids: BTreeSet<&str> = law.rules.iter().flat_map(|r| [r.id.as_str(), r.code.as_str()]).collect();
    for rule in &law.rules {
        check_rule(law, &ids, rule).map_err(|reason| PackError::new(&rule.file, Some(&rule.id), reason))?;
    }
    check_versions(law)?;
    check_names(law)?;
    for rule in &law.rules {
        check_chain(law, &rule.code, &mut Vec::new())
            .map_err(|reason| PackError::new(&rule.file, Some(&rule.id), reason))?;
    }
    Ok(())
}

/// A date that is taken from a registration names kinds of registration that exist.
fn check_fact_sources(law: &Law) -> Result<(), PackError> {
    for def in &law.facts {
        let Some(source) = &def.registration else { continue };
        words(law, "registrations", &Op::Has(source.of.clone()))
            .map_err(|reason| PackError::new("packs", None, format!("fact {}: {reason}", def.key)))?;
    }
    Ok(())
}

fn unique<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> Result<(), PackError> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(PackError::new("packs", None, format!("{what} '{name}' is there twice")));
        }
    }
    Ok(())
}

fn check_rule(law: &Law, ids: &BTreeSet<&str>, rule: &Rule) -> Result<(), String> {
    if rule.code.is_empty() || rule.title.is_empty() || rule.regulator.is_empty() {
        return Err("code, title and regulator must not be empty".into());
    }
    if rule.citation.instrument.trim().is_empty() || rule.citation.section.trim().is_empty() {
        return Err("it has no citation; write the instrument and the section ('not known' if so)".into());
    }
    check_confidence(rule)?;
    if rule.effective_to.is_some_and(|to| to < rule.effective_from) {
        return Err("it ends before it starts".into());
    }
    for name in rule.supersedes.iter().chain(&rule.superseded_by).chain(&rule.alias_of) {
        if !ids.contains(name.as_str()) {
            return Err(format!("it names '{name}', which is not a rule in any pack"));
        }
    }
    if rule.legacy && rule.superseded_by.is_empty() {
        return Err("a legacy rule must say what replaced it (superseded_by)".into());
    }
    check_kind(rule)?;
    check_facts(law, rule)?;
    check_due(law, rule)?;
    check_cost::check(law, rule)?;
    if let Some(shift) = &rule.shift {
        calendar(law, &shift.calendar)?;
        if !["instrument", "gca_s10", "internal"].contains(&shift.basis.as_str()) {
            return Err(format!("'{}' is not a basis for a shift", shift.basis));
        }
    }
    for part in &rule.skip {
        let known = kernel::period::Period::parse_key(part).is_some()
            || matches!(part.as_str(), "Q1" | "Q2" | "Q3" | "Q4" | "H1" | "H2")
            || (part.len() == 2 && part.parse::<u8>().is_ok_and(|m| (1..=12).contains(&m)));
        if !known {
            return Err(format!("skip '{part}' is not Q1..Q4, H1, H2, a month 01..12 or a period key"));
        }
    }
    for key in rule.one_time.iter().map(|o| &o.period) {
        period_key(key)?;
    }
    for (name, target) in &rule.inputs {
        match target.split_once(':') {
            Some(("event", kind)) => event(law, kind)?,
            Some(("fact", key)) => fact(law, key)?,
            _ => return Err(format!("input '{name}' must be event:<kind> or fact:<key>")),
        }
    }
    Ok(())
}

fn check_kind(rule: &Rule) -> Result<(), String> {
    match (rule.kind, &rule.validity) {
        (RuleKind::Licence, None) => return Err("a licence must say its validity".into()),
        (RuleKind::Licence, Some(validity)) => validity.check()?,
        (_, Some(_)) => return Err("only a licence has a validity".into()),
        (_, None) => {}
    }
    if rule.non_statutory && (rule.note.is_empty() || rule.enabled) {
        return Err("what no law asks for ships disabled, with a note that says so".into());
    }
    Ok(())
}

/// What a firm writes for itself can neither be taken for law nor stand in its place.
fn check_internal(rule: &Rule) -> Result<bool, String> {
    let (code, regulator) = (rule.code.starts_with(INTERNAL_PREFIX), rule.regulator == INTERNAL_REGULATOR);
    if code != regulator || code != (rule.confidence == "I") || code && !rule.non_statutory {
        return Err(
            "only a firm's own rule has a code INT-..., the regulator INTERNAL and the grade I".into()
        );
    }
    Ok(code)
}

fn check_confidence(rule: &Rule) -> Result<(), String> {
    if check_internal(rule)? {
        return Ok(());
    }
    if !rule.confidence.split('/').all(|g| matches!(g, "P" | "S" | "K" | "U" | "V" | "M")) {
        return Err(format!("confidence '{}' is not made of P, S, K, U, V, M", rule.confidence));
    }
    if rule.confidence.contains('U') && rule.note.is_empty() {
        return Err("an uncertain rule must say in its note what is uncertain".into());
    }
    if rule.confidence.split('/').all(|g| g == "U") && rule.enabled {
        return Err("a rule of confidence U must be shipped disabled".into());
    }
    Ok(())
}

fn check_facts(law: &Law, rule: &Rule) -> Result<(), String> {
    let mut result = Ok(());
    let mut visit = |key: &str, op: &Op| {
        if result.is_ok() {
            result = fact(law, key).and_then(|()| words(law, key, op));
        }
    };
    rule.applies_when.each_test(&mut visit);
    rule.due.each(&mut |e| {
        if let Expr::When { when, .. } = e {
            when.each_test(&mut visit);
        }
    });
    result
}

/// A word that the catalogue does not know can never match; it is a slip of the pen.
fn words(law: &Law, key: &str, op: &Op) -> Result<(), String> {
    let Some(def) = law.facts.iter().find(|f| f.key == key) else { return Ok(()) };
    let (FactKind::OneOf(options) | FactKind::SetOf(options)) = &def.kind else { return Ok(()) };
    let asked: Vec<String> = match op {
        Op::Eq(value) => vec![value.to_string()],
        Op::In(values) => values.iter().map(ToString::to_string).collect(),
        Op::Has(words) => words.clone(),
        _ => Vec::new(),
    };
    for word in asked {
        if !options.iter().any(|o| word_matches(&word, o)) {
            return Err(format!("'{word}' is not a value of the fact '{key}'"));
        }
    }
    Ok(())
}

fn check_due(law: &Law, rule: &Rule) -> Result<(), String> {
    match (&rule.periods, &rule.event) {
        (PeriodScheme::Event, None) => return Err("an event-driven rule must name its event".into()),
        (PeriodScheme::Event, Some(kind)) => event(law, kind)?,
        (_, Some(_)) => return Err("only a rule of frequency event names an event".into()),
        (
            PeriodScheme::Once(key)
            | PeriodScheme::Triennial(key)
            | PeriodScheme::YearsFrom { fact: key, .. },
            None,
        ) => {
            fact(law, key)?;
        }
        _ => {}
    }
    let mut result = Ok(());
    rule.due.each(&mut |e| {
        if result.is_ok() {
            result = check_expr(law, rule, e);
        }
    });
    result
}

fn check_expr(law: &Law, rule: &Rule, expr: &Expr) -> Result<(), String> {
    match expr {
        Expr::Event { kind, .. } | Expr::Previous { kind } | Expr::First { kind } => event(law, kind),
        Expr::Series { kind, .. } => event(law, kind),
        Expr::EventDate if rule.event.is_none() => {
            Err("anchor 'event' needs a rule of frequency event".into())
        }
        Expr::Fact { key } => fact(law, key),
        Expr::Rule { code } if !law.rules.iter().any(|r| r.code == *code) => {
            Err(format!("it is chained to '{code}', which is not a rule in any pack"))
        }
        Expr::WorkingDaysAfter { calendar: name, .. }
        | Expr::TradingDaysAfter { calendar: name, .. }
        | Expr::LastWorkingDayOfMonth { calendar: name, .. } => calendar(law, name),
        Expr::NthWorkingDay { n, calendar: name, .. } => {
            if *n == 0 {
                return Err("nth_working_day counts from 1".into());
            }
            calendar(law, name)
        }
        Expr::Fixed { month, day, .. } | Expr::Cohort { month, day, .. } => month_day(*month, *day),
        Expr::FixedDayOfFollowingMonth { day, .. } => month_day(1, *day),
        Expr::WeekdayAfter { weekday, .. } => weekday_number(weekday).map(|_| ()),
        Expr::EarliestOf { of } | Expr::LatestOf { of } if of.is_empty() => {
            Err("it chooses from nothing".into())
        }
        Expr::ReferenceDates { refs } => {
            if refs.iter().any(|r| r.plus_days.is_some() == r.fixed_day.is_some()) {
                return Err("a reference day has either plus_days or fixed_day".into());
            }
            Ok(())
        }
        Expr::CalendarTable { entries } => entries.iter().try_for_each(|e| period_key(&e.period)),
        Expr::Anniversary { years, leap, restart_on, .. } => {
            if *years < 1 {
                return Err("an anniversary needs at least one year".into());
            }
            if !matches!(leap.as_deref(), None | Some("feb28" | "mar1")) {
                return Err("leap is feb28 or mar1".into());
            }
            restart_on.as_deref().map_or(Ok(()), |kind| event(law, kind))
        }
        _ => Ok(()),
    }
}

fn month_day(month: u8, day: u8) -> Result<(), String> {
    if (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && kernel::period::ymd(2024, month, day).day() == day
    {
        Ok(())
    } else {
        Err(format!("day {day} of month {month} does not exist"))
    }
}

fn period_key(key: &str) -> Result<(), String> {
    kernel::period::Period::parse_key(key).map(|_| ()).ok_or_else(|| format!("'{key}' is not a period key"))
}

fn fact(law: &Law, key: &str) -> Result<(), String> {
    let known = law.facts.iter().any(|f| f.key == key);
    if known { Ok(()) } else { Err(format!("the fact '{key}' is not in the catalogue")) }
}

fn event(law: &Law, kind: &str) -> Result<(), String> {
    let known = law.events.iter().any(|e| e.kind == kind);
    if known { Ok(()) } else { Err(format!("the event '{kind}' is not in the catalogue")) }
}

fn calendar(law: &Law, name: &str) -> Result<(), String> {
    let known = law.calendars.iter().any(|c| c.name == name);
    if known { Ok(()) } else { Err(format!("there is no calendar '{name}'")) }
}

/// Versions of one code must not share a day.
fn check_versions(law: &Law) -> Result<(), PackError> {
    for pair in law.rules.windows(2) {
        let [a, b] = pair else { continue };
        if a.code == b.code && a.effective_to.is_none_or(|to| to >= b.effective_from) {
            let reason = format!("it overlaps {}; end that one before {}", a.id, b.effective_from);
            return Err(PackError::new(&b.file, Some(&b.id), reason));
        }
    }
    Ok(())
}

/// A code or alias must find one return only.
fn check_names(law: &Law) -> Result<(), PackError> {
    let mut owner: BTreeMap<String, &str> = BTreeMap::new();
    for rule in &law.rules {
        for name in rule.aliases.iter().chain([&rule.code]) {
            let other = owner.insert(name.to_ascii_lowercase(), &rule.code);
            if let Some(other) = other.filter(|o| *o != rule.code) {
                let reason = format!("'{name}' already names {other}");
                return Err(PackError::new(&rule.file, Some(&rule.id), reason));
            }
        }
    }
    Ok(())
}

/// Chained rules must not come round to themselves.
fn check_chain<'a>(law: &'a Law, code: &'a str, path: &mut Vec<&'a str>) -> Result<(), String> {
    if path.contains(&code) {
        return Err(format!("it is chained to itself through {}", path.join(", ")));
    }
    path.push(code);
    for rule in law.rules.iter().filter(|r| r.code == code) {
        let mut next = Vec::new();
        chained(&rule.due, &mut next);
        for code in next {
            check_chain(law, code, path)?;
        }
    }
    path.pop();
    Ok(())
}

fn chained<'a>(expr: &'a Expr, out: &mut Vec<&'a str>) {
    if let Expr::Rule { code } = expr {
        out.push(code);
    }
    for child in expr.children() {
        chained(child, out);
    }
}

pub(crate) fn check_relief(law: &Law, file: &str, relief: &Relief) -> Result<(), PackError> {
    for code in &relief.codes {
        if !law.rules.iter().any(|r| r.code == *code) {
            return Err(PackError::new(file, Some(code), "a relief names a rule that is not in any pack"));
        }
    }
    if relief.instrument.trim().is_empty() {
        return Err(PackError::new(file, None, "a relief has no citation"));
    }
    for key in relief.periods.iter().filter(|p| *p != "*") {
        period_key(key).map_err(|reason| PackError::new(file, None, reason))?;
    }
    Ok(())
}
