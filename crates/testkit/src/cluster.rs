//! The PostgreSQL server of the tests: one per target directory, shared by all test processes.
//!
//! The first process that asks starts it in `<target>/test-pg` (empty, no syncing to disk); it is stopped when
//! nobody has asked for a quarter of an hour, and `cargo xtask test` stops it at its end. Set
//! `ZIPPCRM_TEST_PG` to a superuser's connection string to run the tests on another server.

use std::path::{Path, PathBuf};

use adapter_embedded_pg::{Options, shared};
use tokio::sync::OnceCell;
use tokio_postgres::Config;

static ADMIN: OnceCell<Config> = OnceCell::const_new();

/// Superuser settings for the test server, on its `postgres` database; starts the server when needed.
///
/// # Panics
/// When there is no server and none can be started; the message says what to do.
pub async fn admin() -> Config {
    ADMIN.get_or_init(start).await.clone()
}

async fn start() -> Config {
    if let Some(text) = variable("ZIPPCRM_TEST_PG") {
        return text.parse().unwrap_or_else(|e| panic!("ZIPPCRM_TEST_PG is not a connection string: {e}"));
    }
    shared::ensure(options()).await.unwrap_or_else(|e| panic!("{e}"))
}

/// How the shared server is run.
fn options() -> Options {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let settings = [("max_connections", "200"), ("shared_buffers", "64MB"), ("autovacuum", "off")];
    Options {
        bin: variable("CRM_PG_BIN").map(PathBuf::from),
        search: vec![root.join("frontend/node_modules")],
        settings: settings.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        scratch: true,
        ..Options::new(target_dir().join("test-pg"))
    }
}

/// The target directory this test program was built in: cargo marks it with `CACHEDIR.TAG`.
fn target_dir() -> PathBuf {
    std::env::current_exe()
        .ok()
        .and_then(|exe| exe.ancestors().find(|d| d.join("CACHEDIR.TAG").is_file()).map(Path::to_path_buf))
        .unwrap_or_else(|| std::env::temp_dir().join("zippcrm-tests"))
}

#[expect(clippy::disallowed_methods, reason = "tests have no configuration file")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|v| !v.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_server_answers_with_room_for_many_connections() {
        let (client, connection) = admin().await.connect(tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        let room: String = client.query_one("show max_connections", &[]).await.unwrap().get(0);
        if variable("ZIPPCRM_TEST_PG").is_none() {
            assert_eq!(room, "200");
        }
    }
}
