//! What the filing domain asks of the store, inside one firm's transaction.

use crate::filing::{Filing, FilingState, Lapse};
use crate::relaxation::Relief;
use crate::settings::ReturnSetting;
use async_trait::async_trait;
use kernel::id::{ClientId, CommentId, FilingId, UserId};
use kernel::moment::Instant;
use kernel::{Date, StoreError};
use serde_json::Value;

/// An obligation to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct NewFiling {
    /// Whose.
    pub client: ClientId,
    /// `DNBS01`.
    pub code: String,
    /// Version of the rule.
    pub rule_id: String,
    /// `RBI`.
    pub regulator: String,
    /// Name of the return.
    pub title: String,
    /// `licence_critical`, `high` or `routine`.
    pub materiality: String,
    /// Unique with client and code.
    pub period_key: String,
    /// For people.
    pub period_label: String,
    /// First day.
    pub period_start: Date,
    /// Last day.
    pub period_end: Date,
    /// The date in law.
    pub legal_due: Option<Date>,
    /// Probable date while an event is awaited.
    pub projected_due: Option<Date>,
    /// What it waits for.
    pub waits_for: Option<String>,
    /// What happens when the event does not come.
    pub lapse: Option<Lapse>,
    /// The firm's own date.
    pub target_due: Option<Date>,
    /// Days until late counts as breached.
    pub breach_after_days: u16,
    /// Items of the checklist: the rule's and the firm's own for the return.
    pub checklist_total: u16,
    /// How many of them are the firm's own for the return.
    pub firm_items: u16,
    /// What standing relaxations do to it.
    pub relief: Relief,
}

impl NewFiling {
    /// As it will be once written, without an id.
    pub fn as_open(&self) -> Filing {
        Filing {
            id: FilingId::new(0),
            client: self.client,
            code: self.code.clone(),
            rule_id: self.rule_id.clone(),
            period_label: self.period_label.clone(),
            period_key: self.period_key.clone(),
            legal_due: self.legal_due,
            projected_due: self.projected_due,
            waits_for: self.waits_for.clone(),
            lapse: self.lapse,
            target_due: self.target_due,
            target_overridden: false,
            breach_after_days: self.breach_after_days,
            breach_overridden: false,
            firm_items: self.firm_items,
            assignee: None,
            state: FilingState::Open,
            closed: None,
            relief: self.relief,
            version: 1,
        }
    }
}

/// What somebody did to a checklist item, or an item they added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistRow {
    /// Unique within the filing; shipped items are numbered `r1`, `r2`..., own ones `o1`, `o2`...
    pub key: String,
    /// The text.
    pub text: String,
    /// Added by the firm.
    pub own: bool,
    /// Done, by whom, when.
    pub done: Option<(Option<UserId>, Instant)>,
    /// Free text.
    pub note: String,
}

/// A remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentRow {
    /// Id within the firm.
    pub id: CommentId,
    /// Who.
    pub author: UserId,
    /// Their name.
    pub author_name: String,
    /// When.
    pub at: Instant,
    /// What.
    pub text: String,
}

/// Obligations and what hangs on them.
#[async_trait]
pub trait Filings: Send {
    /// One filing, as it is.
    async fn filing(&mut self, id: FilingId) -> Result<Option<Filing>, StoreError>;
    /// One filing, held against other writers.
    async fn lock_filing(&mut self, id: FilingId) -> Result<Option<Filing>, StoreError>;
    /// Several filings, held against other writers; those that are not there are left out.
    async fn lock_filings(&mut self, ids: &[FilingId]) -> Result<Vec<Filing>, StoreError>;
    /// All filings of a client, withdrawn ones too; held against other writers when `lock`.
    async fn filings_of(&mut self, client: ClientId, lock: bool) -> Result<Vec<Filing>, StoreError>;
    /// All filings of several clients, withdrawn ones too, held against other writers.
    async fn filings_of_clients(&mut self, clients: &[ClientId]) -> Result<Vec<Filing>, StoreError>;
    /// Adds obligations; one that is already there is left alone.
    async fn add_filings(&mut self, filings: &[&NewFiling], at: Instant) -> Result<(), StoreError>;
    /// Saves dates, assignee and state if the version is still the one inside; `Stale` otherwise. `why` freezes the
    /// steps when a filing closes.
    async fn save_filing(
        &mut self,
        filing: &Filing,
        why: Option<&Value>,
        at: Instant,
    ) -> Result<(), StoreError>;
    /// Saves many as `save_filing` does, in one go; `Stale` when the version of any is no longer the one inside.
    async fn save_filings(
        &mut self,
        filings: &[(Filing, Option<Value>)],
        at: Instant,
    ) -> Result<(), StoreError>;
    /// Saves many at once after planning, without version checks (they are locked).
    async fn save_planned(&mut self, filings: &[Filing], at: Instant) -> Result<(), StoreError>;

    /// The touched and added checklist items of a filing.
    async fn checklist_of(&mut self, filing: FilingId) -> Result<Vec<ChecklistRow>, StoreError>;
    /// Writes one checklist item and refreshes the counts on the filing.
    async fn save_checklist_row(
        &mut self,
        filing: FilingId,
        row: &ChecklistRow,
        total: u16,
    ) -> Result<(), StoreError>;

    /// Adds a remark.
    async fn add_comment(
        &mut self,
        filing: FilingId,
        author: UserId,
        text: &str,
        at: Instant,
    ) -> Result<CommentId, StoreError>;
    /// Remarks, oldest first.
    async fn comments_of(&mut self, filing: FilingId) -> Result<Vec<CommentRow>, StoreError>;

    /// What the firm decided per return.
    async fn return_settings(&mut self) -> Result<Vec<ReturnSetting>, StoreError>;
    /// What the firm decided about one return, held against other writers.
    async fn lock_return_setting(&mut self, code: &str) -> Result<Option<ReturnSetting>, StoreError>;
    /// Saves what the firm decided about one return, if the version is still the one inside (zero: nothing was decided
    /// yet); `Stale` otherwise.
    async fn save_return_setting(&mut self, setting: &ReturnSetting) -> Result<(), StoreError>;
}
