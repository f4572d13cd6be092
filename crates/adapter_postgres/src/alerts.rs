//! The nightly check: its claim, the filings that are due for it, and what it keeps.

use crate::filings::lapse;
use crate::rows::{col, small, word};
use crate::sql::statements;
use crate::tx::PgTx;
use async_trait::async_trait;
use filings::alerts::{AlertRun, Alerts, BreachEvent, KeptAlert, KeptBreach, LEASE, RunCounts};
use filings::escalate::{Marks, Standing, Watched};
use filings::ladder::{Rung, Weight};
use kernel::id::FilingId;
use kernel::moment::Instant;
use kernel::{Date, Id, StoreError};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

statements! {
    CLAIM_RUN = "INSERT INTO alert_runs (tenant_id, day, started_at, claimed_until) VALUES ($1, $2, $3, $4)
        ON CONFLICT (tenant_id, day) DO UPDATE SET claimed_until = excluded.claimed_until
        WHERE alert_runs.finished_at IS NULL AND alert_runs.claimed_until < excluded.started_at RETURNING day";
    NOTE_RUN = "UPDATE alert_runs SET filings = filings + $3, alerts = alerts + $4, skipped = skipped + $5, notices = notices + $6, breaches = breaches + $7, cleared = cleared + $8, mails = mails + $9, claimed_until = $10, finished_at = $11
        WHERE tenant_id = $1 AND day = $2 AND finished_at IS NULL";
    LAST_RUN = "SELECT day, started_at, finished_at, filings, alerts, skipped, notices, breaches, cleared, mails FROM alert_runs
        WHERE tenant_id = $1 AND finished_at IS NOT NULL ORDER BY day DESC LIMIT 1";
    DUE_FOR_CHECK = "SELECT id FROM filings WHERE tenant_id = $1 AND next_alert_on <= $2 ORDER BY next_alert_on, id LIMIT $3";
    LOCK_WATCHED = "SELECT f.id, f.client_id, c.short_name AS client_name, c.owner_id, f.assignee_id, f.code, f.period_label, f.materiality, f.legal_due, f.lapse_on, f.lapse_due, f.breach_after_days, f.state, f.filed_on, f.alert_due, f.alert_rung, f.breach_on
        FROM filings f JOIN clients c ON c.tenant_id = f.tenant_id AND c.id = f.client_id
        WHERE f.tenant_id = $1 AND f.id = ANY($2) AND f.next_alert_on <= $3 ORDER BY f.id FOR NO KEY UPDATE OF f";
    KEEP_ALERTS = "INSERT INTO filing_alerts (tenant_id, filing_id, due_on, rung, rung_on, skipped, sent_on, at)
        SELECT $1, n.filing_id, n.due_on, n.rung, n.rung_on, n.skipped::smallint[], $2, $3
        FROM unnest($4::bigint[], $5::date[], $6::smallint[], $7::date[], $8::text[]) AS n (filing_id, due_on, rung, rung_on, skipped)
        ON CONFLICT (tenant_id, filing_id, due_on, rung, rung_on) DO NOTHING RETURNING filing_id";
    CLEAR_BREACHES = "UPDATE filing_breaches b SET cleared_on = $2, cleared_why = n.why FROM unnest($3::bigint[], $4::text[]) AS n (filing_id, why)
        WHERE b.tenant_id = $1 AND b.filing_id = n.filing_id AND b.cleared_on IS NULL";
    KEEP_BREACHES = "INSERT INTO filing_breaches (tenant_id, filing_id, due_on, breached_on, recorded_at)
        SELECT $1, n.filing_id, n.due_on, n.breached_on, $2 FROM unnest($3::bigint[], $4::date[], $5::date[]) AS n (filing_id, due_on, breached_on)
        ON CONFLICT (tenant_id, filing_id) WHERE cleared_on IS NULL DO NOTHING";
    SAVE_MARKS = "UPDATE filings f SET alert_due = n.due, alert_rung = n.rung, breach_on = n.breach_on FROM unnest($2::bigint[], $3::date[], $4::smallint[], $5::date[]) AS n (id, due, rung, breach_on)
        WHERE f.tenant_id = $1 AND f.id = n.id";
    BREACHES = "SELECT due_on, breached_on, recorded_at, cleared_on, cleared_why FROM filing_breaches WHERE tenant_id = $1 AND filing_id = $2 ORDER BY recorded_at DESC, id DESC";
}

