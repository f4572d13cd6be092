//! POST /api/imports/{id}/commit

use super::dto::{ImportCommit, ImportDto};
use super::get::shown;
use crate::approvals::answer::waiting;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{HttpResponse, post, web};
use app::guard::{Command, Outcome, submit};
use app::imports::ImportError;
use app::transact;
use kernel::{Id, Permission};

/// Write the checked rows, in the background; ask for the import to see the progress. When the firm wants a second pair of
/// eyes on a sheet of this size, it stays as it is and the answer carries the proposal.
#[utoipa::path(tag = "imports", params(("id" = i64, Path)), request_body = ImportCommit, responses(
    (status = 202, body = ImportDto), (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody),
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
    let (db, actor) = (state.db.as_ref(), &caller.actor);
    let command = Command::CommitImport { import: *id, accept_partial: body.0.accept_partial };
    let outcome = submit(db, actor, command, body.0.approval_note).await?;
    let import =
        transact(db, actor, async |tx| tx.import(Id::new(*id)).await?.ok_or(ImportError::NotFound)).await?;
    let mut answer = shown(&state, &caller, import).await?;
    match outcome {
        // Nobody listens in tools without background work; the import is found by its state.
        Outcome::Done(_) => {
            let _ = state.wake.send(());
        }
        Outcome::Waits(proposal, _) => {
            answer.proposal = Some(waiting(&state, &caller, proposal).await?.proposal);
        }
    }
    Ok(HttpResponse::Accepted().json(answer))
}
