//! Filings, one or many, under guard.

use super::GuardError;
use super::command::Command;
use super::forms::FilingForm;
use super::perform::{Done, Performed, Seen};
use super::words::{day, line};
use crate::database::Tx;
use crate::filings_bulk::{BulkResult, Targets, Wanted, change_filings};
use ::filings::commands::NewState;
use ::filings::{Filing, FilingState, PatchFiling};
use kernel::id::{ClientId, UserId};
use kernel::{Actor, Id, StoreError, Subject};
use maker_checker::{Action, Check, Line, Section, Sight};
use std::collections::BTreeMap;

pub(super) async fn change<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    command: Command,
    seen: Seen,
) -> Result<Performed, GuardError> {
    let Command::ChangeFilings { filings } = command else {
        return Err(StoreError::Other("not a change to filings".into()).into());
    };
    let wanted = filings
        .iter()
        .cloned()
        .map(|form| Wanted {
            id: Id::new(form.id),
            expected: form.version.filter(|_| seen == Seen::ByMaker),
            patch: form.patch(),
        })
        .collect();
    let results = change_filings(tx, actor, Targets::Named(wanted)).await?;
    if seen == Seen::Now
        && let Some(at) = results.iter().position(|one| one.result.is_err())
    {
        // Shown as possible, not possible any more: all of it or nothing.
        let mut results = results;
        return match results.swap_remove(at).result {
            Err(error) => Err(error.into()),
            Ok(_) => Err(StoreError::Stale.into()),
        };
    }
    let forms: BTreeMap<i64, FilingForm> = filings.into_iter().map(|form| (form.id, form)).collect();
    let assigned = forms.values().any(|form| form.clone().patch().assignee.is_some());
    let people = if assigned { tx.users().await? } else { Vec::new() };
    let mut told =
        Told { names: people.into_iter().map(|u| (u.id, u.display_name)).collect(), ..Told::default() };
    for one in &results {
        if let (Ok((_, before)), Some(form)) = (&one.result, forms.get(&one.id.get())) {
            told.add(one, before, form);
        }
    }
    let about = told.about();
    let due = results.iter().filter_map(|one| one.row.as_ref().and_then(|row| row.legal_due)).min();
    let client = told.client();
    Ok(Performed {
        done: Done::Filings(results),
        actions: told.actions,
        command: Command::ChangeFilings { filings: told.kept },
        about,
        subjects: told.subjects,
        client,
        size: i64::try_from(told.sections.len()).unwrap_or(i64::MAX),
        sight: Sight {
            sections: told.sections,
            effects: told.effects,
            checks: told.checks,
            ..Sight::default()
        },
        due,
    })
}

/// What is told of the filings that change.
#[derive(Default)]
struct Told {
    actions: Vec<Action>,
    kept: Vec<FilingForm>,
    names: BTreeMap<UserId, String>,
    subjects: Vec<Subject>,
    sections: Vec<Section>,
    clients: Vec<ClientId>,
    effects: Vec<String>,
    checks: Vec<Check>,
}

impl Told {
    fn add(&mut self, one: &BulkResult, before: &Filing, form: &FilingForm) {
        let patch = form.clone().patch();
        let lines = lines(before, &patch, &self.names);
        if lines.is_empty() {
            return;
        }
        for action in actions_of(&patch) {
            if !self.actions.contains(&action) {
                self.actions.push(action);
            }
        }
        self.kept.push(form.clone().at_version(before.version));
        self.subjects.push(Subject { kind: "filing", id: before.id.get() });
        self.clients.push(before.client);
        let whose = one.row.as_ref().map(|row| row.client_name.as_str()).unwrap_or_default();
        let title = format!("{} · {} · {whose}", before.code, before.period_label);
        if let (Some(NewState::Filed { on: Some(on), .. }), Some(row)) = (&patch.state, &one.row) {
            self.look_at(row, *on);
        }
        self.sections.push(Section { title, lines });
    }

