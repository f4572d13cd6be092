//! GET /api/license/claims

use super::dto::ClaimsDto;
use crate::http::{ApiError, Caller, ErrorBody};
use actix_web::{get, web};

/// What the firm may use now. The SPA has it from `/api/me` and asks again after a 402, after a change, and hourly.
#[utoipa::path(tag = "licence", responses((status = 200, body = ClaimsDto), (status = 401, body = ErrorBody)))]
#[get("/license/claims")]
pub async fn get_claims(caller: Caller) -> Result<web::Json<ClaimsDto>, ApiError> {
    Ok(web::Json(ClaimsDto::of(&caller.actor)))
}
