//! Keys for programs.

use crate::rows::col;
use crate::sql::statements;
use crate::tx::PgTx;
use async_trait::async_trait;
use identity::TokenHash;
use identity::keys::{ApiKey, ApiKeys, NewApiKey};
use kernel::id::ApiKeyId;
use kernel::moment::Instant;
use kernel::{Id, PermissionSet, StoreError};
use tokio_postgres::Row;

statements! {
    KEYS = "SELECT k.id, k.name, k.prefix, k.owner_id, u.display_name AS owner_name, k.permissions, k.created_at, k.expires_at, k.last_used_at, k.revoked_at
        FROM api_keys k JOIN users u ON u.tenant_id = k.tenant_id AND u.id = k.owner_id
        WHERE k.tenant_id = $1 AND coalesce(k.revoked_at, k.expires_at) > $2::timestamptz - interval '90 days' ORDER BY k.created_at DESC, k.id DESC LIMIT 500";
    ADD_KEY = "INSERT INTO api_keys (tenant_id, owner_id, name, prefix, token_hash, permissions, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id";
    KEY_NAMED = "SELECT id, name FROM api_keys WHERE tenant_id = $1 AND token_hash = $2";
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
                    &new.prefix,
                    &new.token.0.as_slice(),
                    &names,
                    &new.at,
                    &new.until,
                ],
            )
            .await?;
        Ok(Id::new(col(&row, "id")?))
    }

    async fn key_named(&mut self, token: &TokenHash) -> Result<Option<(ApiKeyId, String)>, StoreError> {
        let row = self.query_opt(KEY_NAMED, &[&self.tenant(), &token.0.as_slice()]).await?;
        row.map(|row| Ok((Id::new(col(&row, "id")?), col(&row, "name")?))).transpose()
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
        owner: Id::new(col(row, "owner_id")?),
        owner_name: col(row, "owner_name")?,
        permissions: PermissionSet::of_names(names),
        created_at: col(row, "created_at")?,
        expires_at: col(row, "expires_at")?,
        last_used_at: col(row, "last_used_at")?,
        revoked_at: col(row, "revoked_at")?,
    })
}
