//! Keys with which programs act for the person who made them.

mod change;
mod ports;

pub use change::{
    COLLECT_WITHIN, CreateKey, KeyError, LONGEST_KEY, collect_key, create_key, list_keys, revoke_key,
};
pub use ports::{ApiKey, ApiKeys, NewApiKey};
