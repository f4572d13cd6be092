//! POST /api/imports/{id}/check

use super::dto::{ImportDto, ImportMapping};
use super::form::to_mapping;
use super::get::shown;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{post, web};
use app::imports::recheck;
use kernel::{Id, Permission};

/// Check the sheet again with another mapping.
#[utoipa::path(tag = "imports", params(("id" = i64, Path)), request_body = ImportMapping, responses(
    (status = 200, body = ImportDto), (status = 400, body = ErrorBody), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[post("/imports/{id}/check")]
pub async fn check_import(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    body: Json<ImportMapping>,
) -> Result<web::Json<ImportDto>, ApiError> {
    caller.require(Permission::ClientsImport)?;
    let mapping = to_mapping(body.0.mapping)?;
    let import = recheck(state.db.as_ref(), &caller.actor, &state.sheets, Id::new(*id), mapping).await?;
    shown(&state, &caller, import).await.map(web::Json)
}
