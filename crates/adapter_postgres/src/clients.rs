//! Clients and what hangs on them.

use crate::client_row::client;
use crate::rows::col;
use crate::sql::statements;
use crate::tx::PgTx;
use async_trait::async_trait;
use clients::{
    Client, ClientEvent, Clients, Contact, Duplicate, Fact, Identifiers, NewContact, NewEvent,
    NewRegistration, Registration, RiskRating, name_key,
};
use kernel::id::{ClientEventId, ClientId, ContactId, RegistrationId, UserId};
use kernel::moment::Instant;
use kernel::{Date, Id, StoreError};

statements! {
    CLIENT = "SELECT id, client_name, short_name, entity_type, status, risk_rating, pan, gstin, cin, llpin, lei, incorporated_on, track_from, owner_id, tags, notes, version, created_at, updated_at FROM clients WHERE tenant_id = $1 AND id = $2";
    LOCK_CLIENT = "SELECT id, client_name, short_name, entity_type, status, risk_rating, pan, gstin, cin, llpin, lei, incorporated_on, track_from, owner_id, tags, notes, version, created_at, updated_at FROM clients WHERE tenant_id = $1 AND id = $2 FOR UPDATE";
    LOCK_CLIENTS = "SELECT id, client_name, short_name, entity_type, status, risk_rating, pan, gstin, cin, llpin, lei, incorporated_on, track_from, owner_id, tags, notes, version, created_at, updated_at FROM clients WHERE tenant_id = $1 AND id = ANY($2) ORDER BY id FOR UPDATE";
    ADD_CLIENT = "INSERT INTO clients (tenant_id, client_name, short_name, name_key, entity_type, status, risk_rating, pan, gstin, cin, llpin, lei, incorporated_on, track_from, owner_id, tags, notes, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $18) RETURNING id";
    SAVE_CLIENT = "UPDATE clients SET client_name = $3, short_name = $4, name_key = $5, entity_type = $6, status = $7, risk_rating = $8, pan = $9, gstin = $10, cin = $11, llpin = $12, lei = $13, incorporated_on = $14, track_from = $15, owner_id = $16, tags = $17, notes = $18, updated_at = $19, version = version + 1
        WHERE tenant_id = $1 AND id = $2 AND version = $20";
    DELETE_CLIENT = "DELETE FROM clients WHERE tenant_id = $1 AND id = $2";
    DUPLICATES = "SELECT id, client_name, CASE WHEN pan = $2 THEN 'pan' WHEN cin = $3 THEN 'cin' WHEN gstin = $4 THEN 'gstin' ELSE 'name' END AS matched_on
        FROM clients WHERE tenant_id = $1 AND (pan = $2 OR cin = $3 OR gstin = $4 OR name_key = $5) AND ($6::bigint IS NULL OR id <> $6) ORDER BY CASE WHEN pan = $2 THEN 1 WHEN cin = $3 THEN 2 WHEN gstin = $4 THEN 3 ELSE 4 END, id LIMIT 10";
    REGISTRATIONS = "SELECT id, regulator, category, registration_no, valid_from, valid_to, status FROM client_registrations WHERE tenant_id = $1 AND client_id = $2 ORDER BY regulator, category, id";
    ADD_REGISTRATION = "INSERT INTO client_registrations (tenant_id, client_id, regulator, category, registration_no, valid_from, valid_to, status) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id";
    SAVE_REGISTRATION = "UPDATE client_registrations SET regulator = $4, category = $5, registration_no = $6, valid_from = $7, valid_to = $8, status = $9 WHERE tenant_id = $1 AND client_id = $2 AND id = $3";
    REMOVE_REGISTRATION = "DELETE FROM client_registrations WHERE tenant_id = $1 AND client_id = $2 AND id = $3";
    CONTACTS = "SELECT id, name, designation, email, phone, is_primary FROM client_contacts WHERE tenant_id = $1 AND client_id = $2 ORDER BY is_primary DESC, name, id";
    ADD_CONTACT = "INSERT INTO client_contacts (tenant_id, client_id, name, designation, email, phone, is_primary) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id";
    SAVE_CONTACT = "UPDATE client_contacts SET name = $4, designation = $5, email = $6, phone = $7, is_primary = $8 WHERE tenant_id = $1 AND client_id = $2 AND id = $3";
    REMOVE_CONTACT = "DELETE FROM client_contacts WHERE tenant_id = $1 AND client_id = $2 AND id = $3";
    FACTS = "SELECT key, value, valid_from FROM client_facts WHERE tenant_id = $1 AND client_id = $2 ORDER BY key, valid_from";
    SET_FACT = "INSERT INTO client_facts (tenant_id, client_id, key, value, valid_from, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (tenant_id, client_id, key, valid_from) DO UPDATE SET value = excluded.value, recorded_at = excluded.recorded_at";
    SET_FACTS = "INSERT INTO client_facts (tenant_id, client_id, key, value, valid_from, recorded_at)
        SELECT $1, $2, n.key, n.value, n.valid_from, $6 FROM unnest($3::text[], $4::text[], $5::date[]) AS n (key, value, valid_from)
        ON CONFLICT (tenant_id, client_id, key, valid_from) DO UPDATE SET value = excluded.value, recorded_at = excluded.recorded_at";
    UNSET_FACT = "DELETE FROM client_facts WHERE tenant_id = $1 AND client_id = $2 AND key = $3 AND valid_from = $4";
    EVENTS = "SELECT id, kind, occurred_on, for_period, note, recorded_by, recorded_at FROM client_events WHERE tenant_id = $1 AND client_id = $2 ORDER BY occurred_on DESC, id DESC";
    REMOVE_EVENT = "DELETE FROM client_events WHERE tenant_id = $1 AND client_id = $2 AND id = $3";
    MARK_PLANNED = "UPDATE clients SET plan_digest = $3, planned_until = $4 WHERE tenant_id = $1 AND id = ANY($2)";
    FORGET_PLANS = "UPDATE clients SET plan_digest = '' WHERE tenant_id = $1 AND plan_digest <> ''";
    TO_PLAN = "SELECT id FROM clients WHERE tenant_id = $1 AND (plan_digest <> $2 OR planned_until IS NULL OR planned_until < $3) ORDER BY id LIMIT $4";
}

