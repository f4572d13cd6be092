//! What one row changed, kept so that an undo can put it back.

use crate::database::Tx;
use clients::import::ClientRecord;
use clients::{
    Client, Contact, EntityType, Fact, Identifiers, NewContact, NewRegistration, Registration, RiskRating,
    Status,
};
use kernel::id::ClientId;
use kernel::{Date, Id, StoreError};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The record before the row, as far as the row touched it.
#[derive(Debug, Default, Serialize, Deserialize, PartialEq)]
#[serde(default)]
pub(crate) struct Before {
    /// Scalar fields, when one of them changed.
    pub(crate) scalars: Option<Scalars>,
    /// Facts that were set: key, first day, and the value of that day before, if there was one.
    pub(crate) facts: Vec<FactBefore>,
    pub(crate) added_registrations: Vec<i64>,
    pub(crate) saved_registrations: Vec<RegistrationBefore>,
    pub(crate) added_contacts: Vec<i64>,
    pub(crate) saved_contacts: Vec<ContactBefore>,
    pub(crate) added_events: Vec<i64>,
}

#[derive(Debug, Serialize, Deserialize, PartialEq)]
pub(crate) struct Scalars {
    client_name: String,
    short_name: String,
    entity_type: String,
    status: String,
    risk_rating: Option<String>,
    pan: Option<String>,
    gstin: Option<String>,
    cin: Option<String>,
    llpin: Option<String>,
    lei: Option<String>,
    incorporated_on: Option<Date>,
    track_from: Date,
    owner: Option<i64>,
    tags: Vec<String>,
    notes: String,
}

#[derive(Debug, Serialize, Deserialize, PartialEq)]
pub(crate) struct FactBefore {
    key: String,
    from: Date,
    /// Whether there was a row of that day.
    existed: bool,
    /// Its value; none when the fact ended that day.
    value: Option<String>,
}

#[derive(Debug, Serialize, Deserialize, PartialEq)]
pub(crate) struct RegistrationBefore {
    id: i64,
    regulator: String,
    category: String,
    registration_no: String,
    valid_from: Option<Date>,
    valid_to: Option<Date>,
    status: String,
}

#[derive(Debug, Serialize, Deserialize, PartialEq)]
pub(crate) struct ContactBefore {
    id: i64,
    name: String,
    designation: String,
    email: String,
    phone: String,
    primary: bool,
}

impl Scalars {
    pub(crate) fn of(client: &Client) -> Self {
        let ids = client.identifiers.clone();
        Self {
            client_name: client.client_name.clone(),
            short_name: client.short_name.clone(),
            entity_type: client.entity_type.as_str().to_owned(),
            status: client.status.as_str().to_owned(),
            risk_rating: client.risk_rating.map(|r| r.as_str().to_owned()),
            pan: ids.pan,
            gstin: ids.gstin,
            cin: ids.cin,
            llpin: ids.llpin,
            lei: ids.lei,
            incorporated_on: client.incorporated_on,
            track_from: client.track_from,
            owner: client.owner.map(Id::get),
            tags: client.tags.clone(),
            notes: client.notes.clone(),
        }
    }

    fn put_back(self, client: &mut Client) {
        client.client_name = self.client_name;
        client.short_name = self.short_name;
        client.entity_type = EntityType::parse(&self.entity_type).unwrap_or(client.entity_type);
        client.status = Status::parse(&self.status).unwrap_or(client.status);
        client.risk_rating = self.risk_rating.as_deref().and_then(RiskRating::parse);
        client.identifiers =
            Identifiers { pan: self.pan, gstin: self.gstin, cin: self.cin, llpin: self.llpin, lei: self.lei };
        client.incorporated_on = self.incorporated_on;
        client.track_from = self.track_from;
        client.owner = self.owner.map(Id::new);
        client.tags = self.tags;
        client.notes = self.notes;
    }
}

