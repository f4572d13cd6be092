//! The yardstick: `pgbench` with 16 clients, prepared statements and the bare SQL, as the owner of the tables.

use std::fs;
use std::path::Path;
use std::process::Command;

/// The yardstick's plans are kept as ours are: planning anew each time would only flatter us.
const OPTIONS: &str = "-c search_path=app -c plan_cache_mode=force_generic_plan";

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

    /// Runs it; answers transactions per second.
    pub fn run(&self, pgbench: &Path, socket: &Path, scratch: &Path, seconds: u64) -> Result<f64, String> {
        let file = scratch.join(format!("zippcrm-bench-{}.sql", std::process::id()));
        fs::write(&file, format!("{}{};\n", self.setup, self.sql))
            .map_err(|e| format!("{}: {e}", file.display()))?;
        let mut command = Command::new(pgbench);
        command.args(["-n", "-M", "prepared", "-c", "16", "-j", "2", "-T", &seconds.to_string()]);
        command.arg("-h").arg(socket).args(["-p", "5432", "-U", "crm", "-f"]).arg(&file);
        for (name, value) in &self.values {
            command.arg("-D").arg(format!("{name}={value}"));
        }
        command.arg("zippcrm").env("PGOPTIONS", OPTIONS);
        let output = command.output().map_err(|e| format!("{}: {e}", pgbench.display()))?;
        drop(fs::remove_file(&file));
        let text = String::from_utf8_lossy(&output.stdout);
        let line = text.lines().find_map(|line| line.strip_prefix("tps = "));
        let tps = line.and_then(|l| l.split(' ').next()).and_then(|n| n.parse().ok());
        match tps {
            Some(tps) if output.status.success() => Ok(tps),
            _ => Err(format!("pgbench: {text}{}", String::from_utf8_lossy(&output.stderr))),
        }
    }
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
