//! POST /api/auth/totp/confirm

use super::{CodeBody, RecoveryCodes, field_refusal, fresh_codes};
use crate::http::token::hash;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{post, web};
use app::transact;
use identity::second_factor::confirm_factor;

/// Put the second factor to use with a code of it. Other sessions end; the answer shows the recovery codes this once.
#[utoipa::path(tag = "auth", request_body = CodeBody, responses(
    (status = 200, body = RecoveryCodes), (status = 401, body = ErrorBody), (status = 409, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[post("/auth/totp/confirm")]
pub async fn confirm_second_factor(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<CodeBody>,
) -> Result<web::Json<RecoveryCodes>, ApiError> {
    let session = caller.session()?;
    let codes = fresh_codes()?;
    transact(state.db.as_ref(), &caller.actor, async |tx| {
        let (vault, recovery) = (state.vault.as_ref(), (codes.as_slice(), hash));
        confirm_factor(tx, &caller.actor, caller.user, session, vault, &body.0.code, recovery).await
    })
    .await
    .map_err(field_refusal)?;
    Ok(web::Json(RecoveryCodes { recovery_codes: codes }))
}
