//! The pools, and the `Database` port of `app`.

use crate::config::{ConnectError, DatabaseConfig, tls, wants_tls};
use crate::counting::Caches;
use crate::error::{pool_error, store_error};
use crate::held::held;
use crate::lane::Lanes;
use crate::rows::col;
use crate::sql::statements;
use crate::tx::PgTx;
use app::{Database, Door, Means, Pass, Tx};
use async_trait::async_trait;
use clients::ClientFile;
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime};
use filings::{FilingCounts, FilingFilter, FilingRow, FilingSort};
use kernel::id::{ClientId, TenantId, UserId};
use kernel::moment::Instant;
use kernel::{Actor, Date, Entitlements, Id, Page, PageRequest, PermissionSet, StoreError};
use std::sync::Arc;
use std::time::Duration;
use tokio_postgres::types::Json;
use tokio_postgres::{NoTls, Row};

pub use app::SignedIn;

statements! {
    FIRMS_OF = "SELECT tenant_id FROM login_directory WHERE email = $1 ORDER BY tenant_id";
    SESSION = "SELECT s.id AS session_id, s.user_id, s.last_seen_at, u.display_name, u.role, u.custom_role_id, r.name AS role_name, r.permissions AS role_permissions,
        u.totp_since IS NOT NULL AS second_factor, t.require_totp, t.entitlements
        FROM sessions s JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id JOIN tenants t ON t.id = s.tenant_id
        LEFT JOIN custom_roles r ON r.tenant_id = u.tenant_id AND r.id = u.custom_role_id
        WHERE s.tenant_id = $1 AND s.token_hash = $2 AND s.ended_at IS NULL AND s.expires_at > $3 AND u.active";
    KEY = "SELECT k.id AS key_id, k.owner_id AS user_id, coalesce(k.last_used_at, k.created_at - interval '1 day') AS last_seen_at, k.name AS key_name, k.permissions AS scope,
        u.display_name, u.role, u.custom_role_id, r.name AS role_name, r.permissions AS role_permissions,
        u.totp_since IS NOT NULL AS second_factor, t.require_totp, t.entitlements
        FROM api_keys k JOIN users u ON u.tenant_id = k.tenant_id AND u.id = k.owner_id JOIN tenants t ON t.id = k.tenant_id
        LEFT JOIN custom_roles r ON r.tenant_id = u.tenant_id AND r.id = u.custom_role_id
        WHERE k.tenant_id = $1 AND k.token_hash = $2 AND k.revoked_at IS NULL AND k.expires_at > $3 AND u.active";
    TOUCH_SESSION = "UPDATE sessions SET last_seen_at = $3 WHERE tenant_id = $1 AND id = $2";
    TOUCH_KEY = "UPDATE api_keys SET last_used_at = $3 WHERE tenant_id = $1 AND id = $2";
    PING = "SELECT 1 AS one";
}

/// Connections to one database: a pool for requests, shared lanes for short reads, a small pool for the worker's look
/// across firms.
#[derive(Clone)]
pub struct PgDatabase {
    pool: Pool,
    relay: Pool,
    pub(crate) lanes: Arc<Lanes>,
    pub(crate) caches: Arc<Caches>,
}

impl std::fmt::Debug for PgDatabase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PgDatabase")
    }
}

impl PgDatabase {
    /// Prepares the pools. No connection is made yet, so this works while the database is away.
    pub fn new(config: &DatabaseConfig) -> Result<Self, ConnectError> {
        let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Ok(Self {
            pool: pool(config, ROLE, config.pool_size)?,
            relay: pool(config, "zippcrm_relay", 2)?,
            lanes: Arc::new(Lanes::new(config, ROLE, threads.min(config.pool_size))),
            caches: Arc::default(),
        })
    }

    /// An open transaction of the actor's firm.
    pub(crate) async fn transaction(&self, actor: &Actor) -> Result<PgTx, StoreError> {
        PgTx::begin(self.connection().await?, actor, Arc::clone(&self.caches)).await
    }

    async fn connection(&self) -> Result<Object, StoreError> {
        self.pool.get().await.map_err(pool_error)
    }

    pub(crate) async fn relay(&self) -> Result<Object, StoreError> {
        self.relay.get().await.map_err(pool_error)
    }
}

/// The role of requests: owns nothing, bound by row-level security.
const ROLE: &str = "zippcrm_app";

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
        Ok(Box::new(self.transaction(actor).await?))
    }

    async fn firms_of(&self, email: &str) -> Result<Vec<TenantId>, StoreError> {
        let client = self.connection().await?;
        let statement = client.prepare_cached(FIRMS_OF.text).await.map_err(store_error)?;
        let rows = client.query(&statement, &[&email]).await.map_err(store_error)?;
        rows.iter().map(|row| Ok(Id::new(col(row, "tenant_id")?))).collect()
    }

    async fn who(&self, pass: &Pass) -> Result<Option<SignedIn>, StoreError> {
        self.session_only(pass).await
    }

    async fn read_client(
        &self,
        pass: &Pass,
        id: ClientId,
        today: Date,
    ) -> Result<Option<(SignedIn, Option<ClientFile>)>, StoreError> {
        self.client_in_one_flight(pass, id, today).await
    }

    async fn read_filings(
        &self,
        pass: &Pass,
        filter: &FilingFilter,
        sort: &[(FilingSort, bool)],
        page: PageRequest,
        today: Date,
    ) -> Result<Option<(SignedIn, Page<FilingRow>, FilingCounts)>, StoreError> {
        self.filings_in_one_flight(pass, filter, sort, page, today).await
    }

    async fn touch(&self, tenant: TenantId, door: Door, at: Instant) -> Result<(), StoreError> {
        let actor = Actor::system(tenant, at, "touch");
        let tx = self.transaction(&actor).await?;
        let (statement, id) = match door {
            Door::Session(id) => (TOUCH_SESSION, id.get()),
            Door::Key(id) => (TOUCH_KEY, id.get()),
        };
        tx.execute(statement, &[&tenant.get(), &id, &at]).await?;
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

/// The person on a row of `SESSION` or `KEY`.
pub(crate) fn signed_in(pass: &Pass, row: &Row) -> Result<SignedIn, StoreError> {
    let who = person(pass, row)?;
    if pass.means == Means::Session {
        return Ok(who);
    }
    // What its maker may not do any more, the key may not either.
    let scope: Vec<&str> = col(row, "scope")?;
    let key: &str = col(row, "key_name")?;
    let permissions = who.permissions.and(PermissionSet::of_names(scope));
    Ok(SignedIn { permissions, name: format!("{} (key {key})", who.name), ..who })
}

fn person(pass: &Pass, row: &Row) -> Result<SignedIn, StoreError> {
    let user: UserId = Id::new(col(row, "user_id")?);
    let held = held(row, user)?;
    let needs = col(row, "require_totp")? || held.permissions.administers();
    let has: bool = col(row, "second_factor")?;
    Ok(SignedIn {
        tenant: pass.tenant,
        door: match pass.means {
            Means::Session => Door::Session(Id::new(col(row, "session_id")?)),
            Means::Key => Door::Key(Id::new(col(row, "key_id")?)),
        },
        user,
        name: col(row, "display_name")?,
        role: held.role,
        role_name: held.custom.map(|custom| custom.name),
        permissions: held.permissions,
        must_enrol: needs && !has,
        entitlements: col::<Option<Json<Entitlements>>>(row, "entitlements")?
            .map_or_else(Entitlements::nothing, |json| Arc::new(json.0)),
        last_seen_at: col(row, "last_seen_at")?,
    })
}
