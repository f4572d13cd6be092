//! PATCH /api/users/{id}

use super::dto::PostBody;
use super::guarded;
use crate::approvals::dto::ProposedAnswer;
use crate::http::{ApiError, Caller, ErrorBody, IfMatch, Json};
use crate::state::AppState;
use actix_web::{HttpResponse, patch, web};
use app::guard::Command;
use kernel::Permission;

/// Give somebody another role. It holds from their next request on. Waits with 202 when the firm wants a second pair of eyes
/// on it.
#[utoipa::path(tag = "people", params(("id" = i64, Path), ("If-Match" = String, Header)), request_body = PostBody, responses(
    (status = 204), (status = 202, body = ProposedAnswer), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[patch("/users/{id}")]
pub async fn change_user_role(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    version: IfMatch,
    body: Json<PostBody>,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::UsersManage)?;
    let (role, custom_role) = body.0.parts()?;
    let command = Command::ChangePost { user: *id, version: version.0, role, custom_role };
    guarded(&state, &caller, command, body.0.approval_note).await
}
