//! 202: the change waits for somebody else.

use super::dto::{ProposalDetail, ProposedAnswer};
use crate::http::{ApiError, Caller};
use crate::state::AppState;
use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;
use app::guard::views::detail;
use app::transact;
use kernel::id::ProposalId;
use serde::Deserialize;
use utoipa::IntoParams;

/// A word to whoever approves, where a request has no body.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NoteQuery {
    /// For whoever approves the change, when it has to wait. At most 2,000 characters.
    pub approval_note: Option<String>,
}

/// The proposal as its maker sees it.
pub async fn waiting(state: &AppState, caller: &Caller, id: ProposalId) -> Result<ProposedAnswer, ApiError> {
    let found =
        transact(state.db.as_ref(), &caller.actor, async |tx| detail(tx, &caller.actor, id).await).await?;
    Ok(ProposedAnswer { proposal: ProposalDetail::of(found, caller.user) })
}

/// 202 with the proposal.
pub async fn accepted(state: &AppState, caller: &Caller, id: ProposalId) -> Result<HttpResponse, ApiError> {
    let answer = waiting(state, caller, id).await?;
    let place = format!("/api/approvals/{id}");
    Ok(HttpResponse::Accepted().insert_header((LOCATION, place)).json(answer))
}
