//! Works out what a firm's licence comes to, and puts it where every session of the firm reads it.

use crate::database::{Database, Tx, transact};
use kernel::entitlements::Entitlements;
use kernel::id::ClientId;
use kernel::moment::Instant;
use kernel::{Actor, Clock, Counted, StoreError};
use licensing::entitlements;
use std::collections::BTreeSet;
use time::Duration;

/// The latest instant seen is written this often; a clock that is turned back gains no more than this.
const SEEN_EVERY: Duration = Duration::hours(1);

/// Works it out anew. With fewer clients allowed than there are, those beyond the limit become read-only: the ones that
/// the firm chose, or else the newest. Sessions of all replicas see it with their next request.
pub async fn refresh<T: Tx + ?Sized>(tx: &mut T, at: Instant) -> Result<Entitlements, StoreError> {
    let plans = tx.plans().await?;
    let mut licence = tx.lock_licence().await?;
    if at > licence.seen_at + SEEN_EVERY {
        licence.seen_at = at;
        tx.save_licence(&licence).await?;
    }
    let overrides = tx.overrides().await?;
    let in_use = tx.regulators_in_use().await?;
    let worked_out = entitlements(&plans, &licence, &overrides, &in_use, false, licence.seen_at.max(at));
    let mut now =
        worked_out.ok_or_else(|| StoreError::Other(format!("no plan is called {}", licence.plan)))?;
    now.holds = hold_excess(tx, &now).await?;
    let before = tx.firm_entitlements().await?;
    if before.as_ref() != Some(&now) {
        tx.save_entitlements(&now).await?;
        if before.as_ref().is_some_and(|before| before.regulators != now.regulators) {
            tx.forget_plans().await?;
        }
    }
    Ok(now)
}

/// Keeps as many clients read-only as there are too many. Answers whether there are any.
async fn hold_excess<T: Tx + ?Sized>(tx: &mut T, now: &Entitlements) -> Result<bool, StoreError> {
    let limit = now.limit(Counted::Clients);
    let held = tx.held_clients().await?;
    if limit.is_unlimited() {
        if !held.is_empty() {
            tx.hold_clients(&[]).await?;
        }
        return Ok(false);
    }
    let counted = tx.counted_clients().await?;
    let excess = limit.excess(i64::try_from(counted.len()).unwrap_or(i64::MAX));
    let excess = usize::try_from(excess).unwrap_or(0);
    let chosen: BTreeSet<ClientId> = held.iter().copied().collect();
    let newest = counted.iter().rev().filter(|id| !chosen.contains(id));
    let still = counted.iter().rev().filter(|id| chosen.contains(id));
    let mut hold: Vec<ClientId> = still.chain(newest).take(excess).copied().collect();
    hold.sort_unstable();
    if hold != held {
        tx.hold_clients(&hold).await?;
    }
    Ok(!hold.is_empty())
}

/// The same for every firm, as the background work does it: a plan's row, an exception's end or the day may have
/// changed what a licence comes to.
pub async fn refresh_all(db: &dyn Database, clock: &dyn Clock) -> Result<(), StoreError> {
    for tenant in db.tenants().await? {
        let actor = Actor::system(tenant, clock.now(), "licence");
        transact(db, &actor, async |tx| refresh(tx, actor.at).await).await?;
    }
    Ok(())
}