#[async_trait]
impl Alerts for PgTx {
    async fn claim_alert_run(&mut self, day: Date, at: Instant) -> Result<bool, StoreError> {
        let until: Instant = at + LEASE;
        Ok(self.query_opt(CLAIM_RUN, &[&self.tenant(), &day, &at, &until]).await?.is_some())
    }

    async fn note_alert_run(
        &mut self,
        day: Date,
        counts: RunCounts,
        at: Instant,
        finished: bool,
    ) -> Result<bool, StoreError> {
        let until: Instant = at + LEASE;
        let finished_at: Option<Instant> = finished.then_some(at);
        let params: [&(dyn ToSql + Sync); 11] = [
            &self.tenant(),
            &day,
            &counts.filings,
            &counts.alerts,
            &counts.skipped,
            &counts.notices,
            &counts.breaches,
            &counts.cleared,
            &counts.mails,
            &until,
            &finished_at,
        ];
        Ok(self.execute(NOTE_RUN, &params).await? > 0)
    }

    async fn last_alert_run(&mut self) -> Result<Option<AlertRun>, StoreError> {
        let row = self.query_opt(LAST_RUN, &[&self.tenant()]).await?;
        row.map(|row| {
            Ok(AlertRun {
                day: col(&row, "day")?,
                started_at: col(&row, "started_at")?,
                finished_at: col(&row, "finished_at")?,
                counts: RunCounts {
                    filings: col(&row, "filings")?,
                    alerts: col(&row, "alerts")?,
                    skipped: col(&row, "skipped")?,
                    notices: col(&row, "notices")?,
                    breaches: col(&row, "breaches")?,
                    cleared: col(&row, "cleared")?,
                    mails: col(&row, "mails")?,
                },
            })
        })
        .transpose()
    }

    async fn lock_watched(&mut self, day: Date, limit: i64) -> Result<Vec<Watched>, StoreError> {
        let due = self.query(DUE_FOR_CHECK, &[&self.tenant(), &day, &limit]).await?;
        if due.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<i64> = due.iter().map(|row| col(row, "id")).collect::<Result<_, _>>()?;
        // Locked in the order of ids, as planning does. What another process did meanwhile no longer matches.
        self.query(LOCK_WATCHED, &[&self.tenant(), &ids, &day]).await?.iter().map(watched).collect()
    }

    async fn keep_alerts(
        &mut self,
        alerts: &[KeptAlert],
        day: Date,
        at: Instant,
    ) -> Result<Vec<FilingId>, StoreError> {
        if alerts.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<i64> = alerts.iter().map(|a| a.filing.get()).collect();
        let dues: Vec<Date> = alerts.iter().map(|a| a.due).collect();
        let rungs: Vec<i16> = alerts.iter().map(|a| a.rung.number()).collect();
        let days: Vec<Date> = alerts.iter().map(|a| a.on).collect();
        let skipped: Vec<String> = alerts.iter().map(|a| array(&a.skipped)).collect();
        let params: [&(dyn ToSql + Sync); 8] =
            [&self.tenant(), &day, &at, &ids, &dues, &rungs, &days, &skipped];
        let rows = self.query(KEEP_ALERTS, &params).await?;
        rows.iter().map(|row| Ok(Id::new(col(row, "filing_id")?))).collect()
    }

    async fn clear_breaches(&mut self, ended: &[(FilingId, String)], day: Date) -> Result<(), StoreError> {
        if ended.is_empty() {
            return Ok(());
        }
        let ids: Vec<i64> = ended.iter().map(|(id, _)| id.get()).collect();
        let whys: Vec<&str> = ended.iter().map(|(_, why)| why.as_str()).collect();
        self.execute(CLEAR_BREACHES, &[&self.tenant(), &day, &ids, &whys]).await?;
        Ok(())
    }

