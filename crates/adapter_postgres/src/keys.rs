//! Keys for programs.

use crate::rows::col;
use crate::sql::statements;
use crate::tx::PgTx;
use async_trait::async_trait;
use identity::TokenHash;
use identity::keys::{ApiKey, ApiKeys, NewApiKey};
use kernel::id::{ApiKeyId, UserId};
use kernel::moment::Instant;
use kernel::{Id, PermissionSet, StoreError};
use tokio_postgres::Row;

statements! {
    KEYS = "SELECT k.id, k.name, k.prefix, CASE WHEN k.token_hash IS NULL THEN k.collect_until END AS collect_until, k.owner_id, u.display_name AS owner_name, k.permissions, k.created_at, k.expires_at, k.last_used_at, k.revoked_at
        FROM api_keys k JOIN users u ON u.tenant_id = k.tenant_id AND u.id = k.owner_id
        WHERE k.tenant_id = $1 AND coalesce(k.revoked_at, k.expires_at) > $2::timestamptz - interval '90 days' ORDER BY k.created_at DESC, k.id DESC LIMIT 500";
    KEY_NAMED = "SELECT id, name FROM api_keys WHERE tenant_id = $1 AND token_hash = $2";
    ADD_KEY = "INSERT INTO api_keys (tenant_id, owner_id, name, prefix, permissions, created_at, expires_at, collect_until) VALUES ($1, $2, $3, '', $4, $5, $6, $7) RETURNING id";
    GIVE_SECRET = "UPDATE api_keys SET prefix = $4, token_hash = $5 WHERE tenant_id = $1 AND id = $2 AND owner_id = $3
        AND token_hash IS NULL AND revoked_at IS NULL AND collect_until > $6 AND expires_at > $6 RETURNING name";
    END_KEY = "UPDATE api_keys SET revoked_at = $3 WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL AND expires_at > $3 RETURNING name";
}

#[async_trait]
impl ApiKeys for PgTx {
    async fn api_keys(&mut self, at: Instant) -> Result<Vec<ApiKey>, StoreError> {
        self.query(KEYS, &[&self.tenant(), &at]).await?.iter().map(key).collect()
    }

    async fn add_api_key(&mut self, new: &NewApiKey) -> Result<ApiKeyId, StoreError> {
        let names = new.permissions.names();
        let row = self
            .query_one(
                ADD_KEY,
                &[
                    &self.tenant(),
                    &new.owner.get(),
                    &new.name,
                    &names,
                    &new.at,
                    &new.until,
                    &new.collect_until,
                ],
            )
            .await?;
        Ok(Id::new(col(&row, "id")?))
    }

    async fn key_named(&mut self, token: &TokenHash) -> Result<Option<(ApiKeyId, String)>, StoreError> {
        let row = self.query_opt(KEY_NAMED, &[&self.tenant(), &token.0.as_slice()]).await?;
        row.map(|row| Ok((Id::new(col(&row, "id")?), col(&row, "name")?))).transpose()
    }

    async fn give_secret(
        &mut self,
        id: ApiKeyId,
        owner: UserId,
        prefix: &str,
        token: TokenHash,
        at: Instant,
    ) -> Result<Option<String>, StoreError> {
        let (tenant, hash) = (self.tenant(), token.0.as_slice());
        let row =
            self.query_opt(GIVE_SECRET, &[&tenant, &id.get(), &owner.get(), &prefix, &hash, &at]).await?;
        row.map(|row| col(&row, "name")).transpose()
    }

    async fn end_api_key(&mut self, id: ApiKeyId, at: Instant) -> Result<Option<String>, StoreError> {
        let row = self.query_opt(END_KEY, &[&self.tenant(), &id.get(), &at]).await?;
        row.map(|row| col(&row, "name")).transpose()
    }
}

fn key(row: &Row) -> Result<ApiKey, StoreError> {
    let names: Vec<&str> = col(row, "permissions")?;
    Ok(ApiKey {
        id: Id::new(col(row, "id")?),
        name: col(row, "name")?,
        prefix: col(row, "prefix")?,
        collect_until: col(row, "collect_until")?,
        owner: Id::new(col(row, "owner_id")?),
        owner_name: col(row, "owner_name")?,
        permissions: PermissionSet::of_names(names),
        created_at: col(row, "created_at")?,
        expires_at: col(row, "expires_at")?,
        last_used_at: col(row, "last_used_at")?,
        revoked_at: col(row, "revoked_at")?,
    })
}
