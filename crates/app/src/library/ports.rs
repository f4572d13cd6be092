//! What the rule library asks of the store.

use async_trait::async_trait;
use kernel::id::ClientId;
use kernel::{Date, Page, PageRequest, StoreError};

/// How far a rule reaches in the firm today.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleUse {
    /// `DNBS01`.
    pub code: String,
    /// Clients with an open filing of it.
    pub clients: i64,
    /// Open filings.
    pub open: i64,
}

/// A client with open filings of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleClient {
    /// Id within the firm.
    pub id: ClientId,
    /// As registered.
    pub client_name: String,
    /// As the firm calls it.
    pub short_name: String,
    /// Open filings of the rule.
    pub open: i64,
    /// Those whose date has passed.
    pub past_due: i64,
    /// The soonest date.
    pub next_due: Option<Date>,
}

/// Rules and the clients they touch.
#[async_trait]
pub trait Library: Send {
    /// Every code with open filings.
    async fn rule_use(&mut self) -> Result<Vec<RuleUse>, StoreError>;
    /// The clients with open filings of a code, soonest date first.
    async fn rule_clients(
        &mut self,
        code: &str,
        page: PageRequest,
        today: Date,
    ) -> Result<Page<RuleClient>, StoreError>;
}
