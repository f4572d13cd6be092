//! Making, changing and deleting a role of the firm. Nobody gives away what they may not do themselves.

use super::ports::{CustomRole, Roles};
use kernel::feature::Feature;
use kernel::fields::refuse_aadhaar;
use kernel::id::CustomRoleId;
use kernel::journal::{Change, Journal};
use kernel::{Actor, Denied, FieldErrors, NotEntitled, Permission, PermissionSet, StoreError};
use serde_json::{Value, json};
use thiserror::Error;

/// A role to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRole {
    /// What it is called.
    pub name: String,
    /// What it allows.
    pub permissions: PermissionSet,
}

/// A role as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRole {
    /// Which.
    pub id: CustomRoleId,
    /// The version that was seen.
    pub version: i64,
    /// What it should be.
    pub role: NewRole,
}

/// Why the roles stayed as they are.
#[derive(Debug, Error)]
pub enum RoleError {
    /// A field is wrong.
    #[error("Check the marked fields.")]
    Invalid(FieldErrors),
    /// There is no such role.
    #[error("There is no such role.")]
    NotFound,
    /// People have it.
    #[error("{0} people or invitations have this role. Give them another one first.")]
    InUse(i64),
    /// The plan has no roles of the firm's own. Those that are there go on; deleting them is always possible.
    #[error(transparent)]
    NotEntitled(#[from] NotEntitled),
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes a role.
pub async fn add_role<T: Roles + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    new: &NewRole,
) -> Result<CustomRoleId, RoleError> {
    actor.require(Permission::RolesManage)?;
    actor.entitled(Feature::CustomRoles)?;
    let name = checked(actor, new, PermissionSet::NONE)?;
    let id = tx.add_custom_role(&name, new.permissions, actor.at).await.map_err(taken)?;
    let text = format!("made the role {name}");
    let change = Change::new("roles.create", "role", id.get(), text);
    tx.record(change.with(None, Some(values(&name, new.permissions)))).await?;
    Ok(id)
}

/// Changes name and permissions. Whoever has the role may do the new things at their next request.
pub async fn change_role<T: Roles + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    cmd: &ChangeRole,
) -> Result<CustomRole, RoleError> {
    actor.require(Permission::RolesManage)?;
    actor.entitled(Feature::CustomRoles)?;
    let found = tx.lock_custom_role(cmd.id).await?.ok_or(RoleError::NotFound)?;
    let name = checked(actor, &cmd.role, found.permissions)?;
    let wanted = CustomRole {
        name: name.clone(),
        permissions: cmd.role.permissions,
        version: cmd.version,
        ..found.clone()
    };
    tx.save_custom_role(&wanted, actor.at).await.map_err(taken)?;
    let change = Change::new("roles.update", "role", cmd.id.get(), format!("changed the role {name}"));
    let (before, after) = (values(&found.name, found.permissions), values(&name, wanted.permissions));
    tx.record(change.with(Some(before), Some(after))).await?;
    Ok(CustomRole { version: cmd.version + 1, ..wanted })
}

/// Deletes a role that nobody has.
pub async fn remove_role<T: Roles + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: CustomRoleId,
) -> Result<(), RoleError> {
    actor.require(Permission::RolesManage)?;
    let found = tx.lock_custom_role(id).await?.ok_or(RoleError::NotFound)?;
    if found.in_use > 0 {
        return Err(RoleError::InUse(found.in_use));
    }
    tx.drop_custom_role(id).await?;
    let change = Change::new("roles.delete", "role", id.get(), format!("deleted the role {}", found.name));
    tx.record(change.with(Some(values(&found.name, found.permissions)), None)).await?;
    Ok(())
}

/// The name without what surrounds it, when all is in order.
fn checked(actor: &Actor, role: &NewRole, before: PermissionSet) -> Result<String, RoleError> {
    let name = role.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let fixed = kernel::Role::FIXED.iter().any(|r| r.as_str().replace('_', " ") == name.to_lowercase());
    let mut fields = FieldErrors::new();
    refuse_aadhaar(&mut fields, "name", &name);
    if name.is_empty() || name.chars().count() > 60 {
        fields.add("name", "Give the role a name of 1 to 60 characters.");
    } else if fixed {
        fields.add("name", "This is the name of a fixed role. Choose another.");
    }
    if role.permissions.is_empty() {
        fields.add("permissions", "Choose at least one permission.");
    }
    if !fields.0.is_empty() {
        return Err(RoleError::Invalid(fields));
    }
    let changed = role.permissions.without(before);
    let changed = changed.iter().chain(before.without(role.permissions).iter());
    for permission in changed {
        actor.require(permission)?;
    }
    Ok(name)
}

fn taken(error: StoreError) -> RoleError {
    match error {
        StoreError::Duplicate(_) => {
            RoleError::Invalid(FieldErrors::one("name", "There is a role of this name already."))
        }
        other => RoleError::Store(other),
    }
}

fn values(name: &str, permissions: PermissionSet) -> Value {
    json!({ "name": name, "permissions": permissions.names() })
}
