//! Many new clients at once, each with all that hangs on it: what an import asks of the store.

use crate::client::{Client, Identifiers};
use crate::parts::{Fact, NewContact, NewEvent, NewRegistration};
use crate::ports::{Clients, Duplicate};
use async_trait::async_trait;
use kernel::StoreError;
use kernel::id::{ClientId, UserId};
use kernel::moment::Instant;

/// A client to make, and what it comes with. The id inside is ignored.
#[derive(Debug, Clone)]
pub struct Newcomer {
    /// The client itself.
    pub client: Client,
    /// Its licences.
    pub registrations: Vec<NewRegistration>,
    /// Its people.
    pub contacts: Vec<NewContact>,
    /// What is true of it, no key with the same date twice.
    pub facts: Vec<Fact>,
    /// What happened to it.
    pub events: Vec<NewEvent>,
}

/// Making many in as many statements as one. The defaults do it one after the other; a database knows better.
#[async_trait]
pub trait Newcomers: Clients {
    /// For each set of numbers a client that has one of them already, in the same order.
    async fn holders_of(&mut self, numbers: &[Identifiers]) -> Result<Vec<Option<Duplicate>>, StoreError> {
        let mut found = Vec::with_capacity(numbers.len());
        for identifiers in numbers {
            let same = self.duplicates_of(identifiers, "", None).await?;
            found.push(same.into_iter().find(|other| other.matched_on != "name"));
        }
        Ok(found)
    }

    /// Makes them; answers their ids in the same order.
    async fn insert_newcomers(
        &mut self,
        newcomers: &[Newcomer],
        by: Option<UserId>,
        at: Instant,
    ) -> Result<Vec<ClientId>, StoreError> {
        let mut ids = Vec::with_capacity(newcomers.len());
        for newcomer in newcomers {
            let id = self.insert_client(&newcomer.client).await?;
            for registration in &newcomer.registrations {
                self.add_registration(id, registration).await?;
            }
            for contact in &newcomer.contacts {
                self.add_contact(id, contact).await?;
            }
            self.set_facts(id, &newcomer.facts, at).await?;
            for event in &newcomer.events {
                self.add_event(id, event, by, at).await?;
            }
            ids.push(id);
        }
        Ok(ids)
    }
}
