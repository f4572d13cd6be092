//! All rules in one list: filtered, sorted and counted.

use crate::library::RuleUse;
use filings::ReturnSetting;
use kernel::Date;
use rulebook::{Rule, RuleKind, Rulebook};
use std::collections::HashMap;

/// What a rule is by itself, whatever a firm decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleState {
    /// In force, or about to be.
    Active,
    /// The source is uncertain: shipped off.
    Off,
    /// No longer in force.
    Expired,
    /// A retired template that a firm may go on tracking.
    Legacy,
    /// No law asks for it.
    NonStatutory,
}

impl RuleState {
    /// Every state, in the order of the tabs.
    pub const ALL: [Self; 5] = [Self::Active, Self::Off, Self::Expired, Self::Legacy, Self::NonStatutory];

    /// Stable snake_case name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Off => "off",
            Self::Expired => "expired",
            Self::Legacy => "legacy",
            Self::NonStatutory => "non_statutory",
        }
    }

    /// Reads the stable name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The state of the newest version.
    pub fn of(rule: &Rule, today: Date) -> Self {
        if rule.non_statutory {
            Self::NonStatutory
        } else if rule.legacy {
            Self::Legacy
        } else if rule.effective_to.is_some_and(|to| to < today) {
            Self::Expired
        } else if rule.enabled {
            Self::Active
        } else {
            Self::Off
        }
    }
}

/// One rule of the list.
#[derive(Debug, Clone)]
pub struct CatalogueRow<'a> {
    /// The version in force, else the newest.
    pub rule: &'a Rule,
    /// What it is by itself.
    pub state: RuleState,
    /// When it is due, in words.
    pub due: String,
    /// Versions there are.
    pub versions: usize,
    /// Planned in this firm.
    pub tracked: bool,
    /// What the firm decided.
    pub own: Option<ReturnSetting>,
    /// Whom it touches.
    pub reach: RuleUse,
}

/// Which rules; values of one list are alternatives.
#[derive(Debug, Clone, Default)]
pub struct CatalogueFilter {
    /// Part of code, alias, name or instrument; every word has to be there.
    pub q: String,
    /// `RBI`, ...
    pub regulator: Vec<String>,
    /// `return`, ...
    pub kind: Vec<String>,
    /// `monthly`, ...
    pub frequency: Vec<String>,
    /// `P`, `S`, ...: one of the letters of the grade.
    pub grade: Vec<String>,
    /// What the rule is by itself.
    pub state: Vec<RuleState>,
    /// Planned in this firm, or not.
    pub tracked: Option<bool>,
    /// Only those about which the firm decided something.
    pub own: bool,
}

/// An order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CatalogueSort {
    /// By regulator.
    Regulator,
    /// By code.
    Code,
    /// By name.
    Title,
    /// By clients touched.
    Clients,
    /// By first day of the version.
    Effective,
}

/// The rules under a filter, and how many there are in each state under it without its states.
pub fn catalogue<'a>(
    rules: &'a Rulebook,
    settings: &[ReturnSetting],
    reach: Vec<RuleUse>,
    filter: &CatalogueFilter,
    sort: &[(CatalogueSort, bool)],
    today: Date,
) -> (Vec<CatalogueRow<'a>>, HashMap<RuleState, i64>) {
    let reach: HashMap<String, RuleUse> = reach.into_iter().map(|u| (u.code.clone(), u)).collect();
    let settings: HashMap<&str, &ReturnSetting> = settings.iter().map(|s| (s.code.as_str(), s)).collect();
    let mut rows = Vec::new();
    let mut counts = HashMap::new();
    for code in codes(rules) {
        let Some(rule) = rules.current(code, today).or_else(|| rules.versions(code).pop()) else { continue };
        let own = settings.get(code).filter(|s| s.decides()).map(|s| (*s).clone());
        let tracked = tracked(rule, own.as_ref());
        if !filter.takes(rule, tracked, own.is_some()) {
            continue;
        }
        let state = RuleState::of(rule, today);
        *counts.entry(state).or_insert(0) += 1;
        if !filter.state.is_empty() && !filter.state.contains(&state) {
            continue;
        }
        let due = if rule.planned { rules.due_words(rule) } else { String::new() };
        let versions = rules.versions(code).len();
        let reach = reach.get(code).cloned().unwrap_or_default();
        rows.push(CatalogueRow { rule, state, due, versions, tracked, own, reach });
    }
    rows.sort_by(|a, b| {
        let by = |key: CatalogueSort| match key {
            CatalogueSort::Regulator => a.rule.regulator.cmp(&b.rule.regulator),
            CatalogueSort::Code => a.rule.code.cmp(&b.rule.code),
            CatalogueSort::Title => a.rule.title.to_lowercase().cmp(&b.rule.title.to_lowercase()),
            CatalogueSort::Clients => a.reach.clients.cmp(&b.reach.clients),
            CatalogueSort::Effective => a.rule.effective_from.cmp(&b.rule.effective_from),
        };
        let chosen = sort.iter().map(|(key, turned)| if *turned { by(*key).reverse() } else { by(*key) });
        chosen.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then).then_with(|| by(CatalogueSort::Code))
    });
    (rows, counts)
}

