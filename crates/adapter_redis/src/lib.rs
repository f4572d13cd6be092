//! Counts in Redis, shared by all replicas. When Redis is away, each process counts for itself, says so in the log and in a
//! metric, and looks for it again every two seconds: limits become looser, nobody is locked out, nothing waits.

mod circuit;
mod scripts;

use async_trait::async_trait;
use circuit::{Circuit, millis};
use identity::throttle::{Budget, SKEW, Slope, Throttle, micros};
use kernel::moment::Instant;
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, FromRedisValue, RedisResult, Script, ScriptInvocation};
use ring::hmac;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The longest that a request waits for a count, or for a connection.
const PATIENCE: Duration = Duration::from_millis(250);

/// Counts in Redis, with those of this process in reserve.
pub struct RedisThrottle {
    client: Client,
    open: Mutex<Option<MultiplexedConnection>>,
    reserve: Arc<dyn Throttle>,
    circuit: Circuit,
    names: hmac::Key,
    patience: Duration,
    take: Script,
    attempt: Script,
    give_back: Script,
}

impl std::fmt::Debug for RedisThrottle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RedisThrottle")
    }
}

impl RedisThrottle {
    /// Reads the address (`redis://...` or `redis+unix://...`); nothing is connected yet. `secret` is the same for all
    /// replicas: with it the names of keys are hashed, so that Redis holds neither addresses nor e-mails. The error says what
    /// is wrong without repeating the address, which may carry a password.
    pub fn new(url: &str, secret: &str, reserve: Arc<dyn Throttle>) -> Result<Self, String> {
        if url.starts_with("rediss:") {
            return Err(
                "TLS to Redis is not built in; use a private network, or a tunnel and redis://".into()
            );
        }
        let client = Client::open(url)
            .map_err(|_| "is not a Redis URL; write redis://:password@host:6379 or redis+unix:///path")?;
        Ok(Self {
            client,
            open: Mutex::default(),
            reserve,
            circuit: Circuit::default(),
            names: hmac::Key::new(hmac::HMAC_SHA256, format!("limits {secret}").as_bytes()),
            patience: PATIENCE,
            take: Script::new(scripts::TAKE),
            attempt: Script::new(scripts::ATTEMPT),
            give_back: Script::new(scripts::GIVE_BACK),
        })
    }

    /// The same with another patience, for tests on busy machines.
    pub fn patient(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Where a count lies. The kind keeps budgets and slopes of one name apart.
    fn place(&self, kind: &str, name: &str, key: &str) -> String {
        let tag = hmac::sign(&self.names, format!("{kind}:{name}:{key}").as_bytes());
        let hex: String = tag.as_ref()[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        format!("zippcrm:{kind}:{hex}")
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Option<MultiplexedConnection>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The open connection, or a new one.
    async fn connection(&self) -> RedisResult<MultiplexedConnection> {
        if let Some(open) = self.kept().clone() {
            return Ok(open);
        }
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(self.patience))
            .set_response_timeout(Some(self.patience));
        let fresh = self.client.get_multiplexed_async_connection_with_config(&config).await?;
        *self.kept() = Some(fresh.clone());
        Ok(fresh)
    }

    /// What Redis says, or nothing when it is away or slow; the change of either is logged once.
    async fn ask<T: FromRedisValue>(&self, script: &ScriptInvocation<'_>, at: Option<Instant>) -> Option<T> {
        if at.is_some_and(|at| !self.circuit.may_ask(at)) {
            return None;
        }
        let work = async {
            let mut redis = self.connection().await?;
            script.invoke_async(&mut redis).await
        };
        let why = match tokio::time::timeout(self.patience * 2, work).await {
            Ok(Ok(value)) => {
                if self.circuit.answered() {
                    metrics::gauge!("limits_shared").set(1.0);
                    tracing::info!("Redis is back: limits are shared again");
                }
                return Some(value);
            }
            Ok(Err(error)) => error.to_string(),
            Err(_) => "it does not answer in time".into(),
        };
        *self.kept() = None;
        metrics::counter!("limits_redis_failures_total").increment(1);
        // Without a time of its own (a try is given back) a failure is noted by the next request.
        if let Some(at) = at
            && self.circuit.failed(at)
        {
            metrics::gauge!("limits_shared").set(0.0);
            tracing::warn!(%why, "Redis is away: each process counts for itself");
        }
        None
    }
}

/// Whole milliseconds of a span.
fn span(of: time::Duration) -> i64 {
    i64::try_from(of.whole_milliseconds()).unwrap_or(i64::MAX)
}

#[async_trait]
impl Throttle for RedisThrottle {
    async fn take(&self, budget: Budget, key: &str, at: Instant) -> Result<(), u64> {
        let each = budget.each();
        let mut script = self.take.key(self.place("budget", budget.name, key));
        script.arg(micros(at)).arg(each).arg(each * i64::from(budget.size.get()));
        match self.ask::<u64>(&script, Some(at)).await {
            Some(0) => Ok(()),
            Some(wait) => Err(wait.div_ceil(1_000_000)),
            None => self.reserve.take(budget, key, at).await,
        }
    }

    async fn attempt(&self, slope: Slope, key: &str, at: Instant) -> Result<u32, u64> {
        let mut script = self.attempt.key(self.place("tries", slope.name, key));
        script.arg(millis(at)).arg(slope.free).arg(span(slope.first));
        script.arg(span(slope.longest)).arg(span(slope.forget)).arg(span(SKEW));
        match self.ask::<i64>(&script, Some(at)).await {
            Some(wait) if wait < 0 => Err(wait.unsigned_abs().div_ceil(1_000)),
            Some(count) => Ok(u32::try_from(count).unwrap_or(u32::MAX)),
            None => self.reserve.attempt(slope, key, at).await,
        }
    }

    async fn give_back(&self, slope: Slope, key: &str) {
        let script = self.give_back.key(self.place("tries", slope.name, key));
        self.ask::<u64>(&script, None).await;
        self.reserve.give_back(slope, key).await;
    }

    async fn forget(&self, slope: Slope, key: &str) {
        let drop = Script::new("return redis.call('DEL', KEYS[1])");
        let script = drop.key(self.place("tries", slope.name, key));
        self.ask::<u64>(&script, None).await;
        self.reserve.forget(slope, key).await;
    }

    fn tidy(&self, at: Instant) {
        self.reserve.tidy(at);
    }
}
