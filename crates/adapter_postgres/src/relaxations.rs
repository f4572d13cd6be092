//! Relaxations: the circulars that a firm carried out, with the clients they list.

use crate::relaxed_filings::{FILING_COLUMNS, push_scope, scoped};
use crate::rows::{col, small, stored, word};
use crate::sql::{Query, statements};
use crate::tx::PgTx;
use async_trait::async_trait;
use filings::relaxation::{
    Circular, ClosedInScope, Counts, Effect, RelaxationRow, Scope, ScopedFiling, Undone, Whose,
};
use filings::{Filing, NewFiling, Relaxation, Relaxations};
use futures_util::try_join;
use kernel::id::{ClientId, FilingId, RelaxationId};
use kernel::moment::Instant;
use kernel::{Date, Id, Page, PageRequest, StoreError};
use serde_json::{Value, json};
use tokio_postgres::Row;

statements! {
    HOLD = "SELECT pg_advisory_xact_lock(hashtextextended('relaxations', tenants.id))::text FROM tenants WHERE id = $1";
    SHARE = "SELECT pg_advisory_xact_lock_shared(hashtextextended('relaxations', tenants.id))::text FROM tenants WHERE id = $1";
    STANDING = "SELECT r.id, r.state, r.regulator, r.codes, r.period_from, r.period_to, r.period_keys, r.chosen_clients, r.entity_types, r.registrations, r.effect, r.until, r.extra_days, r.counts_from_due, r.names_past, r.circular_no, r.circular_on, r.circular_url, r.note, r.reason, r.applied_by, r.applied_at, r.undone_by, r.undone_at, r.undo_reason
        FROM relaxations r WHERE r.tenant_id = $1 AND r.state = 'standing' ORDER BY r.id";
    LOCK = "SELECT r.id, r.state, r.regulator, r.codes, r.period_from, r.period_to, r.period_keys, r.chosen_clients, r.entity_types, r.registrations, r.effect, r.until, r.extra_days, r.counts_from_due, r.names_past, r.circular_no, r.circular_on, r.circular_url, r.note, r.reason, r.applied_by, r.applied_at, r.undone_by, r.undone_at, r.undo_reason
        FROM relaxations r WHERE r.tenant_id = $1 AND r.id = $2 FOR UPDATE";
    BY_ID = "SELECT r.id, r.state, r.regulator, r.codes, r.period_from, r.period_to, r.period_keys, r.chosen_clients, r.entity_types, r.registrations, r.effect, r.until, r.extra_days, r.counts_from_due, r.names_past, r.circular_no, r.circular_on, r.circular_url, r.note, r.reason, r.applied_by, r.applied_at, r.undone_by, r.undone_at, r.undo_reason
        FROM relaxations r WHERE r.tenant_id = $1 AND r.id = ANY($2) ORDER BY r.id";
    LISTING = "SELECT relaxation_id FROM relaxation_clients WHERE tenant_id = $1 AND client_id = $2";
    INSERT = "INSERT INTO relaxations (tenant_id, regulator, codes, period_from, period_to, period_keys, chosen_clients, entity_types, registrations, effect, until, extra_days, counts_from_due, names_past, circular_no, circular_on, circular_url, note, reason, counts, applied_by, applied_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22) RETURNING id";
    LIST_CLIENTS = "INSERT INTO relaxation_clients (tenant_id, relaxation_id, client_id) SELECT $1, $2, n.id FROM unnest($3::bigint[]) AS n (id)";
    SAVE_UNDONE = "UPDATE relaxations SET state = 'undone', undone_by = $3, undone_at = $4, undo_reason = $5, undo_report = $6 WHERE tenant_id = $1 AND id = $2 AND state = 'standing'";
    COUNT_UNDER = "SELECT count(*) AS total FROM filings f WHERE f.tenant_id = $1 AND (f.relaxation_id = $2 OR f.free_relaxation_id = $2) AND f.state <> 'withdrawn'";
}

/// What the screens show of one, besides the relaxation itself.
const SHOWN: &str = "r.id, r.state, r.regulator, r.codes, r.period_from, r.period_to, r.period_keys, r.chosen_clients, \
    r.entity_types, r.registrations, r.effect, r.until, r.extra_days, r.counts_from_due, r.names_past, r.circular_no, \
    r.circular_on, r.circular_url, r.note, r.reason, r.counts, r.applied_by, r.applied_at, r.undone_by, r.undone_at, \
    r.undo_reason, r.undo_report, a.display_name AS applied_name, u.display_name AS undone_name, \
    (SELECT count(*) FROM relaxation_clients l WHERE l.tenant_id = r.tenant_id AND l.relaxation_id = r.id) AS listed, \
    (SELECT count(*) FROM filings f WHERE f.tenant_id = r.tenant_id AND f.relaxation_id = r.id AND f.state <> 'withdrawn') \
    + (SELECT count(*) FROM filings f WHERE f.tenant_id = r.tenant_id AND f.free_relaxation_id = r.id AND f.state <> 'withdrawn') AS in_force, \
    count(*) OVER () AS total \
    FROM relaxations r LEFT JOIN users a ON a.tenant_id = r.tenant_id AND a.id = r.applied_by \
    LEFT JOIN users u ON u.tenant_id = r.tenant_id AND u.id = r.undone_by";

