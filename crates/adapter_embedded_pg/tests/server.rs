//! The embedded server for real: start, stop, refusal, crash. Needs the programs (`CRM_PG_BIN`, or
//! `frontend/node_modules`, or a system installation).
#![expect(clippy::unwrap_used, reason = "a failing helper is a failing test")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use adapter_embedded_pg::{EmbeddedPg, EmbeddedPgError, Options, shared};
use tokio_postgres::{Config, NoTls};

/// A directory below the temp root that the server's account can reach; removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let dir = std::env::temp_dir().join(format!("zippcrm-t-{name}-{}", std::process::id()));
        drop(fs::remove_dir_all(&dir));
        fs::create_dir_all(&dir).unwrap();
        Self(dir)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn options(state: &Path) -> Options {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    Options {
        bin: std::env::var_os("CRM_PG_BIN").map(PathBuf::from),
        search: vec![root.join("frontend/node_modules")],
        scratch: true,
        ..Options::new(state)
    }
}

async fn one_row(config: &Config, sql: &str) -> String {
    let (client, connection) = config.connect(NoTls).await.unwrap();
    let driver = tokio::spawn(connection);
    let text: String = client.query_one(sql, &[]).await.unwrap().get(0);
    drop(client);
    drop(driver.await);
    text
}

async fn run(config: &Config, sql: &str) {
    let (client, connection) = config.connect(NoTls).await.unwrap();
    let driver = tokio::spawn(connection);
    client.batch_execute(sql).await.unwrap();
    drop(client);
    drop(driver.await);
}

#[tokio::test]
async fn a_second_start_finds_the_data_and_makes_no_new_cluster() {
    let dir = Scratch::new("restart");
    let server = EmbeddedPg::start(options(&dir.0)).await.unwrap();
    let config = server.admin_config();
    assert!(one_row(&config, "show server_version").await.parse::<f32>().unwrap() >= 16.0);
    assert_eq!(one_row(&config, "select current_user::text").await, "crm");
    assert_eq!(one_row(&config, "show listen_addresses").await, "", "never on the network");
    run(&config, "create extension pg_trgm; create table kept (word text); insert into kept values ('yes')")
        .await;
    let made = fs::metadata(server.data_dir().join("PG_VERSION")).unwrap().modified().unwrap();
    server.stop().await.unwrap();

    let begin = Instant::now();
    let server = EmbeddedPg::start(options(&dir.0)).await.unwrap();
    eprintln!("second start: {:?}", begin.elapsed());
    let url: Config = server.admin_url().parse().unwrap();
    assert_eq!(one_row(&url, "select word from kept").await, "yes");
    let again = fs::metadata(server.data_dir().join("PG_VERSION")).unwrap().modified().unwrap();
    assert_eq!(made, again);
    server.stop().await.unwrap();
    assert!(config.connect(NoTls).await.is_err(), "stopped means stopped");
}

#[tokio::test]
async fn settings_of_the_caller_win() {
    let dir = Scratch::new("settings");
    let mut wanted = options(&dir.0);
    wanted.settings =
        vec![("max_connections".into(), "37".into()), ("timezone".into(), "Asia/Kolkata".into())];
    let server = EmbeddedPg::start(wanted).await.unwrap();
    assert_eq!(one_row(&server.admin_config(), "show max_connections").await, "37");
    assert_eq!(one_row(&server.admin_config(), "show timezone").await, "Asia/Kolkata");
}

#[tokio::test]
async fn a_bad_setting_is_reported_with_the_log() {
    let dir = Scratch::new("bad");
    let mut wanted = options(&dir.0);
    wanted.settings = vec![("max_connections".into(), "many".into())];
    let error = EmbeddedPg::start(wanted).await.unwrap_err();
    assert!(matches!(error, EmbeddedPgError::EarlyExit { .. }), "{error:?}");
    assert!(error.to_string().contains("max_connections"), "{error}");
}

