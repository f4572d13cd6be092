//! Uploads and what they did.

use crate::rows::{col, word};
use crate::sql::statements;
use crate::tx::PgTx;
use async_trait::async_trait;
use clients::import::ClientRecord;
use clients::{
    ClientEvent, Contact, Fact, ImportRow, ImportState, Imports, KnownClient, NewContact, NewEvent,
    NewRegistration, Registration, StoredImport,
};
use kernel::id::{ClientId, ImportId};
use kernel::moment::Instant;
use kernel::{Id, StoreError};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tokio_postgres::Row;

statements! {
    ADD_IMPORT = "INSERT INTO imports (tenant_id, file_name, status, mapping, report, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id";
    ADD_FILE = "INSERT INTO import_files (tenant_id, import_id, content) VALUES ($1, $2, $3)";
    IMPORT = "SELECT id, file_name, status, mapping, report, accept_partial, progress_done, progress_total, error, created_by, created_at, undone_at FROM imports WHERE tenant_id = $1 AND id = $2";
    LOCK_IMPORT = "SELECT id, file_name, status, mapping, report, accept_partial, progress_done, progress_total, error, created_by, created_at, undone_at FROM imports WHERE tenant_id = $1 AND id = $2 FOR UPDATE";
    SAVE_IMPORT = "UPDATE imports SET status = $3, mapping = $4, report = $5, accept_partial = $6, progress_done = $7, progress_total = $8, error = $9, undone_at = $10, finished_at = $11 WHERE tenant_id = $1 AND id = $2";
    CONTENT = "SELECT content FROM import_files WHERE tenant_id = $1 AND import_id = $2";
    ADD_ROWS = "INSERT INTO import_rows (tenant_id, import_id, row_no, client_id, created, before, version_after)
        SELECT $1, $2, n.row_no, n.client_id, n.created, n.before, n.version_after FROM unnest($3::int[], $4::bigint[], $5::bool[], $6::jsonb[], $7::bigint[]) AS n (row_no, client_id, created, before, version_after)
        ON CONFLICT (tenant_id, import_id, row_no) DO NOTHING";
    ROWS = "SELECT row_no, client_id, created, before, version_after FROM import_rows WHERE tenant_id = $1 AND import_id = $2 ORDER BY row_no DESC";
    KNOWN = "SELECT id, client_name, name_key, pan, cin, gstin FROM clients WHERE tenant_id = $1 ORDER BY id";
    RECORDS = "SELECT id, client_name, short_name, entity_type, status, risk_rating, pan, gstin, cin, llpin, lei, incorporated_on, track_from, owner_id, tags, notes, version, created_at, updated_at FROM clients WHERE tenant_id = $1 AND id = ANY($2) ORDER BY id";
    RECORD_REGISTRATIONS = "SELECT client_id, id, regulator, category, registration_no, valid_from, valid_to, status FROM client_registrations WHERE tenant_id = $1 AND client_id = ANY($2) ORDER BY client_id, regulator, category, id";
    RECORD_CONTACTS = "SELECT client_id, id, name, designation, email, phone, is_primary FROM client_contacts WHERE tenant_id = $1 AND client_id = ANY($2) ORDER BY client_id, is_primary DESC, name, id";
    RECORD_FACTS = "SELECT client_id, key, value, valid_from FROM client_facts WHERE tenant_id = $1 AND client_id = ANY($2) ORDER BY client_id, key, valid_from";
    RECORD_EVENTS = "SELECT client_id, id, kind, occurred_on, for_period, note, recorded_by, recorded_at FROM client_events WHERE tenant_id = $1 AND client_id = ANY($2) ORDER BY client_id, occurred_on DESC, id DESC";
    CHANGED_SINCE = "SELECT c.id, c.client_name FROM import_rows r JOIN clients c ON c.tenant_id = r.tenant_id AND c.id = r.client_id
        WHERE r.tenant_id = $1 AND r.import_id = $2 AND (c.version <> r.version_after OR EXISTS (
          SELECT 1 FROM journal j WHERE j.tenant_id = $1 AND j.client_id = c.id AND j.actor_id IS NOT NULL AND j.request_id <> $3
          AND j.id > coalesce((SELECT max(k.id) FROM journal k WHERE k.tenant_id = $1 AND k.client_id = c.id AND k.request_id = $3), 0)))
        ORDER BY c.client_name, c.id LIMIT 100";
    DELETE_CLIENTS = "DELETE FROM clients WHERE tenant_id = $1 AND id = ANY($2)";
    LIST = "SELECT id, file_name, status, mapping, report, accept_partial, progress_done, progress_total, error, created_by, created_at, undone_at, count(*) OVER () AS total FROM imports WHERE tenant_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3";
}