#[async_trait]
impl Relaxations for PgTx {
    async fn hold_planning(&mut self) -> Result<(), StoreError> {
        self.query(HOLD, &[&self.tenant()]).await?;
        Ok(())
    }

    async fn standing_relaxations(&mut self) -> Result<Vec<Relaxation>, StoreError> {
        let tenant = self.tenant();
        let firm: [&(dyn tokio_postgres::types::ToSql + Sync); 1] = [&tenant];
        // One flight, two statements: the second sees what was committed while the first waited.
        let (_, rows) = try_join!(self.query(SHARE, &firm), self.query(STANDING, &firm))?;
        rows.iter().map(relaxation).collect()
    }

    async fn relaxations_listing(&mut self, client: ClientId) -> Result<Vec<RelaxationId>, StoreError> {
        let rows = self.query(LISTING, &[&self.tenant(), &client.get()]).await?;
        rows.iter().map(|row| Ok(Id::new(col(row, "relaxation_id")?))).collect()
    }

    async fn filings_in_scope(
        &mut self,
        scope: &Scope,
        filed_late: bool,
        limit: usize,
        lock: bool,
        today: Date,
    ) -> Result<Vec<ScopedFiling>, StoreError> {
        let mut q = Query::new(&format!("SELECT {FILING_COLUMNS} "));
        push_scope(&mut q, self.tenant(), scope, today);
        q.push(" AND (f.state IN ('open', 'in_review')");
        if filed_late {
            q.push(&format!(" OR {FILED_LATE}"));
        }
        let limit = q.bind(i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1));
        q.push(&format!(") ORDER BY c.short_name, f.code, f.period_end, f.id LIMIT {limit}"));
        if lock {
            q.push(" FOR UPDATE OF f");
        }
        self.run(&q).await?.iter().map(scoped).collect()
    }

    async fn closed_in_scope(&mut self, scope: &Scope, today: Date) -> Result<ClosedInScope, StoreError> {
        let mut q = Query::new(&format!(
            "SELECT count(*) FILTER (WHERE f.state = 'filed') AS filed, count(*) FILTER (WHERE {FILED_LATE}) AS filed_late, \
             count(*) FILTER (WHERE f.state IN ('waived', 'not_applicable')) AS otherwise "
        ));
        push_scope(&mut q, self.tenant(), scope, today);
        q.push(" AND f.state IN ('filed', 'waived', 'not_applicable')");
        let rows = self.run(&q).await?;
        let row = rows.first().ok_or_else(|| StoreError::Other("a count answered no row".into()))?;
        let count = |name: &str| col::<i64>(row, name).map(|n| usize::try_from(n).unwrap_or(0));
        Ok(ClosedInScope {
            filed: count("filed")?,
            filed_late: count("filed_late")?,
            otherwise: count("otherwise")?,
        })
    }

    async fn covered_among(
        &mut self,
        scope: &Scope,
        among: &[FilingId],
        today: Date,
    ) -> Result<Vec<FilingId>, StoreError> {
        let mut q = Query::new("SELECT f.id ");
        push_scope(&mut q, self.tenant(), scope, today);
        let ids = q.bind(among.iter().map(|id| id.get()).collect::<Vec<i64>>());
        q.push(&format!(" AND f.id = ANY({ids})"));
        self.run(&q).await?.iter().map(|row| Ok(Id::new(col(row, "id")?))).collect()
    }

    async fn insert_relaxation(
        &mut self,
        r: &Relaxation,
        counts: &Counts,
    ) -> Result<RelaxationId, StoreError> {
        let (effect, until, days, counts_from_due) = effect_columns(r.effect);
        let chosen = r.scope.whose != Whose::All;
        let row = self
            .query_one(
                INSERT,
                &[
                    &self.tenant(),
                    &r.regulator,
                    &r.scope.codes,
                    &r.scope.period_from,
                    &r.scope.period_to,
                    &r.scope.period_keys,
                    &chosen,
                    &r.scope.entity_types,
                    &r.scope.registrations,
                    &effect,
                    &until,
                    &days,
                    &counts_from_due,
                    &r.names_past,
                    &r.circular.number,
                    &r.circular.on,
                    &r.circular.url,
                    &r.note,
                    &r.reason,
                    &counts_json(counts),
                    &r.applied_by.map(Id::get),
                    &r.applied_at,
                ],
            )
            .await?;
        let id: i64 = col(&row, "id")?;
        if let Whose::These(clients) = &r.scope.whose {
            let clients: Vec<i64> = clients.iter().map(|id| id.get()).collect();
            self.execute(LIST_CLIENTS, &[&self.tenant(), &id, &clients]).await?;
        }
        Ok(Id::new(id))
    }

    async fn save_relieved(&mut self, filings: &[Filing], at: Instant) -> Result<(), StoreError> {
        self.write_relieved(filings, at).await
    }

    async fn mark_planned_relief(&mut self, filings: &[&NewFiling]) -> Result<(), StoreError> {
        self.write_planned_relief(filings).await
    }

    async fn relaxation(&mut self, id: RelaxationId) -> Result<Option<RelaxationRow>, StoreError> {
        let mut q = Query::new(&format!("SELECT {SHOWN}"));
        let (tenant, id) = (q.bind(self.tenant()), q.bind(id.get()));
        q.push(&format!(" WHERE r.tenant_id = {tenant} AND r.id = {id}"));
        self.run(&q).await?.first().map(shown).transpose()
    }

    async fn lock_relaxation(&mut self, id: RelaxationId) -> Result<Option<Relaxation>, StoreError> {
        self.query_opt(LOCK, &[&self.tenant(), &id.get()]).await?.as_ref().map(relaxation).transpose()
    }

    async fn relaxations_by_id(&mut self, ids: &[RelaxationId]) -> Result<Vec<Relaxation>, StoreError> {
        let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
        self.query(BY_ID, &[&self.tenant(), &ids]).await?.iter().map(relaxation).collect()
    }

    async fn list_relaxations(&mut self, page: PageRequest) -> Result<Page<RelaxationRow>, StoreError> {
        let mut q = Query::new(&format!("SELECT {SHOWN}"));
        let (tenant, limit, offset) = (q.bind(self.tenant()), q.bind(page.limit()), q.bind(page.offset()));
        q.push(&format!(
            " WHERE r.tenant_id = {tenant} ORDER BY r.applied_at DESC, r.id DESC LIMIT {limit} OFFSET {offset}"
        ));
        let rows = self.run(&q).await?;
        let total = rows.first().map_or(Ok(0), |row| col(row, "total"))?;
        Ok(Page { items: rows.iter().map(shown).collect::<Result<_, _>>()?, total, request: page })
    }

    async fn lock_filings_under(&mut self, id: RelaxationId) -> Result<Vec<ScopedFiling>, StoreError> {
        let mut q = under_query(self.tenant(), id);
        q.push(" ORDER BY c.short_name, f.code, f.period_end, f.id FOR UPDATE OF f");
        self.run(&q).await?.iter().map(scoped).collect()
    }

    async fn filings_under(
        &mut self,
        id: RelaxationId,
        page: PageRequest,
    ) -> Result<Page<ScopedFiling>, StoreError> {
        let mut q = under_query(self.tenant(), id);
        let (limit, offset) = (q.bind(page.limit()), q.bind(page.offset()));
        q.push(" AND f.state <> 'withdrawn'");
        q.push(&format!(" ORDER BY c.short_name, f.code, f.period_end, f.id LIMIT {limit} OFFSET {offset}"));
        let tenant = self.tenant();
        let counted: [&(dyn tokio_postgres::types::ToSql + Sync); 2] = [&tenant, &id.get()];
        let (rows, total) = try_join!(self.run(&q), self.query_one(COUNT_UNDER, &counted))?;
        let items = rows.iter().map(scoped).collect::<Result<_, _>>()?;
        Ok(Page { items, total: col(&total, "total")?, request: page })
    }

    async fn save_undone(&mut self, r: &Relaxation, report: &Value) -> Result<(), StoreError> {
        let Some(undone) = &r.undone else { return Err(StoreError::Stale) };
        let by = undone.by.map(Id::get);
        let changed = self
            .execute(SAVE_UNDONE, &[&self.tenant(), &r.id.get(), &by, &undone.at, &undone.reason, &report])
            .await?;
        if changed == 0 { Err(StoreError::Stale) } else { Ok(()) }
    }
}

