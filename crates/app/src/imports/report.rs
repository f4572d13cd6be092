//! What a check found and a commit did, as it is stored with the import and shown by the API.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Issues kept with the import; the returned copy has all of them.
pub const MAX_ISSUES: usize = 500;

/// A column of the sheet.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct ColumnReport {
    /// From 0.
    pub index: usize,
    /// Its heading.
    pub header: String,
    /// The first few contents.
    pub sample: Vec<String>,
    /// The field it is mapped to.
    pub field: Option<String>,
    /// `exact`, `likely` or `none`.
    pub confidence: String,
}

/// Something to correct, or to look at.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct Issue {
    /// Row in the file, from 1.
    pub row: usize,
    /// Column from 0; none for the row as a whole.
    pub column: Option<usize>,
    /// Heading of the column.
    pub header: Option<String>,
    /// Field.
    pub field: Option<String>,
    /// What the cell says, cut and without Aadhaar numbers.
    pub value: Option<String>,
    /// The sentence.
    pub message: String,
    /// `error` keeps the row out; `warning` does not.
    pub severity: String,
}

impl Issue {
    /// Whether it keeps the row out.
    pub fn is_error(&self) -> bool {
        self.severity == "error"
    }
}

/// How many rows there are of each kind.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase", default)]
pub struct Counts {
    /// Rows with content.
    pub rows: usize,
    /// Without errors.
    pub ok: usize,
    /// New clients.
    pub to_create: usize,
    /// Changed clients.
    pub to_update: usize,
    /// Nothing differs from the record.
    pub unchanged: usize,
    /// With errors.
    pub with_errors: usize,
    /// Made by the commit.
    pub created: usize,
    /// Changed by the commit.
    pub updated: usize,
    /// Left out by the commit.
    pub skipped: usize,
}

/// The whole report.
#[derive(Debug, Clone, Default, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase", default)]
pub struct Report {
    /// Columns with their mapping.
    pub columns: Vec<ColumnReport>,
    /// Figures.
    pub counts: Counts,
    /// The first [`MAX_ISSUES`] issues of the check, by row.
    pub issues: Vec<Issue>,
    /// All issues of the check.
    pub issues_total: usize,
    /// Rows that were good at the check and not at the commit.
    pub commit_issues: Vec<Issue>,
    /// What the reader had to decide.
    pub notes: Vec<String>,
}

impl Report {
    /// Reads the stored report; an unreadable one is empty.
    pub fn from_json(value: &Value) -> Self {
        Self::deserialize(value).unwrap_or_default()
    }
    /// As it is stored.
    pub fn to_json(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}
