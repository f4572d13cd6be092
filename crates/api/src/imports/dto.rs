//! Imports on the wire.

use crate::approvals::dto::ProposalDetail;
use crate::auth::dto::UserRef;
use crate::http::Ist;
use app::imports::{Counts, Issue, MAX_ISSUES, Report, catalogue};
use clients::{ImportState, StoredImport};
use identity::User;
use rulebook::Rulebook;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// An uploaded sheet: what was found in it and what became of it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportDto {
    /// Id within the firm.
    pub id: i64,
    /// As the browser named it.
    pub file_name: String,
    /// `checked`, `committing`, `done`, `undone` or `failed`.
    #[schema(value_type = ImportStatus)]
    pub status: String,
    /// When it was uploaded.
    pub created_at: Ist,
    /// Who uploaded it.
    pub created_by: Option<UserRef>,
    /// Its columns and the fields they are mapped to.
    pub columns: Vec<ImportColumn>,
    /// All fields a column can be mapped to; empty in lists.
    pub fields: Vec<ImportField>,
    /// Figures.
    pub counts: ImportCounts,
    /// How far the commit is.
    pub progress: Progress,
    /// The first 500 issues; empty in lists.
    pub issues: Vec<ImportIssue>,
    /// How many issues there are; the returned copy has all of them.
    pub issues_total: i64,
    /// What the reader had to decide, and why it failed if it did.
    pub notes: Vec<String>,
    /// Whether it can be taken back now.
    pub can_undo: bool,
    /// When it was taken back.
    #[schema(required = false)]
    pub undone_at: Option<Ist>,
    /// With an answer to a commit: it waits for approval as this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposal: Option<ProposalDetail>,
}

/// Where an import stands.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportStatus {
    /// Read and checked; nothing written to clients.
    Checked,
    /// Being written.
    Committing,
    /// Written.
    Done,
    /// Taken back.
    Undone,
    /// Stopped by a fault; what was written can be undone.
    Failed,
}

/// How sure a guess is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GuessConfidence {
    /// A known heading.
    Exact,
    /// Look at it.
    Likely,
    /// No field.
    None,
}

/// How bad an issue is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IssueSeverity {
    /// Keeps the row out.
    Error,
    /// Does not.
    Warning,
}

/// A column of the sheet.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportColumn {
    /// From 0.
    pub index: i64,
    /// Its heading.
    pub header: String,
    /// The first few contents.
    pub sample: Vec<String>,
    /// The field it is mapped to.
    #[schema(required = false)]
    pub field: Option<String>,
    /// How sure the guess is.
    #[schema(value_type = GuessConfidence)]
    pub confidence: String,
}

/// A field that a column can be mapped to.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportField {
    /// `pan`, `fact:layer`, ...
    pub key: String,
    /// Heading in the template.
    pub title: String,
    /// Whether every row needs it.
    pub required: bool,
    /// What to write.
    #[schema(required = false)]
    pub help: Option<String>,
}

/// How many rows there are of each kind.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportCounts {
    /// Rows with content.
    pub rows: i64,
    /// Without errors.
    pub ok: i64,
    /// New clients.
    pub to_create: i64,
    /// Changed clients.
    pub to_update: i64,
    /// Nothing differs.
    pub unchanged: i64,
    /// With errors.
    pub with_errors: i64,
    /// Made.
    pub created: i64,
    /// Changed.
    pub updated: i64,
    /// Left out.
    pub skipped: i64,
}

/// How far the commit is, in rows.
#[derive(Debug, Serialize, ToSchema)]
pub struct Progress {
    /// Written.
    pub done: i64,
    /// To write.
    pub total: i64,
}

