//! The client list: flat rows straight from the store, no rules.

use crate::client::{EntityType, RiskRating, Status};
use crate::import::ClientRecord;
use async_trait::async_trait;
use kernel::id::{ClientId, UserId};
use kernel::moment::Instant;
use kernel::{Date, Page, PageRequest, StoreError};

/// One row of the client list.
#[derive(Debug, Clone)]
pub struct ClientSummary {
    /// Id within the firm.
    pub id: ClientId,
    /// Legal name.
    pub client_name: String,
    /// Name for dense lists.
    pub short_name: String,
    /// Legal form.
    pub entity_type: EntityType,
    /// Where it stands.
    pub status: Status,
    /// Risk.
    pub risk_rating: Option<RiskRating>,
    /// Regulators of its registrations, sorted.
    pub regulators: Vec<String>,
    /// Owner.
    pub owner: Option<(UserId, String)>,
    /// Labels.
    pub tags: Vec<String>,
    /// PAN.
    pub pan: Option<String>,
    /// GSTIN.
    pub gstin: Option<String>,
    /// CIN.
    pub cin: Option<String>,
    /// Filings not closed, due within 90 days or past due or waiting.
    pub open_filings: i64,
    /// Filings past their legal due date.
    pub past_due: i64,
    /// For If-Match.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last saved.
    pub updated_at: Instant,
}

/// What to show. Values of one field are alternatives; fields are combined.
#[derive(Debug, Clone, Default)]
pub struct ClientFilter {
    /// Only these; all when empty.
    pub ids: Vec<ClientId>,
    /// Part of a name, or the start of a PAN, GSTIN or CIN.
    pub q: Option<String>,
    /// Statuses.
    pub status: Vec<Status>,
    /// Regulators.
    pub regulator: Vec<String>,
    /// Legal forms.
    pub entity_type: Vec<EntityType>,
    /// Owners.
    pub owner: Vec<UserId>,
    /// Labels.
    pub tag: Vec<String>,
}

/// The order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientSort {
    /// By name.
    Name,
    /// By filings past due.
    PastDue,
    /// By open filings.
    OpenFilings,
    /// By when it was made.
    Created,
    /// By when it was last saved.
    Updated,
}

/// How many clients there are in each life state.
#[derive(Debug, Clone, Copy, Default)]
pub struct ClientCounts {
    /// All.
    pub all: i64,
    /// Active.
    pub active: i64,
    /// Onboarding.
    pub onboarding: i64,
    /// Suspended or offboarded.
    pub inactive: i64,
}

/// One client with all that hangs on it, for its page.
#[derive(Debug, Clone)]
pub struct ClientFile {
    /// The client, its licences, people, facts and events.
    pub record: ClientRecord,
    /// Names of the owner and of those who recorded events.
    pub people: Vec<(UserId, String)>,
    /// Filings not closed, due within 90 days or past due or waiting.
    pub open_filings: i64,
    /// Filings past their legal due date.
    pub past_due: i64,
}

/// Lists of clients.
#[async_trait]
pub trait ClientViews: Send {
    /// One page. `today` decides what is past due; descending when `sort.1`.
    async fn list_clients(
        &mut self,
        filter: &ClientFilter,
        sort: &[(ClientSort, bool)],
        page: PageRequest,
        today: Date,
    ) -> Result<(Page<ClientSummary>, ClientCounts), StoreError>;
    /// The rows of one page without any count, for exports.
    async fn client_rows(
        &mut self,
        filter: &ClientFilter,
        sort: &[(ClientSort, bool)],
        page: PageRequest,
        today: Date,
    ) -> Result<Vec<ClientSummary>, StoreError>;
    /// The ids of the whole list in its order, for exports.
    async fn client_order(
        &mut self,
        filter: &ClientFilter,
        sort: &[(ClientSort, bool)],
        today: Date,
    ) -> Result<Vec<ClientId>, StoreError>;
    /// One client with all that hangs on it.
    async fn client_file(&mut self, id: ClientId, today: Date) -> Result<Option<ClientFile>, StoreError>;
}
