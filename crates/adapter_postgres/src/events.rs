//! Events over all clients: awaited ones are groups of open filings, recorded ones carry the filings that follow them.

use crate::client_file::{EventCells, FactCells, RegistrationCells, fact, list, own_event, registration};
use crate::client_row::client;
use crate::filing_views::{limits, push_assignee};
use crate::rows::col;
use crate::sql::{Query, like_contains, statements};
use crate::tx::PgTx;
use app::events::{AwaitedGroup, EventFilter, EventRegister, HangingFiling, RecordedEvent};
use async_trait::async_trait;
use clients::import::ClientRecord;
use clients::{ClientEvent, NewEvent};
use filings::views::AssigneeFilter;
use kernel::id::{ClientEventId, ClientId, UserId};
use kernel::moment::Instant;
use kernel::{Date, Id, Page, PageRequest, StoreError};
use tokio_postgres::Row;

statements! {
    EVENTS_LIKE = "SELECT client_id, occurred_on FROM client_events WHERE tenant_id = $1 AND client_id = ANY($2) AND kind = $3 AND for_period IS NOT DISTINCT FROM $4";
    ADD_EVENT_FOR = "INSERT INTO client_events (tenant_id, client_id, kind, occurred_on, for_period, note, recorded_by, recorded_at)
        SELECT $1, n.client_id, $3, $4, $5, $6, $7, $8 FROM unnest($2::bigint[]) AS n (client_id) ON CONFLICT DO NOTHING RETURNING client_id, id";
    EVENTS_BY_ID = "SELECT client_id, id, kind, occurred_on, for_period, note, recorded_by, recorded_at FROM client_events WHERE tenant_id = $1 AND id = ANY($2)";
    REMOVE_EVENTS = "DELETE FROM client_events WHERE tenant_id = $1 AND id = ANY($2)";
}

#[async_trait]
impl EventRegister for PgTx {
    async fn awaited_events(
        &mut self,
        filter: &EventFilter,
        page: PageRequest,
        today: Date,
    ) -> Result<Page<AwaitedGroup>, StoreError> {
        let rows = self.run(&awaited_query(self.tenant(), filter, page, today)).await?;
        let total = rows.first().map_or(Ok(0), |row| col(row, "total"))?;
        let items = rows.iter().map(awaited).collect::<Result<_, _>>()?;
        Ok(Page { items, total, request: page })
    }

    async fn recorded_events(
        &mut self,
        filter: &EventFilter,
        links: (&[String], &[String]),
        page: PageRequest,
    ) -> Result<Page<RecordedEvent>, StoreError> {
        let rows = self.run(&recorded_query(self.tenant(), filter, links, page)).await?;
        let total = rows.first().map_or(Ok(0), |row| col(row, "total"))?;
        let items = rows.iter().map(recorded).collect::<Result<_, _>>()?;
        Ok(Page { items, total, request: page })
    }
}

impl PgTx {
    pub(crate) async fn events_like_these(
        &self,
        clients: &[ClientId],
        kind: &str,
        for_period: Option<&str>,
    ) -> Result<Vec<(ClientId, Date)>, StoreError> {
        let rows = self.query(EVENTS_LIKE, &[&self.tenant(), &numbers(clients), &kind, &for_period]).await?;
        rows.iter().map(|row| Ok((Id::new(col(row, "client_id")?), col(row, "occurred_on")?))).collect()
    }

    pub(crate) async fn add_one_event_for(
        &self,
        clients: &[ClientId],
        event: &NewEvent,
        by: Option<UserId>,
        at: Instant,
    ) -> Result<Vec<(ClientId, ClientEventId)>, StoreError> {
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 8] = [
            &self.tenant(),
            &numbers(clients),
            &event.kind,
            &event.on,
            &event.for_period,
            &event.note,
            &by.map(Id::get),
            &at,
        ];
        let rows = self.query(ADD_EVENT_FOR, &params).await?;
        rows.iter().map(|row| Ok((Id::new(col(row, "client_id")?), Id::new(col(row, "id")?)))).collect()
    }

    pub(crate) async fn events_with_ids(
        &self,
        ids: &[ClientEventId],
    ) -> Result<Vec<(ClientId, ClientEvent)>, StoreError> {
        let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
        let rows = self.query(EVENTS_BY_ID, &[&self.tenant(), &ids]).await?;
        rows.iter().map(|row| Ok((Id::new(col(row, "client_id")?), event(row)?))).collect()
    }

    pub(crate) async fn remove_all_events(&self, ids: &[ClientEventId]) -> Result<(), StoreError> {
        let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
        self.execute(REMOVE_EVENTS, &[&self.tenant(), &ids]).await?;
        Ok(())
    }
}

