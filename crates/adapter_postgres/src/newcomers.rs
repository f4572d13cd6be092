//! Many new clients in as many statements as one.

use crate::rows::col;
use crate::sql::statements;
use crate::tx::PgTx;
use async_trait::async_trait;
use clients::{Client, Duplicate, Identifiers, Newcomer, Newcomers, RiskRating, name_key};
use kernel::id::{ClientId, UserId};
use kernel::moment::Instant;
use kernel::{Date, Id, StoreError};
use serde_json::{Value, json};

statements! {
    // Identities are given out in the order of the rows, which is what puts the answer in the order of the question.
    ADD_MANY = "INSERT INTO clients (tenant_id, client_name, short_name, name_key, entity_type, status, risk_rating, pan, gstin, cin, llpin, lei, incorporated_on, track_from, owner_id, tags, notes, created_at, updated_at)
        SELECT $1, n.client_name, n.short_name, n.name_key, n.entity_type, n.status, n.risk_rating, n.pan, n.gstin, n.cin, n.llpin, n.lei, n.incorporated_on, n.track_from, n.owner_id, n.tags, n.notes, $3, $3
        FROM jsonb_to_recordset($2) AS n (ord int, client_name text, short_name text, name_key text, entity_type text, status text, risk_rating text, pan text, gstin text, cin text, llpin text, lei text, incorporated_on date, track_from date, owner_id bigint, tags text[], notes text)
        ORDER BY n.ord ON CONFLICT (tenant_id, id) DO NOTHING RETURNING id, client_name";
    ADD_REGISTRATIONS = "INSERT INTO client_registrations (tenant_id, client_id, regulator, category, registration_no, valid_from, valid_to, status)
        SELECT $1, n.client_id, n.regulator, n.category, n.registration_no, n.valid_from, n.valid_to, n.status
        FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::date[], $7::date[], $8::text[]) AS n (client_id, regulator, category, registration_no, valid_from, valid_to, status)
        ON CONFLICT (tenant_id, id) DO NOTHING";
    ADD_CONTACTS = "INSERT INTO client_contacts (tenant_id, client_id, name, designation, email, phone, is_primary)
        SELECT $1, n.client_id, n.name, n.designation, n.email, n.phone, n.is_primary
        FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bool[]) AS n (client_id, name, designation, email, phone, is_primary)
        ON CONFLICT (tenant_id, id) DO NOTHING";
    ADD_FACTS = "INSERT INTO client_facts (tenant_id, client_id, key, value, valid_from, recorded_at)
        SELECT $1, n.client_id, n.key, n.value, n.valid_from, $6 FROM unnest($2::bigint[], $3::text[], $4::text[], $5::date[]) AS n (client_id, key, value, valid_from)
        ON CONFLICT (tenant_id, client_id, key, valid_from) DO UPDATE SET value = excluded.value, recorded_at = excluded.recorded_at";
    ADD_EVENTS = "INSERT INTO client_events (tenant_id, client_id, kind, occurred_on, for_period, note, recorded_by, recorded_at)
        SELECT $1, n.client_id, n.kind, n.occurred_on, n.for_period, n.note, $7, $8
        FROM unnest($2::bigint[], $3::text[], $4::date[], $5::text[], $6::text[]) AS n (client_id, kind, occurred_on, for_period, note)
        ON CONFLICT (tenant_id, id) DO NOTHING";
    HOLDERS = "SELECT DISTINCT ON (m.ord) m.ord, m.id, m.client_name, m.matched_on FROM (
          SELECT n.ord, c.id, c.client_name, 'pan' AS matched_on, 1 AS rank FROM unnest($2::text[]) WITH ORDINALITY AS n (value, ord) JOIN clients c ON c.tenant_id = $1 AND c.pan = n.value
          UNION ALL SELECT n.ord, c.id, c.client_name, 'cin', 2 FROM unnest($3::text[]) WITH ORDINALITY AS n (value, ord) JOIN clients c ON c.tenant_id = $1 AND c.cin = n.value
          UNION ALL SELECT n.ord, c.id, c.client_name, 'gstin', 3 FROM unnest($4::text[]) WITH ORDINALITY AS n (value, ord) JOIN clients c ON c.tenant_id = $1 AND c.gstin = n.value
        ) m ORDER BY m.ord, m.rank, m.id";
}

