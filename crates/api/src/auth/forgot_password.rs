//! POST /api/auth/forgot-password

use super::login::request_info;
use crate::http::token::Tokens;
use crate::http::{ApiError, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, post, web};
use app::transact;
use kernel::{Actor, StoreError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ForgotPasswordBody {
    /// Sign-in address.
    email: String,
}

/// The same for every address.
#[derive(Serialize, ToSchema)]
pub struct ForgotPasswordAnswer {
    /// What happens next.
    message: &'static str,
}

/// Ask for a link to set a new password. The answer is the same whether or not the address is known.
#[utoipa::path(tag = "auth", request_body = ForgotPasswordBody, responses(
    (status = 202, body = ForgotPasswordAnswer), (status = 429, body = ErrorBody)))]
#[post("/auth/forgot-password")]
pub async fn forgot_password(
    state: web::Data<AppState>,
    request: HttpRequest,
    body: Json<ForgotPasswordBody>,
) -> Result<HttpResponse, ApiError> {
    let email = body.0.email.trim().to_lowercase();
    // A mail box cannot be flooded with links; whether one more is sent, the answer does not tell.
    let mailed = state.limits.may_mail_reset(&state.tokens.account(&email), state.clock.now()).await;
    let firms = if email.contains('\0') || !mailed { Vec::new() } else { state.db.firms_of(&email).await? };
    for firm in firms {
        let (secret, hash) = Tokens::fresh().ok_or_else(|| StoreError::Other("no randomness".into()))?;
        let link = format!("{}/reset-password?token={firm}.{secret}", state.config.portal_url);
        let actor = Actor::system(firm, state.clock.now(), request_info(&request).request_id);
        transact(state.db.as_ref(), &actor, async |tx| {
            identity::forgot_password(tx, &actor, &email, hash, &link).await
        })
        .await?;
    }
    let message =
        "If this address is known, a mail with a link is on its way. The link works for 60 minutes.";
    Ok(HttpResponse::Accepted().json(ForgotPasswordAnswer { message }))
}