/// Filed after the date in force.
const FILED_LATE: &str = "(f.state = 'filed' AND f.filed_on > (CASE WHEN f.legal_due IS NULL AND f.lapse_on < f.filed_on THEN f.lapse_due ELSE f.legal_due END))";

fn under_query(tenant: i64, id: RelaxationId) -> Query {
    let mut q = Query::new(&format!("SELECT {FILING_COLUMNS} "));
    let (tenant, id) = (q.bind(tenant), q.bind(id.get()));
    q.push(&format!(
        "FROM filings f JOIN clients c ON c.tenant_id = f.tenant_id AND c.id = f.client_id \
         WHERE f.tenant_id = {tenant} AND (f.relaxation_id = {id} OR f.free_relaxation_id = {id})"
    ));
    q
}

fn effect_columns(effect: Effect) -> (&'static str, Option<Date>, Option<i16>, bool) {
    match effect {
        Effect::NewDate(date) => ("new_date", Some(date), None, true),
        Effect::ExtraDays(days) => ("extra_days", None, Some(stored(days)), true),
        Effect::NoLateCost { until, counts_from_due } => ("no_late_cost", Some(until), None, counts_from_due),
    }
}

fn effect(row: &Row, id: i64) -> Result<Effect, StoreError> {
    let text: String = col(row, "effect")?;
    let (until, days): (Option<Date>, Option<i16>) = (col(row, "until")?, col(row, "extra_days")?);
    let counts_from_due: bool = col(row, "counts_from_due")?;
    let found = match (text.as_str(), until, days) {
        ("new_date", Some(date), None) => Some(Effect::NewDate(date)),
        ("extra_days", None, Some(days)) => Some(Effect::ExtraDays(small(days))),
        ("no_late_cost", Some(until), None) => Some(Effect::NoLateCost { until, counts_from_due }),
        _ => None,
    };
    word(found, "relaxations", "effect", id, &text)
}