#[async_trait]
impl Newcomers for PgTx {
    async fn holders_of(&mut self, numbers: &[Identifiers]) -> Result<Vec<Option<Duplicate>>, StoreError> {
        let pans: Vec<Option<&str>> = numbers.iter().map(|n| n.pan.as_deref()).collect();
        let cins: Vec<Option<&str>> = numbers.iter().map(|n| n.cin.as_deref()).collect();
        let gstins: Vec<Option<&str>> = numbers.iter().map(|n| n.gstin.as_deref()).collect();
        let mut found: Vec<Option<Duplicate>> = vec![None; numbers.len()];
        for row in self.query(HOLDERS, &[&self.tenant(), &pans, &cins, &gstins]).await? {
            let ord: i64 = col(&row, "ord")?;
            let matched: &str = col(&row, "matched_on")?;
            let place = usize::try_from(ord - 1).ok().and_then(|at| found.get_mut(at));
            if let Some(place) = place {
                *place = Some(Duplicate {
                    id: Id::new(col(&row, "id")?),
                    client_name: col(&row, "client_name")?,
                    matched_on: ["pan", "cin"].into_iter().find(|m| *m == matched).unwrap_or("gstin"),
                });
            }
        }
        Ok(found)
    }

    async fn insert_newcomers(
        &mut self,
        newcomers: &[Newcomer],
        by: Option<UserId>,
        at: Instant,
    ) -> Result<Vec<ClientId>, StoreError> {
        let ids = self.add_many(newcomers, at).await?;
        self.add_registrations(&parts(&ids, newcomers, |n| &n.registrations)).await?;
        self.add_contacts(&parts(&ids, newcomers, |n| &n.contacts)).await?;
        self.add_facts(&parts(&ids, newcomers, |n| &n.facts), at).await?;
        self.add_events(&parts(&ids, newcomers, |n| &n.events), by, at).await?;
        Ok(ids.into_iter().map(Id::new).collect())
    }
}

impl PgTx {
    async fn add_many(&self, newcomers: &[Newcomer], at: Instant) -> Result<Vec<i64>, StoreError> {
        let list = newcomers.iter().enumerate().map(|(ord, n)| cells(ord, &n.client)).collect();
        let rows = self.query(ADD_MANY, &[&self.tenant(), &Value::Array(list), &at]).await?;
        let mut made = rows
            .iter()
            .map(|row| Ok((col(row, "id")?, col(row, "client_name")?)))
            .collect::<Result<Vec<(i64, &str)>, StoreError>>()?;
        made.sort_unstable();
        let names = newcomers.iter().map(|n| n.client.client_name.as_str());
        if !made.iter().map(|(_, name)| *name).eq(names) {
            return Err(StoreError::Other("new clients came in another order than they were given".into()));
        }
        Ok(made.into_iter().map(|(id, _)| id).collect())
    }

