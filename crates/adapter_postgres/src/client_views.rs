//! The client list.

use crate::client_file::{CLIENT_FILE, client_file};
use crate::rows::{col, word};
use crate::sql::{Query, like_contains};
use crate::tx::PgTx;
use async_trait::async_trait;
use clients::{
    ClientCounts, ClientFile, ClientFilter, ClientSort, ClientSummary, ClientViews, EntityType, RiskRating,
    Status,
};
use futures_util::try_join;
use kernel::id::ClientId;
use kernel::{Date, Id, Page, PageRequest, StoreError};
use tokio_postgres::Row;

#[async_trait]
impl ClientViews for PgTx {
    async fn list_clients(
        &mut self,
        filter: &ClientFilter,
        sort: &[(ClientSort, bool)],
        page: PageRequest,
        today: Date,
    ) -> Result<(Page<ClientSummary>, ClientCounts), StoreError> {
        let rows = list_query(self.tenant(), filter, sort, page, today);
        let counts = counts_query(self.tenant(), filter);
        let (rows, counts) = try_join!(self.run(&rows), self.run(&counts))?;
        let counts = counts.first().ok_or_else(|| StoreError::Other("counts answered no row".into()))?;
        let items = rows.iter().map(summary).collect::<Result<Vec<_>, _>>()?;
        let page = Page { items, total: col(counts, "total")?, request: page };
        let counts = ClientCounts {
            all: col(counts, "all_clients")?,
            active: col(counts, "active")?,
            onboarding: col(counts, "onboarding")?,
            inactive: col(counts, "inactive")?,
        };
        Ok((page, counts))
    }

    async fn client_rows(
        &mut self,
        filter: &ClientFilter,
        sort: &[(ClientSort, bool)],
        page: PageRequest,
        today: Date,
    ) -> Result<Vec<ClientSummary>, StoreError> {
        let rows = self.run(&list_query(self.tenant(), filter, sort, page, today)).await?;
        rows.iter().map(summary).collect()
    }

    async fn client_order(
        &mut self,
        filter: &ClientFilter,
        sort: &[(ClientSort, bool)],
        today: Date,
    ) -> Result<Vec<ClientId>, StoreError> {
        let ids = PgTx::client_order(self, filter, sort, today).await?;
        Ok(ids.into_iter().map(Id::new).collect())
    }

    async fn client_file(&mut self, id: ClientId, today: Date) -> Result<Option<ClientFile>, StoreError> {
        let row = self.query_opt(CLIENT_FILE, &[&self.tenant(), &id.get(), &today]).await?;
        row.as_ref().map(client_file).transpose()
    }
}

/// The page first, then the figures of its rows only: the counts never touch more filings than the page needs,
/// unless the sort is by them.
fn list_query(
    tenant: i64,
    filter: &ClientFilter,
    sort: &[(ClientSort, bool)],
    page: PageRequest,
    today: Date,
) -> Query {
    let mut q = Query::new("");
    let t = q.bind(tenant);
    let day = q.bind(today);
    q.push(&format!(
        "SELECT c.id, c.client_name, c.short_name, c.entity_type, c.status, c.risk_rating, c.tags, c.pan, c.gstin, \
         c.cin, c.version, c.created_at, c.updated_at, u.id AS owner_id, u.display_name AS owner_name, \
         coalesce(r.regulators, '{{}}') AS regulators, coalesce(f.open_filings, 0) AS open_filings, \
         coalesce(f.past_due, 0) AS past_due \
         FROM clients c LEFT JOIN users u ON u.tenant_id = c.tenant_id AND u.id = c.owner_id \
         LEFT JOIN LATERAL (SELECT array_agg(DISTINCT g.regulator ORDER BY g.regulator) AS regulators \
           FROM client_registrations g WHERE g.tenant_id = {t} AND g.client_id = c.id) r ON true \
         {figures} WHERE c.tenant_id = {t}",
        figures = figures(&t, &day),
    ));
    push_filter(&mut q, filter, &t, true);
    let (limit, offset) = (q.bind(page.limit()), q.bind(page.offset()));
    q.push(&format!(" ORDER BY {} LIMIT {limit} OFFSET {offset}", order(sort)));
    q
}

/// How many filings of each client are open and past due, as `f`.
pub(crate) fn figures(t: &str, day: &str) -> String {
    format!(
        "LEFT JOIN LATERAL (SELECT count(*) AS open_filings, count(*) FILTER (WHERE x.legal_due < {day}::date OR (x.legal_due IS NULL AND x.lapse_on < {day}::date AND x.lapse_due < {day}::date)) AS past_due \
           FROM filings x WHERE x.tenant_id = {t} AND x.client_id = c.id AND x.state IN ('open', 'in_review') \
           AND x.sort_due <= {day}::date + 90) f ON true"
    )
}

