//! Static statements by name, and a small builder for the lists whose WHERE depends on the caller.

use std::fmt::Write;
use tokio_postgres::types::ToSql;

/// A statement that never varies. Every one is registered, so that a test prepares it against the migrated schema.
#[derive(Debug, Clone, Copy)]
pub struct Statement {
    /// For messages.
    pub name: &'static str,
    /// The text.
    pub text: &'static str,
}

/// Declares the statements of a module and the list of them.
macro_rules! statements {
    ($($name:ident = $text:expr;)+) => {
        $(pub(crate) const $name: $crate::sql::Statement =
            $crate::sql::Statement { name: stringify!($name), text: $text };)+
        pub(crate) const STATEMENTS: &[$crate::sql::Statement] = &[$($name),+];
    };
}
pub(crate) use statements;

/// Every registered statement of the adapter.
pub fn all_statements() -> Vec<Statement> {
    [
        crate::accounts::STATEMENTS,
        crate::alerts::STATEMENTS,
        crate::audit::STATEMENTS,
        crate::approvals::STATEMENTS,
        crate::approval_settings::STATEMENTS,
        crate::client_file::STATEMENTS,
        crate::clients::STATEMENTS,
        crate::closing::STATEMENTS,
        crate::custody::STATEMENTS,
        crate::database::STATEMENTS,
        crate::events::STATEMENTS,
        crate::factors::STATEMENTS,
        crate::feeds::STATEMENTS,
        crate::filings::STATEMENTS,
        crate::filings_bulk::STATEMENTS,
        crate::firm_rules::STATEMENTS,
        crate::idempotency::STATEMENTS,
        crate::imports::STATEMENTS,
        crate::journal::STATEMENTS,
        crate::keys::STATEMENTS,
        crate::library::STATEMENTS,
        crate::licences::STATEMENTS,
        crate::newcomers::STATEMENTS,
        crate::notices::STATEMENTS,
        crate::relaxations::STATEMENTS,
        crate::relaxed_filings::STATEMENTS,
        crate::portal_log::STATEMENTS,
        crate::relay::STATEMENTS,
        crate::roles::STATEMENTS,
        crate::return_settings::STATEMENTS,
        crate::saved_views::STATEMENTS,
        crate::sealing::STATEMENTS,
        crate::search::STATEMENTS,
        crate::team::STATEMENTS,
        crate::work::STATEMENTS,
    ]
    .concat()
}

/// A parameter that can cross threads.
pub(crate) type Param = Box<dyn ToSql + Sync + Send>;

/// A statement under construction. Text comes only from this crate; values only as `$n`.
#[derive(Default)]
pub(crate) struct Query {
    pub(crate) text: String,
    pub(crate) params: Vec<Param>,
}

impl Query {
    /// Starts with a text.
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), params: Vec::new() }
    }

    /// Adds text.
    pub(crate) fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Takes a value and answers its placeholder.
    pub(crate) fn bind(&mut self, value: impl ToSql + Sync + Send + 'static) -> String {
        self.params.push(Box::new(value));
        let mut placeholder = String::with_capacity(4);
        let _ = write!(placeholder, "${}", self.params.len());
        placeholder
    }

    /// The parameters as the driver wants them.
    pub(crate) fn refs(&self) -> Vec<&(dyn ToSql + Sync)> {
        self.params.iter().map(|p| p.as_ref() as &(dyn ToSql + Sync)).collect()
    }
}

/// Text for `LIKE` in which the caller's own `%`, `_` and `\` mean themselves.
pub(crate) fn like_contains(text: &str) -> String {
    let mut out = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('%');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_of_the_caller_mean_themselves() {
        assert_eq!(like_contains("50%_a\\"), "%50\\%\\_a\\\\%");
    }
}
