//! Writing rows out: CSV streamed line by line, workbooks through a temporary file with flat memory.

use std::io::Write;

use rust_decimal::Decimal;
use time::Date;

use crate::error::{SheetError, SheetErrorCode};
use crate::neutralise::neutralise;
use crate::write_xlsx::XlsxRows;
use crate::{Cell, SheetFormat};

/// A column of a sheet to write.
#[derive(Clone, Debug, PartialEq)]
pub struct OutColumn {
    /// Heading.
    pub header: String,
    /// Width in characters; workbooks only.
    pub width: u16,
}

impl OutColumn {
    /// A column with a heading and a width in characters.
    pub fn new(header: impl Into<String>, width: u16) -> OutColumn {
        OutColumn { header: header.into(), width }
    }
}

/// A value to write.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Empty,
    /// Text; made harmless when it could start a formula.
    Text(&'a str),
    /// A whole number.
    Int(i64),
    /// A decimal number, such as money in rupees.
    Decimal(Decimal),
    /// A number as a spreadsheet stores it.
    Number(f64),
    /// A civil date.
    Date(Date),
    /// Yes or no.
    Bool(bool),
}

impl<'a> Value<'a> {
    /// The value of a cell that was read.
    pub(crate) fn of(cell: &'a Cell) -> Value<'a> {
        match cell {
            Cell::Empty => Value::Empty,
            Cell::Text(text) | Cell::Error(text) => Value::Text(text),
            Cell::Number(number) => Value::Number(*number),
            Cell::Bool(value) => Value::Bool(*value),
            Cell::Date(date) => Value::Date(*date),
        }
    }
}

enum Rows<W: Write> {
    Csv(csv::Writer<W>),
    Xlsx { rows: Box<XlsxRows>, out: W },
}

/// Writes one sheet, row by row, in either format. The header is bold and frozen with a filter in workbooks;
/// CSV is UTF-8 with a mark so that spreadsheet programs show names right.
pub struct SheetWriter<W: Write> {
    rows: Rows<W>,
    columns: usize,
}

impl<W: Write + Send> SheetWriter<W> {
    /// Starts a sheet with its header. `sheet_name` (at most 31 characters) is for workbooks only.
    ///
    /// # Errors
    /// When writing fails or the sheet's name is not allowed.
    pub fn new(
        format: SheetFormat,
        mut out: W,
        sheet_name: &str,
        columns: &[OutColumn],
    ) -> Result<SheetWriter<W>, SheetError> {
        let rows = match format {
            SheetFormat::Csv => {
                out.write_all(b"\xef\xbb\xbf").map_err(SheetError::write)?;
                let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
                let header: Vec<_> = columns.iter().map(|column| neutralise(&column.header)).collect();
                csv.write_record(header.iter().map(|heading| heading.as_bytes()))
                    .map_err(SheetError::write)?;
                Rows::Csv(csv)
            }
            SheetFormat::Xlsx => Rows::Xlsx { rows: Box::new(XlsxRows::new(sheet_name, columns)?), out },
        };
        Ok(SheetWriter { rows, columns: columns.len() })
    }

    /// Writes one row; missing values at the end are empty.
    ///
    /// # Errors
    /// When writing fails or there are more values than columns.
    pub fn write_row(&mut self, values: &[Value<'_>]) -> Result<(), SheetError> {
        if values.len() > self.columns {
            return Err(SheetError::new(
                SheetErrorCode::Write,
                "A row has more values than the sheet has columns.",
            ));
        }
        match &mut self.rows {
            Rows::Csv(csv) => {
                for value in values {
                    csv.write_field(csv_text(value).as_bytes()).map_err(SheetError::write)?;
                }
                for _ in values.len()..self.columns {
                    csv.write_field(b"").map_err(SheetError::write)?;
                }
                csv.write_record(None::<&[u8]>).map_err(SheetError::write)
            }
            Rows::Xlsx { rows, .. } => rows.write(values, |_| None),
        }
    }

    /// Hands the rows written so far on to `out`; does nothing for workbooks, which come out at the end.
    ///
    /// # Errors
    /// When writing fails.
    pub fn flush(&mut self) -> Result<(), SheetError> {
        match &mut self.rows {
            Rows::Csv(csv) => csv.flush().map_err(SheetError::write),
            Rows::Xlsx { .. } => Ok(()),
        }
    }

    /// Ends the sheet and gives the output back.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(self) -> Result<W, SheetError> {
        match self.rows {
            Rows::Csv(csv) => csv.into_inner().map_err(|error| SheetError::write(error.error())),
            Rows::Xlsx { rows, mut out } => {
                rows.finish(&mut out)?;
                Ok(out)
            }
        }
    }
}

fn csv_text<'a>(value: &Value<'a>) -> std::borrow::Cow<'a, str> {
    match value {
        Value::Empty => "".into(),
        Value::Text(text) => neutralise(text),
        Value::Int(number) => number.to_string().into(),
        Value::Decimal(number) => number.to_string().into(),
        Value::Number(number) => Cell::Number(*number).to_text().into(),
        Value::Date(date) => date.to_string().into(),
        Value::Bool(value) => if *value { "TRUE" } else { "FALSE" }.into(),
    }
}
