//! What four eyes ask of the store, inside one firm's transaction.

use crate::action::Action;
use crate::delegation::{Delegation, NewDelegation};
use crate::policy::Policy;
use crate::proposal::Proposal;
use async_trait::async_trait;
use kernel::id::{ClientId, DelegationId, ProposalId, UserId};
use kernel::moment::Instant;
use kernel::{Date, Page, PageRequest, Role, StoreError, Subject};

/// Whose list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inbox {
    /// What the person may decide now, also in somebody's place.
    ForMe,
    /// What the person proposed.
    ByMe,
    /// Everything of the firm.
    All,
}

/// Who looks.
#[derive(Debug, Clone, Copy)]
pub struct Viewer {
    /// The person.
    pub user: UserId,
    /// The person's role.
    pub role: Role,
    /// Whether the person may decide in their own right.
    pub decides: bool,
    /// Today, for delegations.
    pub today: Date,
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ProposalRow {
    /// Id within the firm.
    pub id: ProposalId,
    /// Kind of change.
    pub action: Action,
    /// Which record.
    pub about: String,
    /// The client, when it is about one.
    pub client: Option<ClientId>,
    /// Who proposed it.
    pub maker: UserId,
    /// Their name.
    pub maker_name: String,
    /// Name of the state.
    pub state: String,
    /// The level it waits at, from 1; 0 when it does not wait.
    pub level: i16,
    /// How many levels it has.
    pub levels: i16,
    /// How many fields change.
    pub changes: i32,
    /// How large it is.
    pub size: i64,
    /// The earliest due date it touches.
    pub due: Option<Date>,
    /// The same for changes that are alike but for the record: those may be approved together.
    pub alike: String,
    /// For approving from the list.
    pub version: i64,
    /// When it was proposed.
    pub proposed_at: Instant,
    /// When something last happened.
    pub updated_at: Instant,
}

/// How many wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// For the person.
    pub for_me: i64,
    /// Of the person, undecided or sent back.
    pub by_me: i64,
    /// In the firm, undecided or sent back.
    pub all: i64,
}

/// Policies, proposals with their decisions, and delegations.
#[async_trait]
pub trait Approvals: Send {
    /// What the firm decided itself; the others are as [`Policy::standard`] says.
    async fn policies(&mut self) -> Result<Vec<Policy>, StoreError>;
    /// Saves a policy when its version is still the one inside (0: not there yet); `Stale` otherwise.
    async fn save_policy(
        &mut self,
        policy: &Policy,
        by: Option<UserId>,
        at: Instant,
    ) -> Result<(), StoreError>;

    /// Makes a proposal; the id inside is ignored. `Duplicate` when one of its subjects is held for the action already.
    async fn add_proposal(
        &mut self,
        proposal: &Proposal,
        alike: &str,
        due: Option<Date>,
    ) -> Result<ProposalId, StoreError>;
    /// One proposal with its decisions.
    async fn proposal(&mut self, id: ProposalId) -> Result<Option<Proposal>, StoreError>;
    /// One proposal, held against other writers until the transaction ends.
    async fn lock_proposal(&mut self, id: ProposalId) -> Result<Option<Proposal>, StoreError>;
    /// Saves state, change and decisions when the version is still the one inside; `Stale` otherwise. Bumps the version.
    async fn save_proposal(&mut self, proposal: &Proposal, alike: Option<&str>) -> Result<(), StoreError>;
    /// The first proposal that holds one of the subjects for the action.
    async fn holder(
        &mut self,
        action: Action,
        subjects: &[Subject],
    ) -> Result<Option<ProposalId>, StoreError>;
    /// Proposals that hold a record, whatever the action.
    async fn holding(&mut self, kind: &str, id: i64) -> Result<Vec<ProposalRow>, StoreError>;
    /// A list: what waits, nearest due date first, then oldest first; or what is over, newest first.
    async fn proposals(
        &mut self,
        inbox: Inbox,
        over: bool,
        viewer: &Viewer,
        page: PageRequest,
    ) -> Result<Page<ProposalRow>, StoreError>;
    /// How many wait.
    async fn count_proposals(&mut self, viewer: &Viewer) -> Result<Counts, StoreError>;
    /// Undecided ones whose time is over.
    async fn lapsed(&mut self, at: Instant, limit: i64) -> Result<Vec<ProposalId>, StoreError>;

    /// Absences that hold on a day or later, by first day.
    async fn delegations(&mut self, from: Date) -> Result<Vec<Delegation>, StoreError>;
    /// Adds an absence.
    async fn add_delegation(
        &mut self,
        facts: &NewDelegation,
        by: Option<UserId>,
        at: Instant,
    ) -> Result<DelegationId, StoreError>;
    /// Ends an absence early; false when it is not there or over already.
    async fn end_delegation(&mut self, id: DelegationId, at: Instant) -> Result<bool, StoreError>;
    /// Remembers that an alarm was given for this day; false when it was already.
    async fn mark_alarm(&mut self, key: &str, day: Date) -> Result<bool, StoreError>;
}

/// The kinds of record that a proposal can hold, as the store reads them back.
pub const SUBJECT_KINDS: &[&str] = &[
    "client",
    "filing",
    "import",
    "circular",
    "policy",
    "return",
    "role",
    "user",
    "invitation",
    "api_key",
    "firm",
];
