//! What a firm decided about approvals: policies, absences with stand-ins, and the alarms that were given.

use crate::rows::{col, word};
use crate::sql::statements;
use crate::tx::PgTx;
use kernel::id::{DelegationId, UserId};
use kernel::moment::Instant;
use kernel::{Date, Id, StoreError};
use maker_checker::policy::{levels_from, levels_json};
use maker_checker::{Action, Delegation, NewDelegation, Policy};
use serde_json::Value;

statements! {
    POLICIES = "SELECT action, levels, expires_after_days, reason_required, version FROM approval_policies WHERE tenant_id = $1 ORDER BY action";
    SAVE_POLICY = "INSERT INTO approval_policies (tenant_id, action, levels, expires_after_days, reason_required, updated_by, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (tenant_id, action) DO UPDATE SET levels = excluded.levels, expires_after_days = excluded.expires_after_days, reason_required = excluded.reason_required, updated_by = excluded.updated_by, updated_at = excluded.updated_at, version = approval_policies.version + 1
        WHERE approval_policies.version = $8";
    DELEGATIONS = "SELECT id, from_id, to_id, starts, ends, actions, ended_at FROM delegations WHERE tenant_id = $1 AND ended_at IS NULL AND ends >= $2 ORDER BY starts, id";
    ADD_DELEGATION = "INSERT INTO delegations (tenant_id, from_id, to_id, starts, ends, actions, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id";
    END_DELEGATION = "UPDATE delegations SET ended_at = $3 WHERE tenant_id = $1 AND id = $2 AND ended_at IS NULL";
    MARK_ALARM = "INSERT INTO approval_alarms (tenant_id, gap, day) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
}

impl PgTx {
    pub(crate) async fn approval_policies(&mut self) -> Result<Vec<Policy>, StoreError> {
        let tenant = self.tenant();
        let rows = self.query(POLICIES, &[&tenant]).await?;
        let read = |row: &tokio_postgres::Row| {
            let (action, levels): (String, Value) = (col(row, "action")?, col(row, "levels")?);
            let table = "approval_policies";
            Ok(Policy {
                action: word(Action::parse(&action), table, "action", tenant, &action)?,
                levels: word(levels_from(&levels), table, "levels", tenant, &levels.to_string())?,
                expires_after_days: crate::rows::small(col(row, "expires_after_days")?),
                reason_required: col(row, "reason_required")?,
                version: col(row, "version")?,
            })
        };
        rows.iter().map(read).collect()
    }

    pub(crate) async fn save_approval_policy(
        &mut self,
        policy: &Policy,
        by: Option<UserId>,
        at: Instant,
    ) -> Result<(), StoreError> {
        let levels = levels_json(&policy.levels);
        let days: i16 = crate::rows::stored(policy.expires_after_days);
        let action = policy.action.as_str();
        let changed = self
            .execute(
                SAVE_POLICY,
                &[
                    &self.tenant(),
                    &action,
                    &levels,
                    &days,
                    &policy.reason_required,
                    &by.map(Id::get),
                    &at,
                    &policy.version,
                ],
            )
            .await?;
        if changed == 0 { Err(StoreError::Stale) } else { Ok(()) }
    }

    pub(crate) async fn delegations_from(&mut self, from: Date) -> Result<Vec<Delegation>, StoreError> {
        let rows = self.query(DELEGATIONS, &[&self.tenant(), &from]).await?;
        let read = |row: &tokio_postgres::Row| {
            let id: i64 = col(row, "id")?;
            let actions: Vec<String> = col(row, "actions")?;
            let actions = actions
                .iter()
                .map(|text| word(Action::parse(text), "delegations", "actions", id, text))
                .collect::<Result<_, _>>()?;
            let facts = NewDelegation {
                from: Id::new(col(row, "from_id")?),
                to: col::<Option<i64>>(row, "to_id")?.map(Id::new),
                starts: col(row, "starts")?,
                ends: col(row, "ends")?,
                actions,
            };
            Ok(Delegation { id: Id::new(id), facts, ended_at: col(row, "ended_at")? })
        };
        rows.iter().map(read).collect()
    }

    pub(crate) async fn insert_delegation(
        &mut self,
        facts: &NewDelegation,
        by: Option<UserId>,
        at: Instant,
    ) -> Result<DelegationId, StoreError> {
        let actions: Vec<&str> = facts.actions.iter().map(|a| a.as_str()).collect();
        let (from, to, by) = (facts.from.get(), facts.to.map(Id::get), by.map(Id::get));
        let row = self
            .query_one(
                ADD_DELEGATION,
                &[&self.tenant(), &from, &to, &facts.starts, &facts.ends, &actions, &by, &at],
            )
            .await?;
        Ok(Id::new(col(&row, "id")?))
    }

    pub(crate) async fn close_delegation(
        &mut self,
        id: DelegationId,
        at: Instant,
    ) -> Result<bool, StoreError> {
        Ok(self.execute(END_DELEGATION, &[&self.tenant(), &id.get(), &at]).await? > 0)
    }

    pub(crate) async fn note_alarm(&mut self, key: &str, day: Date) -> Result<bool, StoreError> {
        Ok(self.execute(MARK_ALARM, &[&self.tenant(), &key, &day]).await? > 0)
    }
}
