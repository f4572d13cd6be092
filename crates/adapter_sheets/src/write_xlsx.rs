//! One sheet of a workbook, written row by row; rows already written wait in a temporary file, not in memory.

use std::io::Write;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Note, Workbook, Worksheet};
use time::Date;

use crate::error::SheetError;
use crate::neutralise::neutralise;
use crate::write::{OutColumn, Value};

/// Longest text a workbook cell holds, with room for a guard.
const LONGEST_TEXT: usize = 32_000;
/// First day of the 1900 date system that spreadsheets count right.
const FIRST_SERIAL: i64 = 61;

/// How to mark a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Error,
    Warning,
}

/// What a cell holds, as far as its format goes. Text keeps the text format, so that a person who types it again
/// does not lose leading zeros.
#[derive(Clone, Copy)]
enum Content {
    Text,
    Number,
    Date,
}

/// The looks of cells, made once: unmarked, errors, warnings; for each content.
struct Looks([[Format; 3]; 3]);

impl Looks {
    fn new() -> Looks {
        let kinds = |base: Format| {
            let (text, date) = (base.clone().set_num_format("@"), base.clone().set_num_format("dd-mmm-yyyy"));
            [text, base, date]
        };
        let marked =
            |fill: u32| Format::new().set_background_color(Color::RGB(fill)).set_border(FormatBorder::Thin);
        Looks([kinds(Format::new()), kinds(marked(0x00FF_C7CE)), kinds(marked(0x00FF_EB9C))])
    }

    fn get(&self, mark: Option<Mark>, content: Content) -> &Format {
        let kinds = match mark {
            None => &self.0[0],
            Some(Mark::Error) => &self.0[1],
            Some(Mark::Warning) => &self.0[2],
        };
        match content {
            Content::Text => &kinds[0],
            Content::Number => &kinds[1],
            Content::Date => &kinds[2],
        }
    }
}

pub(crate) struct XlsxRows {
    book: Workbook,
    looks: Looks,
    columns: u16,
    next: u32,
}

pub(crate) fn header_format() -> Format {
    Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0x00E7_EDF3))
        .set_border_bottom(FormatBorder::Thin)
        .set_align(FormatAlign::Top)
        .set_text_wrap()
}

impl XlsxRows {
    pub(crate) fn new(sheet_name: &str, columns: &[OutColumn]) -> Result<XlsxRows, SheetError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet_with_constant_memory().map_err(SheetError::write)?;
        sheet.set_name(sheet_name).map_err(SheetError::write)?;
        sheet.set_freeze_panes(1, 0).map_err(SheetError::write)?;
        let header = header_format();
        for (index, column) in columns.iter().enumerate() {
            let at = u16::try_from(index).map_err(SheetError::write)?;
            sheet.set_column_width(at, column.width).map_err(SheetError::write)?;
        }
        for (index, column) in columns.iter().enumerate() {
            let at = u16::try_from(index).map_err(SheetError::write)?;
            let text = neutralise(&column.header).into_owned();
            sheet.write_string_with_format(0, at, text, &header).map_err(SheetError::write)?;
        }
        let columns = u16::try_from(columns.len()).map_err(SheetError::write)?;
        Ok(XlsxRows { book, looks: Looks::new(), columns, next: 1 })
    }

    fn sheet(&mut self) -> Result<&mut Worksheet, SheetError> {
        self.book.worksheet_from_index(0).map_err(SheetError::write)
    }

    /// Writes the next row; `mark` says how to mark the cell of a column.
    pub(crate) fn write(
        &mut self,
        values: &[Value<'_>],
        mark: impl Fn(usize) -> Option<Mark>,
    ) -> Result<(), SheetError> {
        let row = self.next;
        let sheet = self.book.worksheet_from_index(0).map_err(SheetError::write)?;
        for (index, value) in values.iter().enumerate() {
            let column = u16::try_from(index).map_err(SheetError::write)?;
            write_value(sheet, row, column, value, mark(index), &self.looks).map_err(SheetError::write)?;
        }
        self.next += 1;
        Ok(())
    }

    /// Puts a note on a cell of the row written last.
    pub(crate) fn note(&mut self, column: usize, text: &str) -> Result<(), SheetError> {
        let row = self.next - 1;
        let column = u16::try_from(column).map_err(SheetError::write)?;
        let note = Note::new(text).add_author_prefix(false).set_width(280);
        self.sheet()?.insert_note(row, column, &note).map_err(SheetError::write)?;
        Ok(())
    }

    pub(crate) fn finish<W: Write + Send>(mut self, out: W) -> Result<(), SheetError> {
        let (last_row, columns) = (self.next - 1, self.columns);
        if let Some(last_column) = columns.checked_sub(1) {
            self.sheet()?.autofilter(0, 0, last_row, last_column).map_err(SheetError::write)?;
        }
        self.book.save_to_writer(out).map_err(SheetError::write)
    }
}

fn write_value(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value<'_>,
    mark: Option<Mark>,
    looks: &Looks,
) -> Result<(), rust_xlsxwriter::XlsxError> {
    let (text_look, look) = (looks.get(mark, Content::Text), looks.get(mark, Content::Number));
    match value {
        Value::Empty if mark.is_none() => {}
        Value::Empty => {
            sheet.write_blank(row, column, text_look)?;
        }
        Value::Text(text) => {
            let text = neutralise(cut(text)).into_owned();
            sheet.write_string_with_format(row, column, text, text_look)?;
        }
        Value::Int(number) => write_decimal(sheet, row, column, Decimal::from(*number), look)?,
        Value::Decimal(number) => write_decimal(sheet, row, column, *number, look)?,
        Value::Number(number) if number.is_finite() => {
            sheet.write_number_with_format(row, column, *number, look)?;
        }
        Value::Number(_) => {}
        Value::Date(date) => match serial(*date) {
            Some(serial) => {
                sheet.write_number_with_format(row, column, serial, looks.get(mark, Content::Date))?;
            }
            None => {
                sheet.write_string_with_format(row, column, date.to_string(), text_look)?;
            }
        },
        Value::Bool(value) => {
            sheet.write_boolean_with_format(row, column, *value, look)?;
        }
    }
    Ok(())
}

/// A number when a spreadsheet keeps all its digits, text otherwise.
fn write_decimal(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    number: Decimal,
    look: &Format,
) -> Result<(), rust_xlsxwriter::XlsxError> {
    let digits = number.mantissa().unsigned_abs().to_string().len();
    match number.to_f64().filter(|_| digits <= 15) {
        Some(value) => sheet.write_number_with_format(row, column, value, look)?,
        None => sheet.write_string_with_format(row, column, number.to_string(), look)?,
    };
    Ok(())
}

/// The day's number in the 1900 date system; `None` before 1 March 1900.
fn serial(date: Date) -> Option<f64> {
    const EPOCH_JULIAN_DAY: i64 = 2_415_019;
    let days = i64::from(date.to_julian_day()) - EPOCH_JULIAN_DAY;
    (FIRST_SERIAL..3_000_000).contains(&days).then_some(days as f64)
}

/// At most as much as a cell holds.
fn cut(text: &str) -> &str {
    text.char_indices().nth(LONGEST_TEXT).map_or(text, |(at, _)| &text[..at])
}
