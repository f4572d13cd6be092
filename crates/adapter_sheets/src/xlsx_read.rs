//! Workbooks: one streaming pass over one sheet, stored values of formulas, dates as dates.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use time::{Date, Month};

use crate::error::{SheetError, SheetErrorCode};
use crate::table_builder::TableBuilder;
use crate::template::{HOW_TO_FILL, LISTS};
use crate::{Cell, SheetFormat, SheetLimits, Table, column_letters, dates, zip_guard};

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// How many places a note names.
const NAMED: usize = 5;

pub(crate) fn read(bytes: &[u8], limits: &SheetLimits, sheet: Option<&str>) -> Result<Table, SheetError> {
    let macros = zip_guard::check(bytes, limits)?;
    // The parser meets hostile bytes: should it panic, the file is refused and the process lives on.
    let mut table = catch_unwind(AssertUnwindSafe(|| read_book(bytes, limits, sheet)))
        .unwrap_or_else(|_| Err(SheetError::damaged()))?;
    table.notes.extend(macros);
    Ok(table)
}

fn damaged<E>(_: E) -> SheetError {
    SheetError::damaged()
}

fn read_book(bytes: &[u8], limits: &SheetLimits, sheet: Option<&str>) -> Result<Table, SheetError> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let visible: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|meta| meta.typ == SheetType::WorkSheet && meta.visible == SheetVisible::Visible)
        .map(|meta| meta.name.clone())
        .collect();
    if let Some(wanted) = sheet {
        let name =
            visible.iter().find(|name| name.eq_ignore_ascii_case(wanted)).cloned().ok_or_else(|| {
                SheetError::new(
                    SheetErrorCode::NoSuchSheet,
                    format!("There is no sheet \"{wanted}\". The workbook has: {}.", visible.join(", ")),
                )
            })?;
        return read_sheet(&mut book, limits, &name)?.finish(SheetFormat::Xlsx, visible, Some(name));
    }
    let candidates: Vec<String> =
        visible.iter().filter(|name| ![HOW_TO_FILL, LISTS].contains(&name.as_str())).cloned().collect();
    for name in &candidates {
        let mut builder = read_sheet(&mut book, limits, name)?;
        if builder.is_empty() {
            continue;
        }
        let others: Vec<&str> =
            candidates.iter().filter(|other| *other != name).map(String::as_str).collect();
        if !others.is_empty() {
            let note = format!("Only the sheet \"{name}\" was read. Not read: {}.", others.join(", "));
            builder.notes.push(note);
        }
        return builder.finish(SheetFormat::Xlsx, visible, Some(name.clone()));
    }
    Err(SheetError::new(
        SheetErrorCode::Empty,
        "The workbook has no sheet with content. Fill one and upload it again.",
    ))
}

/// What was seen while reading, for the notes.
#[derive(Default)]
struct Seen {
    formulas: usize,
    formula_places: Vec<String>,
    unknown_formulas: usize,
}

fn read_sheet<'l>(
    book: &mut Book<'_>,
    limits: &'l SheetLimits,
    name: &str,
) -> Result<TableBuilder<'l>, SheetError> {
    let mut builder = TableBuilder::new(limits);
    let mut seen = Seen::default();
    let mut reader = book.worksheet_cells_reader(name).map_err(damaged)?;
    let mut cells: Vec<Cell> = Vec::new();
    let mut current = 0usize;
    while let Some(record) = reader.next_cell_with_formula_metadata().map_err(damaged)? {
        let (row, column) = (record.pos.0 as usize, record.pos.1 as usize);
        if row != current {
            if row < current {
                return Err(SheetError::damaged());
            }
            builder.push(current + 1, std::mem::take(&mut cells))?;
            current = row;
        }
        let mut cell = convert(record.value, limits)?;
        if record.formula.is_some() {
            if seen.formula_places.len() < NAMED {
                seen.formula_places.push(format!("{}{}", column_letters(column), row + 1));
            }
            seen.formulas += 1;
            if cell.is_empty() {
                seen.unknown_formulas += 1;
                cell = Cell::Error("formula without a stored value".to_owned());
            }
        }
        if cell.is_empty() {
            continue;
        }
        // Far-off columns must not cost memory; the builder refuses the row by its width.
        let column = column.min(limits.max_cols);
        if cells.len() <= column {
            cells.resize(column + 1, Cell::Empty);
        }
        cells[column] = cell;
    }
    builder.push(current + 1, cells)?;
    drop(reader);
    note_formulas(&seen, &mut builder);
    note_merged(book, name, &mut builder)?;
    Ok(builder)
}

fn convert(value: DataRef<'_>, limits: &SheetLimits) -> Result<Cell, SheetError> {
    // A text far over the limit is cut before it is copied; the builder then refuses it with its place.
    let cut = |text: &str| {
        let end = text.char_indices().nth(limits.max_cell_chars + 1).map_or(text.len(), |(at, _)| at);
        Cell::from_text(text[..end].to_owned())
    };
    Ok(match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Number(number as f64),
        DataRef::Float(number) => Cell::Number(number),
        DataRef::String(text) => cut(&text),
        DataRef::SharedString(text) => cut(text),
        DataRef::Bool(value) => Cell::Bool(value),
        DataRef::DateTime(moment) if moment.is_datetime() && moment.as_f64() >= 1.0 => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            Month::try_from(month)
                .ok()
                .and_then(|month| Date::from_calendar_date(i32::from(year), month, day).ok())
                .map_or(Cell::Number(moment.as_f64()), Cell::Date)
        }
        DataRef::DateTime(moment) => Cell::Number(moment.as_f64()),
        DataRef::DateTimeIso(text) => {
            let cell = Cell::from_text(text);
            dates::parse_date(&cell).map_or(cell, Cell::Date)
        }
        DataRef::DurationIso(text) => Cell::from_text(text),
        DataRef::Error(error) => Cell::Error(error.to_string()),
    })
}

fn note_formulas(seen: &Seen, builder: &mut TableBuilder<'_>) {
    if seen.formulas > 0 {
        builder.notes.push(format!(
            "{} cells contain formulas; their last stored values were used (first: {}).",
            seen.formulas,
            seen.formula_places.join(", ")
        ));
    }
    if seen.unknown_formulas > 0 {
        builder.notes.push(format!(
            "{} formulas have no stored value. Open the workbook in your spreadsheet program, save it and upload it \
             again.",
            seen.unknown_formulas
        ));
    }
}

fn note_merged(book: &mut Book<'_>, name: &str, builder: &mut TableBuilder<'_>) -> Result<(), SheetError> {
    if builder.is_empty() {
        return Ok(());
    }
    let merged = book.merge_cells_by_sheet_name(name).map_err(damaged)?;
    if merged.is_empty() {
        return Ok(());
    }
    let place = |(row, column): (u32, u32)| format!("{}{}", column_letters(column as usize), row + 1);
    let named: Vec<String> =
        merged.iter().take(NAMED).map(|area| format!("{}:{}", place(area.start), place(area.end))).collect();
    builder.notes.push(format!(
        "{} areas are merged cells; their value counts for the top-left cell only (first: {}). Unmerge them and fill \
         each cell.",
        merged.len(),
        named.join(", ")
    ));
    Ok(())
}
