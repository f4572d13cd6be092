//! The returned copy: the same sheet with every problem beside its cell.

use std::collections::HashMap;

use crate::error::SheetError;
use crate::template::{HOW_TO_FILL, LISTS};
use crate::write::{OutColumn, SheetWriter, Value};
use crate::write_xlsx::{Mark, XlsxRows};
use crate::{Row, SheetFormat, Table};

/// Heading of the column added to a returned copy; reading leaves that column out.
pub const PROBLEMS_HEADER: &str = "Problems";

/// Notes make a workbook slow to open; beyond these the cell's colour and the last column tell.
const MAX_NOTES: usize = 2_000;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemLevel {
    /// The row cannot be taken; its cell is marked red.
    Error,
    /// The row can be taken; its cell is marked yellow.
    Warning,
}

/// One problem of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellProblem {
    /// The row's number in the file, as in [`Row::number`].
    pub row: usize,
    /// The column, counted from 0; `None` for the row as a whole.
    pub col: Option<usize>,
    /// Error or warning.
    pub level: ProblemLevel,
    /// A sentence for people.
    pub message: String,
}

/// Which rows the returned copy has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowsKept {
    /// All of them.
    All,
    /// Only those with a problem.
    WithProblems,
}

/// The sheet again, same columns and rows in the same order, with a last column "Problems". In a workbook the
/// cells in question are coloured and carry a note. Reading that copy again leaves the last column out.
///
/// # Errors
/// When writing fails.
pub fn annotated_copy(
    original: &Table,
    problems: &[CellProblem],
    format: SheetFormat,
    kept: RowsKept,
) -> Result<Vec<u8>, SheetError> {
    let mut by_row: HashMap<usize, Vec<&CellProblem>> = HashMap::new();
    for problem in problems {
        by_row.entry(problem.row).or_default().push(problem);
    }
    let rows = original.rows.iter().filter(|row| kept == RowsKept::All || by_row.contains_key(&row.number));
    let mut columns: Vec<OutColumn> =
        original.header.iter().map(|heading| OutColumn::new(heading.clone(), 22)).collect();
    columns.push(OutColumn::new(PROBLEMS_HEADER, 70));
    match format {
        SheetFormat::Csv => csv_copy(original, rows, &by_row, &columns),
        SheetFormat::Xlsx => xlsx_copy(original, rows, &by_row, &columns),
    }
}

type ByRow<'a> = HashMap<usize, Vec<&'a CellProblem>>;

fn problems_of<'a, 'b>(row: &Row, by_row: &'b ByRow<'a>) -> &'b [&'a CellProblem] {
    by_row.get(&row.number).map_or(&[], Vec::as_slice)
}

/// All problems of a row in one text, each with its heading.
fn text_of(original: &Table, found: &[&CellProblem]) -> String {
    let one = |problem: &&CellProblem| {
        let heading =
            problem.col.and_then(|column| original.header.get(column)).filter(|text| !text.is_empty());
        match heading {
            Some(heading) => format!("{heading}: {}", problem.message),
            None => problem.message.clone(),
        }
    };
    found.iter().map(one).collect::<Vec<_>>().join(" | ")
}

fn values<'a>(original: &Table, row: &'a Row, text: &'a str) -> Vec<Value<'a>> {
    let cells = (0..original.header.len()).map(|column| Value::of(row.cell(column)));
    cells.chain([if text.is_empty() { Value::Empty } else { Value::Text(text) }]).collect()
}

fn csv_copy<'a>(
    original: &Table,
    rows: impl Iterator<Item = &'a Row>,
    by_row: &ByRow<'_>,
    columns: &[OutColumn],
) -> Result<Vec<u8>, SheetError> {
    let mut writer = SheetWriter::new(SheetFormat::Csv, Vec::new(), "", columns)?;
    for row in rows {
        let text = text_of(original, problems_of(row, by_row));
        writer.write_row(&values(original, row, &text))?;
    }
    writer.finish()
}

fn xlsx_copy<'a>(
    original: &Table,
    rows: impl Iterator<Item = &'a Row>,
    by_row: &ByRow<'_>,
    columns: &[OutColumn],
) -> Result<Vec<u8>, SheetError> {
    // A name that cannot be written, or that reading would pass over, gives way to a plain one.
    let name =
        original.sheet.as_deref().filter(|name| ![HOW_TO_FILL, LISTS].contains(name)).unwrap_or("Sheet1");
    let mut writer = XlsxRows::new(name, columns).or_else(|_| XlsxRows::new("Sheet1", columns))?;
    let mut notes = 0;
    for row in rows {
        let found = problems_of(row, by_row);
        let text = text_of(original, found);
        let mark = |column: usize| {
            let here = found.iter().filter(|problem| problem.col == Some(column));
            here.map(|problem| problem.level).fold(None, |worst, level| match (worst, level) {
                (Some(Mark::Error), _) | (_, ProblemLevel::Error) => Some(Mark::Error),
                _ => Some(Mark::Warning),
            })
        };
        writer.write(&values(original, row, &text), mark)?;
        let mut at: Vec<usize> = found.iter().filter_map(|problem| problem.col).collect();
        at.sort_unstable();
        at.dedup();
        for column in at.into_iter().filter(|column| *column < original.header.len()) {
            if notes == MAX_NOTES {
                break;
            }
            let here = found.iter().filter(|problem| problem.col == Some(column));
            let text = here.map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("\n");
            writer.note(column, &text)?;
            notes += 1;
        }
    }
    let mut out = Vec::new();
    writer.finish(&mut out)?;
    Ok(out)
}
