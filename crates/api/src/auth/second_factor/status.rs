//! GET /api/auth/totp

use crate::http::{ApiError, Caller, ErrorBody, Ist};
use crate::state::AppState;
use actix_web::{get, web};
use app::transact;
use kernel::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

/// How the caller's second factor stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SecondFactorStatus {
    /// Since when it is in use; null is none.
    since: Option<Ist>,
    /// Recovery codes that are not used yet.
    recovery_codes_left: i64,
    /// The firm, or what the caller may do, asks for one.
    required: bool,
}

/// How one's own second factor stands.
#[utoipa::path(tag = "auth", responses((status = 200, body = SecondFactorStatus), (status = 401, body = ErrorBody)))]
#[get("/auth/totp")]
pub async fn get_second_factor(
    state: web::Data<AppState>,
    caller: Caller,
) -> Result<web::Json<SecondFactorStatus>, ApiError> {
    let (factor, firm) = transact(state.db.as_ref(), &caller.actor, async |tx| {
        Ok::<_, StoreError>((tx.second_factor(caller.user).await?, tx.firm().await?))
    })
    .await?;
    Ok(web::Json(SecondFactorStatus {
        since: factor.since.map(Ist),
        recovery_codes_left: factor.recovery_left,
        required: firm.require_totp || caller.actor.permissions.administers(),
    }))
}
