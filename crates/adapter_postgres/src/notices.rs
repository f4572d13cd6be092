//! Notices to people, and the lines of their one mail a day.

use crate::rows::{col, word};
use crate::sql::statements;
use crate::tx::PgTx;
use app::notices::{DigestLine, NewNotice, Notice, NoticeFiling, Notices, Read};
use async_trait::async_trait;
use filings::ladder::{Rung, Severity, Weight};
use kernel::id::UserId;
use kernel::moment::Instant;
use kernel::{Date, Id, Page, PageRequest, StoreError};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

statements! {
    ADD_NOTICES = "INSERT INTO notices (tenant_id, user_id, at, kind, severity, rung, filing_id, due_on, text)
        SELECT $1, n.user_id, $2, n.kind, n.severity, n.rung, n.filing_id, n.due_on, n.text
        FROM unnest($3::bigint[], $4::text[], $5::text[], $6::smallint[], $7::bigint[], $8::date[], $9::text[]) AS n (user_id, kind, severity, rung, filing_id, due_on, text) RETURNING id";
    NOTICES = "SELECT n.id, n.at, n.kind, n.severity, n.rung, n.due_on, n.text, n.read_at, n.filing_id, f.code, f.period_label, f.client_id, c.short_name AS client_name
        FROM notices n LEFT JOIN filings f ON f.tenant_id = n.tenant_id AND f.id = n.filing_id LEFT JOIN clients c ON c.tenant_id = f.tenant_id AND c.id = f.client_id
        WHERE n.tenant_id = $1 AND n.user_id = $2 ORDER BY n.at DESC, n.rung DESC NULLS LAST, n.due_on, n.id LIMIT $3 OFFSET $4";
    UNREAD_NOTICES = "SELECT n.id, n.at, n.kind, n.severity, n.rung, n.due_on, n.text, n.read_at, n.filing_id, f.code, f.period_label, f.client_id, c.short_name AS client_name
        FROM notices n LEFT JOIN filings f ON f.tenant_id = n.tenant_id AND f.id = n.filing_id LEFT JOIN clients c ON c.tenant_id = f.tenant_id AND c.id = f.client_id
        WHERE n.tenant_id = $1 AND n.user_id = $2 AND n.read_at IS NULL ORDER BY n.at DESC, n.rung DESC NULLS LAST, n.due_on, n.id LIMIT $3 OFFSET $4";
    COUNT_NOTICES = "SELECT count(*) AS n FROM notices WHERE tenant_id = $1 AND user_id = $2";
    COUNT_UNREAD = "SELECT count(*) AS n FROM notices WHERE tenant_id = $1 AND user_id = $2 AND read_at IS NULL";
    READ_THESE = "UPDATE notices SET read_at = $3 WHERE tenant_id = $1 AND user_id = $2 AND read_at IS NULL AND id = ANY($4)";
    READ_ALL = "UPDATE notices SET read_at = $3 WHERE tenant_id = $1 AND user_id = $2 AND read_at IS NULL";
    DIGEST = "SELECT user_id, email, display_name, filing_id, client_name, code, rule_id, title, period_label, materiality, rung, due_on, free_relaxation_id, free_until, free_recounts, coming, overdue, breached FROM (
          SELECT n.user_id, u.email, u.display_name, n.filing_id, c.short_name AS client_name, f.code, f.rule_id, f.title, f.period_label, f.materiality, n.rung, n.due_on, f.free_relaxation_id, f.free_until, f.free_recounts,
            count(*) FILTER (WHERE n.rung < 5) OVER p AS coming, count(*) FILTER (WHERE n.rung = 5) OVER p AS overdue, count(*) FILTER (WHERE n.rung = 6) OVER p AS breached,
            row_number() OVER (PARTITION BY n.user_id ORDER BY n.rung DESC, CASE f.materiality WHEN 'licence_critical' THEN 0 WHEN 'high' THEN 1 ELSE 2 END, n.due_on, n.id) AS place
          FROM notices n JOIN users u ON u.tenant_id = n.tenant_id AND u.id = n.user_id JOIN filings f ON f.tenant_id = n.tenant_id AND f.id = n.filing_id
          JOIN clients c ON c.tenant_id = f.tenant_id AND c.id = f.client_id
          WHERE n.tenant_id = $1 AND n.mailed_at IS NULL AND n.kind = 'filing_alert' AND u.active AND f.state IN ('open', 'in_review')
            AND (n.rung = 6 OR f.materiality = 'licence_critical' OR coalesce((u.preferences->>'alertMail')::boolean, true))
          WINDOW p AS (PARTITION BY n.user_id)) d
        WHERE d.place <= $2 ORDER BY d.user_id, d.place";
    MARK_MAILED = "UPDATE notices SET mailed_at = $2 WHERE tenant_id = $1 AND mailed_at IS NULL";
}

