//! GET /api/return-filings/{id}

use super::detail::{FilingDetail, load};
use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::{get, web};
use app::transact;
use kernel::{Id, Permission};

/// One filing with the reasons for its date.
#[utoipa::path(tag = "filings", params(("id" = i64, Path)), responses(
    (status = 200, body = FilingDetail), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody)))]
#[get("/return-filings/{id}")]
pub async fn get_filing(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
) -> Result<web::Json<FilingDetail>, ApiError> {
    caller.require(Permission::FilingsView)?;
    let found =
        transact(state.db.as_ref(), &caller.actor, async |tx| load(tx, &caller.actor, Id::new(*id)).await)
            .await?;
    found.map(web::Json).ok_or_else(ApiError::not_found)
}
