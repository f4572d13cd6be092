//! Filings by time: counts per day, per client and month, per person and week. Each is one statement whose filings come
//! from a range of due dates or from the clients of one page.

use crate::closing::{ROW_COLUMNS, filing_row};
use crate::filing_views::{OPEN, due, push_filter, push_statuses};
use crate::rows::col;
use crate::sql::Query;
use crate::tx::PgTx;
use async_trait::async_trait;
use filings::calendar::{
    DayGroup, DayLoad, GROUPS_A_DAY, MatrixCell, MatrixRow, MatrixSort, PersonLoad, WEEKS, WORST_FIRST,
};
use filings::{CalendarViews, DUE_SOON_DAYS, FilingFilter, FilingRow, FilingStatus};
use kernel::id::ClientId;
use kernel::{Date, Id, Page, PageRequest, StoreError};
use tokio_postgres::Row;

#[async_trait]
impl CalendarViews for PgTx {
    async fn calendar_days(
        &mut self,
        filter: &FilingFilter,
        from: Date,
        to: Date,
        today: Date,
    ) -> Result<Vec<DayLoad>, StoreError> {
        let rows = self.run(&days_query(self.tenant(), filter, (from, to), today)).await?;
        let mut days: Vec<DayLoad> = Vec::new();
        for row in &rows {
            let day: Date = col(row, "day")?;
            if days.last().is_none_or(|last| last.day != day) {
                days.push(DayLoad {
                    day,
                    total: col(row, "total")?,
                    past_due: col(row, "past_due")?,
                    open: col(row, "open_count")?,
                    groups: Vec::with_capacity(GROUPS_A_DAY),
                });
            }
            if let Some(load) = days.last_mut() {
                load.groups.push(DayGroup {
                    regulator: col(row, "regulator")?,
                    code: col(row, "code")?,
                    status: status(row)?,
                    count: col(row, "n")?,
                });
            }
        }
        Ok(days)
    }

    async fn client_matrix(
        &mut self,
        filter: &FilingFilter,
        between: (Date, Date),
        sort: (MatrixSort, bool),
        page: PageRequest,
        today: Date,
    ) -> Result<Page<MatrixRow>, StoreError> {
        let rows = self.run(&matrix_query(self.tenant(), filter, between, sort, page, today)).await?;
        let total = rows.first().map_or(Ok(0), |row| col(row, "total"))?;
        let mut items: Vec<MatrixRow> = Vec::new();
        for row in &rows {
            let client = Id::new(col(row, "id")?);
            if items.last().is_none_or(|last| last.client != client) {
                items.push(MatrixRow {
                    client,
                    name: col(row, "short_name")?,
                    past_due: col(row, "past_due")?,
                    cells: Vec::new(),
                });
            }
            let month: Option<Date> = col(row, "month")?;
            if let (Some(month), Some(item)) = (month, items.last_mut()) {
                let count = (status(row)?, col(row, "n")?);
                match item.cells.last_mut().filter(|cell| cell.month == month) {
                    Some(cell) => cell.counts.push(count),
                    None => item.cells.push(MatrixCell { month, counts: vec![count] }),
                }
            }
        }
        Ok(Page { items, total, request: page })
    }

    async fn client_year(
        &mut self,
        client: ClientId,
        (from, to): (Date, Date),
        today: Date,
    ) -> Result<Vec<FilingRow>, StoreError> {
        let mut q = Query::new("");
        let (t, client) = (q.bind(self.tenant()), q.bind(client.get()));
        let (from, to) = (q.bind(from), q.bind(to));
        q.push(&format!(
            "SELECT {ROW_COLUMNS} FROM filings f JOIN clients c ON c.tenant_id = f.tenant_id AND c.id = f.client_id \
             LEFT JOIN users u ON u.tenant_id = f.tenant_id AND u.id = f.assignee_id \
             WHERE f.tenant_id = {t} AND f.client_id = {client} AND f.sort_due BETWEEN {from} AND {to} \
             AND f.state <> 'withdrawn' ORDER BY f.regulator, f.code, f.sort_due, f.id"
        ));
        self.run(&q).await?.iter().map(|row| filing_row(row, today)).collect()
    }

    async fn workload(
        &mut self,
        filter: &FilingFilter,
        monday: Date,
        today: Date,
    ) -> Result<Vec<PersonLoad>, StoreError> {
        let rows = self.run(&workload_query(self.tenant(), filter, monday, today)).await?;
        let mut people: Vec<PersonLoad> = Vec::new();
        for row in &rows {
            let id: Option<i64> = col(row, "user_id")?;
            let name: Option<String> = col(row, "display_name")?;
            let user = id.map(|id| (Id::new(id), name.unwrap_or_default()));
            if people.last().is_none_or(|last| last.user != user) {
                people.push(PersonLoad { user, ..PersonLoad::none() });
            }
            let week: Option<i32> = col(row, "week")?;
            if let Some(load) = people.last_mut() {
                let open: i64 = col(row, "open_count")?;
                load.open += open;
                load.due_in_7 += col::<i64>(row, "due7_count")?;
                load.past_due += col::<i64>(row, "past_due_count")?;
                load.breached += col::<i64>(row, "breached_count")?;
                load.licence_critical += col::<i64>(row, "critical_count")?;
                let slot = week.and_then(|w| usize::try_from(w).ok()).and_then(|w| load.weeks.get_mut(w));
                if let Some(slot) = slot {
                    *slot += open;
                }
            }
        }
        Ok(people)
    }
}

