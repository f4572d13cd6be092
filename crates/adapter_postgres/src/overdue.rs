//! The list of overdue filings, soonest first, without passing over the breached ones, of which there may be many more.
//!
//! Overdue means late, but not by more than the filing's own number of days. For each such number that occurs (there
//! are few, and the index gives them one by one) the late days are one range of an index. Filings that became due because an
//! event did not come are few and have an index of their own.

use crate::closing::ROW_COLUMNS;
use crate::filing_views::limits;
use crate::sql::Query;
use filings::{FilingFilter, FilingSort, FilingStatus};
use kernel::{Date, PageRequest};

/// Whether a list is that of all overdue filings in the usual order.
pub(crate) fn is_it(filter: &FilingFilter, sort: &[(FilingSort, bool)]) -> bool {
    let FilingFilter { ids, view, q, status, regulator, client, code, assignee, held_by, due_from, due_to } =
        filter;
    status.as_slice() == [FilingStatus::Overdue]
        && matches!(sort, [] | [(FilingSort::Due, false)])
        && ids.is_empty()
        && view.is_none()
        && q.as_deref().is_none_or(|q| q.trim().is_empty())
        && regulator.is_empty()
        && client.is_empty()
        && code.is_empty()
        && assignee.is_empty()
        && held_by.is_empty()
        && due_from.is_none()
        && due_to.is_none()
}

/// `$1` firm, `$2` today.
pub(crate) fn query(tenant: i64, page: PageRequest, today: Date) -> Query {
    let mut q = Query::new("");
    let t = q.bind(tenant);
    let day = q.bind(today);
    // As the partial index has it.
    let dated = |of: &str| format!("{of}state IN ('open', 'in_review') AND {of}legal_due IS NOT NULL");
    let (limits, enough) = (limits(page), page.offset() + page.limit());
    q.push(&format!(
        "WITH RECURSIVE grace AS ( \
           (SELECT breach_after_days AS days FROM filings WHERE tenant_id = {t} AND {dated} ORDER BY breach_after_days LIMIT 1) \
           UNION ALL SELECT (SELECT b.breach_after_days FROM filings b WHERE b.tenant_id = {t} AND {dated_b} AND b.breach_after_days > grace.days \
             ORDER BY b.breach_after_days LIMIT 1) FROM grace WHERE grace.days IS NOT NULL), \
         late AS (SELECT k.id FROM ( \
             SELECT x.id, x.sort_due FROM grace CROSS JOIN LATERAL (SELECT d.id, d.sort_due FROM filings d \
               WHERE d.tenant_id = {t} AND {dated_d} AND d.breach_after_days = grace.days \
               AND d.sort_due < {day}::date AND d.sort_due >= {day}::date - grace.days \
               ORDER BY d.sort_due, d.id LIMIT {enough}) x \
             UNION ALL \
             SELECT w.id, w.sort_due FROM filings w WHERE w.tenant_id = {t} AND w.state IN ('open', 'in_review') AND w.legal_due IS NULL \
               AND w.lapse_on < {day}::date AND w.lapse_due < {day}::date AND w.lapse_due + w.breach_after_days >= {day}::date \
           ) k ORDER BY k.sort_due, k.id {limits}) \
         SELECT {ROW_COLUMNS} FROM late JOIN filings f ON f.tenant_id = {t} AND f.id = late.id \
         JOIN clients c ON c.tenant_id = f.tenant_id AND c.id = f.client_id \
         LEFT JOIN users u ON u.tenant_id = f.tenant_id AND u.id = f.assignee_id \
         ORDER BY f.sort_due, f.id",
        dated = dated(""),
        dated_b = dated("b."),
        dated_d = dated("d."),
    ));
    q
}