/// Is the rule planned in a firm that decided this?
pub fn tracked(rule: &Rule, own: Option<&ReturnSetting>) -> bool {
    rule.planned && own.and_then(|s| s.enabled).unwrap_or(rule.enabled && !rule.legacy)
}

/// Every code once, in order.
fn codes(rules: &Rulebook) -> Vec<&str> {
    let mut codes: Vec<&str> = rules.rules().iter().map(|r| r.code.as_str()).collect();
    codes.dedup();
    codes
}

/// The values that the filters of the screen offer: regulators and frequencies that occur.
pub fn regulators(rules: &Rulebook) -> Vec<String> {
    let mut tags: Vec<String> = rules.rules().iter().map(|r| r.regulator.clone()).collect();
    tags.sort_unstable();
    tags.dedup();
    tags
}

/// A sort of duty by its stable name.
pub fn parse_kind(text: &str) -> Option<RuleKind> {
    use RuleKind::{Grievance, Kyc, Licence, Obligation, Return};
    [Return, Licence, Obligation, Kyc, Grievance].into_iter().find(|kind| kind.as_str() == text)
}

impl CatalogueFilter {
    fn takes(&self, rule: &Rule, tracked: bool, own: bool) -> bool {
        let one_of = |list: &[String], value: &str| list.is_empty() || list.iter().any(|v| v == value);
        one_of(&self.regulator, &rule.regulator)
            && one_of(&self.kind, rule.kind.as_str())
            && one_of(&self.frequency, rule.frequency.as_str())
            && (self.grade.is_empty()
                || rule.confidence.split('/').any(|g| self.grade.iter().any(|v| v == g)))
            && self.tracked.is_none_or(|wanted| wanted == tracked)
            && (!self.own || own)
            && self.finds(rule)
    }

    fn finds(&self, rule: &Rule) -> bool {
        let text = || {
            let names = rule.aliases.join(" ");
            format!("{} {names} {} {}", rule.code, rule.title, rule.cited).to_lowercase()
        };
        self.q.trim().is_empty() || {
            let text = text();
            self.q.to_lowercase().split_whitespace().all(|word| text.contains(word))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    const TODAY: Date = date!(2026 - 11 - 21);

    fn list(filter: &CatalogueFilter, settings: &[ReturnSetting]) -> Vec<String> {
        let (rows, _) = catalogue(Rulebook::shipped(), settings, Vec::new(), filter, &[], TODAY);
        rows.into_iter().map(|row| row.rule.code.clone()).collect()
    }

    #[test]
    fn every_code_is_there_once_and_in_one_state() {
        let filter = CatalogueFilter::default();
        let (rows, counts) = catalogue(Rulebook::shipped(), &[], Vec::new(), &filter, &[], TODAY);
        assert_eq!(rows.len() as i64, counts.values().sum::<i64>());
        assert!(RuleState::ALL.iter().all(|state| counts.get(state).is_some_and(|n| *n > 0)), "{counts:?}");
        assert!(rows.iter().all(|row| row.state != RuleState::Off || !row.tracked));
    }

    #[test]
    fn words_are_looked_for_in_code_name_and_instrument() {
        let q = |text: &str| list(&CatalogueFilter { q: text.into(), ..CatalogueFilter::default() }, &[]);
        assert_eq!(q("dnbs01"), ["DNBS01"]);
        assert!(q("important FINANCIAL").contains(&"DNBS01".to_owned()));
        assert!(q("no such thing").is_empty());
    }

    #[test]
    fn the_firms_decision_makes_an_uncertain_rule_tracked() {
        let own = ReturnSetting { code: "CIC-FORT".into(), enabled: Some(true), ..ReturnSetting::default() };
        let filter = CatalogueFilter { tracked: Some(true), own: true, ..CatalogueFilter::default() };
        assert!(list(&filter, &[]).is_empty());
        assert_eq!(list(&filter, &[own]), ["CIC-FORT"]);
    }
}
