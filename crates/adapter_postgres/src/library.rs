//! The rule library.

use crate::rows::col;
use crate::sql::statements;
use crate::tx::PgTx;
use app::library::{Library, RuleClient, RuleUse};
use async_trait::async_trait;
use kernel::{Date, Id, Page, PageRequest, StoreError};

statements! {
    RULE_USE = "SELECT g.code, count(*) AS clients, sum(g.open)::bigint AS open
        FROM (SELECT code, client_id, count(*) AS open FROM filings WHERE tenant_id = $1 AND state IN ('open', 'in_review') GROUP BY code, client_id) g GROUP BY g.code";
    RULE_CLIENTS = "SELECT g.client_id, c.client_name, c.short_name, g.open, g.past_due, g.next_due, count(*) OVER () AS total
        FROM (SELECT client_id, count(*) AS open, count(*) FILTER (WHERE legal_due < $3) AS past_due, min(sort_due) AS next_due FROM filings
              WHERE tenant_id = $1 AND code = $2 AND state IN ('open', 'in_review') GROUP BY client_id) g
        JOIN clients c ON c.tenant_id = $1 AND c.id = g.client_id ORDER BY g.next_due, c.client_name, g.client_id LIMIT $4 OFFSET $5";
}

#[async_trait]
impl Library for PgTx {
    /// Counts every open filing of the firm, so the answer is kept for a while.
    async fn rule_use(&mut self) -> Result<Vec<RuleUse>, StoreError> {
        let count = async || {
            let rows = self.query(RULE_USE, &[&self.tenant()]).await?;
            let read = |row| {
                Ok(RuleUse {
                    code: col(row, "code")?,
                    clients: col(row, "clients")?,
                    open: col(row, "open")?,
                })
            };
            rows.iter().map(read).collect()
        };
        match self.caches() {
            Some(caches) => caches.rules.get(self.tenant(), String::new(), self.actor.at, count).await,
            None => count().await,
        }
    }

    async fn rule_clients(
        &mut self,
        code: &str,
        page: PageRequest,
        today: Date,
    ) -> Result<Page<RuleClient>, StoreError> {
        let (limit, offset) = (page.limit(), page.offset());
        let rows = self.query(RULE_CLIENTS, &[&self.tenant(), &code, &today, &limit, &offset]).await?;
        let total = rows.first().map(|row| col(row, "total")).transpose()?.unwrap_or(0);
        let read = |row| {
            Ok(RuleClient {
                id: Id::new(col(row, "client_id")?),
                client_name: col(row, "client_name")?,
                short_name: col(row, "short_name")?,
                open: col(row, "open")?,
                past_due: col(row, "past_due")?,
                next_due: col(row, "next_due")?,
            })
        };
        let items = rows.iter().map(read).collect::<Result<_, StoreError>>()?;
        Ok(Page { items, total, request: page })
    }
}
