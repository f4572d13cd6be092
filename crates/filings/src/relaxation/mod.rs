//! Relaxations: what a regulator's circular does to many due dates at once, laid over the dates that the rules give.
//! The rule's own dates stay beneath; whose dates are in force follows from the standing relaxations alone, so planning,
//! applying and undoing all come to the same answer.

pub mod check;
pub mod decide;
pub mod late;
pub mod overlay;
pub mod ports;
pub mod words;

pub use check::{Draft, check};
pub use decide::{Counts, Decision, Outcome, StaysBecause, decide};
pub use late::{late_cost, late_sums};
pub use overlay::{FreeUntil, Relaxed, Relief, RuleDates, relieve};
pub use ports::{ClosedInScope, RelaxationRow, Relaxations, ScopedFiling};

use kernel::Date;
use kernel::id::{ClientId, RelaxationId, UserId};
use kernel::moment::Instant;
use std::collections::BTreeSet;

/// Filings that one relaxation moves at most: all of them change in one transaction.
pub const MAX_FILINGS: usize = 20_000;

/// What a circular gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// This date instead of any earlier one.
    NewDate(Date),
    /// So many days more than the rule gives.
    ExtraDays(u16),
    /// The due date stays; no additional fee is charged for a filing made by then. Penalties are another thing and run on.
    NoLateCost {
        /// The last day without the fee.
        until: Date,
        /// Filed after it, days of the fee count from the due date as if there had been no relief.
        counts_from_due: bool,
    },
}

impl Effect {
    /// Where a date goes; none for an effect that moves no dates.
    pub fn moves(self, date: Date) -> Option<Date> {
        match self {
            Self::NewDate(to) => Some(to.max(date)),
            Self::ExtraDays(days) => date.checked_add(time::Duration::days(i64::from(days))),
            Self::NoLateCost { .. } => None,
        }
    }
}

/// The circular behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circular {
    /// `General Circular 07/2026`.
    pub number: String,
    /// Its date: what was late by then stays late unless it names past dates.
    pub on: Date,
    /// Where to read it; `https` only.
    pub url: Option<String>,
}

/// Whose filings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Whose {
    /// Every client's.
    #[default]
    All,
    /// These clients'.
    These(Vec<ClientId>),
    /// The clients that the store keeps with the relaxation.
    Listed(RelaxationId),
}

/// Which filings a relaxation covers. Lists that are empty do not narrow it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// Returns.
    pub codes: Vec<String>,
    /// Periods that end on or after this day.
    pub period_from: Option<Date>,
    /// Periods that end on or before it.
    pub period_to: Option<Date>,
    /// Periods by their key.
    pub period_keys: Vec<String>,
    /// Clients by name.
    pub whose: Whose,
    /// Clients by legal form.
    pub entity_types: Vec<String>,
    /// Clients with one of these registrations in force, `RBI:NBFC-ICC`.
    pub registrations: Vec<String>,
}

/// What decides whether a client is meant.
#[derive(Debug, Clone, Default)]
pub struct ClientMark {
    /// Legal form.
    pub entity_type: String,
    /// Registrations in force today.
    pub registrations: BTreeSet<String>,
    /// Relaxations that list this client.
    pub listed_by: Vec<RelaxationId>,
}

impl Scope {
    /// Whether the client is meant.
    pub fn means(&self, client: ClientId, mark: &ClientMark) -> bool {
        let listed = match &self.whose {
            Whose::All => true,
            Whose::These(ids) => ids.contains(&client),
            Whose::Listed(id) => mark.listed_by.contains(id),
        };
        listed
            && (self.entity_types.is_empty() || self.entity_types.contains(&mark.entity_type))
            && (self.registrations.is_empty()
                || self.registrations.iter().any(|r| mark.registrations.contains(r)))
    }

