//! The one vocabulary for what can go wrong in a store, and the two ends of a transaction.

use async_trait::async_trait;
use thiserror::Error;

/// A failure of the store, in words that every domain shares.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database is away; nothing was changed. Worth a retry later.
    #[error("the database does not answer")]
    Unavailable,
    /// Somebody else saved the record first.
    #[error("the record was changed by somebody else")]
    Stale,
    /// A unique rule refused the row; the text names the rule.
    #[error("already there: {0}")]
    Duplicate(String),
    /// Text holds a character that the database cannot keep (NUL).
    #[error("the text holds a character that cannot be stored")]
    Unstorable,
    /// A stored value cannot become a domain value.
    #[error("table {table}, column {column}, id {id}: {why}")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row.
        id: i64,
        /// What was wrong with it.
        why: String,
    },
    /// Anything else; a defect to be looked at, not a state to handle.
    #[error("store failure: {0}")]
    Other(String),
}

/// Ends a transaction. Called by `app::transact` and by worker loops only.
#[async_trait]
pub trait Commit: Send {
    /// Makes the work lasting, or says that it is not.
    async fn commit(self: Box<Self>) -> Result<(), StoreError>;
    /// Undoes the work.
    async fn rollback(self: Box<Self>) -> Result<(), StoreError>;
}
