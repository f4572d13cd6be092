//! One's own second factor.

pub mod confirm;
pub mod enrol;
pub mod recovery_codes;
pub mod remove;
pub mod status;

use crate::http::token::random_bytes;
use crate::http::{ApiError, Caller};
use crate::state::AppState;
use actix_web::http::StatusCode;
use identity::second_factor::{RECOVERY_CODES, SecondFactorError, new_recovery_codes};
use kernel::{FieldErrors, StoreError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints of this folder.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(status::get_second_factor)
        .service(enrol::enrol_second_factor)
        .service(confirm::confirm_second_factor)
        .service(recovery_codes::renew_recovery_codes)
        .service(remove::remove_second_factor);
}

/// A code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeBody {
    /// Six digits of the authenticator app; where it says so, a recovery code does as well.
    #[schema(example = "287082", max_length = 64)]
    code: String,
}

/// Codes for the day the phone is gone, shown this once.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecoveryCodes {
    /// Each works once.
    recovery_codes: Vec<String>,
}

/// Fresh codes.
fn fresh_codes() -> Result<Vec<String>, ApiError> {
    let mut chance = [[0; 15]; RECOVERY_CODES];
    for bytes in &mut chance {
        *bytes = random_bytes().ok_or_else(|| StoreError::Other("no randomness".into()))?;
    }
    Ok(new_recovery_codes(&chance))
}

/// The answer to a refusal.
pub(crate) fn refusal(error: SecondFactorError) -> ApiError {
    let text = error.to_string();
    match error {
        SecondFactorError::WrongCode => ApiError::new(StatusCode::UNAUTHORIZED, "auth.code_invalid", text),
        SecondFactorError::NotStarted => ApiError::conflict("auth.not_started", text),
        SecondFactorError::ProveFirst => FieldErrors::one("code", text).into(),
        SecondFactorError::Required => ApiError::conflict("auth.totp_needed", text),
        SecondFactorError::Oneself => ApiError::new(StatusCode::FORBIDDEN, "users.oneself", text),
        SecondFactorError::NotFound => ApiError::not_found(),
        SecondFactorError::Sealed => StoreError::Other(text).into(),
        SecondFactorError::Denied(denied) => denied.into(),
        SecondFactorError::Store(error) => error.into(),
    }
}

/// A right code ends the row of wrong ones; what was refused for another reason was no guess.
async fn settle<T>(
    caller: &Caller,
    state: &AppState,
    done: Result<T, SecondFactorError>,
) -> Result<T, ApiError> {
    match &done {
        Ok(_) => caller.guessed(state).await,
        Err(SecondFactorError::WrongCode) => {}
        Err(_) => caller.not_guessed(state).await,
    }
    done.map_err(field_refusal)
}

/// The same for somebody who is signed in: a wrong code is a wrong field, not the end of the session.
fn field_refusal(error: SecondFactorError) -> ApiError {
    match error {
        SecondFactorError::WrongCode => FieldErrors::one("code", error.to_string()).into(),
        other => refusal(other),
    }
}
