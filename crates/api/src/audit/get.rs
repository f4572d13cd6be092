//! GET /api/journal/{id}

use super::dto::AuditEntryDto;
use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::{get, web};
use app::transact;
use kernel::{Id, Permission};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// An entry with what changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditDetail {
    entry: AuditEntryDto,
    /// Changed fields before.
    #[schema(value_type = Option<Object>)]
    before: Option<Value>,
    /// Changed fields after.
    #[schema(value_type = Option<Object>)]
    after: Option<Value>,
}

/// One entry with the fields that changed.
#[utoipa::path(tag = "journal", params(("id" = i64, Path)), responses(
    (status = 200, body = AuditDetail), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody)))]
#[get("/journal/{id}")]
pub async fn get_journal_entry(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
) -> Result<web::Json<AuditDetail>, ApiError> {
    caller.require(Permission::JournalView)?;
    let id = Id::new(*id);
    let found = transact(state.db.as_ref(), &caller.actor, async |tx| tx.audit_entry(id).await).await?;
    let mut entry = found.ok_or_else(ApiError::not_found)?;
    let (before, after) = (entry.before.take(), entry.after.take());
    Ok(web::Json(AuditDetail { entry: entry.into(), before, after }))
}
