//! A role that the firm makes or changes, under guard: one line for each permission that comes or goes.

use super::GuardError;
use super::command::{Command, key_of};
use super::forms::unreadable;
use super::perform::{Done, Performed, Seen};
use super::words::line;
use crate::database::Tx;
use identity::roles::{self, ChangeRole, NewRole, RoleError};
use kernel::{Actor, Feature, Id, Permission, PermissionSet, StoreError, Subject};
use maker_checker::{Action, Line, Section, Sight};

pub(super) async fn save<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    command: Command,
    seen: Seen,
) -> Result<Performed, GuardError> {
    let (done, subject, before, after, in_use) = match command.clone() {
        Command::CreateRole { name, permissions } => {
            let new = NewRole { name, permissions: known(&permissions)? };
            let id = roles::add_role(tx, actor, &new).await?;
            let subject = Subject { kind: "role", id: key_of(&new.name.to_lowercase()) };
            (Done::Role(id), subject, None, new, 0)
        }
        Command::ChangeRole { role, version, name, permissions } => {
            // Asked before the role is looked for, so that the answer does not depend on whether it is there.
            actor.require(Permission::RolesManage)?;
            actor.entitled(Feature::CustomRoles)?;
            let id = Id::new(role);
            let before = tx.lock_custom_role(id).await?.ok_or(RoleError::NotFound)?;
            let version = if seen == Seen::Now { before.version } else { version };
            let new = NewRole { name, permissions: known(&permissions)? };
            roles::change_role(tx, actor, &ChangeRole { id, version, role: new.clone() }).await?;
            let (in_use, subject) = (before.in_use, Subject { kind: "role", id: role });
            let before = NewRole { name: before.name, permissions: before.permissions };
            (Done::Role(id), subject, Some(before), new, in_use)
        }
        _ => return Err(StoreError::Other("not a role".into()).into()),
    };
    let lines = lines(before.as_ref(), &after);
    let effects = match in_use {
        0 => Vec::new(),
        1 => vec!["It holds for the one person or invitation that has it, from the next request on".into()],
        n => vec![format!("It holds for {n} people or invitations that have it, from the next request on")],
    };
    let about = before.map_or_else(|| after.name.clone(), |role| role.name);
    let section = Section { title: "Role".into(), lines };
    Ok(Performed {
        done,
        actions: if section.lines.is_empty() { Vec::new() } else { vec![Action::Access] },
        command,
        about,
        subjects: vec![subject],
        client: None,
        sight: Sight { sections: vec![section], effects, ..Sight::default() },
        size: 1,
        due: None,
    })
}

/// Names of permissions as they were kept.
pub(super) fn known(names: &[String]) -> Result<PermissionSet, StoreError> {
    names.iter().map(|name| Permission::parse(name).ok_or_else(|| unreadable("permission"))).collect()
}

fn lines(before: Option<&NewRole>, after: &NewRole) -> Vec<Line> {
    let none = PermissionSet::NONE;
    let (held, wanted) = (before.map_or(none, |role| role.permissions), after.permissions);
    let allowed = |set: PermissionSet, permission| set.contains(permission).then(|| "Allowed".to_owned());
    let name = line("Name", before.map(|role| role.name.clone()), Some(after.name.trim().to_owned()));
    let permissions = Permission::ALL.iter().filter_map(|permission| {
        let label = permission.sentence().trim_end_matches('.');
        line(label, allowed(held, *permission), allowed(wanted, *permission))
    });
    name.into_iter().chain(permissions).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_permission_that_comes_or_goes_is_a_line() {
        let role = |name: &str, all: &[Permission]| NewRole {
            name: name.into(),
            permissions: all.iter().copied().collect(),
        };
        let before = role("Desk", &[Permission::ClientsView, Permission::FilingsView]);
        let after = role("Desk", &[Permission::ClientsView, Permission::JournalView]);
        let told = lines(Some(&before), &after);
        let told: Vec<(&str, bool, bool)> =
            told.iter().map(|l| (l.label.as_str(), l.before.is_some(), l.after.is_some())).collect();
        assert_eq!(
            told,
            [("Read filings and their reasons", true, false), ("Read the journal", false, true)]
        );
        assert!(lines(Some(&after), &after).is_empty());
        assert_eq!(lines(None, &after).len(), 3, "the name and two permissions");
    }
}