fn numbers(ids: &[ClientId]) -> Vec<i64> {
    ids.iter().map(|id| id.get()).collect()
}

/// Reads a row of `client_events`.
pub(crate) fn event(row: &Row) -> Result<ClientEvent, StoreError> {
    Ok(ClientEvent {
        id: Id::new(col(row, "id")?),
        facts: NewEvent {
            kind: col(row, "kind")?,
            on: col(row, "occurred_on")?,
            for_period: col(row, "for_period")?,
            note: col(row, "note")?,
        },
        recorded_by: col::<Option<i64>>(row, "recorded_by")?.map(Id::new),
        recorded_at: col(row, "recorded_at")?,
    })
}

/// Open filings that wait for an event which somebody can record.
const WAITING: &str =
    "f.state IN ('open', 'in_review') AND f.waits_for IS NOT NULL AND f.waits_for <> 'as_directed'";

/// The page of groups first; the records and the filings of its rows only.
fn awaited_query(tenant: i64, filter: &EventFilter, page: PageRequest, today: Date) -> Query {
    let mut q = Query::new("");
    let (t, day) = (q.bind(tenant), q.bind(today));
    q.push(
        "WITH g AS (SELECT f.client_id, f.waits_for AS kind, f.period_key, min(f.period_label) AS period_label, \
         min(f.period_end) AS period_end, min(f.sort_due) AS first_due FROM filings f",
    );
    if has_text(filter) {
        q.push(" JOIN clients c ON c.tenant_id = f.tenant_id AND c.id = f.client_id");
    }
    q.push(&format!(" WHERE f.tenant_id = {t} AND {WAITING}"));
    push_text(&mut q, filter);
    push_list(&mut q, "f.client_id", numbers(&filter.client));
    push_list(&mut q, "f.waits_for", filter.kind.clone());
    push_assignee(&mut q, &filter.assignee);
    q.push(" GROUP BY f.client_id, f.waits_for, f.period_key), p AS (SELECT g.*, count(*) OVER () AS total FROM g WHERE true");
    push_days(&mut q, "g.first_due", filter);
    q.push(&format!(
        " ORDER BY g.first_due, g.kind, g.client_id {}) \
         SELECT c.id, c.client_name, c.short_name, c.entity_type, c.status, c.risk_rating, c.pan, c.gstin, c.cin, c.llpin, \
         c.lei, c.incorporated_on, c.track_from, c.owner_id, c.tags, c.notes, c.version, c.created_at, c.updated_at, \
         p.kind, p.period_key, p.period_label, p.period_end, p.total, \
         (SELECT json_agg(json_build_array(f.id, f.code, coalesce(f.legal_due, CASE WHEN f.lapse_on < {day}::date THEN f.lapse_due END, f.projected_due), \
            f.legal_due IS NOT NULL OR coalesce(f.lapse_on < {day}::date, false)) ORDER BY f.code, f.id) FROM filings f \
            WHERE f.tenant_id = {t} AND f.client_id = p.client_id AND f.waits_for = p.kind AND f.period_key = p.period_key AND {WAITING}) AS filings, \
         (SELECT json_agg(json_build_array(r.id, r.regulator, r.category, r.registration_no, r.valid_from, r.valid_to, r.status)) \
            FROM client_registrations r WHERE r.tenant_id = {t} AND r.client_id = p.client_id) AS registrations, \
         (SELECT json_agg(json_build_array(a.key, a.value, a.valid_from) ORDER BY a.key, a.valid_from) \
            FROM client_facts a WHERE a.tenant_id = {t} AND a.client_id = p.client_id) AS facts, \
         (SELECT json_agg(json_build_array(e.id, e.kind, e.occurred_on, e.for_period, e.note, e.recorded_by, \
            (extract(epoch FROM e.recorded_at) * 1000000)::bigint, NULL) ORDER BY e.occurred_on DESC, e.id DESC) \
            FROM client_events e WHERE e.tenant_id = {t} AND e.client_id = p.client_id) AS events \
         FROM p JOIN clients c ON c.tenant_id = {t} AND c.id = p.client_id ORDER BY p.first_due, p.kind, p.client_id",
        limits(page)
    ));
    q
}

