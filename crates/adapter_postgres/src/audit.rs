//! The journal as people search it, newest first.

use crate::rows::col;
use crate::sql::{Query, statements};
use crate::tx::PgTx;
use app::audit::{AuditEntry, AuditFilter, AuditTrail, Cursor};
use async_trait::async_trait;
use kernel::id::EntryId;
use kernel::{Id, StoreError};
use proof::Hash;
use tokio_postgres::Row;

/// The columns of a page; what changed is read with the one entry.
macro_rules! columns {
    ($more:literal) => {
        concat!(
            "SELECT j.id, j.at, j.actor_id, j.actor_name, j.acting_for, f.display_name AS acting_for_name, j.action, j.subject_kind,
            j.subject_id, j.client_id, c.short_name AS client_name, j.text, j.request_id, j.address, l.leaf, l.hash",
            $more,
            " FROM journal j LEFT JOIN clients c ON c.tenant_id = j.tenant_id AND c.id = j.client_id
            LEFT JOIN users f ON f.tenant_id = j.tenant_id AND f.id = j.acting_for
            LEFT JOIN journal_leaves l ON l.tenant_id = j.tenant_id AND l.entry_id = j.id WHERE j.tenant_id = $1"
        )
    };
}

statements! {
    AUDIT_ENTRY = concat!(columns!(", j.before, j.after"), " AND j.id = $2");
    // Each step jumps to the next verb in the index, so it costs as much as there are verbs.
    AUDIT_ACTIONS = "WITH RECURSIVE a AS (
        (SELECT action FROM journal WHERE tenant_id = $1 ORDER BY action LIMIT 1)
        UNION ALL SELECT (SELECT j.action FROM journal j WHERE j.tenant_id = $1 AND j.action > a.action ORDER BY j.action LIMIT 1) FROM a WHERE a.action IS NOT NULL)
        SELECT action FROM a WHERE action IS NOT NULL";
}

#[async_trait]
impl AuditTrail for PgTx {
    async fn audit_page(
        &mut self,
        filter: &AuditFilter,
        after: Option<Cursor>,
        limit: i64,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let query = page_query(self.tenant(), filter, after, limit);
        self.run(&query).await?.iter().map(|row| entry(row, false)).collect()
    }

    async fn audit_entry(&mut self, id: EntryId) -> Result<Option<AuditEntry>, StoreError> {
        let row = self.query_opt(AUDIT_ENTRY, &[&self.tenant(), &id.get()]).await?;
        row.map(|row| entry(&row, true)).transpose()
    }

    async fn audit_actions(&mut self) -> Result<Vec<String>, StoreError> {
        let rows = self.query(AUDIT_ACTIONS, &[&self.tenant()]).await?;
        rows.iter().map(|row| col(row, "action")).collect()
    }
}

/// A page under a filter.
pub(crate) fn page_query(tenant: i64, filter: &AuditFilter, after: Option<Cursor>, limit: i64) -> Query {
    let mut query = Query::new(columns!(""));
    query.params.push(Box::new(tenant));
    if !filter.people.is_empty() || filter.system {
        let people: Vec<i64> = filter.people.iter().map(|id| id.get()).collect();
        let place = query.bind(people);
        query.push(&format!(" AND (j.actor_id = ANY({place})"));
        query.push(if filter.system { " OR j.actor_id IS NULL)" } else { ")" });
    }
    if !filter.actions.is_empty() {
        let place = query.bind(filter.actions.clone());
        query.push(&format!(" AND j.action = ANY({place})"));
    }
    if let Some((kind, id)) = &filter.subject {
        let place = query.bind(kind.clone());
        query.push(&format!(" AND j.subject_kind = {place}"));
        if let Some(id) = id {
            let place = query.bind(*id);
            query.push(&format!(" AND j.subject_id = {place}"));
        }
    }
    if let Some(client) = filter.client {
        let place = query.bind(client.get());
        query.push(&format!(" AND j.client_id = {place}"));
    }
    if let Some(from) = filter.from {
        let place = query.bind(from);
        query.push(&format!(" AND j.at >= {place}"));
    }
    if let Some(until) = filter.until {
        let place = query.bind(until);
        query.push(&format!(" AND j.at < {place}"));
    }
    let words = plain(&filter.words);
    if !words.is_empty() {
        // The firm is a word of the index; the caller's are looked up as beginnings of words.
        let place = query.bind(words);
        query.push(&format!(
            " AND to_tsvector('simple', 'firm' || j.tenant_id::text || ' ' || j.text) @@ (SELECT ('firm' || $1::bigint || coalesce(string_agg(' & ''' || w.lexeme || ''':*', ''), ''))::tsquery
            FROM unnest(to_tsvector('simple', {place})) AS w)"
        ));
    }
    if let Some(after) = after {
        let (at, id) = (query.bind(after.at), query.bind(after.id.get()));
        query.push(&format!(" AND (j.at, j.id) < ({at}, {id})"));
    }
    let place = query.bind(limit);
    query.push(&format!(" ORDER BY j.at DESC, j.id DESC LIMIT {place}"));
    query
}

/// What the caller typed without anything that has a meaning in a search.
fn plain(words: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || "@./-_".contains(c) { c } else { ' ' };
    words.chars().take(200).map(kept).collect::<String>().trim().to_owned()
}

fn entry(row: &Row, whole: bool) -> Result<AuditEntry, StoreError> {
    let leaf: Option<i64> = col(row, "leaf")?;
    let hash: Option<Vec<u8>> = col(row, "hash")?;
    let client: Option<i64> = col(row, "client_id")?;
    let client_name: Option<String> = col(row, "client_name")?;
    Ok(AuditEntry {
        id: Id::new(col(row, "id")?),
        at: col(row, "at")?,
        actor: col::<Option<i64>>(row, "actor_id")?.map(Id::new),
        actor_name: col(row, "actor_name")?,
        acting_for: col::<Option<i64>>(row, "acting_for")?.map(Id::new),
        acting_for_name: col(row, "acting_for_name")?,
        action: col(row, "action")?,
        subject_kind: col(row, "subject_kind")?,
        subject_id: col(row, "subject_id")?,
        client: client.map(|id| (Id::new(id), client_name.unwrap_or_default())),
        text: col(row, "text")?,
        before: if whole { col(row, "before")? } else { None },
        after: if whole { col(row, "after")? } else { None },
        request_id: col(row, "request_id")?,
        address: col(row, "address")?,
        leaf: leaf
            .and_then(|leaf| u64::try_from(leaf).ok())
            .zip(hash.and_then(|hash| Hash::from_slice(&hash))),
    })
}
