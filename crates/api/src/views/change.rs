//! PATCH /api/saved-views/{id}

use super::dto::{ChangeViewBody, ViewDto};
use crate::http::{ApiError, Caller, ErrorBody, IfMatch, Json};
use crate::state::AppState;
use actix_web::{patch, web};
use app::transact;
use app::views as cases;
use kernel::{Id, Permission};

/// Rename a view, save the list into it, share it or keep it to oneself. Shared ones need `views.share`.
#[utoipa::path(tag = "filings", request_body = ChangeViewBody,
    params(("id" = i64, Path), ("If-Match" = String, Header, description = "The version you saw")), responses(
    (status = 200, body = ViewDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody),
    (status = 428, body = ErrorBody)))]
#[patch("/saved-views/{id}")]
pub async fn change_view(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    version: IfMatch,
    body: Json<ChangeViewBody>,
) -> Result<web::Json<ViewDto>, ApiError> {
    let actor = &caller.actor;
    let change = body.0.into_change(caller.user, actor.today())?;
    let view = transact(state.db.as_ref(), actor, async |tx| {
        cases::change_view(tx, actor, Id::new(*id), version.0, change).await
    })
    .await?;
    let may_share = caller.require(Permission::ViewsShare).is_ok();
    Ok(web::Json(ViewDto::of(view, caller.user, may_share, None)))
}