    async fn add_registrations(&self, all: &[(i64, &clients::NewRegistration)]) -> Result<(), StoreError> {
        if all.is_empty() {
            return Ok(());
        }
        let ids: Vec<i64> = all.iter().map(|(id, _)| *id).collect();
        let regulators: Vec<&str> = all.iter().map(|(_, r)| r.regulator.as_str()).collect();
        let categories: Vec<&str> = all.iter().map(|(_, r)| r.category.as_str()).collect();
        let numbers: Vec<&str> = all.iter().map(|(_, r)| r.registration_no.as_str()).collect();
        let from: Vec<Option<Date>> = all.iter().map(|(_, r)| r.valid_from).collect();
        let to: Vec<Option<Date>> = all.iter().map(|(_, r)| r.valid_to).collect();
        let states: Vec<&str> = all.iter().map(|(_, r)| r.status.as_str()).collect();
        let tenant = self.tenant();
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 8] =
            [&tenant, &ids, &regulators, &categories, &numbers, &from, &to, &states];
        self.execute(ADD_REGISTRATIONS, &params).await.map(drop)
    }

    async fn add_contacts(&self, all: &[(i64, &clients::NewContact)]) -> Result<(), StoreError> {
        if all.is_empty() {
            return Ok(());
        }
        let ids: Vec<i64> = all.iter().map(|(id, _)| *id).collect();
        let names: Vec<&str> = all.iter().map(|(_, c)| c.name.as_str()).collect();
        let titles: Vec<&str> = all.iter().map(|(_, c)| c.designation.as_str()).collect();
        let mails: Vec<&str> = all.iter().map(|(_, c)| c.email.as_str()).collect();
        let phones: Vec<&str> = all.iter().map(|(_, c)| c.phone.as_str()).collect();
        let primary: Vec<bool> = all.iter().map(|(_, c)| c.primary).collect();
        let tenant = self.tenant();
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 7] =
            [&tenant, &ids, &names, &titles, &mails, &phones, &primary];
        self.execute(ADD_CONTACTS, &params).await.map(drop)
    }

    async fn add_facts(&self, all: &[(i64, &clients::Fact)], at: Instant) -> Result<(), StoreError> {
        if all.is_empty() {
            return Ok(());
        }
        let ids: Vec<i64> = all.iter().map(|(id, _)| *id).collect();
        let keys: Vec<&str> = all.iter().map(|(_, f)| f.key.as_str()).collect();
        let values: Vec<Option<&str>> = all.iter().map(|(_, f)| f.value.as_deref()).collect();
        let from: Vec<Date> = all.iter().map(|(_, f)| f.valid_from).collect();
        let tenant = self.tenant();
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 6] =
            [&tenant, &ids, &keys, &values, &from, &at];
        self.execute(ADD_FACTS, &params).await.map(drop)
    }

    async fn add_events(
        &self,
        all: &[(i64, &clients::NewEvent)],
        by: Option<UserId>,
        at: Instant,
    ) -> Result<(), StoreError> {
        if all.is_empty() {
            return Ok(());
        }
        let ids: Vec<i64> = all.iter().map(|(id, _)| *id).collect();
        let kinds: Vec<&str> = all.iter().map(|(_, e)| e.kind.as_str()).collect();
        let days: Vec<Date> = all.iter().map(|(_, e)| e.on).collect();
        let periods: Vec<Option<&str>> = all.iter().map(|(_, e)| e.for_period.as_deref()).collect();
        let notes: Vec<&str> = all.iter().map(|(_, e)| e.note.as_str()).collect();
        let (tenant, by) = (self.tenant(), by.map(Id::get));
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 8] =
            [&tenant, &ids, &kinds, &days, &periods, &notes, &by, &at];
        self.execute(ADD_EVENTS, &params).await.map(drop)
    }
}

/// What hangs on the new clients, each with the id of its client.
fn parts<'a, T>(
    ids: &[i64],
    newcomers: &'a [Newcomer],
    of: fn(&'a Newcomer) -> &'a Vec<T>,
) -> Vec<(i64, &'a T)> {
    ids.iter().zip(newcomers).flat_map(|(id, n)| of(n).iter().map(|part| (*id, part))).collect()
}

/// A client as `ADD_MANY` reads it.
fn cells(ord: usize, c: &Client) -> Value {
    let ids = &c.identifiers;
    json!({
        "ord": ord, "client_name": c.client_name, "short_name": c.short_name, "name_key": name_key(&c.client_name),
        "entity_type": c.entity_type.as_str(), "status": c.status.as_str(),
        "risk_rating": c.risk_rating.map(RiskRating::as_str), "pan": ids.pan, "gstin": ids.gstin, "cin": ids.cin,
        "llpin": ids.llpin, "lei": ids.lei, "incorporated_on": c.incorporated_on.map(|d| d.to_string()),
        "track_from": c.track_from.to_string(), "owner_id": c.owner.map(Id::get), "tags": c.tags, "notes": c.notes,
    })
}
