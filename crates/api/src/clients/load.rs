//! Loads a client with all that hangs on it, in one transaction.

use super::dto::{ClientDto, ClientSummaryDto, EventDto, NeededFact};
use super::fact_dto::fact_dto;
use crate::auth::dto::UserRef;
use crate::http::Ist;
use app::Tx;
use app::facts::fact_sheet;
use clients::ClientFile;
use clients::import::ClientRecord;
use kernel::id::ClientId;
use kernel::{Actor, Date, StoreError};
use rulebook::Rulebook;
use std::collections::BTreeMap;

/// The whole record, or `None` when there is no such client.
pub async fn load(tx: &mut dyn Tx, actor: &Actor, id: ClientId) -> Result<Option<ClientDto>, StoreError> {
    let today = actor.today();
    Ok(tx.client_file(id, today).await?.map(|file| show(file, today)))
}

/// The record on the wire, with the facts that are missing on `today`.
pub fn show(file: ClientFile, today: Date) -> ClientDto {
    let ClientFile { record, people, open_filings, past_due } = file;
    let ClientRecord { client, registrations, contacts, mut facts, events } = record;
    let rules = Rulebook::shipped();
    let name_of = |user: kernel::id::UserId| {
        let name = people.iter().find(|(id, _)| *id == user).map(|(_, name)| name.clone());
        UserRef::named(user, name.unwrap_or_default())
    };
    let sheet = fact_sheet(rules, &client, &registrations, &facts, &events);
    let mut needs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (code, key) in rules.unknown_facts(&sheet, today) {
        if !app::facts::FROM_RECORD.contains(&key.as_str()) || key == "incorporated_on" {
            needs.entry(key).or_default().push(code);
        }
    }
    let mut regulators: Vec<String> = registrations.iter().map(|r| r.facts.regulator.clone()).collect();
    regulators.sort();
    regulators.dedup();
    facts.sort_by(|a, b| (&a.key, b.valid_from).cmp(&(&b.key, a.valid_from)));
    let ids = client.identifiers;
    let summary = ClientSummaryDto {
        id: client.id.get(),
        client_name: client.client_name,
        short_name: client.short_name,
        entity_type: client.entity_type.as_str().into(),
        status: client.status.as_str().into(),
        risk_rating: client.risk_rating.map(|r| r.as_str().into()),
        regulators,
        owner: client.owner.map(name_of),
        tags: client.tags,
        open_filings,
        past_due,
        pan: ids.pan,
        gstin: ids.gstin,
        cin: ids.cin,
        created_at: Ist(client.created_at),
        updated_at: Ist(client.updated_at),
        version: client.version,
    };
    ClientDto {
        summary,
        llpin: ids.llpin,
        lei: ids.lei,
        incorporated_on: client.incorporated_on,
        track_from: client.track_from,
        notes: client.notes,
        registrations: registrations.into_iter().map(Into::into).collect(),
        contacts: contacts.into_iter().map(Into::into).collect(),
        facts: facts.into_iter().map(fact_dto).collect(),
        events: events
            .into_iter()
            .map(|event| EventDto {
                id: event.id.get(),
                title: rules
                    .event_kind(&event.facts.kind)
                    .map_or(event.facts.kind.clone(), |k| k.title.clone()),
                kind: event.facts.kind,
                on: event.facts.on,
                for_period: event.facts.for_period,
                note: event.facts.note,
                recorded_by: event.recorded_by.map(name_of),
                recorded_at: Ist(event.recorded_at),
            })
            .collect(),
        needs_facts: needs
            .into_iter()
            .map(|(key, decides)| NeededFact {
                title: rules.fact_def(&key).map_or(key.clone(), |d| d.title.clone()),
                key,
                decides,
            })
            .collect(),
    }
}
