//! PUT /api/rulebook/returns/{code} and PUT /api/rulebook/settings: what the firm decides about returns.

use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use ::filings::ReturnSetting;
use actix_web::{HttpResponse, put, web};
use app::settings::{self as cases, SettingError};
use app::transact;
use serde::Deserialize;
use utoipa::ToSchema;

impl From<SettingError> for ApiError {
    fn from(error: SettingError) -> Self {
        match error {
            SettingError::NotFound => ApiError::not_found(),
            SettingError::Denied(denied) => denied.into(),
            SettingError::Invalid(fields) => fields.into(),
            SettingError::Store(error) => error.into(),
        }
    }
}

/// The firm's decision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReturnSettingBody {
    /// True tracks a legacy or uncertain return knowingly, false none at all, null leaves it to the rulebook.
    enabled: Option<bool>,
    /// Days after the legal due date until it counts as breached; null leaves it to firm and rulebook.
    #[schema(minimum = 0, maximum = 365)]
    breach_after_days: Option<u16>,
}

/// Decide about a return. Clients are planned anew in the background.
#[utoipa::path(tag = "rulebook", params(("code" = String, Path)), request_body = ReturnSettingBody, responses(
    (status = 204), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[put("/rulebook/returns/{code}")]
pub async fn set_return(
    state: web::Data<AppState>,
    caller: Caller,
    code: web::Path<String>,
    body: Json<ReturnSettingBody>,
) -> Result<HttpResponse, ApiError> {
    let setting = ReturnSetting {
        code: code.into_inner(),
        enabled: body.0.enabled,
        breach_after_days: body.0.breach_after_days,
    };
    let actor = &caller.actor;
    transact(state.db.as_ref(), actor, async |tx| cases::set_return(tx, actor, setting).await).await?;
    let _ = state.wake.send(());
    Ok(HttpResponse::NoContent().finish())
}

/// The firm's default.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FirmSettingBody {
    /// Days after the legal due date until a return counts as breached, unless the return or the rule says otherwise.
    #[schema(minimum = 0, maximum = 365)]
    breach_after_days: u16,
}

/// Decide when late counts as breached in this firm; 7 days until somebody does. Clients are planned anew in the
/// background.
#[utoipa::path(tag = "rulebook", request_body = FirmSettingBody, responses(
    (status = 204), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[put("/rulebook/settings")]
pub async fn set_firm(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<FirmSettingBody>,
) -> Result<HttpResponse, ApiError> {
    let (actor, days) = (&caller.actor, body.0.breach_after_days);
    transact(state.db.as_ref(), actor, async |tx| cases::set_firm(tx, actor, days).await).await?;
    let _ = state.wake.send(());
    Ok(HttpResponse::NoContent().finish())
}
