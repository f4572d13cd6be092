//! Work that changes hands when somebody leaves.

use crate::rows::col;
use crate::sql::statements;
use crate::tx::PgTx;
use app::people::{MovedFiling, Work};
use async_trait::async_trait;
use kernel::id::{ClientId, UserId};
use kernel::moment::Instant;
use kernel::{Id, StoreError};

statements! {
    MOVE_FILINGS = "WITH handed AS (INSERT INTO filing_handovers (tenant_id, filing_id, user_id, left_at)
        SELECT f.tenant_id, f.id, f.assignee_id, $4 FROM filings f WHERE f.tenant_id = $1 AND f.assignee_id = $2 AND f.state IN ('open', 'in_review')
        ON CONFLICT (tenant_id, filing_id, user_id) DO UPDATE SET left_at = excluded.left_at)
        UPDATE filings SET assignee_id = $3, version = version + 1, updated_at = $4 WHERE tenant_id = $1 AND assignee_id = $2 AND state IN ('open', 'in_review') RETURNING id, client_id, code, period_label";
    MOVE_CLIENTS = "UPDATE clients SET owner_id = $3, version = version + 1, updated_at = $4 WHERE tenant_id = $1 AND owner_id = $2 RETURNING id";
}

#[async_trait]
impl Work for PgTx {
    async fn move_filings(
        &mut self,
        from: UserId,
        to: UserId,
        at: Instant,
    ) -> Result<Vec<MovedFiling>, StoreError> {
        let rows = self.query(MOVE_FILINGS, &[&self.tenant(), &from.get(), &to.get(), &at]).await?;
        rows.iter()
            .map(|row| {
                let (code, period): (&str, &str) = (col(row, "code")?, col(row, "period_label")?);
                let name = format!("{code} {period}");
                Ok(MovedFiling {
                    id: Id::new(col(row, "id")?),
                    client: Id::new(col(row, "client_id")?),
                    name,
                })
            })
            .collect()
    }

    async fn move_clients(
        &mut self,
        from: UserId,
        to: UserId,
        at: Instant,
    ) -> Result<Vec<ClientId>, StoreError> {
        let rows = self.query(MOVE_CLIENTS, &[&self.tenant(), &from.get(), &to.get(), &at]).await?;
        rows.iter().map(|row| Ok(Id::new(col(row, "id")?))).collect()
    }
}
