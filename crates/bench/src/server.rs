//! The product under test: its own process, its embedded PostgreSQL, its own state directory.

use crate::guard::Guard;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio_postgres::{Client, Config, NoTls};

/// How long a start may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A state directory and the programs that work on it; removed when dropped.
pub struct Place {
    program: PathBuf,
    state: PathBuf,
    /// Where the server listens.
    pub port: u16,
}

/// A running server; stopped when dropped.
pub struct Server {
    child: Child,
    /// Dropped after the server has ended.
    _guard: Guard,
    /// From the start of the process to the first 200 of the readiness page.
    pub ready_after: Duration,
}

impl Place {
    /// A fresh one.
    pub fn new(program: &Path, scratch: &Path) -> Result<Self, String> {
        let state = scratch.join(format!("zippcrm-bench-{}", std::process::id()));
        drop(fs::remove_dir_all(&state));
        let listener =
            std::net::TcpListener::bind(("127.0.0.1", 0)).map_err(|e| format!("no free port: {e}"))?;
        let port = listener.local_addr().map_err(|e| e.to_string())?.port();
        Ok(Self { program: program.to_owned(), state, port })
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("ZIPPCRM_STATE_DIR", &self.state)
            .env("PORT", self.port.to_string())
            .env("RATE_LIMIT_GENERAL", "4000000000")
            .env("RATE_LIMIT_SIGN_IN", "1000");
        command
    }

    /// Makes a firm; answers the one-time password of its administrator.
    pub async fn create_firm(&self, name: &str, email: &str) -> Result<String, String> {
        let mut command = tokio::process::Command::from(self.command());
        let output = command
            .args(["create-firm", name, email, "--plan", "enterprise"])
            .kill_on_drop(true)
            .output()
            .await;
        let output = output.map_err(|e| format!("{}: {e}", self.program.display()))?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let password = text.lines().find_map(|line| line.strip_prefix("One-time password: "));
        password
            .map(|p| p.trim().to_owned())
            .ok_or_else(|| format!("create-firm said: {text}{}", String::from_utf8_lossy(&output.stderr)))
    }

    /// Starts the server and waits until it is ready.
    pub async fn serve(&self) -> Result<Server, String> {
        let log = File::options().create(true).append(true).open(self.state.join("bench-server.log"));
        let log = log.map_err(|e| format!("the server's log: {e}"))?;
        let begin = Instant::now();
        let child =
            self.command().arg("serve").stdout(Stdio::null()).stderr(log).stdin(Stdio::null()).spawn();
        let child = child.map_err(|e| format!("{}: {e}", self.program.display()))?;
        let mut server =
            Server { _guard: Guard::over(child.id(), &self.state), child, ready_after: Duration::ZERO };
        while begin.elapsed() < PATIENCE {
            if crate::load::status(self.port, "/api/health/ready", "").await == Ok(200) {
                server.ready_after = begin.elapsed();
                return Ok(server);
            }
            if let Ok(Some(status)) = server.child.try_wait() {
                return Err(format!("the server ended ({status}); {}", self.log_tail()));
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Err(format!("the server was not ready in time; {}", self.log_tail()))
    }

    /// The end of the server's log.
    pub fn log_tail(&self) -> String {
        let text = fs::read_to_string(self.state.join("bench-server.log")).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines.get(lines.len().saturating_sub(10)..).unwrap_or_default().join("\n")
    }

    /// The program under test.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// Its directory, for files of this run.
    pub fn directory(&self) -> &Path {
        &self.state
    }

    /// The directory of the database's socket.
    pub fn socket(&self) -> PathBuf {
        fs::read_link(self.state.join("elsewhere")).unwrap_or_else(|_| self.state.clone()).join("run")
    }

    /// A connection as the owner of everything, bound by no policy.
    pub async fn owner(&self) -> Result<Client, String> {
        let mut config = Config::new();
        config.host_path(self.socket()).port(5432).user("crm").dbname("zippcrm");
        config.options("-c search_path=app");
        let (client, connection) = config.connect(NoTls).await.map_err(|e| format!("the database: {e}"))?;
        tokio::spawn(connection);
        Ok(client)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Ok(elsewhere) = fs::read_link(self.state.join("elsewhere")) {
            drop(fs::remove_dir_all(elsewhere));
        }
        drop(fs::remove_dir_all(&self.state));
    }
}

impl Server {
    /// Resident memory now and at its highest, in megabytes.
    pub fn memory(&self) -> (f64, f64) {
        memory_of(self.child.id())
    }

    /// Processor time of the server so far.
    pub fn cpu(&self) -> Duration {
        cpu_of(self.child.id())
    }

    /// Stops it in order, database included.
    pub async fn stop(mut self) {
        self.ask();
        for _ in 0..600 {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn ask(&self) {
        drop(Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(Some(_))) {
            return;
        }
        self.ask();
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_secs(30) {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Resident memory of a process now and at its highest, in megabytes.
pub fn memory_of(pid: u32) -> (f64, f64) {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let read = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|l| l.split_whitespace().next()).and_then(|n| n.parse::<f64>().ok());
        number.unwrap_or(0.0) / 1024.0
    };
    (read("VmRSS:"), read("VmHWM:"))
}

/// User and system time of a process, at the kernel's hundred ticks a second.
fn cpu_of(pid: u32) -> Duration {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let after = text.rsplit(") ").next().unwrap_or_default();
    let ticks: u64 = after.split(' ').skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}
