//! A client's scalar fields and registrations, under guard.

use super::GuardError;
use super::command::Command;
use super::perform::{Done, Performed, Seen, plan_words};
use super::words::{CLIENT_FIELDS, day, line};
use crate::clients::{self as cases, ClientError};
use crate::database::Tx;
use ::clients::{Client, NewRegistration, Registration, name_key};
use kernel::id::ClientId;
use kernel::{Actor, Id, StoreError, Subject};
use maker_checker::{Action, Check, Line, Same, Section, Sight};

pub(super) async fn update<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    command: Command,
    seen: Seen,
) -> Result<Performed, GuardError> {
    let Command::UpdateClient { client, version, fields } = command.clone() else {
        return Err(StoreError::Other("not a change to a client".into()).into());
    };
    let id = Id::new(client);
    let before = tx.lock_client(id).await?.ok_or(ClientError::NotFound)?;
    let expected = if seen == Seen::Now { before.version } else { version };
    let (after, diff) = cases::update_client(tx, actor, id, expected, fields.patch()?).await?;
    let (mut sight, guarded) = difference(&before, &after);
    let owner = owner_line(tx, &before, &after).await?;
    if let Some(owner) = owner {
        add(&mut sight.sections, "With the firm", owner);
    }
    sight.effects = plan_words(&diff);
    if guarded {
        sight.checks = checks(tx, &before, &after).await?;
    }
    Ok(performed(Done::Client(id), guarded, command, &before, sight))
}

pub(super) async fn registration<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    command: Command,
) -> Result<Performed, GuardError> {
    let (client, before, done, after, diff) = match command.clone() {
        Command::AddRegistration { client, registration } => {
            let id = Id::new(client);
            let (made, diff) = cases::add_registration(tx, actor, id, registration.into()).await?;
            (id, None, Done::Registration(made.clone()), Some(made.facts), diff)
        }
        Command::ChangeRegistration { client, id: which, registration } => {
            let id = Id::new(client);
            let before = held(tx, id, which).await?;
            let wanted = Registration { id: Id::new(which), facts: registration.into() };
            let (made, diff) = cases::change_registration(tx, actor, id, wanted).await?;
            (id, before, Done::Registration(made.clone()), Some(made.facts), diff)
        }
        Command::RemoveRegistration { client, id: which } => {
            let id = Id::new(client);
            let before = held(tx, id, which).await?;
            let diff = cases::remove_registration(tx, actor, id, Id::new(which)).await?;
            (id, before, Done::Gone, None, diff)
        }
        _ => return Err(StoreError::Other("not a change to a registration".into()).into()),
    };
    let record = tx.client(client).await?.ok_or(ClientError::NotFound)?;
    let lines = registration_lines(before.as_ref(), after.as_ref());
    let guarded = !lines.is_empty();
    let title = match after.as_ref().or(before.as_ref()) {
        Some(r) => format!("Registration: {} {}", r.regulator, r.category),
        None => "Registration".into(),
    };
    let sections = if guarded { vec![Section { title, lines }] } else { Vec::new() };
    let sight = Sight { sections, effects: plan_words(&diff), ..Sight::default() };
    Ok(performed(done, guarded, command, &record, sight))
}

async fn held<T: Tx + ?Sized>(
    tx: &mut T,
    client: ClientId,
    id: i64,
) -> Result<Option<NewRegistration>, StoreError> {
    let all = tx.registrations_of(client).await?;
    Ok(all.into_iter().find(|r| r.id.get() == id).map(|r| r.facts))
}

fn performed(done: Done, guarded: bool, command: Command, client: &Client, sight: Sight) -> Performed {
    Performed {
        done,
        actions: if guarded { vec![Action::ClientKyc] } else { Vec::new() },
        command,
        about: client.client_name.clone(),
        subjects: vec![Subject { kind: "client", id: client.id.get() }],
        client: Some(client.id),
        sight,
        size: 1,
        due: None,
    }
}

/// The fields that differ, and whether one of them is guarded.
fn difference(before: &Client, after: &Client) -> (Sight, bool) {
    let (mut sections, mut guarded, mut unchanged, mut same) = (Vec::new(), false, 0, Vec::new());
    for field in CLIENT_FIELDS {
        let now = (field.read)(after);
        if let Some(line) = line(field.label, (field.read)(before), now.clone()) {
            guarded |= field.kyc;
            add(&mut sections, field.section, line);
            continue;
        }
        unchanged += 1;
        let held = now.filter(|text| !text.is_empty());
        same.extend(held.map(|value| Same { label: field.label.into(), value }));
    }
    (Sight { sections, unchanged, same, ..Sight::default() }, guarded)
}

fn add(sections: &mut Vec<Section>, title: &str, line: Line) {
    match sections.iter_mut().find(|s| s.title == title) {
        Some(section) => section.lines.push(line),
        None => sections.push(Section { title: title.into(), lines: vec![line] }),
    }
}

async fn owner_line<T: Tx + ?Sized>(
    tx: &mut T,
    before: &Client,
    after: &Client,
) -> Result<Option<Line>, StoreError> {
    if before.owner == after.owner {
        return Ok(None);
    }
    let mut names = [None, None];
    for (name, owner) in names.iter_mut().zip([before.owner, after.owner]) {
        if let Some(owner) = owner {
            *name = tx.user(owner).await?.map(|found| found.user.display_name);
        }
    }
    let [old, new] = names;
    Ok(line("Owner", old, new))
}

/// What can be told about the new numbers without asking a register.
async fn checks<T: Tx + ?Sized>(
    tx: &mut T,
    before: &Client,
    after: &Client,
) -> Result<Vec<Check>, StoreError> {
    let mut found = Vec::new();
    let numbers = before.identifiers != after.identifiers;
    if numbers || before.entity_type != after.entity_type {
        let today = kernel::ist_date(after.updated_at);
        if let Ok((_, warnings)) = crate::identifiers::check(
            after.identifiers.clone(),
            after.entity_type,
            after.incorporated_on,
            today,
        ) {
            found.push(Check { ok: true, text: "The numbers fit each other and the legal form".into() });
            found.extend(warnings.into_iter().map(|(_, text)| Check { ok: false, text }));
        }
    }
    if numbers || before.client_name != after.client_name {
        let twins =
            tx.duplicates_of(&after.identifiers, &name_key(&after.client_name), Some(after.id)).await?;
        match twins.first() {
            None => {
                found.push(Check { ok: true, text: "No other client has these numbers or this name".into() })
            }
            Some(twin) => found.push(Check {
                ok: false,
                text: format!("Looks like {}, by its {}", twin.client_name, twin.matched_on),
            }),
        }
    }
    Ok(found)
}

fn registration_lines(before: Option<&NewRegistration>, after: Option<&NewRegistration>) -> Vec<Line> {
    let of = |read: fn(&NewRegistration) -> Option<String>| (before.and_then(read), after.and_then(read));
    let both = [
        ("Regulator", of(|r| Some(r.regulator.clone()))),
        ("Category", of(|r| Some(r.category.clone()))),
        ("Registration number", of(|r| Some(r.registration_no.clone()))),
        ("Valid from", of(|r| day(r.valid_from))),
        ("Valid to", of(|r| day(r.valid_to))),
        ("Status", of(|r| Some(r.status.clone()))),
    ];
    both.into_iter().filter_map(|(label, (old, new))| line(label, old, new)).collect()
}
