//! Who holds a filing: moves, and the facts that a clock is read from.

use crate::filings::BATCH;
use crate::rows::{col, word};
use crate::sql::statements;
use crate::tx::PgTx;
use async_trait::async_trait;
use filings::clock::{ClockFacts, Holder, Move};
use filings::custody::{Custody, NewMove};
use kernel::id::{ClientId, FilingId};
use kernel::moment::Instant;
use kernel::{Date, Id, StoreError};
use tokio_postgres::Row;

statements! {
    ADD_MOVES = "INSERT INTO filing_moves (tenant_id, filing_id, at, holder, reason, moved_by)
        SELECT $1, n.filing_id, $2, n.holder, n.reason, n.moved_by
        FROM unnest($3::bigint[], $4::text[], $5::text[], $6::bigint[]) AS n (filing_id, holder, reason, moved_by) RETURNING id";
    HELD_BY = "UPDATE filings f SET held_by = n.holder FROM unnest($2::bigint[], $3::text[]) AS n (id, holder) WHERE f.tenant_id = $1 AND f.id = n.id";
    CLOCK = "SELECT f.id, f.created_at, f.period_end, f.closed_at, m.at, m.holder, m.reason, u.display_name
        FROM filings f LEFT JOIN filing_moves m ON m.tenant_id = f.tenant_id AND m.filing_id = f.id
        LEFT JOIN users u ON u.tenant_id = m.tenant_id AND u.id = m.moved_by
        WHERE f.tenant_id = $1 AND f.id = $2 ORDER BY m.at, m.id";
    CLOCKS_OF_CLIENT = "SELECT f.id, f.created_at, f.period_end, f.closed_at, m.at, m.holder, m.reason, u.display_name
        FROM filings f LEFT JOIN filing_moves m ON m.tenant_id = f.tenant_id AND m.filing_id = f.id
        LEFT JOIN users u ON u.tenant_id = m.tenant_id AND u.id = m.moved_by
        WHERE f.tenant_id = $1 AND f.client_id = $2 AND f.sort_due BETWEEN $3 AND $4 AND f.state <> 'withdrawn' ORDER BY f.id, m.at, m.id";
}

#[async_trait]
impl Custody for PgTx {
    async fn add_moves(&mut self, moves: &[NewMove], at: Instant) -> Result<(), StoreError> {
        for batch in moves.chunks(BATCH) {
            let ids: Vec<i64> = batch.iter().map(|m| m.filing.get()).collect();
            let holders: Vec<Option<&str>> = batch.iter().map(|m| m.to.map(Holder::as_str)).collect();
            let reasons: Vec<&str> = batch.iter().map(|m| m.reason.as_str()).collect();
            let people: Vec<Option<i64>> = batch.iter().map(|m| m.by.map(Id::get)).collect();
            let tenant = self.tenant();
            self.execute(ADD_MOVES, &[&tenant, &at, &ids, &holders, &reasons, &people]).await?;
            self.execute(HELD_BY, &[&tenant, &ids, &holders]).await?;
        }
        Ok(())
    }

    async fn clock_facts(&mut self, filing: FilingId) -> Result<Option<ClockFacts>, StoreError> {
        let rows = self.query(CLOCK, &[&self.tenant(), &filing.get()]).await?;
        Ok(grouped(&rows)?.pop())
    }

    async fn clock_facts_of(
        &mut self,
        client: ClientId,
        from: Date,
        to: Date,
    ) -> Result<Vec<ClockFacts>, StoreError> {
        grouped(&self.query(CLOCKS_OF_CLIENT, &[&self.tenant(), &client.get(), &from, &to]).await?)
    }
}

/// One row a move, or one row for a filing that never moved; the rows of a filing stand together.
fn grouped(rows: &[Row]) -> Result<Vec<ClockFacts>, StoreError> {
    let mut all: Vec<ClockFacts> = Vec::new();
    let mut last = None;
    for row in rows {
        let id: i64 = col(row, "id")?;
        if last != Some(id) {
            all.push(ClockFacts {
                created_at: col(row, "created_at")?,
                period_end: col(row, "period_end")?,
                closed_at: col(row, "closed_at")?,
                moves: Vec::new(),
            });
            last = Some(id);
        }
        let at: Option<Instant> = col(row, "at")?;
        if let (Some(at), Some(facts)) = (at, all.last_mut()) {
            let holder: Option<String> = col(row, "holder")?;
            let to = match holder {
                Some(text) => Some(word(Holder::parse(&text), "filing_moves", "holder", id, &text)?),
                None => None,
            };
            facts.moves.push(Move { at, to, reason: col(row, "reason")?, by: col(row, "display_name")? });
        }
    }
    Ok(all)
}
