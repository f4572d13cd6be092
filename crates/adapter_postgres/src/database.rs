//! The pools, and the `Database` port of `app`.

use crate::config::{ConnectError, DatabaseConfig, tls, wants_tls};
use crate::error::{pool_error, store_error};
use crate::rows::{col, word};
use crate::sql::statements;
use crate::tx::{PgTx, set_tenant};
use app::{Database, Tx};
use async_trait::async_trait;
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime};
use futures_util::try_join;
use identity::TokenHash;
use kernel::id::{SessionId, TenantId, UserId};
use kernel::moment::Instant;
use kernel::{Actor, Id, Role, StoreError};
use std::time::Duration;
use tokio_postgres::NoTls;

pub use app::SignedIn;

statements! {
    FIRMS_OF = "SELECT tenant_id FROM login_directory WHERE email = $1 ORDER BY tenant_id";
    SESSION = "SELECT s.id AS session_id, s.user_id, s.last_seen_at, u.display_name, u.role
        FROM sessions s JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
        WHERE s.tenant_id = $1 AND s.token_hash = $2 AND s.ended_at IS NULL AND s.expires_at > $3 AND u.active";
    TOUCH_SESSION = "UPDATE sessions SET last_seen_at = $3 WHERE tenant_id = $1 AND id = $2";
    PING = "SELECT 1 AS one";
}

/// Connections to one database: a pool for requests, a small one for the worker's look across firms.
#[derive(Clone)]
pub struct PgDatabase {
    pool: Pool,
    relay: Pool,
}

impl std::fmt::Debug for PgDatabase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PgDatabase")
    }
}

impl PgDatabase {
    /// Prepares the pools. No connection is made yet, so this works while the database is away.
    pub fn new(config: &DatabaseConfig) -> Result<Self, ConnectError> {
        Ok(Self {
            pool: pool(config, "zippcrm_app", config.pool_size)?,
            relay: pool(config, "zippcrm_relay", 2)?,
        })
    }

    async fn connection(&self) -> Result<Object, StoreError> {
        self.pool.get().await.map_err(pool_error)
    }

    pub(crate) async fn relay(&self) -> Result<Object, StoreError> {
        self.relay.get().await.map_err(pool_error)
    }
}

fn pool(config: &DatabaseConfig, role: &str, size: usize) -> Result<Pool, ConnectError> {
    let settings = config.as_role(role);
    let manager_config = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = if wants_tls(&settings) {
        Manager::from_config(settings, tls(), manager_config)
    } else {
        Manager::from_config(settings, NoTls, manager_config)
    };
    Pool::builder(manager)
        .max_size(size)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(Duration::from_secs(5)))
        .create_timeout(Some(Duration::from_secs(5)))
        .recycle_timeout(Some(Duration::from_secs(5)))
        .build()
        .map_err(|error| ConnectError::Url(error.to_string()))
}

#[async_trait]
impl Database for PgDatabase {
    async fn begin(&self, actor: &Actor) -> Result<Box<dyn Tx>, StoreError> {
        let client = self.connection().await?;
        Ok(Box::new(PgTx::begin(client, actor).await?))
    }

    async fn firms_of(&self, email: &str) -> Result<Vec<TenantId>, StoreError> {
        let client = self.connection().await?;
        let statement = client.prepare_cached(FIRMS_OF.text).await.map_err(store_error)?;
        let rows = client.query(&statement, &[&email]).await.map_err(store_error)?;
        rows.iter().map(|row| Ok(Id::new(col(row, "tenant_id")?))).collect()
    }

    async fn session(
        &self,
        tenant: TenantId,
        token: TokenHash,
        at: Instant,
    ) -> Result<Option<SignedIn>, StoreError> {
        let client = self.connection().await?;
        let statement = client.prepare_cached(SESSION.text).await.map_err(store_error)?;
        let (set, id, hash) = (set_tenant(tenant.get()), tenant.get(), token.0.to_vec());
        // BEGIN, SET LOCAL, the query and COMMIT in one flight: one round trip.
        let answer = try_join!(
            async { client.batch_execute("BEGIN").await },
            async { client.batch_execute(&set).await },
            async { client.query_opt(&statement, &[&id, &hash, &at]).await },
            async { client.batch_execute("COMMIT").await },
        );
        let ((), (), row, ()) = match answer {
            Ok(answer) => answer,
            Err(error) => {
                drop(Object::take(client));
                return Err(store_error(error));
            }
        };
        let Some(row) = row else { return Ok(None) };
        let user: UserId = Id::new(col(&row, "user_id")?);
        let role: String = col(&row, "role")?;
        Ok(Some(SignedIn {
            tenant,
            session: Id::new(col(&row, "session_id")?),
            user,
            name: col(&row, "display_name")?,
            role: word(Role::parse(&role), "users", "role", user.get(), &role)?,
            last_seen_at: col(&row, "last_seen_at")?,
        }))
    }

    async fn touch_session(&self, tenant: TenantId, id: SessionId, at: Instant) -> Result<(), StoreError> {
        let actor = Actor::system(tenant, at, "touch");
        let tx = PgTx::begin(self.connection().await?, &actor).await?;
        tx.execute(TOUCH_SESSION, &[&tenant.get(), &id.get(), &at]).await?;
        kernel::Commit::commit(Box::new(tx)).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        let client = self.connection().await?;
        client.query_one(PING.text, &[]).await.map_err(store_error)?;
        Ok(())
    }

    async fn tenants(&self) -> Result<Vec<TenantId>, StoreError> {
        crate::relay::tenants(self).await
    }

    async fn imports_to_resume(&self) -> Result<Vec<(TenantId, kernel::id::ImportId)>, StoreError> {
        crate::relay::imports_to_resume(self).await
    }

    async fn create_tenant(
        &self,
        firm: &app::NewFirm,
        at: Instant,
    ) -> Result<(TenantId, Vec<UserId>), StoreError> {
        crate::relay::create_tenant(self.connection().await?, firm, at).await
    }
}
