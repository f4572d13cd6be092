//! POST /api/auth/totp: the second step of signing in.

use super::begin::{Known, begin, mark};
use super::login::{LoginAnswer, request_info};
use super::second_factor::refusal;
use super::tries::Try;
use crate::audit::strangers::Named;
use crate::http::token::hash;
use crate::http::{ApiError, ErrorBody, Json};
use crate::state::AppState;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, post, web};
use app::transact;
use identity::second_factor::SecondFactorError;
use kernel::{Actor, StoreError};
use serde::Deserialize;
use utoipa::ToSchema;

/// The challenge of the first step and a code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TotpBody {
    /// From the answer to the password.
    challenge: String,
    /// Six digits of the authenticator app, or a recovery code.
    #[schema(example = "287082")]
    code: String,
}

/// Finish signing in with a code of the authenticator app, or with a recovery code. Each code works once.
#[utoipa::path(tag = "auth", request_body = TotpBody, responses(
    (status = 200, body = LoginAnswer, description = "Signed in; sets the session_token cookie."),
    (status = 401, body = ErrorBody), (status = 410, body = ErrorBody), (status = 429, body = ErrorBody)))]
#[post("/auth/totp")]
pub async fn totp(
    state: web::Data<AppState>,
    request: HttpRequest,
    body: Json<TotpBody>,
) -> Result<HttpResponse, ApiError> {
    let body = body.0;
    let now = state.clock.now();
    let challenge = state.tokens.read_challenge(&body.challenge, now).ok_or_else(over)?;
    let actor = Actor::system(challenge.tenant, now, request_info(&request).request_id);
    let found = transact(state.db.as_ref(), &actor, async |tx| {
        let person = tx.user(challenge.user).await?.filter(|person| person.user.active);
        let factor = tx.second_factor(challenge.user).await?;
        Ok::<_, StoreError>((person, factor, tx.firm().await?.name))
    })
    .await?;
    let (Some(person), factor, firm) = found else { return Err(over()) };
    let _ = request_info(&request).named.set(vec![Named::new(challenge.tenant, &person.user)]);
    if mark(&person, &factor) != challenge.mark {
        return Err(over());
    }
    if body.code.len() > 64 {
        return Err(refusal(SecondFactorError::WrongCode));
    }
    let shown = hash(&body.challenge).0;
    let shown: String = shown[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    let one = Try::code(&state, &request, &person.user.email, (&challenge.mark, &shown)).await?;
    let known = Known { tenant: challenge.tenant, firm, person };
    let answer = begin(&state, &request, known, Some(&body.code)).await;
    one.settle(&answer).await;
    answer
}

fn over() -> ApiError {
    let message = "This took too long, or your password changed. Start again with your password.";
    ApiError::new(StatusCode::GONE, "auth.challenge_over", message)
}
