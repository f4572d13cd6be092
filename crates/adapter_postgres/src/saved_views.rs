//! Saved views.

use crate::rows::{col, word};
use crate::sql::statements;
use crate::tx::PgTx;
use app::views::{RowHeight, SavedView, SavedViews, ViewFields, ViewOf};
use async_trait::async_trait;
use kernel::id::{SavedViewId, UserId};
use kernel::moment::Instant;
use kernel::{Id, StoreError};
use serde_json::Value;
use tokio_postgres::Row;

statements! {
    VIEWS_FOR = "SELECT v.id, v.owner_id, u.display_name AS owner_name, v.name, v.shared, v.query, v.column_order, v.hidden_columns, v.row_height, v.version, d.view_id IS NOT NULL AS is_default
        FROM saved_views v JOIN users u ON u.tenant_id = v.tenant_id AND u.id = v.owner_id
        LEFT JOIN saved_view_defaults d ON d.tenant_id = v.tenant_id AND d.view_id = v.id AND d.user_id = $2
        WHERE v.tenant_id = $1 AND (v.shared OR v.owner_id = $2) AND coalesce(v.query ->> 'list', 'filings') = $3 ORDER BY v.shared DESC, lower(v.name), v.id LIMIT 200";
    LOCK_VIEW = "SELECT v.id, v.owner_id, u.display_name AS owner_name, v.name, v.shared, v.query, v.column_order, v.hidden_columns, v.row_height, v.version, d.view_id IS NOT NULL AS is_default
        FROM saved_views v JOIN users u ON u.tenant_id = v.tenant_id AND u.id = v.owner_id
        LEFT JOIN saved_view_defaults d ON d.tenant_id = v.tenant_id AND d.view_id = v.id AND d.user_id = $3
        WHERE v.tenant_id = $1 AND v.id = $2 FOR UPDATE OF v";
    ADD_VIEW = "INSERT INTO saved_views (tenant_id, owner_id, name, shared, query, column_order, hidden_columns, row_height, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
        ON CONFLICT (tenant_id, owner_id, name) DO NOTHING RETURNING id";
    NAME_TAKEN = "SELECT id FROM saved_views WHERE tenant_id = $1 AND owner_id = $2 AND name = $3 AND id <> $4";
    SAVE_VIEW = "UPDATE saved_views SET name = $3, shared = $4, query = $5, column_order = $6, hidden_columns = $7, row_height = $8, updated_at = $9, version = version + 1 WHERE tenant_id = $1 AND id = $2 AND version = $10";
    DELETE_VIEW = "DELETE FROM saved_views WHERE tenant_id = $1 AND id = $2";
    SET_DEFAULT_VIEW = "INSERT INTO saved_view_defaults (tenant_id, user_id, view_id) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, user_id) DO UPDATE SET view_id = excluded.view_id";
    NO_DEFAULT_VIEW = "DELETE FROM saved_view_defaults WHERE tenant_id = $1 AND user_id = $2";
}

#[async_trait]
impl SavedViews for PgTx {
    async fn views_for(&mut self, user: UserId, list: ViewOf) -> Result<Vec<SavedView>, StoreError> {
        let rows = self.query(VIEWS_FOR, &[&self.tenant(), &user.get(), &list.as_str()]).await?;
        rows.iter().map(view).collect()
    }

    async fn lock_view(&mut self, id: SavedViewId, user: UserId) -> Result<Option<SavedView>, StoreError> {
        self.query_opt(LOCK_VIEW, &[&self.tenant(), &id.get(), &user.get()])
            .await?
            .as_ref()
            .map(view)
            .transpose()
    }

    async fn add_view(
        &mut self,
        owner: UserId,
        f: &ViewFields,
        at: Instant,
    ) -> Result<Option<SavedViewId>, StoreError> {
        let added = self
            .query_opt(
                ADD_VIEW,
                &[
                    &self.tenant(),
                    &owner.get(),
                    &f.name,
                    &f.shared,
                    &kept(f),
                    &f.column_order,
                    &f.hidden_columns,
                    &f.row_height.as_str(),
                    &at,
                ],
            )
            .await?;
        added.map(|row| Ok(Id::new(col(&row, "id")?))).transpose()
    }

    async fn save_view(&mut self, v: &SavedView, at: Instant) -> Result<bool, StoreError> {
        let (tenant, f) = (self.tenant(), &v.fields);
        // Asked first: a broken unique rule would end the transaction.
        if self.query_opt(NAME_TAKEN, &[&tenant, &v.owner.get(), &f.name, &v.id.get()]).await?.is_some() {
            return Ok(false);
        }
        let changed = self
            .execute(
                SAVE_VIEW,
                &[
                    &tenant,
                    &v.id.get(),
                    &f.name,
                    &f.shared,
                    &kept(f),
                    &f.column_order,
                    &f.hidden_columns,
                    &f.row_height.as_str(),
                    &at,
                    &v.version,
                ],
            )
            .await?;
        if changed == 0 { Err(StoreError::Stale) } else { Ok(true) }
    }

    async fn delete_view(&mut self, id: SavedViewId) -> Result<(), StoreError> {
        self.execute(DELETE_VIEW, &[&self.tenant(), &id.get()]).await?;
        Ok(())
    }

    async fn set_default_view(&mut self, user: UserId, view: Option<SavedViewId>) -> Result<(), StoreError> {
        let (tenant, user) = (self.tenant(), user.get());
        match view {
            Some(view) => self.execute(SET_DEFAULT_VIEW, &[&tenant, &user, &view.get()]).await?,
            None => self.execute(NO_DEFAULT_VIEW, &[&tenant, &user]).await?,
        };
        Ok(())
    }
}

/// The parameters as they are stored. Those of the clients list carry its name: filings came first and carry none.
fn kept(fields: &ViewFields) -> Value {
    let mut query = fields.query.clone();
    if let (ViewOf::Clients, Value::Object(parameters)) = (fields.list, &mut query) {
        parameters.insert("list".into(), fields.list.as_str().into());
    }
    query
}

fn view(row: &Row) -> Result<SavedView, StoreError> {
    let id: i64 = col(row, "id")?;
    let height: String = col(row, "row_height")?;
    let mut query: Value = col(row, "query")?;
    let list = query.as_object_mut().and_then(|parameters| parameters.remove("list"));
    let list = list.as_ref().and_then(Value::as_str).map_or(Some(ViewOf::Filings), ViewOf::parse);
    Ok(SavedView {
        id: Id::new(id),
        owner: Id::new(col(row, "owner_id")?),
        owner_name: col(row, "owner_name")?,
        fields: ViewFields {
            name: col(row, "name")?,
            shared: col(row, "shared")?,
            list: word(list, "saved_views", "query", id, "list")?,
            query,
            column_order: col(row, "column_order")?,
            hidden_columns: col(row, "hidden_columns")?,
            row_height: word(RowHeight::parse(&height), "saved_views", "row_height", id, &height)?,
        },
        is_default: col(row, "is_default")?,
        version: col(row, "version")?,
    })
}
