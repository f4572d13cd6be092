//! The port of `app`: its raw tables, problems, templates and sinks, in terms of this crate.

use std::io::Write;

use app::imports::sheets::Work;
use app::imports::{OutCell, RawCell, RawRow, RawTable, RowSink, SheetProblem, Sheets, TemplateField};
use async_trait::async_trait;
use kernel::StoreError;
use time::Date;

use crate::{
    Cell, CellProblem, ColumnKind, OutColumn, ProblemLevel, RowsKept, SheetFormat, SheetLimits, SheetWriter,
    TemplateColumn, Value, annotated_copy, parse_date, read_table, template,
};

/// Name of the sheet in workbooks that are written.
const SHEET_NAME: &str = "Clients";

/// Reads and writes CSV and XLSX with the limits of [`SheetLimits::default`].
#[derive(Debug, Clone, Copy, Default)]
pub struct SheetFiles;

#[async_trait]
impl Sheets for SheetFiles {
    async fn run(&self, work: Work) -> Result<(), StoreError> {
        tokio::task::spawn_blocking(work).await.map_err(|error| StoreError::Other(error.to_string()))
    }

    fn date(&self, cell: &RawCell) -> Result<Date, String> {
        let text = match cell {
            RawCell::Empty => return parse_date(&Cell::Empty),
            RawCell::Date(date) => return parse_date(&Cell::Date(*date)),
            RawCell::Text(text) => text,
        };
        // A serial number with a time of day came as a number with a fraction.
        let serial = text.trim().parse::<f64>().ok().filter(|number| number.fract() != 0.0);
        match serial {
            Some(number) => parse_date(&Cell::Number(number)),
            None => parse_date(&Cell::Text(text.clone())),
        }
    }

    fn read(&self, bytes: &[u8], file_name: &str) -> Result<RawTable, String> {
        let table =
            read_table(bytes, file_name, &SheetLimits::default(), None).map_err(|error| error.message)?;
        let width = table.header.len();
        let rows = table.rows.iter().map(|row| RawRow {
            number: row.number,
            cells: (0..width).map(|column| raw(row.cell(column))).collect(),
        });
        Ok(RawTable { rows: rows.collect(), header: table.header, notes: table.notes })
    }

    fn annotated(
        &self,
        bytes: &[u8],
        file_name: &str,
        problems: &[SheetProblem],
    ) -> Result<(Vec<u8>, &'static str), String> {
        let table =
            read_table(bytes, file_name, &SheetLimits::default(), None).map_err(|error| error.message)?;
        let problems: Vec<CellProblem> = problems
            .iter()
            .map(|problem| CellProblem {
                row: problem.row,
                col: problem.column,
                level: if problem.error { ProblemLevel::Error } else { ProblemLevel::Warning },
                message: problem.message.clone(),
            })
            .collect();
        let copy =
            annotated_copy(&table, &problems, table.format, RowsKept::All).map_err(|error| error.message)?;
        Ok((copy, table.format.extension()))
    }

    fn template(&self, fields: &[TemplateField], xlsx: bool) -> Result<Vec<u8>, String> {
        let columns: Vec<TemplateColumn> = fields
            .iter()
            .map(|field| TemplateColumn {
                header: field.header.clone(),
                required: field.required,
                help: field.help.clone(),
                example: field.example.clone(),
                allowed: field.allowed.clone(),
                kind: if field.date { ColumnKind::Date } else { ColumnKind::Text },
            })
            .collect();
        template(SHEET_NAME, &columns, format(xlsx)).map_err(|error| error.message)
    }

    fn writer(
        &self,
        xlsx: bool,
        columns: &[(&str, u16)],
        out: Box<dyn Write + Send>,
    ) -> Result<Box<dyn RowSink>, String> {
        let columns: Vec<OutColumn> =
            columns.iter().map(|(header, width)| OutColumn::new(*header, *width)).collect();
        let writer =
            SheetWriter::new(format(xlsx), out, "Sheet1", &columns).map_err(|error| error.message)?;
        Ok(Box::new(Sink(writer)))
    }
}

struct Sink(SheetWriter<Box<dyn Write + Send>>);

impl RowSink for Sink {
    fn row(&mut self, cells: &[OutCell<'_>]) -> Result<(), String> {
        let values: Vec<Value<'_>> = cells
            .iter()
            .map(|cell| match cell {
                OutCell::Empty => Value::Empty,
                OutCell::Text(text) => Value::Text(text),
                OutCell::Int(number) => Value::Int(*number),
                OutCell::Date(date) => Value::Date(*date),
            })
            .collect();
        self.0.write_row(&values).map_err(|error| error.message)
    }

    fn finish(self: Box<Self>) -> Result<(), String> {
        let mut out = self.0.finish().map_err(|error| error.message)?;
        out.flush().map_err(|error| error.to_string())
    }
}

fn format(xlsx: bool) -> SheetFormat {
    if xlsx { SheetFormat::Xlsx } else { SheetFormat::Csv }
}

fn raw(cell: &Cell) -> RawCell {
    match cell {
        Cell::Empty => RawCell::Empty,
        Cell::Date(date) => RawCell::Date(*date),
        other => RawCell::Text(other.to_text()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn dates_come_as_text_cells_and_serial_numbers() {
        for text in ["14/10/2026", "46309", "46309.5", "14-Oct-2026"] {
            let read = SheetFiles.date(&RawCell::Text(text.into()));
            assert_eq!(read, Ok(date!(2026 - 10 - 14)), "{text}");
        }
        assert!(SheetFiles.date(&RawCell::Text("soon".into())).is_err());
    }

    #[test]
    fn a_sheet_goes_round_with_its_problems() {
        let csv = b"Client name,PAN\nSahyadri,AAPFU0939F\n";
        let table = SheetFiles.read(csv, "clients.csv").unwrap();
        assert_eq!(table.header, ["Client name", "PAN"]);
        assert_eq!(table.rows[0].number, 2);
        let problem = SheetProblem { row: 2, column: Some(1), message: "Check it.".into(), error: true };
        let (copy, extension) = SheetFiles.annotated(csv, "clients.csv", &[problem]).unwrap();
        assert_eq!(extension, "csv");
        assert!(String::from_utf8(copy.clone()).unwrap().contains("PAN: Check it."));
        assert_eq!(
            SheetFiles.read(&copy, "clients.csv").unwrap().rows,
            table.rows,
            "the copy reads as the original"
        );
    }
}
