//! PUT /api/settings/sign-in

use super::guarded;
use crate::approvals::dto::ProposedAnswer;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{HttpResponse, put, web};
use app::guard::Command;
use kernel::Permission;
use serde::Deserialize;
use utoipa::ToSchema;

/// How everybody signs in.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignInBody {
    /// Everybody needs a second factor, not only who administers.
    require_totp: bool,
    /// For whoever approves the change, when it has to wait.
    #[schema(max_length = 2000)]
    approval_note: Option<String>,
}

/// Say whether everybody of the firm needs a second factor. Who has none reaches only its enrolment from then on. Waits with
/// 202 when the firm wants a second pair of eyes on it.
#[utoipa::path(tag = "people", request_body = SignInBody, responses(
    (status = 204), (status = 202, body = ProposedAnswer), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[put("/settings/sign-in")]
pub async fn set_sign_in(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<SignInBody>,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::SignInSettings)?;
    let SignInBody { require_totp, approval_note } = body.0;
    guarded(&state, &caller, Command::RequireTotp { everybody: require_totp }, approval_note).await
}
