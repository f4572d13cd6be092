//! Notices: what a person is told inside the product, and the lines of their one mail a day.

use async_trait::async_trait;
use filings::ladder::{Rung, Severity, Weight};
use filings::relaxation::FreeUntil;
use kernel::id::{ClientId, FilingId, NoticeId, UserId};
use kernel::moment::Instant;
use kernel::{Date, Page, PageRequest, StoreError};

/// The kind of a notice of the escalation ladder.
pub const FILING_ALERT: &str = "filing_alert";

/// A notice to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNotice {
    /// To whom.
    pub user: UserId,
    /// What sort of news.
    pub kind: &'static str,
    /// How loud.
    pub severity: Severity,
    /// The rung of the ladder, when it comes from there.
    pub rung: Option<Rung>,
    /// The filing it is about.
    pub filing: Option<FilingId>,
    /// The due date it counts from.
    pub due: Option<Date>,
    /// One sentence.
    pub text: String,
}

/// The filing behind a notice.
#[derive(Debug, Clone)]
pub struct NoticeFiling {
    /// Id within the firm.
    pub id: FilingId,
    /// `DNBS01`.
    pub code: String,
    /// `Q2 FY 2026-27`.
    pub period_label: String,
    /// Whose.
    pub client: ClientId,
    /// The client's short name.
    pub client_name: String,
}

/// A notice as it is shown.
#[derive(Debug, Clone)]
pub struct Notice {
    /// Id within the firm.
    pub id: NoticeId,
    /// When.
    pub at: Instant,
    /// What sort of news.
    pub kind: String,
    /// How loud.
    pub severity: Severity,
    /// The rung of the ladder, when it comes from there.
    pub rung: Option<Rung>,
    /// The due date it counts from.
    pub due: Option<Date>,
    /// One sentence.
    pub text: String,
    /// The filing it is about.
    pub filing: Option<NoticeFiling>,
    /// When it was read.
    pub read_at: Option<Instant>,
}

/// Which notices are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// These.
    These(Vec<NoticeId>),
    /// All of them.
    All,
}

/// One line of somebody's mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestLine {
    /// Whose mail.
    pub user: UserId,
    /// Their address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// The filing.
    pub filing: FilingId,
    /// The client's short name.
    pub client_name: String,
    /// `DNBS01`.
    pub code: String,
    /// Version of the rule.
    pub rule_id: String,
    /// Name of the return.
    pub title: String,
    /// `Q2 FY 2026-27`.
    pub period_label: String,
    /// How much a miss matters.
    pub weight: Weight,
    /// The rung.
    pub rung: Rung,
    /// The due date it counts from.
    pub due: Date,
    /// Relief from the late fee.
    pub free: Option<FreeUntil>,
    /// How many lines this person has in all: coming due, overdue, breached.
    pub totals: [i64; 3],
}

/// Notices of the firm of the transaction.
#[async_trait]
pub trait Notices: Send {
    /// Writes notices.
    async fn add_notices(&mut self, notices: &[NewNotice], at: Instant) -> Result<(), StoreError>;
    /// One page of a person's notices: the newest check first, and of one check the most urgent first.
    async fn notices_of(
        &mut self,
        user: UserId,
        unread_only: bool,
        page: PageRequest,
    ) -> Result<Page<Notice>, StoreError>;
    /// How many a person has not read.
    async fn unread_notices(&mut self, user: UserId) -> Result<i64, StoreError>;
    /// Marks a person's own notices as read; ids of others are passed over.
    async fn read_notices(&mut self, user: UserId, which: &Read, at: Instant) -> Result<u64, StoreError>;
    /// What has not been mailed yet and is wanted, the most urgent first, at most so many lines a person. What a person
    /// muted is left out, but for what nobody can mute (see `Rung::may_be_muted`).
    async fn digest_lines(&mut self, per_person: i64) -> Result<Vec<DigestLine>, StoreError>;
    /// Nothing waits for a mail any more.
    async fn mark_mailed(&mut self, at: Instant) -> Result<(), StoreError>;
}
