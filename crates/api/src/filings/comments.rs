//! POST /api/return-filings/{id}/comments

use super::dto::CommentDto;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{HttpResponse, post, web};
use app::transact;
use kernel::Id;
use serde::Deserialize;
use utoipa::ToSchema;

/// A remark.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommentBody {
    /// 1 to 4,000 characters.
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
}

/// Add a remark.
#[utoipa::path(tag = "filings", params(("id" = i64, Path)), request_body = CommentBody, responses(
    (status = 201, body = CommentDto), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/return-filings/{id}/comments")]
pub async fn comment_filing(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    body: Json<CommentBody>,
) -> Result<HttpResponse, ApiError> {
    let actor = &caller.actor;
    let added = transact(state.db.as_ref(), actor, async |tx| {
        app::filing_work::comment(tx, actor, Id::new(*id), caller.user, &body.0.text).await
    })
    .await?;
    Ok(HttpResponse::Created().json(CommentDto::from(added)))
}
