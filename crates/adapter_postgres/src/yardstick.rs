//! The texts that the benchmark gives to `pgbench`: what the measured requests send, taken from where they take it.

use crate::filing_views::overdue_statement;

/// `$1` firm, `$2` client, `$3` today.
pub fn client() -> String {
    crate::client_file::CLIENT_FILE.text.to_owned()
}

/// The overdue filings of a firm, and its values by name (`p1` for `$1`).
pub fn overdue(tenant: i64, today: &str) -> (String, Vec<(String, String)>) {
    let values = [tenant.to_string(), today.to_owned()];
    let named = values.into_iter().enumerate().map(|(at, value)| (format!("p{}", at + 1), value));
    (overdue_statement(), named.collect())
}
