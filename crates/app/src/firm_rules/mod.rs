//! What a firm sets beside the law: its decisions per return, and the obligations that it gives itself.

pub mod change;
pub mod effect;
pub mod internal;
pub mod ports;

pub use change::{
    RetireInternal, WriteInternal, preview_internal, preview_retiring, retire_internal, write_internal,
};
pub use effect::Effect;
pub use internal::{DueRule, InternalReturn, Version, Wording};
pub use ports::{BreachShift, FirmRulesStore};

use crate::database::Tx;
use filings::checklist::Given;
use filings::plan::Policy;
use filings::settings::target_step;
use filings::{Filing, FilingRow, FirmBook, ReturnSetting};
use kernel::{Actor, Date, StoreError};
use rulebook::{EventRef, FactSheet, Query, Rule, Rulebook, Step};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The rules as one firm reads them: the shipped law, its settings beside it, and its own returns.
#[derive(Debug, Clone, Default)]
pub struct FirmRules {
    /// What it decided, per return.
    pub settings: BTreeMap<String, ReturnSetting>,
    /// Its own returns; none when it wrote none.
    pub internal: Option<Arc<FirmBook>>,
}

/// What a filing is, as far as its reasons go.
#[derive(Debug, Clone, Copy)]
pub struct Explained<'a> {
    /// `DNBS01`.
    pub code: &'a str,
    /// Key of its period.
    pub period_key: &'a str,
    /// Last day of its period.
    pub period_end: Date,
    /// The legal date in force.
    pub legal_due: Option<Date>,
    /// The internal date.
    pub target_due: Option<Date>,
}

impl<'a> From<&'a FilingRow> for Explained<'a> {
    fn from(row: &'a FilingRow) -> Self {
        Self {
            code: &row.code,
            period_key: &row.period_key,
            period_end: row.period_end,
            legal_due: row.legal_due,
            target_due: row.target_due,
        }
    }
}

impl<'a> Explained<'a> {
    /// Of a filing, whose period ends on this day.
    pub fn of(filing: &'a Filing, period_end: Date) -> Self {
        Self {
            code: &filing.code,
            period_key: &filing.period_key,
            period_end,
            legal_due: filing.legal_due,
            target_due: filing.target_due,
        }
    }
}

impl FirmRules {
    /// Loads them in the transaction.
    pub async fn load<T: Tx + ?Sized>(tx: &mut T) -> Result<Self, StoreError> {
        let settings = tx.return_settings().await?.into_iter().map(|s| (s.code.clone(), s)).collect();
        let internal = internal::book_of(&tx.internal_returns().await?)?;
        Ok(Self { settings, internal: internal.map(Arc::new) })
    }

    /// The book that has a code: the law, or the firm's own.
    pub fn book(&self, code: &str) -> &Rulebook {
        let own = self.internal.as_deref().filter(|_| FirmBook::holds(code));
        own.map_or(Rulebook::shipped(), |firm| &firm.book)
    }

    /// The rule that dated a filing; the newest of the code when that version is gone.
    pub fn rule_of(&self, code: &str, rule_id: &str) -> Option<&Rule> {
        crate::filings::rule_of(self.book(code), code, rule_id)
    }

    /// The checklist of a filing: what the rule says, and what the firm adds for the return.
    pub fn checklist(&self, code: &str, rule_id: &str) -> Given {
        Given {
            shipped: self.rule_of(code, rule_id).map(|r| r.checklist.clone()).unwrap_or_default(),
            firm: self.settings.get(code).map(|s| s.checklist.clone()).unwrap_or_default(),
        }
    }

    /// Why a filing has its dates, over a record that is loaded already: the rule's steps, then the firm's own target.
    pub fn steps(&self, sheet: &FactSheet, actor: &Actor, filing: Explained<'_>) -> Vec<Step> {
        let key = filing.period_key;
        let event =
            key.strip_prefix('E').and_then(|key| key.rsplit_once('-')).and_then(|(_, id)| id.parse().ok());
        let query = Query {
            period_end: Some(filing.period_end),
            event: event.map(EventRef::Id),
            today: Some(actor.today()),
            ..Query::default()
        };
        let book = self.book(filing.code);
        let mut steps = book.evaluate(filing.code, sheet, &query).map(|e| e.steps).unwrap_or_default();
        let dates = (filing.legal_due, filing.target_due, filing.period_end);
        steps.extend(target_step(dates, self.settings.get(filing.code), book));
        steps
    }
}

/// What distinguishes plans: the law, and everything that a firm set that planning reads. A firm that set nothing has
/// the digest of the law.
pub fn plan_digest(rules: &Rulebook, policy: &Policy) -> String {
    let deciding: Vec<_> = policy
        .settings
        .values()
        .filter(|s| s.decides())
        .map(|s| (&s.code, s.enabled, s.breach_after_days, s.target, s.checklist.len()))
        .collect();
    let internal = policy.internal.as_deref().map(|firm| firm.digest.as_str());
    if deciding.is_empty()
        && internal.is_none()
        && policy.breach_after_days == filings::settings::RULE_DEFAULT_BREACH
    {
        return rules.digest().to_owned();
    }
    let text = format!("{} {deciding:?} {internal:?}", policy.breach_after_days);
    format!("{}+{:016x}", rules.digest(), fnv(&text))
}

/// FNV-1a: not for secrets, only to notice a change.
pub(crate) fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use filings::OwnTarget;

    #[test]
    fn the_digest_follows_what_planning_reads_and_nothing_else() {
        let rules = Rulebook::shipped();
        let plain = Policy { breach_after_days: 7, ..Policy::default() };
        assert_eq!(plan_digest(rules, &plain), rules.digest());
        let with = |setting: ReturnSetting| {
            let settings = BTreeMap::from([(setting.code.clone(), setting)]);
            plan_digest(rules, &Policy { settings, ..plain.clone() })
        };
        let none = ReturnSetting::none("DNBS01");
        assert_eq!(
            with(ReturnSetting { version: 4, reason: "undone".into(), ..none.clone() }),
            rules.digest()
        );
        let target = ReturnSetting { target: Some(OwnTarget::DaysBefore(3)), ..none.clone() };
        let said = [
            with(target.clone()),
            with(ReturnSetting { target: Some(OwnTarget::DaysBefore(4)), ..none.clone() }),
            with(ReturnSetting { enabled: Some(false), ..none.clone() }),
            with(ReturnSetting { checklist: vec!["One more".into()], ..none.clone() }),
            with(ReturnSetting { breach_after_days: Some(7), ..none }),
            plan_digest(rules, &Policy { breach_after_days: 8, ..plain.clone() }),
            rules.digest().to_owned(),
        ];
        let different: std::collections::BTreeSet<_> = said.iter().collect();
        assert_eq!(different.len(), said.len());
        assert_eq!(
            with(target.clone()),
            with(ReturnSetting { reason: "said again".into(), version: 9, ..target })
        );
    }
}