    /// Whether the return and period are meant.
    pub fn covers(&self, code: &str, period_key: &str, period_end: Date) -> bool {
        self.codes.iter().any(|c| c == code)
            && self.period_from.is_none_or(|from| from <= period_end)
            && self.period_to.is_none_or(|to| period_end <= to)
            && (self.period_keys.is_empty() || self.period_keys.iter().any(|key| key == period_key))
    }
}

/// How a relaxation was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// Who.
    pub by: Option<UserId>,
    /// When.
    pub at: Instant,
    /// Why.
    pub reason: String,
}

/// One circular, carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relaxation {
    /// Id within the firm.
    pub id: RelaxationId,
    /// `MCA`.
    pub regulator: String,
    /// What it covers.
    pub scope: Scope,
    /// What it gives.
    pub effect: Effect,
    /// It names dates that had passed already, so late filings become on time.
    pub names_past: bool,
    /// The circular.
    pub circular: Circular,
    /// For colleagues.
    pub note: String,
    /// Why the firm carries it out.
    pub reason: String,
    /// Who carried it out.
    pub applied_by: Option<UserId>,
    /// When.
    pub applied_at: Instant,
    /// Taken back.
    pub undone: Option<Undone>,
}

/// Standing relaxations in the order in which they take effect: by the circular's date, then as they were entered.
pub fn in_order<'a>(all: impl IntoIterator<Item = &'a Relaxation>) -> Vec<&'a Relaxation> {
    let mut ordered: Vec<&Relaxation> = all.into_iter().filter(|r| r.undone.is_none()).collect();
    ordered.sort_by_key(|r| (r.circular.on, r.id));
    ordered
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use kernel::Id;
    use time::macros::{date, datetime};

    /// AOC-4 for 2025-26 to 30 November, by a circular of 28 October.
    pub(crate) fn to_november(id: i64) -> Relaxation {
        Relaxation {
            id: Id::new(id),
            regulator: "MCA".into(),
            scope: Scope {
                codes: vec!["MCA-AOC4".into()],
                period_from: Some(date!(2026 - 03 - 31)),
                period_to: Some(date!(2026 - 03 - 31)),
                ..Scope::default()
            },
            effect: Effect::NewDate(date!(2026 - 11 - 30)),
            names_past: false,
            circular: Circular {
                number: "General Circular 07/2026".into(),
                on: date!(2026 - 10 - 28),
                url: None,
            },
            note: String::new(),
            reason: "Circular received".into(),
            applied_by: None,
            applied_at: datetime!(2026-10-28 12:00 UTC),
            undone: None,
        }
    }

    #[test]
    fn a_scope_is_return_period_and_client_together() {
        let mut scope = to_november(1).scope;
        assert!(scope.covers("MCA-AOC4", "2025-26", date!(2026 - 03 - 31)));
        assert!(!scope.covers("MCA-MGT7", "2025-26", date!(2026 - 03 - 31)));
        assert!(!scope.covers("MCA-AOC4", "2026-27", date!(2027 - 03 - 31)));
        scope.period_keys = vec!["2024-25".into()];
        assert!(!scope.covers("MCA-AOC4", "2025-26", date!(2026 - 03 - 31)));

        let mut mark = ClientMark { entity_type: "llp".into(), ..ClientMark::default() };
        mark.registrations.insert("RBI:NBFC-ICC".into());
        mark.listed_by.push(Id::new(4));
        let client = Id::new(9);
        assert!(scope.means(client, &mark), "no narrowing means everybody");
        scope.entity_types = vec!["public_company".into()];
        assert!(!scope.means(client, &mark));
        scope.entity_types.push("llp".into());
        scope.registrations = vec!["RBI:NBFC-ICC".into(), "RBI:HFC".into()];
        assert!(scope.means(client, &mark), "one of several registrations is enough");
        scope.whose = Whose::These(vec![Id::new(8)]);
        assert!(!scope.means(client, &mark));
        scope.whose = Whose::Listed(Id::new(4));
        assert!(scope.means(client, &mark));
    }
}
