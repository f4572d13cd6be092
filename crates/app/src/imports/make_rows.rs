//! Writes the checked rows that make new clients, all of a batch together.

use super::check::{CheckedRow, new_client};
use super::write_row::{Batch, Left, Written, done, refused};
use crate::database::Tx;
use crate::facts::EVER;
use crate::licence::claim_some;
use clients::draft::as_json;
use clients::{Client, Fact, Identifiers, Newcomer};
use kernel::journal::Change;
use kernel::{Actor, Counted, Id, StoreError};
use serde_json::Value;
use std::collections::HashMap;

/// Makes the clients in the open transaction; answers in the order of the rows.
pub(crate) async fn make_rows<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    rows: &[&CheckedRow],
    batch: &Batch<'_>,
    left: &mut Left,
) -> Result<Vec<Written>, StoreError> {
    let drafts: Vec<Result<Newcomer, Written>> = rows.iter().map(|row| newcomer(row, actor)).collect();
    let drafts = without_twins(tx, drafts).await?;
    let drafts = within_the_plan(tx, actor, drafts).await?;
    let good: Vec<Newcomer> = drafts.iter().filter_map(|draft| draft.as_ref().ok()).cloned().collect();
    let mut ids = tx.insert_newcomers(&good, actor.user, actor.at).await?.into_iter();
    let mut written = Vec::with_capacity(rows.len());
    for (row, draft) in rows.iter().zip(drafts) {
        written.push(match draft {
            Err(refused) => refused,
            Ok(Newcomer { mut client, .. }) => {
                client.id = ids.next().ok_or_else(|| StoreError::Other("a new client has no id".into()))?;
                left.entries.push(entry(&client, row, batch));
                let made = done(row, &client, true, None);
                left.clients.insert(client.id, client);
                Written::Row(made)
            }
        });
    }
    Ok(written)
}

/// The client that a row describes, or why it can no longer be made.
fn newcomer(row: &CheckedRow, actor: &Actor) -> Result<Newcomer, Written> {
    let today = actor.today();
    let new = new_client(row, today).checked(today).map_err(|errors| refused(&errors))?;
    let facts = row.data.facts.iter();
    Ok(Newcomer {
        client: Client {
            id: Id::new(0),
            short_name: new.short_name.unwrap_or_default(),
            client_name: new.client_name,
            entity_type: new.entity_type,
            status: new.status,
            risk_rating: new.risk_rating,
            identifiers: new.identifiers,
            incorporated_on: new.incorporated_on,
            track_from: new.track_from.unwrap_or(today),
            owner: new.owner,
            tags: new.tags,
            notes: new.notes,
            version: 1,
            created_at: actor.at,
            updated_at: actor.at,
        },
        registrations: new.registrations,
        contacts: new.contacts,
        facts: facts
            .map(|(key, value)| Fact { key: key.clone(), value: Some(value.clone()), valid_from: EVER })
            .collect(),
        events: row.events.clone(),
    })
}

/// Refuses those whose numbers another client has since the check, or another row of this batch.
async fn without_twins<T: Tx + ?Sized>(
    tx: &mut T,
    mut drafts: Vec<Result<Newcomer, Written>>,
) -> Result<Vec<Result<Newcomer, Written>>, StoreError> {
    let numbers: Vec<Identifiers> = drafts
        .iter()
        .map(|draft| draft.as_ref().map(|new| new.client.identifiers.clone()).unwrap_or_default())
        .collect();
    let holders = tx.holders_of(&numbers).await?;
    let mut taken: HashMap<(&str, String), String> = HashMap::new();
    for (draft, holder) in drafts.iter_mut().zip(holders) {
        let Ok(new) = draft else { continue };
        let mine: Vec<(&str, String)> = numbers_of(&new.client.identifiers).collect();
        let in_batch = mine.iter().find_map(|number| Some((taken.get(number)?.clone(), number.0)));
        let twin = holder.map(|other| (other.client_name, other.matched_on)).or(in_batch);
        if let Some((name, matched_on)) = twin {
            let number = matched_on.to_uppercase();
            *draft =
                Err(Written::Refused(format!("{name}, with the same {number}, was added in the meantime.")));
            continue;
        }
        taken.extend(mine.into_iter().map(|number| (number, new.client.client_name.clone())));
    }
    Ok(drafts)
}

/// Refuses those for which the firm's plan has no room.
async fn within_the_plan<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    mut drafts: Vec<Result<Newcomer, Written>>,
) -> Result<Vec<Result<Newcomer, Written>>, StoreError> {
    let wanted = drafts.iter().filter(|draft| draft.is_ok()).count();
    let (room, full) = claim_some(tx, actor, Counted::Clients, wanted).await?;
    if let Some(full) = full {
        for draft in drafts.iter_mut().filter(|draft| draft.is_ok()).skip(room) {
            *draft = Err(Written::Refused(full.to_string()));
        }
    }
    Ok(drafts)
}

/// The numbers that no two clients share.
fn numbers_of(ids: &Identifiers) -> impl Iterator<Item = (&'static str, String)> {
    let all = [("pan", &ids.pan), ("cin", &ids.cin), ("gstin", &ids.gstin)];
    all.map(|(name, value)| value.clone().map(|value| (name, value))).into_iter().flatten()
}

fn entry(client: &Client, row: &CheckedRow, batch: &Batch<'_>) -> Change {
    let text = format!("took on {}, from row {} of {}", client.client_name, row.number, batch.file_name);
    Change::new("clients.create", "client", client.id.get(), text)
        .on_client(client.id)
        .with(None, Some(Value::Object(as_json(client))))
}
