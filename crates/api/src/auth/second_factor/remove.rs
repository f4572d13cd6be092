//! POST /api/auth/totp/remove

use super::{CodeBody, settle};
use crate::http::token::hash;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{HttpResponse, post, web};
use app::transact;
use identity::second_factor::{Proof, remove_own_factor};

/// Turn one's own second factor off, with a code of it. Refused where the firm asks for one.
#[utoipa::path(tag = "auth", request_body = CodeBody, responses(
    (status = 204), (status = 401, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody),
    (status = 429, body = ErrorBody)))]
#[post("/auth/totp/remove")]
pub async fn remove_second_factor(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<CodeBody>,
) -> Result<HttpResponse, ApiError> {
    caller.session()?;
    caller.guess(&state).await?;
    let done = transact(state.db.as_ref(), &caller.actor, async |tx| {
        let proof = Proof { typed: &body.0.code, hash: &hash };
        remove_own_factor(tx, &caller.actor, caller.user, state.vault.as_ref(), &proof).await
    })
    .await;
    settle(&caller, &state, done).await?;
    Ok(HttpResponse::NoContent().finish())
}
