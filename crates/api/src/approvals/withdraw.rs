//! POST /api/approvals/{id}/withdraw

use super::dto::ProposalDetail;
use crate::http::{ApiError, Caller, ErrorBody, IfMatch};
use crate::state::AppState;
use actix_web::{post, web};
use app::guard::views::detail;
use app::guard::withdraw;
use app::transact;
use kernel::Id;

/// Take one's own proposal back, while it waits or after it was sent back.
#[utoipa::path(tag = "approvals",
    params(("id" = i64, Path), ("If-Match" = String, Header, description = "The version you saw")), responses(
    (status = 200, body = ProposalDetail), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 428, body = ErrorBody)))]
#[post("/approvals/{id}/withdraw")]
pub async fn withdraw_proposal(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    version: IfMatch,
) -> Result<web::Json<ProposalDetail>, ApiError> {
    let (actor, id) = (&caller.actor, Id::new(*id));
    let found = transact(state.db.as_ref(), actor, async |tx| {
        withdraw(tx, actor, id, version.0).await?;
        detail(tx, actor, id).await
    })
    .await?;
    Ok(web::Json(ProposalDetail::of(found, caller.user)))
}
