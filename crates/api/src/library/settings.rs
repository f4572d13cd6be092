//! PUT /api/rulebook/returns/{code} and PUT /api/rulebook/settings: what the firm decides about returns.

use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use ::filings::ReturnSetting;
use actix_web::{HttpResponse, put, web};
use app::transact;
use kernel::journal::Change;
use kernel::{FieldErrors, Permission, StoreError};
use rulebook::Rulebook;
use serde::Deserialize;
use utoipa::ToSchema;

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
    caller.require(Permission::RulebookSettings)?;
    let rules = Rulebook::shipped();
    let code = rules.versions(&code).last().map(|r| r.code.clone()).ok_or_else(ApiError::not_found)?;
    let body = body.0;
    if body.breach_after_days.is_some_and(|days| days > 365) {
        return Err(FieldErrors::one("breachAfterDays", "Use 0 to 365 days.").into());
    }
    let setting = ReturnSetting {
        code: code.clone(),
        enabled: body.enabled,
        breach_after_days: body.breach_after_days,
    };
    transact(state.db.as_ref(), &caller.actor, async |tx| {
        tx.save_return_setting(&setting).await?;
        let track = match setting.enabled {
            Some(true) => "track it",
            Some(false) => "do not track it",
            None => "as the rulebook says",
        };
        let days =
            setting.breach_after_days.map(|d| format!(", breached after {d} days")).unwrap_or_default();
        let text = format!("decided about {code}: {track}{days}");
        tx.record(Change::new("rulebook.set_return", "firm", caller.actor.tenant.get(), text)).await?;
        tx.forget_plans().await?;
        Ok::<_, StoreError>(())
    })
    .await?;
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
    caller.require(Permission::RulebookSettings)?;
    let days = body.0.breach_after_days;
    if days > 365 {
        return Err(FieldErrors::one("breachAfterDays", "Use 0 to 365 days.").into());
    }
    transact(state.db.as_ref(), &caller.actor, async |tx| {
        tx.set_breach_after_days(days).await?;
        let text = format!("decided that {days} days late counts as breached");
        tx.record(Change::new("rulebook.set_firm", "firm", caller.actor.tenant.get(), text)).await?;
        tx.forget_plans().await
    })
    .await?;
    let _ = state.wake.send(());
    Ok(HttpResponse::NoContent().finish())
}
