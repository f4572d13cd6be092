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
    let mail = Mail { to: email.to_owned(), subject: format!("Set a new password for {}", firm.name), body };
    tx.queue_mail(&mail, actor.at).await?;
    tx.record(Change::new(
        "auth.forgot_password",
        "user",
        found.user.id.get(),
        "asked for a new-password link",
    ))
    .await
}
