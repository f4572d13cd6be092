//! The nightly check of a firm in which nobody has to be told anything.

use crate::data::{one, run};
use crate::report::Line;
use crate::server::Place;
use crate::size::plain;
use std::time::{Duration, Instant};
use tokio_postgres::Client;

/// No run may take longer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Today in India, in SQL.
pub const TODAY: &str = "(now() AT TIME ZONE 'Asia/Kolkata')::date";

/// Lets the check of today count as done, so that it does not run beside another measurement.
pub async fn done_today(db: &Client, tenant: i64) -> Result<(), String> {
    let done = format!(
        "INSERT INTO alert_runs (tenant_id, day, started_at, claimed_until, finished_at)
         VALUES ({tenant}, {TODAY}, now(), now(), now()) ON CONFLICT DO NOTHING"
    );
    run(db, &[done]).await
}

/// Forgets today's check and starts the server, which makes it up.
pub async fn measure(place: &Place, tenant: i64) -> Result<Vec<Line>, String> {
    let server = place.serve().await?;
    let db = place.owner().await?;
    let open =
        format!("SELECT count(*) FROM filings WHERE tenant_id = {tenant} AND state IN ('open', 'in_review')");
    let open = one(&db, &open).await?;
    run(&db, &[format!("DELETE FROM alert_runs WHERE tenant_id = {tenant}")]).await?;
    drop(db);
    server.stop().await;

    let server = place.serve().await?;
    let db = place.owner().await?;
    let begin = Instant::now();
    let took = "SELECT extract(epoch FROM finished_at - started_at)::float8, filings FROM alert_runs
        WHERE tenant_id = $1 AND finished_at IS NOT NULL";
    let (took, told) = loop {
        let row = db.query_opt(took, &[&tenant]).await.map_err(|e| e.to_string())?;
        if let Some(row) = row {
            break (row.get::<_, f64>(0), row.get::<_, i32>(1));
        }
        if begin.elapsed() > PATIENCE {
            return Err(format!("the nightly check took too long; {}", place.log_tail()));
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    server.stop().await;
    let line = plain("nightly sweep with nothing to do", took, "s", "2 s", "", -2.0);
    Ok(vec![Line { note: format!("{open} open filings, {told} of them had something to do"), ..line }])
}
