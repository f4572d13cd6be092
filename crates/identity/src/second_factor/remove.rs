//! Taking a second factor away: one's own, or somebody's who lost theirs; and the firm's rule about it.

use super::SecondFactorError;
use super::ports::{SecondFactors, Vault};
use super::prove::{Proof, prove};
use crate::ports::Accounts;
use crate::user::Mail;
use kernel::id::UserId;
use kernel::journal::{Change, Journal};
use kernel::{Actor, Permission};
use serde_json::json;

/// Turns one's own off, with a code of it, where the firm does not ask for one.
pub async fn remove_own_factor<T: SecondFactors + Accounts + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    user: UserId,
    vault: &dyn Vault,
    proof: &Proof<'_>,
) -> Result<(), SecondFactorError> {
    if tx.firm().await?.require_totp || actor.permissions.administers() {
        return Err(SecondFactorError::Required);
    }
    prove(tx, actor, user, vault, proof).await?;
    tx.drop_factor(user).await?;
    tx.record(Change::new("auth.remove_second_factor", "user", user.get(), "turned their second factor off"))
        .await?;
    Ok(())
}

/// Takes the factor of somebody who lost it. Their sessions end; whoever must have one sets up a new one at the next
/// sign-in. They are told by mail, so that a reset nobody asked for is noticed.
pub async fn reset_factor<T: SecondFactors + Accounts + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    user: UserId,
) -> Result<(), SecondFactorError> {
    actor.require(Permission::UsersManage)?;
    if actor.user == Some(user) {
        return Err(SecondFactorError::Oneself);
    }
    let found = tx.user(user).await?.filter(|c| c.user.second_factor);
    let found = found.ok_or(SecondFactorError::NotFound)?.user;
    // Taking a factor away is half of taking an account over: only over somebody who may no more than the actor.
    for permission in found.permissions.without(actor.permissions).iter() {
        actor.require(permission)?;
    }
    tx.drop_factor(user).await?;
    let ended = tx.end_sessions_but(user, None, actor.at).await?;
    let firm = tx.firm().await?;
    let body = format!(
        "Hello {name},\n\n{by} reset your second factor at {firm}. Sign in with your password; you can then set up a new one.\n\n\
         If you did not ask for this, tell an administrator of your firm now.\n",
        name = found.display_name,
        by = actor.name,
        firm = firm.name,
    );
    let subject = format!("Your second factor at {} was reset", firm.name);
    let mail = Mail { to: found.email, subject, body, ..Mail::default() };
    tx.queue_mail(&mail, actor.at).await?;
    let text = format!("reset the second factor of {}; {ended} sessions ended", found.display_name);
    tx.record(Change::new("users.reset_second_factor", "user", user.get(), text)).await?;
    Ok(())
}

/// Says whether everybody of the firm needs a second factor. Whoever has none reaches only the enrolment from then on.
pub async fn require_totp<T: SecondFactors + Accounts + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    required: bool,
) -> Result<(), SecondFactorError> {
    actor.require(Permission::SignInSettings)?;
    let before = tx.firm().await?;
    if before.require_totp == required {
        return Ok(());
    }
    tx.save_require_totp(required).await?;
    let text = match required {
        true => "asked everybody for a second factor",
        false => "left the second factor to everybody who does not administer",
    };
    let values = |on: bool| Some(json!({ "requireTotp": on }));
    let change = Change::new("sign_in.require_totp", "firm", actor.tenant.get(), text);
    tx.record(change.with(values(!required), values(required))).await?;
    Ok(())
}
