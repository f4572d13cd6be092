//! What a change to the firm's rules would do, without doing it: the same reconciliation as planning, for one return.

use crate::database::Tx;
use crate::facts::fact_sheet;
use crate::planning::{Span, decide_one};
use clients::import::ClientRecord;
use filings::plan::Policy;
use filings::status::{FilingStatus, status_on};
use filings::{Filing, PlanChange, PlanDiff};
use kernel::id::ClientId;
use kernel::{Actor, Date, StoreError};
use rulebook::Rulebook;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// Clients that a preview looks at; of a larger firm it tells "at least".
pub const MOST_CLIENTS: i64 = 10_000;

/// Clients read together.
const AT_ONCE: usize = 500;

/// What would happen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// Filings that would be planned, or planned again.
    pub planned: i64,
    /// Open filings that would come off the plan.
    pub withdrawn: i64,
    /// Open filings whose internal target would move.
    pub targets: i64,
    /// Open filings whose checklist would grow or shrink.
    pub checklists: i64,
    /// Open filings that would count as breached.
    pub breached: i64,
    /// Open filings that would no longer count as breached.
    pub no_longer_breached: i64,
    /// Clients with a filing that changes.
    pub clients: i64,
    /// The first dates that would be planned.
    pub first_dates: Vec<Date>,
    /// Clients that were looked at.
    pub looked_at: i64,
    /// Clients of the firm.
    pub of: i64,
}

/// Works out what planning with `policy` would do to one return. Nothing is written and nothing is locked.
pub async fn effect_of<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    code: &str,
    mut policy: Policy,
) -> Result<Effect, StoreError> {
    let rules = Rulebook::shipped();
    // Only circulars that cover the return bear on it.
    policy.relaxations.retain(|r| r.scope.codes.iter().any(|c| c == code));
    let span = Span::of(actor, &policy).only(code);
    let (ids, of) = tx.some_clients(MOST_CLIENTS).await?;
    let mut effect = Effect { looked_at: count(ids.len()), of, ..Effect::default() };
    let mut first_dates = BTreeSet::new();
    for ids in ids.chunks(AT_ONCE) {
        let records: Vec<ClientRecord> = tx.records_of(ids).await?;
        let mut existing: HashMap<ClientId, Vec<Filing>> = HashMap::new();
        for filing in tx.filings_of_code(code, ids).await? {
            existing.entry(filing.client).or_default().push(filing);
        }
        for record in records {
            let client = &record.client;
            let sheet = fact_sheet(rules, client, &record.registrations, &record.facts, &record.events);
            let filings = existing.remove(&client.id).unwrap_or_default();
            let diff = decide_one(tx, &span, client, &sheet, filings, rules, &policy).await?;
            first_dates.extend(diff.added.iter().filter_map(|new| new.legal_due));
            while first_dates.len() > 5 {
                first_dates.pop_last();
            }
            effect.add(&diff, actor.today());
        }
    }
    effect.first_dates = first_dates.into_iter().collect();
    Ok(effect)
}

impl Effect {
    fn add(&mut self, diff: &PlanDiff, today: Date) {
        self.planned += count(diff.added.len() + diff.revived.len());
        self.withdrawn += count(diff.withdrawn.len());
        let mut touched = !diff.added.is_empty() || !diff.revived.is_empty() || !diff.withdrawn.is_empty();
        for PlanChange { before, after, .. } in &diff.moved {
            let breached = |f: &Filing| status_on(f, today) == Some(FilingStatus::Breached);
            let (was, is) = (breached(before), breached(after));
            let target = before.target_due != after.target_due;
            let items = before.firm_items != after.firm_items;
            self.breached += i64::from(!was && is);
            self.no_longer_breached += i64::from(was && !is);
            self.targets += i64::from(target);
            self.checklists += i64::from(items);
            touched |= was != is || target || items;
        }
        self.clients += i64::from(touched);
    }
}

pub(crate) fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
