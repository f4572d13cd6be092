//! GET /api/approvals

use super::dto::{ApprovalCounts, ProposalDto};
use crate::http::{ApiError, Caller, ErrorBody, ListQuery, PageParams};
use crate::state::AppState;
use actix_web::{get, web};
use app::guard::{key_of, views};
use app::transact;
use kernel::FieldErrors;
use maker_checker::Inbox;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which proposals.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ApprovalListQuery {
    /// `for_me` (the default), `by_me` or `all`.
    inbox: Option<String>,
    /// What is over, instead of what waits.
    over: Option<bool>,
    /// Only what holds this record, `client:12`, `user:7`, `return:DNBS01`, `firm:breach`, `firm:sign-in`,
    /// `policy:clients.kyc`; the other filters are not looked at then.
    on: Option<String>,
    /// From 1.
    page: Option<u32>,
    /// 1 to 200.
    per_page: Option<u32>,
}

/// One page.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ApprovalPage {
    items: Vec<ProposalDto>,
    total: i64,
    counts: ApprovalCounts,
    page: u32,
    per_page: u32,
}

/// What waits for approval: nearest due date first, then oldest first. What is over: newest first.
#[utoipa::path(tag = "approvals", params(ApprovalListQuery), responses(
    (status = 200, body = ApprovalPage), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[get("/approvals")]
pub async fn list_approvals(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<ApprovalListQuery>,
) -> Result<web::Json<ApprovalPage>, ApiError> {
    let query = query.0;
    let request = PageParams { page: query.page, per_page: query.per_page }.checked()?;
    let inbox = match query.inbox.as_deref() {
        None | Some("for_me") => Inbox::ForMe,
        Some("by_me") => Inbox::ByMe,
        Some("all") => Inbox::All,
        Some(_) => return Err(FieldErrors::one("inbox", "Use for_me, by_me or all.").into()),
    };
    let on = query.on.as_deref().map(record).transpose()?;
    let actor = &caller.actor;
    let (items, total, counts) = transact(state.db.as_ref(), actor, async |tx| {
        let (page, counts) = views::list(tx, actor, inbox, query.over.unwrap_or(false), request).await?;
        Ok::<_, app::guard::GuardError>(match on {
            Some((kind, id)) => {
                let held = views::on_record(tx, actor, kind, id).await?;
                let total = i64::try_from(held.len()).unwrap_or(i64::MAX);
                (held, total, counts)
            }
            None => (page.items, page.total, counts),
        })
    })
    .await?;
    Ok(web::Json(ApprovalPage {
        items: items.into_iter().map(Into::into).collect(),
        total,
        counts: counts.into(),
        page: request.page,
        per_page: request.per_page,
    }))
}

/// A record by its id, or by its name where it has no id of its own.
fn record(text: &str) -> Result<(&str, i64), FieldErrors> {
    let named = |kind: &str| matches!(kind, "return" | "firm" | "policy");
    text.split_once(':')
        .and_then(|(kind, id)| match id.parse() {
            Ok(id) => Some((kind, id)),
            Err(_) => named(kind).then(|| (kind, key_of(id))),
        })
        .ok_or_else(|| FieldErrors::one("on", "Write the record as client:12 or return:DNBS01."))
}
