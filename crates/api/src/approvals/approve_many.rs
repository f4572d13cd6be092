//! POST /api/approvals/approve

use super::decide::{DecisionBody, one};
use super::dto::ProposalDetail;
use crate::http::{ApiError, Caller, ErrorBody, IfMatch, Json};
use crate::state::AppState;
use actix_web::{ResponseError, post, web};
use app::transact;
use kernel::{FieldErrors, Id, Permission};
use maker_checker::{Inbox, Verdict};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// Most at once.
const MAX: usize = 100;

/// Which ones.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApproveManyBody {
    /// Changes that are alike but for the record.
    items: Vec<ApproveItem>,
}

/// One of them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApproveItem {
    /// Which.
    id: i64,
    /// The version that was looked at.
    version: i64,
    /// The caller opened it, or ticked it off by hand.
    confirmed: bool,
}

/// What became of them.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ApproveManyAnswer {
    /// How many went a level on.
    done: usize,
    /// One for each.
    results: Vec<ApproveResult>,
}

/// What became of one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ApproveResult {
    id: i64,
    /// As it is now, when it was approved.
    proposal: Option<ProposalDetail>,
    /// Why it was not.
    error: Option<String>,
}

/// Approve several changes that are alike: the same action and the same new values, on different records. Each has to be
/// confirmed on its own; each is decided in its own transaction.
#[utoipa::path(tag = "approvals", request_body = ApproveManyBody, responses(
    (status = 200, body = ApproveManyAnswer), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[post("/approvals/approve")]
pub async fn approve_many(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<ApproveManyBody>,
) -> Result<web::Json<ApproveManyAnswer>, ApiError> {
    caller.require(Permission::ApprovalsView)?;
    let items = body.0.items;
    let refused = |text: &str| ApiError::from(FieldErrors::one("items", text));
    if items.is_empty() || items.len() > MAX {
        return Err(refused("Choose 1 to 100 changes."));
    }
    if items.iter().any(|item| !item.confirmed) {
        return Err(refused(
            "Open each change, or confirm it on its own, before you approve it with others.",
        ));
    }
    let actor = &caller.actor;
    let ids: BTreeSet<i64> = items.iter().map(|item| item.id).collect();
    let page = kernel::PageRequest { page: 1, per_page: kernel::PageRequest::MAX };
    let waiting = transact(state.db.as_ref(), actor, async |tx| {
        app::guard::views::list(tx, actor, Inbox::ForMe, false, page).await
    })
    .await?;
    let kinds: BTreeSet<&str> = waiting
        .0
        .items
        .iter()
        .filter(|row| ids.contains(&row.id.get()))
        .map(|row| row.alike.as_str())
        .collect();
    // Somebody who stands in decides without a right of their own; who has nothing here to decide needs one.
    if kinds.is_empty() {
        caller.require(Permission::ApprovalsDecide)?;
    }
    if kinds.len() > 1 {
        return Err(refused("These changes are not alike. Decide them one by one."));
    }
    let mut results = Vec::with_capacity(items.len());
    for item in items {
        let (id, seen) = (Id::new(item.id), IfMatch(item.version));
        let said = one(&state, &caller, id, seen, DecisionBody::silent(), Verdict::Approve).await;
        results.push(match said {
            Ok(web::Json(proposal)) => ApproveResult { id: item.id, proposal: Some(proposal), error: None },
            Err(error) if error.status_code().is_server_error() => return Err(error),
            Err(error) => ApproveResult { id: item.id, proposal: None, error: Some(error.to_string()) },
        });
    }
    let done = results.iter().filter(|result| result.error.is_none()).count();
    Ok(web::Json(ApproveManyAnswer { done, results }))
}
