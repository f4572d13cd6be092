//! Roles that a firm made.

use crate::rows::col;
use crate::sql::statements;
use crate::tx::PgTx;
use async_trait::async_trait;
use identity::roles::{CustomRole, Roles};
use kernel::id::CustomRoleId;
use kernel::moment::Instant;
use kernel::{Id, PermissionSet, StoreError};
use tokio_postgres::Row;

statements! {
    ROLES = "SELECT r.id, r.name, r.permissions, r.version,
        (SELECT count(*) FROM users u WHERE u.tenant_id = r.tenant_id AND u.custom_role_id = r.id)
        + (SELECT count(*) FROM invitations i WHERE i.tenant_id = r.tenant_id AND i.custom_role_id = r.id AND i.accepted_at IS NULL AND i.revoked_at IS NULL) AS in_use
        FROM custom_roles r WHERE r.tenant_id = $1 ORDER BY r.name, r.id";
    LOCK_ROLE = "SELECT r.id, r.name, r.permissions, r.version,
        (SELECT count(*) FROM users u WHERE u.tenant_id = r.tenant_id AND u.custom_role_id = r.id)
        + (SELECT count(*) FROM invitations i WHERE i.tenant_id = r.tenant_id AND i.custom_role_id = r.id AND i.accepted_at IS NULL AND i.revoked_at IS NULL) AS in_use
        FROM custom_roles r WHERE r.tenant_id = $1 AND r.id = $2 FOR UPDATE OF r";
    ADD_ROLE = "INSERT INTO custom_roles (tenant_id, name, permissions, created_at, updated_at) VALUES ($1, $2, $3, $4, $4) RETURNING id";
    SAVE_ROLE = "UPDATE custom_roles SET name = $3, permissions = $4, updated_at = $5, version = version + 1 WHERE tenant_id = $1 AND id = $2 AND version = $6";
    FORGET_INVITED = "DELETE FROM invitations WHERE tenant_id = $1 AND custom_role_id = $2";
    DROP_ROLE = "DELETE FROM custom_roles WHERE tenant_id = $1 AND id = $2";
}

#[async_trait]
impl Roles for PgTx {
    async fn custom_roles(&mut self) -> Result<Vec<CustomRole>, StoreError> {
        self.query(ROLES, &[&self.tenant()]).await?.iter().map(role).collect()
    }

    async fn lock_custom_role(&mut self, id: CustomRoleId) -> Result<Option<CustomRole>, StoreError> {
        self.query_opt(LOCK_ROLE, &[&self.tenant(), &id.get()]).await?.as_ref().map(role).transpose()
    }

    async fn add_custom_role(
        &mut self,
        name: &str,
        permissions: PermissionSet,
        at: Instant,
    ) -> Result<CustomRoleId, StoreError> {
        let row = self.query_one(ADD_ROLE, &[&self.tenant(), &name, &permissions.names(), &at]).await?;
        Ok(Id::new(col(&row, "id")?))
    }

    async fn save_custom_role(&mut self, role: &CustomRole, at: Instant) -> Result<(), StoreError> {
        let names = role.permissions.names();
        let changed = self
            .execute(SAVE_ROLE, &[&self.tenant(), &role.id.get(), &role.name, &names, &at, &role.version])
            .await?;
        if changed == 0 { Err(StoreError::Stale) } else { Ok(()) }
    }

    async fn drop_custom_role(&mut self, id: CustomRoleId) -> Result<(), StoreError> {
        // Invitations that are over hold nothing but the memory of the role; the journal has it as well.
        self.execute(FORGET_INVITED, &[&self.tenant(), &id.get()]).await?;
        self.execute(DROP_ROLE, &[&self.tenant(), &id.get()]).await?;
        Ok(())
    }
}

fn role(row: &Row) -> Result<CustomRole, StoreError> {
    let names: Vec<&str> = col(row, "permissions")?;
    Ok(CustomRole {
        id: Id::new(col(row, "id")?),
        name: col(row, "name")?,
        permissions: PermissionSet::of_names(names),
        version: col(row, "version")?,
        in_use: col(row, "in_use")?,
    })
}
