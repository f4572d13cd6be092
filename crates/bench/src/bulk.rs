//! Filling tables fast: without their indexes, which are made afterwards, and without the checks that made-up rows pass.

use crate::data::run;
use tokio_postgres::Client;

/// The statements that make again what [`drop_indexes`] drops: all but those behind a key.
async fn definitions(db: &Client, tables: &[&str]) -> Result<Vec<(String, String)>, String> {
    let sql = "SELECT x.indexrelid::regclass::text, pg_get_indexdef(x.indexrelid) FROM pg_index x
        WHERE x.indrelid = ANY(SELECT to_regclass(t) FROM unnest($1::text[]) t)
          AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = x.indexrelid)
        ORDER BY x.indexrelid";
    let rows = db.query(sql, &[&tables]).await.map_err(|e| e.to_string())?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// Runs `batch`, which fills `tables`.
pub async fn fill(db: &Client, tables: &[&str], batch: &[String]) -> Result<(), String> {
    let indexes = definitions(db, tables).await?;
    let mut all: Vec<String> = indexes.iter().map(|(name, _)| format!("DROP INDEX {name}")).collect();
    // As a replica the server does not look up the foreign keys of each row.
    all.push("SET session_replication_role = replica".to_owned());
    all.extend_from_slice(batch);
    all.push("RESET session_replication_role".to_owned());
    all.push("SET maintenance_work_mem = '512MB'".to_owned());
    all.extend(indexes.into_iter().map(|(_, text)| text));
    all.push("RESET maintenance_work_mem".to_owned());
    all.extend(tables.iter().map(|table| format!("VACUUM ANALYZE {table}")));
    run(db, &all).await
}