/// The rank of a row's status on `day` in `WORST_FIRST`: the same rule as `filings::status`; a test holds the two
/// together.
fn rank(day: &str) -> String {
    let at =
        |status: FilingStatus| WORST_FIRST.iter().position(|s| *s == status).unwrap_or(WORST_FIRST.len());
    let (due, filed_due) = (due(day), due("f.filed_on"));
    format!(
        "CASE f.state WHEN 'filed' THEN CASE WHEN f.filed_on > {filed_due} THEN {filed_late} ELSE {filed} END \
         WHEN 'waived' THEN {waived} WHEN 'not_applicable' THEN {not_applicable} \
         ELSE CASE WHEN {due} < {day}::date THEN \
         CASE WHEN {due} + f.breach_after_days < {day}::date THEN {breached} ELSE {overdue} END \
         WHEN f.state = 'in_review' THEN {in_review} WHEN {due} IS NULL THEN {awaiting} \
         WHEN {due} = {day}::date THEN {due_today} WHEN {due} <= {day}::date + {DUE_SOON_DAYS} THEN {due_soon} \
         ELSE {upcoming} END END",
        filed_late = at(FilingStatus::FiledLate),
        filed = at(FilingStatus::Filed),
        waived = at(FilingStatus::Waived),
        not_applicable = at(FilingStatus::NotApplicable),
        breached = at(FilingStatus::Breached),
        overdue = at(FilingStatus::Overdue),
        in_review = at(FilingStatus::InReview),
        awaiting = at(FilingStatus::AwaitingEvent),
        due_today = at(FilingStatus::DueToday),
        due_soon = at(FilingStatus::DueSoon),
        upcoming = at(FilingStatus::Upcoming),
    )
}

/// Reads `rank` back.
fn status(row: &Row) -> Result<FilingStatus, StoreError> {
    let rank: i32 = col(row, "rank")?;
    let known = usize::try_from(rank).ok().and_then(|at| WORST_FIRST.get(at)).copied();
    known.ok_or_else(|| StoreError::Other(format!("no status has the rank {rank}")))
}

/// Filings `f` of the firm that pass the filter, with the clients only when their names are searched.
fn push_source(q: &mut Query, filter: &FilingFilter, t: &str, day: &str, more: &str) {
    q.push(" FROM filings f");
    if filter.q.as_deref().is_some_and(|text| !text.trim().is_empty()) {
        q.push(" JOIN clients c ON c.tenant_id = f.tenant_id AND c.id = f.client_id");
    }
    q.push(&format!(" WHERE f.tenant_id = {t}{more}"));
    push_filter(q, filter);
    push_statuses(q, &filter.status, day);
}

fn days_query(tenant: i64, filter: &FilingFilter, (from, to): (Date, Date), today: Date) -> Query {
    let mut q = Query::new("");
    let (t, day) = (q.bind(tenant), q.bind(today));
    let (from, to) = (q.bind(from), q.bind(to));
    let rank = rank(&day);
    q.push(&format!(
        "WITH g AS (SELECT f.sort_due AS day, f.regulator, f.code, {rank} AS rank, count(*) AS n, \
         count(*) FILTER (WHERE {OPEN}) AS open_n"
    ));
    let more = format!(" AND f.state <> 'withdrawn' AND f.sort_due BETWEEN {from} AND {to}");
    push_source(&mut q, filter, &t, &day, &more);
    q.push(&format!(
        " GROUP BY 1, 2, 3, 4), placed AS (SELECT day, regulator, code, rank, n, \
         (sum(n) OVER d)::bigint AS total, (sum(open_n) OVER d)::bigint AS open_count, \
         coalesce(sum(n) FILTER (WHERE rank < 2) OVER d, 0)::bigint AS past_due, \
         row_number() OVER (PARTITION BY day ORDER BY rank, n DESC, regulator, code) AS place \
         FROM g WINDOW d AS (PARTITION BY day)) \
         SELECT day, regulator, code, rank, n, total, open_count, past_due FROM placed \
         WHERE place <= {GROUPS_A_DAY} ORDER BY day, place"
    ));
    q
}

