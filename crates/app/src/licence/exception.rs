//! What one firm has otherwise than its plan says: given and taken back by an operator, with a reason and a last day.

use super::refresh::refresh;
use crate::database::Tx;
use kernel::entitlements::Entitlements;
use kernel::journal::Change;
use kernel::moment::{IST, Instant};
use kernel::period::day_text;
use kernel::{Actor, Counted, Feature, Limit, StoreError};
use licensing::Override;
use serde_json::json;
use thiserror::Error;
use time::Duration;

/// Why nothing was excepted.
#[derive(Debug, Error)]
pub enum ExceptionError {
    /// Neither a feature nor something that is counted.
    #[error("\"{0}\" is neither a feature nor something that is counted")]
    Unknown(String),
    /// A feature is on or off; a limit is a number from -1 on.
    #[error("{0}")]
    Value(String),
    /// It stays on the record.
    #[error("say why in 5 to 300 characters; it stays on the record")]
    Reason,
    /// It would never hold.
    #[error("the last day is over already")]
    Over,
    /// There is nothing to take back.
    #[error("the firm has no exception for {0}")]
    None(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes an exception, or replaces the one of the same name. It holds from the firm's next request on.
pub async fn make_exception<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    own: Override,
) -> Result<Entitlements, ExceptionError> {
    let words = words(&own)?;
    let own = Override { reason: own.reason.trim().to_owned(), ..own };
    if !(5..=300).contains(&own.reason.chars().count()) {
        return Err(ExceptionError::Reason);
    }
    if own.expires_at.is_some_and(|end| end <= actor.at) {
        return Err(ExceptionError::Over);
    }
    tx.lock_licence().await?;
    let before = tx.overrides().await?.into_iter().find(|one| one.name == own.name);
    tx.save_override(&own).await?;
    let now = refresh(tx, actor.at).await?;
    let text = format!("made an exception from the plan: {words}{}; {}", until(own.expires_at), own.reason);
    let entry = Change::new("licence.make_exception", "firm", actor.tenant.get(), text)
        .with(before.as_ref().map(values), Some(values(&own)));
    tx.record(entry).await?;
    Ok(now)
}

/// Takes an exception back: the plan counts again.
pub async fn end_exception<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    name: &str,
    reason: &str,
) -> Result<Entitlements, ExceptionError> {
    let reason = reason.trim();
    if !(5..=300).contains(&reason.chars().count()) {
        return Err(ExceptionError::Reason);
    }
    tx.lock_licence().await?;
    let before = tx.overrides().await?.into_iter().find(|one| one.name == name);
    let before = before.ok_or_else(|| ExceptionError::None(name.to_owned()))?;
    tx.remove_override(name).await?;
    let now = refresh(tx, actor.at).await?;
    let text = format!("took back the exception from the plan for {name}: {reason}");
    let entry = Change::new("licence.end_exception", "firm", actor.tenant.get(), text);
    tx.record(entry.with(Some(values(&before)), None)).await?;
    Ok(now)
}

/// `Custom roles: on`, `Clients: 250`.
fn words(own: &Override) -> Result<String, ExceptionError> {
    if let Some(feature) = Feature::parse(&own.name) {
        return match own.value {
            1 => Ok(format!("{}: on", feature.title())),
            0 => Ok(format!("{}: off", feature.title())),
            _ => Err(ExceptionError::Value(format!("{} is on or off", own.name))),
        };
    }
    let counted = Counted::parse(&own.name).ok_or_else(|| ExceptionError::Unknown(own.name.clone()))?;
    if own.value < -1 {
        return Err(ExceptionError::Value(format!("{} is a number, or -1 for unlimited", own.name)));
    }
    Ok(format!("{}: {}", counted.title(), Limit::of(own.value)))
}

fn until(end: Option<Instant>) -> String {
    // The end is the midnight after the last day in India.
    end.map_or_else(String::new, |end| {
        format!(", until {}", day_text((end.to_offset(IST) - Duration::SECOND).date()))
    })
}

fn values(own: &Override) -> serde_json::Value {
    let end = own.expires_at.map(|end| end.to_offset(IST).date().to_string());
    json!({ own.name.clone(): own.value, "endsOn": end })
}
