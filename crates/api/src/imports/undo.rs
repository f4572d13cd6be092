//! POST /api/imports/{id}/undo

use super::dto::ImportDto;
use super::get::shown;
use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::{post, web};
use app::imports::undo;
use kernel::{Id, Permission};

/// Take the whole import back: clients it made go, clients it changed are as before. Refused when a person changed
/// one of them since.
#[utoipa::path(tag = "imports", params(("id" = i64, Path)), responses(
    (status = 200, body = ImportDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 409, body = ErrorBody)))]
#[post("/imports/{id}/undo")]
pub async fn undo_import(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
) -> Result<web::Json<ImportDto>, ApiError> {
    caller.require(Permission::ClientsImport)?;
    let import = undo(state.db.as_ref(), &caller.actor, Id::new(*id)).await?;
    shown(&state, &caller, import).await.map(web::Json)
}
