//! Shared connections for short reads. A read is one flight: BEGIN, SET LOCAL, the session, the statement and COMMIT
//! are put on the wire together and answered in one round trip, behind the flights of other requests.
//!
//! What keeps firms apart on a shared connection: a flight's messages are enqueued within one poll and under the
//! lane's lock, so nothing comes between its SET LOCAL and its COMMIT; and every statement carries the firm as `$1` as
//! well. Were a message ever out of place, the two would disagree and no row would come.

use crate::config::{DatabaseConfig, tls, wants_tls};
use crate::error::store_error;
use crate::tx::set_tenant;
use futures_util::join;
use kernel::StoreError;
use std::cell::Cell;
use std::collections::HashMap;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::task::{Context, Poll};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Config, Error, NoTls, Row, Statement};

/// A statement that takes longer holds up everybody on its lane; it is given up and asked again on a connection of its
/// own. Plans are made once per connection: making one costs several times what these reads cost.
const OPTIONS: &str = "-c statement_timeout=400ms -c plan_cache_mode=force_generic_plan";

/// Statement texts kept per connection.
const KEPT: usize = 300;

type Params<'a> = &'a [&'a (dyn ToSql + Sync)];

/// The lanes of one database: one for each thread that serves requests.
#[derive(Debug)]
pub(crate) struct Lanes {
    config: Config,
    slots: Vec<Slot>,
}

#[derive(Debug, Default)]
struct Slot {
    open: Mutex<Option<Arc<Lane>>>,
    opening: tokio::sync::Mutex<()>,
}

struct Lane {
    client: Client,
    turn: Mutex<()>,
    statements: RwLock<HashMap<String, Statement>>,
}

impl std::fmt::Debug for Lane {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Lane")
    }
}

/// Why a flight brought nothing.
#[derive(Debug)]
pub(crate) enum Lost {
    /// The statement is too slow for a shared connection.
    Slow,
    /// Anything else.
    Store(StoreError),
}

impl From<Lost> for StoreError {
    fn from(lost: Lost) -> Self {
        match lost {
            Lost::Slow => Self::Unavailable,
            Lost::Store(error) => error,
        }
    }
}

/// One statement with its parameters.
pub(crate) struct Leg<'a> {
    pub(crate) text: &'a str,
    pub(crate) params: Params<'a>,
}

impl Lanes {
    /// Prepares `count` lanes; each connects when it is first used.
    pub(crate) fn new(config: &DatabaseConfig, role: &str, count: usize) -> Self {
        let mut settings = config.as_role(role);
        let options = format!("{} {OPTIONS}", settings.get_options().unwrap_or_default());
        settings.options(options);
        Self { config: settings, slots: (0..count.max(1)).map(|_| Slot::default()).collect() }
    }

    /// Runs up to two statements as one read transaction of the firm.
    pub(crate) async fn fly(
        &self,
        tenant: i64,
        first: Leg<'_>,
        second: Option<Leg<'_>>,
    ) -> Result<(Vec<Row>, Vec<Row>), Lost> {
        let lane = self.lane().await?;
        match lane.fly(tenant, &first, second.as_ref()).await {
            Err(Lost::Store(StoreError::Unavailable)) if lane.client.is_closed() => {
                // The database was restarted, or ended this idle connection. Reads can be sent again.
                self.lane().await?.fly(tenant, &first, second.as_ref()).await
            }
            answer => answer,
        }
    }

    /// The lane of this thread.
    async fn lane(&self) -> Result<Arc<Lane>, Lost> {
        let slot = &self.slots[thread_number() % self.slots.len()];
        if let Some(lane) = slot.usable() {
            return Ok(lane);
        }
        let _opening = slot.opening.lock().await;
        if let Some(lane) = slot.usable() {
            return Ok(lane);
        }
        let lane = Arc::new(Lane {
            client: connect(&self.config).await.map_err(|e| Lost::Store(away(e)))?,
            turn: Mutex::default(),
            statements: RwLock::default(),
        });
        *lock(&slot.open) = Some(Arc::clone(&lane));
        Ok(lane)
    }
}

