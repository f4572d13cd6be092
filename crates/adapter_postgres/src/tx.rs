//! `PgTx`: owns a pooled connection with an open transaction that is bound to one firm.

use crate::counting::Caches;
use crate::error::store_error;
use crate::sql::{Query, Statement};
use async_trait::async_trait;
use deadpool_postgres::Object;
use futures_util::try_join;
use kernel::{Actor, Commit, StoreError};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

/// An open transaction of one firm. Dropped without commit or rollback, its connection is closed and never reused.
pub struct PgTx {
    client: Option<Object>,
    pub(crate) actor: Actor,
    caches: Arc<Caches>,
    changed: AtomicBool,
}

impl std::fmt::Debug for PgTx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PgTx(tenant {})", self.actor.tenant)
    }
}

/// `SET LOCAL` takes no parameters; a formatted integer cannot inject.
pub(crate) fn set_tenant(tenant: i64) -> String {
    format!("SET LOCAL app.tenant_id = '{tenant}'")
}

impl PgTx {
    /// Opens the transaction: BEGIN and SET LOCAL are two messages in one flight, one round trip.
    pub(crate) async fn begin(
        client: Object,
        actor: &Actor,
        caches: Arc<Caches>,
    ) -> Result<Self, StoreError> {
        let set = set_tenant(actor.tenant.get());
        try_join!(async { client.batch_execute("BEGIN").await }, async { client.batch_execute(&set).await })
            .map_err(store_error)?;
        Ok(Self { client: Some(client), actor: actor.clone(), caches, changed: AtomicBool::new(false) })
    }

    /// The firm of this transaction, as the first parameter of every statement.
    pub(crate) fn tenant(&self) -> i64 {
        self.actor.tenant.get()
    }

    pub(crate) fn client(&self) -> Result<&Object, StoreError> {
        self.client.as_ref().ok_or(StoreError::Unavailable)
    }

    /// Remembers a write that changes what lists count.
    fn note(&self, text: &str) {
        if !text.starts_with("SELECT") && (text.contains("filings") || text.contains("clients")) {
            self.changed.store(true, Ordering::Relaxed);
        }
    }

    /// What is counted for all firms; none once this transaction has changed what is counted.
    pub(crate) fn caches(&self) -> Option<&Caches> {
        (!self.changed.load(Ordering::Relaxed)).then_some(&*self.caches)
    }

    /// Runs a static statement.
    pub(crate) async fn query(
        &self,
        statement: Statement,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, StoreError> {
        let client = self.client()?;
        self.note(statement.text);
        let prepared = client.prepare_cached(statement.text).await.map_err(store_error)?;
        client.query(&prepared, params).await.map_err(store_error)
    }

    /// Runs a static statement that answers at most one row.
    pub(crate) async fn query_opt(
        &self,
        statement: Statement,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<Option<Row>, StoreError> {
        Ok(self.query(statement, params).await?.into_iter().next())
    }

    /// Runs a static statement that answers exactly one row.
    pub(crate) async fn query_one(
        &self,
        statement: Statement,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<Row, StoreError> {
        self.query_opt(statement, params)
            .await?
            .ok_or_else(|| StoreError::Other(format!("{} answered no row", statement.name)))
    }

    /// Runs a static statement and counts the rows it changed.
    pub(crate) async fn execute(
        &self,
        statement: Statement,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<u64, StoreError> {
        let client = self.client()?;
        self.note(statement.text);
        let prepared = client.prepare_cached(statement.text).await.map_err(store_error)?;
        client.execute(&prepared, params).await.map_err(store_error)
    }

    /// Runs a text that is kept elsewhere.
    pub(crate) async fn ask(
        &self,
        text: &str,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, StoreError> {
        let client = self.client()?;
        let prepared = client.prepare_cached(text).await.map_err(store_error)?;
        client.query(&prepared, params).await.map_err(store_error)
    }

    /// Runs a built statement. The number of distinct texts is small, so they are cached as well.
    pub(crate) async fn run(&self, query: &Query) -> Result<Vec<Row>, StoreError> {
        let client = self.client()?;
        self.note(&query.text);
        let prepared = client.prepare_cached(&query.text).await.map_err(store_error)?;
        client.query(&prepared, &query.refs()).await.map_err(store_error)
    }
}

#[async_trait]
impl Commit for PgTx {
    async fn commit(mut self: Box<Self>) -> Result<(), StoreError> {
        let Some(client) = self.client.take() else { return Err(StoreError::Unavailable) };
        // A bare COMMIT of an aborted transaction answers success. The SELECT makes it an error.
        let ended = client.batch_execute("SELECT 1; COMMIT").await;
        // Also when the answer was lost: the change may have been made.
        if self.changed.load(Ordering::Relaxed) {
            self.caches.changes.changed(self.tenant());
        }
        match ended {
            Ok(()) => Ok(()),
            Err(error) => {
                drop(Object::take(client));
                Err(store_error(error))
            }
        }
    }

    async fn rollback(mut self: Box<Self>) -> Result<(), StoreError> {
        let Some(client) = self.client.take() else { return Ok(()) };
        match client.batch_execute("ROLLBACK").await {
            Ok(()) => Ok(()),
            Err(error) => {
                drop(Object::take(client));
                Err(store_error(error))
            }
        }
    }
}

impl Drop for PgTx {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            drop(Object::take(client));
        }
    }
}
