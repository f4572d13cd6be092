//! The status of a filing on a day. It follows from dates; nobody stores it, so a read after midnight IST is right.

use crate::filing::{Closure, Filing, FilingState, Lapse, due_on};
use kernel::Date;

/// From how many days before the legal due date a filing counts as due soon.
pub const DUE_SOON_DAYS: i64 = 3;

/// Where a filing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FilingStatus {
    /// The date hangs on something that has not been recorded.
    AwaitingEvent,
    /// More than three days left.
    Upcoming,
    /// One to three days left.
    DueSoon,
    /// Due before midnight in India.
    DueToday,
    /// Past the legal due date.
    Overdue,
    /// Past the breach threshold.
    Breached,
    /// With a checker.
    InReview,
    /// Filed on or before the legal due date in force.
    Filed,
    /// Filed after it.
    FiledLate,
    /// Somebody decided, with a reason, that it need not be filed.
    Waived,
    /// It does not apply to this client, with a reason.
    NotApplicable,
}

impl FilingStatus {
    /// Every status, in the order shown to people.
    pub const ALL: &'static [FilingStatus] = &[
        Self::AwaitingEvent,
        Self::Upcoming,
        Self::DueSoon,
        Self::DueToday,
        Self::Overdue,
        Self::Breached,
        Self::InReview,
        Self::Filed,
        Self::FiledLate,
        Self::Waived,
        Self::NotApplicable,
    ];

    /// The stable name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AwaitingEvent => "awaiting_event",
            Self::Upcoming => "upcoming",
            Self::DueSoon => "due_soon",
            Self::DueToday => "due_today",
            Self::Overdue => "overdue",
            Self::Breached => "breached",
            Self::InReview => "in_review",
            Self::Filed => "filed",
            Self::FiledLate => "filed_late",
            Self::Waived => "waived",
            Self::NotApplicable => "not_applicable",
        }
    }

    /// Reads the stable name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|s| s.as_str() == text)
    }
}

/// The status of a filing on `today`. `None` for one that was withdrawn from the plan.
pub fn status_on(filing: &Filing, today: Date) -> Option<FilingStatus> {
    derive(&filing.state, filing.legal_due, filing.lapse, filing.breach_after_days, today)
}

/// The same from the few facts that decide it, for lists.
pub fn derive(
    state: &FilingState,
    legal_due: Option<Date>,
    lapse: Option<Lapse>,
    breach_after_days: u16,
    today: Date,
) -> Option<FilingStatus> {
    let due = due_on(legal_due, lapse, deciding_day(state, today));
    match state {
        FilingState::Withdrawn => None,
        FilingState::Closed(closure) => Some(closed_status(closure, due)),
        FilingState::Open => Some(open_status(due, breach_after_days, today, FilingStatus::Upcoming)),
        FilingState::InReview => Some(open_status(due, breach_after_days, today, FilingStatus::InReview)),
    }
}

/// The day on which lateness is judged: today, or the day it was filed.
pub fn deciding_day(state: &FilingState, today: Date) -> Date {
    match state {
        FilingState::Closed(Closure::Filed { on, .. }) => *on,
        _ => today,
    }
}

fn closed_status(closure: &Closure, legal_due: Option<Date>) -> FilingStatus {
    match closure {
        Closure::Filed { on, .. } if legal_due.is_some_and(|due| *on > due) => FilingStatus::FiledLate,
        Closure::Filed { .. } => FilingStatus::Filed,
        Closure::Waived { .. } => FilingStatus::Waived,
        Closure::NotApplicable { .. } => FilingStatus::NotApplicable,
    }
}

/// `calm` is what an open filing shows while it is not late: upcoming, or in review.
fn open_status(legal_due: Option<Date>, breach_after: u16, today: Date, calm: FilingStatus) -> FilingStatus {
    let Some(due) = legal_due else {
        return if calm == FilingStatus::InReview { calm } else { FilingStatus::AwaitingEvent };
    };
    let late = (today - due).whole_days();
    match late {
        late if late > i64::from(breach_after) => FilingStatus::Breached,
        late if late > 0 => FilingStatus::Overdue,
        _ if calm == FilingStatus::InReview => calm,
        0 => FilingStatus::DueToday,
        late if late >= -DUE_SOON_DAYS => FilingStatus::DueSoon,
        _ => FilingStatus::Upcoming,
    }
}

/// Days past the legal due date: for an open filing until today, for a filed one until it was filed. Never negative.
pub fn days_late(filing: &Filing, today: Date) -> i64 {
    let Some(due) = filing.due_on(deciding_day(&filing.state, today)) else { return 0 };
    let until = match &filing.state {
        FilingState::Open | FilingState::InReview => today,
        FilingState::Closed(Closure::Filed { on, .. }) => *on,
        FilingState::Closed(_) | FilingState::Withdrawn => return 0,
    };
    (until - due).whole_days().max(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filing::tests::open_filing;
    use time::macros::date;

    #[test]
    fn the_status_follows_the_calendar() {
        let mut filing = open_filing();
        filing.legal_due = Some(date!(2026 - 10 - 21));
        filing.breach_after_days = 7;
        let on = |day| status_on(&filing, day).unwrap().as_str();
        assert_eq!(on(date!(2026 - 10 - 17)), "upcoming");
        assert_eq!(on(date!(2026 - 10 - 18)), "due_soon");
        assert_eq!(on(date!(2026 - 10 - 20)), "due_soon");
        assert_eq!(on(date!(2026 - 10 - 21)), "due_today");
        assert_eq!(on(date!(2026 - 10 - 22)), "overdue");
        assert_eq!(on(date!(2026 - 10 - 28)), "overdue");
        assert_eq!(on(date!(2026 - 10 - 29)), "breached");
    }

    #[test]
    fn review_hides_nearness_but_never_lateness() {
        let mut filing = open_filing();
        filing.legal_due = Some(date!(2026 - 10 - 21));
        filing.state = FilingState::InReview;
        assert_eq!(status_on(&filing, date!(2026 - 10 - 21)), Some(FilingStatus::InReview));
        assert_eq!(status_on(&filing, date!(2026 - 10 - 22)), Some(FilingStatus::Overdue));
    }

    #[test]
    fn a_wait_that_is_over_becomes_a_date_by_itself() {
        let mut filing = open_filing();
        filing.legal_due = None;
        filing.waits_for = Some("agm_held".into());
        filing.lapse = Some(Lapse { on: date!(2026 - 09 - 30), due: date!(2026 - 10 - 30) });
        let on = |day| status_on(&filing, day).unwrap().as_str();
        assert_eq!(on(date!(2026 - 09 - 30)), "awaiting_event");
        assert_eq!(on(date!(2026 - 10 - 01)), "upcoming");
        assert_eq!(on(date!(2026 - 10 - 31)), "overdue");
        assert_eq!(on(date!(2026 - 11 - 06)), "overdue");
        assert_eq!(on(date!(2026 - 11 - 07)), "breached");
    }

    #[test]
    fn no_date_means_waiting() {
        let mut filing = open_filing();
        filing.legal_due = None;
        assert_eq!(status_on(&filing, date!(2030 - 01 - 01)), Some(FilingStatus::AwaitingEvent));
        assert_eq!(days_late(&filing, date!(2030 - 01 - 01)), 0);
    }
}