impl Slot {
    fn usable(&self) -> Option<Arc<Lane>> {
        lock(&self.open).as_ref().filter(|lane| !lane.client.is_closed()).cloned()
    }
}

impl Lane {
    async fn fly(
        &self,
        tenant: i64,
        first: &Leg<'_>,
        second: Option<&Leg<'_>>,
    ) -> Result<(Vec<Row>, Vec<Row>), Lost> {
        let one = self.prepared(first.text).await.map_err(lost)?;
        let two = match second {
            Some(leg) => Some((self.prepared(leg.text).await.map_err(lost)?, leg.params)),
            None => None,
        };
        let set = set_tenant(tenant);
        let client = &self.client;
        // `join!`, not `try_join!`: whatever fails, COMMIT is sent, which ends a failed transaction as well.
        let flight = async {
            join!(
                client.batch_execute("BEGIN READ ONLY"),
                client.batch_execute(&set),
                client.query(&one, first.params),
                async {
                    match &two {
                        Some((statement, params)) => client.query(statement, params).await,
                        None => Ok(Vec::new()),
                    }
                },
                client.batch_execute("COMMIT"),
            )
        };
        let (begun, bound, one, two, ended) = Together::new(&self.turn, flight).await;
        begun.and(bound).map_err(lost)?;
        let (one, two) = (one.map_err(lost)?, two.map_err(lost)?);
        ended.map_err(lost)?;
        Ok((one, two))
    }

    async fn prepared(&self, text: &str) -> Result<Statement, Error> {
        let kept = self.statements.read().unwrap_or_else(PoisonError::into_inner).get(text).cloned();
        if let Some(statement) = kept {
            return Ok(statement);
        }
        let statement = Together::new(&self.turn, self.client.prepare(text)).await?;
        let mut statements = self.statements.write().unwrap_or_else(PoisonError::into_inner);
        if statements.len() >= KEPT {
            statements.clear();
        }
        statements.insert(text.to_owned(), statement.clone());
        Ok(statement)
    }
}

/// Holds the lane's lock during the first poll, in which the driver puts all messages of `inner` on its queue.
struct Together<'a, F> {
    turn: &'a Mutex<()>,
    inner: Pin<Box<F>>,
    sent: bool,
}

impl<'a, F: Future> Together<'a, F> {
    fn new(turn: &'a Mutex<()>, inner: F) -> Self {
        Self { turn, inner: Box::pin(inner), sent: false }
    }
}

impl<F: Future> Future for Together<'_, F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = &mut *self;
        if this.sent {
            return this.inner.as_mut().poll(cx);
        }
        this.sent = true;
        let _turn = lock(this.turn);
        this.inner.as_mut().poll(cx)
    }
}

async fn connect(config: &Config) -> Result<Client, Error> {
    if wants_tls(config) {
        let (client, connection) = config.connect(tls()).await?;
        tokio::spawn(connection);
        Ok(client)
    } else {
        let (client, connection) = config.connect(NoTls).await?;
        tokio::spawn(connection);
        Ok(client)
    }
}

fn away(error: Error) -> StoreError {
    match store_error(error) {
        StoreError::Other(text) => {
            tracing::warn!(%text, "no connection to the database");
            StoreError::Unavailable
        }
        other => other,
    }
}

fn lost(error: Error) -> Lost {
    if error.code() == Some(&SqlState::QUERY_CANCELED) {
        return Lost::Slow;
    }
    Lost::Store(store_error(error))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A small number that stays with the thread, counted from 0 in the order of first use.
fn thread_number() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    thread_local!(static MINE: Cell<Option<usize>> = const { Cell::new(None) });
    MINE.with(|mine| {
        mine.get().unwrap_or_else(|| {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            mine.set(Some(number));
            number
        })
    })
}
