//! Notices, runs of the nightly check and breaches on the wire.

use crate::http::Ist;
use ::filings::alerts::{AlertRun, BreachEvent};
use app::notices::Notice;
use kernel::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// Something the caller was told.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NoticeDto {
    /// Id within the firm.
    pub id: i64,
    /// When.
    pub at: Ist,
    /// `filing_alert`.
    pub kind: String,
    /// `info`, `warn`, `danger` or `critical`.
    pub severity: &'static str,
    /// `T-7`, `T-3`, `T-1`, `Due today`, `Overdue` or `Breach`.
    pub rung: Option<&'static str>,
    /// The due date it counts from.
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<Date>,
    /// One sentence.
    pub text: String,
    /// The filing it is about.
    pub filing: Option<NoticeFilingDto>,
    /// When it was read.
    pub read_at: Option<Ist>,
}

/// The filing behind a notice.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NoticeFilingDto {
    /// Id within the firm.
    pub id: i64,
    /// `DNBS01`.
    pub code: String,
    /// `Q2 FY 2026-27`.
    pub period_label: String,
    /// Whose.
    pub client_id: i64,
    /// The client's short name.
    pub client_name: String,
}

impl From<Notice> for NoticeDto {
    fn from(notice: Notice) -> Self {
        Self {
            id: notice.id.get(),
            at: Ist(notice.at),
            kind: notice.kind,
            severity: notice.severity.as_str(),
            rung: notice.rung.map(|rung| rung.step().name),
            due_on: notice.due,
            text: notice.text,
            filing: notice.filing.map(|filing| NoticeFilingDto {
                id: filing.id.get(),
                code: filing.code,
                period_label: filing.period_label,
                client_id: filing.client.get(),
                client_name: filing.client_name,
            }),
            read_at: notice.read_at.map(Ist),
        }
    }
}

/// What a nightly check did.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckDto {
    /// The day it was for.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// When it began.
    pub started_at: Ist,
    /// When it ended.
    pub finished_at: Option<Ist>,
    /// Filings with something due.
    pub filings: i32,
    /// Alerts sent.
    pub alerts: i32,
    /// Rungs that had passed before the check saw them; not sent.
    pub skipped: i32,
    /// Notices to people.
    pub notices: i32,
    /// Breaches recorded.
    pub breaches: i32,
    /// Breaches that ended.
    pub cleared: i32,
    /// Mails queued.
    pub mails: i32,
}

impl From<AlertRun> for CheckDto {
    fn from(run: AlertRun) -> Self {
        let counts = run.counts;
        Self {
            day: run.day,
            started_at: Ist(run.started_at),
            finished_at: run.finished_at.map(Ist),
            filings: counts.filings,
            alerts: counts.alerts,
            skipped: counts.skipped,
            notices: counts.notices,
            breaches: counts.breaches,
            cleared: counts.cleared,
            mails: counts.mails,
        }
    }
}

/// A breach that was recorded.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BreachDto {
    /// The due date that was missed.
    #[schema(value_type = String, format = Date)]
    pub due_on: Date,
    /// The first day that counts as breached.
    #[schema(value_type = String, format = Date)]
    pub breached_on: Date,
    /// When the check recorded it.
    pub recorded_at: Ist,
    /// The day on which the check saw that it had ended; none while it stands.
    #[schema(value_type = Option<String>, format = Date)]
    pub cleared_on: Option<Date>,
    /// Why it ended: "filed on 20 Nov 2026".
    pub cleared_why: Option<String>,
}

impl From<BreachEvent> for BreachDto {
    fn from(event: BreachEvent) -> Self {
        let (cleared_on, cleared_why) = event.cleared.unzip();
        Self {
            due_on: event.due,
            breached_on: event.on,
            recorded_at: Ist(event.recorded_at),
            cleared_on,
            cleared_why,
        }
    }
}
