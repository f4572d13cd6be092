//! What a transaction can do, and the only place that begins and ends one for a request.

use crate::idempotency::IdempotencyKeys;
use crate::notices::Notices;
use crate::search::Search;
use crate::timeline::Timelines;
use crate::views::SavedViews;
use ::clients::{ClientViews, Clients, Imports};
use ::filings::alerts::Alerts;
use ::filings::{CalendarViews, FilingViews, Filings, Relaxations};
use async_trait::async_trait;
use identity::{Accounts, TokenHash};
use kernel::id::{ImportId, SessionId, TenantId, UserId};
use kernel::moment::Instant;
use kernel::{Actor, Commit, Journal, Role, StoreError};

/// Everything a transaction of one firm can do.
pub trait Tx:
    Accounts
    + Clients
    + ClientViews
    + Imports
    + Filings
    + FilingViews
    + CalendarViews
    + Alerts
    + Relaxations
    + IdempotencyKeys
    + Notices
    + Journal
    + SavedViews
    + Search
    + Timelines
    + Commit
    + Send
{
}
impl<T> Tx for T where
    T: Accounts
        + Clients
        + ClientViews
        + Imports
        + Filings
        + FilingViews
        + CalendarViews
        + Alerts
        + Relaxations
        + IdempotencyKeys
        + Notices
        + Journal
        + SavedViews
        + Search
        + Timelines
        + Commit
        + Send
{
}

/// A person who came with a valid session.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Their firm.
    pub tenant: TenantId,
    /// Their session.
    pub session: SessionId,
    /// Who they are.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// When the session was last marked as used.
    pub last_seen_at: Instant,
}

/// A firm to be made, with its first people.
#[derive(Debug, Clone)]
pub struct NewFirm {
    /// Its name.
    pub name: String,
    /// Its people.
    pub people: Vec<NewPerson>,
}

/// A person of a firm to be made.
#[derive(Clone)]
pub struct NewPerson {
    /// Lower-cased address.
    pub email: String,
    /// Name.
    pub display_name: String,
    /// Role.
    pub role: Role,
    /// Argon2id in PHC form.
    pub password_hash: String,
}

impl std::fmt::Debug for NewPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewPerson").field("role", &self.role).finish_non_exhaustive()
    }
}

/// The store as the product sees it.
#[async_trait]
pub trait Database: Send + Sync {
    /// Opens a transaction of the actor's firm.
    async fn begin(&self, actor: &Actor) -> Result<Box<dyn Tx>, StoreError>;
    /// Which firms know this address (lower-cased).
    async fn firms_of(&self, email: &str) -> Result<Vec<TenantId>, StoreError>;
    /// The person behind a session token.
    async fn session(
        &self,
        tenant: TenantId,
        token: TokenHash,
        at: Instant,
    ) -> Result<Option<SignedIn>, StoreError>;
    /// Marks a session as used.
    async fn touch_session(&self, tenant: TenantId, id: SessionId, at: Instant) -> Result<(), StoreError>;
    /// Whether the database answers.
    async fn ping(&self) -> Result<(), StoreError>;
    /// All firms, for background work.
    async fn tenants(&self) -> Result<Vec<TenantId>, StoreError>;
    /// Imports that were being written when a process ended.
    async fn imports_to_resume(&self) -> Result<Vec<(TenantId, ImportId)>, StoreError>;
    /// Makes a firm and its people; answers the people's ids in their order.
    async fn create_tenant(&self, firm: &NewFirm, at: Instant)
    -> Result<(TenantId, Vec<UserId>), StoreError>;
}

/// Runs work in one transaction: commits on `Ok`, rolls back on `Err`.
pub async fn transact<T, E: From<StoreError>>(
    db: &dyn Database,
    actor: &Actor,
    work: impl AsyncFnOnce(&mut dyn Tx) -> Result<T, E>,
) -> Result<T, E> {
    let mut tx = db.begin(actor).await?;
    match work(tx.as_mut()).await {
        Ok(value) => {
            tx.commit().await?;
            Ok(value)
        }
        Err(error) => {
            let _ = tx.rollback().await;
            Err(error)
        }
    }
}

/// Runs work and takes everything back, so that its effect can be shown before it is wanted.
pub async fn dry_run<T, E: From<StoreError>>(
    db: &dyn Database,
    actor: &Actor,
    work: impl AsyncFnOnce(&mut dyn Tx) -> Result<T, E>,
) -> Result<T, E> {
    let mut tx = db.begin(actor).await?;
    let answer = work(tx.as_mut()).await;
    tx.rollback().await?;
    answer
}
