//! Lists of filings.

use crate::closing::{ROW_COLUMNS, filing_row};
use crate::overdue;
use crate::rows::col;
use crate::search;
use crate::sql::{Query, like_contains};
use crate::tx::PgTx;
use async_trait::async_trait;
use filings::views::{AssigneeFilter, ClosingRow, TodayFigures};
use filings::{
    DUE_SOON_DAYS, FilingCounts, FilingFilter, FilingRow, FilingSort, FilingStatus, FilingView, FilingViews,
};
use futures_util::future::try_join_all;
use futures_util::try_join;
use kernel::id::{FilingId, UserId};
use kernel::{Date, Id, Page, PageRequest, StoreError};
use tokio_postgres::Row;

#[async_trait]
impl FilingViews for PgTx {
    async fn list_filings(
        &mut self,
        filter: &FilingFilter,
        sort: &[(FilingSort, bool)],
        page: PageRequest,
        today: Date,
    ) -> Result<(Page<FilingRow>, FilingCounts), StoreError> {
        let rows = list_query(self.tenant(), filter, sort, page, today);
        let counts = counts_query(self.tenant(), filter, today);
        let (rows, counts) = try_join!(self.run(&rows), self.run(&counts))?;
        let items = rows.iter().map(|row| filing_row(row, today)).collect::<Result<Vec<_>, _>>()?;
        let (total, counts) = counted(&counts)?;
        Ok((Page { items, total, request: page }, counts))
    }

    async fn filing_rows(
        &mut self,
        filter: &FilingFilter,
        sort: &[(FilingSort, bool)],
        page: PageRequest,
        today: Date,
    ) -> Result<Vec<FilingRow>, StoreError> {
        let rows = self.run(&list_query(self.tenant(), filter, sort, page, today)).await?;
        rows.iter().map(|row| filing_row(row, today)).collect()
    }

    async fn filing_order(
        &mut self,
        filter: &FilingFilter,
        sort: &[(FilingSort, bool)],
        today: Date,
    ) -> Result<Vec<FilingId>, StoreError> {
        let ids = PgTx::filing_order(self, filter, sort, today).await?;
        Ok(ids.into_iter().map(Id::new).collect())
    }

    async fn count_filings(
        &mut self,
        filters: &[FilingFilter],
        cap: i64,
        today: Date,
    ) -> Result<Vec<i64>, StoreError> {
        let queries: Vec<Query> =
            filters.iter().map(|filter| capped_count(self.tenant(), filter, cap, today)).collect();
        let answers = try_join_all(queries.iter().map(|query| self.run(query))).await?;
        answers.iter().map(|rows| rows.first().map_or(Ok(0), |row| col(row, "total"))).collect()
    }

    async fn filing_row(&mut self, id: FilingId, today: Date) -> Result<Option<FilingRow>, StoreError> {
        self.row_by_id(id, today).await
    }

    async fn previous_filing(&mut self, id: FilingId, today: Date) -> Result<Option<FilingRow>, StoreError> {
        self.row_before(id, today).await
    }

    async fn closing_of(&mut self, id: FilingId) -> Result<Option<ClosingRow>, StoreError> {
        self.closing_row(id).await
    }

    async fn today_figures(
        &mut self,
        scope: Option<UserId>,
        today: Date,
        fy_start: Date,
    ) -> Result<TodayFigures, StoreError> {
        self.figures(scope.map(Id::get), today, fy_start).await
    }
}

/// The total under the whole filter, and the counts of the views.
pub(crate) fn counted(rows: &[Row]) -> Result<(i64, FilingCounts), StoreError> {
    let row = rows.first().ok_or_else(|| StoreError::Other("counts answered no row".into()))?;
    let counts = FilingCounts {
        open: col(row, "open_count")?,
        due7: col(row, "due7_count")?,
        past_due: col(row, "past_due_count")?,
        filed: col(row, "filed_count")?,
        all: col(row, "all_count")?,
    };
    Ok((col(row, "total")?, counts))
}

pub(crate) fn list_query(
    tenant: i64,
    filter: &FilingFilter,
    sort: &[(FilingSort, bool)],
    page: PageRequest,
    today: Date,
) -> Query {
    if overdue::is_it(filter, sort) {
        return overdue::query(tenant, page, today);
    }
    let mut q = Query::new("");
    let t = q.bind(tenant);
    let day = q.bind(today);
    q.push(&format!(
        "SELECT {ROW_COLUMNS} FROM filings f JOIN clients c ON c.tenant_id = f.tenant_id AND c.id = f.client_id \
         LEFT JOIN users u ON u.tenant_id = f.tenant_id AND u.id = f.assignee_id \
         WHERE f.tenant_id = {t} AND f.state <> 'withdrawn' AND {day}::date IS NOT NULL"
    ));
    push_all(&mut q, filter, &day);
    q.push(&format!(" ORDER BY {} {}", order(sort), limits(page)));
    q
}

