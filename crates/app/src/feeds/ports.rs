//! What calendar feeds ask of the store.

use async_trait::async_trait;
use filings::FilingFilter;
use filings::views::AssigneeFilter;
use identity::TokenHash;
use kernel::id::{CalendarFeedId, ClientId, FilingId, UserId};
use kernel::moment::Instant;
use kernel::{Date, Id, PermissionSet, StoreError};
use serde::{Deserialize, Serialize};

/// Whose filings a feed shows. Values of one field are alternatives, fields are combined; nothing at all is the firm.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FeedScope {
    /// Ids, `me` (whoever owns the feed) or `none`.
    pub assignee_id: Vec<String>,
    /// Clients.
    pub client_id: Vec<i64>,
    /// `RBI`, ...
    pub regulator: Vec<String>,
    /// `DNBS01`, ...
    pub code: Vec<String>,
}

impl FeedScope {
    /// One word of `assignee_id`; `None` when it is none.
    pub fn assignee(word: &str, owner: UserId) -> Option<AssigneeFilter> {
        match word {
            "me" => Some(AssigneeFilter::User(owner)),
            "none" => Some(AssigneeFilter::Nobody),
            id => id.parse().ok().map(|id| AssigneeFilter::User(Id::new(id))),
        }
    }

    /// The filter it stands for.
    pub fn filter(&self, owner: UserId) -> FilingFilter {
        FilingFilter {
            assignee: self.assignee_id.iter().filter_map(|word| Self::assignee(word, owner)).collect(),
            client: self.client_id.iter().copied().map(Id::new).collect(),
            regulator: self.regulator.clone(),
            code: self.code.clone(),
            ..FilingFilter::default()
        }
    }
}

/// What a person decides about a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedFields {
    /// The calendar's name at the subscriber's.
    pub name: String,
    /// Whose filings.
    pub scope: FeedScope,
    /// With the clients' names; without, a client is its number.
    pub shows_names: bool,
    /// Days before the due date on which the calendar reminds, at nine in the morning.
    pub alarm_days: Option<u16>,
}

/// A feed as its owner sees it. Its link is not there: only its hash is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarFeed {
    /// Id within the firm.
    pub id: CalendarFeedId,
    /// Who made it.
    pub owner: UserId,
    /// Their name.
    pub owner_name: String,
    /// What they decided.
    pub fields: FeedFields,
    /// When it was made.
    pub created_at: Instant,
    /// When its link was made.
    pub renewed_at: Instant,
    /// When a calendar program last came by, to within five minutes.
    pub fetched_at: Option<Instant>,
}

/// A feed found by its secret, with what decides whether it still lives.
#[derive(Debug, Clone)]
pub struct OpenedFeed {
    /// The feed.
    pub feed: CalendarFeed,
    /// Ended by its owner.
    pub ended: bool,
    /// The owner still works here.
    pub owner_active: bool,
    /// What the owner may do today.
    pub owner_may: PermissionSet,
    /// What was last sent, and since when it has been so.
    pub content: Option<(i64, Instant)>,
}

/// Which filings a feed reads.
#[derive(Debug, Clone, Copy)]
pub struct FeedWindow {
    /// Due on or after.
    pub from: Date,
    /// Today in India.
    pub today: Date,
    /// What was cancelled stays if it changed at or after this.
    pub cancelled_since: Instant,
    /// At most so many: first those due from today on, then the latest before.
    pub most: usize,
}

/// What a feed shows of a filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedFiling {
    /// Id within the firm.
    pub id: FilingId,
    /// Whose.
    pub client: ClientId,
    /// The client's short name.
    pub client_name: String,
    /// `RBI`.
    pub regulator: String,
    /// `DNBS01`.
    pub code: String,
    /// Version of the rule.
    pub rule_id: String,
    /// Name of the return.
    pub title: String,
    /// For people.
    pub period_label: String,
    /// The date in force, else the probable one.
    pub due: Date,
    /// Only probable: an event is awaited.
    pub probable: bool,
    /// What it waits for.
    pub waits_for: Option<String>,
    /// The firm's own date.
    pub target_due: Option<Date>,
    /// Where it stands.
    pub standing: FeedStanding,
    /// Rises with every change of the filing or its client, and when a date lapses.
    pub sequence: i64,
    /// When that was.
    pub changed_at: Instant,
}

/// What of a filing's state a calendar shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedStanding {
    /// To be done.
    Open,
    /// Done on this day.
    Filed(Date),
    /// Waived, with the reason.
    Waived(String),
    /// Does not apply, with the reason.
    NotApplicable(String),
    /// No longer planned.
    Withdrawn,
    /// Given to somebody whose filings the feed does not show.
    HandedOver,
}

/// Calendar feeds of the firm of the transaction.
#[async_trait]
pub trait CalendarFeeds: Send {
    /// The living feeds of a person, newest first.
    async fn feeds_of(&mut self, owner: UserId) -> Result<Vec<CalendarFeed>, StoreError>;
    /// The living feeds of everybody, by their owners' names.
    async fn feeds_of_all(&mut self) -> Result<Vec<CalendarFeed>, StoreError>;
    /// A living feed, of this person when one is named, held against other writers.
    async fn lock_feed(
        &mut self,
        id: CalendarFeedId,
        owner: Option<UserId>,
    ) -> Result<Option<CalendarFeed>, StoreError>;
    /// Adds one.
    async fn add_feed(
        &mut self,
        owner: UserId,
        fields: &FeedFields,
        token: TokenHash,
        at: Instant,
    ) -> Result<CalendarFeedId, StoreError>;
    /// Gives it another secret; the old one finds nothing from then on.
    async fn renew_feed(
        &mut self,
        id: CalendarFeedId,
        token: TokenHash,
        at: Instant,
    ) -> Result<(), StoreError>;
    /// Ends it.
    async fn end_feed(&mut self, id: CalendarFeedId, at: Instant) -> Result<(), StoreError>;
    /// The feed of a secret, ended ones included.
    async fn feed_by_token(&mut self, token: TokenHash) -> Result<Option<OpenedFeed>, StoreError>;
    /// Notes that a calendar program came by, and new content if it is new.
    async fn note_fetch(
        &mut self,
        id: CalendarFeedId,
        at: Instant,
        content: Option<(i64, Instant)>,
    ) -> Result<(), StoreError>;
    /// Its filings by due date, and whether there are more than the window takes.
    async fn feed_filings(
        &mut self,
        filter: &FilingFilter,
        window: FeedWindow,
    ) -> Result<(Vec<FeedFiling>, bool), StoreError>;
    /// How many of these clients the firm has.
    async fn count_clients(&mut self, ids: &[i64]) -> Result<i64, StoreError>;
}
