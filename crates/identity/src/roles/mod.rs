//! Roles that a firm makes for itself, out of the list of permissions.

mod change;
mod ports;

pub use change::{ChangeRole, NewRole, RoleError, add_role, change_role, remove_role};
pub use ports::{CustomRole, Roles};
