//! Clients of one firm in memory.

use crate::client::{Client, Identifiers};
use crate::name_key::name_key;
use crate::newcomers::Newcomers;
use crate::parts::{ClientEvent, Contact, Fact, NewContact, NewEvent, NewRegistration, Registration};
use crate::ports::{Clients, Duplicate};
use async_trait::async_trait;
use kernel::id::{ClientEventId, ClientId, ContactId, RegistrationId, UserId};
use kernel::journal::{Change, Journal};
use kernel::moment::Instant;
use kernel::{Date, Id, StoreError};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many likely duplicates are worth naming.
const MAX_DUPLICATES: usize = 10;

/// Clients of one firm in memory. Nothing is shared and nothing is rolled back.
#[derive(Debug, Default)]
pub struct MemoryClients {
    clients: BTreeMap<ClientId, Client>,
    registrations: BTreeMap<RegistrationId, (ClientId, NewRegistration)>,
    contacts: BTreeMap<ContactId, (ClientId, NewContact)>,
    facts: BTreeMap<(ClientId, String, Date), Option<String>>,
    events: BTreeMap<ClientEventId, (ClientId, ClientEvent)>,
    /// Digest of the rule library and the last day planned; absent when never planned or forgotten.
    plans: BTreeMap<ClientId, (String, Date)>,
    /// What was journalled, in order.
    pub journal: Vec<Change>,
    last_id: i64,
}

impl MemoryClients {
    fn next(&mut self) -> i64 {
        self.last_id += 1;
        self.last_id
    }
}

#[async_trait]
impl Journal for MemoryClients {
    async fn record(&mut self, change: Change) -> Result<(), StoreError> {
        self.journal.push(change);
        Ok(())
    }
}

#[async_trait]
impl Newcomers for MemoryClients {}

#[async_trait]
impl Clients for MemoryClients {
    async fn client(&mut self, id: ClientId) -> Result<Option<Client>, StoreError> {
        Ok(self.clients.get(&id).cloned())
    }

    async fn lock_client(&mut self, id: ClientId) -> Result<Option<Client>, StoreError> {
        self.client(id).await
    }

    async fn lock_clients(&mut self, ids: &[ClientId]) -> Result<Vec<Client>, StoreError> {
        Ok(self.clients.values().filter(|client| ids.contains(&client.id)).cloned().collect())
    }

    async fn insert_client(&mut self, client: &Client) -> Result<ClientId, StoreError> {
        let id = Id::new(self.next());
        let stored = Client { id, version: 1, updated_at: client.created_at, ..client.clone() };
        self.clients.insert(id, stored);
        Ok(id)
    }

    async fn save_client(&mut self, client: &Client) -> Result<(), StoreError> {
        let stored = self.clients.get_mut(&client.id).filter(|stored| stored.version == client.version);
        let stored = stored.ok_or(StoreError::Stale)?;
        *stored = Client { version: client.version + 1, created_at: stored.created_at, ..client.clone() };
        Ok(())
    }

    async fn delete_client(&mut self, id: ClientId) -> Result<(), StoreError> {
        self.clients.remove(&id);
        self.plans.remove(&id);
        self.registrations.retain(|_, (client, _)| *client != id);
        self.contacts.retain(|_, (client, _)| *client != id);
        self.facts.retain(|(client, _, _), _| *client != id);
        self.events.retain(|_, (client, _)| *client != id);
        Ok(())
    }

    async fn duplicates_of(
        &mut self,
        identifiers: &Identifiers,
        key: &str,
        except: Option<ClientId>,
    ) -> Result<Vec<Duplicate>, StoreError> {
        let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
        let mut found: Vec<(usize, Duplicate)> = Vec::new();
        for client in self.clients.values().filter(|client| Some(client.id) != except) {
            let theirs = &client.identifiers;
            let matches = [
                ("pan", same(&theirs.pan, &identifiers.pan)),
                ("cin", same(&theirs.cin, &identifiers.cin)),
                ("gstin", same(&theirs.gstin, &identifiers.gstin)),
                ("name", name_key(&client.client_name) == key),
            ];
            if let Some(rank) = matches.iter().position(|(_, matched)| *matched) {
                let (id, client_name) = (client.id, client.client_name.clone());
                found.push((rank, Duplicate { id, client_name, matched_on: matches[rank].0 }));
            }
        }
        found.sort_by_key(|(rank, duplicate)| (*rank, duplicate.id));
        Ok(found.into_iter().take(MAX_DUPLICATES).map(|(_, duplicate)| duplicate).collect())
    }

    async fn registrations_of(&mut self, client: ClientId) -> Result<Vec<Registration>, StoreError> {
        let own = self.registrations.iter().filter(|(_, (owner, _))| *owner == client);
        let mut rows: Vec<Registration> =
            own.map(|(id, (_, facts))| Registration { id: *id, facts: facts.clone() }).collect();
        rows.sort_by(|a, b| {
            let key = |r: &Registration| (r.facts.regulator.clone(), r.facts.category.clone(), r.id);
            key(a).cmp(&key(b))
        });
        Ok(rows)
    }

    async fn add_registration(
        &mut self,
        client: ClientId,
        registration: &NewRegistration,
    ) -> Result<RegistrationId, StoreError> {
        let id = Id::new(self.next());
        self.registrations.insert(id, (client, registration.clone()));
        Ok(id)
    }

    async fn save_registration(
        &mut self,
        client: ClientId,
        registration: &Registration,
    ) -> Result<bool, StoreError> {
        let own = self.registrations.get_mut(&registration.id).filter(|(owner, _)| *owner == client);
        Ok(own.map(|(_, facts)| *facts = registration.facts.clone()).is_some())
    }

