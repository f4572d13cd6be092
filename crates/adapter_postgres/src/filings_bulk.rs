//! Many filings at once: held by one statement, saved by one statement a batch.

use crate::filings::{BATCH, Stored, filing};
use crate::rows::stored;
use crate::sql::statements;
use crate::tx::PgTx;
use filings::Filing;
use kernel::id::FilingId;
use kernel::moment::Instant;
use kernel::{Date, Id, StoreError};
use serde_json::Value;

statements! {
    LOCK_MANY = "SELECT id, client_id, code, rule_id, period_label, period_key, legal_due, projected_due, waits_for, lapse_on, lapse_due, target_due, target_overridden, breach_after_days, breach_overridden, firm_items, assignee_id, state, filed_on, acknowledgement_no, acknowledgement_exception, nil_return, closed_reason, closed_by, closed_at, version, relaxation_id, rule_due, rule_projected_due, rule_lapse_due, rule_target_due, free_relaxation_id, free_until, free_recounts FROM filings WHERE tenant_id = $1 AND id = ANY($2) ORDER BY id FOR UPDATE";
    SAVE_MANY = "WITH handed AS (INSERT INTO filing_handovers (tenant_id, filing_id, user_id, left_at)
        SELECT f.tenant_id, f.id, f.assignee_id, $18 FROM filings f JOIN unnest($2::bigint[], $7::bigint[]) AS n (id, assignee_id) ON f.id = n.id WHERE f.tenant_id = $1 AND f.assignee_id <> coalesce(n.assignee_id, 0)
        ON CONFLICT (tenant_id, filing_id, user_id) DO UPDATE SET left_at = excluded.left_at)
        UPDATE filings f SET target_due = n.target_due, target_overridden = n.target_overridden, breach_after_days = n.breach_after_days, breach_overridden = n.breach_overridden, assignee_id = n.assignee_id, state = n.state, filed_on = n.filed_on, acknowledgement_no = n.acknowledgement_no, acknowledgement_exception = n.acknowledgement_exception, nil_return = n.nil_return, closed_reason = n.closed_reason, closed_by = n.closed_by, closed_at = n.closed_at, why = n.why, updated_at = $18, version = f.version + 1
        FROM unnest($2::bigint[], $3::date[], $4::boolean[], $5::smallint[], $6::boolean[], $7::bigint[], $8::text[], $9::date[], $10::text[], $11::text[], $12::boolean[], $13::text[], $14::bigint[], $15::timestamptz[], $16::jsonb[], $17::bigint[])
          AS n (id, target_due, target_overridden, breach_after_days, breach_overridden, assignee_id, state, filed_on, acknowledgement_no, acknowledgement_exception, nil_return, closed_reason, closed_by, closed_at, why, version)
        WHERE f.tenant_id = $1 AND f.id = n.id AND f.version = n.version";
}

impl PgTx {
    /// In the order of their ids, so that two requests over the same filings wait instead of locking each other out.
    pub(crate) async fn lock_many(&self, ids: &[FilingId]) -> Result<Vec<Filing>, StoreError> {
        let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
        self.query(LOCK_MANY, &[&self.tenant(), &ids]).await?.iter().map(filing).collect()
    }

    pub(crate) async fn save_many(
        &self,
        all: &[(Filing, Option<Value>)],
        at: Instant,
    ) -> Result<(), StoreError> {
        for batch in all.chunks(BATCH) {
            let states: Vec<Stored<'_>> = batch.iter().map(|(f, _)| Stored::of(&f.state)).collect();
            let ids: Vec<i64> = batch.iter().map(|(f, _)| f.id.get()).collect();
            let targets: Vec<Option<Date>> = batch.iter().map(|(f, _)| f.target_due).collect();
            let own_target: Vec<bool> = batch.iter().map(|(f, _)| f.target_overridden).collect();
            let breach: Vec<i16> = batch.iter().map(|(f, _)| stored(f.breach_after_days)).collect();
            let own_breach: Vec<bool> = batch.iter().map(|(f, _)| f.breach_overridden).collect();
            let people: Vec<Option<i64>> = batch.iter().map(|(f, _)| f.assignee.map(Id::get)).collect();
            let words: Vec<&str> = states.iter().map(|s| s.state).collect();
            let filed: Vec<Option<Date>> = states.iter().map(|s| s.filed_on).collect();
            let numbers: Vec<Option<&str>> = states.iter().map(|s| s.acknowledgement).collect();
            let exceptions: Vec<Option<&str>> = states.iter().map(|s| s.exception).collect();
            let nil: Vec<bool> = states.iter().map(|s| s.nil).collect();
            let reasons: Vec<Option<&str>> = states.iter().map(|s| s.reason).collect();
            let by: Vec<Option<i64>> =
                batch.iter().map(|(f, _)| f.closed.and_then(|(by, _)| by).map(Id::get)).collect();
            let closed: Vec<Option<Instant>> =
                batch.iter().map(|(f, _)| f.closed.map(|(_, at)| at)).collect();
            let why: Vec<Option<&Value>> = batch.iter().map(|(_, why)| why.as_ref()).collect();
            let versions: Vec<i64> = batch.iter().map(|(f, _)| f.version).collect();
            let changed = self
                .execute(
                    SAVE_MANY,
                    &[
                        &self.tenant(),
                        &ids,
                        &targets,
                        &own_target,
                        &breach,
                        &own_breach,
                        &people,
                        &words,
                        &filed,
                        &numbers,
                        &exceptions,
                        &nil,
                        &reasons,
                        &by,
                        &closed,
                        &why,
                        &versions,
                        &at,
                    ],
                )
                .await?;
            if changed != batch.len() as u64 {
                return Err(StoreError::Stale);
            }
        }
        Ok(())
    }
}
