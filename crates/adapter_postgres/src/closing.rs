//! Single filings for the screen: the row, the one before it, how it closed; and the figures of the start page.

use crate::filings::{free, lapse, state};
use crate::rows::{col, small};
use crate::sql::statements;
use crate::tx::PgTx;
use filings::filing::{Lapse, due_on};
use filings::status::{deciding_day, derive};
use filings::views::{ClosingRow, LateGroup, TodayFigures};
use filings::{FilingRow, FilingStatus};
use futures_util::try_join;
use kernel::id::FilingId;
use kernel::{Date, Id, StoreError};
use tokio_postgres::Row;

/// The columns that `filing_row` reads, of filings f, clients c and users u.
pub(crate) const ROW_COLUMNS: &str = "f.id, f.client_id, c.short_name AS client_name, f.regulator, f.code, f.rule_id, \
    f.title, f.materiality, f.period_start, f.period_end, f.period_label, f.period_key, f.legal_due, f.projected_due, \
    f.waits_for, f.lapse_on, f.lapse_due, f.target_due, f.state, f.filed_on, f.acknowledgement_no, f.acknowledgement_exception, f.nil_return, \
    f.closed_reason, f.checklist_done, f.checklist_total, f.breach_after_days, f.relaxation_id, f.rule_due, f.rule_lapse_due, \
    f.free_relaxation_id, f.free_until, f.free_recounts, f.version, f.updated_at, \
    u.id AS assignee_id, u.display_name AS assignee_name";

