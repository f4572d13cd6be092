//! What the worker may see across firms, and the making of a firm.

use crate::database::PgDatabase;
use crate::error::store_error;
use crate::rows::col;
use crate::sql::statements;
use crate::tx::PgTx;
use app::NewFirm;
use deadpool_postgres::Object;
use kernel::id::{ImportId, TenantId, UserId};
use kernel::moment::Instant;
use kernel::{Actor, Commit, Id, StoreError};

statements! {
    TENANTS = "SELECT id FROM tenants ORDER BY id";
    COMMITTING_IMPORTS = "SELECT tenant_id, id FROM imports WHERE status = 'committing' ORDER BY tenant_id, id LIMIT 100";
    ADD_TENANT = "INSERT INTO tenants (id, name, created_at, evaluation_from) OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $3)";
    ADD_USER = "INSERT INTO users (tenant_id, email, display_name, role, password_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id";
    ADD_DIRECTORY = "INSERT INTO login_directory (email, tenant_id, user_id) VALUES ($1, $2, $3)";
    NEXT_TENANT = "SELECT nextval(pg_get_serial_sequence('app.tenants', 'id')) AS id";
}

/// All firms. Runs as the relay role, which sees their ids and nothing else.
pub(crate) async fn tenants(db: &PgDatabase) -> Result<Vec<TenantId>, StoreError> {
    let client = db.relay().await?;
    let rows = client.query(TENANTS.text, &[]).await.map_err(store_error)?;
    rows.iter().map(|row| Ok(Id::new(col(row, "id")?))).collect()
}

/// Imports that were being written when a process ended.
pub(crate) async fn imports_to_resume(db: &PgDatabase) -> Result<Vec<(TenantId, ImportId)>, StoreError> {
    let client = db.relay().await?;
    let rows = client.query(COMMITTING_IMPORTS.text, &[]).await.map_err(store_error)?;
    rows.iter().map(|row| Ok((Id::new(col(row, "tenant_id")?), Id::new(col(row, "id")?)))).collect()
}

/// Makes a firm and its people. The id is taken first, because the row-level policy needs it before the row is there.
pub(crate) async fn create_tenant(
    client: Object,
    firm: &NewFirm,
    at: Instant,
) -> Result<(TenantId, Vec<UserId>), StoreError> {
    let row = client.query_one(NEXT_TENANT.text, &[]).await.map_err(store_error)?;
    let tenant: TenantId = Id::new(col(&row, "id")?);
    let tx =
        PgTx::begin(client, &Actor::system(tenant, at, "create-firm"), std::sync::Arc::default()).await?;
    tx.execute(ADD_TENANT, &[&tenant.get(), &firm.name, &at]).await?;
    let mut users = Vec::new();
    for person in &firm.people {
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 6] = [
            &tenant.get(),
            &person.email,
            &person.display_name,
            &person.role.as_str(),
            &person.password_hash,
            &at,
        ];
        let row = tx.query_one(ADD_USER, &params).await?;
        let id: i64 = col(&row, "id")?;
        tx.execute(ADD_DIRECTORY, &[&person.email, &tenant.get(), &id]).await?;
        users.push(Id::new(id));
    }
    Box::new(tx).commit().await?;
    Ok((tenant, users))
}
