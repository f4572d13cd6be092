//! The role on a row of `users` that is joined with `custom_roles`, and what it allows.

use crate::rows::{col, word};
use identity::RoleRef;
use kernel::id::UserId;
use kernel::{Id, PermissionSet, Role, StoreError};
use tokio_postgres::Row;

/// A person's role.
pub(crate) struct Held {
    pub(crate) role: Role,
    pub(crate) custom: Option<RoleRef>,
    pub(crate) permissions: PermissionSet,
}

/// Reads `role`, `custom_role_id`, `role_name` and `role_permissions`.
pub(crate) fn held(row: &Row, user: UserId) -> Result<Held, StoreError> {
    let text: &str = col(row, "role")?;
    let role = word(Role::parse(text), "users", "role", user.get(), text)?;
    let id: Option<i64> = col(row, "custom_role_id")?;
    let Some(id) = id else {
        return Ok(Held { role, custom: None, permissions: role.permissions() });
    };
    let names: Vec<&str> = col(row, "role_permissions")?;
    let custom = Some(RoleRef { id: Id::new(id), name: col(row, "role_name")? });
    Ok(Held { role, custom, permissions: PermissionSet::of_names(names) })
}
