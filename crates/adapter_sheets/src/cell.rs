//! One cell of a sheet that was read.

use time::Date;

/// A cell's content. Formulas are read as their stored value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing, or only spaces.
    Empty,
    /// Text as it stands, spaces around it included.
    Text(String),
    /// A number as the file stores it; dates without a date format arrive so.
    Number(f64),
    /// True or false.
    Bool(bool),
    /// A date cell; a time of day is dropped.
    Date(Date),
    /// An error of the spreadsheet program (`#REF!`), or a formula without a stored value.
    Error(String),
}

impl Cell {
    /// Text as `Text`, text of spaces only as `Empty`.
    pub(crate) fn from_text(text: String) -> Cell {
        if text.trim().is_empty() { Cell::Empty } else { Cell::Text(text) }
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        matches!(self, Cell::Empty)
    }

    /// The content as a person reads it: text trimmed, whole numbers without a decimal point, dates as
    /// `YYYY-MM-DD`, `TRUE`/`FALSE`, the error's name, nothing for an empty cell.
    pub fn to_text(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.trim().to_owned(),
            Cell::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
            Cell::Number(number) => number.to_string(),
            Cell::Bool(true) => "TRUE".to_owned(),
            Cell::Bool(false) => "FALSE".to_owned(),
            Cell::Date(date) => date.to_string(),
            Cell::Error(name) => name.clone(),
        }
    }
}