    fn look_at(&mut self, row: &::filings::FilingRow, on: kernel::Date) {
        let name = format!("{} {}", row.code, row.period_label);
        if let Some(due) = row.legal_due {
            let late = (on - due).whole_days();
            let text = match late {
                ..=0 => format!("{name}: filed on time"),
                1 => format!("{name}: filed 1 day late"),
                late => format!("{name}: filed {late} days late"),
            };
            self.checks.push(Check { ok: late <= 0, text });
        }
        let (done, total) = (row.checklist_done, row.checklist_total);
        if total > 0 {
            let text = format!("{name}: {done} of {total} items of the checklist are done");
            self.checks.push(Check { ok: done == total, text });
        }
    }

    fn about(&self) -> String {
        match self.sections.as_slice() {
            [] => "No filing".into(),
            [one] => one.title.clone(),
            [first, rest @ ..] => format!("{} and {} more", first.title, rest.len()),
        }
    }

    /// The client, when all are of one.
    fn client(&self) -> Option<ClientId> {
        let first = *self.clients.first()?;
        self.clients.iter().all(|client| *client == first).then_some(first)
    }
}

fn actions_of(patch: &PatchFiling) -> Vec<Action> {
    let mut actions = Vec::new();
    match patch.state {
        Some(NewState::Filed { .. }) => actions.push(Action::FilingFiled),
        Some(NewState::Waived(_) | NewState::NotApplicable(_)) => actions.push(Action::FilingClosed),
        _ => {}
    }
    // Going back to the plan needs nobody.
    if matches!(patch.target_due, Some(Some(_))) {
        actions.push(Action::FilingDates);
    }
    actions
}

fn lines(before: &Filing, patch: &PatchFiling, names: &BTreeMap<UserId, String>) -> Vec<Line> {
    let mut found = Vec::new();
    let mut push =
        |label: &str, old: Option<String>, new: Option<String>| found.extend(line(label, old, new));
    if let Some(state) = &patch.state {
        let (word, facts) = state_words(state);
        push("State", Some(state_word(&before.state).into()), Some(word.into()));
        for (label, value) in facts {
            push(label, None, value);
        }
    }
    if let Some(target) = patch.target_due {
        push("Internal target", day(before.target_due), day(target.or(before.legal_due)));
    }
    if let Some(days) = patch.breach_after_days {
        let words = |days: u16| Some(format!("{days} days late"));
        push("Counts as breached after", words(before.breach_after_days), words(days));
    }
    if let Some(assignee) = patch.assignee
        && assignee != before.assignee
    {
        let words = |user: Option<UserId>| user.and_then(|id| names.get(&id).cloned());
        push("Assignee", words(before.assignee), words(assignee));
    }
    found
}

fn state_word(state: &FilingState) -> &'static str {
    match state {
        FilingState::Open => "Open",
        FilingState::InReview => "In review",
        FilingState::Closed(_) => "Closed",
        FilingState::Withdrawn => "No longer applies",
    }
}

type Facts = Vec<(&'static str, Option<String>)>;

fn state_words(state: &NewState) -> (&'static str, Facts) {
    match state {
        NewState::Filed { on, acknowledgement, exception, nil } => {
            let mut facts = vec![("Filed on", day(*on)), ("Acknowledgement", acknowledgement.clone())];
            facts.push(("Without acknowledgement because", exception.clone()));
            facts.push(("Nil return", nil.then(|| "Yes".into())));
            ("Filed", facts)
        }
        NewState::Waived(reason) => ("Waived", vec![("Reason", Some(reason.clone()))]),
        NewState::NotApplicable(reason) => ("Not applicable", vec![("Reason", Some(reason.clone()))]),
        NewState::InReview => ("In review", Vec::new()),
        NewState::Open(reason) => ("Open", vec![("Reason", Some(reason.clone()))]),
        NewState::Derived(_) => ("Open", Vec::new()),
    }
}
