//! POST /api/auth/totp/recovery-codes

use super::{CodeBody, RecoveryCodes, fresh_codes, settle};
use crate::http::token::hash;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{post, web};
use app::transact;
use identity::second_factor::{Proof, renew_recovery_codes as renew};

/// Make ten new recovery codes with a code of the app. The old ones stop working.
#[utoipa::path(tag = "auth", request_body = CodeBody, responses(
    (status = 200, body = RecoveryCodes), (status = 401, body = ErrorBody), (status = 422, body = ErrorBody),
    (status = 429, body = ErrorBody)))]
#[post("/auth/totp/recovery-codes")]
pub async fn renew_recovery_codes(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<CodeBody>,
) -> Result<web::Json<RecoveryCodes>, ApiError> {
    caller.session()?;
    caller.guess(&state).await?;
    let codes = fresh_codes()?;
    let done = transact(state.db.as_ref(), &caller.actor, async |tx| {
        let proof = Proof { typed: &body.0.code, hash: &hash };
        renew(tx, &caller.actor, caller.user, state.vault.as_ref(), &proof, &codes).await
    })
    .await;
    settle(&caller, &state, done).await?;
    Ok(web::Json(RecoveryCodes { recovery_codes: codes }))
}
