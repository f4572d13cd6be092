//! One database per test, copied from a migrated template, dropped when the value goes.
//!
//! The template carries a hash of `migrations/` in its name and is made once, under an advisory lock, by whichever test
//! process comes first.

use crate::cluster;
use adapter_postgres::{DatabaseConfig, migrate};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio_postgres::{Client, Config, NoTls};

/// Held in the `postgres` database while the template is looked for or made.
const TEMPLATE_LOCK: i64 = 0x0074_6573_746B_6974;

/// A database of its own for one test.
#[derive(Debug)]
pub struct TestDb {
    admin: Config,
    name: String,
}

impl TestDb {
    /// A migrated database without rows.
    ///
    /// # Panics
    /// When the test server cannot be reached or a migration fails.
    pub async fn new() -> Self {
        let admin = cluster::admin().await;
        let template = template(&admin).await;
        Self::create(admin, &format!("TEMPLATE {template}")).await
    }

    /// A database without a schema. The two application roles exist on the server.
    ///
    /// # Panics
    /// When the test server cannot be reached.
    pub async fn unmigrated() -> Self {
        let admin = cluster::admin().await;
        template(&admin).await;
        Self::create(admin, "").await
    }

    async fn create(admin: Config, how: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("t_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let client = connect(&admin).await;
        let make = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        client.batch_execute(&make).await.unwrap_or_else(|e| panic!("{make}: {e}"));
        let make = format!("CREATE DATABASE {name} {how}");
        client.batch_execute(&make).await.unwrap_or_else(|e| panic!("{make}: {e}"));
        Self { admin, name }
    }

    /// How the product reaches this database, with a pool of five.
    pub fn config(&self) -> DatabaseConfig {
        self.config_with_pool(5)
    }

    /// The same with a pool of another size.
    pub fn config_with_pool(&self, pool_size: usize) -> DatabaseConfig {
        DatabaseConfig { owner: self.owner(), pool_size }
    }

    /// A connection as the owner of the schema, who is bound by no policy, on the schema `app`.
    pub async fn owner_client(&self) -> Client {
        let mut config = self.owner();
        config.options("-c search_path=app");
        connect(&config).await
    }

    /// A connection as one of the product's roles, `zippcrm_app` or `zippcrm_relay`.
    pub async fn role_client(&self, role: &str) -> Client {
        let mut config = self.owner();
        config.options(format!("-c role={role} -c search_path=app"));
        connect(&config).await
    }

    /// Ends every connection and lets nobody in until [`TestDb::back`], as when the database is away.
    ///
    /// # Panics
    /// When the test server cannot be reached.
    pub async fn away(&self) {
        let name = &self.name;
        let admin = connect(&self.admin).await;
        let shut = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        admin.batch_execute(&shut).await.unwrap_or_else(|e| panic!("{shut}: {e}"));
        let end = "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = $1";
        admin.query_one(end, &[name]).await.unwrap_or_else(|e| panic!("{end}: {e}"));
    }

    /// Lets connections in again.
    ///
    /// # Panics
    /// When the test server cannot be reached.
    pub async fn back(&self) {
        let open = format!("ALTER DATABASE {} ALLOW_CONNECTIONS true", self.name);
        connect(&self.admin).await.batch_execute(&open).await.unwrap_or_else(|e| panic!("{open}: {e}"));
    }

    fn owner(&self) -> Config {
        let mut owner = self.admin.clone();
        owner.dbname(&self.name);
        owner
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        let (admin, name) = (self.admin.clone(), self.name.clone());
        let dropping = std::thread::spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
                return;
            };
            runtime.block_on(async {
                if let Ok((client, connection)) = admin.connect(NoTls).await {
                    let driving = tokio::spawn(connection);
                    let _ =
                        client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
                    drop(client);
                    let _ = driving.await;
                }
            });
        });
        let _ = dropping.join();
    }
}

async fn connect(config: &Config) -> Client {
    let (client, connection) =
        config.connect(NoTls).await.unwrap_or_else(|e| panic!("no test database: {e}"));
    tokio::spawn(connection);
    client
}

/// The name of the migrated template; makes it when it is missing. A half-made one is thrown away: only the finished
/// one carries the name.
async fn template(admin: &Config) -> String {
    let name = format!("template_{:016x}", schema_hash());
    let client = connect(admin).await;
    let lock = client.query_one("SELECT pg_advisory_lock($1)::text", &[&TEMPLATE_LOCK]).await;
    lock.unwrap_or_else(|e| panic!("template lock: {e}"));
    let found = client.query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&name]).await;
    if found.unwrap_or_else(|e| panic!("looking for the template: {e}")).is_none() {
        let raw = format!("{name}_raw");
        for make in [format!("DROP DATABASE IF EXISTS {raw} WITH (FORCE)"), format!("CREATE DATABASE {raw}")]
        {
            client.batch_execute(&make).await.unwrap_or_else(|e| panic!("{make}: {e}"));
        }
        let mut owner = admin.clone();
        owner.dbname(&raw);
        migrate(&DatabaseConfig { owner, pool_size: 1 })
            .await
            .unwrap_or_else(|e| panic!("migrating the template: {e}"));
        let end = "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = $1";
        client.query_one(end, &[&raw]).await.unwrap_or_else(|e| panic!("{end}: {e}"));
        let rename = format!("ALTER DATABASE {raw} RENAME TO {name}");
        client.batch_execute(&rename).await.unwrap_or_else(|e| panic!("{rename}: {e}"));
    }
    let unlock = client.query_one("SELECT pg_advisory_unlock($1)", &[&TEMPLATE_LOCK]).await;
    unlock.unwrap_or_else(|e| panic!("template unlock: {e}"));
    name
}

fn schema_hash() -> u64 {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations");
    let entries = std::fs::read_dir(&dir).unwrap_or_else(|e| panic!("{}: {e}", dir.display()));
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "sql"));
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.file_name().hash(&mut hasher);
        std::fs::read(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display())).hash(&mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn two_tests_never_see_each_other() {
        let (first, second) = tokio::join!(TestDb::new(), TestDb::new());
        let insert = "INSERT INTO tenants (name, created_at) VALUES ('one', now())";
        first.owner_client().await.batch_execute(insert).await.unwrap();
        let count = "SELECT count(*) FROM tenants";
        let rows: i64 = second.owner_client().await.query_one(count, &[]).await.unwrap().get(0);
        assert_eq!(rows, 0);
    }

    #[tokio::test]
    async fn the_database_goes_with_the_value() {
        let db = TestDb::new().await;
        let name = db.name.clone();
        drop(db);
        let admin = connect(&cluster::admin().await).await;
        let found = admin.query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&name]).await.unwrap();
        assert!(found.is_none(), "{name} is still there");
    }
}
