//! What the nightly check asks of the store about filings: which are due for it, and keeping what it did.

use crate::escalate::{Marks, Watched};
use crate::ladder::Rung;
use async_trait::async_trait;
use kernel::id::FilingId;
use kernel::moment::Instant;
use kernel::{Date, StoreError};

/// A claim on the check of one day that its holder did not renew for so long passes to another process.
pub const LEASE: time::Duration = time::Duration::minutes(10);

/// What a run did so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RunCounts {
    /// Filings looked at.
    pub filings: i32,
    /// Alerts sent.
    pub alerts: i32,
    /// Rungs that had passed unseen.
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

impl std::ops::AddAssign for RunCounts {
    fn add_assign(&mut self, other: Self) {
        self.filings += other.filings;
        self.alerts += other.alerts;
        self.skipped += other.skipped;
        self.notices += other.notices;
        self.breaches += other.breaches;
        self.cleared += other.cleared;
        self.mails += other.mails;
    }
}

/// One run of the check.
#[derive(Debug, Clone, Copy)]
pub struct AlertRun {
    /// The day it was for.
    pub day: Date,
    /// When it began.
    pub started_at: Instant,
    /// When it ended.
    pub finished_at: Option<Instant>,
    /// What it did.
    pub counts: RunCounts,
}

/// An alert as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAlert {
    /// On which filing.
    pub filing: FilingId,
    /// The due date it counts from.
    pub due: Date,
    /// The rung.
    pub rung: Rung,
    /// The day of the rung.
    pub on: Date,
    /// Rungs below that had passed unseen.
    pub skipped: Vec<Rung>,
}

/// A breach as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptBreach {
    /// Of which filing.
    pub filing: FilingId,
    /// The due date that was missed.
    pub due: Date,
    /// The first day that counts as breached.
    pub on: Date,
}

/// The event of a breach, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreachEvent {
    /// The due date that was missed.
    pub due: Date,
    /// The first day that counts as breached.
    pub on: Date,
    /// When the check recorded it.
    pub recorded_at: Instant,
    /// When it ended, and why.
    pub cleared: Option<(Date, String)>,
}

/// What the nightly check keeps.
#[async_trait]
pub trait Alerts: Send {
    /// Takes the check of a day, unless it was done or another process is at it. The claim ends by itself after [`LEASE`].
    async fn claim_alert_run(&mut self, day: Date, at: Instant) -> Result<bool, StoreError>;
    /// Adds to what the run did and renews the claim; false when the run was finished by another process.
    async fn note_alert_run(
        &mut self,
        day: Date,
        counts: RunCounts,
        at: Instant,
        finished: bool,
    ) -> Result<bool, StoreError>;
    /// The newest finished run.
    async fn last_alert_run(&mut self) -> Result<Option<AlertRun>, StoreError>;
    /// Filings that have something due on a day, held against other writers; those that waited longest first, at most
    /// `limit`.
    async fn lock_watched(&mut self, day: Date, limit: i64) -> Result<Vec<Watched>, StoreError>;
    /// Keeps alerts; answers which were new. One that was sent before is left alone.
    async fn keep_alerts(
        &mut self,
        alerts: &[KeptAlert],
        day: Date,
        at: Instant,
    ) -> Result<Vec<FilingId>, StoreError>;
    /// Ends the standing breaches of these filings, with the reason.
    async fn clear_breaches(&mut self, ended: &[(FilingId, String)], day: Date) -> Result<(), StoreError>;
    /// Records breaches.
    async fn keep_breaches(&mut self, breaches: &[KeptBreach], at: Instant) -> Result<(), StoreError>;
    /// Saves how far the ladders went. The version of a filing does not change: nothing that people edit did.
    async fn save_marks(&mut self, marks: &[(FilingId, Marks)]) -> Result<(), StoreError>;
    /// The breaches recorded on a filing, newest first.
    async fn breaches_of(&mut self, filing: FilingId) -> Result<Vec<BreachEvent>, StoreError>;
}
