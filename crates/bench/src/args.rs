//! What to measure, and with which programs.

use std::path::PathBuf;

/// How many rows.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// For the heading.
    pub name: &'static str,
    /// Clients of the firm.
    pub clients: i64,
    /// Filings of each.
    pub filings_per_client: i64,
    /// Clients of a second firm that are planned beside them: as many as take a minute or so.
    pub planned: i64,
}

/// The command line.
#[derive(Debug)]
pub struct Args {
    /// Smallest first.
    pub sizes: Vec<Size>,
    /// Length of one round of requests.
    pub seconds: u64,
    /// The `zippcrm` program.
    pub server: PathBuf,
    /// The `pgbench` program.
    pub pgbench: PathBuf,
    /// Where the JSON goes.
    pub results: PathBuf,
    /// Where state directories are made.
    pub scratch: PathBuf,
}

const FULL: Size = Size { name: "full", clients: 100_000, filings_per_client: 10, planned: 15_000 };
const TENTH: Size = Size { name: "tenth", clients: 10_000, filings_per_client: 10, planned: 10_000 };
const TINY: Size = Size { name: "tiny", clients: 500, filings_per_client: 10, planned: 500 };

impl Args {
    /// Reads `--size`, `--seconds`, and the paths that xtask gives.
    pub fn read(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut args = Self {
            sizes: vec![TENTH, FULL],
            seconds: 5,
            server: PathBuf::new(),
            pgbench: PathBuf::from("pgbench"),
            results: PathBuf::from("bench-results"),
            scratch: std::env::temp_dir(),
        };
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or(format!("{word} needs a value"));
            match word.as_str() {
                "--size" => {
                    args.sizes = match value()?.as_str() {
                        "full" => vec![FULL],
                        "tenth" => vec![TENTH],
                        "tiny" => vec![TINY],
                        "both" => vec![TENTH, FULL],
                        other => return Err(format!("--size is full, tenth, both or tiny, not {other}")),
                    }
                }
                "--seconds" => {
                    let text = value()?;
                    args.seconds =
                        text.parse().ok().filter(|n| (1..=60).contains(n)).ok_or("--seconds is 1 to 60")?;
                }
                "--server" => args.server = value()?.into(),
                "--pgbench" => args.pgbench = value()?.into(),
                "--results" => args.results = value()?.into(),
                "--scratch" => args.scratch = value()?.into(),
                other => {
                    return Err(format!("`bench` does not know `{other}`; it takes --size and --seconds"));
                }
            }
        }
        Ok(args)
    }
}
