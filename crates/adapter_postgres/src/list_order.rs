//! A whole list as the ids of its rows in their order: what an export walks along, so that its pages cost the same from
//! the first to the last and no row comes twice or is passed over while others change the list.

use crate::sql::Query;
use crate::tx::PgTx;
use crate::{client_views, filing_views};
use clients::{ClientFilter, ClientSort};
use filings::{FilingFilter, FilingSort};
use kernel::{Date, StoreError};

impl PgTx {
    /// Of the list of filings.
    pub(crate) async fn filing_order(
        &self,
        filter: &FilingFilter,
        sort: &[(FilingSort, bool)],
        today: Date,
    ) -> Result<Vec<i64>, StoreError> {
        self.ids_of(&filings(self.tenant(), filter, sort, today)).await
    }

    /// Of the list of clients.
    pub(crate) async fn client_order(
        &self,
        filter: &ClientFilter,
        sort: &[(ClientSort, bool)],
        today: Date,
    ) -> Result<Vec<i64>, StoreError> {
        self.ids_of(&clients(self.tenant(), filter, sort, today)).await
    }

    /// One row with all ids: a row for each would take ten times the memory.
    async fn ids_of(&self, query: &Query) -> Result<Vec<i64>, StoreError> {
        let rows = self.run(query).await?;
        let ids: Option<Option<Vec<i64>>> =
            rows.first().map(|row| crate::rows::col(row, "ids")).transpose()?;
        Ok(ids.flatten().unwrap_or_default())
    }
}

fn filings(tenant: i64, filter: &FilingFilter, sort: &[(FilingSort, bool)], today: Date) -> Query {
    let mut q = Query::new("");
    let (t, day) = (q.bind(tenant), q.bind(today));
    let by_client = sort.iter().any(|(key, _)| matches!(key, FilingSort::Client));
    let join =
        if by_client { " JOIN clients c ON c.tenant_id = f.tenant_id AND c.id = f.client_id" } else { "" };
    let order = filing_views::order(sort);
    q.push(&format!(
        "SELECT array_agg(f.id ORDER BY {order}) AS ids FROM filings f{join} \
         WHERE f.tenant_id = {t} AND f.state <> 'withdrawn' AND {day}::date IS NOT NULL"
    ));
    filing_views::push_all(&mut q, filter, &day);
    q
}

fn clients(tenant: i64, filter: &ClientFilter, sort: &[(ClientSort, bool)], today: Date) -> Query {
    let mut q = Query::new("");
    let (t, day) = (q.bind(tenant), q.bind(today));
    let by_figures = sort.iter().any(|(key, _)| matches!(key, ClientSort::PastDue | ClientSort::OpenFilings));
    let figures = if by_figures { client_views::figures(&t, &day) } else { String::new() };
    let order = client_views::order(sort);
    q.push(&format!(
        "SELECT array_agg(c.id ORDER BY {order}) AS ids FROM clients c {figures} WHERE c.tenant_id = {t} AND {day}::date IS NOT NULL"
    ));
    client_views::push_filter(&mut q, filter, &t, true);
    q
}
