//! The log of portals that did not work.

use crate::rows::{col, word};
use crate::sql::statements;
use crate::tx::PgTx;
use async_trait::async_trait;
use filings::picture::{Picture, PictureKind};
use filings::portal_log::{NewProblem, PortalLog, PortalProblem, Struck};
use kernel::id::{FilingId, PortalProblemId, UserId};
use kernel::moment::Instant;
use kernel::{Id, StoreError};
use tokio_postgres::Row;

statements! {
    ADD_PROBLEM = "INSERT INTO portal_problems (tenant_id, filing_id, happened_at, portal, what, ticket_no, picture, picture_kind, picture_sha256, recorded_by, recorded_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id";
    PROBLEMS = "SELECT p.id, p.happened_at, p.portal, p.what, p.ticket_no, p.picture_kind, octet_length(p.picture)::bigint AS picture_size, p.picture_sha256, p.recorded_by, b.display_name AS recorded_name, p.recorded_at, s.display_name AS struck_name, p.struck_at, p.struck_reason
        FROM portal_problems p JOIN users b ON b.tenant_id = p.tenant_id AND b.id = p.recorded_by
        LEFT JOIN users s ON s.tenant_id = p.tenant_id AND s.id = p.struck_by
        WHERE p.tenant_id = $1 AND p.filing_id = $2 ORDER BY p.happened_at, p.id";
    STRIKE_PROBLEM = "UPDATE portal_problems SET struck_by = $3, struck_at = $4, struck_reason = $5 WHERE tenant_id = $1 AND id = $2 AND struck_at IS NULL";
    PROBLEM_PICTURE = "SELECT id, picture_kind, picture FROM portal_problems WHERE tenant_id = $1 AND filing_id = $2 AND id = $3 AND picture IS NOT NULL";
}

#[async_trait]
impl PortalLog for PgTx {
    async fn add_problem(
        &mut self,
        filing: FilingId,
        by: UserId,
        problem: &NewProblem,
        at: Instant,
    ) -> Result<PortalProblemId, StoreError> {
        let picture = problem.picture.as_ref();
        let row = self
            .query_one(
                ADD_PROBLEM,
                &[
                    &self.tenant(),
                    &filing.get(),
                    &problem.happened_at,
                    &problem.portal,
                    &problem.what,
                    &problem.ticket_no,
                    &picture.map(|(picture, _)| picture.bytes()),
                    &picture.map(|(picture, _)| picture.kind().as_str()),
                    &picture.map(|(_, hash)| hash.as_slice()),
                    &by.get(),
                    &at,
                ],
            )
            .await?;
        Ok(Id::new(col(&row, "id")?))
    }

    async fn problems_of(&mut self, filing: FilingId) -> Result<Vec<PortalProblem>, StoreError> {
        self.query(PROBLEMS, &[&self.tenant(), &filing.get()]).await?.iter().map(problem).collect()
    }

    async fn strike_problem(
        &mut self,
        id: PortalProblemId,
        by: Option<UserId>,
        reason: &str,
        at: Instant,
    ) -> Result<bool, StoreError> {
        let by = by.map(Id::get);
        let changed = self.execute(STRIKE_PROBLEM, &[&self.tenant(), &id.get(), &by, &at, &reason]).await?;
        Ok(changed == 1)
    }

    async fn problem_picture(
        &mut self,
        filing: FilingId,
        id: PortalProblemId,
    ) -> Result<Option<Picture>, StoreError> {
        let row = self.query_opt(PROBLEM_PICTURE, &[&self.tenant(), &filing.get(), &id.get()]).await?;
        row.map(|row| Ok(Picture::kept(kind(&row, id.get())?, col(&row, "picture")?))).transpose()
    }
}

fn kind(row: &Row, id: i64) -> Result<PictureKind, StoreError> {
    let text: String = col(row, "picture_kind")?;
    word(PictureKind::parse(&text), "portal_problems", "picture_kind", id, &text)
}

fn problem(row: &Row) -> Result<PortalProblem, StoreError> {
    let id: i64 = col(row, "id")?;
    let size: Option<i64> = col(row, "picture_size")?;
    let picture = match size {
        Some(size) => Some((kind(row, id)?, size, col(row, "picture_sha256")?)),
        None => None,
    };
    let struck_at: Option<Instant> = col(row, "struck_at")?;
    let struck = match struck_at {
        Some(at) => Some(Struck { by: col(row, "struck_name")?, at, reason: col(row, "struck_reason")? }),
        None => None,
    };
    Ok(PortalProblem {
        id: Id::new(id),
        happened_at: col(row, "happened_at")?,
        portal: col(row, "portal")?,
        what: col(row, "what")?,
        ticket_no: col(row, "ticket_no")?,
        picture,
        by: (Id::new(col(row, "recorded_by")?), col(row, "recorded_name")?),
        recorded_at: col(row, "recorded_at")?,
        struck,
    })
}
