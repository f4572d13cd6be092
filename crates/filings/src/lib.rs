//! Obligations: generated from the rulebook, re-dated when facts and events change, filed with proof, judged against
//! the legal due date. Due, overdue and breached are read from dates and never stored.

pub mod alerts;
pub mod bulk;
pub mod calendar;
pub mod clock;
pub mod commands;
pub mod custody;
mod due_span;
pub mod escalate;
pub mod filing;
pub mod firm_book;
pub mod ladder;
#[cfg(test)]
mod own_rules_test;
pub mod own_target;
pub mod picture;
pub mod plan;
pub mod portal_log;
pub mod ports;
pub mod relaxation;
#[cfg(test)]
mod rule_change_test;
pub mod settings;
pub mod status;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod views;

pub mod checklist;
pub mod comment;

pub use bulk::{BulkItem, BulkOutcome, MAX_AT_ONCE, patch_filings};
pub use calendar::CalendarViews;
pub use checklist::{ChecklistError, add_item, tick_item};
pub use clock::{Clock, ClockFacts, Holder};
pub use commands::{FilingError, PatchFiling, patch_filing};
pub use comment::{CommentError, comment};
pub use custody::{Custody, hand_over};
pub use due_span::DueSpan;
pub use filing::{Closure, Filing, FilingState, Refusal};
pub use firm_book::FirmBook;
pub use own_target::OwnTarget;
pub use plan::{PlanChange, PlanDiff, reconcile};
pub use portal_log::{PortalLog, log_problem, strike_problem};
pub use ports::{ChecklistRow, CommentRow, Filings, NewFiling};
pub use relaxation::{Relaxation, Relaxations, Relief};
pub use settings::{Aims, ReturnSetting};
pub use status::{DUE_SOON_DAYS, FilingStatus, days_late, status_on};
pub use views::{FilingCounts, FilingFilter, FilingRow, FilingSort, FilingView, FilingViews};