fn matrix_query(
    tenant: i64,
    filter: &FilingFilter,
    (from, to): (Date, Date),
    (sort, descending): (MatrixSort, bool),
    page: PageRequest,
    today: Date,
) -> Query {
    let mut q = Query::new("");
    let (t, day) = (q.bind(tenant), q.bind(today));
    let (from, to) = (q.bind(from), q.bind(to));
    let within = format!(" AND f.state <> 'withdrawn' AND f.sort_due BETWEEN {from} AND {to}");
    q.push("WITH late AS (SELECT f.client_id, count(*) AS n");
    let late = format!(" AND {OPEN} AND f.sort_due < {day}::date AND {} < {day}::date", due(&day));
    push_source(&mut q, filter, &t, &day, &late);
    q.push(
        " GROUP BY f.client_id), page AS (SELECT k.id, k.short_name, coalesce(late.n, 0) AS past_due, \
         count(*) OVER () AS total FROM clients k LEFT JOIN late ON late.client_id = k.id",
    );
    q.push(&format!(" WHERE k.tenant_id = {t} AND (k.status <> 'offboarded' OR late.n > 0)"));
    if !filter.client.is_empty() {
        let list = q.bind(filter.client.iter().map(|id| id.get()).collect::<Vec<_>>());
        q.push(&format!(" AND k.id = ANY({list})"));
    }
    // A client without any filing that passes is left out when something was asked for.
    if narrows(filter) {
        q.push(" AND k.id IN (SELECT f.client_id");
        push_source(&mut q, filter, &t, &day, &within);
        q.push(")");
    }
    let order = |k: &str| match (sort, descending) {
        (MatrixSort::PastDue, true) => format!("{k}.past_due DESC, {k}.short_name, {k}.id"),
        (MatrixSort::PastDue, false) => format!("{k}.past_due, {k}.short_name, {k}.id"),
        (MatrixSort::Name, true) => format!("{k}.short_name DESC, {k}.id"),
        (MatrixSort::Name, false) => format!("{k}.short_name, {k}.id"),
    };
    let (limit, offset) = (q.bind(page.limit()), q.bind(page.offset()));
    let inner = order("k").replace("k.past_due", "coalesce(late.n, 0)");
    q.push(&format!(
        " ORDER BY {inner} LIMIT {limit} OFFSET {offset}) \
         SELECT p.id, p.short_name, p.past_due, p.total, m.month, m.rank, m.n FROM page p LEFT JOIN LATERAL \
         (SELECT date_trunc('month', f.sort_due)::date AS month, {} AS rank, count(*) AS n",
        rank(&day)
    ));
    push_source(&mut q, filter, &t, &day, &format!(" AND f.client_id = p.id{within}"));
    q.push(&format!(" GROUP BY 1, 2) m ON true ORDER BY {}, m.month, m.rank", order("p")));
    q
}

/// Whether the filter says anything about filings beyond whose they are.
fn narrows(filter: &FilingFilter) -> bool {
    filter.q.as_deref().is_some_and(|text| !text.trim().is_empty())
        || !filter.status.is_empty()
        || !filter.regulator.is_empty()
        || !filter.code.is_empty()
        || !filter.assignee.is_empty()
}

/// Weeks before `monday` are -1, those after the last one `WEEKS`.
fn workload_query(tenant: i64, filter: &FilingFilter, monday: Date, today: Date) -> Query {
    let mut q = Query::new("");
    let (t, day, monday) = (q.bind(tenant), q.bind(today), q.bind(monday));
    let due = due(&day);
    q.push(&format!(
        "WITH load AS (SELECT f.assignee_id, CASE WHEN f.sort_due < {monday}::date THEN -1 \
         ELSE least({WEEKS}, (f.sort_due - {monday}::date) / 7) END AS week, count(*) AS open_count, \
         count(*) FILTER (WHERE {due} BETWEEN {day}::date AND {day}::date + 7) AS due7_count, \
         count(*) FILTER (WHERE {due} < {day}::date) AS past_due_count, \
         count(*) FILTER (WHERE {due} + f.breach_after_days < {day}::date) AS breached_count, \
         count(*) FILTER (WHERE f.materiality = 'licence_critical') AS critical_count"
    ));
    let open = format!(" AND {OPEN} AND (f.sort_due IS NULL OR f.sort_due <= {day}::date + 90)");
    push_source(&mut q, filter, &t, &day, &open);
    q.push(&format!(
        " GROUP BY 1, 2) SELECT coalesce(u.id, load.assignee_id) AS user_id, u.display_name, load.week, \
         coalesce(load.open_count, 0) AS open_count, coalesce(load.due7_count, 0) AS due7_count, \
         coalesce(load.past_due_count, 0) AS past_due_count, coalesce(load.breached_count, 0) AS breached_count, \
         coalesce(load.critical_count, 0) AS critical_count \
         FROM (SELECT id, display_name, active FROM users WHERE tenant_id = {t}) u \
         FULL JOIN load ON load.assignee_id = u.id WHERE u.active OR load.open_count > 0 \
         ORDER BY (coalesce(u.id, load.assignee_id) IS NOT NULL), u.display_name, u.id, load.week"
    ));
    q
}
