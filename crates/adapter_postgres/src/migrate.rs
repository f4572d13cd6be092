//! Migrations: embedded, numbered, under one advisory lock, one statement per message.

use crate::config::{DatabaseConfig, tls, wants_tls};
use refinery_core::traits::r#async::{AsyncMigrate, AsyncQuery, AsyncTransaction};
use refinery_core::{Migration, Runner};
use thiserror::Error;
use tokio_postgres::{Client, NoTls};

mod embedded {
    //! The files of `migrations/`, put into the binary.
    refinery::embed_migrations!("../../migrations");
}

/// Why the schema could not be brought up to date.
#[derive(Debug, Error)]
pub enum MigrateError {
    /// No connection.
    #[error("the database does not answer: {0}")]
    Connect(tokio_postgres::Error),
    /// The roles could not be made; the text says what to grant.
    #[error(
        "the roles zippcrm_app and zippcrm_relay could not be made: {0}. Let DATABASE_URL name a role with CREATEROLE, or create both roles and grant them to it."
    )]
    Roles(tokio_postgres::Error),
    /// The server is too old.
    #[error("PostgreSQL 16 or later is needed; this server is {0}")]
    TooOld(String),
    /// A migration failed.
    #[error("migration failed: {0}")]
    Migration(#[from] refinery_core::Error),
    /// Another statement failed.
    #[error("{0}")]
    Sql(#[from] tokio_postgres::Error),
}

/// Any constant will do; all replicas use the same.
const LOCK: i64 = 0x5A_4950_5043_524D;

const ROLES: &str = "DO $$
DECLARE r text;
BEGIN
  FOREACH r IN ARRAY ARRAY['zippcrm_app', 'zippcrm_relay'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS', r);
    END IF;
    IF NOT pg_has_role(current_user, r, 'SET') THEN
      EXECUTE format('GRANT %I TO current_user', r);
    END IF;
  END LOOP;
END $$";

/// Brings the schema up to date. Safe to call from several replicas at once: they queue on the lock, and all but the
/// first find nothing to do. Returns the names of the migrations applied now.
pub async fn migrate(config: &DatabaseConfig) -> Result<Vec<String>, MigrateError> {
    let client = connect(config).await?;
    let version: String = client.query_one("SHOW server_version", &[]).await?.get(0);
    let major: u32 = version.split(['.', ' ']).next().and_then(|v| v.parse().ok()).unwrap_or(0);
    if major < 16 {
        return Err(MigrateError::TooOld(version));
    }
    client.query_one("SELECT pg_advisory_lock($1)::text", &[&LOCK]).await?;
    client.batch_execute(ROLES).await.map_err(MigrateError::Roles)?;
    let runner: Runner = embedded::migrations::runner();
    let mut statements = OneByOne(client);
    let report = runner.run_async(&mut statements).await?;
    statements.0.query_one("SELECT pg_advisory_unlock($1)", &[&LOCK]).await?;
    Ok(report.applied_migrations().iter().map(ToString::to_string).collect())
}

/// Makes a database when it is missing. `name` is a plain lower-case word.
pub async fn ensure_database(
    admin: &tokio_postgres::Config,
    name: &str,
) -> Result<(), tokio_postgres::Error> {
    let (client, connection) = admin.connect(NoTls).await?;
    let driving = tokio::spawn(connection);
    let found = client.query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&name]).await?;
    if found.is_none() {
        client.batch_execute(&format!("CREATE DATABASE {name}")).await?;
    }
    drop(client);
    let _ = driving.await;
    Ok(())
}

async fn connect(config: &DatabaseConfig) -> Result<Client, MigrateError> {
    let owner = &config.owner;
    if wants_tls(owner) {
        let (client, connection) = owner.connect(tls()).await.map_err(MigrateError::Connect)?;
        tokio::spawn(connection);
        return Ok(client);
    }
    let (client, connection) = owner.connect(NoTls).await.map_err(MigrateError::Connect)?;
    tokio::spawn(connection);
    Ok(client)
}

/// Sends a migration statement by statement: a Citus coordinator refuses several in one message.
struct OneByOne(Client);

impl AsyncTransaction for OneByOne {
    type Error = tokio_postgres::Error;

    async fn execute<'a, T: Iterator<Item = &'a str> + Send + 'a>(
        &'a mut self,
        queries: T,
    ) -> Result<usize, Self::Error> {
        let transaction = self.0.transaction().await?;
        let mut count = 0;
        for query in queries {
            for statement in split(query) {
                transaction.batch_execute(statement).await?;
            }
            count += 1;
        }
        transaction.commit().await?;
        Ok(count)
    }
}

impl AsyncQuery<Vec<Migration>> for OneByOne {
    async fn query<'a>(&'a mut self, query: &'a str) -> Result<Vec<Migration>, Self::Error> {
        AsyncQuery::query(&mut self.0, query).await
    }
}

impl AsyncMigrate for OneByOne {}

/// Splits at semicolons that end a line, outside `$$` bodies.
fn split(text: &str) -> Vec<&str> {
    let (mut out, mut start, mut position, mut in_body) = (Vec::new(), 0, 0, false);
    for line in text.split_inclusive('\n') {
        position += line.len();
        if line.matches("$$").count() % 2 == 1 {
            in_body = !in_body;
        }
        if !in_body && line.trim_end().ends_with(';') {
            out.push(text[start..position].trim());
            start = position;
        }
    }
    let rest = text[start..].trim();
    let only_comments = rest.lines().all(|l| l.trim().is_empty() || l.trim_start().starts_with("--"));
    if !only_comments {
        out.push(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_stay_whole_and_comments_make_no_statement() {
        let text = "-- first\nCREATE TABLE a (\n  x int\n);\n\nCREATE FUNCTION f() AS $$\nBEGIN\n  PERFORM 1;\nEND $$;\n-- end\n";
        let parts = split(text);
        assert_eq!(parts.len(), 2);
        assert!(parts[0].ends_with("x int\n);"));
        assert!(parts[1].contains("PERFORM 1;\nEND $$;"));
    }
}
