//! A circular carried out or taken back, under guard.

use super::GuardError;
use super::command::{Command, key_of};
use super::perform::{Done, Performed};
use super::words::{day, line};
use crate::database::Tx;
use crate::relaxations::{self, RelaxationError};
use ::filings::Relaxation;
use ::filings::relaxation::{Counts, RelaxationRow};
use kernel::{Actor, Id, StoreError, Subject};
use maker_checker::{Action, Line, Section, Sight};

pub(super) async fn apply<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    command: Command,
) -> Result<Performed, GuardError> {
    let Command::ApplyRelaxation { circular } = command.clone() else {
        return Err(StoreError::Other("not a relaxation".into()).into());
    };
    let id = relaxations::apply(tx, actor, (*circular).into()).await?;
    let row = tx.relaxation(id).await?.ok_or(RelaxationError::NotFound)?;
    let subject = subject(&row.relaxation);
    let sections = vec![
        Section { title: "Circular".into(), lines: lines(&row) },
        // What was approved is this circular on these filings: another number of them is another change.
        Section { title: "What it reaches".into(), lines: reach(&row.counts) },
    ];
    let sight = Sight { sections, effects: effects(&row.counts), ..Sight::default() };
    let size = i64::try_from(row.counts.changed()).unwrap_or(i64::MAX);
    Ok(performed(Done::Relaxation(id), command, &row.relaxation, subject, sight, size))
}

pub(super) async fn undo<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    command: Command,
) -> Result<Performed, GuardError> {
    let Command::UndoRelaxation { relaxation, reason } = command.clone() else {
        return Err(StoreError::Other("not a relaxation to take back".into()).into());
    };
    let id = Id::new(relaxation);
    let row = tx.relaxation(id).await?.ok_or(RelaxationError::NotFound)?;
    let report = relaxations::undo(tx, actor, id, &reason).await?;
    let title = format!("Take back {}", row.relaxation.circular.words());
    let state = line("State", Some("Carried out".into()), Some("Taken back".into()));
    let why = line("Reason", None, Some(reason));
    let reach = line("Filings that get back what holds without it", None, Some(report.restored.to_string()));
    let lines = state.into_iter().chain(why).chain(reach).collect();
    let size = i64::try_from(report.restored).unwrap_or(i64::MAX);
    let sight = Sight { sections: vec![Section { title, lines }], ..Sight::default() };
    let subject = subject(&row.relaxation);
    Ok(performed(Done::Undone(report), command, &row.relaxation, subject, sight, size))
}

fn performed(
    done: Done,
    command: Command,
    relaxation: &Relaxation,
    subject: Subject,
    sight: Sight,
    size: i64,
) -> Performed {
    Performed {
        done,
        actions: vec![Action::Relaxation],
        command,
        about: format!("{} · {}", relaxation.circular.number, relaxation.returns_words()),
        subjects: vec![subject],
        client: None,
        sight,
        size,
        due: None,
    }
}

/// A circular has no record before it is carried out; its number stands for it.
fn subject(relaxation: &Relaxation) -> Subject {
    let name = format!("{}/{}", relaxation.regulator, relaxation.circular.number.to_lowercase());
    Subject { kind: "circular", id: key_of(&name) }
}

fn lines(row: &RelaxationRow) -> Vec<Line> {
    let r = &row.relaxation;
    let some = |text: String| Some(text).filter(|t| !t.is_empty());
    let whose = match row.listed_clients {
        Some(1) => "1 client by name".to_owned(),
        Some(n) => format!("{n} clients by name"),
        None => "All clients".to_owned(),
    };
    let periods = match (day(r.scope.period_from), day(r.scope.period_to)) {
        (Some(from), Some(to)) if from == to => Some(format!("Ending on {from}")),
        (Some(from), Some(to)) => Some(format!("Ending from {from} to {to}")),
        (Some(from), None) => Some(format!("Ending from {from} on")),
        (None, Some(to)) => Some(format!("Ending until {to}")),
        (None, None) => some(r.scope.period_keys.join(", ")),
    };
    [
        ("Regulator", some(r.regulator.clone())),
        ("Circular", some(r.circular.words())),
        ("Where to read it", r.circular.url.clone()),
        ("Returns", some(r.scope.codes.join(", "))),
        ("Periods", periods),
        ("Clients", some(whose)),
        ("Only legal forms", some(r.scope.entity_types.join(", ").replace('_', " "))),
        ("Only registrations", some(r.scope.registrations.join(", "))),
        ("What it gives", some(r.effect_words())),
        ("Names dates that have passed", r.names_past.then(|| "Yes".into())),
        ("Reason", some(r.reason.clone())),
    ]
    .into_iter()
    .filter_map(|(label, after)| line(label, None, after))
    .collect()
}

fn reach(counts: &Counts) -> Vec<Line> {
    let told = [
        ("Filings that get another date", counts.extended),
        ("Filings without late cost for a time", counts.freed),
        ("Clients", counts.clients),
    ];
    told.into_iter()
        .filter(|(_, n)| *n > 0)
        .filter_map(|(label, n)| line(label, None, Some(n.to_string())))
        .collect()
}

/// What follows today: the clock alone changes it.
fn effects(counts: &Counts) -> Vec<String> {
    let told =
        [(counts.on_time_again, "late filings are on time again"), (counts.still_late, "filings stay late")];
    told.into_iter().filter(|(n, _)| *n > 0).map(|(n, words)| format!("{n} {words}")).collect()
}