/// What ORDER BY says.
pub(crate) fn order(sort: &[(FilingSort, bool)]) -> String {
    let mut text = String::new();
    for (key, descending) in sort {
        text.push_str(match key {
            FilingSort::Due => "f.sort_due",
            FilingSort::Client => "c.short_name",
            FilingSort::Code => "f.code",
            FilingSort::Updated => "f.updated_at",
            FilingSort::Period => "f.period_end",
        });
        text.push_str(if *descending { " DESC NULLS LAST, " } else { ", " });
    }
    text + "f.sort_due, f.id"
}

/// The whole filter: what the caller chose, the view and the statuses.
pub(crate) fn push_all(q: &mut Query, filter: &FilingFilter, day: &str) {
    push_filter(q, filter);
    if let Some(view) = filter.view {
        q.push(&format!(" AND {}", view_predicate(view, day)));
    }
    push_statuses(q, &filter.status, day);
}

/// Written out: a plan that does not know the limit sorts the whole table to answer with fifty rows.
pub(crate) fn limits(page: PageRequest) -> String {
    match page.offset() {
        0 => format!("LIMIT {}", page.limit()),
        offset => format!("LIMIT {} OFFSET {offset}", page.limit()),
    }
}

pub(crate) fn counts_query(tenant: i64, filter: &FilingFilter, today: Date) -> Query {
    let mut q = Query::new("");
    let t = q.bind(tenant);
    let day = q.bind(today);
    let view = filter.view.map_or("true".to_owned(), |view| view_predicate(view, &day));
    let statuses = status_predicate(&filter.status, &day).unwrap_or_else(|| "true".to_owned());
    q.push(&format!(
        "SELECT count(*) FILTER (WHERE {view} AND {statuses}) AS total, \
         count(*) FILTER (WHERE {open}) AS open_count, count(*) FILTER (WHERE {due7}) AS due7_count, \
         count(*) FILTER (WHERE {past}) AS past_due_count, count(*) FILTER (WHERE {filed}) AS filed_count, \
         count(*) AS all_count \
         FROM filings f WHERE f.tenant_id = {t} AND f.state <> 'withdrawn'",
        open = view_predicate(FilingView::Open, &day),
        due7 = view_predicate(FilingView::Due7, &day),
        past = view_predicate(FilingView::PastDue, &day),
        filed = view_predicate(FilingView::Filed, &day),
    ));
    push_filter(&mut q, filter);
    q
}

/// Stops counting at `cap`: a tab that shows "999+" must not read a million rows.
fn capped_count(tenant: i64, filter: &FilingFilter, cap: i64, today: Date) -> Query {
    let mut q = Query::new("");
    let t = q.bind(tenant);
    let day = q.bind(today);
    q.push(&format!(
        "SELECT count(*) AS total FROM (SELECT 1 FROM filings f \
         WHERE f.tenant_id = {t} AND f.state <> 'withdrawn' AND {day}::date IS NOT NULL"
    ));
    push_all(&mut q, filter, &day);
    let cap = q.bind(cap);
    q.push(&format!(" LIMIT {cap}) counted"));
    q
}

pub(crate) const OPEN: &str = "f.state IN ('open', 'in_review')";

/// The legal due date as it stands on `day`, as `filings::filing::due_on` has it.
pub(crate) fn due(day: &str) -> String {
    format!(
        "(CASE WHEN f.legal_due IS NULL AND f.lapse_on < {day}::date THEN f.lapse_due ELSE f.legal_due END)"
    )
}

fn view_predicate(view: FilingView, day: &str) -> String {
    let due = due(day);
    match view {
        FilingView::Open => format!("({OPEN} AND (f.sort_due IS NULL OR f.sort_due <= {day}::date + 90))"),
        FilingView::Due7 => format!("({OPEN} AND {due} BETWEEN {day}::date AND {day}::date + 7)"),
        FilingView::PastDue => format!("({OPEN} AND f.sort_due < {day}::date AND {due} < {day}::date)"),
        FilingView::Filed => "f.state = 'filed'".to_owned(),
        FilingView::All => "true".to_owned(),
    }
}

pub(crate) fn push_statuses(q: &mut Query, statuses: &[FilingStatus], day: &str) {
    if let Some(predicate) = status_predicate(statuses, day) {
        q.push(&format!(" AND {predicate}"));
    }
}