#[async_trait]
impl Clients for PgTx {
    async fn client(&mut self, id: ClientId) -> Result<Option<Client>, StoreError> {
        let row = self.query_opt(CLIENT, &[&self.tenant(), &id.get()]).await?;
        row.as_ref().map(client).transpose()
    }

    async fn lock_client(&mut self, id: ClientId) -> Result<Option<Client>, StoreError> {
        let row = self.query_opt(LOCK_CLIENT, &[&self.tenant(), &id.get()]).await?;
        row.as_ref().map(client).transpose()
    }

    async fn lock_clients(&mut self, ids: &[ClientId]) -> Result<Vec<Client>, StoreError> {
        let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
        self.query(LOCK_CLIENTS, &[&self.tenant(), &ids]).await?.iter().map(client).collect()
    }

    async fn insert_client(&mut self, c: &Client) -> Result<ClientId, StoreError> {
        let ids = &c.identifiers;
        let row = self
            .query_one(
                ADD_CLIENT,
                &[
                    &self.tenant(),
                    &c.client_name,
                    &c.short_name,
                    &name_key(&c.client_name),
                    &c.entity_type.as_str(),
                    &c.status.as_str(),
                    &c.risk_rating.map(RiskRating::as_str),
                    &ids.pan,
                    &ids.gstin,
                    &ids.cin,
                    &ids.llpin,
                    &ids.lei,
                    &c.incorporated_on,
                    &c.track_from,
                    &c.owner.map(Id::get),
                    &c.tags,
                    &c.notes,
                    &c.created_at,
                ],
            )
            .await?;
        Ok(Id::new(col(&row, "id")?))
    }

    async fn save_client(&mut self, c: &Client) -> Result<(), StoreError> {
        let ids = &c.identifiers;
        let changed = self
            .execute(
                SAVE_CLIENT,
                &[
                    &self.tenant(),
                    &c.id.get(),
                    &c.client_name,
                    &c.short_name,
                    &name_key(&c.client_name),
                    &c.entity_type.as_str(),
                    &c.status.as_str(),
                    &c.risk_rating.map(RiskRating::as_str),
                    &ids.pan,
                    &ids.gstin,
                    &ids.cin,
                    &ids.llpin,
                    &ids.lei,
                    &c.incorporated_on,
                    &c.track_from,
                    &c.owner.map(Id::get),
                    &c.tags,
                    &c.notes,
                    &self.actor.at,
                    &c.version,
                ],
            )
            .await?;
        if changed == 0 { Err(StoreError::Stale) } else { Ok(()) }
    }

