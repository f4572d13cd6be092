//! What a firm chooses within its plan: the regulators whose returns are planned, and the clients that stay open when
//! there are more than the plan allows.

use super::activate::LicenceError;
use super::refresh::refresh;
use crate::database::Tx;
use kernel::entitlements::Entitlements;
use kernel::id::ClientId;
use kernel::journal::Change;
use kernel::{Actor, Counted, Permission};
use licensing::regulators::COUNTED;
use std::collections::BTreeSet;

/// Chooses the regulators. Clients are planned anew after.
pub async fn choose_regulators<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    chosen: &[String],
) -> Result<Entitlements, LicenceError> {
    actor.require(Permission::LicenceManage)?;
    let limit = actor.entitlements.limit(Counted::Regulators);
    let distinct: BTreeSet<&String> = chosen.iter().collect();
    if let Some(unknown) = chosen.iter().find(|name| !COUNTED.contains(&name.as_str())) {
        return Err(LicenceError::Choice(format!("\"{unknown}\" is not one of {}.", COUNTED.join(", "))));
    }
    if distinct.is_empty() || !limit.has_room(0, i64::try_from(distinct.len()).unwrap_or(i64::MAX)) {
        return Err(LicenceError::Choice(format!("Choose 1 to {limit} regulators.")));
    }
    let mut licence = tx.lock_licence().await?;
    licence.regulators = distinct.into_iter().cloned().collect();
    tx.save_licence(&licence).await?;
    let now = refresh(tx, actor.at).await?;
    let text = format!("chose the regulators {}", licence.regulators.join(", "));
    tx.record(Change::new("licence.choose_regulators", "firm", actor.tenant.get(), text)).await?;
    Ok(now)
}

/// Chooses which clients are read-only, exactly as many as there are too many.
pub async fn choose_held<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    held: &[ClientId],
) -> Result<Entitlements, LicenceError> {
    actor.require(Permission::LicenceManage)?;
    tx.lock_licence().await?;
    let counted: BTreeSet<ClientId> = tx.counted_clients().await?.into_iter().collect();
    let used = i64::try_from(counted.len()).unwrap_or(i64::MAX);
    let excess = actor.entitlements.limit(Counted::Clients).excess(used);
    let held: BTreeSet<ClientId> = held.iter().copied().collect();
    if !held.is_subset(&counted) {
        return Err(LicenceError::Choice("One of these clients is not there, or is offboarded.".into()));
    }
    if i64::try_from(held.len()) != Ok(excess) {
        return Err(LicenceError::Choice(format!("Choose {excess} clients: that many are over your plan.")));
    }
    let held: Vec<ClientId> = held.into_iter().collect();
    tx.hold_clients(&held).await?;
    let now = refresh(tx, actor.at).await?;
    let text = format!("chose {} clients to be read-only", held.len());
    tx.record(Change::new("licence.choose_held", "firm", actor.tenant.get(), text)).await?;
    Ok(now)
}
