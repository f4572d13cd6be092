//! Files that go back to the person: the sheet with its problems beside the cells, and an empty one to fill.

use super::check::check;
use super::report::Report;
use super::sheets::{SheetProblem, Sheets, off_thread};
use super::upload::load;
use super::{ImportError, catalogue, template_fields};
use crate::database::{Database, transact};
use clients::ImportState;
use kernel::id::ImportId;
use kernel::{Actor, Permission};
use rulebook::Rulebook;
use std::sync::Arc;

/// The uploaded sheet again with every problem beside its cell; CSV stays CSV. Answers bytes and file name. All
/// issues are in it, however many: the rows are checked anew.
pub async fn annotated(
    db: &dyn Database,
    actor: &Actor,
    sheets: &Arc<dyn Sheets>,
    id: ImportId,
) -> Result<(Vec<u8>, String), ImportError> {
    actor.require(Permission::ClientsImport)?;
    let (import, table) = load(db, actor, sheets, id).await?;
    let report = Report::from_json(&import.report);
    let mut issues = report.issues.clone();
    if report.issues_total > issues.len() {
        issues = check(db, actor, sheets, table, Arc::new(import.mapping.clone())).await?.issues;
    }
    if import.state != ImportState::Checked {
        issues.extend(report.commit_issues);
    }
    let problem = |issue: super::Issue| SheetProblem {
        row: issue.row,
        column: issue.column,
        error: issue.is_error(),
        message: issue.message,
    };
    let problems: Vec<SheetProblem> = issues.into_iter().map(problem).collect();
    let content =
        transact(db, actor, async |tx| tx.import_content(id).await).await?.ok_or(ImportError::NotFound)?;
    let name = import.file_name.clone();
    let made = off_thread(sheets, move |sheets| sheets.annotated(&content, &name, &problems)).await?;
    let (bytes, extension) = made.map_err(ImportError::Unreadable)?;
    let stem = import.file_name.rsplit_once('.').map_or(import.file_name.as_str(), |(stem, _)| stem);
    Ok((bytes, format!("{stem} - checked.{extension}")))
}

/// An empty sheet with all fields.
pub async fn template(actor: &Actor, sheets: &Arc<dyn Sheets>, xlsx: bool) -> Result<Vec<u8>, ImportError> {
    actor.require(Permission::ClientsImport)?;
    let fields = template_fields(&catalogue(Rulebook::shipped()));
    off_thread(sheets, move |sheets| sheets.template(&fields, xlsx)).await?.map_err(ImportError::Unreadable)
}
