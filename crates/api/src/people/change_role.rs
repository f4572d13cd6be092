//! PATCH /api/users/{id}

use super::dto::PostBody;
use crate::http::{ApiError, Caller, ErrorBody, IfMatch, Json};
use crate::state::AppState;
use actix_web::{HttpResponse, patch, web};
use app::transact;
use identity::team::{ChangePost, change_post};
use kernel::Id;

/// Give somebody another role. It holds from their next request on.
#[utoipa::path(tag = "people", params(("id" = i64, Path), ("If-Match" = String, Header)), request_body = PostBody, responses(
    (status = 204), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[patch("/users/{id}")]
pub async fn change_user_role(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    version: IfMatch,
    body: Json<PostBody>,
) -> Result<HttpResponse, ApiError> {
    let cmd = ChangePost { user: Id::new(*id), version: version.0, post: body.0.post()? };
    let actor = &caller.actor;
    transact(state.db.as_ref(), actor, async |tx| change_post(tx, actor, cmd).await).await?;
    Ok(HttpResponse::NoContent().finish())
}
