//! GET /api/journal

use super::dto::AuditEntryDto;
use super::now::seal_now;
use super::query::{JournalQuery, cursor_text};
use crate::http::{ApiError, Caller, ErrorBody, ListQuery};
use crate::state::AppState;
use actix_web::{get, web};
use app::transact;
use kernel::Permission;
use serde::Serialize;
use utoipa::ToSchema;

/// One page, newest first. There is no total: the journal only grows, and counting it all for a page is dear.
#[derive(Debug, Serialize, ToSchema)]
pub struct JournalPage {
    items: Vec<AuditEntryDto>,
    /// Send it as `after` for the next page; none at the end.
    next: Option<String>,
}

/// Who did what and when, newest first.
#[utoipa::path(tag = "journal", params(JournalQuery), responses(
    (status = 200, body = JournalPage), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[get("/journal")]
pub async fn list_journal(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<JournalQuery>,
) -> Result<web::Json<JournalPage>, ApiError> {
    caller.require(Permission::JournalView)?;
    let (filter, after, limit) = (query.0.filter()?, query.0.cursor()?, query.0.limit()?);
    if after.is_none() {
        // what happened a moment ago shows with its hash
        seal_now(&state, caller.actor.tenant).await;
    }
    // one more, to know whether there is a next page
    let mut found =
        transact(state.db.as_ref(), &caller.actor, async |tx| tx.audit_page(&filter, after, limit + 1).await)
            .await?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > size;
    found.truncate(size);
    let next = found.last().filter(|_| more).map(|last| cursor_text(last.at, last.id.get()));
    Ok(web::Json(JournalPage { items: found.into_iter().map(Into::into).collect(), next }))
}
