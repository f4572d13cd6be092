//! Journal entries: appended in the transaction that makes the change.

use crate::filings::BATCH;
use crate::rows::col;
use crate::sql::statements;
use crate::tx::PgTx;
use app::timeline::{TimelineEntry, TimelineOf, Timelines};
use async_trait::async_trait;
use kernel::aadhaar;
use kernel::journal::{Change, Journal};
use kernel::{Actor, Id, Page, PageRequest, StoreError};
use serde_json::Value;

statements! {
    ADD_ENTRY = "INSERT INTO journal (tenant_id, at, actor_id, actor_name, action, subject_kind, subject_id, client_id, text, before, after, request_id, address, acting_for)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    ADD_ENTRIES = "INSERT INTO journal (tenant_id, at, actor_id, actor_name, action, subject_kind, subject_id, client_id, text, before, after, request_id, address)
        SELECT $1, $2, $3, $4, n.action, n.subject_kind, n.subject_id, n.client_id, n.text, n.before, n.after, $5, $6
        FROM unnest($7::text[], $8::text[], $9::bigint[], $10::bigint[], $11::text[], $12::jsonb[], $13::jsonb[]) AS n (action, subject_kind, subject_id, client_id, text, before, after) RETURNING id";
    CLIENT_TIMELINE = "SELECT id, at, actor_id, actor_name, action, subject_kind, subject_id, text, before, after, count(*) OVER () AS total
        FROM journal WHERE tenant_id = $1 AND client_id = $2 ORDER BY at DESC, id DESC LIMIT $3 OFFSET $4";
    SUBJECT_TIMELINE = "SELECT id, at, actor_id, actor_name, action, subject_kind, subject_id, text, before, after, count(*) OVER () AS total
        FROM journal WHERE tenant_id = $1 AND subject_kind = $2 AND subject_id = $3 ORDER BY at DESC, id DESC LIMIT $4 OFFSET $5";
}

#[async_trait]
impl Journal for PgTx {
    fn speak_as(&mut self, who: &Actor) {
        debug_assert_eq!(who.tenant, self.actor.tenant, "nobody speaks in another firm");
        self.actor = Actor { tenant: self.actor.tenant, ..who.clone() };
    }

    async fn record(&mut self, change: Change) -> Result<(), StoreError> {
        let actor = &self.actor;
        let change = clean(change);
        let text: String = change.text.chars().take(2_000).collect();
        self.execute(
            ADD_ENTRY,
            &[
                &self.tenant(),
                &actor.at,
                &actor.user.map(Id::get),
                &actor.name,
                &change.action,
                &change.subject.kind,
                &change.subject.id,
                &change.client.map(Id::get),
                &text,
                &change.before,
                &change.after,
                &actor.request_id,
                &actor.address,
                &actor.acting_for.map(Id::get),
            ],
        )
        .await?;
        Ok(())
    }

    async fn record_all(&mut self, changes: Vec<Change>) -> Result<(), StoreError> {
        let actor = &self.actor;
        let user = actor.user.map(Id::get);
        let changes: Vec<Change> = changes.into_iter().map(clean).collect();
        for batch in changes.chunks(BATCH) {
            let actions: Vec<&str> = batch.iter().map(|c| c.action).collect();
            let kinds: Vec<&str> = batch.iter().map(|c| c.subject.kind).collect();
            let ids: Vec<i64> = batch.iter().map(|c| c.subject.id).collect();
            let clients: Vec<Option<i64>> = batch.iter().map(|c| c.client.map(Id::get)).collect();
            let texts: Vec<String> = batch.iter().map(|c| c.text.chars().take(2_000).collect()).collect();
            let before: Vec<Option<&Value>> = batch.iter().map(|c| c.before.as_ref()).collect();
            let after: Vec<Option<&Value>> = batch.iter().map(|c| c.after.as_ref()).collect();
            let params: [&(dyn tokio_postgres::types::ToSql + Sync); 13] = [
                &self.tenant(),
                &actor.at,
                &user,
                &actor.name,
                &actor.request_id,
                &actor.address,
                &actions,
                &kinds,
                &ids,
                &clients,
                &texts,
                &before,
                &after,
            ];
            self.execute(ADD_ENTRIES, &params).await?;
        }
        Ok(())
    }
}

/// No whole Aadhaar number gets into the journal, whatever somebody typed where: it could never be taken out again.
fn clean(mut change: Change) -> Change {
    if aadhaar::find(&change.text).is_some() {
        change.text = aadhaar::mask(&change.text);
    }
    change.before.iter_mut().chain(change.after.iter_mut()).for_each(clean_value);
    change
}

fn clean_value(value: &mut Value) {
    match value {
        Value::String(text) if aadhaar::find(text).is_some() => *text = aadhaar::mask(text),
        Value::Array(items) => items.iter_mut().for_each(clean_value),
        Value::Object(fields) => fields.values_mut().for_each(clean_value),
        _ => {}
    }
}

#[async_trait]
impl Timelines for PgTx {
    async fn timeline(
        &mut self,
        of: TimelineOf,
        request: PageRequest,
    ) -> Result<Page<TimelineEntry>, StoreError> {
        let (tenant, limit, offset) = (self.tenant(), request.limit(), request.offset());
        let rows = match of {
            TimelineOf::Client(id) => {
                self.query(CLIENT_TIMELINE, &[&tenant, &id.get(), &limit, &offset]).await?
            }
            TimelineOf::Filing(id) => {
                self.query(SUBJECT_TIMELINE, &[&tenant, &"filing", &id.get(), &limit, &offset]).await?
            }
        };
        let total = rows.first().map_or(Ok(0), |row| col(row, "total"))?;
        let items = rows.iter().map(entry).collect::<Result<_, _>>()?;
        Ok(Page { items, total, request })
    }
}

fn entry(row: &tokio_postgres::Row) -> Result<TimelineEntry, StoreError> {
    Ok(TimelineEntry {
        id: Id::new(col(row, "id")?),
        at: col(row, "at")?,
        actor: col::<Option<i64>>(row, "actor_id")?.map(Id::new),
        actor_name: col(row, "actor_name")?,
        action: col(row, "action")?,
        subject_kind: col(row, "subject_kind")?,
        subject_id: col(row, "subject_id")?,
        text: col(row, "text")?,
        before: col(row, "before")?,
        after: col(row, "after")?,
    })
}
