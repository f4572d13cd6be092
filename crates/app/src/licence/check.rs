//! The check of every key: at the start, once a day, and at every look while it fails.

use super::activate::{LicenceError, grant};
use super::desk::{Desk, DeskError};
use super::refresh::refresh;
use crate::database::{Database, transact};
use kernel::entitlements::Source;
use kernel::id::TenantId;
use kernel::journal::Change;
use kernel::{Actor, Clock, StoreError};
use licensing::{Licence, LicenceKey};

/// Makes a number that was never used before.
pub type Fresh<'a> = &'a (dyn Fn() -> Option<String> + Sync);

/// Checks every key that wants to be checked; all of them when `now`. A firm that is only trying gets the key that the
/// installation was started with.
pub async fn check_all(
    db: &dyn Database,
    clock: &dyn Clock,
    desk: &Desk,
    fresh: Fresh<'_>,
    now: bool,
) -> Result<(), StoreError> {
    for tenant in db.tenants().await? {
        drop(check_firm(db, clock, desk, fresh, now, tenant).await?);
    }
    Ok(())
}

/// The same for one firm. Answers why its licence could not be checked, if so.
pub async fn check_firm(
    db: &dyn Database,
    clock: &dyn Clock,
    desk: &Desk,
    fresh: Fresh<'_>,
    now: bool,
    tenant: TenantId,
) -> Result<Option<DeskError>, StoreError> {
    let actor = Actor::system(tenant, clock.now(), "licence");
    let licence = transact(db, &actor, async |tx| tx.licence().await).await?;
    let first = licence.source == Source::Evaluation;
    let key = match (first, &desk.installation_key, &licence.key) {
        (true, Some(typed), _) => match LicenceKey::parse(typed) {
            Ok(key) => key.as_str().to_owned(),
            Err(error) => {
                tracing::error!(%error, "ZIPPCRM_LICENSE_KEY is not a key");
                return Ok(None);
            }
        },
        (false, _, Some(key)) if licence.is_due(actor.at) || (now && licence.source == Source::Key) => {
            key.clone()
        }
        _ => return Ok(None),
    };
    let nonce = fresh().ok_or_else(|| StoreError::Other("no randomness".into()))?;
    let answer = desk.check(&key, &nonce).await;
    let actor = Actor { at: clock.now(), ..actor };
    match answer {
        Ok(claims) if first => {
            let granted = transact(db, &actor, async |tx| grant(tx, &actor, &claims).await).await;
            match granted {
                Err(LicenceError::Store(error)) => return Err(error),
                Err(error) => tracing::error!(%error, "the key of the installation was not activated"),
                Ok(_) => {}
            }
            Ok(None)
        }
        Ok(claims) => {
            keep(db, &actor, &licence, |current| current.granted(&claims, actor.at)).await?;
            Ok(None)
        }
        Err(error) if first => {
            tracing::warn!(%tenant, %error, "the key of the installation could not be checked");
            Ok(Some(error))
        }
        Err(error) => {
            tracing::warn!(%tenant, %error, "a licence could not be checked");
            let why = error.to_string();
            keep(db, &actor, &licence, |current| current.unanswered(&why, actor.at)).await?;
            Ok(Some(error))
        }
    }
}

/// Keeps the outcome, unless somebody activated another licence meanwhile. What changed is journalled; that all is as
/// it was yesterday is not.
async fn keep(
    db: &dyn Database,
    actor: &Actor,
    asked: &Licence,
    outcome: impl Fn(&Licence) -> Licence,
) -> Result<(), StoreError> {
    transact(db, actor, async |tx| {
        let current = tx.lock_licence().await?;
        if current.key != asked.key || current.source != Source::Key {
            return Ok(());
        }
        let next = outcome(&current);
        tx.save_licence(&next).await?;
        refresh(tx, actor.at).await?;
        if let Some(text) = news(&current, &next) {
            tx.record(Change::new("licence.check", "firm", actor.tenant.get(), text)).await?;
        }
        Ok(())
    })
    .await
}

/// What a check changed, in words.
fn news(before: &Licence, after: &Licence) -> Option<String> {
    match (before.failing_since, after.failing_since) {
        (None, Some(_)) => {
            return Some(format!(
                "could not check the licence: {}",
                after.failure.as_deref().unwrap_or_default()
            ));
        }
        (Some(_), None) => return Some("checked the licence again, with success".into()),
        _ => {}
    }
    if before.revoked_at.is_none() && after.revoked_at.is_some() {
        return Some("learned that the licence was taken back".into());
    }
    let same = before.plan == after.plan
        && before.valid_until == after.valid_until
        && before.features == after.features
        && before.limits == after.limits;
    (!same).then(|| format!("learned of a changed licence: {}", after.plan))
}
