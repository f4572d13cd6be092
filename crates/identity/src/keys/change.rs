//! Making, collecting, listing and revoking keys. A key never may more than who made it, and has no secret until that
//! person collects it: what waits for approval, and what is kept of it, knows none.

use super::ports::{ApiKey, ApiKeys, NewApiKey};
use crate::session::TokenHash;
use kernel::feature::Feature;
use kernel::fields::refuse_aadhaar;
use kernel::id::ApiKeyId;
use kernel::journal::{Change, Journal};
use kernel::moment::Instant;
use kernel::{Actor, Denied, FieldErrors, NotEntitled, Permission, PermissionSet, StoreError};
use serde_json::json;
use thiserror::Error;
use time::Duration;

/// How long a key that was made waits for its secret to be collected.
pub const COLLECT_WITHIN: Duration = Duration::days(7);

/// The longest that a key may live.
pub const LONGEST_KEY: Duration = Duration::days(366);

/// Keys in force that a firm may have at a time.
const MOST_KEYS: usize = 50;

/// A key to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateKey {
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub permissions: PermissionSet,
    /// When it ends.
    pub until: Instant,
}

/// Why nothing came of it.
#[derive(Debug, Error)]
pub enum KeyError {
    /// A field is wrong.
    #[error("Check the marked fields.")]
    Invalid(FieldErrors),
    /// There is no such key in force.
    #[error("There is no such key, or it has ended.")]
    NotFound,
    /// The plan has no keys.
    #[error(transparent)]
    NotEntitled(#[from] NotEntitled),
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes a key that acts for the actor. It opens nothing until its secret is collected.
pub async fn create_key<T: ApiKeys + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    cmd: &CreateKey,
) -> Result<ApiKeyId, KeyError> {
    actor.require(Permission::ApiKeysManage)?;
    actor.entitled(Feature::ApiAccess)?;
    let owner = actor.user.ok_or(KeyError::NotFound)?;
    let name = cmd.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut fields = FieldErrors::new();
    refuse_aadhaar(&mut fields, "name", &name);
    if name.is_empty() || name.chars().count() > 60 || name.chars().any(char::is_control) {
        fields.add("name", "Say in 1 to 60 characters what the key is for.");
    }
    if cmd.permissions.is_empty() {
        fields.add("permissions", "Choose at least one permission.");
    }
    if cmd.until <= actor.at || cmd.until > actor.at + LONGEST_KEY {
        fields.add("expiresOn", "Choose a day from tomorrow to a year from now.");
    }
    let in_force = tx.api_keys(actor.at).await?;
    let in_force = in_force.iter().filter(|k| k.revoked_at.is_none() && k.expires_at > actor.at).count();
    if in_force >= MOST_KEYS {
        fields.add("name", format!("There are {MOST_KEYS} keys already. Revoke one that nothing uses."));
    }
    if !fields.is_empty() {
        return Err(KeyError::Invalid(fields));
    }
    for permission in cmd.permissions.without(actor.permissions).iter() {
        actor.require(permission)?;
    }
    let new = NewApiKey {
        name: name.clone(),
        owner,
        permissions: cmd.permissions,
        at: actor.at,
        until: cmd.until,
        collect_until: actor.at + COLLECT_WITHIN,
    };
    let id = tx.add_api_key(&new).await?;
    let text = format!("made the key {name}");
    let after = json!({ "name": name, "permissions": cmd.permissions.names() });
    tx.record(Change::new("api_keys.create", "api_key", id.get(), text).with(None, Some(after))).await?;
    Ok(id)
}

/// Gives a key its secret. Once, in time, and to nobody but whoever it acts for.
pub async fn collect_key<T: ApiKeys + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: ApiKeyId,
    prefix: &str,
    token: TokenHash,
) -> Result<(), KeyError> {
    actor.require(Permission::ApiKeysManage)?;
    actor.entitled(Feature::ApiAccess)?;
    let owner = actor.user.ok_or(KeyError::NotFound)?;
    let name = tx.give_secret(id, owner, prefix, token, actor.at).await?.ok_or(KeyError::NotFound)?;
    let text = format!("collected the secret of the key {name}, which begins with {prefix}");
    tx.record(Change::new("api_keys.collect", "api_key", id.get(), text)).await?;
    Ok(())
}

/// The firm's keys.
pub async fn list_keys<T: ApiKeys + ?Sized>(tx: &mut T, actor: &Actor) -> Result<Vec<ApiKey>, KeyError> {
    actor.require(Permission::ApiKeysManage)?;
    Ok(tx.api_keys(actor.at).await?)
}

/// Ends a key at once. Works without the feature as well: who left a plan can still close its doors.
pub async fn revoke_key<T: ApiKeys + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: ApiKeyId,
) -> Result<(), KeyError> {
    actor.require(Permission::ApiKeysManage)?;
    let name = tx.end_api_key(id, actor.at).await?.ok_or(KeyError::NotFound)?;
    tx.record(Change::new("api_keys.revoke", "api_key", id.get(), format!("revoked the key {name}"))).await?;
    Ok(())
}
