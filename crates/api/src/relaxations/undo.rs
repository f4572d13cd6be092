//! POST /api/relaxations/{id}/undo

use super::dto::RelaxationDto;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{post, web};
use app::relaxations::{RelaxationError, undo};
use app::transact;
use kernel::{Id, Permission};
use serde::Deserialize;
use utoipa::ToSchema;

/// Why it is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UndoRelaxationBody {
    /// Stays on the record.
    #[schema(min_length = 5, max_length = 1000)]
    reason: String,
}

/// Take a relaxation back: every filing has the date again that it would have without it. Filings closed since keep the
/// date under which they closed, and the answer names them; 409 when it was undone already.
#[utoipa::path(tag = "relaxations", params(("id" = i64, Path)), request_body = UndoRelaxationBody, responses(
    (status = 200, body = RelaxationDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/relaxations/{id}/undo")]
pub async fn undo_relaxation(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    body: Json<UndoRelaxationBody>,
) -> Result<web::Json<RelaxationDto>, ApiError> {
    caller.require(Permission::RelaxationsApply)?;
    let (actor, id) = (&caller.actor, Id::new(*id));
    let row = transact(state.db.as_ref(), actor, async |tx| {
        undo(tx, actor, id, &body.0.reason).await?;
        tx.relaxation(id).await?.ok_or(RelaxationError::NotFound)
    })
    .await?;
    Ok(web::Json(row.into()))
}
