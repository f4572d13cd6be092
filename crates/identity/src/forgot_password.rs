//! Forgot password: a one-use link by mail. The caller answers the same whether or not the address is known.

use crate::ports::Accounts;
use crate::session::TokenHash;
use crate::user::Mail;
use kernel::journal::{Change, Journal};
use kernel::{Actor, StoreError};
use time::Duration;

/// How long a reset link works.
pub const RESET_LIFE: Duration = Duration::minutes(60);

/// Keeps the token's hash and queues the mail. Does nothing for an unknown address or a person who left.
pub async fn forgot_password<T: Accounts + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    email: &str,
    token: TokenHash,
    link: &str,
) -> Result<(), StoreError> {
    let Some(found) = tx.credentials(email).await? else { return Ok(()) };
    if !found.user.active {
        return Ok(());
    }
    let firm = tx.firm().await?;
    tx.add_reset(found.user.id, token, actor.at, actor.at + RESET_LIFE).await?;
    let body = format!(
        "Hello {name},\n\nSomebody asked to set a new password for {email} at {firm}.\n\
         Open this link within 60 minutes to choose one:\n\n{link}\n\n\
         If it was not you, ignore this mail; your password stays as it is.\n",
        name = found.user.display_name,
        firm = firm.name,
    );
    let subject = format!("Set a new password for {}", firm.name);
    let mail = Mail { to: email.to_owned(), subject, body, ..Mail::default() };
    tx.queue_mail(&mail, actor.at).await?;
    tx.record(Change::new(
        "auth.forgot_password",
        "user",
        found.user.id.get(),
        "asked for a new-password link",
    ))
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{MemoryAccounts, person};
    use kernel::Id;
    use time::macros::datetime;

    const LINK: &str = "https://crm.first.example/reset-password#token=abc";
    const TOKEN: TokenHash = TokenHash([7; 32]);

    fn actor() -> Actor {
        Actor::system(Id::new(1), datetime!(2026-11-21 06:30 UTC), "test")
    }

    #[tokio::test]
    async fn a_known_person_gets_a_link_that_works_for_an_hour() {
        let mut store = MemoryAccounts::new([person()]);
        forgot_password(&mut store, &actor(), "ananya@first.example", TOKEN, LINK).await.unwrap();
        assert_eq!(store.mails.len(), 1);
        let mail = &store.mails[0];
        assert_eq!(mail.to, "ananya@first.example");
        assert_eq!(mail.subject, "Set a new password for First Compliance");
        assert!(mail.body.lines().any(|line| line == LINK), "the link is a line of its own: {}", mail.body);
        for part in ["Ananya Rao", "ananya@first.example", "First Compliance", "60 minutes"] {
            assert!(mail.body.contains(part), "{part} is missing in: {}", mail.body);
        }
        assert_eq!(store.journal.len(), 1);
        let entry = &store.journal[0];
        assert_eq!((entry.action, entry.subject.kind, entry.subject.id), ("auth.forgot_password", "user", 9));
        assert!(!entry.text.contains("abc"), "the journal keeps no secret: {}", entry.text);
        let hour_later = actor().at + Duration::minutes(60);
        assert_eq!(store.take_reset(TOKEN, hour_later).await.unwrap(), None);
        let in_time = hour_later - Duration::seconds(1);
        assert_eq!(store.take_reset(TOKEN, in_time).await.unwrap(), Some(Id::new(9)));
    }

    #[tokio::test]
    async fn nobody_and_a_person_who_left_get_nothing() {
        let gone = crate::User { active: false, ..person() };
        let mut store = MemoryAccounts::new([gone]);
        for email in ["nobody@first.example", "ananya@first.example"] {
            forgot_password(&mut store, &actor(), email, TOKEN, LINK).await.unwrap();
        }
        assert!(store.mails.is_empty());
        assert!(store.journal.is_empty());
        assert_eq!(store.take_reset(TOKEN, actor().at).await.unwrap(), None, "no token is kept");
    }
}
