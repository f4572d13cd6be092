//! The yardstick: `pgbench` with 16 clients, prepared statements and the bare SQL, as the owner of the tables.

use crate::server::Place;
use std::fs;
use std::path::Path;

/// The yardstick's plans are kept as ours are: planning anew each time would only flatter us.
const OPTIONS: &str = "-c search_path=app -c plan_cache_mode=force_generic_plan";

/// What a run reached.
pub struct Reached {
    /// Transactions per second.
    pub per_second: f64,
    /// Microseconds of some of them.
    pub micros: Vec<u32>,
}

/// A script and the values of its variables.
pub struct Script {
    /// The statement with `:pN` for its parameters.
    pub sql: String,
    /// Lines before it, such as `\set p2 random(1, 100)`.
    pub setup: String,
    /// Values that do not change.
    pub values: Vec<(String, String)>,
}

impl Script {
    /// The script of a statement of the product.
    pub fn of(statement: &str) -> Self {
        Self { sql: named(statement), setup: String::new(), values: Vec::new() }
    }

    /// Runs it with 16 clients.
    pub async fn run(&self, pgbench: &Path, place: &Place, seconds: u64) -> Result<Reached, String> {
        let stem = place.directory().join("pgbench");
        let file = stem.with_extension("sql");
        fs::write(&file, format!("{}{};\n", self.setup, self.sql))
            .map_err(|e| format!("{}: {e}", file.display()))?;
        let mut command = tokio::process::Command::new(pgbench);
        command.args(["-n", "-M", "prepared", "-c", "16", "-j", "2", "-T", &seconds.to_string()]);
        // The time of a few of its transactions: writing down all of them would slow it.
        command.args(["-l", "--sampling-rate=0.05"]).arg("--log-prefix").arg(&stem);
        command.arg("-h").arg(place.socket()).args(["-p", "5432", "-U", "crm", "-f"]).arg(&file);
        for (name, value) in &self.values {
            command.arg("-D").arg(format!("{name}={value}"));
        }
        command.arg("zippcrm").env("PGOPTIONS", OPTIONS).kill_on_drop(true);
        let output = command.output().await;
        let micros = times(&stem);
        drop(fs::remove_file(&file));
        let output = output.map_err(|e| format!("{}: {e}", pgbench.display()))?;
        let text = String::from_utf8_lossy(&output.stdout);
        let line = text.lines().find_map(|line| line.strip_prefix("tps = "));
        let tps = line.and_then(|l| l.split(' ').next()).and_then(|n| n.parse().ok());
        match tps {
            Some(per_second) if output.status.success() => Ok(Reached { per_second, micros }),
            _ => Err(format!("pgbench: {text}{}", String::from_utf8_lossy(&output.stderr))),
        }
    }
}

/// Reads and removes the logs that begin with `stem`: one transaction a line, its microseconds the third word.
fn times(stem: &Path) -> Vec<u32> {
    let (Some(dir), Some(name)) = (stem.parent(), stem.file_name().and_then(|n| n.to_str())) else {
        return Vec::new();
    };
    let mut micros = Vec::new();
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let own =
            entry.file_name().to_str().and_then(|n| n.strip_prefix(name)).is_some_and(|rest| {
                rest.starts_with('.') && rest[1..].starts_with(|c: char| c.is_ascii_digit())
            });
        if own {
            let text = fs::read_to_string(entry.path()).unwrap_or_default();
            micros.extend(text.lines().filter_map(|l| l.split(' ').nth(2)?.parse::<u32>().ok()));
            drop(fs::remove_file(entry.path()));
        }
    }
    micros
}

/// `$1` as `:p1`.
fn named(statement: &str) -> String {
    let mut out = String::with_capacity(statement.len());
    let mut chars = statement.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '$' && chars.peek().is_some_and(char::is_ascii_digit) {
            out.push_str(":p");
        } else if c == '\n' {
            out.push(' ');
        } else {
            out.push(c);
        }
    }
    out
}
