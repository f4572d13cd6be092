//! Lists of filings: flat rows straight from the store. The status is derived there by the same dates as in `status`.

use crate::clock::Holder;
use crate::relaxation::FreeUntil;
use crate::status::FilingStatus;
use async_trait::async_trait;
use kernel::id::{ClientId, FilingId, RelaxationId, UserId};
use kernel::moment::Instant;
use kernel::{Date, Page, PageRequest, StoreError};

/// One row of a filing list.
#[derive(Debug, Clone)]
pub struct FilingRow {
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
    /// `licence_critical`, `high` or `routine`.
    pub materiality: String,
    /// First day.
    pub period_start: Date,
    /// Last day.
    pub period_end: Date,
    /// For people.
    pub period_label: String,
    /// Unique with client and code.
    pub period_key: String,
    /// The due date in force.
    pub legal_due: Option<Date>,
    /// Probable date while an event is awaited.
    pub projected_due: Option<Date>,
    /// What it waits for.
    pub waits_for: Option<String>,
    /// The firm's own date.
    pub target_due: Option<Date>,
    /// Status on the day of the question.
    pub status: FilingStatus,
    /// Who does it.
    pub assignee: Option<(UserId, String)>,
    /// When it was filed.
    pub filed_on: Option<Date>,
    /// Acknowledgement number.
    pub acknowledgement_no: Option<String>,
    /// Items done.
    pub checklist_done: u16,
    /// Items in all.
    pub checklist_total: u16,
    /// Days until late counts as breached.
    pub breach_after_days: u16,
    /// The relaxation that gives the date in force.
    pub relaxation: Option<RelaxationId>,
    /// The rule's own date beneath it.
    pub rule_due: Option<Date>,
    /// Relief from the late fee.
    pub free: Option<FreeUntil>,
    /// For If-Match.
    pub version: i64,
    /// When it was last saved.
    pub updated_at: Instant,
}

/// The ready-made views.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FilingView {
    /// Not closed, due within 90 days, late, or waiting with a probable date within 90 days.
    #[default]
    Open,
    /// Due in the next seven days.
    Due7,
    /// Past the legal due date and not closed.
    PastDue,
    /// Filed.
    Filed,
    /// Everything planned.
    All,
}

impl FilingView {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Due7 => "due7",
            Self::PastDue => "pastDue",
            Self::Filed => "filed",
            Self::All => "all",
        }
    }
    /// Reads the stable name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Open, Self::Due7, Self::PastDue, Self::Filed, Self::All]
            .into_iter()
            .find(|v| v.as_str() == text)
    }
}

/// Whose filings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssigneeFilter {
    /// This person's.
    User(UserId),
    /// Nobody's.
    Nobody,
}

/// What to show. Values of one field are alternatives; fields are combined.
#[derive(Debug, Clone, Default)]
pub struct FilingFilter {
    /// These filings only, whatever else they are; empty means any.
    pub ids: Vec<FilingId>,
    /// Ready-made view.
    pub view: Option<FilingView>,
    /// Part of a client's name, code or title.
    pub q: Option<String>,
    /// Statuses.
    pub status: Vec<FilingStatus>,
    /// Regulators.
    pub regulator: Vec<String>,
    /// Clients.
    pub client: Vec<ClientId>,
    /// Returns.
    pub code: Vec<String>,
    /// Assignees.
    pub assignee: Vec<AssigneeFilter>,
    /// Open ones in these hands.
    pub held_by: Vec<Holder>,
    /// Due on or after.
    pub due_from: Option<Date>,
    /// Due on or before.
    pub due_to: Option<Date>,
}

/// The order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilingSort {
    /// By legal or probable due date.
    Due,
    /// By client.
    Client,
    /// By return.
    Code,
    /// By last change.
    Updated,
    /// By period.
    Period,
}

/// How many filings each ready-made view holds, under the same filter without view and status.
#[derive(Debug, Clone, Copy, Default)]
pub struct FilingCounts {
    /// Open.
    pub open: i64,
    /// Due in seven days.
    pub due7: i64,
    /// Past due.
    pub past_due: i64,
    /// Filed.
    pub filed: i64,
    /// All.
    pub all: i64,
}

/// The figures of the start page.
#[derive(Debug, Clone, Default)]
pub struct TodayFigures {
    /// Past due, breached ones included.
    pub past_due: i64,
    /// Breached.
    pub breached: i64,
    /// Due from today to today + 7.
    pub due_in_7: i64,
    /// Due today.
    pub due_today: i64,
    /// Due tomorrow.
    pub due_tomorrow: i64,
    /// Waiting for an event.
    pub awaiting_event: i64,
    /// Filed this financial year.
    pub filed_total: i64,
    /// Of these, on time.
    pub filed_on_time: i64,
    /// Per day: filed, past due, due soon, due later.
    pub days: Vec<(Date, [i64; 4])>,
    /// Clients with most past due.
    pub by_client: Vec<(ClientId, String, i64)>,
    /// What is past due, by all that decides what a day of it costs.
    pub late: Vec<LateGroup>,
}

/// Filings past due that cost the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateGroup {
    /// `DNBS01`.
    pub code: String,
    /// Version of the rule.
    pub rule_id: String,
    /// The due date in force.
    pub due: Date,
    /// Relief from the late fee.
    pub free: Option<FreeUntil>,
    /// How many.
    pub count: i64,
}

/// Lists and figures of filings.
#[async_trait]
pub trait FilingViews: Send {
    /// One page, with the counts of the views.
    async fn list_filings(
        &mut self,
        filter: &FilingFilter,
        sort: &[(FilingSort, bool)],
        page: PageRequest,
        today: Date,
    ) -> Result<(Page<FilingRow>, FilingCounts), StoreError>;
    /// The rows of one page without any count, for exports and for what shows no total.
    async fn filing_rows(
        &mut self,
        filter: &FilingFilter,
        sort: &[(FilingSort, bool)],
        page: PageRequest,
        today: Date,
    ) -> Result<Vec<FilingRow>, StoreError>;
    /// The ids of the whole list in its order, for exports.
    async fn filing_order(
        &mut self,
        filter: &FilingFilter,
        sort: &[(FilingSort, bool)],
        today: Date,
    ) -> Result<Vec<FilingId>, StoreError>;
    /// How many filings each filter holds, counted up to `cap`.
    async fn count_filings(
        &mut self,
        filters: &[FilingFilter],
        cap: i64,
        today: Date,
    ) -> Result<Vec<i64>, StoreError>;
    /// One row.
    async fn filing_row(&mut self, id: FilingId, today: Date) -> Result<Option<FilingRow>, StoreError>;
    /// The filing of the same return and client for the period before.
    async fn previous_filing(&mut self, id: FilingId, today: Date) -> Result<Option<FilingRow>, StoreError>;
    /// The steps frozen when it closed, and why and by whom it closed.
    async fn closing_of(&mut self, id: FilingId) -> Result<Option<ClosingRow>, StoreError>;
    /// The figures of the start page, for one person or the firm.
    async fn today_figures(
        &mut self,
        scope: Option<UserId>,
        today: Date,
        fy_start: Date,
    ) -> Result<TodayFigures, StoreError>;
}

/// How a filing closed.
#[derive(Debug, Clone)]
pub struct ClosingRow {
    /// The steps as they were.
    pub why: Option<serde_json::Value>,
    /// Who.
    pub by: Option<(UserId, String)>,
    /// When.
    pub at: Option<Instant>,
}
