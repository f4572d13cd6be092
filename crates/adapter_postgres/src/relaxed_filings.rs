//! Filings under relaxations: which a scope covers, and the dates that lie over the rule's.

use crate::filings::filing;
use crate::rows::col;
use crate::sql::{Query, statements};
use crate::tx::PgTx;
use filings::relaxation::{Relief, Scope, ScopedFiling, Whose};
use filings::{Filing, NewFiling};
use kernel::moment::Instant;
use kernel::{Date, StoreError};
use tokio_postgres::Row;

statements! {
    SAVE_RELIEVED = "UPDATE filings f SET legal_due = n.legal_due, projected_due = n.projected_due, lapse_due = n.lapse_due, target_due = n.target_due, relaxation_id = n.relaxation_id, rule_due = n.rule_due, rule_projected_due = n.rule_projected_due, rule_lapse_due = n.rule_lapse_due, rule_target_due = n.rule_target_due, free_relaxation_id = n.free_relaxation_id, free_until = n.free_until, free_recounts = n.free_recounts, updated_at = $2, version = f.version + 1
        FROM unnest($3::bigint[], $4::date[], $5::date[], $6::date[], $7::date[], $8::bigint[], $9::date[], $10::date[], $11::date[], $12::date[], $13::bigint[], $14::date[], $15::boolean[])
          AS n (id, legal_due, projected_due, lapse_due, target_due, relaxation_id, rule_due, rule_projected_due, rule_lapse_due, rule_target_due, free_relaxation_id, free_until, free_recounts)
        WHERE f.tenant_id = $1 AND f.id = n.id";
    MARK_PLANNED = "UPDATE filings f SET relaxation_id = n.relaxation_id, rule_due = n.rule_due, rule_projected_due = n.rule_projected_due, rule_lapse_due = n.rule_lapse_due, rule_target_due = n.rule_target_due, free_relaxation_id = n.free_relaxation_id, free_until = n.free_until, free_recounts = n.free_recounts
        FROM unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::date[], $7::date[], $8::date[], $9::date[], $10::bigint[], $11::date[], $12::boolean[])
          AS n (client_id, code, period_key, relaxation_id, rule_due, rule_projected_due, rule_lapse_due, rule_target_due, free_relaxation_id, free_until, free_recounts)
        WHERE f.tenant_id = $1 AND f.client_id = n.client_id AND f.code = n.code AND f.period_key = n.period_key";
}

/// Rows in one UPDATE.
const BATCH: usize = 5_000;

/// The columns that `scoped` reads, of filings f and clients c.
pub(crate) const FILING_COLUMNS: &str = "f.id, f.client_id, f.code, f.rule_id, f.period_label, f.period_key, f.legal_due, \
    f.projected_due, f.waits_for, f.lapse_on, f.lapse_due, f.target_due, f.target_overridden, f.breach_after_days, \
    f.breach_overridden, f.firm_items, f.assignee_id, f.state, f.filed_on, f.acknowledgement_no, f.acknowledgement_exception, \
    f.nil_return, f.closed_reason, f.closed_by, f.closed_at, f.version, f.relaxation_id, f.rule_due, \
    f.rule_projected_due, f.rule_lapse_due, f.rule_target_due, f.free_relaxation_id, f.free_until, f.free_recounts, \
    f.title, c.short_name AS client_name";

/// FROM and WHERE of the filings that a scope covers, as `Scope::covers` and `Scope::means` have it. Withdrawn ones are
/// left to planning.
pub(crate) fn push_scope(q: &mut Query, tenant: i64, scope: &Scope, today: Date) {
    let (tenant, codes) = (q.bind(tenant), q.bind(scope.codes.clone()));
    q.push(&format!(
        "FROM filings f JOIN clients c ON c.tenant_id = f.tenant_id AND c.id = f.client_id \
         WHERE f.tenant_id = {tenant} AND f.code = ANY({codes}) AND f.state <> 'withdrawn'"
    ));
    if let Some(from) = scope.period_from {
        let from = q.bind(from);
        q.push(&format!(" AND f.period_end >= {from}"));
    }
    if let Some(to) = scope.period_to {
        let to = q.bind(to);
        q.push(&format!(" AND f.period_end <= {to}"));
    }
    if !scope.period_keys.is_empty() {
        let keys = q.bind(scope.period_keys.clone());
        q.push(&format!(" AND f.period_key = ANY({keys})"));
    }
    match &scope.whose {
        Whose::All => {}
        Whose::These(ids) => {
            let ids = q.bind(ids.iter().map(|id| id.get()).collect::<Vec<i64>>());
            q.push(&format!(" AND f.client_id = ANY({ids})"));
        }
        Whose::Listed(relaxation) => {
            let relaxation = q.bind(relaxation.get());
            q.push(&format!(
                " AND EXISTS (SELECT 1 FROM relaxation_clients l WHERE l.tenant_id = f.tenant_id \
                 AND l.relaxation_id = {relaxation} AND l.client_id = f.client_id)"
            ));
        }
    }
    if !scope.entity_types.is_empty() {
        let types = q.bind(scope.entity_types.clone());
        q.push(&format!(" AND c.entity_type = ANY({types})"));
    }
    if !scope.registrations.is_empty() {
        let (held, day) = (q.bind(scope.registrations.clone()), q.bind(today));
        q.push(&format!(
            " AND EXISTS (SELECT 1 FROM client_registrations r WHERE r.tenant_id = f.tenant_id AND r.client_id = f.client_id \
             AND r.status = 'active' AND (r.valid_from IS NULL OR r.valid_from <= {day}::date) \
             AND (r.valid_to IS NULL OR r.valid_to >= {day}::date) AND r.regulator || ':' || r.category = ANY({held}))"
        ));
    }
}

