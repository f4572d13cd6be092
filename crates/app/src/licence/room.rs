//! Room for more of what a plan counts.

use crate::database::Tx;
use kernel::id::ClientId;
use kernel::{Actor, Counted, NotEntitled, StoreError};
use thiserror::Error;

/// Why there is no room.
#[derive(Debug, Error)]
pub enum PlanError {
    /// The plan does not go that far.
    #[error(transparent)]
    NotEntitled(#[from] NotEntitled),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Refuses unless the plan has room for `more`. Firms with a limit are held until the transaction ends, so that of many
/// who come for the last place one gets it; firms without a limit neither wait nor count.
pub async fn claim<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    counted: Counted,
    more: i64,
) -> Result<(), PlanError> {
    if more <= 0 || actor.entitlements.limit(counted).is_unlimited() {
        return Ok(());
    }
    let used = tx.hold_and_count(counted).await?;
    Ok(actor.entitlements.room(counted, used, more)?)
}

/// For how many of `wanted` the plan has room, and what refuses the others.
pub async fn claim_some<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    counted: Counted,
    wanted: usize,
) -> Result<(usize, Option<NotEntitled>), StoreError> {
    if wanted == 0 || actor.entitlements.limit(counted).is_unlimited() {
        return Ok((wanted, None));
    }
    let used = tx.hold_and_count(counted).await?;
    for taken in 0..wanted {
        let more = i64::try_from(taken).unwrap_or(i64::MAX).saturating_add(1);
        if let Err(full) = actor.entitlements.room(counted, used, more) {
            return Ok((taken, Some(full)));
        }
    }
    Ok((wanted, None))
}

/// Refuses while the client is read-only because the firm has more clients than its plan allows. Costs a query only in
/// firms that have such clients.
pub async fn require_open<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    client: ClientId,
) -> Result<(), PlanError> {
    if !actor.entitlements.holds || tx.held_among(&[client]).await?.is_empty() {
        return Ok(());
    }
    let used = tx.usage_of(Counted::Clients).await?;
    Ok(actor.entitlements.room(Counted::Clients, used, 0)?)
}
