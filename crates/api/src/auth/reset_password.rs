//! POST /api/auth/reset-password

use super::login::{request_info, tenant};
use super::tries::forget_wrong_passwords;
use crate::http::token::{hash, random_salt};
use crate::http::{ApiError, ErrorBody, Json};
use crate::state::AppState;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, post, web};
use app::transact;
use identity::{ResetPasswordError, password};
use kernel::{Actor, FieldErrors, StoreError};
use serde::Deserialize;
use utoipa::ToSchema;

/// The token of the mailed link and the new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetPasswordBody {
    /// From the link.
    token: String,
    /// At least 12 characters.
    #[schema(min_length = 12, max_length = 256)]
    password: String,
}

/// Set a new password with the mailed link. All sessions of the person end.
#[utoipa::path(tag = "auth", request_body = ResetPasswordBody, responses(
    (status = 204), (status = 410, body = ErrorBody), (status = 422, body = ErrorBody), (status = 429, body = ErrorBody)))]
#[post("/auth/reset-password")]
pub async fn reset_password(
    state: web::Data<AppState>,
    request: HttpRequest,
    body: Json<ResetPasswordBody>,
) -> Result<HttpResponse, ApiError> {
    let body = body.0;
    if let Some(why) = password::weakness(&body.password, &[]) {
        return Err(FieldErrors::one("password", why).into());
    }
    let (firm, secret) = body.token.split_once('.').ok_or_else(expired)?;
    let firm = tenant(firm.parse().map_err(|_| expired())?);
    let token = hash(secret);
    let new = body.password.clone();
    let hashed = hash_password(new).await?;
    let actor = Actor::system(firm, state.clock.now(), request_info(&request).request_id);
    let email = transact(state.db.as_ref(), &actor, async |tx| {
        identity::reset_password(tx, &actor, token, &body.password, &hashed).await
    })
    .await
    .map_err(|error| match error {
        ResetPasswordError::Expired => expired(),
        ResetPasswordError::Weak(why) => FieldErrors::one("password", why).into(),
        ResetPasswordError::Store(error) => error.into(),
    })?;
    forget_wrong_passwords(&state, &request, &email).await;
    Ok(HttpResponse::NoContent().finish())
}

/// Argon2id off the async threads.
pub(crate) async fn hash_password(new: String) -> Result<String, ApiError> {
    let salt = random_salt().ok_or_else(|| StoreError::Other("no randomness".into()))?;
    let hashed = web::block(move || password::hash(&new, &salt)).await;
    match hashed {
        Ok(Ok(hashed)) => Ok(hashed),
        Ok(Err(error)) => Err(StoreError::Other(error).into()),
        Err(_) => Err(StoreError::Other("hashing was cut off".into()).into()),
    }
}

fn expired() -> ApiError {
    ApiError::new(StatusCode::GONE, "auth.reset_expired", ResetPasswordError::Expired.to_string())
}
