//! Filings seen by time: a month of days, clients against months, a client's year, and the load of each person. Counts
//! straight from the store, so that a firm of a million filings never sends a row for each.

use crate::status::FilingStatus;
use crate::views::{FilingFilter, FilingRow};
use async_trait::async_trait;
use kernel::id::{ClientId, UserId};
use kernel::{Date, Page, PageRequest, StoreError};

/// Groups of one day that a cell of the month shows; the rest is a number.
pub const GROUPS_A_DAY: usize = 4;

/// Weeks of the workload.
pub const WEEKS: usize = 8;

/// Every status, the one that needs somebody most first. Cells of a calendar are sorted and coloured by it.
pub const WORST_FIRST: &[FilingStatus] = &[
    FilingStatus::Breached,
    FilingStatus::Overdue,
    FilingStatus::DueToday,
    FilingStatus::DueSoon,
    FilingStatus::InReview,
    FilingStatus::Upcoming,
    FilingStatus::AwaitingEvent,
    FilingStatus::FiledLate,
    FilingStatus::Filed,
    FilingStatus::Waived,
    FilingStatus::NotApplicable,
];

/// Filings of one return that share a due day and a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayGroup {
    /// `RBI`.
    pub regulator: String,
    /// `DNBS01`.
    pub code: String,
    /// Status on the day of the question.
    pub status: FilingStatus,
    /// How many.
    pub count: i64,
}

/// What falls due on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayLoad {
    /// The day.
    pub day: Date,
    /// All filings.
    pub total: i64,
    /// Of these, past due.
    pub past_due: i64,
    /// Of these, still to be done.
    pub open: i64,
    /// The worst groups, at most `GROUPS_A_DAY`.
    pub groups: Vec<DayGroup>,
}

/// The order of the client × month matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatrixSort {
    /// Most past due first.
    PastDue,
    /// By name.
    Name,
}

/// Filings of one client that fall due in one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixCell {
    /// First day of the month.
    pub month: Date,
    /// How many per status, the worst first.
    pub counts: Vec<(FilingStatus, i64)>,
}

/// One client in the matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixRow {
    /// Whose.
    pub client: ClientId,
    /// The short name.
    pub name: String,
    /// Past due now, whatever the year.
    pub past_due: i64,
    /// Months with filings, in order.
    pub cells: Vec<MatrixCell>,
}

/// What one person has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonLoad {
    /// Who; none for what nobody does.
    pub user: Option<(UserId, String)>,
    /// Not closed: due within 90 days, late, or waiting.
    pub open: i64,
    /// Due from today to today + 7.
    pub due_in_7: i64,
    /// Past due, breached ones included.
    pub past_due: i64,
    /// Breached.
    pub breached: i64,
    /// Open ones on which a licence hangs.
    pub licence_critical: i64,
    /// Open ones by the week in which they are due, from the first week asked for.
    pub weeks: [i64; WEEKS],
}

impl PersonLoad {
    /// Nobody's filings when there are none.
    pub fn none() -> Self {
        Self {
            user: None,
            open: 0,
            due_in_7: 0,
            past_due: 0,
            breached: 0,
            licence_critical: 0,
            weeks: [0; WEEKS],
        }
    }
}

/// Filings by time. Days are the due date in force, else the probable one.
#[async_trait]
pub trait CalendarViews: Send {
    /// The days between two dates on which something is due.
    async fn calendar_days(
        &mut self,
        filter: &FilingFilter,
        from: Date,
        to: Date,
        today: Date,
    ) -> Result<Vec<DayLoad>, StoreError>;
    /// One page of clients with their filings due between two dates, by month.
    async fn client_matrix(
        &mut self,
        filter: &FilingFilter,
        between: (Date, Date),
        sort: (MatrixSort, bool),
        page: PageRequest,
        today: Date,
    ) -> Result<Page<MatrixRow>, StoreError>;
    /// All filings of one client due between two dates, by return and date.
    async fn client_year(
        &mut self,
        client: ClientId,
        between: (Date, Date),
        today: Date,
    ) -> Result<Vec<FilingRow>, StoreError>;
    /// The load of everybody, what nobody does first; weeks are counted from `monday`.
    async fn workload(
        &mut self,
        filter: &FilingFilter,
        monday: Date,
        today: Date,
    ) -> Result<Vec<PersonLoad>, StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_one_place() {
        let mut all: Vec<_> = WORST_FIRST.to_vec();
        all.sort_unstable();
        let mut known = FilingStatus::ALL.to_vec();
        known.sort_unstable();
        assert_eq!(all, known);
    }
}
