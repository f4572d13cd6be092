//! Which levels a change has to pass.

use super::GuardError;
use crate::database::Tx;
use kernel::{Actor, Counted, Feature, Permission, StoreError};
use maker_checker::{Action, Level, Policy};

/// The firm's own policy for an action, or the standard one.
pub fn policy_of(own: &[Policy], action: Action) -> Policy {
    own.iter().find(|p| p.action == action).cloned().unwrap_or_else(|| Policy::standard(action))
}

/// All policies, in the order of the screen.
pub async fn all_policies<T: Tx + ?Sized>(tx: &mut T, actor: &Actor) -> Result<Vec<Policy>, GuardError> {
    actor.require(Permission::ApprovalsView)?;
    let own = tx.policies().await?;
    Ok(Action::ALL.iter().map(|action| policy_of(&own, *action)).collect())
}

/// How many levels the firm's plan allows; -1 is any number, 0 is no four eyes.
pub fn most_levels(actor: &Actor) -> i64 {
    match actor.entitlements.require(Feature::MakerChecker) {
        Ok(()) => actor.entitlements.limit(Counted::ApprovalLevels).get(),
        Err(_) => 0,
    }
}

/// The first of the actions that has to wait, with its policy and levels; none when it applies at once.
pub(super) async fn demanded<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    actions: &[Action],
    size: i64,
) -> Result<Option<(Policy, Vec<Level>)>, StoreError> {
    let own = tx.policies().await?;
    for action in actions {
        let policy = policy_of(&own, *action);
        let levels = policy.levels_for(size, most_levels(actor));
        if levels.is_empty() || (policy.version == 0 && alone(tx, actor, &levels).await?) {
            continue;
        }
        return Ok(Some((policy, levels)));
    }
    Ok(None)
}

/// The standard holds where it can be kept: a firm in which nobody else could approve would be locked out of its own
/// records, and out of this setting. What a firm decides itself always holds.
async fn alone<T: Tx + ?Sized>(tx: &mut T, actor: &Actor, levels: &[Level]) -> Result<bool, StoreError> {
    let people = tx.users().await?;
    let others = || people.iter().filter(|u| u.active && Some(u.id) != actor.user);
    Ok(!levels.iter().all(|level| others().any(|u| level.who.admits(u.id, u.role))))
}
