//! Who belongs to the firm, and who was asked to join.

use crate::accounts::user;
use crate::held::held;
use crate::rows::col;
use crate::sql::statements;
use crate::tx::PgTx;
use async_trait::async_trait;
use identity::TokenHash;
use identity::team::{Invitation, Member, NewInvitation, NewMember, Team};
use kernel::id::{CustomRoleId, InvitationId, UserId};
use kernel::moment::Instant;
use kernel::{Id, Role, StoreError};
use tokio_postgres::Row;

statements! {
    // Not a lock on the key, which every insert of the firm needs.
    HOLD_FIRM = "SELECT id FROM tenants WHERE id = $1 FOR NO KEY UPDATE";
    MEMBERS = "SELECT u.id, u.email, u.display_name, u.role, u.active, u.preferences, u.version, u.totp_since IS NOT NULL AS second_factor, u.custom_role_id, r.name AS role_name, r.permissions AS role_permissions,
        (SELECT max(s.last_seen_at) FROM sessions s WHERE s.tenant_id = u.tenant_id AND s.user_id = u.id) AS last_seen_at,
        (SELECT count(*) FROM filings f WHERE f.tenant_id = u.tenant_id AND f.assignee_id = u.id AND f.state IN ('open', 'in_review')) AS open_filings,
        (SELECT count(*) FROM clients c WHERE c.tenant_id = u.tenant_id AND c.owner_id = u.id) AS clients
        FROM users u LEFT JOIN custom_roles r ON r.tenant_id = u.tenant_id AND r.id = u.custom_role_id
        WHERE u.tenant_id = $1 ORDER BY u.active DESC, u.display_name, u.id";
    SEATS_USED = "SELECT (SELECT count(*) FROM users WHERE tenant_id = $1 AND active AND role <> 'portal')
        + (SELECT count(*) FROM invitations WHERE tenant_id = $1 AND accepted_at IS NULL AND revoked_at IS NULL AND role <> 'portal') AS n";
    ACTIVE_ADMINS = "SELECT count(*) AS n FROM users WHERE tenant_id = $1 AND active AND role = 'admin'";
    SAVE_POST = "UPDATE users SET role = $4, custom_role_id = $5, version = version + 1 WHERE tenant_id = $1 AND id = $2 AND version = $3";
    SAVE_ACTIVE = "UPDATE users SET active = $4, version = version + 1 WHERE tenant_id = $1 AND id = $2 AND version = $3";
    INVITATIONS = "SELECT i.id, i.email, i.display_name, i.role, i.custom_role_id, r.name AS role_name, r.permissions AS role_permissions, i.invited_by, i.sent_at, i.expires_at
        FROM invitations i LEFT JOIN custom_roles r ON r.tenant_id = i.tenant_id AND r.id = i.custom_role_id
        WHERE i.tenant_id = $1 AND i.accepted_at IS NULL AND i.revoked_at IS NULL ORDER BY i.email";
    ADD_INVITATION = "INSERT INTO invitations (tenant_id, email, display_name, role, custom_role_id, token_hash, invited_by, created_at, sent_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9) RETURNING id";
    RENEW_INVITATION = "UPDATE invitations SET token_hash = $3, sent_at = $4, expires_at = $5 WHERE tenant_id = $1 AND id = $2 AND accepted_at IS NULL AND revoked_at IS NULL RETURNING id";
    END_INVITATION = "UPDATE invitations SET revoked_at = $3 WHERE tenant_id = $1 AND id = $2 AND accepted_at IS NULL AND revoked_at IS NULL RETURNING id";
    INVITATION_OF = "SELECT id FROM invitations WHERE tenant_id = $1 AND token_hash = $2 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $3";
    TAKE_INVITATION = "UPDATE invitations SET accepted_at = $3 WHERE tenant_id = $1 AND token_hash = $2 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $3 RETURNING id";
    INVITATION = "SELECT i.id, i.email, i.display_name, i.role, i.custom_role_id, r.name AS role_name, r.permissions AS role_permissions, i.invited_by, i.sent_at, i.expires_at
        FROM invitations i LEFT JOIN custom_roles r ON r.tenant_id = i.tenant_id AND r.id = i.custom_role_id
        WHERE i.tenant_id = $1 AND i.id = $2";
    ADD_MEMBER = "INSERT INTO users (tenant_id, email, display_name, role, custom_role_id, password_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id";
    ADD_DIRECTORY = "INSERT INTO login_directory (email, tenant_id, user_id) VALUES ($1, $2, $3)";
}

impl PgTx {
    /// The invitation of a row that names only its id.
    async fn invitation(&mut self, found: Option<Row>) -> Result<Option<Invitation>, StoreError> {
        let Some(found) = found else { return Ok(None) };
        let id: i64 = col(&found, "id")?;
        let row = self.query_opt(INVITATION, &[&self.tenant(), &id]).await?;
        row.as_ref().map(invitation).transpose()
    }
}