pub(crate) fn scoped(row: &Row) -> Result<ScopedFiling, StoreError> {
    Ok(ScopedFiling {
        filing: filing(row)?,
        client_name: col(row, "client_name")?,
        title: col(row, "title")?,
    })
}

/// The relief of many filings, column by column.
#[derive(Default)]
struct ReliefColumns {
    by: Vec<Option<i64>>,
    rule_due: Vec<Option<Date>>,
    rule_projected: Vec<Option<Date>>,
    rule_lapse: Vec<Option<Date>>,
    rule_target: Vec<Option<Date>>,
    free_by: Vec<Option<i64>>,
    free_until: Vec<Option<Date>>,
    free_recounts: Vec<Option<bool>>,
}

impl ReliefColumns {
    fn of(all: impl Iterator<Item = Relief>) -> Self {
        let mut columns = Self::default();
        for relief in all {
            let rule = relief.relaxed.map(|relaxed| relaxed.rule).unwrap_or_default();
            columns.by.push(relief.relaxed.map(|relaxed| relaxed.by.get()));
            columns.rule_due.push(rule.legal_due);
            columns.rule_projected.push(rule.projected_due);
            columns.rule_lapse.push(rule.lapse_due);
            columns.rule_target.push(rule.target_due);
            columns.free_by.push(relief.free.map(|free| free.by.get()));
            columns.free_until.push(relief.free.map(|free| free.until));
            columns.free_recounts.push(relief.free.map(|free| free.recounts));
        }
        columns
    }
}

impl PgTx {
    pub(crate) async fn write_relieved(&self, all: &[Filing], at: Instant) -> Result<(), StoreError> {
        for batch in all.chunks(BATCH) {
            let date =
                |f: fn(&Filing) -> Option<Date>| -> Vec<Option<Date>> { batch.iter().map(f).collect() };
            let ids: Vec<i64> = batch.iter().map(|f| f.id.get()).collect();
            let relief = ReliefColumns::of(batch.iter().map(|f| f.relief));
            self.execute(
                SAVE_RELIEVED,
                &[
                    &self.tenant(),
                    &at,
                    &ids,
                    &date(|f| f.legal_due),
                    &date(|f| f.projected_due),
                    &date(|f| f.lapse.map(|lapse| lapse.due)),
                    &date(|f| f.target_due),
                    &relief.by,
                    &relief.rule_due,
                    &relief.rule_projected,
                    &relief.rule_lapse,
                    &relief.rule_target,
                    &relief.free_by,
                    &relief.free_until,
                    &relief.free_recounts,
                ],
            )
            .await?;
        }
        Ok(())
    }

    pub(crate) async fn write_planned_relief(&self, all: &[&NewFiling]) -> Result<(), StoreError> {
        for batch in all.chunks(BATCH) {
            let clients: Vec<i64> = batch.iter().map(|f| f.client.get()).collect();
            let codes: Vec<&str> = batch.iter().map(|f| f.code.as_str()).collect();
            let keys: Vec<&str> = batch.iter().map(|f| f.period_key.as_str()).collect();
            let relief = ReliefColumns::of(batch.iter().map(|f| f.relief));
            self.execute(
                MARK_PLANNED,
                &[
                    &self.tenant(),
                    &clients,
                    &codes,
                    &keys,
                    &relief.by,
                    &relief.rule_due,
                    &relief.rule_projected,
                    &relief.rule_lapse,
                    &relief.rule_target,
                    &relief.free_by,
                    &relief.free_until,
                    &relief.free_recounts,
                ],
            )
            .await?;
        }
        Ok(())
    }
}
