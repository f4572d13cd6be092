//! Which role somebody has. Nobody gives more than they have, and the last administrator stays one.

use super::TeamError;
use super::ports::Team;
use crate::ports::Accounts;
use crate::roles::Roles;
use kernel::feature::Feature;
use kernel::id::{CustomRoleId, UserId};
use kernel::journal::{Change, Journal};
use kernel::permission::{PermissionSet, Role};
use kernel::{Actor, FieldErrors, Permission};
use serde_json::json;

/// A fixed role, or one of the firm's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Post {
    /// One that the product fixes.
    Fixed(Role),
    /// One that the firm made.
    Own(CustomRoleId),
}

impl Post {
    /// As it is stored.
    pub fn parts(self) -> (Role, Option<CustomRoleId>) {
        match self {
            Post::Fixed(role) => (role, None),
            Post::Own(id) => (Role::Custom, Some(id)),
        }
    }
}

/// A role for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangePost {
    /// Who.
    pub user: UserId,
    /// The version that was seen.
    pub version: i64,
    /// The role.
    pub post: Post,
}

/// The title and the permissions of a role that the actor may give; refuses one that allows more than the actor may.
pub(super) async fn giveable<T: Roles + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    post: Post,
) -> Result<(String, PermissionSet), TeamError> {
    let (title, permissions) = match post {
        Post::Fixed(Role::Custom | Role::Portal) => {
            let fields = FieldErrors::one("role", "Choose a role of people who work for the firm.");
            return Err(TeamError::Invalid(fields));
        }
        Post::Fixed(role) => (role.as_str().replace('_', " "), role.permissions()),
        Post::Own(id) => {
            // Who has such a role keeps it when the plan ends; nobody else gets one.
            actor.entitled(Feature::CustomRoles)?;
            let found = tx.lock_custom_role(id).await?;
            let gone = || TeamError::Invalid(FieldErrors::one("role", "There is no such role any more."));
            let found = found.ok_or_else(gone)?;
            (found.name, found.permissions)
        }
    };
    for permission in permissions.without(actor.permissions).iter() {
        actor.require(permission)?;
    }
    Ok((title, permissions))
}

/// Gives somebody a role. It holds from their next request on.
pub async fn change_post<T: Team + Roles + Accounts + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    cmd: ChangePost,
) -> Result<(), TeamError> {
    actor.require(Permission::UsersManage)?;
    tx.hold_firm().await?;
    let found = tx.user(cmd.user).await?.ok_or(TeamError::NotFound)?.user;
    let (title, _) = giveable(tx, actor, cmd.post).await?;
    for permission in found.permissions.without(actor.permissions).iter() {
        actor.require(permission)?;
    }
    let (role, custom) = cmd.post.parts();
    if (found.role, found.custom_role.as_ref().map(|r| r.id)) == (role, custom) {
        return Ok(());
    }
    if found.active && found.role == Role::Admin && tx.active_admins().await? <= 1 {
        return Err(TeamError::LastAdmin);
    }
    if actor.user == Some(cmd.user) {
        return Err(TeamError::Oneself);
    }
    tx.save_post(cmd.user, cmd.version, role, custom).await?;
    let before = found.custom_role.map_or_else(|| found.role.as_str().replace('_', " "), |r| r.name);
    let text = format!("made {} {title}, who was {before}", found.display_name);
    let change = Change::new("users.change_role", "user", cmd.user.get(), text);
    tx.record(change.with(Some(json!({ "role": before })), Some(json!({ "role": title })))).await?;
    Ok(())
}
