//! Search.

use crate::rows::col;
use crate::sql::{like_contains, statements};
use crate::tx::PgTx;
use app::search::{FoundClient, Search};
use async_trait::async_trait;
use kernel::{Id, StoreError};

statements! {
    FIND_CLIENTS = "SELECT id, client_name, short_name, status, pan, gstin, cin, llpin FROM clients
        WHERE tenant_id = $1 AND (search LIKE ALL ($2::text[]) OR pan LIKE $3 OR gstin LIKE $3 OR cin LIKE $3 OR llpin LIKE $3)
        ORDER BY short_name ILIKE $4 DESC, status = 'active' DESC, client_name, id LIMIT $5";
}

/// Filings of clients with `like` in their names, and of returns with it in their code or title. What matches is found
/// among the clients and among the returns, of which there are some hundreds, and never in every filing. The title of
/// a return is that of its first and of its last filing: it changes only with the rule.
pub(crate) fn filings(like: &str) -> String {
    format!(
        " AND (f.client_id = ANY (ARRAY(SELECT s.id FROM clients s WHERE s.tenant_id = $1 AND s.search LIKE lower({like}))) \
         OR f.code = ANY (ARRAY(WITH RECURSIVE codes AS ( \
             (SELECT a.code FROM filings a WHERE a.tenant_id = $1 ORDER BY a.code LIMIT 1) \
             UNION ALL SELECT (SELECT b.code FROM filings b WHERE b.tenant_id = $1 AND b.code > codes.code ORDER BY b.code LIMIT 1) \
               FROM codes WHERE codes.code IS NOT NULL) \
           SELECT codes.code FROM codes WHERE lower(codes.code) LIKE lower({like}) \
             OR lower((SELECT x.title FROM filings x WHERE x.tenant_id = $1 AND x.code = codes.code ORDER BY x.sort_due LIMIT 1)) LIKE lower({like}) \
             OR lower((SELECT y.title FROM filings y WHERE y.tenant_id = $1 AND y.code = codes.code ORDER BY y.sort_due DESC LIMIT 1)) LIKE lower({like}))))"
    )
}

#[async_trait]
impl Search for PgTx {
    async fn find_clients(
        &mut self,
        words: &[String],
        text: &str,
        limit: i64,
    ) -> Result<Vec<FoundClient>, StoreError> {
        let parts: Vec<String> = words.iter().map(|word| like_contains(&word.to_lowercase())).collect();
        let plain = |text: &str| text.replace(['%', '_', '\\'], "");
        let start = format!("{}%", plain(text));
        // Two letters begin the identifiers of half the firm's clients; five do not.
        let wanted = plain(&text.to_uppercase().replace(' ', ""));
        let identifier = if wanted.len() < 5 { String::new() } else { format!("{wanted}%") };
        let rows = self.query(FIND_CLIENTS, &[&self.tenant(), &parts, &identifier, &start, &limit]).await?;
        rows.iter()
            .map(|row| {
                let mut matched = None;
                for name in ["pan", "gstin", "cin", "llpin"] {
                    let value: Option<String> = col(row, name)?;
                    matched =
                        matched.or(value.filter(|v| wanted.len() >= 5 && v.starts_with(wanted.as_str())));
                }
                Ok(FoundClient {
                    id: Id::new(col(row, "id")?),
                    client_name: col(row, "client_name")?,
                    short_name: col(row, "short_name")?,
                    status: col(row, "status")?,
                    identifier: matched,
                })
            })
            .collect()
    }
}
