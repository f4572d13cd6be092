//! What the register of events asks of the store.

use async_trait::async_trait;
use clients::ClientEvent;
use clients::import::ClientRecord;
use filings::views::AssigneeFilter;
use kernel::id::{ClientId, FilingId};
use kernel::{Date, Page, PageRequest, StoreError};

/// Which events. Values of one field are alternatives; fields are combined.
#[derive(Debug, Clone, Default)]
pub struct EventFilter {
    /// Part of a client's name.
    pub q: Option<String>,
    /// Kinds.
    pub kind: Vec<String>,
    /// Clients.
    pub client: Vec<ClientId>,
    /// Who does the filings that wait; of a recorded event, who recorded it.
    pub assignee: Vec<AssigneeFilter>,
    /// First day: of the first date that hangs on it, or of the recorded event.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

/// A filing whose date hangs on an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HangingFiling {
    /// Which.
    pub id: FilingId,
    /// Its return.
    pub code: String,
    /// The date in force, or the probable one.
    pub due: Option<Date>,
    /// The date is the legal one.
    pub certain: bool,
}

/// An event of one client and period that nobody has recorded, and what hangs on it.
#[derive(Debug, Clone)]
pub struct AwaitedGroup {
    /// The client, with what the rulebook reads.
    pub record: ClientRecord,
    /// Event kind.
    pub kind: String,
    /// `2025-26`.
    pub period_key: String,
    /// `FY 2025-26`.
    pub period_label: String,
    /// Last day of the period.
    pub period_end: Date,
    /// What hangs on it, by code.
    pub filings: Vec<HangingFiling>,
}

/// An event that was recorded, and the filings that follow it.
#[derive(Debug, Clone)]
pub struct RecordedEvent {
    /// Whose.
    pub client: ClientId,
    /// The client's short name.
    pub client_name: String,
    /// The event.
    pub event: ClientEvent,
    /// Who recorded it, by name.
    pub by: Option<String>,
    /// What follows it, by code.
    pub filings: Vec<HangingFiling>,
}

/// Lists of events.
#[async_trait]
pub trait EventRegister: Send {
    /// Awaited events, the one with the earliest date first.
    async fn awaited_events(
        &mut self,
        filter: &EventFilter,
        page: PageRequest,
        today: Date,
    ) -> Result<Page<AwaitedGroup>, StoreError>;
    /// Recorded events, the one recorded last first. `kinds` and `codes` are pairs: which returns follow which kind.
    async fn recorded_events(
        &mut self,
        filter: &EventFilter,
        (kinds, codes): (&[String], &[String]),
        page: PageRequest,
    ) -> Result<Page<RecordedEvent>, StoreError>;
}
