//! A Redis of one test, on a socket of its own. `cargo xtask test` installs the program when it is absent.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A running server; ended and removed when dropped.
#[derive(Debug)]
pub struct RedisServer {
    child: Child,
    home: PathBuf,
}

impl RedisServer {
    /// Starts an empty one.
    pub fn start() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let home = std::env::temp_dir().join(format!("zippcrm-redis-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&home).expect("a directory for Redis");
        let child = run(&home);
        Self { child, home }
    }

    /// Where it listens, for `REDIS_URL`.
    pub fn url(&self) -> String {
        format!("redis+unix://{}", self.home.join("redis.sock").display())
    }

    /// Ends it; what was in it is gone.
    pub fn end(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
        drop(std::fs::remove_file(self.home.join("redis.sock")));
    }

    /// Starts it again, empty.
    pub fn again(&mut self) {
        self.child = run(&self.home);
    }
}

/// Starts one and waits until it says that it listens.
fn run(home: &Path) -> Child {
    let mut child = Command::new("redis-server")
        .args(["--port", "0", "--unixsocket", "redis.sock", "--save", "", "--appendonly", "no"])
        .current_dir(home)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("redis-server is missing; on Debian: apt-get install redis-server, or run cargo xtask test");
    let output = child.stdout.take().expect("its output");
    let mut lines = BufReader::new(output).lines();
    let ready = lines.any(|line| line.is_ok_and(|line| line.contains("ready to accept connections")));
    assert!(ready, "redis-server ended before it was ready");
    // It goes on writing now and then; somebody must read.
    std::thread::spawn(move || lines.count());
    child
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.end();
        drop(std::fs::remove_dir_all(&self.home));
    }
}
