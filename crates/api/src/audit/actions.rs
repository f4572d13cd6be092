//! GET /api/journal/actions

use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::{get, web};
use app::transact;
use kernel::Permission;
use serde::Serialize;
use utoipa::ToSchema;

/// What the filter of verbs offers.
#[derive(Debug, Serialize, ToSchema)]
pub struct JournalActions {
    /// Stable verbs, sorted.
    items: Vec<String>,
}

/// The verbs that occur in the firm's journal.
#[utoipa::path(tag = "journal", responses(
    (status = 200, body = JournalActions), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
#[get("/journal/actions")]
pub async fn journal_actions(
    state: web::Data<AppState>,
    caller: Caller,
) -> Result<web::Json<JournalActions>, ApiError> {
    caller.require(Permission::JournalView)?;
    let items = transact(state.db.as_ref(), &caller.actor, async |tx| tx.audit_actions().await).await?;
    Ok(web::Json(JournalActions { items }))
}
