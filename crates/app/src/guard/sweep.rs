//! Lets what nobody decided lapse, and says days ahead when nobody could decide.

use super::submit::entry;
use super::{policies::policy_of, tell};
use crate::database::{Database, Tx, transact};
use kernel::id::UserId;
use kernel::{Actor, Clock, Permission, Role, StoreError};
use maker_checker::{Action, Policy, gaps};

/// How far ahead gaps are looked for.
const AHEAD: u16 = 14;
/// Proposals in one transaction.
const BATCH: i64 = 100;

/// All firms. Running it again does nothing new.
pub async fn sweep_all(db: &dyn Database, clock: &dyn Clock) -> Result<(), StoreError> {
    for tenant in db.tenants().await? {
        let actor = Actor::system(tenant, clock.now(), "approvals");
        transact(db, &actor, async |tx| sweep(tx, &actor).await).await?;
    }
    Ok(())
}

/// One firm.
pub async fn sweep<T: Tx + ?Sized>(tx: &mut T, actor: &Actor) -> Result<(), StoreError> {
    for id in tx.lapsed(actor.at, BATCH).await? {
        let Some(proposal) = tx.lock_proposal(id).await? else { continue };
        // Decided by somebody between the list and the lock.
        let Ok(over) = proposal.expire(actor.at) else { continue };
        tx.save_proposal(&over, None).await?;
        tx.record(entry("approvals.expire", &over, "let lapse, undecided in time")).await?;
        tell::maker(tx, actor, &over, "Lapsed undecided").await?;
    }
    let today = actor.today();
    let absences = tx.delegations(today).await?;
    if absences.is_empty() {
        return Ok(());
    }
    let own = tx.policies().await?;
    let policies: Vec<Policy> = Action::ALL.iter().map(|action| policy_of(&own, *action)).collect();
    let people = tx.users().await?;
    let active: Vec<(UserId, Role)> = people.iter().filter(|u| u.active).map(|u| (u.id, u.role)).collect();
    let may = |(user, role): &(UserId, Role)| role.allows(Permission::PoliciesEdit).then_some(*user);
    let told: Vec<UserId> = active.iter().filter_map(may).collect();
    for gap in gaps(&policies, &active, &absences, today, AHEAD) {
        let key = format!("{}/{}/{}", gap.action.as_str(), gap.level, gap.to);
        if tx.mark_alarm(&key, gap.to).await? {
            tell::gap(tx, actor, &gap, &told).await?;
        }
    }
    Ok(())
}