#[async_trait]
impl Imports for PgTx {
    async fn insert_import(&mut self, import: &StoredImport, content: &[u8]) -> Result<ImportId, StoreError> {
        let tenant = self.tenant();
        let row = self
            .query_one(
                ADD_IMPORT,
                &[
                    &tenant,
                    &import.file_name,
                    &import.state.as_str(),
                    &json!(import.mapping),
                    &import.report,
                    &import.created_by.map(Id::get),
                    &import.created_at,
                ],
            )
            .await?;
        let id: i64 = col(&row, "id")?;
        self.execute(ADD_FILE, &[&tenant, &id, &content]).await?;
        Ok(Id::new(id))
    }

    async fn import(&mut self, id: ImportId) -> Result<Option<StoredImport>, StoreError> {
        self.query_opt(IMPORT, &[&self.tenant(), &id.get()]).await?.as_ref().map(import).transpose()
    }

    async fn lock_import(&mut self, id: ImportId) -> Result<Option<StoredImport>, StoreError> {
        self.query_opt(LOCK_IMPORT, &[&self.tenant(), &id.get()]).await?.as_ref().map(import).transpose()
    }

    async fn save_import(&mut self, import: &StoredImport, at: Instant) -> Result<(), StoreError> {
        let over = !matches!(import.state, ImportState::Checked | ImportState::Committing);
        let finished = over.then_some(at);
        self.execute(
            SAVE_IMPORT,
            &[
                &self.tenant(),
                &import.id.get(),
                &import.state.as_str(),
                &json!(import.mapping),
                &import.report,
                &import.accept_partial,
                &import.progress_done,
                &import.progress_total,
                &import.error,
                &import.undone_at,
                &finished,
            ],
        )
        .await?;
        Ok(())
    }

    async fn import_content(&mut self, id: ImportId) -> Result<Option<Vec<u8>>, StoreError> {
        let row = self.query_opt(CONTENT, &[&self.tenant(), &id.get()]).await?;
        row.map(|row| col(&row, "content")).transpose()
    }

    async fn add_import_rows(&mut self, import: ImportId, rows: &[ImportRow]) -> Result<(), StoreError> {
        let numbers: Vec<i32> = rows.iter().map(|r| r.row_no).collect();
        let clients: Vec<i64> = rows.iter().map(|r| r.client.get()).collect();
        let created: Vec<bool> = rows.iter().map(|r| r.created).collect();
        let before: Vec<Option<Value>> = rows.iter().map(|r| r.before.clone()).collect();
        let versions: Vec<i64> = rows.iter().map(|r| r.version_after).collect();
        let tenant = self.tenant();
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 7] =
            [&tenant, &import.get(), &numbers, &clients, &created, &before, &versions];
        self.execute(ADD_ROWS, &params).await?;
        Ok(())
    }

    async fn import_rows(&mut self, import: ImportId) -> Result<Vec<ImportRow>, StoreError> {
        let rows = self.query(ROWS, &[&self.tenant(), &import.get()]).await?;
        rows.iter()
            .map(|row| {
                Ok(ImportRow {
                    row_no: col(row, "row_no")?,
                    client: Id::new(col(row, "client_id")?),
                    created: col(row, "created")?,
                    before: col(row, "before")?,
                    version_after: col(row, "version_after")?,
                })
            })
            .collect()
    }

    async fn list_imports(
        &mut self,
        limit: i64,
        offset: i64,
    ) -> Result<(Vec<StoredImport>, i64), StoreError> {
        let rows = self.query(LIST, &[&self.tenant(), &limit, &offset]).await?;
        let total = rows.first().map_or(Ok(0), |row| col(row, "total"))?;
        Ok((rows.iter().map(import).collect::<Result<_, _>>()?, total))
    }

    async fn known_clients(&mut self) -> Result<Vec<KnownClient>, StoreError> {
        let rows = self.query(KNOWN, &[&self.tenant()]).await?;
        rows.iter()
            .map(|row| {
                Ok(KnownClient {
                    id: Id::new(col(row, "id")?),
                    client_name: col(row, "client_name")?,
                    name_key: col(row, "name_key")?,
                    pan: col(row, "pan")?,
                    cin: col(row, "cin")?,
                    gstin: col(row, "gstin")?,
                })
            })
            .collect()
    }

    async fn records_of(&mut self, ids: &[ClientId]) -> Result<Vec<ClientRecord>, StoreError> {
        let (tenant, ids) = (self.tenant(), numbers(ids));
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 2] = [&tenant, &ids];
        let rows = self.query(RECORDS, &params).await?;
        let mut records: BTreeMap<i64, ClientRecord> = BTreeMap::new();
        for row in &rows {
            let client = crate::client_row::client(row)?;
            let (registrations, contacts, facts, events) = Default::default();
            records.insert(client.id.get(), ClientRecord { client, registrations, contacts, facts, events });
        }
        let place = |records: &mut BTreeMap<i64, ClientRecord>,
                     row: &Row,
                     put: fn(&mut ClientRecord, &Row) -> Put| {
            let id: i64 = col(row, "client_id")?;
            records.get_mut(&id).map_or(Ok(()), |record| put(record, row))
        };
        for (statement, put) in [
            (RECORD_REGISTRATIONS, put_registration as fn(&mut ClientRecord, &Row) -> Put),
            (RECORD_CONTACTS, put_contact),
            (RECORD_FACTS, put_fact),
            (RECORD_EVENTS, put_event),
        ] {
            for row in &self.query(statement, &params).await? {
                place(&mut records, row, put)?;
            }
        }
        Ok(records.into_values().collect())
    }

    async fn changed_since_import(
        &mut self,
        import: ImportId,
        request_id: &str,
    ) -> Result<Vec<(ClientId, String)>, StoreError> {
        let rows = self.query(CHANGED_SINCE, &[&self.tenant(), &import.get(), &request_id]).await?;
        rows.iter().map(|row| Ok((Id::new(col(row, "id")?), col(row, "client_name")?))).collect()
    }

    async fn delete_clients(&mut self, ids: &[ClientId]) -> Result<(), StoreError> {
        self.execute(DELETE_CLIENTS, &[&self.tenant(), &numbers(ids)]).await?;
        Ok(())
    }
}