/// What ORDER BY says.
pub(crate) fn order(sort: &[(ClientSort, bool)]) -> String {
    let mut text = String::new();
    for (key, descending) in sort {
        text.push_str(match key {
            ClientSort::Name => "c.client_name",
            ClientSort::PastDue => "coalesce(f.past_due, 0)",
            ClientSort::OpenFilings => "coalesce(f.open_filings, 0)",
            ClientSort::Created => "c.created_at",
            ClientSort::Updated => "c.updated_at",
        });
        text.push_str(if *descending { " DESC, " } else { ", " });
    }
    text + "c.client_name, c.id"
}

fn counts_query(tenant: i64, filter: &ClientFilter) -> Query {
    let mut q = Query::new("");
    let t = q.bind(tenant);
    let wanted = if filter.status.is_empty() {
        "true".to_owned()
    } else {
        let statuses = q.bind(filter.status.iter().map(|s| s.as_str().to_owned()).collect::<Vec<_>>());
        format!("c.status = ANY({statuses})")
    };
    q.push(&format!(
        "SELECT count(*) AS all_clients, count(*) FILTER (WHERE {wanted}) AS total, \
         count(*) FILTER (WHERE c.status = 'active') AS active, \
         count(*) FILTER (WHERE c.status = 'onboarding') AS onboarding, \
         count(*) FILTER (WHERE c.status IN ('suspended', 'offboarded')) AS inactive \
         FROM clients c WHERE c.tenant_id = {t}"
    ));
    push_filter(&mut q, filter, &t, false);
    q
}

pub(crate) fn push_filter(q: &mut Query, filter: &ClientFilter, t: &str, with_status: bool) {
    if let Some(text) = filter.q.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        let like = q.bind(like_contains(text));
        let upper = q.bind(format!("{}%", text.to_uppercase().replace(['%', '_', '\\'], "")));
        q.push(&format!(
            " AND (c.search LIKE lower({like}) OR c.pan LIKE {upper} OR c.gstin LIKE {upper} OR c.cin LIKE {upper})"
        ));
    }
    if !filter.ids.is_empty() {
        let list = q.bind(filter.ids.iter().map(|id| id.get()).collect::<Vec<_>>());
        q.push(&format!(" AND c.id = ANY({list})"));
    }
    if with_status && !filter.status.is_empty() {
        let list = q.bind(filter.status.iter().map(|s| s.as_str().to_owned()).collect::<Vec<_>>());
        q.push(&format!(" AND c.status = ANY({list})"));
    }
    if !filter.entity_type.is_empty() {
        let list = q.bind(filter.entity_type.iter().map(|s| s.as_str().to_owned()).collect::<Vec<_>>());
        q.push(&format!(" AND c.entity_type = ANY({list})"));
    }
    if !filter.owner.is_empty() {
        let list = q.bind(filter.owner.iter().map(|id| id.get()).collect::<Vec<_>>());
        q.push(&format!(" AND c.owner_id = ANY({list})"));
    }
    if !filter.tag.is_empty() {
        let list = q.bind(filter.tag.clone());
        q.push(&format!(" AND c.tags && {list}::text[]"));
    }
    if !filter.regulator.is_empty() {
        let list = q.bind(filter.regulator.clone());
        q.push(&format!(
            " AND EXISTS (SELECT 1 FROM client_registrations g WHERE g.tenant_id = {t} AND g.client_id = c.id AND g.regulator = ANY({list}))"
        ));
    }
}

fn summary(row: &Row) -> Result<ClientSummary, StoreError> {
    let id: i64 = col(row, "id")?;
    let entity: String = col(row, "entity_type")?;
    let status: String = col(row, "status")?;
    let risk: Option<String> = col(row, "risk_rating")?;
    let owner: Option<i64> = col(row, "owner_id")?;
    let owner_name: Option<String> = col(row, "owner_name")?;
    Ok(ClientSummary {
        id: Id::new(id),
        client_name: col(row, "client_name")?,
        short_name: col(row, "short_name")?,
        entity_type: word(EntityType::parse(&entity), "clients", "entity_type", id, &entity)?,
        status: word(Status::parse(&status), "clients", "status", id, &status)?,
        risk_rating: risk
            .map(|r| word(RiskRating::parse(&r), "clients", "risk_rating", id, &r))
            .transpose()?,
        regulators: col(row, "regulators")?,
        owner: owner.map(|id| (Id::new(id), owner_name.unwrap_or_default())),
        tags: col(row, "tags")?,
        pan: col(row, "pan")?,
        gstin: col(row, "gstin")?,
        cin: col(row, "cin")?,
        open_filings: col(row, "open_filings")?,
        past_due: col(row, "past_due")?,
        version: col(row, "version")?,
        created_at: col(row, "created_at")?,
        updated_at: col(row, "updated_at")?,
    })
}