fn relaxation(row: &Row) -> Result<Relaxation, StoreError> {
    let id: i64 = col(row, "id")?;
    let chosen: bool = col(row, "chosen_clients")?;
    let user = |name: &str| col::<Option<i64>>(row, name).map(|id| id.map(Id::new));
    let undone_at: Option<Instant> = col(row, "undone_at")?;
    let undone = match undone_at {
        Some(at) => Some(Undone {
            by: user("undone_by")?,
            at,
            reason: col::<Option<String>>(row, "undo_reason")?.unwrap_or_default(),
        }),
        None => None,
    };
    Ok(Relaxation {
        id: Id::new(id),
        regulator: col(row, "regulator")?,
        scope: Scope {
            codes: col(row, "codes")?,
            period_from: col(row, "period_from")?,
            period_to: col(row, "period_to")?,
            period_keys: col(row, "period_keys")?,
            whose: if chosen { Whose::Listed(Id::new(id)) } else { Whose::All },
            entity_types: col(row, "entity_types")?,
            registrations: col(row, "registrations")?,
        },
        effect: effect(row, id)?,
        names_past: col(row, "names_past")?,
        circular: Circular {
            number: col(row, "circular_no")?,
            on: col(row, "circular_on")?,
            url: col(row, "circular_url")?,
        },
        note: col(row, "note")?,
        reason: col(row, "reason")?,
        applied_by: user("applied_by")?,
        applied_at: col(row, "applied_at")?,
        undone,
    })
}

fn shown(row: &Row) -> Result<RelaxationRow, StoreError> {
    let relaxation = relaxation(row)?;
    let listed: i64 = col(row, "listed")?;
    Ok(RelaxationRow {
        listed_clients: (relaxation.scope.whose != Whose::All).then_some(listed),
        relaxation,
        counts: counts(&col(row, "counts")?),
        undo_report: col(row, "undo_report")?,
        in_force_on: col(row, "in_force")?,
        applied_by: col(row, "applied_name")?,
        undone_by: col(row, "undone_name")?,
    })
}

fn counts_json(c: &Counts) -> Value {
    json!({
        "extended": c.extended, "freed": c.freed, "onTimeAgain": c.on_time_again, "stillLate": c.still_late,
        "filedOnTimeAgain": c.filed_on_time_again, "clients": c.clients, "asLateAlready": c.as_late_already,
        "lateBefore": c.late_before, "noDate": c.no_date, "filed": c.filed, "closedOtherwise": c.closed_otherwise,
    })
}

fn counts(value: &Value) -> Counts {
    let n = |key: &str| value[key].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    Counts {
        extended: n("extended"),
        freed: n("freed"),
        on_time_again: n("onTimeAgain"),
        still_late: n("stillLate"),
        filed_on_time_again: n("filedOnTimeAgain"),
        clients: n("clients"),
        as_late_already: n("asLateAlready"),
        late_before: n("lateBefore"),
        no_date: n("noDate"),
        filed: n("filed"),
        closed_otherwise: n("closedOtherwise"),
    }
}
