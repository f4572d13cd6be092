//! Generating the obligations of a whole firm, against `COPY` of the same rows into the same table with its indexes.
//!
//! The firm has as many clients as take a minute or so; the table is as full as the size says.

use crate::args::Size;
use crate::data::{self, one, run};
use crate::report::Line;
use crate::server::Place;
use crate::sweep;
use std::time::{Duration, Instant};
use tokio_postgres::Client;

/// No run may take longer.
const PATIENCE: Duration = Duration::from_secs(240);

/// Two firms: one to be planned, one that takes the copied rows. The server is not running anything else meanwhile.
pub async fn measure(place: &Place, size: Size) -> Result<Vec<Line>, String> {
    let clients = size.planned;
    let server = place.serve().await?;
    let db = place.owner().await?;
    let planned = firm(&db, "Planned").await?;
    // The worker looked when it started and looks again in five minutes.
    tokio::time::sleep(Duration::from_millis(500)).await;
    data::clients(&db, planned, clients, false).await?;
    sweep::done_today(&db, planned).await?;
    run(&db, &["VACUUM ANALYZE clients, client_facts, client_registrations, client_events".into()]).await?;
    drop(db);
    server.stop().await;

    // The worker begins to plan the moment the server is ready.
    let server = place.serve().await?;
    let begin = Instant::now();
    let db = place.owner().await?;
    let open = format!(
        "SELECT count(*) FROM (SELECT 1 FROM clients WHERE tenant_id = {planned} AND plan_digest = '' LIMIT 1) x"
    );
    let done = format!("SELECT count(*) FROM clients WHERE tenant_id = {planned} AND plan_digest <> ''");
    let early = one(&db, &done).await?;
    while one(&db, &open).await? > 0 {
        if begin.elapsed() > PATIENCE {
            return Err(format!("planning took too long; {}", place.log_tail()));
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let took = begin.elapsed().as_secs_f64() * clients as f64 / (clients - early).max(1) as f64;
    let rows = one(&db, &format!("SELECT count(*) FROM filings WHERE tenant_id = {planned}")).await?;
    let cpu = server.cpu().as_secs_f64();
    let memory = server.memory().1;
    server.stop().await;

    let server = place.serve().await?;
    let db = place.owner().await?;
    let copied = copy(&db, planned, clients).await?;
    server.stop().await;
    let (ours, theirs) = (rows as f64 / took, rows as f64 / copied);
    Ok(vec![Line {
        work: "18 months of obligations : COPY of the same rows",
        ours,
        yardstick: Some(theirs),
        unit: "rows/s",
        judged: ours / theirs,
        least: "0.3",
        aim: "0.7",
        bound: 0.3,
        note: format!(
            "{clients} clients planned beside {} filings: {rows} in {took:.1} s, COPY {copied:.1} s; server {cpu:.1} s of CPU, {memory:.0} MB",
            size.clients * size.filings_per_client
        ),
    }])
}

async fn firm(db: &Client, name: &str) -> Result<i64, String> {
    one(db, &format!("INSERT INTO tenants (name, created_at) VALUES ('{name}', now()) RETURNING id")).await
}

/// The same rows for another firm, from a file; seconds.
async fn copy(db: &Client, from: i64, clients: i64) -> Result<f64, String> {
    let to = firm(db, "Copied").await?;
    sweep::done_today(db, to).await?;
    let file = file(db).await?;
    let of_filing = columns(db, "filings", &["tenant_id", "id"]).await?;
    let of_client = columns(db, "clients", &["tenant_id", "owner_id"]).await?;
    run(
        db,
        &[
            format!("INSERT INTO clients (tenant_id, {of_client}) OVERRIDING SYSTEM VALUE SELECT {to}, {of_client} FROM clients WHERE tenant_id = {from}"),
            format!("COPY (SELECT {to}, {of_filing} FROM filings WHERE tenant_id = {from} ORDER BY id) TO '{file}'"),
            "VACUUM ANALYZE clients, filings".to_owned(),
            "CHECKPOINT".to_owned(),
        ],
    )
    .await?;
    let begin = Instant::now();
    run(db, &[format!("COPY filings (tenant_id, {of_filing}) FROM '{file}'")]).await?;
    let took = begin.elapsed().as_secs_f64();
    let there =
        one(db, &format!("SELECT count(DISTINCT client_id) FROM filings WHERE tenant_id = {to}")).await?;
    if there == 0 || there > clients {
        return Err(format!("the copy has filings of {there} clients"));
    }
    Ok(took)
}

/// Where the server keeps the file: `COPY ... TO` needs a full path.
async fn file(db: &Client) -> Result<String, String> {
    let row =
        db.query_one("SELECT current_setting('data_directory')", &[]).await.map_err(|e| e.to_string())?;
    Ok(format!("{}/bench.copy", row.get::<_, String>(0)))
}

/// The columns of a table that can be written.
async fn columns(db: &Client, table: &str, without: &[&str]) -> Result<String, String> {
    let sql = "SELECT string_agg(column_name, ', ' ORDER BY ordinal_position) FROM information_schema.columns
        WHERE table_schema = 'app' AND table_name = $1 AND is_generated = 'NEVER' AND column_name <> ALL($2)";
    let row = db.query_one(sql, &[&table, &without]).await.map_err(|e| e.to_string())?;
    Ok(row.get(0))
}
