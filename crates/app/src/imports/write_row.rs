//! Writes the checked rows that change a client, and what all rows of a batch leave: the journal, the plans.

use super::before::{Before, Scalars};
use super::check::CheckedRow;
use crate::database::Tx;
use crate::licence::{PlanError, require_open};
use crate::planning::plan_clients;
use clients::draft::changes;
use clients::import::{RowChange, changes_for};
use clients::{Client, ImportRow};
use filings::plan::Policy;
use kernel::id::ClientId;
use kernel::journal::Change;
use kernel::{Actor, FieldErrors, StoreError};
use rulebook::Rulebook;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What every row of a batch shares.
pub(crate) struct Batch<'a> {
    pub(crate) rules: &'a Rulebook,
    pub(crate) policy: &'a Policy,
    pub(crate) file_name: &'a str,
}

/// What the rows of a batch leave to be done once for all of them.
#[derive(Default)]
pub(crate) struct Left {
    /// Clients to plan.
    pub(crate) clients: BTreeMap<ClientId, Client>,
    pub(crate) entries: Vec<Change>,
}

impl Left {
    /// Writes the journal entries and plans the clients.
    pub(crate) async fn finish<T: Tx + ?Sized>(
        self,
        tx: &mut T,
        actor: &Actor,
        batch: &Batch<'_>,
    ) -> Result<(), StoreError> {
        tx.record_all(self.entries).await?;
        let clients: Vec<Client> = self.clients.into_values().collect();
        plan_clients(tx, actor, &clients, batch.rules, batch.policy).await?;
        Ok(())
    }
}

/// What became of a row.
pub(crate) enum Written {
    /// Made or changed.
    Row(ImportRow),
    /// Nothing differed.
    Nothing,
    /// The world moved on since the check; the sentence says how.
    Refused(String),
}

/// Changes the client of the row in the open transaction.
pub(crate) async fn update<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    row: &CheckedRow,
    id: ClientId,
    batch: &Batch<'_>,
    left: &mut Left,
) -> Result<Written, StoreError> {
    let gone = || Ok(Written::Refused("The client was removed in the meantime.".to_owned()));
    if tx.lock_client(id).await?.is_none() {
        return gone();
    }
    let Some(record) = tx.records_of(&[id]).await?.pop() else { return gone() };
    let change = match changes_for(&record, &row.data, row.owner, &row.events, actor.today()) {
        Ok(change) => change,
        Err(errors) => return Ok(refused(&errors)),
    };
    if change.is_empty() {
        return Ok(Written::Nothing);
    }
    match require_open(tx, actor, id).await {
        Ok(()) => {}
        Err(PlanError::NotEntitled(why)) => return Ok(Written::Refused(why.to_string())),
        Err(PlanError::Store(error)) => return Err(error),
    }
    let mut before = Before::default();
    let mut after = change.after.clone();
    if change.scalars {
        before.scalars = Some(Scalars::of(&record.client));
        tx.save_client(&after).await?;
        after.version += 1;
        after.updated_at = actor.at;
    }
    for fact in &change.facts {
        before.note_fact(&record, fact);
        tx.set_fact(id, fact, actor.at).await?;
    }
    for registration in &change.add_registrations {
        before.added_registrations.push(tx.add_registration(id, registration).await?.get());
    }
    for registration in &change.save_registrations {
        before.note_registration(&record, registration);
        tx.save_registration(id, registration).await?;
    }
    if let Some(contact) = &change.add_contact {
        before.added_contacts.push(tx.add_contact(id, contact).await?.get());
    }
    if let Some(contact) = &change.save_contact {
        before.note_contact(&record, contact);
        tx.save_contact(id, contact).await?;
    }
    for event in &change.events {
        before.added_events.push(tx.add_event(id, event, actor.user, actor.at).await?.get());
    }
    left.entries.push(entry(row, &record.client, &change, batch));
    let written = done(row, &after, false, before.to_json());
    if change.scalars || change.moves_filings_beside_scalars() {
        left.clients.insert(id, after);
    }
    Ok(Written::Row(written))
}

/// The journal entry: which fields, and their values before and after.
fn entry(row: &CheckedRow, before: &Client, change: &RowChange, batch: &Batch<'_>) -> Change {
    let (old, mut new): (Map<String, Value>, _) = changes(before, &change.after);
    let mut names: Vec<String> = new.keys().cloned().collect();
    for fact in &change.facts {
        names.push(batch.rules.fact_def(&fact.key).map_or_else(|| fact.key.clone(), |def| def.title.clone()));
        new.insert(fact.key.clone(), fact.value.clone().map_or(Value::Null, Value::String));
    }
    for (some, name) in [
        (!(change.add_registrations.is_empty() && change.save_registrations.is_empty()), "registrations"),
        (change.add_contact.is_some() || change.save_contact.is_some(), "contacts"),
    ] {
        if some {
            names.push(name.to_owned());
        }
    }
    for event in &change.events {
        let title =
            batch.rules.event_kind(&event.kind).map_or(event.kind.as_str(), |kind| kind.title.as_str());
        names.push(format!("{title} on {}", event.on));
    }
    let text = format!("changed {}, from row {} of {}", names.join(", "), row.number, batch.file_name);
    Change::new("clients.update", "client", before.id.get(), text)
        .on_client(before.id)
        .with(Some(Value::Object(old)), Some(Value::Object(new)))
}

pub(crate) fn done(row: &CheckedRow, client: &Client, created: bool, before: Option<Value>) -> ImportRow {
    ImportRow {
        row_no: i32::try_from(row.number).unwrap_or(i32::MAX),
        client: client.id,
        created,
        before,
        version_after: client.version,
    }
}

pub(crate) fn refused(errors: &FieldErrors) -> Written {
    Written::Refused(errors.first().unwrap_or("The row does not fit the client any more.").to_owned())
}