impl Before {
    /// Remembers the value that setting this fact will replace.
    pub(crate) fn note_fact(&mut self, record: &ClientRecord, fact: &Fact) {
        let old = record.facts.iter().find(|f| f.key == fact.key && f.valid_from == fact.valid_from);
        self.facts.push(FactBefore {
            key: fact.key.clone(),
            from: fact.valid_from,
            existed: old.is_some(),
            value: old.and_then(|f| f.value.clone()),
        });
    }

    /// Remembers a licence that will be saved anew.
    pub(crate) fn note_registration(&mut self, record: &ClientRecord, saved: &Registration) {
        let old = record.registrations.iter().find(|r| r.id == saved.id);
        self.saved_registrations.extend(old.map(|r| RegistrationBefore {
            id: r.id.get(),
            regulator: r.facts.regulator.clone(),
            category: r.facts.category.clone(),
            registration_no: r.facts.registration_no.clone(),
            valid_from: r.facts.valid_from,
            valid_to: r.facts.valid_to,
            status: r.facts.status.clone(),
        }));
    }

    /// Remembers a person who will be saved anew.
    pub(crate) fn note_contact(&mut self, record: &ClientRecord, saved: &Contact) {
        let old = record.contacts.iter().find(|c| c.id == saved.id);
        self.saved_contacts.extend(old.map(|c| ContactBefore {
            id: c.id.get(),
            name: c.facts.name.clone(),
            designation: c.facts.designation.clone(),
            email: c.facts.email.clone(),
            phone: c.facts.phone.clone(),
            primary: c.facts.primary,
        }));
    }

    /// As it is stored.
    pub(crate) fn to_json(&self) -> Option<Value> {
        serde_json::to_value(self).ok()
    }

    /// Reads what was stored.
    pub(crate) fn from_json(value: &Value) -> Option<Self> {
        Self::deserialize(value).ok()
    }

    /// Puts the record back as it was; answers the client to plan anew, or none when it is gone.
    pub(crate) async fn restore<T: Tx + ?Sized>(
        self,
        tx: &mut T,
        id: ClientId,
        at: kernel::Instant,
    ) -> Result<Option<Client>, StoreError> {
        let Some(mut client) = tx.lock_client(id).await? else { return Ok(None) };
        if let Some(scalars) = self.scalars {
            scalars.put_back(&mut client);
            tx.save_client(&client).await?;
            client.version += 1;
            client.updated_at = at;
        }
        for fact in self.facts {
            if fact.existed {
                let old = Fact { key: fact.key, value: fact.value, valid_from: fact.from };
                tx.set_fact(id, &old, at).await?;
            } else {
                tx.unset_fact(id, &fact.key, fact.from).await?;
            }
        }
        for added in self.added_registrations {
            tx.remove_registration(id, Id::new(added)).await?;
        }
        for r in self.saved_registrations {
            let facts = NewRegistration {
                regulator: r.regulator,
                category: r.category,
                registration_no: r.registration_no,
                valid_from: r.valid_from,
                valid_to: r.valid_to,
                status: r.status,
            };
            tx.save_registration(id, &Registration { id: Id::new(r.id), facts }).await?;
        }
        for added in self.added_contacts {
            tx.remove_contact(id, Id::new(added)).await?;
        }
        for c in self.saved_contacts {
            let facts = NewContact {
                name: c.name,
                designation: c.designation,
                email: c.email,
                phone: c.phone,
                primary: c.primary,
            };
            tx.save_contact(id, &Contact { id: Id::new(c.id), facts }).await?;
        }
        for added in self.added_events {
            tx.remove_event(id, Id::new(added)).await?;
        }
        Ok(Some(client))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn an_ended_fact_and_a_missing_one_are_told_apart_after_storing() {
        for existed in [true, false] {
            let fact = FactBefore { key: "layer".into(), from: date!(2026 - 04 - 01), existed, value: None };
            let before = Before { facts: vec![fact], ..Before::default() };
            let stored = before.to_json().unwrap();
            assert_eq!(Before::from_json(&stored), Some(before));
        }
    }
}
