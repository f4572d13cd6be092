//! The speed table: the real server against PostgreSQL's own `pgbench`, on the same rows in the same minute.
//!
//! Run by `cargo xtask bench`, which builds the programs in release and finds `pgbench`. One size after the other:
//! a fresh state directory, one firm with all its clients and filings, the measurements, everything stopped and removed.

mod args;
mod bulk;
mod costs;
mod data;
mod dates;
mod guard;
mod import;
mod load;
mod pgbench;
mod planning;
mod reads;
mod report;
mod sealing;
mod server;
mod size;
mod sweep;

use report::Report;
use std::process::ExitCode;

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(async {
            // Whichever ends first: dropping the run stops its server and removes its directories.
            tokio::select! {
                outcome = run() => outcome,
                why = guard::stopped() => Err(why),
            }
        }),
        Err(error) => Err(format!("no runtime: {error}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("bench: {message}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), String> {
    let args = args::Args::read(std::env::args().skip(1))?;
    let mut report = Report::new(&args)?;
    for size in &args.sizes {
        size::measure(&args, *size, &mut report).await?;
    }
    report.end();
    Ok(())
}
