//! Leaving and coming back. The record of somebody who left stays; their sessions and keys end at once.

use super::ports::Team;
use super::{TeamError, seat};
use crate::ports::Accounts;
use crate::user::User;
use kernel::id::UserId;
use kernel::journal::{Change, Journal};
use kernel::permission::Role;
use kernel::{Actor, Permission};

/// Takes somebody out. Answers who it was, so that their work can be handed over in the same transaction.
pub async fn deactivate<T: Team + Accounts + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    user: UserId,
    version: i64,
) -> Result<User, TeamError> {
    actor.require(Permission::UsersManage)?;
    tx.hold_firm().await?;
    let found = tx.user(user).await?.filter(|c| c.user.active).ok_or(TeamError::NotFound)?.user;
    if found.role == Role::Admin && tx.active_admins().await? <= 1 {
        return Err(TeamError::LastAdmin);
    }
    if actor.user == Some(user) {
        return Err(TeamError::Oneself);
    }
    for permission in found.permissions.without(actor.permissions).iter() {
        actor.require(permission)?;
    }
    tx.save_active(user, version, false).await?;
    let ended = tx.end_sessions_but(user, None, actor.at).await?;
    let text = format!("deactivated {}; {ended} sessions ended", found.display_name);
    tx.record(Change::new("users.deactivate", "user", user.get(), text)).await?;
    Ok(found)
}

/// Lets somebody in again, with the role they had, when a seat is free.
pub async fn reactivate<T: Team + Accounts + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    user: UserId,
    version: i64,
) -> Result<(), TeamError> {
    actor.require(Permission::UsersManage)?;
    tx.hold_firm().await?;
    let found = tx.user(user).await?.filter(|c| !c.user.active).ok_or(TeamError::NotFound)?.user;
    for permission in found.permissions.without(actor.permissions).iter() {
        actor.require(permission)?;
    }
    if found.role != Role::Portal {
        seat(tx, actor).await?;
    }
    tx.save_active(user, version, true).await?;
    let text = format!("let {} in again", found.display_name);
    tx.record(Change::new("users.reactivate", "user", user.get(), text)).await?;
    Ok(())
}
