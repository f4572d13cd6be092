//! POST /api/users/{id}/reactivate

use super::guarded;
use crate::approvals::answer::NoteQuery;
use crate::approvals::dto::ProposedAnswer;
use crate::http::{ApiError, Caller, ErrorBody, IfMatch, ListQuery};
use crate::state::AppState;
use actix_web::{HttpResponse, post, web};
use app::guard::Command;
use kernel::Permission;

/// Let somebody in again, with the role they had, when a seat is free. Waits with 202 when the firm wants a second pair of
/// eyes on it.
#[utoipa::path(tag = "people", params(("id" = i64, Path), NoteQuery, ("If-Match" = String, Header)), responses(
    (status = 204), (status = 202, body = ProposedAnswer), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody)))]
#[post("/users/{id}/reactivate")]
pub async fn reactivate_user(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    version: IfMatch,
    query: ListQuery<NoteQuery>,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::UsersManage)?;
    let command = Command::Reactivate { user: *id, version: version.0 };
    guarded(&state, &caller, command, query.0.approval_note).await
}
