//! People, sessions and one-use tokens.

use crate::held::held;
use crate::rows::{col, small, stored};
use crate::sql::statements;
use crate::tx::PgTx;
use async_trait::async_trait;
use identity::{
    Accounts, Credentials, Firm, Mail, NewSession, Preferences, SessionInfo, Theme, TokenHash, User,
};
use kernel::id::{SessionId, UserId};
use kernel::moment::Instant;
use kernel::{Id, StoreError};
use serde_json::{Value, json};
use tokio_postgres::Row;

statements! {
    FIRM = "SELECT id, name, breach_after_days, require_totp, rules_version FROM tenants WHERE id = $1";
    SET_BREACH = "UPDATE tenants SET breach_after_days = $2, rules_version = rules_version + 1 WHERE id = $1 AND rules_version = $3";
    BY_EMAIL = "SELECT u.id, u.email, u.display_name, u.role, u.active, u.preferences, u.version, u.totp_since IS NOT NULL AS second_factor, u.custom_role_id, r.name AS role_name, r.permissions AS role_permissions, u.password_hash FROM users u LEFT JOIN custom_roles r ON r.tenant_id = u.tenant_id AND r.id = u.custom_role_id WHERE u.tenant_id = $1 AND u.email = $2";
    BY_ID = "SELECT u.id, u.email, u.display_name, u.role, u.active, u.preferences, u.version, u.totp_since IS NOT NULL AS second_factor, u.custom_role_id, r.name AS role_name, r.permissions AS role_permissions, u.password_hash FROM users u LEFT JOIN custom_roles r ON r.tenant_id = u.tenant_id AND r.id = u.custom_role_id WHERE u.tenant_id = $1 AND u.id = $2";
    USERS = "SELECT u.id, u.email, u.display_name, u.role, u.active, u.preferences, u.version, u.totp_since IS NOT NULL AS second_factor, u.custom_role_id, r.name AS role_name, r.permissions AS role_permissions FROM users u LEFT JOIN custom_roles r ON r.tenant_id = u.tenant_id AND r.id = u.custom_role_id WHERE u.tenant_id = $1 ORDER BY u.display_name, u.id";
    SAVE_USER = "UPDATE users SET display_name = $3, preferences = $4, version = version + 1 WHERE tenant_id = $1 AND id = $2 AND version = $5";
    SET_PASSWORD = "UPDATE users SET password_hash = $3, version = version + 1 WHERE tenant_id = $1 AND id = $2";
    REPLACE_HASH = "UPDATE users SET password_hash = $4 WHERE tenant_id = $1 AND id = $2 AND password_hash = $3";
    OPEN_SESSION = "INSERT INTO sessions (tenant_id, user_id, token_hash, created_at, last_seen_at, expires_at, address, user_agent) VALUES ($1, $2, $3, $4, $4, $5, $6, $7) RETURNING id";
    SESSIONS_OF = "SELECT id, created_at, last_seen_at, address, user_agent FROM sessions WHERE tenant_id = $1 AND user_id = $2 AND ended_at IS NULL AND expires_at > $3 ORDER BY last_seen_at DESC, id DESC LIMIT 100";
    END_SESSION = "UPDATE sessions SET ended_at = $4 WHERE tenant_id = $1 AND user_id = $2 AND id = $3 AND ended_at IS NULL";
    END_SESSIONS_BUT = "UPDATE sessions SET ended_at = $3 WHERE tenant_id = $1 AND user_id = $2 AND ended_at IS NULL AND ($4::bigint IS NULL OR id <> $4)";
    ADD_RESET = "INSERT INTO password_resets (tenant_id, user_id, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)";
    TAKE_RESET = "UPDATE password_resets SET used_at = $3 WHERE tenant_id = $1 AND token_hash = $2 AND used_at IS NULL AND expires_at > $3 RETURNING user_id";
    QUEUE_MAIL = "INSERT INTO email_outbox (tenant_id, to_email, subject, body, html_body, send_after, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
}

#[async_trait]
impl Accounts for PgTx {
    async fn firm(&mut self) -> Result<Firm, StoreError> {
        let row = self.query_one(FIRM, &[&self.tenant()]).await?;
        Ok(Firm {
            id: Id::new(col(&row, "id")?),
            name: col(&row, "name")?,
            breach_after_days: small(col(&row, "breach_after_days")?),
            require_totp: col(&row, "require_totp")?,
            rules_version: col(&row, "rules_version")?,
        })
    }

    async fn set_breach_after_days(&mut self, days: u16, expected: i64) -> Result<(), StoreError> {
        let changed = self.execute(SET_BREACH, &[&self.tenant(), &stored(days), &expected]).await?;
        if changed == 0 { Err(StoreError::Stale) } else { Ok(()) }
    }

    async fn credentials(&mut self, email: &str) -> Result<Option<Credentials>, StoreError> {
        let row = self.query_opt(BY_EMAIL, &[&self.tenant(), &email]).await?;
        row.as_ref().map(credentials).transpose()
    }

