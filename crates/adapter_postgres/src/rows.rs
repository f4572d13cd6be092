//! Reading values out of rows, with an error that names table, column and id when one cannot become a domain value.

use kernel::StoreError;
use std::cell::Cell;
use tokio_postgres::Row;
use tokio_postgres::types::FromSql;

thread_local! {
    /// Where the last column was found. Rows are read in about the order of their columns, so the next one is near;
    /// looking from the front each time costs more than reading the value.
    static NEAR: Cell<usize> = const { Cell::new(0) };
}

/// A column of the row.
pub(crate) fn col<'a, T: FromSql<'a>>(row: &'a Row, name: &str) -> Result<T, StoreError> {
    let columns = row.columns();
    let near = NEAR.get();
    let mut places = (near + 1..columns.len()).chain(0..columns.len().min(near + 1));
    let found = places.find(|at| columns[*at].name() == name);
    let at = found.ok_or_else(|| StoreError::Other(format!("the row has no column {name}")))?;
    NEAR.set(at);
    row.try_get(at).map_err(|error| StoreError::Other(error.to_string()))
}

/// A stored word as one of a fixed vocabulary.
pub(crate) fn word<T>(
    parsed: Option<T>,
    table: &'static str,
    column: &'static str,
    id: i64,
    text: &str,
) -> Result<T, StoreError> {
    parsed.ok_or_else(|| StoreError::Corrupt {
        table,
        column,
        id,
        why: format!("unknown value {:?}", text.chars().take(40).collect::<String>()),
    })
}

/// A stored small number as an unsigned one.
pub(crate) fn small(value: i16) -> u16 {
    u16::try_from(value).unwrap_or(0)
}

/// An unsigned small number as it is stored.
pub(crate) fn stored(value: u16) -> i16 {
    i16::try_from(value).unwrap_or(i16::MAX)
}
