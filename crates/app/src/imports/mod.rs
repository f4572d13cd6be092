//! Importing clients from a spreadsheet: upload and check, commit in the background, take the whole of it back.

mod before;
mod catalogue;
mod check;
#[cfg(test)]
mod check_tests;
mod commit;
mod files;
mod infer;
mod make_rows;
mod mask;
mod matching;
mod normal;
mod report;
pub mod sheets;
mod undo;
mod upload;
mod write_row;

pub use catalogue::{catalogue, template_fields};
pub use check::{CheckedRow, RowPlan};
pub use commit::{begin_commit, run_commit, start_commit};
pub use files::{annotated, template};
pub use report::{ColumnReport, Counts, Issue, MAX_ISSUES, Report};
pub use sheets::{
    OutCell, RawCell, RawRow, RawTable, RowSink, SheetProblem, Sheets, TemplateField, off_thread,
};
pub use undo::undo;
pub use upload::{Mapping, Upload, recheck, upload};

use crate::licence::PlanError;
use kernel::id::{ClientId, ImportId};
use kernel::{Denied, FieldErrors, NotEntitled, StoreError};
use thiserror::Error;

/// Why an import went no further.
#[derive(Debug, Error)]
pub enum ImportError {
    /// No such import.
    #[error("We can't find this import, or you can't open it.")]
    NotFound,
    /// The role does not allow it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The mapping is wrong.
    #[error("Check the marked fields.")]
    Invalid(FieldErrors),
    /// The file cannot be read; the sentence says why and what to do.
    #[error("{0}")]
    Unreadable(String),
    /// Rows have errors and nobody said to leave them out.
    #[error("{0} rows have errors. Correct them and upload the sheet again, or import the other rows only.")]
    HasErrors(usize),
    /// Somebody changed clients of this import since.
    #[error("Some clients were changed after this import. Undo it by hand on their pages.")]
    ChangedSince(Vec<(ClientId, String)>),
    /// Not possible in the state in which the import is.
    #[error("{0}")]
    State(&'static str),
    /// The plan does not go that far.
    #[error(transparent)]
    NotEntitled(#[from] NotEntitled),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<PlanError> for ImportError {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::NotEntitled(refused) => Self::NotEntitled(refused),
            PlanError::Store(error) => Self::Store(error),
        }
    }
}

impl From<FieldErrors> for ImportError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

/// The request id under which an import writes: the journal tells by it what the import did and what people did.
pub(crate) fn request_id(id: ImportId) -> String {
    format!("import-{id}")
}
