//! Idempotency keys.

use crate::rows::col;
use crate::sql::statements;
use crate::tx::PgTx;
use app::idempotency::{IdempotencyKeys, KeptAnswer, KeyState, KeyedRequest};
use async_trait::async_trait;
use kernel::StoreError;
use kernel::id::UserId;
use kernel::moment::Instant;

statements! {
    HOLD_KEY = "INSERT INTO idempotency_keys (tenant_id, user_id, key, operation, body_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (tenant_id, user_id, key) DO UPDATE SET operation = excluded.operation, body_hash = excluded.body_hash, created_at = excluded.created_at, status = NULL, location = NULL, response = NULL
        WHERE idempotency_keys.created_at < $7 OR (idempotency_keys.status IS NULL AND idempotency_keys.created_at < $8) RETURNING key";
    FORGET_KEYS = "DELETE FROM idempotency_keys WHERE tenant_id = $1 AND created_at < $2";
    KEY = "SELECT operation, body_hash, status, location, response FROM idempotency_keys WHERE tenant_id = $1 AND user_id = $2 AND key = $3";
    KEEP_ANSWER = "UPDATE idempotency_keys SET status = $4, location = $5, response = $6 WHERE tenant_id = $1 AND user_id = $2 AND key = $3";
    DROP_KEY = "DELETE FROM idempotency_keys WHERE tenant_id = $1 AND user_id = $2 AND key = $3";
}

/// No request takes this long; a key still without an answer was left behind.
const ABANDONED: time::Duration = time::Duration::minutes(5);

/// How long an answer is kept.
const KEPT: time::Duration = time::Duration::hours(24);

#[async_trait]
impl IdempotencyKeys for PgTx {
    async fn hold_key(&mut self, r: &KeyedRequest) -> Result<KeyState, StoreError> {
        let (tenant, user, hash) = (self.tenant(), r.user.get(), r.body_hash.to_vec());
        let (stale, abandoned): (Instant, Instant) = (r.at - KEPT, r.at - ABANDONED);
        let held = self
            .query_opt(HOLD_KEY, &[&tenant, &user, &r.key, &r.operation, &hash, &r.at, &stale, &abandoned])
            .await?;
        if held.is_some() {
            return Ok(KeyState::Fresh);
        }
        let row = self.query_one(KEY, &[&tenant, &user, &r.key]).await?;
        let (operation, body_hash): (String, Vec<u8>) = (col(&row, "operation")?, col(&row, "body_hash")?);
        if operation != r.operation || body_hash != hash {
            return Ok(KeyState::OtherRequest);
        }
        Ok(match col::<Option<i16>>(&row, "status")? {
            None => KeyState::InFlight,
            Some(status) => KeyState::Answered(KeptAnswer {
                status: u16::try_from(status).unwrap_or(200),
                location: col(&row, "location")?,
                body: col(&row, "response")?,
            }),
        })
    }

    async fn forget_keys(&mut self, before: Instant) -> Result<u64, StoreError> {
        self.execute(FORGET_KEYS, &[&self.tenant(), &before]).await
    }

    async fn keep_answer(
        &mut self,
        user: UserId,
        key: &str,
        answer: Option<&KeptAnswer>,
    ) -> Result<(), StoreError> {
        let tenant = self.tenant();
        match answer {
            None => self.execute(DROP_KEY, &[&tenant, &user.get(), &key]).await?,
            Some(answer) => {
                let status = i16::try_from(answer.status).unwrap_or(200);
                self.execute(
                    KEEP_ANSWER,
                    &[&tenant, &user.get(), &key, &status, &answer.location, &answer.body],
                )
                .await?
            }
        };
        Ok(())
    }
}
