//! What the firm decided per return.

use crate::rows::{col, small, stored};
use crate::sql::statements;
use crate::tx::PgTx;
use filings::{OwnTarget, ReturnSetting};
use kernel::moment::Instant;
use kernel::{Id, StoreError};
use tokio_postgres::Row;

statements! {
    SETTINGS = "SELECT code, enabled, breach_after_days, target_kind, target_days, checklist, reason, decided_by, decided_at, version FROM return_settings WHERE tenant_id = $1 ORDER BY code";
    LOCK_SETTING = "SELECT code, enabled, breach_after_days, target_kind, target_days, checklist, reason, decided_by, decided_at, version FROM return_settings WHERE tenant_id = $1 AND code = $2 FOR UPDATE";
    ADD_SETTING = "INSERT INTO return_settings (tenant_id, code, enabled, breach_after_days, target_kind, target_days, checklist, reason, decided_by, decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (tenant_id, code) DO NOTHING";
    SAVE_SETTING = "UPDATE return_settings SET enabled = $3, breach_after_days = $4, target_kind = $5, target_days = $6, checklist = $7, reason = $8, decided_by = $9, decided_at = $10, version = version + 1
        WHERE tenant_id = $1 AND code = $2 AND version = $11";
}

impl PgTx {
    pub(crate) async fn read_settings(&mut self) -> Result<Vec<ReturnSetting>, StoreError> {
        self.query(SETTINGS, &[&self.tenant()]).await?.iter().map(setting).collect()
    }

    pub(crate) async fn hold_setting(&mut self, code: &str) -> Result<Option<ReturnSetting>, StoreError> {
        self.query_opt(LOCK_SETTING, &[&self.tenant(), &code]).await?.as_ref().map(setting).transpose()
    }

    pub(crate) async fn write_setting(&mut self, s: &ReturnSetting) -> Result<(), StoreError> {
        let (tenant, days) = (self.tenant(), s.breach_after_days.map(stored));
        let (kind, number) = (s.target.map(OwnTarget::kind), s.target.map(|own| stored(own.days())));
        let by = s.decided.and_then(|(by, _)| by).map(Id::get);
        let at = s.decided.map(|(_, at)| at);
        let mut params: Vec<&(dyn tokio_postgres::types::ToSql + Sync)> =
            vec![&tenant, &s.code, &s.enabled, &days, &kind, &number, &s.checklist, &s.reason, &by, &at];
        let changed = if s.version == 0 {
            self.execute(ADD_SETTING, &params).await?
        } else {
            params.push(&s.version);
            self.execute(SAVE_SETTING, &params).await?
        };
        if changed == 0 { Err(StoreError::Stale) } else { Ok(()) }
    }
}

fn setting(row: &Row) -> Result<ReturnSetting, StoreError> {
    let corrupt =
        |why: String| StoreError::Corrupt { table: "return_settings", column: "target_kind", id: 0, why };
    let kind: Option<String> = col(row, "target_kind")?;
    let number = col::<Option<i16>>(row, "target_days")?.map(small);
    let target =
        kind.zip(number).map(|(kind, days)| OwnTarget::parse(&kind, days)).transpose().map_err(corrupt)?;
    let by: Option<i64> = col(row, "decided_by")?;
    let at: Option<Instant> = col(row, "decided_at")?;
    Ok(ReturnSetting {
        code: col(row, "code")?,
        enabled: col(row, "enabled")?,
        breach_after_days: col::<Option<i16>>(row, "breach_after_days")?.map(small),
        target,
        checklist: col(row, "checklist")?,
        reason: col(row, "reason")?,
        decided: at.map(|at| (by.map(Id::new), at)),
        version: col(row, "version")?,
    })
}
