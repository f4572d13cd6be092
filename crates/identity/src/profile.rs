//! Change one's own name and preferences.

use crate::ports::Accounts;
use crate::user::{Theme, User};
use kernel::id::UserId;
use kernel::journal::{Change, Journal};
use kernel::{Actor, StoreError};
use thiserror::Error;

/// What to change; absent stays.
#[derive(Debug, Clone, Default)]
pub struct UpdateProfile {
    /// New name.
    pub display_name: Option<String>,
    /// New colour scheme.
    pub theme: Option<Theme>,
    /// Single-key shortcuts on or off.
    pub single_keys: Option<bool>,
}

/// Why nothing was saved.
#[derive(Debug, Error)]
pub enum ProfileError {
    /// The name is empty or longer than 120 characters.
    #[error("Enter a name of 1 to 120 characters.")]
    Name,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Saves the person's own settings. Preferences are not journalled; a changed name is.
pub async fn update_profile<T: Accounts + Journal + ?Sized>(
    tx: &mut T,
    _actor: &Actor,
    user: UserId,
    change: UpdateProfile,
) -> Result<User, ProfileError> {
    let mut found = tx.user(user).await?.ok_or(StoreError::Stale)?.user;
    let before = found.display_name.clone();
    if let Some(name) = change.display_name {
        let name = name.trim().to_owned();
        if name.is_empty() || name.chars().count() > 120 {
            return Err(ProfileError::Name);
        }
        found.display_name = name;
    }
    if let Some(theme) = change.theme {
        found.preferences.theme = theme;
    }
    if let Some(single_keys) = change.single_keys {
        found.preferences.single_keys = single_keys;
    }
    tx.save_user(&found).await?;
    found.version += 1;
    if before != found.display_name {
        let text = format!("changed their name from {before} to {}", found.display_name);
        tx.record(Change::new("auth.update_profile", "user", user.get(), text)).await?;
    }
    Ok(found)
}
