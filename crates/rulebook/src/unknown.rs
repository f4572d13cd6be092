//! Which facts are missing, so that a rule can neither be applied nor ruled out.

use crate::book::Rulebook;
use crate::law::PeriodScheme;
use crate::sheet::FactSheet;
use std::collections::BTreeSet;
use time::Date;

impl Rulebook {
    /// Pairs of (code, fact key): the rule would be planned by default, and this unknown fact decides whether it
    /// applies, or is the date it counts from.
    pub fn unknown_facts(&self, facts: &FactSheet, today: Date) -> Vec<(String, String)> {
        let mut out = Vec::new();
        for family in &self.families {
            let rules = &self.law.rules[family.clone()];
            let Some(rule) = rules.iter().find(|r| r.in_force_on(today)) else { continue };
            if !rule.enabled || rule.legacy || !rule.planned {
                continue;
            }
            let mut missing = BTreeSet::new();
            let answer = rule.applies_when.test(&|key| facts.get(key, today), &mut Some(&mut missing));
            match answer {
                None => out.extend(missing.into_iter().map(|key| (rule.code.clone(), key))),
                Some(true) => {
                    if let PeriodScheme::Once(key)
                    | PeriodScheme::Triennial(key)
                    | PeriodScheme::YearsFrom { fact: key, .. } = &rule.periods
                        && facts.date(key, Date::MAX).is_none()
                    {
                        out.push((rule.code.clone(), key.clone()));
                    }
                }
                Some(false) => {}
            }
        }
        out
    }
}