#[tokio::test]
async fn a_second_starter_is_told_who_holds_the_directory() {
    let dir = Scratch::new("two");
    let server = EmbeddedPg::start(options(&dir.0)).await.unwrap();
    let refusal = EmbeddedPg::start(options(&dir.0)).await.unwrap_err().to_string();
    let pid = std::process::id().to_string();
    assert!(refusal.contains(&format!("in use by process {pid}")), "{refusal}");
    assert!(refusal.contains("ZIPPCRM_STATE_DIR"), "{refusal}");
    assert_eq!(one_row(&server.admin_config(), "select 'alive'").await, "alive");
}

#[tokio::test]
async fn a_stale_pid_file_that_names_a_living_stranger_is_no_obstacle() {
    let dir = Scratch::new("stale");
    let server = EmbeddedPg::start(options(&dir.0)).await.unwrap();
    let data = server.data_dir().to_path_buf();
    let socket = server.socket_dir().join(".s.PGSQL.5432");
    server.stop().await.unwrap();
    let text = format!("{}\n{}\n1\n5432\n{}\n\n", std::process::id(), data.display(), socket.display());
    fs::write(data.join("postmaster.pid"), text).unwrap();
    fs::write(&socket, "").unwrap();
    fs::write(socket.with_file_name(".s.PGSQL.5432.lock"), format!("{}\n", std::process::id())).unwrap();
    let server = EmbeddedPg::start(options(&dir.0)).await.unwrap();
    assert_eq!(one_row(&server.admin_config(), "select 'up'").await, "up");
}

#[tokio::test]
async fn data_of_another_major_version_is_left_alone() {
    let dir = Scratch::new("major");
    fs::create_dir_all(dir.0.join("data")).unwrap();
    fs::write(dir.0.join("data/PG_VERSION"), "9\n").unwrap();
    let error = EmbeddedPg::start(options(&dir.0)).await.unwrap_err();
    assert!(matches!(error, EmbeddedPgError::WrongMajor { .. }), "{error:?}");
    assert!(error.to_string().contains("made by PostgreSQL 9"), "{error}");
    assert_eq!(fs::read_to_string(dir.0.join("data/PG_VERSION")).unwrap(), "9\n");
}

#[tokio::test]
async fn a_long_path_gets_its_socket_in_a_short_place() {
    let dir = Scratch::new("long");
    let deep = dir.0.join("a".repeat(60)).join("b".repeat(60));
    let server = EmbeddedPg::start(options(&deep)).await.unwrap();
    assert!(!server.socket_dir().starts_with(&deep));
    assert_eq!(one_row(&server.admin_config(), "select 'up'").await, "up");
    let short = server.socket_dir().to_path_buf();
    server.stop().await.unwrap();
    fs::remove_dir_all(short).unwrap();
}

#[tokio::test]
async fn a_directory_that_the_servers_account_cannot_enter_is_served_from_elsewhere() {
    use std::os::unix::fs::PermissionsExt;
    let dir = Scratch::new("closed");
    fs::set_permissions(&dir.0, fs::Permissions::from_mode(0o700)).unwrap();
    for scratch in [true, false] {
        let state = dir.0.join(format!("state-{scratch}"));
        let mut homes = Vec::new();
        for _ in 0..2 {
            let server = EmbeddedPg::start(Options { scratch, ..options(&state) }).await.unwrap();
            assert_eq!(one_row(&server.admin_config(), "select 'up'").await, "up");
            homes.push(server.data_dir().parent().unwrap().to_path_buf());
            server.stop().await.unwrap();
        }
        assert_eq!(homes[0], homes[1], "the second start finds the first one's data");
        if let Ok(home) = fs::read_link(state.join("elsewhere")) {
            assert_eq!(home, homes[0]);
            assert_eq!(home.starts_with("/var/lib/zippcrm"), !scratch);
            fs::remove_dir_all(home).unwrap();
        }
    }
}

