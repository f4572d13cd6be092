//! Driver errors in the words of `StoreError`. Never depends on constraint names: a Citus node leaves them out.

use deadpool_postgres::PoolError;
use kernel::StoreError;
use tokio_postgres::error::SqlState;

/// What a driver error means.
pub(crate) fn store_error(error: tokio_postgres::Error) -> StoreError {
    if error.is_closed() {
        return StoreError::Unavailable;
    }
    let Some(db) = error.as_db_error() else {
        return match std::error::Error::source(&error) {
            Some(source) if source.is::<std::io::Error>() => StoreError::Unavailable,
            _ => StoreError::Other(error.to_string()),
        };
    };
    let code = db.code();
    let class = code.code().get(..2).unwrap_or_default();
    if *code == SqlState::UNIQUE_VIOLATION {
        return StoreError::Duplicate(db.table().unwrap_or("a record").to_owned());
    }
    if *code == SqlState::CHARACTER_NOT_IN_REPERTOIRE || *code == SqlState::UNTRANSLATABLE_CHARACTER {
        return StoreError::Unstorable;
    }
    if matches!(class, "08" | "57" | "53") {
        return StoreError::Unavailable;
    }
    StoreError::Other(format!("{} {}", code.code(), db.message()))
}

/// What a pool error means.
pub(crate) fn pool_error(error: PoolError) -> StoreError {
    match error {
        PoolError::Backend(error) => match store_error(error) {
            StoreError::Other(text) => {
                tracing::warn!(%text, "no connection to the database");
                StoreError::Unavailable
            }
            other => other,
        },
        PoolError::Timeout(_) | PoolError::Closed => StoreError::Unavailable,
        other => StoreError::Other(other.to_string()),
    }
}
