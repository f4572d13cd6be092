//! POST /api/approvals/{id}/resubmit

use super::dto::ProposalDetail;
use crate::http::{ApiError, Caller, ErrorBody, IfMatch, Json};
use crate::people::invite::PortalLinks;
use crate::state::AppState;
use actix_web::{post, web};
use app::guard::resubmit;
use app::guard::views::detail;
use app::transact;
use kernel::Id;
use serde::Deserialize;
use utoipa::ToSchema;

/// The answer to what was asked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResubmitBody {
    /// Read by whoever decides.
    #[schema(max_length = 2000)]
    reason: String,
}

/// Send what came back again as it is, with an answer. A corrected change goes through the door it first came through,
/// and becomes the next round of the same proposal.
#[utoipa::path(tag = "approvals", request_body = ResubmitBody,
    params(("id" = i64, Path), ("If-Match" = String, Header, description = "The version you saw")), responses(
    (status = 200, body = ProposalDetail), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody),
    (status = 428, body = ErrorBody)))]
#[post("/approvals/{id}/resubmit")]
pub async fn resubmit_proposal(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    version: IfMatch,
    body: Json<ResubmitBody>,
) -> Result<web::Json<ProposalDetail>, ApiError> {
    let (db, actor, id) = (state.db.as_ref(), &caller.actor, Id::new(*id));
    resubmit(db, actor, id, version.0, body.0.reason, Some(&PortalLinks::of(&state))).await?;
    let found = transact(db, actor, async |tx| detail(tx, actor, id).await).await?;
    Ok(web::Json(ProposalDetail::of(found, caller.user)))
}
