//! Saved views on the wire.

use crate::auth::dto::UserRef;
use crate::clients::list::ClientListQuery;
use crate::filings::list::FilingListQuery;
use crate::http::ApiError;
use ::filings::FilingFilter;
use app::views::{RowHeight, SavedView, ViewFields, ViewOf};
use kernel::id::UserId;
use kernel::{Date, FieldErrors};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A saved view.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ViewDto {
    /// Id within the firm.
    pub id: i64,
    /// On its tab.
    pub name: String,
    /// For everybody in the firm.
    pub shared: bool,
    /// Saved by the caller.
    pub mine: bool,
    /// The caller may change and delete it.
    pub editable: bool,
    /// The caller starts with it.
    pub is_default: bool,
    /// Who saved it.
    pub owner: UserRef,
    /// Its list, `filings` or `clients`.
    pub list: &'static str,
    /// The parameters of its list.
    #[schema(value_type = FilingListQuery)]
    pub query: Value,
    /// Columns in their order; empty means the list's own.
    pub column_order: Vec<String>,
    /// Columns left out.
    pub hidden_columns: Vec<String>,
    /// `compact`, `normal` or `tall`.
    pub row_height: String,
    /// How many filings it holds now, counted up to 1,000; none in answers to a change.
    pub count: Option<i64>,
    /// For If-Match.
    pub version: i64,
}

impl ViewDto {
    /// As one person sees it.
    pub fn of(view: SavedView, me: UserId, may_share: bool, count: Option<i64>) -> Self {
        let mine = view.owner == me;
        Self {
            id: view.id.get(),
            shared: view.fields.shared,
            mine,
            editable: if view.fields.shared { may_share } else { mine },
            is_default: view.is_default,
            owner: UserRef::named(view.owner, view.owner_name),
            name: view.fields.name,
            list: view.fields.list.as_str(),
            query: view.fields.query,
            column_order: view.fields.column_order,
            hidden_columns: view.fields.hidden_columns,
            row_height: view.fields.row_height.as_str().into(),
            count,
            version: view.version,
        }
    }
}

/// A view to be saved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateViewBody {
    /// On its tab; one of a kind among the caller's views.
    #[schema(max_length = 40)]
    name: String,
    /// For everybody in the firm.
    #[serde(default)]
    shared: bool,
    /// `filings`, unless it is `clients`.
    list: Option<String>,
    /// The parameters of the list.
    #[schema(value_type = FilingListQuery)]
    query: Value,
    /// Columns in their order.
    #[serde(default)]
    column_order: Vec<String>,
    /// Columns left out.
    #[serde(default)]
    hidden_columns: Vec<String>,
    /// `compact`, `normal` or `tall`.
    row_height: Option<String>,
}

impl CreateViewBody {
    /// The fields, or what is wrong with them.
    pub fn into_fields(self, me: UserId, today: Date) -> Result<ViewFields, ApiError> {
        let list = list_of(self.list.as_deref())?;
        check(list, &self.query, me, today)?;
        Ok(ViewFields {
            list,
            name: self.name,
            shared: self.shared,
            query: self.query,
            column_order: self.column_order,
            hidden_columns: self.hidden_columns,
            row_height: height(self.row_height.as_deref().unwrap_or("normal"))?,
        })
    }
}

/// A JSON merge patch: absent leaves.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeViewBody {
    /// On its tab.
    #[schema(max_length = 40)]
    name: Option<String>,
    /// For everybody in the firm.
    shared: Option<bool>,
    /// Which list `query` is of: `filings`, unless it is `clients`.
    list: Option<String>,
    /// The parameters of the list.
    #[schema(value_type = Option<FilingListQuery>)]
    query: Option<Value>,
    /// Columns in their order.
    column_order: Option<Vec<String>>,
    /// Columns left out.
    hidden_columns: Option<Vec<String>>,
    /// `compact`, `normal` or `tall`.
    row_height: Option<String>,
}

impl ChangeViewBody {
    /// What it does to the fields, or what is wrong with it.
    pub fn into_change(self, me: UserId, today: Date) -> Result<impl FnOnce(&mut ViewFields), ApiError> {
        let list = list_of(self.list.as_deref())?;
        if let Some(query) = &self.query {
            check(list, query, me, today)?;
        }
        let row_height = self.row_height.as_deref().map(height).transpose()?;
        Ok(move |fields: &mut ViewFields| {
            fields.name = self.name.unwrap_or_else(|| fields.name.clone());
            fields.shared = self.shared.unwrap_or(fields.shared);
            if let Some(query) = self.query {
                (fields.list, fields.query) = (list, query);
            }
            fields.column_order = self.column_order.unwrap_or_else(|| fields.column_order.clone());
            fields.hidden_columns = self.hidden_columns.unwrap_or_else(|| fields.hidden_columns.clone());
            fields.row_height = row_height.unwrap_or(fields.row_height);
        })
    }
}

fn height(word: &str) -> Result<RowHeight, ApiError> {
    RowHeight::parse(word).ok_or_else(|| FieldErrors::one("rowHeight", "Use compact, normal or tall.").into())
}

/// The list of a word; filings when nothing is said.
pub fn list_of(word: Option<&str>) -> Result<ViewOf, ApiError> {
    word.map_or(Some(ViewOf::Filings), ViewOf::parse)
        .ok_or_else(|| FieldErrors::one("list", "Use filings or clients.").into())
}

/// Whether the parameters are those of the list.
fn check(list: ViewOf, query: &Value, me: UserId, today: Date) -> Result<(), ApiError> {
    match list {
        ViewOf::Filings => filter_of(query, me, today).map(|_| ()),
        ViewOf::Clients => {
            let read: ClientListQuery = readable(query)?;
            read.order()?;
            read.filter().map(|_| ())
        }
    }
}

fn readable<T: DeserializeOwned>(query: &Value) -> Result<T, ApiError> {
    serde_json::from_value(query.clone()).map_err(|error| {
        let sentence =
            format!("The list's parameters are not readable: {}.", error.to_string().replace('`', "\""));
        ApiError::from(FieldErrors::one("query", sentence))
    })
}

/// The filter that a view stands for when this person opens it: `me` is whoever looks.
pub fn filter_of(query: &Value, me: UserId, today: Date) -> Result<FilingFilter, ApiError> {
    let read: FilingListQuery = readable(query)?;
    read.order()?;
    read.filter(me, today)
}
