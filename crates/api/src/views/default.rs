//! PUT /api/saved-views/{id}/default

use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{HttpResponse, put, web};
use app::transact;
use app::views as cases;
use kernel::Id;
use serde::Deserialize;
use utoipa::ToSchema;

/// Whether the caller starts with the view.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DefaultViewBody {
    /// True makes it the start, in place of another; false goes back to the open filings.
    on: bool,
}

/// Choose the view that the filings list starts with, for oneself.
#[utoipa::path(tag = "filings", params(("id" = i64, Path)), request_body = DefaultViewBody, responses(
    (status = 204), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[put("/saved-views/{id}/default")]
pub async fn set_default_view(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    body: Json<DefaultViewBody>,
) -> Result<HttpResponse, ApiError> {
    let (actor, on) = (&caller.actor, body.0.on);
    transact(state.db.as_ref(), actor, async |tx| cases::set_default(tx, actor, Id::new(*id), on).await)
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