fn numbers(ids: &[ClientId]) -> Vec<i64> {
    ids.iter().map(|id| id.get()).collect()
}

type Put = Result<(), StoreError>;

fn put_registration(record: &mut ClientRecord, row: &Row) -> Put {
    record.registrations.push(Registration {
        id: Id::new(col(row, "id")?),
        facts: NewRegistration {
            regulator: col(row, "regulator")?,
            category: col(row, "category")?,
            registration_no: col(row, "registration_no")?,
            valid_from: col(row, "valid_from")?,
            valid_to: col(row, "valid_to")?,
            status: col(row, "status")?,
        },
    });
    Ok(())
}

fn put_contact(record: &mut ClientRecord, row: &Row) -> Put {
    record.contacts.push(Contact {
        id: Id::new(col(row, "id")?),
        facts: NewContact {
            name: col(row, "name")?,
            designation: col(row, "designation")?,
            email: col(row, "email")?,
            phone: col(row, "phone")?,
            primary: col(row, "is_primary")?,
        },
    });
    Ok(())
}

fn put_fact(record: &mut ClientRecord, row: &Row) -> Put {
    record.facts.push(Fact {
        key: col(row, "key")?,
        value: col(row, "value")?,
        valid_from: col(row, "valid_from")?,
    });
    Ok(())
}

fn put_event(record: &mut ClientRecord, row: &Row) -> Put {
    record.events.push(ClientEvent {
        id: Id::new(col(row, "id")?),
        facts: NewEvent {
            kind: col(row, "kind")?,
            on: col(row, "occurred_on")?,
            for_period: col(row, "for_period")?,
            note: col(row, "note")?,
        },
        recorded_by: col::<Option<i64>>(row, "recorded_by")?.map(Id::new),
        recorded_at: col(row, "recorded_at")?,
    });
    Ok(())
}

fn import(row: &Row) -> Result<StoredImport, StoreError> {
    let id: i64 = col(row, "id")?;
    let status: String = col(row, "status")?;
    let mapping: Value = col(row, "mapping")?;
    let columns = mapping.as_array().cloned().unwrap_or_default();
    Ok(StoredImport {
        id: Id::new(id),
        file_name: col(row, "file_name")?,
        state: word(ImportState::parse(&status), "imports", "status", id, &status)?,
        mapping: columns.iter().map(|field| field.as_str().map(str::to_owned)).collect(),
        report: col(row, "report")?,
        accept_partial: col(row, "accept_partial")?,
        progress_done: col(row, "progress_done")?,
        progress_total: col(row, "progress_total")?,
        error: col(row, "error")?,
        created_by: col::<Option<i64>>(row, "created_by")?.map(Id::new),
        created_at: col(row, "created_at")?,
        undone_at: col(row, "undone_at")?,
    })
}
