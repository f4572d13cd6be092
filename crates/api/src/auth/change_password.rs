//! POST /api/auth/change-password

use super::reset_password::hash_password;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{HttpResponse, post, web};
use app::transact;
use identity::{ChangePasswordError, password};
use kernel::{FieldErrors, StoreError};
use serde::Deserialize;
use utoipa::ToSchema;

/// Present and new password.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangePasswordBody {
    /// The present one.
    current_password: String,
    /// At least 12 characters.
    #[schema(min_length = 12, max_length = 256)]
    new_password: String,
}

/// Change one's own password. Other sessions end.
#[utoipa::path(tag = "auth", request_body = ChangePasswordBody, responses(
    (status = 204), (status = 401, body = ErrorBody), (status = 422, body = ErrorBody),
    (status = 429, body = ErrorBody)))]
#[post("/auth/change-password")]
pub async fn change_password(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<ChangePasswordBody>,
) -> Result<HttpResponse, ApiError> {
    let session = caller.session()?;
    caller.guess(&state).await?;
    let body = body.0;
    let stored = transact(state.db.as_ref(), &caller.actor, async |tx| {
        tx.user(caller.user).await?.ok_or(StoreError::Stale)
    })
    .await?;
    let current = body.current_password;
    let right = web::block(move || password::verify(&current, &stored.password_hash))
        .await
        .map_err(|_| StoreError::Other("hashing was cut off".into()))?;
    let hashed = hash_password(body.new_password.clone()).await?;
    let done = transact(state.db.as_ref(), &caller.actor, async |tx| {
        let new = &body.new_password;
        identity::change_password(tx, &caller.actor, caller.user, session, right, new, &hashed).await
    })
    .await;
    if right {
        caller.guessed(&state).await;
    }
    done.map_err(|error| match error {
        ChangePasswordError::WrongCurrent => {
            ApiError::from(FieldErrors::one("currentPassword", error.to_string()))
        }
        ChangePasswordError::Weak(why) => FieldErrors::one("newPassword", why).into(),
        ChangePasswordError::Store(error) => error.into(),
    })?;
    Ok(HttpResponse::NoContent().finish())
}
