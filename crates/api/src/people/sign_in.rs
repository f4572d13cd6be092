//! PUT /api/settings/sign-in

use crate::auth::second_factor::refusal;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{HttpResponse, put, web};
use app::transact;
use serde::Deserialize;
use utoipa::ToSchema;

/// How everybody signs in.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignInBody {
    /// Everybody needs a second factor, not only who administers.
    require_totp: bool,
}

/// Say whether everybody of the firm needs a second factor. Who has none reaches only its enrolment from then on.
#[utoipa::path(tag = "people", request_body = SignInBody, responses(
    (status = 204), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
#[put("/settings/sign-in")]
pub async fn set_sign_in(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<SignInBody>,
) -> Result<HttpResponse, ApiError> {
    let actor = &caller.actor;
    transact(state.db.as_ref(), actor, async |tx| {
        identity::second_factor::require_totp(tx, actor, body.0.require_totp).await
    })
    .await
    .map_err(refusal)?;
    Ok(HttpResponse::NoContent().finish())
}