fn recorded_query(
    tenant: i64,
    filter: &EventFilter,
    (kinds, codes): (&[String], &[String]),
    page: PageRequest,
) -> Query {
    let mut q = Query::new("");
    let t = q.bind(tenant);
    let (kinds, codes) = (q.bind(kinds.to_vec()), q.bind(codes.to_vec()));
    q.push(
        "WITH p AS (SELECT e.id, e.client_id, e.kind, e.occurred_on, e.for_period, e.note, e.recorded_by, e.recorded_at, \
         count(*) OVER () AS total FROM client_events e",
    );
    if has_text(filter) {
        q.push(" JOIN clients c ON c.tenant_id = e.tenant_id AND c.id = e.client_id");
    }
    q.push(&format!(" WHERE e.tenant_id = {t}"));
    push_text(&mut q, filter);
    push_list(&mut q, "e.client_id", numbers(&filter.client));
    push_list(&mut q, "e.kind", filter.kind.clone());
    push_days(&mut q, "e.occurred_on", filter);
    let people =
        |one: &AssigneeFilter| if let AssigneeFilter::User(id) = one { Some(id.get()) } else { None };
    push_list(&mut q, "e.recorded_by", filter.assignee.iter().filter_map(people).collect::<Vec<i64>>());
    q.push(&format!(
        " ORDER BY e.recorded_at DESC, e.id DESC {}) \
         SELECT p.*, c.short_name, u.display_name, \
         (SELECT json_agg(json_build_array(f.id, f.code, f.sort_due, f.legal_due IS NOT NULL) ORDER BY f.code, f.id) FROM filings f \
            WHERE f.tenant_id = {t} AND f.client_id = p.client_id AND f.state <> 'withdrawn' AND (f.period_key LIKE 'E%-' || p.id::text \
            OR (EXISTS (SELECT 1 FROM unnest({kinds}::text[], {codes}::text[]) AS l (kind, code) WHERE l.kind = p.kind AND l.code = f.code) \
            AND (f.period_key = p.for_period OR (p.for_period IS NULL AND p.occurred_on BETWEEN f.period_start AND f.period_end \
            AND NOT EXISTS (SELECT 1 FROM client_events o WHERE o.tenant_id = {t} AND o.client_id = p.client_id AND o.kind = p.kind \
            AND o.occurred_on >= f.period_start AND (o.occurred_on, o.id) < (p.occurred_on, p.id))))))) AS filings \
         FROM p JOIN clients c ON c.tenant_id = {t} AND c.id = p.client_id \
         LEFT JOIN users u ON u.tenant_id = {t} AND u.id = p.recorded_by ORDER BY p.recorded_at DESC, p.id DESC",
        limits(page)
    ));
    q
}

fn has_text(filter: &EventFilter) -> bool {
    filter.q.as_deref().is_some_and(|text| !text.trim().is_empty())
}

fn push_text(q: &mut Query, filter: &EventFilter) {
    if let Some(text) = filter.q.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        let like = q.bind(like_contains(text));
        q.push(&format!(" AND (c.client_name ILIKE {like} OR c.short_name ILIKE {like})"));
    }
}

fn push_list<T>(q: &mut Query, column: &str, list: Vec<T>)
where
    Vec<T>: tokio_postgres::types::ToSql + Sync + Send + 'static,
{
    if !list.is_empty() {
        let list = q.bind(list);
        q.push(&format!(" AND {column} = ANY({list})"));
    }
}

fn push_days(q: &mut Query, column: &str, filter: &EventFilter) {
    for (day, compare) in [(filter.from, ">="), (filter.to, "<=")] {
        if let Some(day) = day {
            let day = q.bind(day);
            q.push(&format!(" AND {column} {compare} {day}"));
        }
    }
}

type HangingCells = (i64, String, Option<Date>, bool);

fn hanging(row: &Row) -> Result<Vec<HangingFiling>, StoreError> {
    let cells = list::<HangingCells>(row, "filings")?;
    let read = |(id, code, due, certain)| HangingFiling { id: Id::new(id), code, due, certain };
    Ok(cells.into_iter().map(read).collect())
}

fn awaited(row: &Row) -> Result<AwaitedGroup, StoreError> {
    let client = client(row)?;
    let events = list::<EventCells>(row, "events")?;
    let events = events.into_iter().map(|cells| own_event(cells, client.id)).collect::<Result<_, _>>()?;
    Ok(AwaitedGroup {
        kind: col(row, "kind")?,
        period_key: col(row, "period_key")?,
        period_label: col(row, "period_label")?,
        period_end: col(row, "period_end")?,
        filings: hanging(row)?,
        record: ClientRecord {
            registrations: list::<RegistrationCells>(row, "registrations")?
                .into_iter()
                .map(registration)
                .collect(),
            contacts: Vec::new(),
            facts: list::<FactCells>(row, "facts")?.into_iter().map(fact).collect(),
            events,
            client,
        },
    })
}

fn recorded(row: &Row) -> Result<RecordedEvent, StoreError> {
    Ok(RecordedEvent {
        client: Id::new(col(row, "client_id")?),
        client_name: col(row, "short_name")?,
        event: event(row)?,
        by: col(row, "display_name")?,
        filings: hanging(row)?,
    })
}
