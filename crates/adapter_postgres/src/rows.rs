//! Reading values out of rows, with an error that names table, column and id when one cannot become a domain value.

use kernel::StoreError;
use tokio_postgres::Row;
use tokio_postgres::types::FromSql;

/// A column of the row.
pub(crate) fn col<'a, T: FromSql<'a>>(row: &'a Row, name: &str) -> Result<T, StoreError> {
    row.try_get(name).map_err(|error| StoreError::Other(error.to_string()))
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
