//! A key for programs, under guard. It is made without a secret; whoever asked for it collects that once.

use super::GuardError;
use super::change_role::known;
use super::command::{Command, key_of};
use super::perform::{Done, Performed};
use super::words::{day, line, sentences};
use crate::database::Tx;
use identity::keys::{CreateKey, KeyError, create_key};
use kernel::{Actor, Date, FieldErrors, StoreError, Subject};
use maker_checker::{Action, Check, Section, Sight};

pub(super) async fn create<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    command: Command,
) -> Result<Performed, GuardError> {
    let Command::CreateKey { name, permissions, last_day } = command.clone() else {
        return Err(StoreError::Other("not a key".into()).into());
    };
    let permissions = known(&permissions)?;
    let until = end_of(last_day).ok_or_else(|| {
        KeyError::Invalid(FieldErrors::one("expiresOn", "Choose a day from tomorrow to a year from now."))
    })?;
    let id = create_key(tx, actor, &CreateKey { name: name.clone(), permissions, until }).await?;
    let lines = [
        line("What for", None, Some(name.clone())),
        line("Acts for", None, Some(actor.name.clone())),
        line("May", None, Some(sentences(permissions))),
        line("Last day", None, day(Some(last_day))),
    ];
    let section = Section { title: "Key".into(), lines: lines.into_iter().flatten().collect() };
    let checks = vec![Check {
        ok: !permissions.administers(),
        text: match permissions.administers() {
            true => "It gives power over who else may do what".into(),
            false => "It gives no power over who else may do what".into(),
        },
    }];
    let effects = vec![format!("{} can collect its secret once, within 7 days", actor.name)];
    Ok(Performed {
        done: Done::Key(id),
        actions: vec![Action::ApiKey],
        command,
        subjects: vec![Subject { kind: "api_key", id: key_of(&format!("{:?}/{name}", actor.user)) }],
        about: name,
        client: None,
        sight: Sight { sections: vec![section], effects, checks, ..Sight::default() },
        size: 1,
        due: None,
    })
}

/// The first instant after a day in India.
fn end_of(last: Date) -> Option<kernel::moment::Instant> {
    Some(last.next_day()?.midnight().assume_offset(kernel::moment::IST))
}