    async fn user(&mut self, id: UserId) -> Result<Option<Credentials>, StoreError> {
        let row = self.query_opt(BY_ID, &[&self.tenant(), &id.get()]).await?;
        row.as_ref().map(credentials).transpose()
    }

    async fn users(&mut self) -> Result<Vec<User>, StoreError> {
        self.query(USERS, &[&self.tenant()]).await?.iter().map(user).collect()
    }

    async fn save_user(&mut self, user: &User) -> Result<(), StoreError> {
        let preferences = json!({
            "theme": user.preferences.theme.as_str(),
            "singleKeys": user.preferences.single_keys,
            "alertMail": user.preferences.alert_mail,
        });
        let changed = self
            .execute(
                SAVE_USER,
                &[&self.tenant(), &user.id.get(), &user.display_name, &preferences, &user.version],
            )
            .await?;
        if changed == 0 { Err(StoreError::Stale) } else { Ok(()) }
    }

    async fn set_password(&mut self, user: UserId, hash: &str) -> Result<(), StoreError> {
        self.execute(SET_PASSWORD, &[&self.tenant(), &user.get(), &hash]).await?;
        Ok(())
    }

    async fn replace_hash(&mut self, user: UserId, old: &str, new: &str) -> Result<bool, StoreError> {
        Ok(self.execute(REPLACE_HASH, &[&self.tenant(), &user.get(), &old, &new]).await? > 0)
    }

    async fn open_session(&mut self, s: &NewSession) -> Result<SessionId, StoreError> {
        let row = self
            .query_one(
                OPEN_SESSION,
                &[
                    &self.tenant(),
                    &s.user.get(),
                    &s.token.0.as_slice(),
                    &s.created_at,
                    &s.expires_at,
                    &s.address,
                    &s.user_agent,
                ],
            )
            .await?;
        Ok(Id::new(col(&row, "id")?))
    }

    async fn sessions_of(&mut self, user: UserId, at: Instant) -> Result<Vec<SessionInfo>, StoreError> {
        let rows = self.query(SESSIONS_OF, &[&self.tenant(), &user.get(), &at]).await?;
        rows.iter()
            .map(|row| {
                Ok(SessionInfo {
                    id: Id::new(col(row, "id")?),
                    created_at: col(row, "created_at")?,
                    last_seen_at: col(row, "last_seen_at")?,
                    address: col(row, "address")?,
                    user_agent: col(row, "user_agent")?,
                })
            })
            .collect()
    }

    async fn end_session_of(&mut self, user: UserId, id: SessionId, at: Instant) -> Result<bool, StoreError> {
        let ended = self.execute(END_SESSION, &[&self.tenant(), &user.get(), &id.get(), &at]).await?;
        Ok(ended > 0)
    }

    async fn end_sessions_but(
        &mut self,
        user: UserId,
        keep: Option<SessionId>,
        at: Instant,
    ) -> Result<u64, StoreError> {
        self.execute(END_SESSIONS_BUT, &[&self.tenant(), &user.get(), &at, &keep.map(Id::get)]).await
    }

    async fn add_reset(
        &mut self,
        user: UserId,
        token: TokenHash,
        at: Instant,
        until: Instant,
    ) -> Result<(), StoreError> {
        self.execute(ADD_RESET, &[&self.tenant(), &user.get(), &token.0.as_slice(), &at, &until]).await?;
        Ok(())
    }

    async fn take_reset(&mut self, token: TokenHash, at: Instant) -> Result<Option<UserId>, StoreError> {
        let row = self.query_opt(TAKE_RESET, &[&self.tenant(), &token.0.as_slice(), &at]).await?;
        row.map(|row| Ok(Id::new(col(&row, "user_id")?))).transpose()
    }

    async fn queue_mail(&mut self, mail: &Mail, at: Instant) -> Result<(), StoreError> {
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 7] =
            [&self.tenant(), &mail.to, &mail.subject, &mail.body, &mail.html, &mail.send_after, &at];
        self.execute(QUEUE_MAIL, &params).await?;
        Ok(())
    }
}

fn credentials(row: &Row) -> Result<Credentials, StoreError> {
    Ok(Credentials { user: user(row)?, password_hash: col(row, "password_hash")? })
}

pub(crate) fn user(row: &Row) -> Result<User, StoreError> {
    let id: i64 = col(row, "id")?;
    let held = held(row, Id::new(id))?;
    let preferences: Value = col(row, "preferences")?;
    let default = Preferences::default();
    Ok(User {
        id: Id::new(id),
        email: col(row, "email")?,
        display_name: col(row, "display_name")?,
        role: held.role,
        custom_role: held.custom,
        permissions: held.permissions,
        second_factor: col(row, "second_factor")?,
        active: col(row, "active")?,
        preferences: Preferences {
            theme: preferences["theme"].as_str().and_then(Theme::parse).unwrap_or(default.theme),
            single_keys: preferences["singleKeys"].as_bool().unwrap_or(default.single_keys),
            alert_mail: preferences["alertMail"].as_bool().unwrap_or(default.alert_mail),
        },
        version: col(row, "version")?,
    })
}
