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
    /// Alerts that may be muted in the daily mail, or not.
    pub alert_mail: Option<bool>,
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
        if name.is_empty() || name.chars().count() > 120 || kernel::aadhaar::find(&name).is_some() {
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
    if let Some(alert_mail) = change.alert_mail {
        found.preferences.alert_mail = alert_mail;
    }
    tx.save_user(&found).await?;
    found.version += 1;
    if before != found.display_name {
        let text = format!("changed their name from {before} to {}", found.display_name);
        tx.record(Change::new("auth.update_profile", "user", user.get(), text)).await?;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{MemoryAccounts, person};
    use crate::user::Preferences;
    use kernel::Id;
    use time::macros::datetime;

    fn actor() -> Actor {
        let system = Actor::system(Id::new(1), datetime!(2026-11-21 06:30 UTC), "test");
        Actor { user: Some(person().id), ..system }.in_role(person().role)
    }

    fn named(name: &str) -> UpdateProfile {
        UpdateProfile { display_name: Some(name.into()), ..UpdateProfile::default() }
    }

    #[tokio::test]
    async fn a_new_name_is_trimmed_and_journalled() {
        let mut store = MemoryAccounts::new([person()]);
        let saved = update_profile(&mut store, &actor(), person().id, named("  Ananya Iyer ")).await.unwrap();
        assert_eq!(saved, User { display_name: "Ananya Iyer".into(), version: 2, ..person() });
        assert_eq!(
            store.user(person().id).await.unwrap().unwrap().user,
            saved,
            "the answer is what is stored"
        );
        assert_eq!(store.journal.len(), 1);
        let entry = &store.journal[0];
        assert_eq!((entry.action, entry.subject.kind, entry.subject.id), ("auth.update_profile", "user", 9));
        assert_eq!(entry.text, "changed their name from Ananya Rao to Ananya Iyer");
    }

    #[tokio::test]
    async fn preferences_are_saved_one_by_one_without_an_entry() {
        let mut store = MemoryAccounts::new([person()]);
        let dark = UpdateProfile { theme: Some(Theme::Dark), ..UpdateProfile::default() };
        let saved = update_profile(&mut store, &actor(), person().id, dark).await.unwrap();
        assert_eq!(saved.preferences, Preferences { theme: Theme::Dark, ..Preferences::default() });
        let keys = UpdateProfile { single_keys: Some(false), ..UpdateProfile::default() };
        update_profile(&mut store, &actor(), person().id, keys).await.unwrap();
        let both = Preferences { theme: Theme::Dark, single_keys: false, alert_mail: true };
        let stored = store.user(person().id).await.unwrap().unwrap().user;
        assert_eq!(stored, User { preferences: both, version: 3, ..person() });
        assert!(store.journal.is_empty());
    }

    #[tokio::test]
    async fn refusals_leave_nothing_behind() {
        let mut store = MemoryAccounts::new([person()]);
        // 120 characters count, not bytes: each of these takes three.
        let longest = "\u{905}".repeat(120);
        for name in ["", " \t ", &format!("{longest}\u{905}")] {
            let change = UpdateProfile { theme: Some(Theme::Light), ..named(name) };
            let refused = update_profile(&mut store, &actor(), person().id, change).await;
            assert!(matches!(refused, Err(ProfileError::Name)), "{name:?} was taken");
        }
        let nobody = update_profile(&mut store, &actor(), Id::new(77), named("")).await;
        assert!(
            matches!(nobody, Err(ProfileError::Store(StoreError::Stale))),
            "nobody is told before the name"
        );
        assert_eq!(store.user(person().id).await.unwrap().unwrap().user, person());
        assert!(store.journal.is_empty());
        update_profile(&mut store, &actor(), person().id, named(&longest)).await.unwrap();
    }
}
