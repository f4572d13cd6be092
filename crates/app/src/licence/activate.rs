//! Put a firm on a licence: by its key, or by a signed file.

use super::desk::{Desk, DeskError};
use super::refresh::refresh;
use crate::database::{Database, Tx, transact};
use kernel::entitlements::Entitlements;
use kernel::journal::Change;
use kernel::{Actor, Denied, Permission, StoreError};
use licensing::key::masked;
use licensing::{Claims, KeyError, LicenceKey};
use serde_json::json;
use thiserror::Error;

/// Why the licence stayed as it was.
#[derive(Debug, Error)]
pub enum LicenceError {
    /// The role does not allow it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// What was typed is no key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// It was not believed.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// It was taken back.
    #[error("This licence was taken back. Ask support for a new one.")]
    Revoked,
    /// Its last day is over.
    #[error("This licence ended already. Ask support for a new one.")]
    Ended,
    /// Something entered is wrong.
    #[error("{0}")]
    Choice(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Checks a key with the endpoint and puts the firm on what it grants.
pub async fn activate_key(
    db: &dyn Database,
    actor: &Actor,
    desk: &Desk,
    typed: &str,
    nonce: &str,
) -> Result<Entitlements, LicenceError> {
    actor.require(Permission::LicenceManage)?;
    let key = LicenceKey::parse(typed)?;
    // Asked outside any transaction: an answer may take seconds.
    let claims = desk.check(key.as_str(), nonce).await?;
    transact(db, actor, async |tx| grant(tx, actor, &claims).await).await
}

/// Puts the firm on what a licence file grants. Nobody is asked.
pub async fn open_bundle(
    db: &dyn Database,
    actor: &Actor,
    desk: &Desk,
    file: &str,
) -> Result<Entitlements, LicenceError> {
    actor.require(Permission::LicenceManage)?;
    let claims = desk.open(file)?;
    transact(db, actor, async |tx| grant(tx, actor, &claims).await).await
}

/// Keeps believed claims as the firm's licence.
pub(super) async fn grant<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    claims: &Claims,
) -> Result<Entitlements, LicenceError> {
    if claims.revoked {
        return Err(LicenceError::Revoked);
    }
    if claims.valid_until <= actor.at {
        return Err(LicenceError::Ended);
    }
    let before = tx.lock_licence().await?;
    tx.save_licence(&before.granted(claims, actor.at)).await?;
    let now = refresh(tx, actor.at).await?;
    let text = format!("activated the licence {} for {}", masked(&claims.key), now.plan_name);
    let after = json!({ "plan": now.plan, "seats": claims.max_seats.get(), "licensee": claims.licensee });
    let entry = Change::new("licence.activate", "firm", actor.tenant.get(), text)
        .with(Some(json!({ "plan": before.plan })), Some(after));
    tx.record(entry).await?;
    Ok(now)
}
