//! The obligations that a firm gives itself, in the form in which the evaluator reads law. They are not law.

use kernel::id::ClientId;
use rulebook::{FactSheet, PlanRequest, PlannedFiling, Rulebook};
use std::collections::{BTreeMap, BTreeSet};

/// A firm's internal returns as rules.
#[derive(Debug)]
pub struct FirmBook {
    /// The rules, with the calendars and vocabularies of the shipped library.
    pub book: Rulebook,
    /// Wordings that are meant for some clients only, by the id of the rule.
    pub chosen: BTreeMap<String, BTreeSet<ClientId>>,
    /// Changes when any of it changes.
    pub digest: String,
}

impl FirmBook {
    /// Whether a code is that of an internal return.
    pub fn holds(code: &str) -> bool {
        code.starts_with(rulebook::INTERNAL_PREFIX)
    }

    /// What the firm asks of a client, as the request wants it.
    pub fn plan(&self, client: ClientId, facts: &FactSheet, request: &PlanRequest) -> Vec<PlannedFiling> {
        // Off by themselves, as all that is not law; the firm that wrote them wants them.
        let enabled = self.book.rules().iter().map(|rule| rule.code.clone()).collect();
        let request = PlanRequest { enabled, disabled: BTreeSet::new(), ..request.clone() };
        let mut planned = self.book.plan(facts, &request);
        planned.retain(|filing| self.means(&filing.rule_id, client));
        planned
    }

    /// Whether a wording means this client.
    pub fn means(&self, rule_id: &str, client: ClientId) -> bool {
        self.chosen.get(rule_id).is_none_or(|clients| clients.contains(&client))
    }
}