statements! {
    ROW = "SELECT f.id, f.client_id, c.short_name AS client_name, f.regulator, f.code, f.rule_id, f.title, f.materiality, f.period_start, f.period_end, f.period_label, f.period_key, f.legal_due, f.projected_due, f.waits_for, f.lapse_on, f.lapse_due, f.target_due, f.state, f.filed_on, f.acknowledgement_no, f.acknowledgement_exception, f.nil_return, f.closed_reason, f.checklist_done, f.checklist_total, f.breach_after_days, f.relaxation_id, f.rule_due, f.rule_lapse_due, f.free_relaxation_id, f.free_until, f.free_recounts, f.version, f.updated_at, u.id AS assignee_id, u.display_name AS assignee_name
        FROM filings f JOIN clients c ON c.tenant_id = f.tenant_id AND c.id = f.client_id LEFT JOIN users u ON u.tenant_id = f.tenant_id AND u.id = f.assignee_id
        WHERE f.tenant_id = $1 AND f.id = $2 AND f.state <> 'withdrawn'";
    BEFORE = "SELECT f.id, f.client_id, c.short_name AS client_name, f.regulator, f.code, f.rule_id, f.title, f.materiality, f.period_start, f.period_end, f.period_label, f.period_key, f.legal_due, f.projected_due, f.waits_for, f.lapse_on, f.lapse_due, f.target_due, f.state, f.filed_on, f.acknowledgement_no, f.acknowledgement_exception, f.nil_return, f.closed_reason, f.checklist_done, f.checklist_total, f.breach_after_days, f.relaxation_id, f.rule_due, f.rule_lapse_due, f.free_relaxation_id, f.free_until, f.free_recounts, f.version, f.updated_at, u.id AS assignee_id, u.display_name AS assignee_name
        FROM filings n JOIN filings f ON f.tenant_id = n.tenant_id AND f.client_id = n.client_id AND f.code = n.code AND f.period_end < n.period_end AND f.state <> 'withdrawn'
        JOIN clients c ON c.tenant_id = f.tenant_id AND c.id = f.client_id LEFT JOIN users u ON u.tenant_id = f.tenant_id AND u.id = f.assignee_id
        WHERE n.tenant_id = $1 AND n.id = $2 ORDER BY f.period_end DESC, f.id DESC LIMIT 1";
    CLOSING = "SELECT f.why, f.closed_at, u.id AS by_id, u.display_name AS by_name FROM filings f LEFT JOIN users u ON u.tenant_id = f.tenant_id AND u.id = f.closed_by
        WHERE f.tenant_id = $1 AND f.id = $2 AND f.closed_at IS NOT NULL";
    FIGURES = "SELECT count(*) FILTER (WHERE d.due < $2) AS past_due, count(*) FILTER (WHERE d.due + f.breach_after_days < $2) AS breached,
          count(*) FILTER (WHERE d.due BETWEEN $2 AND $2::date + 7) AS due_in_7, count(*) FILTER (WHERE d.due = $2) AS due_today,
          count(*) FILTER (WHERE d.due = $2::date + 1) AS due_tomorrow, count(*) FILTER (WHERE d.due IS NULL AND f.projected_due <= $2::date + 90) AS awaiting
        FROM filings f CROSS JOIN LATERAL (SELECT CASE WHEN f.legal_due IS NULL AND f.lapse_on < $2 THEN f.lapse_due ELSE f.legal_due END AS due) d
        WHERE f.tenant_id = $1 AND f.state IN ('open', 'in_review') AND ($3::bigint IS NULL OR f.assignee_id = $3) AND (f.sort_due IS NULL OR f.sort_due <= $2::date + 90)";
    FILED_FIGURES = "SELECT count(*) AS filed, count(*) FILTER (WHERE d.due IS NULL OR f.filed_on <= d.due) AS on_time
        FROM filings f CROSS JOIN LATERAL (SELECT CASE WHEN f.legal_due IS NULL AND f.lapse_on < f.filed_on THEN f.lapse_due ELSE f.legal_due END AS due) d
        WHERE f.tenant_id = $1 AND f.state = 'filed' AND f.filed_on >= $2 AND ($3::bigint IS NULL OR f.assignee_id = $3)";
    DAYS = "SELECT f.sort_due, count(*) FILTER (WHERE f.state = 'filed') AS filed, count(*) FILTER (WHERE f.state IN ('open', 'in_review') AND d.due < $2) AS past_due,
          count(*) FILTER (WHERE f.state IN ('open', 'in_review') AND d.due BETWEEN $2 AND $2::date + 3) AS due_soon,
          count(*) FILTER (WHERE f.state IN ('open', 'in_review') AND (d.due IS NULL OR d.due > $2::date + 3)) AS due
        FROM filings f CROSS JOIN LATERAL (SELECT CASE WHEN f.legal_due IS NULL AND f.lapse_on < $2 THEN f.lapse_due ELSE f.legal_due END AS due) d
        WHERE f.tenant_id = $1 AND f.state NOT IN ('withdrawn', 'not_applicable', 'waived') AND f.sort_due BETWEEN $2::date - 9 AND $2::date + 24
          AND ($3::bigint IS NULL OR f.assignee_id = $3) GROUP BY f.sort_due ORDER BY f.sort_due";
    WORST_CLIENTS = "SELECT f.client_id, c.short_name, count(*) AS past_due FROM filings f JOIN clients c ON c.tenant_id = f.tenant_id AND c.id = f.client_id
        WHERE f.tenant_id = $1 AND f.state IN ('open', 'in_review') AND (f.legal_due < $2 OR (f.legal_due IS NULL AND f.lapse_on < $2 AND f.lapse_due < $2)) AND ($3::bigint IS NULL OR f.assignee_id = $3)
        GROUP BY f.client_id, c.short_name ORDER BY 3 DESC, 2 LIMIT 5";
    LATE_GROUPS = "SELECT f.code, f.rule_id, d.due, f.free_relaxation_id, f.free_until, f.free_recounts, count(*) AS n
        FROM filings f CROSS JOIN LATERAL (SELECT CASE WHEN f.legal_due IS NULL AND f.lapse_on < $2 THEN f.lapse_due ELSE f.legal_due END AS due) d
        WHERE f.tenant_id = $1 AND f.state IN ('open', 'in_review') AND (f.legal_due < $2 OR (f.legal_due IS NULL AND f.lapse_on < $2 AND f.lapse_due < $2)) AND ($3::bigint IS NULL OR f.assignee_id = $3)
        GROUP BY f.code, f.rule_id, d.due, f.free_relaxation_id, f.free_until, f.free_recounts";
}

impl PgTx {
    pub(crate) async fn row_by_id(&self, id: FilingId, today: Date) -> Result<Option<FilingRow>, StoreError> {
        let row = self.query_opt(ROW, &[&self.tenant(), &id.get()]).await?;
        row.map(|row| filing_row(&row, today)).transpose()
    }

    pub(crate) async fn row_before(
        &self,
        id: FilingId,
        today: Date,
    ) -> Result<Option<FilingRow>, StoreError> {
        let row = self.query_opt(BEFORE, &[&self.tenant(), &id.get()]).await?;
        row.map(|row| filing_row(&row, today)).transpose()
    }

    pub(crate) async fn closing_row(&self, id: FilingId) -> Result<Option<ClosingRow>, StoreError> {
        let row = self.query_opt(CLOSING, &[&self.tenant(), &id.get()]).await?;
        row.map(|row| {
            let by: Option<i64> = col(&row, "by_id")?;
            let name: Option<String> = col(&row, "by_name")?;
            Ok(ClosingRow {
                why: col(&row, "why")?,
                by: by.map(|id| (Id::new(id), name.unwrap_or_default())),
                at: col(&row, "closed_at")?,
            })
        })
        .transpose()
    }

