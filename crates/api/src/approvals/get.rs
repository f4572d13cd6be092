//! GET /api/approvals/{id}

use super::dto::ProposalDetail;
use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::{get, web};
use app::guard::views::detail;
use app::transact;
use kernel::Id;

/// One proposal: what it changes field by field, what follows, who decided, and whether the caller may decide now.
#[utoipa::path(tag = "approvals", params(("id" = i64, Path)), responses(
    (status = 200, body = ProposalDetail), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody)))]
#[get("/approvals/{id}")]
pub async fn get_approval(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
) -> Result<web::Json<ProposalDetail>, ApiError> {
    let actor = &caller.actor;
    let found = transact(state.db.as_ref(), actor, async |tx| detail(tx, actor, Id::new(*id)).await).await?;
    Ok(web::Json(ProposalDetail::of(found, caller.user)))
}