    async fn delete_client(&mut self, id: ClientId) -> Result<(), StoreError> {
        self.execute(DELETE_CLIENT, &[&self.tenant(), &id.get()]).await?;
        Ok(())
    }

    async fn duplicates_of(
        &mut self,
        ids: &Identifiers,
        name_key: &str,
        except: Option<ClientId>,
    ) -> Result<Vec<Duplicate>, StoreError> {
        let rows = self
            .query(
                DUPLICATES,
                &[&self.tenant(), &ids.pan, &ids.cin, &ids.gstin, &name_key, &except.map(Id::get)],
            )
            .await?;
        rows.iter()
            .map(|row| {
                let matched: &str = col(row, "matched_on")?;
                Ok(Duplicate {
                    id: Id::new(col(row, "id")?),
                    client_name: col(row, "client_name")?,
                    matched_on: match matched {
                        "pan" => "pan",
                        "cin" => "cin",
                        "gstin" => "gstin",
                        _ => "name",
                    },
                })
            })
            .collect()
    }

    async fn registrations_of(&mut self, client: ClientId) -> Result<Vec<Registration>, StoreError> {
        let rows = self.query(REGISTRATIONS, &[&self.tenant(), &client.get()]).await?;
        rows.iter()
            .map(|row| {
                Ok(Registration {
                    id: Id::new(col(row, "id")?),
                    facts: NewRegistration {
                        regulator: col(row, "regulator")?,
                        category: col(row, "category")?,
                        registration_no: col(row, "registration_no")?,
                        valid_from: col(row, "valid_from")?,
                        valid_to: col(row, "valid_to")?,
                        status: col(row, "status")?,
                    },
                })
            })
            .collect()
    }

    async fn add_registration(
        &mut self,
        client: ClientId,
        r: &NewRegistration,
    ) -> Result<RegistrationId, StoreError> {
        let row = self
            .query_one(
                ADD_REGISTRATION,
                &[
                    &self.tenant(),
                    &client.get(),
                    &r.regulator,
                    &r.category,
                    &r.registration_no,
                    &r.valid_from,
                    &r.valid_to,
                    &r.status,
                ],
            )
            .await?;
        Ok(Id::new(col(&row, "id")?))
    }

    async fn save_registration(
        &mut self,
        client: ClientId,
        saved: &Registration,
    ) -> Result<bool, StoreError> {
        let r = &saved.facts;
        let changed = self
            .execute(
                SAVE_REGISTRATION,
                &[
                    &self.tenant(),
                    &client.get(),
                    &saved.id.get(),
                    &r.regulator,
                    &r.category,
                    &r.registration_no,
                    &r.valid_from,
                    &r.valid_to,
                    &r.status,
                ],
            )
            .await?;
        Ok(changed > 0)
    }

    async fn remove_registration(
        &mut self,
        client: ClientId,
        id: RegistrationId,
    ) -> Result<bool, StoreError> {
        Ok(self.execute(REMOVE_REGISTRATION, &[&self.tenant(), &client.get(), &id.get()]).await? > 0)
    }

    async fn contacts_of(&mut self, client: ClientId) -> Result<Vec<Contact>, StoreError> {
        let rows = self.query(CONTACTS, &[&self.tenant(), &client.get()]).await?;
        rows.iter()
            .map(|row| {
                Ok(Contact {
                    id: Id::new(col(row, "id")?),
                    facts: NewContact {
                        name: col(row, "name")?,
                        designation: col(row, "designation")?,
                        email: col(row, "email")?,
                        phone: col(row, "phone")?,
                        primary: col(row, "is_primary")?,
                    },
                })
            })
            .collect()
    }

    async fn add_contact(&mut self, client: ClientId, c: &NewContact) -> Result<ContactId, StoreError> {
        let row = self
            .query_one(
                ADD_CONTACT,
                &[&self.tenant(), &client.get(), &c.name, &c.designation, &c.email, &c.phone, &c.primary],
            )
            .await?;
        Ok(Id::new(col(&row, "id")?))
    }

    async fn save_contact(&mut self, client: ClientId, saved: &Contact) -> Result<bool, StoreError> {
        let c = &saved.facts;
        let changed = self
            .execute(
                SAVE_CONTACT,
                &[
                    &self.tenant(),
                    &client.get(),
                    &saved.id.get(),
                    &c.name,
                    &c.designation,
                    &c.email,
                    &c.phone,
                    &c.primary,
                ],
            )
            .await?;
        Ok(changed > 0)
    }

