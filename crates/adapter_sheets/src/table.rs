//! What reading gives: a header, rows with their place in the file, notes; and the limits of reading.

use crate::Cell;

/// The file formats read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SheetFormat {
    /// Comma-separated text.
    Csv,
    /// Office Open XML workbook.
    Xlsx,
}

impl SheetFormat {
    /// The file name extension without its dot.
    pub const fn extension(self) -> &'static str {
        match self {
            SheetFormat::Csv => "csv",
            SheetFormat::Xlsx => "xlsx",
        }
    }

    /// The media type for HTTP.
    pub const fn content_type(self) -> &'static str {
        match self {
            SheetFormat::Csv => "text/csv; charset=utf-8",
            SheetFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// The format for an extension such as `xlsx`, any case.
    pub fn from_extension(extension: &str) -> Option<SheetFormat> {
        match extension.to_ascii_lowercase().as_str() {
            "csv" => Some(SheetFormat::Csv),
            "xlsx" => Some(SheetFormat::Xlsx),
            _ => None,
        }
    }
}

/// How much of a file is read before it is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetLimits {
    /// Bytes of the file.
    pub max_bytes: usize,
    /// Bytes of a workbook when unpacked, all parts together.
    pub max_uncompressed: u64,
    /// Rows with content, the header not counted.
    pub max_rows: usize,
    /// Columns with content.
    pub max_cols: usize,
    /// Cells with content in all: bounds memory.
    pub max_cells: usize,
    /// Characters of one cell.
    pub max_cell_chars: usize,
    /// Empty rows between two rows with content.
    pub max_empty_run: usize,
}

impl Default for SheetLimits {
    fn default() -> Self {
        SheetLimits {
            max_bytes: 20 * 1024 * 1024,
            max_uncompressed: 200 * 1024 * 1024,
            max_rows: 50_000,
            max_cols: 200,
            max_cells: 2_000_000,
            max_cell_chars: 4_000,
            max_empty_run: 1_000,
        }
    }
}

/// One row with content.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its number in the file, from 1, as the spreadsheet program shows it.
    pub number: usize,
    /// Its cells from the first column; missing ones at the end are empty.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The cell of a column, counted from 0; `Empty` beyond the end.
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }
}

/// A sheet that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What the file is, by its content.
    pub format: SheetFormat,
    /// Names of the visible sheets; empty for CSV.
    pub sheet_names: Vec<String>,
    /// The sheet that was read; `None` for CSV.
    pub sheet: Option<String>,
    /// Headings, trimmed; at least as many as the widest row has cells, empty where there is none.
    pub header: Vec<String>,
    /// Number of the header's row in the file, from 1.
    pub header_row: usize,
    /// Rows with content below the header, in the file's order.
    pub rows: Vec<Row>,
    /// What the reader should know, each a sentence: assumed encoding, merged cells, formulas, left-out parts.
    pub notes: Vec<String>,
}

/// The letters a spreadsheet program shows for a column counted from 0: A, B, ..., Z, AA.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}