#[async_trait]
impl Team for PgTx {
    async fn hold_firm(&mut self) -> Result<(), StoreError> {
        self.query_one(HOLD_FIRM, &[&self.tenant()]).await?;
        Ok(())
    }

    async fn members(&mut self) -> Result<Vec<Member>, StoreError> {
        let rows = self.query(MEMBERS, &[&self.tenant()]).await?;
        rows.iter()
            .map(|row| {
                Ok(Member {
                    user: user(row)?,
                    last_seen_at: col(row, "last_seen_at")?,
                    open_filings: col(row, "open_filings")?,
                    clients: col(row, "clients")?,
                })
            })
            .collect()
    }

    async fn seats_used(&mut self) -> Result<i64, StoreError> {
        col(&self.query_one(SEATS_USED, &[&self.tenant()]).await?, "n")
    }

    async fn active_admins(&mut self) -> Result<i64, StoreError> {
        col(&self.query_one(ACTIVE_ADMINS, &[&self.tenant()]).await?, "n")
    }

    async fn save_post(
        &mut self,
        user: UserId,
        version: i64,
        role: Role,
        custom: Option<CustomRoleId>,
    ) -> Result<(), StoreError> {
        let custom = custom.map(Id::get);
        let changed = self
            .execute(SAVE_POST, &[&self.tenant(), &user.get(), &version, &role.as_str(), &custom])
            .await?;
        if changed == 0 { Err(StoreError::Stale) } else { Ok(()) }
    }

    async fn save_active(&mut self, user: UserId, version: i64, active: bool) -> Result<(), StoreError> {
        let changed = self.execute(SAVE_ACTIVE, &[&self.tenant(), &user.get(), &version, &active]).await?;
        if changed == 0 { Err(StoreError::Stale) } else { Ok(()) }
    }

    async fn invitations(&mut self) -> Result<Vec<Invitation>, StoreError> {
        self.query(INVITATIONS, &[&self.tenant()]).await?.iter().map(invitation).collect()
    }

    async fn add_invitation(&mut self, new: &NewInvitation) -> Result<InvitationId, StoreError> {
        let row = self
            .query_one(
                ADD_INVITATION,
                &[
                    &self.tenant(),
                    &new.email,
                    &new.display_name,
                    &new.role.as_str(),
                    &new.custom_role.map(Id::get),
                    &new.token.0.as_slice(),
                    &new.invited_by.get(),
                    &new.at,
                    &new.until,
                ],
            )
            .await?;
        Ok(Id::new(col(&row, "id")?))
    }

    async fn renew_invitation(
        &mut self,
        id: InvitationId,
        token: TokenHash,
        at: Instant,
        until: Instant,
    ) -> Result<Option<Invitation>, StoreError> {
        let token = token.0.as_slice();
        let found =
            self.query_opt(RENEW_INVITATION, &[&self.tenant(), &id.get(), &token, &at, &until]).await?;
        self.invitation(found).await
    }

    async fn end_invitation(
        &mut self,
        id: InvitationId,
        at: Instant,
    ) -> Result<Option<Invitation>, StoreError> {
        let found = self.query_opt(END_INVITATION, &[&self.tenant(), &id.get(), &at]).await?;
        self.invitation(found).await
    }

    async fn invitation_of(
        &mut self,
        token: TokenHash,
        at: Instant,
    ) -> Result<Option<Invitation>, StoreError> {
        let found = self.query_opt(INVITATION_OF, &[&self.tenant(), &token.0.as_slice(), &at]).await?;
        self.invitation(found).await
    }

    async fn take_invitation(
        &mut self,
        token: TokenHash,
        at: Instant,
    ) -> Result<Option<Invitation>, StoreError> {
        let found = self.query_opt(TAKE_INVITATION, &[&self.tenant(), &token.0.as_slice(), &at]).await?;
        self.invitation(found).await
    }

    async fn add_member(&mut self, new: &NewMember) -> Result<UserId, StoreError> {
        let row = self
            .query_one(
                ADD_MEMBER,
                &[
                    &self.tenant(),
                    &new.email,
                    &new.display_name,
                    &new.role.as_str(),
                    &new.custom_role.map(Id::get),
                    &new.password_hash,
                    &new.at,
                ],
            )
            .await?;
        let id: i64 = col(&row, "id")?;
        self.execute(ADD_DIRECTORY, &[&new.email, &self.tenant(), &id]).await?;
        Ok(Id::new(id))
    }
}

fn invitation(row: &Row) -> Result<Invitation, StoreError> {
    let invited_by: i64 = col(row, "invited_by")?;
    let held = held(row, Id::new(invited_by))?;
    Ok(Invitation {
        id: Id::new(col(row, "id")?),
        email: col(row, "email")?,
        display_name: col(row, "display_name")?,
        role: held.role,
        custom_role: held.custom,
        invited_by: Id::new(invited_by),
        sent_at: col(row, "sent_at")?,
        expires_at: col(row, "expires_at")?,
    })
}
