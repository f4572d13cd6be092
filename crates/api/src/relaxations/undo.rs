//! POST /api/relaxations/{id}/undo

use super::dto::RelaxationDto;
use crate::approvals::answer::accepted;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{HttpResponse, post, web};
use app::guard::{Command, Outcome, submit};
use app::relaxations::RelaxationError;
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
/// date under which they closed, and the answer names them; 409 when it was undone already, 202 when it waits for approval.
#[utoipa::path(tag = "relaxations", params(("id" = i64, Path)), request_body = UndoRelaxationBody, responses(
    (status = 200, body = RelaxationDto), (status = 202, body = crate::approvals::dto::ProposedAnswer), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/relaxations/{id}/undo")]
pub async fn undo_relaxation(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    body: Json<UndoRelaxationBody>,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::RelaxationsApply)?;
    let (actor, id) = (&caller.actor, Id::new(*id));
    let reason = body.0.reason;
    let command = Command::UndoRelaxation { relaxation: id.get(), reason: reason.clone() };
    if let Outcome::Waits(proposal, _) = submit(state.db.as_ref(), actor, command, Some(reason)).await? {
        return accepted(&state, &caller, proposal).await;
    }
    let row = transact(state.db.as_ref(), actor, async |tx| {
        tx.relaxation(id).await?.ok_or(RelaxationError::NotFound)
    })
    .await?;
    Ok(HttpResponse::Ok().json(RelaxationDto::from(row)))
}
