//! What a firm decided about one action: how many people must agree, which, until when, and from which size on.

use crate::action::Action;
use kernel::id::UserId;
use kernel::{FieldErrors, Id, Role};
use serde_json::{Value, json};

/// More levels than this help nobody.
pub const MAX_LEVELS: usize = 5;
/// Longest life of a proposal, in days.
pub const MAX_DAYS: u16 = 90;

/// Who may approve at a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Anybody with one of these roles.
    Roles(Vec<Role>),
    /// These people.
    People(Vec<UserId>),
}

impl Who {
    /// Whether the person may.
    pub fn admits(&self, user: UserId, role: Role) -> bool {
        match self {
            Who::Roles(roles) => roles.contains(&role),
            Who::People(people) => people.contains(&user),
        }
    }
}

/// One pair of eyes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Who may approve here.
    pub who: Who,
    /// Only for changes of at least this size; 0 is all. A number of records, or rupees where the action has an amount.
    pub from_size: i64,
}

/// The firm's decision about one action. No level: it applies at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// What it is about.
    pub action: Action,
    /// One after the other.
    pub levels: Vec<Level>,
    /// Days after which an undecided proposal lapses. Lapsing refuses, it never approves.
    pub expires_after_days: u16,
    /// Whether the maker must say why.
    pub reason_required: bool,
    /// For optimistic saving; 0 while nobody changed it.
    pub version: i64,
}

impl Policy {
    /// What a firm has until it decides otherwise: one more person for everything; for sheets, from 100 clients on.
    pub fn standard(action: Action) -> Self {
        let deciders = match action {
            Action::Policy | Action::Access | Action::ApiKey => vec![Role::PrincipalOfficer, Role::Admin],
            _ => vec![Role::Checker, Role::PrincipalOfficer, Role::Admin],
        };
        let from_size = if action == Action::Import { 100 } else { 0 };
        Self {
            action,
            levels: vec![Level { who: Who::Roles(deciders), from_size }],
            expires_after_days: if matches!(action, Action::FilingFiled | Action::FilingClosed) {
                7
            } else {
                14
            },
            reason_required: false,
            version: 0,
        }
    }

    /// The levels that a change of this size passes. `most` is what the plan allows; -1 is any number.
    pub fn levels_for(&self, size: i64, most: i64) -> Vec<Level> {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        self.levels.iter().filter(|level| size >= level.from_size).take(most).cloned().collect()
    }

    /// Says what is wrong. `people` are the active persons of the firm with their roles.
    pub fn checked(self, people: &[(UserId, Role)]) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        if self.levels.len() > MAX_LEVELS {
            errors.add("levels", format!("Use at most {MAX_LEVELS} levels."));
        }
        if !(1..=MAX_DAYS).contains(&self.expires_after_days) {
            errors.add("expiresAfterDays", format!("Use 1 to {MAX_DAYS} days."));
        }
        for (at, level) in self.levels.iter().enumerate() {
            let field = format!("levels.{at}");
            if level.from_size < 0 {
                errors.add(&field, "A size counts from 0.");
            }
            match &level.who {
                Who::Roles(roles) if roles.is_empty() => errors.add(&field, "Choose at least one role."),
                Who::People(named) if named.is_empty() => errors.add(&field, "Choose at least one person."),
                Who::People(named) if !named.iter().all(|id| people.iter().any(|(user, _)| user == id)) => {
                    errors.add(&field, "Choose active people of your firm.");
                }
                _ => {}
            }
        }
        // Somebody besides the maker has to be left at each level, and nobody may decide two of them.
        let mut needed = 0;
        for (at, level) in self.levels.iter().enumerate() {
            needed += 1;
            let able = people.iter().filter(|(user, role)| level.who.admits(*user, *role)).count();
            if able == 0 && errors.is_empty() {
                errors.add(&format!("levels.{at}"), "Nobody in your firm could approve this.");
            }
        }
        if needed > 0 && people.len() <= needed && errors.is_empty() {
            errors.add(
                "levels",
                format!("{needed} approvals need {} people; your firm has {}.", needed + 1, people.len()),
            );
        }
        errors.into_result().map(|()| self)
    }
}

/// Levels as the store and the frozen proposal keep them.
pub fn levels_json(levels: &[Level]) -> Value {
    levels
        .iter()
        .map(|level| match &level.who {
            Who::Roles(roles) => {
                let roles: Vec<&str> = roles.iter().map(|r| r.as_str()).collect();
                json!({ "roles": roles, "fromSize": level.from_size })
            }
            Who::People(people) => {
                let people: Vec<i64> = people.iter().map(|p| p.get()).collect();
                json!({ "people": people, "fromSize": level.from_size })
            }
        })
        .collect()
}

/// Reads them back; none when the text is not what [`levels_json`] writes.
pub fn levels_from(value: &Value) -> Option<Vec<Level>> {
    value.as_array()?.iter().map(level_from).collect()
}

fn level_from(value: &Value) -> Option<Level> {
    let who = match (value["roles"].as_array(), value["people"].as_array()) {
        (Some(roles), None) => {
            Who::Roles(roles.iter().map(|r| r.as_str().and_then(Role::parse)).collect::<Option<_>>()?)
        }
        (None, Some(people)) => {
            Who::People(people.iter().map(|p| p.as_i64().map(Id::new)).collect::<Option<_>>()?)
        }
        _ => return None,
    };
    Some(Level { who, from_size: value["fromSize"].as_i64()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(roles: &[Role], from_size: i64) -> Level {
        Level { who: Who::Roles(roles.to_vec()), from_size }
    }

    #[test]
    fn a_band_adds_a_level_and_the_plan_caps_them() {
        let mut policy = Policy::standard(Action::Relaxation);
        policy.levels.push(level(&[Role::Admin], 100));
        assert_eq!(policy.levels_for(99, -1).len(), 1);
        assert_eq!(policy.levels_for(100, -1).len(), 2);
        assert_eq!(policy.levels_for(100, 1).len(), 1);
        assert!(policy.levels_for(100, 0).is_empty(), "a plan without four eyes has no levels");
    }

    #[test]
    fn a_level_that_nobody_can_pass_is_refused() {
        let people = [(Id::new(1), Role::Admin), (Id::new(2), Role::Analyst)];
        let mut policy = Policy::standard(Action::ClientKyc);
        assert!(policy.clone().checked(&people).is_ok());
        policy.levels = vec![level(&[Role::Checker], 0)];
        let errors = policy.clone().checked(&people).unwrap_err();
        assert!(errors.first().unwrap().contains("Nobody"), "{errors:?}");
        policy.levels = vec![level(&[Role::Admin], 0), level(&[Role::Admin], 0)];
        let errors = policy.clone().checked(&people).unwrap_err();
        assert!(errors.first().unwrap().contains("need 3 people"), "{errors:?}");
        policy.levels = vec![Level { who: Who::People(vec![Id::new(9)]), from_size: 0 }];
        assert!(policy.checked(&people).is_err());
    }

    #[test]
    fn levels_survive_the_store() {
        let levels = vec![
            level(&[Role::Checker, Role::Admin], 0),
            Level { who: Who::People(vec![Id::new(4)]), from_size: 50 },
        ];
        assert_eq!(levels_from(&levels_json(&levels)), Some(levels));
        assert_eq!(levels_from(&json!([{ "roles": ["king"], "fromSize": 0 }])), None);
    }
}
