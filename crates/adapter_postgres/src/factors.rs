//! Second factors and recovery codes.

use crate::rows::col;
use crate::sql::statements;
use crate::tx::PgTx;
use async_trait::async_trait;
use identity::TokenHash;
use identity::second_factor::{SecondFactor, SecondFactors};
use kernel::StoreError;
use kernel::id::UserId;
use kernel::moment::Instant;

statements! {
    FACTOR = "SELECT u.totp_secret, u.totp_pending, u.totp_since, u.totp_step,
        (SELECT count(*) FROM recovery_codes c WHERE c.tenant_id = u.tenant_id AND c.user_id = u.id AND c.used_at IS NULL) AS recovery_left
        FROM users u WHERE u.tenant_id = $1 AND u.id = $2";
    KEEP_PENDING = "UPDATE users SET totp_pending = $3 WHERE tenant_id = $1 AND id = $2";
    ADOPT = "UPDATE users SET totp_secret = totp_pending, totp_pending = NULL, totp_since = $3, totp_step = $4 WHERE tenant_id = $1 AND id = $2 AND totp_pending IS NOT NULL";
    USE_STEP = "UPDATE users SET totp_step = $3 WHERE tenant_id = $1 AND id = $2 AND totp_step < $3";
    DROP_FACTOR = "UPDATE users SET totp_secret = NULL, totp_pending = NULL, totp_since = NULL WHERE tenant_id = $1 AND id = $2";
    DROP_CODES = "DELETE FROM recovery_codes WHERE tenant_id = $1 AND user_id = $2";
    ADD_CODES = "INSERT INTO recovery_codes (tenant_id, user_id, code_hash) SELECT $1, $2, n.hash FROM unnest($3::bytea[]) AS n (hash) RETURNING id";
    USE_CODE = "UPDATE recovery_codes SET used_at = $4 WHERE tenant_id = $1 AND user_id = $2 AND code_hash = $3 AND used_at IS NULL";
    SAVE_REQUIRE = "UPDATE tenants SET require_totp = $2 WHERE id = $1";
}

#[async_trait]
impl SecondFactors for PgTx {
    async fn second_factor(&mut self, user: UserId) -> Result<SecondFactor, StoreError> {
        let row = self.query_opt(FACTOR, &[&self.tenant(), &user.get()]).await?;
        let Some(row) = row else { return Ok(SecondFactor::default()) };
        Ok(SecondFactor {
            secret: col(&row, "totp_secret")?,
            pending: col(&row, "totp_pending")?,
            since: col(&row, "totp_since")?,
            step: col(&row, "totp_step")?,
            recovery_left: col(&row, "recovery_left")?,
        })
    }

    async fn keep_pending_factor(&mut self, user: UserId, sealed: &[u8]) -> Result<(), StoreError> {
        self.execute(KEEP_PENDING, &[&self.tenant(), &user.get(), &sealed]).await?;
        Ok(())
    }

    async fn adopt_factor(&mut self, user: UserId, at: Instant, step: i64) -> Result<(), StoreError> {
        let changed = self.execute(ADOPT, &[&self.tenant(), &user.get(), &at, &step]).await?;
        if changed == 0 { Err(StoreError::Stale) } else { Ok(()) }
    }

    async fn use_step(&mut self, user: UserId, step: i64) -> Result<bool, StoreError> {
        Ok(self.execute(USE_STEP, &[&self.tenant(), &user.get(), &step]).await? > 0)
    }

    async fn drop_factor(&mut self, user: UserId) -> Result<(), StoreError> {
        self.execute(DROP_FACTOR, &[&self.tenant(), &user.get()]).await?;
        self.execute(DROP_CODES, &[&self.tenant(), &user.get()]).await?;
        Ok(())
    }

    async fn replace_recovery_codes(&mut self, user: UserId, codes: &[TokenHash]) -> Result<(), StoreError> {
        let hashes: Vec<&[u8]> = codes.iter().map(|code| code.0.as_slice()).collect();
        self.execute(DROP_CODES, &[&self.tenant(), &user.get()]).await?;
        self.query(ADD_CODES, &[&self.tenant(), &user.get(), &hashes]).await?;
        Ok(())
    }

    async fn use_recovery_code(
        &mut self,
        user: UserId,
        code: TokenHash,
        at: Instant,
    ) -> Result<bool, StoreError> {
        let used = self.execute(USE_CODE, &[&self.tenant(), &user.get(), &code.0.as_slice(), &at]).await?;
        Ok(used > 0)
    }

    async fn save_require_totp(&mut self, required: bool) -> Result<(), StoreError> {
        self.execute(SAVE_REQUIRE, &[&self.tenant(), &required]).await?;
        Ok(())
    }
}
