//! A throw-away server for the end-to-end tests: free port, its own state directory, gone at the end.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use crate::shell;

/// Every demo user's password on this server; made up for the tests.
pub(crate) const DEMO_PASSWORD: &str = "only-for-the-e2e-server-1";
/// The key of the demo administrator's second factor on this server; made up for the tests as well.
pub(crate) const DEMO_TOTP: &str = "ONLYFORTHEE2ESERVERAAAAAAAAAAAAA";
const PATIENCE: Duration = Duration::from_secs(180);

/// The running server; stopped and its state removed when dropped.
pub(crate) struct Server {
    child: Child,
    state: PathBuf,
    port: u16,
}

impl Server {
    /// Starts the debug build with demo data and waits until it is ready.
    pub(crate) fn start() -> Result<Self, String> {
        let port = free_port()?;
        let state = std::env::temp_dir().join(format!("zippcrm-e2e-{}", std::process::id()));
        let log = shell::target_dir().join("xtask/e2e-server.log");
        shell::write(&log, b"")?;
        let file = File::create(&log).map_err(|e| format!("Could not write {}: {e}.", log.display()))?;
        let copy = file.try_clone().map_err(|e| format!("Could not write {}: {e}.", log.display()))?;
        let child = Command::new(shell::program(false))
            .args(["serve", "--demo"])
            .current_dir(shell::root())
            .env("PORT", port.to_string())
            .env("ZIPPCRM_STATE_DIR", &state)
            .env("ZIPPCRM_WEB_DIR", shell::frontend().join("dist"))
            .env("ZIPPCRM_DEMO_PASSWORD", DEMO_PASSWORD)
            .env("ZIPPCRM_DEMO_TOTP", DEMO_TOTP)
            // The limits have tests of their own; these sign many people in from one address.
            .env("RATE_LIMIT_SIGN_IN", "60")
            .env_remove("DATABASE_URL")
            .stdout(file)
            .stderr(copy)
            .spawn()
            .map_err(|e| format!("The server could not be started: {e}."))?;
        let mut server = Self { child, state, port };
        server.wait_ready(&log)?;
        Ok(server)
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    fn wait_ready(&mut self, log: &Path) -> Result<(), String> {
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            if is_ready(self.port) {
                return Ok(());
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("The server ended ({status}). {}", tail(log)));
            }
            thread::sleep(Duration::from_millis(100));
        }
        Err(format!("The server was not ready after {} seconds. {}", PATIENCE.as_secs(), tail(log)))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let pid = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status().is_ok_and(|s| s.success());
        let begin = Instant::now();
        while asked && begin.elapsed() < Duration::from_secs(30) {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                break;
            }
            thread::sleep(Duration::from_millis(50));
        }
        drop(self.child.kill());
        drop(self.child.wait());
        // The database may be kept elsewhere when its account cannot enter the temp root.
        if let Ok(elsewhere) = fs::read_link(self.state.join("elsewhere")) {
            drop(fs::remove_dir_all(elsewhere));
        }
        drop(fs::remove_dir_all(&self.state));
    }
}

fn free_port() -> Result<u16, String> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|l| l.local_addr())
        .map(|a| a.port())
        .map_err(|e| format!("No free port: {e}."))
}

/// Asks the readiness page; true on status 200.
fn is_ready(port: u16) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(
            stream,
            "GET /api/health/ready HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n"
        )?;
        let mut head = [0; 12];
        stream.read_exact(&mut head)?;
        Ok(head.ends_with(b" 200"))
    };
    ask().unwrap_or(false)
}

fn tail(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    let last = lines.get(lines.len().saturating_sub(15)..).unwrap_or_default().join("\n");
    format!("The end of {}:\n{last}", log.display())
}
