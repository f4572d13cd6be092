//! Who belongs to the firm, with which role, and how everybody signs in, under guard. Taking access away needs nobody: it has
//! to work at once.

use super::GuardError;
use super::command::{Command, key_of};
use super::forms::unreadable;
use super::perform::{Done, Links, Performed, Seen};
use super::words::{self, line};
use crate::database::Tx;
use identity::team::{self, ChangePost, Invite, Post, TeamError};
use identity::{User, second_factor};
use kernel::limit::Counted;
use kernel::{Actor, Id, PermissionSet, Role, StoreError, Subject};
use maker_checker::{Action, Line, Section, Sight};

pub(super) async fn invite<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    command: Command,
    links: Option<&dyn Links>,
) -> Result<Performed, GuardError> {
    let Command::Invite { email, display_name, role, custom_role } = command.clone() else {
        return Err(StoreError::Other("not an invitation".into()).into());
    };
    let made = links.and_then(|links| links.invitation(actor.tenant));
    let (link, token) = made.ok_or_else(|| StoreError::Other("no link can be made".into()))?;
    let post = post_of(&role, custom_role)?;
    let cmd = Invite { email, display_name, post };
    let invited = team::invite(tx, actor, &cmd, token, &link).await?;
    let (title, permissions) = titled(tx, post).await?;
    let email = cmd.email.trim().to_lowercase();
    let lines = [
        line("Name", None, Some(cmd.display_name.trim().to_owned())),
        line("E-mail", None, Some(email.clone())),
        line("Role", None, Some(title)),
    ];
    let mut lines: Vec<Line> = lines.into_iter().flatten().collect();
    lines.extend(gains(PermissionSet::NONE, permissions));
    let section = Section { title: "Invitation".into(), lines };
    let effects = vec![seats(tx, actor).await?, "A link goes out by mail, for one use within 7 days".into()];
    let subject = Subject { kind: "invitation", id: key_of(&email) };
    let done = Done::Invited(invited.id, link);
    Ok(performed(done, command, cmd.display_name, subject, section, effects))
}

pub(super) async fn change_post<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    command: Command,
    seen: Seen,
) -> Result<Performed, GuardError> {
    let Command::ChangePost { user, version, role, custom_role } = command.clone() else {
        return Err(StoreError::Other("not a change of role".into()).into());
    };
    let found = person(tx, user).await?;
    let version = if seen == Seen::Now { found.version } else { version };
    let post = post_of(&role, custom_role)?;
    team::change_post(tx, actor, ChangePost { user: found.id, version, post }).await?;
    let (title, permissions) = titled(tx, post).await?;
    let mut lines: Vec<Line> = line("Role", Some(role_of(&found)), Some(title)).into_iter().collect();
    if !lines.is_empty() {
        lines.extend(gains(found.permissions, permissions));
        lines.extend(losses(found.permissions, permissions));
    }
    let section = Section { title: found.email, lines };
    let subject = Subject { kind: "user", id: user };
    let effects = vec!["It holds from their next request on".into()];
    Ok(performed(Done::Access, command, found.display_name, subject, section, effects))
}

pub(super) async fn reactivate<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    command: Command,
    seen: Seen,
) -> Result<Performed, GuardError> {
    let Command::Reactivate { user, version } = command.clone() else {
        return Err(StoreError::Other("not somebody who comes back".into()).into());
    };
    let found = person(tx, user).await?;
    let version = if seen == Seen::Now { found.version } else { version };
    team::reactivate(tx, actor, found.id, version).await?;
    let lines = [
        line("Sign-in", Some("Deactivated".into()), Some("Let in again".into())),
        line("Role", None, Some(role_of(&found))),
    ];
    let section = Section { title: found.email, lines: lines.into_iter().flatten().collect() };
    let effects = vec![seats(tx, actor).await?];
    let subject = Subject { kind: "user", id: user };
    Ok(performed(Done::Access, command, found.display_name, subject, section, effects))
}

pub(super) async fn require_totp<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    command: Command,
) -> Result<Performed, GuardError> {
    let Command::RequireTotp { everybody } = command.clone() else {
        return Err(StoreError::Other("not a rule about signing in".into()).into());
    };
    let before = tx.firm().await?.require_totp;
    second_factor::require_totp(tx, actor, everybody).await?;
    let words = |on: bool| Some(if on { "Everybody" } else { "Who administers" }.to_owned());
    let changed = line("Second factor needed by", words(before), words(everybody));
    let without = tx.users().await?.iter().filter(|u| u.active && !u.permissions.administers()).count();
    let effects = vec![if everybody {
        format!("Whoever of {without} people has none reaches only its set-up until it is done")
    } else {
        "Whoever has one keeps it and may turn it off".into()
    }];
    let section = Section { title: "Signing in".into(), lines: changed.into_iter().collect() };
    let subject = Subject { kind: "firm", id: key_of("sign-in") };
    Ok(performed(Done::Access, command, "How everybody signs in".into(), subject, section, effects))
}

fn performed(
    done: Done,
    command: Command,
    about: String,
    subject: Subject,
    section: Section,
    effects: Vec<String>,
) -> Performed {
    Performed {
        done,
        actions: if section.lines.is_empty() { Vec::new() } else { vec![Action::Access] },
        command,
        about,
        subjects: vec![subject],
        client: None,
        sight: Sight { sections: vec![section], effects, ..Sight::default() },
        size: 1,
        due: None,
    }
}

async fn person<T: Tx + ?Sized>(tx: &mut T, user: i64) -> Result<User, GuardError> {
    Ok(tx.user(Id::new(user)).await?.ok_or(TeamError::NotFound)?.user)
}

fn post_of(role: &str, custom_role: Option<i64>) -> Result<Post, StoreError> {
    match (Role::parse(role), custom_role) {
        (Some(Role::Custom), Some(id)) => Ok(Post::Own(Id::new(id))),
        (Some(role), None) => Ok(Post::Fixed(role)),
        _ => Err(unreadable("role")),
    }
}

/// What a role is called and what it allows.
async fn titled<T: Tx + ?Sized>(tx: &mut T, post: Post) -> Result<(String, PermissionSet), StoreError> {
    match post {
        Post::Fixed(role) => Ok((words::role(role), role.permissions())),
        Post::Own(id) => {
            let found = tx.lock_custom_role(id).await?;
            Ok(found.map_or((String::new(), PermissionSet::NONE), |role| (role.name, role.permissions)))
        }
    }
}

fn role_of(user: &User) -> String {
    user.custom_role.as_ref().map_or_else(|| words::role(user.role), |own| own.name.clone())
}

fn gains(before: PermissionSet, after: PermissionSet) -> Option<Line> {
    line("May from then on", None, Some(words::sentences(after.without(before))))
}

fn losses(before: PermissionSet, after: PermissionSet) -> Option<Line> {
    line("May no longer", Some(words::sentences(before.without(after))), None)
}

/// How many seats are taken then; this one is counted already.
async fn seats<T: Tx + ?Sized>(tx: &mut T, actor: &Actor) -> Result<String, StoreError> {
    let used = tx.seats_used().await?;
    let limit = actor.entitlements.limit(Counted::Users).get();
    Ok(if limit < 0 {
        format!("{used} seats are taken then")
    } else {
        format!("{used} of {limit} seats are taken then")
    })
}
