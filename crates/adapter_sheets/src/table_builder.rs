//! Collects rows of any format into a [`Table`]: limits, empty rows, the header, notes.

use crate::error::{SheetError, SheetErrorCode};
use crate::neutralise::strip_guard;
use crate::{Cell, PROBLEMS_HEADER, Row, SheetFormat, SheetLimits, Table, column_letters};

/// How many rows with content are looked at to find the header.
const HEADER_SEARCH: usize = 20;
/// Largest whole number a spreadsheet stores without losing digits.
const EXACT: f64 = 999_999_999_999_999.0;
/// How many places a note names.
const NAMED: usize = 5;

pub(crate) struct TableBuilder<'a> {
    limits: &'a SheetLimits,
    rows: Vec<Row>,
    cells: usize,
    last: usize,
    skipped: usize,
    long_numbers: Vec<String>,
    pub(crate) notes: Vec<String>,
}

impl<'a> TableBuilder<'a> {
    pub(crate) fn new(limits: &'a SheetLimits) -> Self {
        TableBuilder {
            limits,
            rows: Vec::new(),
            cells: 0,
            last: 0,
            skipped: 0,
            long_numbers: Vec::new(),
            notes: Vec::new(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds the row `number` (from 1); an empty one is skipped. Rows come in rising order.
    pub(crate) fn push(&mut self, number: usize, mut cells: Vec<Cell>) -> Result<(), SheetError> {
        while cells.last().is_some_and(Cell::is_empty) {
            cells.pop();
        }
        if cells.is_empty() {
            return Ok(());
        }
        if number <= self.last {
            return Err(SheetError::damaged());
        }
        let gap = number - self.last - 1;
        if !self.rows.is_empty() && gap > self.limits.max_empty_run {
            return Err(SheetError::at_row(
                SheetErrorCode::Gap,
                number,
                format!(
                    "Rows {} to {} are empty, and row {number} has content again. Delete the empty rows and upload \
                     the file again.",
                    self.last + 1,
                    number - 1
                ),
            ));
        }
        if !self.rows.is_empty() {
            self.skipped += gap;
        }
        self.last = number;
        if cells.len() > self.limits.max_cols {
            return Err(SheetError::at_row(
                SheetErrorCode::TooMany,
                number,
                format!(
                    "Row {number} has content in column {}. At most {} columns are read: delete the others and \
                     upload the file again.",
                    column_letters(cells.len() - 1),
                    self.limits.max_cols
                ),
            ));
        }
        for (column, cell) in cells.iter_mut().enumerate() {
            self.check_cell(number, column, cell)?;
        }
        self.cells += cells.len();
        // The header and a few title rows come on top of the data rows.
        if self.rows.len() > self.limits.max_rows + HEADER_SEARCH || self.cells > self.limits.max_cells {
            return Err(self.too_many());
        }
        cells.shrink_to_fit();
        self.rows.push(Row { number, cells });
        Ok(())
    }

    fn too_many(&self) -> SheetError {
        SheetError::new(
            SheetErrorCode::TooMany,
            format!(
                "The sheet has more than {} rows or {} cells with content. Split it into smaller files.",
                self.limits.max_rows, self.limits.max_cells
            ),
        )
    }

    fn check_cell(&mut self, number: usize, column: usize, cell: &mut Cell) -> Result<(), SheetError> {
        let place = || format!("{}{number}", column_letters(column));
        match cell {
            Cell::Text(text) => {
                if text.contains('\0') {
                    return Err(SheetError::at_row(
                        SheetErrorCode::Nul,
                        number,
                        format!(
                            "Cell {} contains a NUL character, which no text has. Type the cell again, save the file \
                             and upload it.",
                            place()
                        ),
                    ));
                }
                let limit = self.limits.max_cell_chars;
                if text.len() > limit && text.chars().count() > limit {
                    return Err(SheetError::at_row(
                        SheetErrorCode::LongCell,
                        number,
                        format!(
                            "Cell {} has more than {limit} characters. Shorten it; in a CSV file look for a missing \
                             closing quotation mark.",
                            place()
                        ),
                    ));
                }
                strip_guard(text);
                text.shrink_to_fit();
            }
            Cell::Number(value) if value.abs() > EXACT && value.fract() == 0.0 => {
                self.long_numbers.push(place())
            }
            _ => {}
        }
        Ok(())
    }

    /// Finds the header and makes the table.
    pub(crate) fn finish(
        mut self,
        format: SheetFormat,
        sheet_names: Vec<String>,
        sheet: Option<String>,
    ) -> Result<Table, SheetError> {
        if self.rows.is_empty() {
            return Err(SheetError::new(
                SheetErrorCode::Empty,
                "The sheet is empty. Upload one with headings and rows.",
            ));
        }
        let at = header_index(&self.rows);
        let rows = self.rows.split_off(at + 1);
        if rows.len() > self.limits.max_rows {
            return Err(self.too_many());
        }
        let head = self.rows.pop().unwrap_or(Row { number: 1, cells: Vec::new() });
        if !self.rows.is_empty() {
            let note =
                format!("The headings were read from row {}; the rows above it were left out.", head.number);
            self.notes.push(note);
        }
        if self.skipped > 0 {
            self.notes.push(format!("{} empty rows were skipped.", self.skipped));
        }
        if !self.long_numbers.is_empty() {
            self.notes.push(format!(
                "{} numbers with more than 15 digits have lost digits in the spreadsheet (first: {}). Format such \
                 columns as text and type them again.",
                self.long_numbers.len(),
                self.long_numbers.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ")
            ));
        }
        let header = head.cells.iter().map(|cell| collapse(&cell.to_text())).collect();
        let mut table =
            Table { format, sheet_names, sheet, header, header_row: head.number, rows, notes: self.notes };
        drop_problems_column(&mut table);
        widen_header(&mut table);
        note_headings(&mut table);
        Ok(table)
    }
}

/// The header is the first row that is at least two thirds as wide as the rows near it usually are and mostly
/// text (titles above are narrow); the first row when there is none.
fn header_index(rows: &[Row]) -> usize {
    let near = &rows[..rows.len().min(HEADER_SEARCH)];
    let filled = |row: &Row| row.cells.iter().filter(|cell| !cell.is_empty()).count();
    let texts = |row: &Row| row.cells.iter().filter(|cell| matches!(cell, Cell::Text(_))).count();
    let mut widths: Vec<usize> = near.iter().map(filled).collect();
    widths.sort_unstable();
    let usual = widths.get(widths.len() / 2).copied().unwrap_or(0);
    near.iter().position(|row| filled(row) * 3 >= usual * 2 && texts(row) * 2 >= filled(row)).unwrap_or(0)
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn drop_problems_column(table: &mut Table) {
    let last = table.header.iter().rposition(|heading| !heading.is_empty());
    if let Some(last) = last
        && table.header[last].eq_ignore_ascii_case(PROBLEMS_HEADER)
    {
        table.header.truncate(last);
        for row in &mut table.rows {
            row.cells.truncate(last);
        }
        table.rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
        table.notes.push(format!("The column \"{PROBLEMS_HEADER}\" of the returned copy was left out."));
    }
}

fn widen_header(table: &mut Table) {
    let widest = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    if table.header.len() < widest {
        table.header.resize(widest, String::new());
    }
}

fn note_headings(table: &mut Table) {
    for (column, heading) in table.header.iter().enumerate() {
        if heading.is_empty() {
            if table.rows.iter().any(|row| !row.cell(column).is_empty()) {
                table.notes.push(format!("Column {} has content but no heading.", column_letters(column)));
            }
        } else if let Some(first) =
            table.header[..column].iter().position(|other| other.eq_ignore_ascii_case(heading))
        {
            table.notes.push(format!(
                "The heading \"{heading}\" stands twice, in columns {} and {}.",
                column_letters(first),
                column_letters(column)
            ));
        }
    }
}
