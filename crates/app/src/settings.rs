//! What a firm decides about returns: which it tracks, and when late counts as breached. Clients are planned anew after.

use crate::database::Tx;
use filings::ReturnSetting;
use kernel::journal::Change;
use kernel::{Actor, Denied, FieldErrors, Permission, StoreError};
use rulebook::Rulebook;
use thiserror::Error;

/// Why nothing was decided.
#[derive(Debug, Error)]
pub enum SettingError {
    /// No such return.
    #[error("We can't find this return.")]
    NotFound,
    /// The role does not allow it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Something entered is wrong.
    #[error("Check the marked fields.")]
    Invalid(FieldErrors),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The longest threshold, in days.
const MAX_DAYS: u16 = 365;

fn check_days(days: Option<u16>) -> Result<(), SettingError> {
    match days {
        Some(days) if days > MAX_DAYS => {
            Err(SettingError::Invalid(FieldErrors::one("breachAfterDays", "Use 0 to 365 days.")))
        }
        _ => Ok(()),
    }
}

/// Decides about one return; its code may be an alias.
pub async fn set_return<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    mut setting: ReturnSetting,
) -> Result<(), SettingError> {
    actor.require(Permission::RulebookSettings)?;
    let rule = Rulebook::shipped().versions(&setting.code).pop().ok_or(SettingError::NotFound)?;
    setting.code = rule.code.clone();
    check_days(setting.breach_after_days)?;
    tx.save_return_setting(&setting).await?;
    let track = match setting.enabled {
        Some(true) => "track it",
        Some(false) => "do not track it",
        None => "as the rulebook says",
    };
    let days = setting.breach_after_days.map(|d| format!(", breached after {d} days")).unwrap_or_default();
    let text = format!("decided about {}: {track}{days}", setting.code);
    tx.record(Change::new("rulebook.set_return", "firm", actor.tenant.get(), text)).await?;
    Ok(tx.forget_plans().await?)
}

/// Decides the firm's default threshold.
pub async fn set_firm<T: Tx + ?Sized>(tx: &mut T, actor: &Actor, days: u16) -> Result<(), SettingError> {
    actor.require(Permission::RulebookSettings)?;
    check_days(Some(days))?;
    tx.set_breach_after_days(days).await?;
    let text = format!("decided that {days} days late counts as breached");
    tx.record(Change::new("rulebook.set_firm", "firm", actor.tenant.get(), text)).await?;
    Ok(tx.forget_plans().await?)
}