/// Something to correct or to look at.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportIssue {
    /// Row in the file, from 1.
    pub row: i64,
    /// Column from 0; none for the row as a whole.
    #[schema(required = false)]
    pub column: Option<i64>,
    /// Heading of the column.
    #[schema(required = false)]
    pub header: Option<String>,
    /// Field.
    #[schema(required = false)]
    pub field: Option<String>,
    /// What the cell says, cut to 80 characters.
    #[schema(required = false)]
    pub value: Option<String>,
    /// The sentence.
    pub message: String,
    /// How bad it is.
    #[schema(value_type = IssueSeverity)]
    pub severity: String,
}

/// Imports, newest first.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportPage {
    /// The imports of this page.
    pub items: Vec<ImportDto>,
    /// All of them.
    pub total: i64,
    /// From 1.
    pub page: u32,
    /// Rows on a page.
    pub per_page: u32,
}

/// Another mapping.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportMapping {
    /// Column, counted from 0 → field; null for none. Columns left out keep what they have.
    pub mapping: BTreeMap<String, Option<String>>,
}

/// The word to go ahead.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImportCommit {
    /// Leave rows with errors out and write the others.
    #[serde(default)]
    pub accept_partial: bool,
    /// For whoever approves it, when it has to wait.
    #[schema(max_length = 2000)]
    pub approval_note: Option<String>,
}

fn number(value: usize) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

impl From<Counts> for ImportCounts {
    fn from(c: Counts) -> Self {
        Self {
            rows: number(c.rows),
            ok: number(c.ok),
            to_create: number(c.to_create),
            to_update: number(c.to_update),
            unchanged: number(c.unchanged),
            with_errors: number(c.with_errors),
            created: number(c.created),
            updated: number(c.updated),
            skipped: number(c.skipped),
        }
    }
}

impl From<Issue> for ImportIssue {
    fn from(i: Issue) -> Self {
        Self {
            row: number(i.row),
            column: i.column.map(number),
            header: i.header,
            field: i.field,
            value: i.value,
            message: i.message,
            severity: i.severity,
        }
    }
}

impl ImportDto {
    /// The whole of it.
    pub fn of(import: StoredImport, users: &[User]) -> Self {
        let mut report = Report::from_json(&import.report);
        let mut notes = std::mem::take(&mut report.notes);
        if let Some(error) = import.error {
            notes.insert(0, error);
        }
        let total = report.issues_total + report.commit_issues.len();
        // What went wrong while writing is news; it comes first.
        let issues = report.commit_issues.into_iter().chain(report.issues).take(MAX_ISSUES);
        let fields = catalogue(Rulebook::shipped());
        Self {
            id: import.id.get(),
            file_name: import.file_name,
            status: import.state.as_str().to_owned(),
            created_at: Ist(import.created_at),
            created_by: import.created_by.map(|id| {
                let name = users.iter().find(|u| u.id == id).map(|u| u.display_name.clone());
                UserRef::named(id, name.unwrap_or_default())
            }),
            columns: report
                .columns
                .into_iter()
                .map(|c| ImportColumn {
                    index: number(c.index),
                    header: c.header,
                    sample: c.sample,
                    field: c.field,
                    confidence: c.confidence,
                })
                .collect(),
            fields: fields
                .fields()
                .iter()
                .map(|f| ImportField {
                    key: f.key.clone(),
                    title: f.title.clone(),
                    required: f.required,
                    help: Some(f.help.clone()),
                })
                .collect(),
            counts: report.counts.into(),
            progress: Progress { done: import.progress_done.into(), total: import.progress_total.into() },
            issues: issues.map(Into::into).collect(),
            issues_total: number(total),
            notes,
            can_undo: matches!(import.state, ImportState::Done | ImportState::Failed),
            undone_at: import.undone_at.map(Ist),
            proposal: None,
        }
    }

    /// For lists: without fields, columns and issues.
    pub fn brief(import: StoredImport, users: &[User]) -> Self {
        let whole = Self::of(import, users);
        Self { columns: Vec::new(), fields: Vec::new(), issues: Vec::new(), ..whole }
    }
}
