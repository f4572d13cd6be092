//! Internal returns, under guard.

use super::GuardError;
use super::change_rule::performed;
use super::command::{Command, key_of};
use super::perform::{Done, Performed, Seen};
use super::words::{self, day, line};
use crate::database::Tx;
use crate::firm_rules::{self, FirmRules, InternalReturn, Version};
use clients::EntityType;
use kernel::{Actor, Role, StoreError, Subject};
use maker_checker::{Line, Section};

pub(super) async fn write<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    command: Command,
    seen: Seen,
) -> Result<Performed, GuardError> {
    let Command::WriteInternal { own } = command.clone() else {
        return Err(StoreError::Other("not an internal return".into()).into());
    };
    let mut wanted = *own;
    let before = tx.lock_internal_return(&wanted.code).await?;
    if let (Seen::Now, Some(held)) = (seen, &before)
        && wanted.expected > 0
    {
        wanted.expected = held.version;
    }
    let (code, reason) = (wanted.code.clone(), wanted.reason.trim().to_owned());
    let old = match before.as_ref().and_then(|own| own.versions.last()) {
        Some(version) => Some(told(&code, version, &FirmRules::load(tx).await?)),
        None => None,
    };
    let made = firm_rules::write_internal(tx, actor, wanted).await?;
    let last = made.versions.last().ok_or_else(|| StoreError::Other("a return without a wording".into()))?;
    let new = told(&code, last, &FirmRules::load(tx).await?);
    let about = about(&made);
    let empty = [const { None }; FIELDS];
    let mut lines: Vec<Line> = LABELS
        .iter()
        .zip(old.unwrap_or(empty).into_iter().zip(new))
        .filter_map(|(label, (old, new))| line(label, old, new))
        .collect();
    let guarded = !lines.is_empty();
    lines.extend(line("Reason", None, Some(reason)));
    let section = Section { title: "Internal return, not law".into(), lines };
    Ok(performed(Done::Rules, guarded, command, about, subject(&code), section))
}

pub(super) async fn retire<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    command: Command,
    seen: Seen,
) -> Result<Performed, GuardError> {
    let Command::RetireInternal { own } = command.clone() else {
        return Err(StoreError::Other("not an internal return to retire".into()).into());
    };
    let mut wanted = own;
    if seen == Seen::Now
        && let Some(held) = tx.lock_internal_return(&wanted.code).await?
    {
        wanted.expected = held.version;
    }
    let (code, reason) = (wanted.code.clone(), wanted.reason.trim().to_owned());
    let retired = firm_rules::retire_internal(tx, actor, wanted).await?;
    let gone = line(
        "Planned",
        Some("Until retired".into()),
        day(retired.retired_from).map(|d| format!("Not from {d} on")),
    );
    let why = line("Reason", None, Some(reason));
    let lines = gone.into_iter().chain(why).collect();
    let section = Section { title: "Internal return, not law".into(), lines };
    Ok(performed(Done::Rules, true, command, about(&retired), subject(&code), section))
}

fn subject(code: &str) -> Subject {
    Subject { kind: "return", id: key_of(code) }
}

fn about(own: &InternalReturn) -> String {
    let title = own.versions.last().map(|version| version.wording.title.as_str()).unwrap_or_default();
    format!("{} · {title}", own.code)
}

const FIELDS: usize = 9;

const LABELS: [&str; FIELDS] =
    ["Name", "From", "Due", "How often", "Legal forms", "Registrations", "Clients", "Done by", "Checklist"];

/// A wording in words, in the order of the labels.
fn told(code: &str, version: &Version, firm: &FirmRules) -> [Option<String>; FIELDS] {
    let wording = &version.wording;
    let book = firm.book(code);
    let due = book.rule(&format!("{code}@{}", version.from)).map(|rule| book.due_words(rule));
    let forms = wording.entity_types.iter().map(|form| {
        EntityType::parse(form).map_or_else(|| form.replace('_', " "), |form| form.title().to_owned())
    });
    let forms: Vec<String> = forms.collect();
    let clients = match wording.clients.len() {
        0 => "All to whom the rest applies".to_owned(),
        1 => "1 client by name".to_owned(),
        n => format!("{n} clients by name"),
    };
    let late = format!("; missed after {} days", wording.breach_after_days);
    [
        Some(wording.title.clone()),
        day(Some(version.from)),
        due.map(|due| format!("{due}{late}")),
        Some(wording.frequency.replace('_', "-")),
        Some(forms.join(", ")),
        Some(wording.registrations.join(", ")),
        Some(clients),
        Role::parse(&wording.owner).map(words::role),
        Some(wording.checklist.join("; ")),
    ]
}