    async fn remove_registration(
        &mut self,
        client: ClientId,
        id: RegistrationId,
    ) -> Result<bool, StoreError> {
        let own = self.registrations.get(&id).is_some_and(|(owner, _)| *owner == client);
        Ok(own && self.registrations.remove(&id).is_some())
    }

    async fn contacts_of(&mut self, client: ClientId) -> Result<Vec<Contact>, StoreError> {
        let own = self.contacts.iter().filter(|(_, (owner, _))| *owner == client);
        let mut rows: Vec<Contact> =
            own.map(|(id, (_, facts))| Contact { id: *id, facts: facts.clone() }).collect();
        rows.sort_by_key(|c| (Reverse(c.facts.primary), c.facts.name.clone(), c.id));
        Ok(rows)
    }

    async fn add_contact(&mut self, client: ClientId, contact: &NewContact) -> Result<ContactId, StoreError> {
        let id = Id::new(self.next());
        self.contacts.insert(id, (client, contact.clone()));
        Ok(id)
    }

    async fn save_contact(&mut self, client: ClientId, contact: &Contact) -> Result<bool, StoreError> {
        let own = self.contacts.get_mut(&contact.id).filter(|(owner, _)| *owner == client);
        Ok(own.map(|(_, facts)| *facts = contact.facts.clone()).is_some())
    }

    async fn remove_contact(&mut self, client: ClientId, id: ContactId) -> Result<bool, StoreError> {
        let own = self.contacts.get(&id).is_some_and(|(owner, _)| *owner == client);
        Ok(own && self.contacts.remove(&id).is_some())
    }

    async fn facts_of(&mut self, client: ClientId) -> Result<Vec<Fact>, StoreError> {
        let own = self.facts.iter().filter(|((owner, _, _), _)| *owner == client);
        let fact = |((_, key, from), value): (&(ClientId, String, Date), &Option<String>)| Fact {
            key: key.clone(),
            value: value.clone(),
            valid_from: *from,
        };
        Ok(own.map(fact).collect())
    }

    async fn set_fact(&mut self, client: ClientId, fact: &Fact, _at: Instant) -> Result<(), StoreError> {
        self.facts.insert((client, fact.key.clone(), fact.valid_from), fact.value.clone());
        Ok(())
    }

    async fn unset_fact(&mut self, client: ClientId, key: &str, from: Date) -> Result<(), StoreError> {
        self.facts.remove(&(client, key.to_owned(), from));
        Ok(())
    }

    async fn events_of(&mut self, client: ClientId) -> Result<Vec<ClientEvent>, StoreError> {
        let own = self.events.values().filter(|(owner, _)| *owner == client);
        let mut rows: Vec<ClientEvent> = own.map(|(_, event)| event.clone()).collect();
        rows.sort_by_key(|event| Reverse((event.facts.on, event.id)));
        Ok(rows)
    }

    async fn add_event(
        &mut self,
        client: ClientId,
        event: &NewEvent,
        by: Option<UserId>,
        at: Instant,
    ) -> Result<ClientEventId, StoreError> {
        let id = Id::new(self.next());
        let row = ClientEvent { id, facts: event.clone(), recorded_by: by, recorded_at: at };
        self.events.insert(id, (client, row));
        Ok(id)
    }

    async fn events_like(
        &mut self,
        clients: &[ClientId],
        kind: &str,
        for_period: Option<&str>,
    ) -> Result<Vec<(ClientId, Date)>, StoreError> {
        let like = |(owner, event): &&(ClientId, ClientEvent)| {
            clients.contains(owner)
                && event.facts.kind == kind
                && event.facts.for_period.as_deref() == for_period
        };
        Ok(self.events.values().filter(like).map(|(owner, event)| (*owner, event.facts.on)).collect())
    }

    async fn add_event_for(
        &mut self,
        clients: &[ClientId],
        event: &NewEvent,
        by: Option<UserId>,
        at: Instant,
    ) -> Result<Vec<(ClientId, ClientEventId)>, StoreError> {
        let mut added = Vec::new();
        for client in clients {
            added.push((*client, self.add_event(*client, event, by, at).await?));
        }
        Ok(added)
    }

    async fn events_by_id(
        &mut self,
        ids: &[ClientEventId],
    ) -> Result<Vec<(ClientId, ClientEvent)>, StoreError> {
        Ok(ids.iter().filter_map(|id| self.events.get(id).cloned()).collect())
    }

    async fn remove_events(&mut self, ids: &[ClientEventId]) -> Result<(), StoreError> {
        self.events.retain(|id, _| !ids.contains(id));
        Ok(())
    }

    async fn remove_event(&mut self, client: ClientId, id: ClientEventId) -> Result<bool, StoreError> {
        let own = self.events.get(&id).is_some_and(|(owner, _)| *owner == client);
        Ok(own && self.events.remove(&id).is_some())
    }

    async fn mark_planned(
        &mut self,
        clients: &[ClientId],
        digest: &str,
        until: Date,
    ) -> Result<(), StoreError> {
        self.plans.extend(clients.iter().map(|client| (*client, (digest.to_owned(), until))));
        Ok(())
    }

    async fn forget_plans(&mut self) -> Result<(), StoreError> {
        self.plans.clear();
        Ok(())
    }

    async fn clients_to_plan(
        &mut self,
        digest: &str,
        until: Date,
        limit: i64,
    ) -> Result<Vec<ClientId>, StoreError> {
        let planned = |id: &ClientId| self.plans.get(id).is_some_and(|(d, u)| d == digest && *u >= until);
        let limit = usize::try_from(limit).unwrap_or(0);
        Ok(self.clients.keys().filter(|id| !planned(id)).take(limit).copied().collect())
    }
}
