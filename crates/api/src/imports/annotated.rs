//! GET /api/imports/{id}/annotated

use super::stream::{FileFormat, attachment};
use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::{HttpResponse, get, web};
use app::imports::annotated;
use kernel::{Id, Permission};

/// The uploaded sheet again with every error beside its cell. Correct it and upload it: the column with the
/// problems is left out.
#[utoipa::path(tag = "imports", params(("id" = i64, Path)), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 404, body = ErrorBody)))]
#[get("/imports/{id}/annotated")]
pub async fn annotated_import(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::ClientsImport)?;
    let (bytes, name) = annotated(state.db.as_ref(), &caller.actor, &state.sheets, Id::new(*id)).await?;
    let format = if name.ends_with(".xlsx") { FileFormat::Xlsx } else { FileFormat::Csv };
    Ok(attachment(format, &name).body(bytes))
}
