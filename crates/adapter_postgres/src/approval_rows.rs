//! Lists of proposals, and how many wait for whom.

use crate::rows::{col, word};
use crate::sql::Query;
use crate::tx::PgTx;
use kernel::{Id, Page, PageRequest, StoreError};
use maker_checker::{Action, Counts, Inbox, ProposalRow, Viewer};
use tokio_postgres::Row;

/// The columns of one line.
pub(crate) const ROW_TEXT: &str = "SELECT p.id, p.action, p.about, p.client_id, p.maker_id, m.display_name AS maker_name, p.state, p.level, \
     p.level_count, p.changes, p.size, p.due_on, p.alike, p.version, p.proposed_at, p.updated_at, count(*) OVER () AS total \
     FROM proposals p JOIN users m ON m.tenant_id = p.tenant_id AND m.id = p.maker_id";

/// What the person may decide now: in their own right, or lent to them by somebody who is away; never their own, never in
/// the maker's place, never a second time in a round.
fn for_me(q: &mut Query, viewer: &Viewer) -> String {
    let (me, role, decides) =
        (q.bind(viewer.user.get()), q.bind(viewer.role.as_str()), q.bind(viewer.decides));
    let today = q.bind(viewer.today);
    format!(
        "p.state = 'pending' AND p.maker_id <> {me} \
         AND (({decides}::boolean AND ({role}::text = ANY(p.next_roles) OR {me}::bigint = ANY(p.next_people))) \
           OR EXISTS (SELECT 1 FROM delegations d JOIN users l ON l.tenant_id = d.tenant_id AND l.id = d.from_id \
             WHERE d.tenant_id = p.tenant_id AND d.to_id = {me} AND d.ended_at IS NULL AND {today}::date BETWEEN d.starts AND d.ends \
             AND d.from_id <> p.maker_id AND l.active AND (d.actions = '{{}}' OR p.action = ANY(d.actions)) \
             AND (l.role = ANY(p.next_roles) OR l.id = ANY(p.next_people)) \
             AND NOT EXISTS (SELECT 1 FROM proposal_decisions x WHERE x.tenant_id = p.tenant_id AND x.proposal_id = p.id \
               AND x.round = p.round AND (x.decided_by = d.from_id OR x.acting_for = d.from_id)))) \
         AND NOT EXISTS (SELECT 1 FROM proposal_decisions x WHERE x.tenant_id = p.tenant_id AND x.proposal_id = p.id \
           AND x.round = p.round AND (x.decided_by = {me} OR x.acting_for = {me}))"
    )
}

/// One page.
pub(crate) async fn rows_of(
    tx: &PgTx,
    inbox: Inbox,
    over: bool,
    viewer: &Viewer,
    page: PageRequest,
) -> Result<Page<ProposalRow>, StoreError> {
    let mut q = Query::new(ROW_TEXT);
    let tenant = q.bind(tx.tenant());
    q.push(&format!(" WHERE p.tenant_id = {tenant}"));
    let not = if over { "NOT " } else { "" };
    q.push(&format!(" AND p.state {not}IN ('pending', 'returned')"));
    match inbox {
        Inbox::ForMe => {
            let mine = for_me(&mut q, viewer);
            q.push(&format!(" AND {mine}"));
        }
        Inbox::ByMe => {
            let me = q.bind(viewer.user.get());
            q.push(&format!(" AND p.maker_id = {me}"));
        }
        Inbox::All => {}
    }
    let order =
        if over { "p.updated_at DESC, p.id DESC" } else { "p.due_on NULLS LAST, p.proposed_at, p.id" };
    let (limit, offset) = (q.bind(page.limit()), q.bind(page.offset()));
    q.push(&format!(" ORDER BY {order} LIMIT {limit} OFFSET {offset}"));
    let rows = tx.run(&q).await?;
    let total = rows.first().map_or(Ok(0), |row| col(row, "total"))?;
    Ok(Page { items: rows.iter().map(row_of).collect::<Result<_, _>>()?, total, request: page })
}

/// How many wait, in one statement.
pub(crate) async fn counts(tx: &PgTx, viewer: &Viewer) -> Result<Counts, StoreError> {
    let mut q = Query::default();
    let tenant = q.bind(tx.tenant());
    let mine = for_me(&mut q, viewer);
    let me = q.bind(viewer.user.get());
    q.push(&format!(
        "SELECT count(*) FILTER (WHERE {mine}) AS for_me, count(*) FILTER (WHERE p.maker_id = {me}) AS by_me, count(*) AS everything \
         FROM proposals p WHERE p.tenant_id = {tenant} AND p.state IN ('pending', 'returned')"
    ));
    let rows = tx.run(&q).await?;
    let row = rows.first().ok_or_else(|| StoreError::Other("a count answered no row".into()))?;
    Ok(Counts { for_me: col(row, "for_me")?, by_me: col(row, "by_me")?, all: col(row, "everything")? })
}

/// One line.
pub(crate) fn row_of(row: &Row) -> Result<ProposalRow, StoreError> {
    let (id, action): (i64, String) = (col(row, "id")?, col(row, "action")?);
    Ok(ProposalRow {
        id: Id::new(id),
        action: word(Action::parse(&action), "proposals", "action", id, &action)?,
        about: col(row, "about")?,
        client: col::<Option<i64>>(row, "client_id")?.map(Id::new),
        maker: Id::new(col(row, "maker_id")?),
        maker_name: col(row, "maker_name")?,
        state: col(row, "state")?,
        level: col(row, "level")?,
        levels: col(row, "level_count")?,
        changes: col(row, "changes")?,
        size: col(row, "size")?,
        due: col(row, "due_on")?,
        alike: col(row, "alike")?,
        version: col(row, "version")?,
        proposed_at: col(row, "proposed_at")?,
        updated_at: col(row, "updated_at")?,
    })
}