/// Copies a directory without following links, as an archive would without its links.
fn copy_files(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (kind, target) = (entry.file_type().unwrap(), to.join(entry.file_name()));
        if kind.is_dir() {
            copy_files(&entry.path(), &target);
        } else if kind.is_file() && entry.path().extension().is_none_or(|e| e != "a") {
            fs::copy(entry.path(), &target).unwrap();
        }
    }
}

#[tokio::test]
async fn programs_in_a_private_home_and_without_their_library_links_are_made_to_run() {
    use std::os::unix::fs::PermissionsExt;
    let dir = Scratch::new("programs");
    let first = EmbeddedPg::start(options(&dir.0.join("first"))).await.unwrap();
    let program: PathBuf =
        one_row(&first.admin_config(), "select setting from pg_config where name = 'BINDIR'").await.into();
    first.stop().await.unwrap();
    let native = program.parent().unwrap();
    if !native.join("pg-symlinks.json").is_file() {
        return; // A system's own PostgreSQL is not in one directory that could be moved.
    }
    let home = dir.0.join("home");
    copy_files(native, &home.join("native"));
    fs::set_permissions(&home, fs::Permissions::from_mode(0o700)).unwrap();
    let state = dir.0.join("second");
    let server = EmbeddedPg::start(Options { bin: Some(home.clone()), ..options(&state) }).await.unwrap();
    assert_eq!(one_row(&server.admin_config(), "select 'up'").await, "up");
    let used: PathBuf =
        one_row(&server.admin_config(), "select setting from pg_config where name = 'BINDIR'").await.into();
    let root = std::os::unix::fs::MetadataExt::uid(&fs::metadata("/proc/self").unwrap()) == 0;
    assert_eq!(used.starts_with(&state), root, "root's server runs a copy, {}", used.display());
}

/// Not a test of its own: the process that `kill -9` hits in the next test.
#[tokio::test]
#[ignore = "started by a_killed_owner_leaves_nothing_in_the_way"]
async fn helper_holds_a_server() {
    let Some(dir) = std::env::var_os("ZIPPCRM_TEST_HOLD") else { return };
    let server = EmbeddedPg::start(options(Path::new(&dir))).await.unwrap();
    run(&server.admin_config(), "create table kept as select 'written' as word").await;
    println!("\nHELD");
    server.ended().await;
}

fn holder(dir: &Path) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "helper_holds_a_server", "--ignored", "--nocapture"])
        .env("ZIPPCRM_TEST_HOLD", dir)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.map_while(Result::ok).any(|line| line == "HELD"), "the helper came up");
    child
}

#[tokio::test]
async fn a_killed_owner_leaves_nothing_in_the_way() {
    let dir = Scratch::new("killed");
    let mut child = holder(&dir.0);
    child.kill().unwrap();
    child.wait().unwrap();
    let server = EmbeddedPg::start(options(&dir.0)).await.unwrap();
    assert_eq!(one_row(&server.admin_config(), "select word from kept").await, "written");
}

#[tokio::test]
async fn a_shared_server_is_found_again_and_stops_on_request() {
    let dir = Scratch::new("shared");
    let first = shared::ensure(options(&dir.0)).await.unwrap();
    run(&first, "create table seen as select 'same server' as word").await;
    let (a, b) = tokio::join!(shared::ensure(options(&dir.0)), shared::ensure(options(&dir.0)));
    assert_eq!(one_row(&a.unwrap(), "select word from seen").await, "same server");
    assert_eq!(one_row(&b.unwrap(), "select word from seen").await, "same server");

    // An owner that starts on the same directory meets a living server that nobody owns: it replaces it.
    let owned = EmbeddedPg::start(options(&dir.0)).await.unwrap();
    assert_eq!(one_row(&owned.admin_config(), "select word from seen").await, "same server");
    owned.stop().await.unwrap();

    let cold = shared::ensure(options(&dir.0)).await.unwrap();
    let left = one_row(&cold, "select count(*)::text from pg_class where relname = 'seen'").await;
    assert_eq!(left, "0", "a cold start of the shared server is empty");
    shared::stop(options(&dir.0)).await.unwrap();
    assert!(cold.connect(NoTls).await.is_err());
}
