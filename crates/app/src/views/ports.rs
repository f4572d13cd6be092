//! What saved views ask of the store.

use async_trait::async_trait;
use kernel::StoreError;
use kernel::id::{SavedViewId, UserId};
use kernel::moment::Instant;
use serde_json::Value;

/// The list that a view is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ViewOf {
    /// Filings.
    #[default]
    Filings,
    /// Clients.
    Clients,
}

impl ViewOf {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Filings => "filings",
            Self::Clients => "clients",
        }
    }
    /// Reads the stable name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Filings, Self::Clients].into_iter().find(|list| list.as_str() == text)
    }
}

/// How tall rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RowHeight {
    /// 32 px.
    Compact,
    /// 36 px.
    #[default]
    Normal,
    /// 44 px.
    Tall,
}

impl RowHeight {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Normal => "normal",
            Self::Tall => "tall",
        }
    }
    /// Reads the stable name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Compact, Self::Normal, Self::Tall].into_iter().find(|height| height.as_str() == text)
    }
}

/// What a person decides about a view.
#[derive(Debug, Clone, PartialEq)]
pub struct ViewFields {
    /// On its tab.
    pub name: String,
    /// For everybody in the firm.
    pub shared: bool,
    /// Its list; never changes.
    pub list: ViewOf,
    /// The parameters of the list, checked by whoever reads lists.
    pub query: Value,
    /// Columns in their order; empty means the list's own.
    pub column_order: Vec<String>,
    /// Columns left out.
    pub hidden_columns: Vec<String>,
    /// How tall rows are.
    pub row_height: RowHeight,
}

/// A saved view, as one person sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedView {
    /// Id within the firm.
    pub id: SavedViewId,
    /// Who saved it.
    pub owner: UserId,
    /// Their name.
    pub owner_name: String,
    /// What they decided.
    pub fields: ViewFields,
    /// The view this person starts with.
    pub is_default: bool,
    /// For If-Match.
    pub version: i64,
}

/// Saved views of the firm of the transaction.
#[async_trait]
pub trait SavedViews: Send {
    /// Those of one list: shared ones first, then the person's own, each by name.
    async fn views_for(&mut self, user: UserId, list: ViewOf) -> Result<Vec<SavedView>, StoreError>;
    /// One view, whoever saved it, held against other writers; `user` decides whether it is the default.
    async fn lock_view(&mut self, id: SavedViewId, user: UserId) -> Result<Option<SavedView>, StoreError>;
    /// Adds one; `None` when the person has a view of that name.
    async fn add_view(
        &mut self,
        owner: UserId,
        fields: &ViewFields,
        at: Instant,
    ) -> Result<Option<SavedViewId>, StoreError>;
    /// Saves one if the version is still the one inside, `Stale` otherwise; false when the name is taken.
    async fn save_view(&mut self, view: &SavedView, at: Instant) -> Result<bool, StoreError>;
    /// Removes one.
    async fn delete_view(&mut self, id: SavedViewId) -> Result<(), StoreError>;
    /// Decides which view a person starts with.
    async fn set_default_view(&mut self, user: UserId, view: Option<SavedViewId>) -> Result<(), StoreError>;
}
