//! Internal returns, and what previews of a firm's rules count.

use crate::filings::filing;
use crate::rows::col;
use crate::sql::statements;
use crate::tx::PgTx;
use app::firm_rules::{BreachShift, FirmRulesStore, InternalReturn};
use async_trait::async_trait;
use filings::Filing;
use kernel::id::ClientId;
use kernel::moment::Instant;
use kernel::{Date, Id, StoreError};
use serde_json::Value;
use time::Duration;
use tokio_postgres::Row;

statements! {
    INTERNAL = "SELECT code, versions, retired_from, version FROM internal_returns WHERE tenant_id = $1 ORDER BY code";
    LOCK_INTERNAL = "SELECT code, versions, retired_from, version FROM internal_returns WHERE tenant_id = $1 AND code = $2 FOR UPDATE";
    ADD_INTERNAL = "INSERT INTO internal_returns (tenant_id, code, versions, retired_from, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (tenant_id, code) DO NOTHING";
    SAVE_INTERNAL = "UPDATE internal_returns SET versions = $3, retired_from = $4, updated_at = $5, version = version + 1 WHERE tenant_id = $1 AND code = $2 AND version = $6";
    RETITLE = "UPDATE filings SET title = $4, updated_at = $5, version = version + 1 WHERE tenant_id = $1 AND code = $2 AND period_end >= $3 AND title <> $4 AND state IN ('open', 'in_review', 'withdrawn')";
    SOME_CLIENTS = "SELECT id, count(*) OVER () AS total FROM clients WHERE tenant_id = $1 ORDER BY id LIMIT $2";
    OF_CODE = "SELECT id, client_id, code, rule_id, period_label, period_key, legal_due, projected_due, waits_for, lapse_on, lapse_due, target_due, target_overridden, breach_after_days, breach_overridden, firm_items, assignee_id, state, filed_on, acknowledgement_no, acknowledgement_exception, nil_return, closed_reason, closed_by, closed_at, version, relaxation_id, rule_due, rule_projected_due, rule_lapse_due, rule_target_due, free_relaxation_id, free_until, free_recounts FROM filings WHERE tenant_id = $1 AND code = $2 AND client_id = ANY($3)";
    LATE_BETWEEN = "SELECT code, count(*) AS filings FROM filings
        WHERE tenant_id = $1 AND state = 'open' AND NOT breach_overridden
        AND (legal_due BETWEEN $2 AND $3 OR legal_due IS NULL AND lapse_on < $4 AND lapse_due BETWEEN $2 AND $3) GROUP BY code";
}

#[async_trait]
impl FirmRulesStore for PgTx {
    async fn internal_returns(&mut self) -> Result<Vec<InternalReturn>, StoreError> {
        self.query(INTERNAL, &[&self.tenant()]).await?.iter().map(internal).collect()
    }

    async fn lock_internal_return(&mut self, code: &str) -> Result<Option<InternalReturn>, StoreError> {
        self.query_opt(LOCK_INTERNAL, &[&self.tenant(), &code]).await?.as_ref().map(internal).transpose()
    }

    async fn save_internal_return(&mut self, own: &InternalReturn, at: Instant) -> Result<(), StoreError> {
        let (tenant, versions) = (self.tenant(), json(own)?);
        if own.version == 0 {
            let params: [&(dyn tokio_postgres::types::ToSql + Sync); 5] =
                [&tenant, &own.code, &versions, &own.retired_from, &at];
            return match self.execute(ADD_INTERNAL, &params).await? {
                0 => Err(StoreError::Duplicate("internal return".into())),
                _ => Ok(()),
            };
        }
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 6] =
            [&tenant, &own.code, &versions, &own.retired_from, &at, &own.version];
        if self.execute(SAVE_INTERNAL, &params).await? == 0 { Err(StoreError::Stale) } else { Ok(()) }
    }

    async fn retitle_filings(
        &mut self,
        code: &str,
        from: Date,
        title: &str,
        at: Instant,
    ) -> Result<(), StoreError> {
        self.execute(RETITLE, &[&self.tenant(), &code, &from, &title, &at]).await?;
        Ok(())
    }

    async fn some_clients(&mut self, limit: i64) -> Result<(Vec<ClientId>, i64), StoreError> {
        let rows = self.query(SOME_CLIENTS, &[&self.tenant(), &limit]).await?;
        let total = rows.first().map(|row| col(row, "total")).transpose()?.unwrap_or(0);
        let ids: Result<_, StoreError> = rows.iter().map(|row| Ok(Id::new(col(row, "id")?))).collect();
        Ok((ids?, total))
    }

    async fn filings_of_code(&mut self, code: &str, clients: &[ClientId]) -> Result<Vec<Filing>, StoreError> {
        let clients: Vec<i64> = clients.iter().map(|id| id.get()).collect();
        self.query(OF_CODE, &[&self.tenant(), &code, &clients]).await?.iter().map(filing).collect()
    }

    async fn late_between(
        &mut self,
        above: u16,
        up_to: u16,
        today: Date,
    ) -> Result<Vec<BreachShift>, StoreError> {
        let day = |late: u16| today.saturating_sub(Duration::days(late.into()));
        let (first, last) = (day(up_to), day(above).saturating_sub(Duration::DAY));
        let rows = self.query(LATE_BETWEEN, &[&self.tenant(), &first, &last, &today]).await?;
        rows.iter()
            .map(|row| Ok(BreachShift { code: col(row, "code")?, filings: col(row, "filings")? }))
            .collect()
    }
}

fn json(own: &InternalReturn) -> Result<Value, StoreError> {
    serde_json::to_value(&own.versions).map_err(|error| StoreError::Other(error.to_string()))
}

fn internal(row: &Row) -> Result<InternalReturn, StoreError> {
    let corrupt = |error: serde_json::Error| StoreError::Corrupt {
        table: "internal_returns",
        column: "versions",
        id: 0,
        why: error.to_string(),
    };
    Ok(InternalReturn {
        code: col(row, "code")?,
        versions: serde_json::from_value(col(row, "versions")?).map_err(corrupt)?,
        retired_from: col(row, "retired_from")?,
        version: col(row, "version")?,
    })
}
