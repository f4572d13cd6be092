//! POST /api/approvals/{id}/approve, /reject and /return

use super::dto::ProposalDetail;
use crate::http::{ApiError, Caller, ErrorBody, IfMatch, Json};
use crate::people::invite::PortalLinks;
use crate::state::AppState;
use actix_web::{post, web};
use app::guard::views::detail;
use app::guard::{Done, GuardError, Say, decide::decide};
use app::transact;
use kernel::Id;
use kernel::id::ProposalId;
use maker_checker::{State, Verdict};
use serde::Deserialize;
use utoipa::ToSchema;

/// What the checker says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DecisionBody {
    /// Needed to reject and to send back; the maker reads it.
    #[schema(max_length = 2000)]
    comment: Option<String>,
}

/// Approve. The last level carries the change out in the same transaction. 403 for the maker and for somebody in the
/// maker's place; 409 `approval.stale` when the record moved on, with what it would do now.
#[utoipa::path(tag = "approvals", request_body = DecisionBody,
    params(("id" = i64, Path), ("If-Match" = String, Header, description = "The version you saw")), responses(
    (status = 200, body = ProposalDetail), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody),
    (status = 428, body = ErrorBody)))]
#[post("/approvals/{id}/approve")]
pub async fn approve_proposal(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    version: IfMatch,
    body: Json<DecisionBody>,
) -> Result<web::Json<ProposalDetail>, ApiError> {
    one(&state, &caller, Id::new(*id), version, body.0, Verdict::Approve).await
}

/// Reject, and say why.
#[utoipa::path(tag = "approvals", request_body = DecisionBody,
    params(("id" = i64, Path), ("If-Match" = String, Header, description = "The version you saw")), responses(
    (status = 200, body = ProposalDetail), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody),
    (status = 428, body = ErrorBody)))]
#[post("/approvals/{id}/reject")]
pub async fn reject_proposal(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    version: IfMatch,
    body: Json<DecisionBody>,
) -> Result<web::Json<ProposalDetail>, ApiError> {
    one(&state, &caller, Id::new(*id), version, body.0, Verdict::Reject).await
}

/// Send back for correction, and say what is wrong. The maker corrects it through the door it came from.
#[utoipa::path(tag = "approvals", request_body = DecisionBody,
    params(("id" = i64, Path), ("If-Match" = String, Header, description = "The version you saw")), responses(
    (status = 200, body = ProposalDetail), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody),
    (status = 428, body = ErrorBody)))]
#[post("/approvals/{id}/return")]
pub async fn return_proposal(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    version: IfMatch,
    body: Json<DecisionBody>,
) -> Result<web::Json<ProposalDetail>, ApiError> {
    one(&state, &caller, Id::new(*id), version, body.0, Verdict::Return).await
}

/// Decides about one and answers it as it is now.
pub(super) async fn one(
    state: &AppState,
    caller: &Caller,
    id: ProposalId,
    version: IfMatch,
    body: DecisionBody,
    verdict: Verdict,
) -> Result<web::Json<ProposalDetail>, ApiError> {
    let (db, actor) = (state.db.as_ref(), &caller.actor);
    let say = Say { verdict, comment: body.comment.unwrap_or_default(), version: version.0 };
    let links = PortalLinks::of(state);
    let decided = decide(db, actor, id, say, Some(&links)).await.map_err(on_record)?;
    if matches!(decided.done, Some(Done::Import(_) | Done::Return(_) | Done::Rules)) {
        // Written or planned in the background; found by its state if nobody listens.
        let _ = state.wake.send(());
    }
    let stale = matches!(decided.proposal.state, State::Stale { .. });
    let found = transact(db, actor, async |tx| detail(tx, actor, id).await).await?;
    let found = ProposalDetail::of(found, caller.user);
    if stale {
        let sentence = found.stale_why.clone().unwrap_or_default();
        let body = serde_json::to_value(found).unwrap_or_default();
        return Err(ApiError::conflict("approval.stale", sentence).with("proposal", body));
    }
    Ok(web::Json(found))
}

/// A decision that was refused stands in the journal with its proposal; the door has nothing to add.
fn on_record(error: GuardError) -> ApiError {
    let recorded = matches!(error, GuardError::Refused(_) | GuardError::Denied(_));
    let answer = ApiError::from(error);
    if recorded { answer.already_on_record() } else { answer }
}

impl DecisionBody {
    /// Without a word.
    pub(super) fn silent() -> Self {
        Self { comment: None }
    }
}
