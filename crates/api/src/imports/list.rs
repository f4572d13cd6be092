//! GET /api/imports

use super::dto::{ImportDto, ImportPage};
use crate::http::{ApiError, Caller, ErrorBody, ListQuery, PageParams};
use crate::state::AppState;
use actix_web::{get, web};
use app::transact;
use kernel::{Permission, StoreError};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportListQuery {
    /// From 1.
    page: Option<u32>,
    /// 1 to 200.
    per_page: Option<u32>,
}

/// Imports, newest first; without fields, columns and issues.
#[utoipa::path(tag = "imports", params(ImportListQuery), responses(
    (status = 200, body = ImportPage), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[get("/imports")]
pub async fn list_imports(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<ImportListQuery>,
) -> Result<web::Json<ImportPage>, ApiError> {
    caller.require(Permission::ClientsImport)?;
    let request = PageParams { page: query.0.page, per_page: query.0.per_page }.checked()?;
    let ((imports, total), users) = transact(state.db.as_ref(), &caller.actor, async |tx| {
        let found = tx.list_imports(request.limit(), request.offset()).await?;
        Ok::<_, StoreError>((found, tx.users().await?))
    })
    .await?;
    let items = imports.into_iter().map(|import| ImportDto::brief(import, &users)).collect();
    Ok(web::Json(ImportPage { items, total, page: request.page, per_page: request.per_page }))
}
