//! Reads packs: TOML text in, checked law out, or one error that names the file, the rule and the reason.

use super::calendar::{RawCalendar, RawHolidays, build_calendars, holidays_of};
use super::cost::Scale;
use super::cost_read::{Named, RawCost, RawNamed};
use super::expr::Expr;
use super::facts::{EventKind, RawFact};
use super::kind::{RawRow, RuleKind, Validity, ValidityModel};
use super::model::{
    Citation, LateStage, Law, Materiality, OneTime, PeriodScheme, Relief, Rule, Shift, VersionKey,
};
use super::predicate::Predicate;
use super::validate;
use kernel::period::Frequency;
use serde::Deserialize;
use std::collections::BTreeMap;
use time::Date;

/// Why a pack was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {}{reason}", rule.as_ref().map(|r| format!("rule {r}: ")).unwrap_or_default())]
pub struct PackError {
    /// The file.
    pub file: String,
    /// Code or id of the rule, when the fault lies in one.
    pub rule: Option<String>,
    /// What is wrong.
    pub reason: String,
}

impl PackError {
    pub(crate) fn new(file: &str, rule: Option<&str>, reason: impl Into<String>) -> Self {
        Self { file: file.to_owned(), rule: rule.map(str::to_owned), reason: reason.into() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPack {
    #[serde(rename = "pack")]
    _pack: Option<RawAbout>,
    #[serde(default)]
    defaults: toml::Table,
    #[serde(default)]
    predicates: BTreeMap<String, Predicate>,
    #[serde(default)]
    costs: BTreeMap<String, RawNamed>,
    #[serde(default)]
    scales: BTreeMap<String, Scale>,
    #[serde(default)]
    fact: Vec<RawFact>,
    #[serde(default)]
    event: Vec<EventKind>,
    #[serde(default)]
    calendar: Vec<RawCalendar>,
    #[serde(default)]
    holidays: Vec<RawHolidays>,
    #[serde(default)]
    relief: Vec<Relief>,
    #[serde(default)]
    rule: Vec<toml::Table>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAbout {
    #[serde(rename = "title")]
    _title: String,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    code: String,
    id: Option<String>,
    regulator: String,
    title: String,
    #[serde(default)]
    kind: RuleKind,
    #[serde(default)]
    non_statutory: bool,
    row: Option<RawRow>,
    validity: Option<Validity>,
    applies_when: Option<Predicate>,
    frequency: Option<String>,
    periods: Option<String>,
    event: Option<String>,
    #[serde(default)]
    version_key: Option<VersionKey>,
    effective_from: Date,
    #[serde(default = "yes")]
    start_confirmed: bool,
    effective_to: Option<Date>,
    #[serde(default)]
    supersedes: Vec<String>,
    #[serde(default)]
    superseded_by: Vec<String>,
    citation: Option<Citation>,
    section: Option<String>,
    confidence: String,
    enabled: Option<bool>,
    planned: Option<bool>,
    #[serde(default)]
    note: String,
    last_reviewed: Date,
    #[serde(default)]
    portal: String,
    #[serde(default)]
    filer: String,
    #[serde(default)]
    checklist: Vec<String>,
    #[serde(default = "seven")]
    breach_after_days: u16,
    #[serde(default)]
    nil_return_required: bool,
    #[serde(default)]
    materiality: Materiality,
    #[serde(default)]
    legacy: bool,
    alias_of: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    due: Option<Expr>,
    shift: Option<Shift>,
    #[serde(default)]
    cutoff: String,
    #[serde(default)]
    buffer_days: u32,
    #[serde(default)]
    skip: Vec<String>,
    #[serde(default)]
    one_time: Vec<OneTime>,
    #[serde(default)]
    late_stages: Vec<LateStage>,
    #[serde(default)]
    cost: Vec<RawCost>,
    #[serde(default)]
    inputs: BTreeMap<String, String>,
}

fn yes() -> bool {
    true
}

fn seven() -> u16 {
    7
}

/// Reads and checks all packs together. Each source is (file name, TOML text).
pub fn parse_sources(sources: &[(&str, &str)]) -> Result<Law, PackError> {
    let mut law = Law::default();
    let mut calendars: Vec<(String, RawCalendar)> = Vec::new();
    let mut holidays: Vec<(String, RawHolidays)> = Vec::new();
    let mut reliefs: Vec<(String, Relief)> = Vec::new();
    let mut packs: Vec<(&str, RawPack)> = Vec::with_capacity(sources.len());
    for (file, text) in sources {
        let pack = toml::from_str(text).map_err(|e| PackError::new(file, None, e.to_string()))?;
        packs.push((file, pack));
    }
    let named = named_costs(&mut packs)?;
    for (file, pack) in packs {
        for raw in pack.fact {
            let key = raw.key.clone();
            let fact =
                raw.finish().map_err(|reason| PackError::new(file, None, format!("fact {key}: {reason}")))?;
            law.facts.push(fact);
        }
        law.events.extend(pack.event);
        calendars.extend(pack.calendar.into_iter().map(|c| (file.to_owned(), c)));
        holidays.extend(pack.holidays.into_iter().map(|h| (file.to_owned(), h)));
        reliefs.extend(pack.relief.into_iter().map(|r| (file.to_owned(), r)));
        for table in pack.rule {
            law.rules.push(read_rule(file, &pack.defaults, &pack.predicates, &named, table)?);
        }
    }
    law.calendars = build_calendars(&calendars, &holidays)?;
    law.holidays = holidays_of(holidays.into_iter().map(|(_, list)| list));
    law.rules.sort_by(|a, b| a.code.cmp(&b.code).then(a.effective_from.cmp(&b.effective_from)));
    validate::check(&law)?;
    for (file, relief) in reliefs {
        validate::check_relief(&law, &file, &relief)?;
        law.reliefs.push(relief);
    }
    Ok(law)
}

/// Named costs of all packs; conditions inside them are those of their own pack.
fn named_costs(packs: &mut [(&str, RawPack)]) -> Result<Named, PackError> {
    let mut named = Named::default();
    for (file, pack) in packs.iter_mut() {
        for (name, scale) in std::mem::take(&mut pack.scales) {
            named.add_scale(name, scale).map_err(|reason| PackError::new(file, None, reason))?;
        }
    }
    for (file, pack) in packs.iter_mut() {
        for (name, raw) in std::mem::take(&mut pack.costs) {
            let find = |name: &str| pack.predicates.get(name).cloned();
            named.add_cost(&name, raw, &find).map_err(|reason| PackError::new(file, None, reason))?;
        }
    }
    Ok(named)
}

fn read_rule(
    file: &str,
    defaults: &toml::Table,
    predicates: &BTreeMap<String, Predicate>,
    costs: &Named,
    mut table: toml::Table,
) -> Result<Rule, PackError> {
    for (key, value) in defaults {
        if !table.contains_key(key) {
            table.insert(key.clone(), value.clone());
        }
    }
    let name = table.get("code").and_then(toml::Value::as_str).unwrap_or("(no code)").to_owned();
    let fail = |reason: String| PackError::new(file, Some(&name), reason);
    let raw: RawRule = table.try_into().map_err(|e: toml::de::Error| fail(e.to_string()))?;
    let mut citation = raw.citation.ok_or_else(|| fail("it has no citation".into()))?;
    if let Some(section) = raw.section {
        citation.section = section;
    }
    // a licence that only has to be kept has no date of its own
    let undated = raw.kind == RuleKind::Licence && raw.due.is_none();
    if undated && raw.validity.as_ref().is_none_or(|v| v.model != ValidityModel::UntilRevoked) {
        return Err(fail(
            "it has no due date; only a licence that lasts until revoked may leave it out".into(),
        ));
    }
    let frequency: Frequency = match (&raw.frequency, undated) {
        (Some(text), _) => text.parse().map_err(&fail)?,
        (None, true) => Frequency::Annual,
        (None, false) => return Err(fail("it has no frequency".into())),
    };
    let mut due = match (raw.due, undated) {
        (Some(due), _) => due,
        (None, true) => Expr::AsDirected,
        (None, false) => return Err(fail("it has no due date".into())),
    };
    let periods = scheme(frequency, raw.periods.as_deref(), &due).map_err(&fail)?;
    let find = |name: &str| predicates.get(name).cloned();
    let mut applies_when = raw.applies_when.unwrap_or(Predicate::Always);
    applies_when.resolve(&find, 0).map_err(&fail)?;
    due.each_predicate_mut(&mut |p| p.resolve(&find, 0)).map_err(&fail)?;
    let uncertain = raw.confidence.split('/').all(|grade| grade == "U");
    let version_key = raw.version_key.unwrap_or(match frequency {
        Frequency::Event | Frequency::Once => VersionKey::EventDate,
        _ => VersionKey::ReferenceDate,
    });
    let mut cost = Vec::new();
    for line in raw.cost {
        cost.extend(costs.lines(line, &citation.instrument, &find).map_err(&fail)?);
    }
    Ok(Rule {
        id: raw.id.unwrap_or_else(|| format!("{}@{}", raw.code, raw.effective_from)),
        file: file.to_owned(),
        code: raw.code,
        regulator: raw.regulator,
        title: raw.title,
        kind: raw.kind,
        non_statutory: raw.non_statutory,
        rows: raw.row.map(RawRow::into_rows).unwrap_or_default(),
        validity: raw.validity,
        applies_when,
        frequency,
        periods,
        event: raw.event,
        version_key,
        effective_from: raw.effective_from,
        start_confirmed: raw.start_confirmed,
        effective_to: raw.effective_to,
        supersedes: raw.supersedes,
        superseded_by: raw.superseded_by,
        cited: citation.line(),
        citation,
        confidence: raw.confidence,
        enabled: raw.enabled.unwrap_or(!uncertain && !raw.non_statutory),
        planned: raw.planned.unwrap_or(!undated),
        note: raw.note,
        last_reviewed: raw.last_reviewed,
        portal: raw.portal,
        filer: raw.filer,
        checklist: raw.checklist,
        breach_after_days: raw.breach_after_days,
        nil_return_required: raw.nil_return_required,
        materiality: raw.materiality,
        legacy: raw.legacy,
        alias_of: raw.alias_of,
        aliases: raw.aliases,
        due,
        shift: raw.shift,
        cutoff: raw.cutoff,
        buffer_days: raw.buffer_days,
        skip: raw.skip,
        one_time: raw.one_time,
        late_stages: raw.late_stages,
        cost,
        inputs: raw.inputs,
    })
}

fn scheme(frequency: Frequency, text: Option<&str>, due: &Expr) -> Result<PeriodScheme, String> {
    if let Some(text) = text {
        return match text.split_once(':') {
            Some(("week_ending", day)) => weekday_number(day).map(PeriodScheme::WeekEnding),
            Some(("fact", key)) => match frequency {
                Frequency::Once => Ok(PeriodScheme::Once(key.to_owned())),
                Frequency::Triennial => Ok(PeriodScheme::Triennial(key.to_owned())),
                _ => Err("periods = \"fact:...\" is for frequency once or triennial".into()),
            },
            Some(("years", rest)) => match rest.split_once(':').map(|(n, key)| (n.parse::<u8>(), key)) {
                Some((Ok(years @ 1..=99), key)) => {
                    Ok(PeriodScheme::YearsFrom { fact: key.to_owned(), years })
                }
                _ => Err("periods = \"years:<n>:<fact>\" needs a number from 1 to 99 and a fact".into()),
            },
            None if text == "entity_year" => Ok(PeriodScheme::EntityYear),
            None if text == "reference_days" => {
                let mut days = Vec::new();
                due.each(&mut |e| {
                    if let Expr::ReferenceDates { refs } = e {
                        days.extend(refs.iter().map(|r| r.day));
                    }
                });
                days.sort_unstable();
                if days.is_empty() || days.iter().any(|d| !(1..=31).contains(d)) {
                    return Err("reference_days needs a reference_dates form with days 1 to 31".into());
                }
                Ok(PeriodScheme::ReferenceDays(days))
            }
            _ => Err(format!("'{text}' is not a way to cut time into periods")),
        };
    }
    match frequency {
        Frequency::Weekly => Ok(PeriodScheme::WeekEnding(4)),
        Frequency::Fortnightly => Ok(PeriodScheme::Fortnight),
        Frequency::Monthly => Ok(PeriodScheme::Month),
        Frequency::Quarterly => Ok(PeriodScheme::Quarter),
        Frequency::HalfYearly => Ok(PeriodScheme::HalfYear),
        Frequency::Annual => Ok(PeriodScheme::FinancialYear),
        Frequency::Event => Ok(PeriodScheme::Event),
        Frequency::Once | Frequency::Triennial => {
            Err("frequency once and triennial need periods = \"fact:<key>\", the date counted from".into())
        }
    }
}

/// 0 for Monday to 6 for Sunday.
pub(crate) fn weekday_number(text: &str) -> Result<u8, String> {
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        .iter()
        .position(|d| *d == text)
        .and_then(|n| u8::try_from(n).ok())
        .ok_or_else(|| format!("'{text}' is not a weekday; use mon to sun"))
}
