//! All measurements at one size.

use crate::args::{Args, Size};
use crate::reads::Bench;
use crate::report::{Line, Report};
use crate::server::Place;
use crate::{costs, data, dates, import, load, planning, sealing, sweep};
use std::time::{Duration, Instant};

/// Who signs in.
const EMAIL: &str = "bench@firm.example";

/// Makes the firm, measures, takes everything away again.
pub async fn measure(args: &Args, size: Size, report: &mut Report) -> Result<(), String> {
    let begin = Instant::now();
    let say = |text: &str| eprintln!("[{:>5.1} s] {}: {text}", begin.elapsed().as_secs_f64(), size.name);
    report.begin(size);
    say("making the cluster");
    let place = Place::new(&args.server, &args.scratch)?;
    let password = place.create_firm("Bench", EMAIL).await?;
    let server = place.serve().await?;
    let db = place.owner().await?;
    let tenant = data::one(&db, "SELECT min(id) FROM tenants").await?;
    data::work_as_principal_officer(&db, tenant).await?;
    say("making clients");
    let firm = data::clients(&db, tenant, size.clients, true).await?;
    say("making filings");
    data::filings(&db, firm, size).await?;
    drop(db);
    server.stop().await;

    say("starting on the existing cluster");
    let server = place.serve().await?;
    let mut ready = vec![server.ready_after];
    let cookie = load::sign_in(place.port, EMAIL, &password).await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    report.add([plain("resident memory, idle", server.memory().0, "MB", "80", "40", -80.0)])?;
    say("reading");
    let bench = Bench { args, place: &place, server: &server, firm, cookie: &cookie };
    report.add(told(bench.client(size).await))?;
    report.add(told(bench.overdue().await))?;
    report.add([plain(
        "resident memory, highest under the reads",
        server.memory().1,
        "MB",
        "250",
        "150",
        -250.0,
    )])?;
    say("the cost of the journal and of row-level security");
    report.add(told(costs::measure(&bench, size.clients).await))?;
    server.stop().await;

    say("the nightly check");
    report.add(told(sweep::measure(&place, firm.tenant).await))?;

    say("planning");
    report.add(told(planning::measure(&place, size).await))?;
    report.add(dates::measure())?;

    say("importing");
    let server = place.serve().await?;
    ready.push(server.ready_after);
    report.add(told(import::measure(&place, &server, &cookie, size).await))?;
    server.stop().await;

    say("sealing the journal");
    let entries = size.clients * size.filings_per_client;
    report.add(told(sealing::measure(&place, firm.tenant, &cookie, entries).await))?;

    // The quickest of the starts: the others share the machine with what went before.
    let ready = ready.iter().min().map_or(0.0, |d| d.as_secs_f64() * 1000.0);
    report.add([plain("start to ready on an existing cluster", ready, "ms", "500 ms", "", -500.0)])?;
    say("done");
    Ok(())
}

/// A measurement that failed is said and costs its own lines only.
fn told(outcome: Result<Vec<Line>, String>) -> Vec<Line> {
    outcome.unwrap_or_else(|why| {
        eprintln!("bench: {why}");
        vec![Line { work: "a measurement failed", unit: "", note: why, bound: 1.0, ..Line::default() }]
    })
}

/// A line without a yardstick.
pub fn plain(
    work: &'static str,
    ours: f64,
    unit: &'static str,
    least: &'static str,
    aim: &'static str,
    bound: f64,
) -> Line {
    Line { work, ours, unit, judged: ours, least, aim, bound, ..Line::default() }
}