    async fn remove_contact(&mut self, client: ClientId, id: ContactId) -> Result<bool, StoreError> {
        Ok(self.execute(REMOVE_CONTACT, &[&self.tenant(), &client.get(), &id.get()]).await? > 0)
    }

    async fn facts_of(&mut self, client: ClientId) -> Result<Vec<Fact>, StoreError> {
        let rows = self.query(FACTS, &[&self.tenant(), &client.get()]).await?;
        rows.iter()
            .map(|row| {
                Ok(Fact {
                    key: col(row, "key")?,
                    value: col(row, "value")?,
                    valid_from: col(row, "valid_from")?,
                })
            })
            .collect()
    }

    async fn set_fact(&mut self, client: ClientId, fact: &Fact, at: Instant) -> Result<(), StoreError> {
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 6] =
            [&self.tenant(), &client.get(), &fact.key, &fact.value, &fact.valid_from, &at];
        self.execute(SET_FACT, &params).await?;
        Ok(())
    }

    async fn set_facts(&mut self, client: ClientId, facts: &[Fact], at: Instant) -> Result<(), StoreError> {
        let keys: Vec<&str> = facts.iter().map(|fact| fact.key.as_str()).collect();
        let values: Vec<Option<&str>> = facts.iter().map(|fact| fact.value.as_deref()).collect();
        let from: Vec<Date> = facts.iter().map(|fact| fact.valid_from).collect();
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 6] =
            [&self.tenant(), &client.get(), &keys, &values, &from, &at];
        self.execute(SET_FACTS, &params).await?;
        Ok(())
    }

    async fn unset_fact(&mut self, client: ClientId, key: &str, from: Date) -> Result<(), StoreError> {
        self.execute(UNSET_FACT, &[&self.tenant(), &client.get(), &key, &from]).await?;
        Ok(())
    }

    async fn events_of(&mut self, client: ClientId) -> Result<Vec<ClientEvent>, StoreError> {
        let rows = self.query(EVENTS, &[&self.tenant(), &client.get()]).await?;
        rows.iter().map(crate::events::event).collect()
    }

    async fn add_event(
        &mut self,
        client: ClientId,
        event: &NewEvent,
        by: Option<UserId>,
        at: Instant,
    ) -> Result<ClientEventId, StoreError> {
        let added = self.add_one_event_for(&[client], event, by, at).await?.pop();
        added.map(|(_, id)| id).ok_or_else(|| StoreError::Other("the event was not written".into()))
    }

    async fn events_like(
        &mut self,
        clients: &[ClientId],
        kind: &str,
        for_period: Option<&str>,
    ) -> Result<Vec<(ClientId, Date)>, StoreError> {
        self.events_like_these(clients, kind, for_period).await
    }

    async fn add_event_for(
        &mut self,
        clients: &[ClientId],
        event: &NewEvent,
        by: Option<UserId>,
        at: Instant,
    ) -> Result<Vec<(ClientId, ClientEventId)>, StoreError> {
        self.add_one_event_for(clients, event, by, at).await
    }

    async fn events_by_id(
        &mut self,
        ids: &[ClientEventId],
    ) -> Result<Vec<(ClientId, ClientEvent)>, StoreError> {
        self.events_with_ids(ids).await
    }

    async fn remove_events(&mut self, ids: &[ClientEventId]) -> Result<(), StoreError> {
        self.remove_all_events(ids).await
    }

    async fn remove_event(&mut self, client: ClientId, id: ClientEventId) -> Result<bool, StoreError> {
        Ok(self.execute(REMOVE_EVENT, &[&self.tenant(), &client.get(), &id.get()]).await? > 0)
    }

    async fn mark_planned(
        &mut self,
        clients: &[ClientId],
        digest: &str,
        until: Date,
    ) -> Result<(), StoreError> {
        let ids: Vec<i64> = clients.iter().map(|id| id.get()).collect();
        self.execute(MARK_PLANNED, &[&self.tenant(), &ids, &digest, &until]).await?;
        Ok(())
    }

    async fn forget_plans(&mut self) -> Result<(), StoreError> {
        self.execute(FORGET_PLANS, &[&self.tenant()]).await?;
        Ok(())
    }

    async fn clients_to_plan(
        &mut self,
        digest: &str,
        until: Date,
        limit: i64,
    ) -> Result<Vec<ClientId>, StoreError> {
        let rows = self.query(TO_PLAN, &[&self.tenant(), &digest, &until, &limit]).await?;
        rows.iter().map(|row| Ok(Id::new(col(row, "id")?))).collect()
    }
}
