//! POST /api/imports/{id}/commit

use super::dto::{ImportCommit, ImportDto};
use super::get::shown;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{HttpResponse, post, web};
use app::imports::start_commit;
use kernel::{Id, Permission};

/// Write the checked rows, in the background; ask for the import to see the progress.
#[utoipa::path(tag = "imports", params(("id" = i64, Path)), request_body = ImportCommit, responses(
    (status = 202, body = ImportDto), (status = 400, body = ErrorBody), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[post("/imports/{id}/commit")]
pub async fn commit_import(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    body: Json<ImportCommit>,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::ClientsImport)?;
    let import = start_commit(state.db.as_ref(), &caller.actor, Id::new(*id), body.0.accept_partial).await?;
    // Nobody listens in tools without background work; the import is found by its state.
    let _ = state.wake.send(());
    Ok(HttpResponse::Accepted().json(shown(&state, &caller, import).await?))
}
