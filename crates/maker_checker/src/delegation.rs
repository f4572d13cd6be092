//! Who stands in for whom, from when to when, for which actions.

use crate::action::Action;
use kernel::id::{DelegationId, UserId};
use kernel::moment::Instant;
use kernel::{Date, FieldErrors};

/// Longest absence that one entry covers, in days.
const MAX_DAYS: i64 = 366;

/// What somebody entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelegation {
    /// Who is away.
    pub from: UserId,
    /// Who decides meanwhile; none says only that the person is away.
    pub to: Option<UserId>,
    /// First day.
    pub starts: Date,
    /// Last day.
    pub ends: Date,
    /// For these actions; empty is all.
    pub actions: Vec<Action>,
}

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    /// Id within the firm.
    pub id: DelegationId,
    /// What it says.
    pub facts: NewDelegation,
    /// Ended before its last day.
    pub ended_at: Option<Instant>,
}

impl NewDelegation {
    /// Says what is wrong with it.
    pub fn checked(mut self, today: Date) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        if self.to == Some(self.from) {
            errors.add("toId", "Choose somebody else; nobody stands in for themselves.");
        }
        if self.ends < self.starts {
            errors.add("ends", "The last day is before the first day.");
        } else if self.ends < today {
            errors.add("ends", "This absence is over already.");
        } else if (self.ends - self.starts).whole_days() > MAX_DAYS {
            errors.add("ends", "Use at most one year.");
        }
        self.actions.sort();
        self.actions.dedup();
        errors.into_result().map(|()| self)
    }
}

impl Delegation {
    /// Whether the absence holds on the day.
    pub fn covers(&self, on: Date) -> bool {
        self.ended_at.is_none() && self.facts.starts <= on && on <= self.facts.ends
    }

    /// Whether it lets `user` decide about the action on the day. One step only: what is lent is not lent on.
    pub fn lends(&self, user: UserId, action: Action, on: Date) -> bool {
        self.facts.to == Some(user) && self.covers(on) && self.scopes(action)
    }

    /// Whether the action is in its scope.
    pub fn scopes(&self, action: Action) -> bool {
        self.facts.actions.is_empty() || self.facts.actions.contains(&action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Id;
    use time::macros::{date, datetime};

    fn entry() -> NewDelegation {
        NewDelegation {
            from: Id::new(1),
            to: Some(Id::new(2)),
            starts: date!(2026 - 12 - 01),
            ends: date!(2026 - 12 - 10),
            actions: vec![Action::ClientKyc],
        }
    }

    #[test]
    fn it_lends_within_its_days_and_scope_only() {
        let mut lent = Delegation { id: Id::new(1), facts: entry(), ended_at: None };
        let lends = |lent: &Delegation, user: i64, action, on| lent.lends(Id::new(user), action, on);
        assert!(lends(&lent, 2, Action::ClientKyc, date!(2026 - 12 - 01)));
        assert!(lends(&lent, 2, Action::ClientKyc, date!(2026 - 12 - 10)));
        assert!(!lends(&lent, 2, Action::ClientKyc, date!(2026 - 12 - 11)));
        assert!(!lends(&lent, 2, Action::Policy, date!(2026 - 12 - 05)));
        assert!(!lends(&lent, 3, Action::ClientKyc, date!(2026 - 12 - 05)));
        lent.ended_at = Some(datetime!(2026-12-02 06:00 UTC));
        assert!(!lends(&lent, 2, Action::ClientKyc, date!(2026 - 12 - 05)));
    }

    #[test]
    fn nobody_stands_in_for_themselves_or_backwards_in_time() {
        let today = date!(2026 - 11 - 21);
        assert!(entry().checked(today).is_ok());
        assert!(NewDelegation { to: Some(Id::new(1)), ..entry() }.checked(today).is_err());
        assert!(NewDelegation { ends: date!(2026 - 11 - 30), ..entry() }.checked(today).is_err());
        assert!(entry().checked(date!(2026 - 12 - 11)).is_err());
    }
}
