//! Reads that travel with the session check: one flight on a shared lane, and the answer counts only if the session
//! is good.

use crate::client_file::{CLIENT_FILE, client_file};
use crate::closing::filing_row;
use crate::database::{KEY, PgDatabase, SESSION, signed_in};
use crate::filing_views::{counted, counts_query, list_query};
use crate::lane::{Leg, Lost};
use crate::sql::Query;
use app::{Means, Pass, SignedIn};
use clients::ClientFile;
use filings::{FilingCounts, FilingFilter, FilingRow, FilingSort, FilingStatus, FilingView};
use kernel::id::ClientId;
use kernel::{Actor, Commit, Date, Page, PageRequest, StoreError};
use tokio_postgres::Row;

/// Total and counts of the views.
pub(crate) type Counted = (i64, FilingCounts);

impl PgDatabase {
    /// Only the session.
    pub(crate) async fn session_only(&self, pass: &Pass) -> Result<Option<SignedIn>, StoreError> {
        Ok(self.with_session(pass, None).await?.map(|(who, _)| who))
    }

    pub(crate) async fn client_in_one_flight(
        &self,
        pass: &Pass,
        id: ClientId,
        today: Date,
    ) -> Result<Option<(SignedIn, Option<ClientFile>)>, StoreError> {
        let (tenant, client) = (pass.tenant.get(), id.get());
        let read = Leg { text: CLIENT_FILE.text, params: &[&tenant, &client, &today] };
        let Some((who, rows)) = self.with_session(pass, Some(read)).await? else { return Ok(None) };
        Ok(Some((who, rows.first().map(client_file).transpose()?)))
    }

    pub(crate) async fn filings_in_one_flight(
        &self,
        pass: &Pass,
        filter: &FilingFilter,
        sort: &[(FilingSort, bool)],
        page: PageRequest,
        today: Date,
    ) -> Result<Option<(SignedIn, Page<FilingRow>, FilingCounts)>, StoreError> {
        let list = list_query(pass.tenant.get(), filter, sort, page, today);
        let read = short(filter, sort, page).then(|| list.refs());
        let read = read.as_ref().map(|params| Leg { text: &list.text, params });
        let alone = read.is_none();
        let Some((who, mut rows)) = self.with_session(pass, read).await? else { return Ok(None) };
        if alone {
            rows = self.apart(pass, &list).await?;
        }
        let items = rows.iter().map(|row| filing_row(row, today)).collect::<Result<Vec<_>, _>>()?;
        let what = format!("{today} {filter:?}");
        let (total, counts) = self
            .caches
            .filings
            .get(pass.tenant.get(), what, pass.at, async || {
                counted(&self.apart(pass, &counts_query(pass.tenant.get(), filter, today)).await?)
            })
            .await?;
        Ok(Some((who, Page { items, total, request: page }, counts)))
    }

    /// The session and a read in one flight; none without a good session.
    async fn with_session(
        &self,
        pass: &Pass,
        read: Option<Leg<'_>>,
    ) -> Result<Option<(SignedIn, Vec<Row>)>, StoreError> {
        let (tenant, token) = (pass.tenant.get(), pass.token.0.as_slice());
        let who = match pass.means {
            Means::Session => SESSION.text,
            Means::Key => KEY.text,
        };
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 3] = [&tenant, &token, &pass.at];
        let first = Leg { text: who, params: &params };
        let again = read.as_ref().map(|leg| (leg.text, leg.params));
        let (who, rows) = match self.lanes.fly(tenant, first, read).await {
            Ok(answer) => answer,
            Err(Lost::Slow) => {
                let session = self.run_apart(pass, who, &params).await?;
                let rows = match again {
                    Some((text, params)) if !session.is_empty() => self.run_apart(pass, text, params).await?,
                    _ => Vec::new(),
                };
                (session, rows)
            }
            Err(lost) => return Err(lost.into()),
        };
        who.first().map(|row| Ok((signed_in(pass, row)?, rows))).transpose()
    }

    /// A statement that may take long, on a connection of its own.
    async fn apart(&self, pass: &Pass, query: &Query) -> Result<Vec<Row>, StoreError> {
        self.run_apart(pass, &query.text, &query.refs()).await
    }

    async fn run_apart(
        &self,
        pass: &Pass,
        text: &str,
        params: &[&(dyn tokio_postgres::types::ToSql + Sync)],
    ) -> Result<Vec<Row>, StoreError> {
        let tx = self.transaction(&Actor::system(pass.tenant, pass.at, "read")).await?;
        let rows = tx.ask(text, params).await?;
        Commit::commit(Box::new(tx)).await?;
        Ok(rows)
    }
}

/// Whether an index gives the first rows of the list without passing over many others.
fn short(filter: &FilingFilter, sort: &[(FilingSort, bool)], page: PageRequest) -> bool {
    let FilingFilter {
        ids,
        view,
        q,
        status,
        regulator,
        client,
        code,
        assignee,
        held_by,
        due_from: _,
        due_to: _,
    } = filter;
    let by_due = matches!(sort, [] | [(FilingSort::Due, _)]);
    let of_firm =
        q.is_none() && regulator.is_empty() && code.is_empty() && assignee.is_empty() && client.is_empty();
    let of_index = matches!(
        (status.as_slice(), view),
        ([], None | Some(FilingView::Open | FilingView::PastDue | FilingView::All))
            | ([FilingStatus::Overdue] | [FilingStatus::Breached], None)
    );
    by_due && of_firm && ids.is_empty() && held_by.is_empty() && of_index && page.offset() <= 1_000
}
