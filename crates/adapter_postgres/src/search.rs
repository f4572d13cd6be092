//! Search.

use crate::rows::col;
use crate::sql::{like_contains, statements};
use crate::tx::PgTx;
use app::search::{FoundClient, Search};
use async_trait::async_trait;
use kernel::{Id, StoreError};

statements! {
    FIND_CLIENTS = "SELECT id, client_name, short_name, status, pan, gstin, cin, llpin FROM clients
        WHERE tenant_id = $1 AND ((client_name || ' ' || short_name) ILIKE ALL ($2::text[]) OR pan LIKE $3 OR gstin LIKE $3 OR cin LIKE $3 OR llpin LIKE $3)
        ORDER BY short_name ILIKE $4 DESC, status = 'active' DESC, client_name, id LIMIT $5";
}

#[async_trait]
impl Search for PgTx {
    async fn find_clients(
        &mut self,
        words: &[String],
        text: &str,
        limit: i64,
    ) -> Result<Vec<FoundClient>, StoreError> {
        let parts: Vec<String> = words.iter().map(|word| like_contains(word)).collect();
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
