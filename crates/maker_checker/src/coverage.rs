//! Whether somebody is left who can approve, on each of the coming days.

use crate::action::Action;
use crate::delegation::Delegation;
use crate::policy::Policy;
use kernel::id::UserId;
use kernel::{Date, Role};

/// A level that nobody could decide on some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Of which action.
    pub action: Action,
    /// Level, from 1.
    pub level: usize,
    /// First day without anybody.
    pub from: Date,
    /// Last day without anybody, as far as one looked.
    pub to: Date,
}

/// Looks `days` ahead. A person who is away counts only through a stand-in who is there. Levels are looked at one by one;
/// that one person cannot pass two of them is checked when the policy is made.
pub fn gaps(
    policies: &[Policy],
    people: &[(UserId, Role)],
    absences: &[Delegation],
    today: Date,
    days: u16,
) -> Vec<Gap> {
    let mut found = Vec::new();
    for policy in policies {
        for (at, level) in policy.levels.iter().enumerate() {
            let mut open: Option<(Date, Date)> = None;
            let mut day = today;
            for _ in 0..=days {
                if !covered(policy.action, level, people, absences, day) {
                    open = Some(open.map_or((day, day), |(from, _)| (from, day)));
                } else if open.is_some() {
                    break;
                }
                let Some(next) = day.next_day() else { break };
                day = next;
            }
            if let Some((from, to)) = open {
                found.push(Gap { action: policy.action, level: at + 1, from, to });
            }
        }
    }
    found
}

fn covered(
    action: Action,
    level: &crate::policy::Level,
    people: &[(UserId, Role)],
    absences: &[Delegation],
    day: Date,
) -> bool {
    let away = |user: UserId| absences.iter().any(|a| a.facts.from == user && a.covers(day));
    let here = |user: UserId| people.iter().any(|(id, _)| *id == user) && !away(user);
    people.iter().filter(|(user, role)| level.who.admits(*user, *role)).any(|(user, _)| {
        here(*user)
            || absences.iter().any(|a| {
                a.facts.from == *user && a.facts.to.is_some_and(|to| here(to) && a.lends(to, action, day))
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delegation::NewDelegation;
    use crate::policy::{Level, Who};
    use kernel::Id;
    use time::macros::date;

    fn absence(from: i64, to: Option<i64>, starts: Date, ends: Date) -> Delegation {
        let facts =
            NewDelegation { from: Id::new(from), to: to.map(Id::new), starts, ends, actions: Vec::new() };
        Delegation { id: Id::new(from), facts, ended_at: None }
    }

    #[test]
    fn a_planned_absence_of_the_only_checker_is_a_gap_until_somebody_stands_in() {
        let mut policy = Policy::standard(Action::ClientKyc);
        policy.levels = vec![Level { who: Who::Roles(vec![Role::Checker]), from_size: 0 }];
        let people = [(Id::new(1), Role::Checker), (Id::new(2), Role::Analyst), (Id::new(3), Role::Analyst)];
        let (from, to) = (date!(2026 - 11 - 25), date!(2026 - 11 - 27));
        let look = |absences: &[Delegation]| {
            gaps(std::slice::from_ref(&policy), &people, absences, date!(2026 - 11 - 21), 14)
        };
        assert!(look(&[]).is_empty());
        let gap = Gap { action: Action::ClientKyc, level: 1, from, to };
        assert_eq!(look(&[absence(1, None, from, to)]), std::slice::from_ref(&gap));
        assert!(look(&[absence(1, Some(2), from, to)]).is_empty());
        let both = [absence(1, Some(2), from, to), absence(2, Some(3), from, to)];
        assert_eq!(look(&both), [gap], "what is lent is not lent on");
        let late = date!(2026 - 12 - 20);
        assert!(look(&[absence(1, None, late, late)]).is_empty(), "too far ahead to alarm");
    }
}
