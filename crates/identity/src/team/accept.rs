//! Accepting an invitation: name and password, once.

use super::TeamError;
use super::ports::{Invitation, NewMember, Team};
use crate::password;
use crate::ports::Accounts;
use crate::session::TokenHash;
use kernel::fields::refuse_aadhaar;
use kernel::id::UserId;
use kernel::journal::{Change, Journal};
use kernel::{Actor, FieldErrors, StoreError};

/// What the invited person fills in.
#[derive(Clone)]
pub struct AcceptInvitation {
    /// Of the link.
    pub token: TokenHash,
    /// Their name.
    pub display_name: String,
    /// Their password, for its rules.
    pub password: String,
    /// Its hash.
    pub hashed: String,
}

impl std::fmt::Debug for AcceptInvitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AcceptInvitation(..)")
    }
}

/// The open invitation of a link.
pub async fn read_invitation<T: Team + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    token: TokenHash,
) -> Result<Invitation, TeamError> {
    tx.invitation_of(token, actor.at).await?.ok_or(TeamError::Expired)
}

/// Makes the person and uses the link up. Their seat was taken by the invitation.
pub async fn accept_invitation<T: Team + Accounts + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    cmd: AcceptInvitation,
) -> Result<UserId, TeamError> {
    let found = tx.take_invitation(cmd.token, actor.at).await?.ok_or(TeamError::Expired)?;
    let name = cmd.display_name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut fields = FieldErrors::new();
    refuse_aadhaar(&mut fields, "displayName", &name);
    if name.is_empty() || name.chars().count() > 120 || name.chars().any(char::is_control) {
        fields.add("displayName", "Write a name of 1 to 120 characters.");
    }
    let stem = found.email.split('@').next().unwrap_or_default();
    if let Some(why) = password::weakness(&cmd.password, &[&name, stem]) {
        fields.add("password", why);
    }
    if !fields.is_empty() {
        return Err(TeamError::Invalid(fields));
    }
    let new = NewMember {
        email: found.email.clone(),
        display_name: name.clone(),
        role: found.role,
        custom_role: found.custom_role.as_ref().map(|role| role.id),
        password_hash: cmd.hashed,
        at: actor.at,
    };
    let id = tx.add_member(&new).await.map_err(|error| match error {
        StoreError::Duplicate(_) => TeamError::Expired,
        other => other.into(),
    })?;
    let text = format!("{name} ({}) accepted the invitation", found.email);
    tx.record(Change::new("users.accept_invitation", "user", id.get(), text)).await?;
    Ok(id)
}