    pub(crate) async fn figures(
        &self,
        scope: Option<i64>,
        today: Date,
        fy_start: Date,
    ) -> Result<TodayFigures, StoreError> {
        let tenant = self.tenant();
        let by_day: [&(dyn tokio_postgres::types::ToSql + Sync); 3] = [&tenant, &today, &scope];
        let by_year: [&(dyn tokio_postgres::types::ToSql + Sync); 3] = [&tenant, &fy_start, &scope];
        let (open, filed, days, worst, late) = try_join!(
            self.query_one(FIGURES, &by_day),
            self.query_one(FILED_FIGURES, &by_year),
            self.query(DAYS, &by_day),
            self.query(WORST_CLIENTS, &by_day),
            self.query(LATE_GROUPS, &by_day),
        )?;
        Ok(TodayFigures {
            past_due: col(&open, "past_due")?,
            breached: col(&open, "breached")?,
            due_in_7: col(&open, "due_in_7")?,
            due_today: col(&open, "due_today")?,
            due_tomorrow: col(&open, "due_tomorrow")?,
            awaiting_event: col(&open, "awaiting")?,
            filed_total: col(&filed, "filed")?,
            filed_on_time: col(&filed, "on_time")?,
            days: days
                .iter()
                .map(|row| {
                    let counts =
                        [col(row, "filed")?, col(row, "past_due")?, col(row, "due_soon")?, col(row, "due")?];
                    Ok((col(row, "sort_due")?, counts))
                })
                .collect::<Result<_, StoreError>>()?,
            by_client: worst
                .iter()
                .map(|row| {
                    Ok((Id::new(col(row, "client_id")?), col(row, "short_name")?, col(row, "past_due")?))
                })
                .collect::<Result<_, StoreError>>()?,
            late: late.iter().map(late_group).collect::<Result<_, _>>()?,
        })
    }
}

fn late_group(row: &Row) -> Result<LateGroup, StoreError> {
    Ok(LateGroup {
        code: col(row, "code")?,
        rule_id: col(row, "rule_id")?,
        due: col(row, "due")?,
        free: free(row)?,
        count: col(row, "n")?,
    })
}

/// One row; the status comes from the same function that the domain uses.
pub(crate) fn filing_row(row: &Row, today: Date) -> Result<FilingRow, StoreError> {
    let id: i64 = col(row, "id")?;
    let legal_due: Option<Date> = col(row, "legal_due")?;
    let breach_after_days = small(col(row, "breach_after_days")?);
    let (state, lapse) = (state(row, id)?, lapse(row)?);
    let status = derive(&state, legal_due, lapse, breach_after_days, today);
    let legal_due = due_on(legal_due, lapse, deciding_day(&state, today));
    let relaxed: Option<i64> = col(row, "relaxation_id")?;
    let rule_lapse: Option<Date> = col(row, "rule_lapse_due")?;
    let rule_lapse = lapse.zip(rule_lapse).map(|(lapse, due)| Lapse { due, ..lapse });
    let rule_due = due_on(col(row, "rule_due")?, rule_lapse, deciding_day(&state, today));
    let assignee: Option<i64> = col(row, "assignee_id")?;
    let assignee_name: Option<String> = col(row, "assignee_name")?;
    Ok(FilingRow {
        id: Id::new(id),
        client: Id::new(col(row, "client_id")?),
        client_name: col(row, "client_name")?,
        regulator: col(row, "regulator")?,
        code: col(row, "code")?,
        rule_id: col(row, "rule_id")?,
        title: col(row, "title")?,
        materiality: col(row, "materiality")?,
        period_start: col(row, "period_start")?,
        period_end: col(row, "period_end")?,
        period_label: col(row, "period_label")?,
        period_key: col(row, "period_key")?,
        legal_due,
        projected_due: col(row, "projected_due")?,
        waits_for: col(row, "waits_for")?,
        target_due: col(row, "target_due")?,
        status: status.unwrap_or(FilingStatus::NotApplicable),
        assignee: assignee.map(|id| (Id::new(id), assignee_name.unwrap_or_default())),
        filed_on: col(row, "filed_on")?,
        acknowledgement_no: col(row, "acknowledgement_no")?,
        checklist_done: small(col(row, "checklist_done")?),
        checklist_total: small(col(row, "checklist_total")?),
        breach_after_days,
        relaxation: relaxed.map(Id::new),
        rule_due: rule_due.filter(|_| relaxed.is_some()),
        free: free(row)?,
        version: col(row, "version")?,
        updated_at: col(row, "updated_at")?,
    })
}
