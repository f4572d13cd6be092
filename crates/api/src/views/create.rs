//! POST /api/saved-views

use super::dto::{CreateViewBody, ViewDto};
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, post, web};
use app::transact;
use app::views as cases;
use kernel::Permission;

/// Save the list as it stands under a name. Sharing it with the firm needs `views.share`.
#[utoipa::path(tag = "filings", request_body = CreateViewBody, responses(
    (status = 201, body = ViewDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[post("/saved-views")]
pub async fn create_view(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<CreateViewBody>,
) -> Result<HttpResponse, ApiError> {
    let actor = &caller.actor;
    let fields = body.0.into_fields(caller.user, actor.today())?;
    let view =
        transact(state.db.as_ref(), actor, async |tx| cases::create_view(tx, actor, fields).await).await?;
    let place = format!("/api/saved-views/{}", view.id);
    let may_share = caller.require(Permission::ViewsShare).is_ok();
    let made = ViewDto::of(view, caller.user, may_share, None);
    Ok(HttpResponse::Created().insert_header((LOCATION, place)).json(made))
}