/// The same dates as `filings::status`, as a predicate. A test holds the two together.
fn status_predicate(statuses: &[FilingStatus], day: &str) -> Option<String> {
    if statuses.is_empty() {
        return None;
    }
    let calm = "f.state = 'open'";
    let (due, filed_due) = (due(day), due("f.filed_on"));
    let breach = format!("{due} + f.breach_after_days");
    let parts: Vec<String> = statuses
        .iter()
        .map(|status| match status {
            FilingStatus::AwaitingEvent => format!("({calm} AND {due} IS NULL)"),
            FilingStatus::Upcoming => format!("({calm} AND {due} > {day}::date + {DUE_SOON_DAYS})"),
            FilingStatus::DueSoon => {
                format!("({calm} AND {due} > {day}::date AND {due} <= {day}::date + {DUE_SOON_DAYS})")
            }
            FilingStatus::DueToday => format!("({calm} AND {due} = {day}::date)"),
            FilingStatus::Overdue => {
                format!("({OPEN} AND f.sort_due < {day}::date AND {due} < {day}::date AND {breach} >= {day}::date)")
            }
            FilingStatus::Breached => format!("({OPEN} AND f.sort_due < {day}::date AND {breach} < {day}::date)"),
            FilingStatus::InReview => {
                format!("(f.state = 'in_review' AND ({due} IS NULL OR {due} >= {day}::date))")
            }
            FilingStatus::Filed => {
                format!("(f.state = 'filed' AND ({filed_due} IS NULL OR f.filed_on <= {filed_due}))")
            }
            FilingStatus::FiledLate => format!("(f.state = 'filed' AND f.filed_on > {filed_due})"),
            FilingStatus::Waived => "f.state = 'waived'".to_owned(),
            FilingStatus::NotApplicable => "f.state = 'not_applicable'".to_owned(),
        })
        .collect();
    Some(format!("({})", parts.join(" OR ")))
}

/// Filings of these people, or of nobody.
pub(crate) fn push_assignee(q: &mut Query, assignee: &[AssigneeFilter]) {
    if assignee.is_empty() {
        return;
    }
    let people: Vec<i64> = assignee
        .iter()
        .filter_map(|a| if let AssigneeFilter::User(id) = a { Some(id.get()) } else { None })
        .collect();
    let list = q.bind(people);
    let nobody = assignee.contains(&AssigneeFilter::Nobody);
    let or_nobody = if nobody { " OR f.assignee_id IS NULL" } else { "" };
    q.push(&format!(" AND (f.assignee_id = ANY({list}){or_nobody})"));
}

pub(crate) fn push_filter(q: &mut Query, filter: &FilingFilter) {
    if !filter.ids.is_empty() {
        let list = q.bind(filter.ids.iter().map(|id| id.get()).collect::<Vec<_>>());
        q.push(&format!(" AND f.id = ANY({list})"));
    }
    if let Some(text) = filter.q.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        let like = q.bind(like_contains(text));
        q.push(&search::filings(&like));
    }
    if !filter.regulator.is_empty() {
        let list = q.bind(filter.regulator.clone());
        q.push(&format!(" AND f.regulator = ANY({list})"));
    }
    if !filter.client.is_empty() {
        let list = q.bind(filter.client.iter().map(|id| id.get()).collect::<Vec<_>>());
        q.push(&format!(" AND f.client_id = ANY({list})"));
    }
    if !filter.code.is_empty() {
        let list = q.bind(filter.code.clone());
        q.push(&format!(" AND f.code = ANY({list})"));
    }
    push_assignee(q, &filter.assignee);
    if !filter.held_by.is_empty() {
        let list = q.bind(filter.held_by.iter().map(|h| h.as_str()).collect::<Vec<_>>());
        q.push(&format!(" AND {OPEN} AND f.held_by = ANY({list})"));
    }
    if let Some(from) = filter.due_from {
        let from = q.bind(from);
        q.push(&format!(" AND f.sort_due >= {from}"));
    }
    if let Some(to) = filter.due_to {
        let to = q.bind(to);
        q.push(&format!(" AND f.sort_due <= {to}"));
    }
}

/// The statement of the overdue list, for the benchmark: `$1` firm, `$2` today.
pub(crate) fn overdue_statement() -> String {
    let filter = FilingFilter { status: vec![FilingStatus::Overdue], ..FilingFilter::default() };
    list_query(0, &filter, &[], PageRequest { page: 1, per_page: 50 }, Date::MIN).text
}
