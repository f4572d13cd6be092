//! POST /api/clients/import

use super::dto::ImportDto;
use super::form;
use crate::approvals::answer::waiting;
use crate::http::{ApiError, Caller, ErrorBody, ListQuery};
use crate::state::AppState;
use actix_multipart::Multipart;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, post, web};
use app::guard::{Command, Outcome, submit};
use app::imports::{ImportError, upload};
use app::transact;
use kernel::Permission;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// The form.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the schema of a multipart body that is read part by part")]
pub struct UploadForm {
    /// CSV or XLSX, at most 20 MB.
    #[schema(value_type = String, format = Binary)]
    file: String,
    /// JSON: column, counted from 0 → field or null. Over the guesses.
    mapping: Option<String>,
}

/// How to go on after the check.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UploadQuery {
    /// True (the default): check only. False: write the rows without errors at once.
    dry_run: Option<bool>,
    /// For whoever approves it, when it has to wait. At most 2,000 characters.
    approval_note: Option<String>,
}

/// Upload a sheet of clients. It is read and checked; clients are written with `dryRun=false` or by a commit.
#[utoipa::path(tag = "imports", params(UploadQuery),
    request_body(content = UploadForm, content_type = "multipart/form-data"), responses(
    (status = 201, body = ImportDto), (status = 202, body = ImportDto), (status = 400, body = ErrorBody),
    (status = 401, body = ErrorBody), (status = 402, body = ErrorBody), (status = 403, body = ErrorBody), (status = 413, body = ErrorBody),
    (status = 415, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/clients/import")]
pub async fn upload_import(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<UploadQuery>,
    request: HttpRequest,
    body: Multipart,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::ClientsImport)?;
    let taken = form::read(&request, body).await?;
    let (db, actor) = (state.db.as_ref(), &caller.actor);
    let mut import = upload(db, actor, &state.sheets, taken).await?;
    let mut proposal = None;
    let at_once = query.0.dry_run == Some(false);
    if at_once {
        let command = Command::CommitImport { import: import.id.get(), accept_partial: true };
        match submit(db, actor, command, query.0.approval_note).await? {
            Outcome::Done(_) => {
                let _ = state.wake.send(());
            }
            Outcome::Waits(id, _) => proposal = Some(waiting(&state, &caller, id).await?.proposal),
        }
        let id = import.id;
        import = transact(db, actor, async |tx| tx.import(id).await?.ok_or(ImportError::NotFound)).await?;
    }
    let users = transact(db, actor, async |tx| tx.users().await).await?;
    let place = format!("/api/imports/{}", import.id);
    let mut response = if at_once { HttpResponse::Accepted() } else { HttpResponse::Created() };
    Ok(response
        .insert_header((LOCATION, place))
        .json(ImportDto { proposal, ..ImportDto::of(import, &users) }))
}