#[async_trait]
impl Notices for PgTx {
    async fn add_notices(&mut self, notices: &[NewNotice], at: Instant) -> Result<(), StoreError> {
        for batch in notices.chunks(crate::filings::BATCH) {
            let users: Vec<i64> = batch.iter().map(|n| n.user.get()).collect();
            let kinds: Vec<&str> = batch.iter().map(|n| n.kind).collect();
            let severities: Vec<&str> = batch.iter().map(|n| n.severity.as_str()).collect();
            let rungs: Vec<Option<i16>> = batch.iter().map(|n| n.rung.map(Rung::number)).collect();
            let filings: Vec<Option<i64>> = batch.iter().map(|n| n.filing.map(Id::get)).collect();
            let dues: Vec<Option<Date>> = batch.iter().map(|n| n.due).collect();
            let texts: Vec<&str> = batch.iter().map(|n| n.text.as_str()).collect();
            let params: [&(dyn ToSql + Sync); 9] =
                [&self.tenant(), &at, &users, &kinds, &severities, &rungs, &filings, &dues, &texts];
            self.execute(ADD_NOTICES, &params).await?;
        }
        Ok(())
    }

    async fn notices_of(
        &mut self,
        user: UserId,
        unread_only: bool,
        request: PageRequest,
    ) -> Result<Page<Notice>, StoreError> {
        let (list, count) =
            if unread_only { (UNREAD_NOTICES, COUNT_UNREAD) } else { (NOTICES, COUNT_NOTICES) };
        let (tenant, user) = (self.tenant(), user.get());
        let rows = self.query(list, &[&tenant, &user, &request.limit(), &request.offset()]).await?;
        let total = col(&self.query_one(count, &[&tenant, &user]).await?, "n")?;
        let items = rows.iter().map(notice).collect::<Result<_, _>>()?;
        Ok(Page { items, total, request })
    }

    async fn unread_notices(&mut self, user: UserId) -> Result<i64, StoreError> {
        col(&self.query_one(COUNT_UNREAD, &[&self.tenant(), &user.get()]).await?, "n")
    }

    async fn read_notices(&mut self, user: UserId, which: &Read, at: Instant) -> Result<u64, StoreError> {
        let (tenant, user) = (self.tenant(), user.get());
        match which {
            Read::All => self.execute(READ_ALL, &[&tenant, &user, &at]).await,
            Read::These(ids) => {
                let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
                self.execute(READ_THESE, &[&tenant, &user, &at, &ids]).await
            }
        }
    }

    async fn digest_lines(&mut self, per_person: i64) -> Result<Vec<DigestLine>, StoreError> {
        self.query(DIGEST, &[&self.tenant(), &per_person]).await?.iter().map(line).collect()
    }

    async fn mark_mailed(&mut self, at: Instant) -> Result<(), StoreError> {
        self.execute(MARK_MAILED, &[&self.tenant(), &at]).await?;
        Ok(())
    }
}

fn notice(row: &Row) -> Result<Notice, StoreError> {
    let id: i64 = col(row, "id")?;
    let severity: String = col(row, "severity")?;
    let filing: Option<i64> = col(row, "filing_id")?;
    let filing = filing
        .map(|filing| {
            Ok::<_, StoreError>(NoticeFiling {
                id: Id::new(filing),
                code: col(row, "code")?,
                period_label: col(row, "period_label")?,
                client: Id::new(col(row, "client_id")?),
                client_name: col(row, "client_name")?,
            })
        })
        .transpose()?;
    Ok(Notice {
        id: Id::new(id),
        at: col(row, "at")?,
        kind: col(row, "kind")?,
        severity: word(Severity::parse(&severity), "notices", "severity", id, &severity)?,
        rung: col::<Option<i16>>(row, "rung")?.and_then(Rung::from_number),
        due: col(row, "due_on")?,
        text: col(row, "text")?,
        filing,
        read_at: col(row, "read_at")?,
    })
}

fn line(row: &Row) -> Result<DigestLine, StoreError> {
    let filing: i64 = col(row, "filing_id")?;
    let materiality: String = col(row, "materiality")?;
    let rung: i16 = col(row, "rung")?;
    Ok(DigestLine {
        user: Id::new(col(row, "user_id")?),
        email: col(row, "email")?,
        name: col(row, "display_name")?,
        filing: Id::new(filing),
        client_name: col(row, "client_name")?,
        code: col(row, "code")?,
        rule_id: col(row, "rule_id")?,
        title: col(row, "title")?,
        period_label: col(row, "period_label")?,
        weight: Weight::of(&materiality),
        rung: word(Rung::from_number(rung), "notices", "rung", filing, &rung.to_string())?,
        due: col(row, "due_on")?,
        free: crate::filings::free(row)?,
        totals: [col(row, "coming")?, col(row, "overdue")?, col(row, "breached")?],
    })
}
