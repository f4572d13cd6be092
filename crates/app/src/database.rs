//! What a transaction can do, and the only place that begins and ends one for a request.

use crate::audit::{AuditTrail, Sealing};
use crate::events::EventRegister;
use crate::feeds::CalendarFeeds;
use crate::firm_rules::FirmRulesStore;
use crate::idempotency::IdempotencyKeys;
use crate::library::Library;
use crate::notices::Notices;
use crate::people::Work;
use crate::search::Search;
use crate::timeline::Timelines;
use crate::views::SavedViews;
use ::clients::{ClientFile, ClientViews, Clients, Imports, Newcomers};
use ::filings::alerts::Alerts;
use ::filings::{
    CalendarViews, Custody, FilingCounts, FilingFilter, FilingRow, FilingSort, FilingViews, Filings,
    PortalLog, Relaxations,
};
use async_trait::async_trait;
use identity::{Accounts, ApiKeys, Roles, SecondFactors, Team, TokenHash};
use kernel::id::{ApiKeyId, ClientId, ImportId, SessionId, TenantId, UserId};
use kernel::moment::Instant;
use kernel::{
    Actor, Commit, Date, Entitlements, Journal, Page, PageRequest, PermissionSet, Role, StoreError,
};
use licensing::Licences;
use maker_checker::Approvals;
use std::sync::Arc;

/// Everything a transaction of one firm can do.
pub trait Tx:
    Accounts
    + SecondFactors
    + Roles
    + AuditTrail
    + Sealing
    + Team
    + ApiKeys
    + Work
    + Clients
    + ClientViews
    + Newcomers
    + Imports
    + Filings
    + FilingViews
    + CalendarViews
    + CalendarFeeds
    + FirmRulesStore
    + Custody
    + EventRegister
    + PortalLog
    + Alerts
    + Approvals
    + Relaxations
    + IdempotencyKeys
    + Library
    + Licences
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
        + SecondFactors
        + Roles
        + AuditTrail
        + Sealing
        + Team
        + ApiKeys
        + Work
        + Clients
        + ClientViews
        + Newcomers
        + Imports
        + Filings
        + FilingViews
        + CalendarViews
        + CalendarFeeds
        + FirmRulesStore
        + Custody
        + EventRegister
        + PortalLog
        + Alerts
        + Approvals
        + Relaxations
        + IdempotencyKeys
        + Library
        + Licences
        + Notices
        + Journal
        + SavedViews
        + Search
        + Timelines
        + Commit
        + Send
{
}

/// How somebody came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// A signed-in browser.
    Session(SessionId),
    /// A key, with which a program acts for the person.
    Key(ApiKeyId),
}

/// A person who came with a valid session.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Their firm.
    pub tenant: TenantId,
    /// How they came in.
    pub door: Door,
    /// Who they are.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// What a role that the firm made is called.
    pub role_name: Option<String>,
    /// What they may do.
    pub permissions: PermissionSet,
    /// What their firm's plan allows.
    pub entitlements: Arc<Entitlements>,
    /// They need a second factor and have none: until they do, they reach nothing but its enrolment.
    pub must_enrol: bool,
    /// When the session was last marked as used.
    pub last_seen_at: Instant,
}

impl SignedIn {
    /// The person as an actor, for a request with this id from this address.
    pub fn actor(&self, at: Instant, request_id: String, address: Option<String>) -> Actor {
        Actor {
            user: Some(self.user),
            name: self.name.clone(),
            role: self.role,
            role_name: self.role_name.clone(),
            permissions: self.permissions,
            entitlements: self.entitlements.clone(),
            address,
            ..Actor::system(self.tenant, at, request_id)
        }
    }
}

/// What was shown to be let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// The cookie of a session.
    Session,
    /// A key.
    Key,
}

/// A token that was shown and not yet looked up.
#[derive(Debug, Clone)]
pub struct Pass {
    /// What kind of token it is.
    pub means: Means,
    /// The firm it names.
    pub tenant: TenantId,
    /// Hash of its secret.
    pub token: TokenHash,
    /// When it was shown.
    pub at: Instant,
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
    /// The person behind a token.
    async fn who(&self, pass: &Pass) -> Result<Option<SignedIn>, StoreError>;
    /// A client with all that hangs on it, together with the session; `None` when the session does not hold. What the
    /// person may see is for the caller to decide.
    async fn read_client(
        &self,
        pass: &Pass,
        id: ClientId,
        today: Date,
    ) -> Result<Option<(SignedIn, Option<ClientFile>)>, StoreError>;
    /// One page of filings with the counts of the views, likewise. Counts may be some seconds old when another process
    /// made a change.
    async fn read_filings(
        &self,
        pass: &Pass,
        filter: &FilingFilter,
        sort: &[(FilingSort, bool)],
        page: PageRequest,
        today: Date,
    ) -> Result<Option<(SignedIn, Page<FilingRow>, FilingCounts)>, StoreError>;
    /// Marks a session or a key as used.
    async fn touch(&self, tenant: TenantId, door: Door, at: Instant) -> Result<(), StoreError>;
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