    async fn keep_breaches(&mut self, breaches: &[KeptBreach], at: Instant) -> Result<(), StoreError> {
        if breaches.is_empty() {
            return Ok(());
        }
        let ids: Vec<i64> = breaches.iter().map(|b| b.filing.get()).collect();
        let dues: Vec<Date> = breaches.iter().map(|b| b.due).collect();
        let days: Vec<Date> = breaches.iter().map(|b| b.on).collect();
        self.execute(KEEP_BREACHES, &[&self.tenant(), &at, &ids, &dues, &days]).await?;
        Ok(())
    }

    async fn save_marks(&mut self, marks: &[(FilingId, Marks)]) -> Result<(), StoreError> {
        if marks.is_empty() {
            return Ok(());
        }
        let ids: Vec<i64> = marks.iter().map(|(id, _)| id.get()).collect();
        let dues: Vec<Option<Date>> = marks.iter().map(|(_, m)| m.due).collect();
        let rungs: Vec<i16> = marks.iter().map(|(_, m)| m.rung.map_or(0, Rung::number)).collect();
        let breaches: Vec<Option<Date>> = marks.iter().map(|(_, m)| m.breach_on).collect();
        self.execute(SAVE_MARKS, &[&self.tenant(), &ids, &dues, &rungs, &breaches]).await?;
        Ok(())
    }

    async fn breaches_of(&mut self, filing: FilingId) -> Result<Vec<BreachEvent>, StoreError> {
        let rows = self.query(BREACHES, &[&self.tenant(), &filing.get()]).await?;
        rows.iter()
            .map(|row| {
                let on: Option<Date> = col(row, "cleared_on")?;
                let why: Option<String> = col(row, "cleared_why")?;
                Ok(BreachEvent {
                    due: col(row, "due_on")?,
                    on: col(row, "breached_on")?,
                    recorded_at: col(row, "recorded_at")?,
                    cleared: on.zip(why),
                })
            })
            .collect()
    }
}

/// `{1,2}`: an array of arrays would have to be rectangular.
fn array(rungs: &[Rung]) -> String {
    let numbers: Vec<String> = rungs.iter().map(|rung| rung.number().to_string()).collect();
    format!("{{{}}}", numbers.join(","))
}

fn watched(row: &Row) -> Result<Watched, StoreError> {
    let id: i64 = col(row, "id")?;
    let state: String = col(row, "state")?;
    let materiality: String = col(row, "materiality")?;
    let filed_on: Option<Date> = col(row, "filed_on")?;
    let standing = match (state.as_str(), filed_on) {
        ("open" | "in_review", _) => Some(Standing::Open),
        ("filed", Some(on)) => Some(Standing::Filed(on)),
        ("waived", _) => Some(Standing::Waived),
        ("not_applicable", _) => Some(Standing::NotApplicable),
        ("withdrawn", _) => Some(Standing::Withdrawn),
        _ => None,
    };
    Ok(Watched {
        id: Id::new(id),
        client: Id::new(col(row, "client_id")?),
        client_name: col(row, "client_name")?,
        owner: col::<Option<i64>>(row, "owner_id")?.map(Id::new),
        assignee: col::<Option<i64>>(row, "assignee_id")?.map(Id::new),
        code: col(row, "code")?,
        period_label: col(row, "period_label")?,
        weight: Weight::of(&materiality),
        legal_due: col(row, "legal_due")?,
        lapse: lapse(row)?,
        breach_after_days: small(col(row, "breach_after_days")?),
        standing: word(standing, "filings", "state", id, &state)?,
        marks: Marks {
            due: col(row, "alert_due")?,
            rung: Rung::from_number(col(row, "alert_rung")?),
            breach_on: col(row, "breach_on")?,
        },
    })
}
