//! Saved views of the filings and the clients list: filters, order, columns and row height under a name, for oneself or for the firm.

mod cases;
mod ports;

pub use cases::{ViewError, change_view, create_view, remove_view, set_default};
pub use ports::{RowHeight, SavedView, SavedViews, ViewFields, ViewOf};

/// The most views of one list that one person keeps.
pub const MAX_VIEWS: usize = 50;
