//! Asking somebody to join: a link for one use that expires, sent by mail and shown once to who asks.

use super::ports::{Invitation, NewInvitation, Team};
use super::post::{Post, giveable};
use super::{TeamError, seat};
use crate::ports::Accounts;
use crate::roles::Roles;
use crate::session::TokenHash;
use crate::user::Mail;
use kernel::fields::refuse_aadhaar;
use kernel::id::InvitationId;
use kernel::journal::{Change, Journal};
use kernel::{Actor, FieldErrors, Permission, StoreError};
use serde_json::json;
use time::Duration;

/// How long a link works.
pub const INVITATION_LIFE: Duration = Duration::days(7);

/// Somebody to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    /// Address.
    pub email: String,
    /// Name.
    pub display_name: String,
    /// The role they get.
    pub post: Post,
}

/// An invitation that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invited {
    /// Its id.
    pub id: InvitationId,
}

/// Asks somebody. The seat is taken from now on, so that who accepts finds one.
pub async fn invite<T: Team + Roles + Accounts + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    cmd: &Invite,
    token: TokenHash,
    link: &str,
) -> Result<Invited, TeamError> {
    actor.require(Permission::UsersManage)?;
    let invited_by = actor.user.ok_or(TeamError::NotFound)?;
    let (email, name) = checked(cmd)?;
    tx.hold_firm().await?;
    let (title, _) = giveable(tx, actor, cmd.post).await?;
    if let Some(known) = tx.credentials(&email).await? {
        let text = match known.user.active {
            true => "This address belongs to somebody of your firm.",
            false => "This address belongs to somebody who left. Let them in again instead.",
        };
        return Err(TeamError::Invalid(FieldErrors::one("email", text)));
    }
    seat(tx, actor).await?;
    let (role, custom_role) = cmd.post.parts();
    let new = NewInvitation {
        email: email.clone(),
        display_name: name.clone(),
        role,
        custom_role,
        token,
        invited_by,
        at: actor.at,
        until: actor.at + INVITATION_LIFE,
    };
    let id = tx.add_invitation(&new).await.map_err(|error| match error {
        StoreError::Duplicate(_) => {
            let text = "This address has an open invitation. Send it again or revoke it.";
            TeamError::Invalid(FieldErrors::one("email", text))
        }
        other => other.into(),
    })?;
    send(tx, actor, &email, &name, link).await?;
    let text = format!("invited {name} ({email}) as {title}");
    let change = Change::new("users.invite", "invitation", id.get(), text);
    tx.record(change.with(None, Some(json!({ "email": email, "role": title })))).await?;
    Ok(Invited { id })
}

/// Makes a new link; the old one stops working.
pub async fn resend_invitation<T: Team + Accounts + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: InvitationId,
    token: TokenHash,
    link: &str,
) -> Result<Invitation, TeamError> {
    actor.require(Permission::UsersManage)?;
    let renewed = tx.renew_invitation(id, token, actor.at, actor.at + INVITATION_LIFE).await?;
    let renewed = renewed.ok_or(TeamError::NotFound)?;
    send(tx, actor, &renewed.email, &renewed.display_name, link).await?;
    let text = format!("sent the invitation of {} again", renewed.email);
    tx.record(Change::new("users.resend_invitation", "invitation", id.get(), text)).await?;
    Ok(renewed)
}

/// Ends an open invitation.
pub async fn revoke_invitation<T: Team + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: InvitationId,
) -> Result<(), TeamError> {
    actor.require(Permission::UsersManage)?;
    let ended = tx.end_invitation(id, actor.at).await?.ok_or(TeamError::NotFound)?;
    let text = format!("revoked the invitation of {}", ended.email);
    tx.record(Change::new("users.revoke_invitation", "invitation", id.get(), text)).await?;
    Ok(())
}

async fn send<T: Accounts + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    email: &str,
    name: &str,
    link: &str,
) -> Result<(), StoreError> {
    let firm = tx.firm().await?.name;
    let body = format!(
        "Hello {name},\n\n{by} invites you to {firm} on ZippCRM.\n\
         Open this link within 7 days to choose a password:\n\n{link}\n\n\
         If you do not know {firm}, ignore this mail.\n",
        by = actor.name,
    );
    let subject = format!("{} invites you to {firm}", actor.name);
    let mail = Mail { to: email.to_owned(), subject, body, ..Mail::default() };
    tx.queue_mail(&mail, actor.at).await
}

/// Address and name without what surrounds them.
fn checked(cmd: &Invite) -> Result<(String, String), TeamError> {
    let email = cmd.email.trim().to_lowercase();
    let name = cmd.display_name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut fields = FieldErrors::new();
    let parts = email.split_once('@');
    let whole = parts.is_some_and(|(local, host)| {
        !local.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    });
    let clean = !email.chars().any(|c| c.is_whitespace() || c.is_control() || c == ',');
    if !whole || !clean || email.len() > 254 || email.matches('@').count() != 1 {
        fields.add("email", "Write the address like name@firm.in.");
    }
    refuse_aadhaar(&mut fields, "displayName", &name);
    if name.is_empty() || name.chars().count() > 120 || name.chars().any(char::is_control) {
        fields.add("displayName", "Write a name of 1 to 120 characters.");
    }
    if fields.is_empty() { Ok((email, name)) } else { Err(TeamError::Invalid(fields)) }
}
