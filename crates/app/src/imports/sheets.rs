//! The port to spreadsheets: what importing and exporting need, without knowing the file formats.

use async_trait::async_trait;
use kernel::{Date, StoreError};
use std::io::Write;
use std::sync::{Arc, Mutex};

/// One cell as read.
#[derive(Debug, Clone, PartialEq)]
pub enum RawCell {
    /// Nothing.
    Empty,
    /// Text, numbers and booleans as people see them.
    Text(String),
    /// A real date of the sheet.
    Date(Date),
}

/// One row as read.
#[derive(Debug, Clone, PartialEq)]
pub struct RawRow {
    /// Row in the file, from 1.
    pub number: usize,
    /// One per header; short rows are filled with `Empty`.
    pub cells: Vec<RawCell>,
}

/// A sheet as read.
#[derive(Debug, Clone, PartialEq)]
pub struct RawTable {
    /// Column headings.
    pub header: Vec<String>,
    /// Rows with content.
    pub rows: Vec<RawRow>,
    /// What the reader had to decide: encoding, merged cells, formulas.
    pub notes: Vec<String>,
}

/// Something wrong beside a cell of a returned copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetProblem {
    /// Row in the file, from 1.
    pub row: usize,
    /// Column from 0; none for the whole row.
    pub column: Option<usize>,
    /// The sentence.
    pub message: String,
    /// False for a warning.
    pub error: bool,
}

/// A column of the template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateField {
    /// Heading.
    pub header: String,
    /// Whether every row needs it.
    pub required: bool,
    /// What to write.
    pub help: String,
    /// An example.
    pub example: String,
    /// The only values, when there are only some.
    pub allowed: Vec<String>,
    /// Whether it holds a date.
    pub date: bool,
}

/// A value to write out.
#[derive(Debug, Clone, PartialEq)]
pub enum OutCell<'a> {
    /// Nothing.
    Empty,
    /// Text; made harmless when it could start a formula.
    Text(&'a str),
    /// A whole number.
    Int(i64),
    /// A civil date.
    Date(Date),
}

/// Takes rows one after another and finishes the file.
pub trait RowSink: Send {
    /// Writes one row.
    fn row(&mut self, cells: &[OutCell<'_>]) -> Result<(), String>;
    /// Writes what is left.
    fn finish(self: Box<Self>) -> Result<(), String>;
}

/// Work that takes a thread for a while.
pub type Work = Box<dyn FnOnce() + Send>;

/// Reads and writes spreadsheets. All of it is CPU work; call it through [`off_thread`].
#[async_trait]
pub trait Sheets: Send + Sync {
    /// Runs CPU work off the async threads.
    async fn run(&self, work: Work) -> Result<(), StoreError>;
    /// Reads a cell as a civil date, day first. The error is a sentence.
    fn date(&self, cell: &RawCell) -> Result<Date, String>;
    /// Reads CSV or XLSX by content. The error is a sentence for the person who uploaded it.
    fn read(&self, bytes: &[u8], file_name: &str) -> Result<RawTable, String>;
    /// The same sheet with every problem beside its cell; CSV stays CSV. Answers bytes and extension.
    fn annotated(
        &self,
        bytes: &[u8],
        file_name: &str,
        problems: &[SheetProblem],
    ) -> Result<(Vec<u8>, &'static str), String>;
    /// An empty sheet to fill.
    fn template(&self, fields: &[TemplateField], xlsx: bool) -> Result<Vec<u8>, String>;
    /// Starts a file with its header: name and width in characters of each column.
    fn writer(
        &self,
        xlsx: bool,
        columns: &[(&str, u16)],
        out: Box<dyn Write + Send>,
    ) -> Result<Box<dyn RowSink>, String>;
}

/// Runs work with the sheets off the async threads and gives back what it made.
pub async fn off_thread<T: Send + 'static>(
    sheets: &Arc<dyn Sheets>,
    work: impl FnOnce(&dyn Sheets) -> T + Send + 'static,
) -> Result<T, StoreError> {
    let slot = Arc::new(Mutex::new(None));
    let (filled, theirs) = (slot.clone(), sheets.clone());
    let boxed: Work = Box::new(move || {
        let made = work(theirs.as_ref());
        if let Ok(mut slot) = filled.lock() {
            *slot = Some(made);
        }
    });
    sheets.run(boxed).await?;
    let made = slot.lock().ok().and_then(|mut slot| slot.take());
    made.ok_or_else(|| StoreError::Other("work on a sheet broke off".into()))
}
