//! Untrusted spreadsheets in, clean sheets out. Knows cells, rows and files; knows nothing about clients.
//!
//! Reading: [`read_table`] takes bytes, finds out what they are by content, guards against hostile files and
//! gives one [`Table`]. Writing: [`SheetWriter`] streams rows out, [`annotated_copy`] returns a sheet with its
//! problems marked, [`template`] makes an empty sheet to fill.

mod annotate;
mod cell;
mod csv_read;
mod dates;
mod decode;
mod detect;
mod error;
mod neutralise;
mod port;
mod read;
mod table;
mod table_builder;
mod template;
mod write;
mod write_xlsx;
mod xlsx_read;
mod zip_guard;

pub use annotate::{CellProblem, PROBLEMS_HEADER, ProblemLevel, RowsKept, annotated_copy};
pub use cell::Cell;
pub use dates::parse_date;
pub use error::{SheetError, SheetErrorCode};
pub use neutralise::neutralise;
pub use port::SheetFiles;
pub use read::read_table;
pub use table::{Row, SheetFormat, SheetLimits, Table, column_letters};
pub use template::{ColumnKind, HOW_TO_FILL, TemplateColumn, template};
pub use write::{OutColumn, SheetWriter, Value};
