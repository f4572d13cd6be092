//! POST /api/license/activate

use super::dto::ClaimsDto;
use super::refused;
use crate::http::{ApiError, Caller, ErrorBody, Json, token};
use crate::state::AppState;
use actix_web::{post, web};
use app::licence::activate_key;
use kernel::{Actor, StoreError};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A key as somebody types it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivateBody {
    /// `ZCRM-XXXX-XXXX-XXXX-XXXX`; case, spaces and dashes do not matter, O counts as 0 and I as 1.
    #[schema(max_length = 80)]
    key: String,
}

/// Activate a key. It is checked with the vendor first; what it grants holds at once.
#[utoipa::path(tag = "licence", request_body = ActivateBody, responses(
    (status = 200, body = ClaimsDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 409, body = ErrorBody), (status = 422, body = ErrorBody), (status = 502, body = ErrorBody)))]
#[post("/license/activate")]
pub async fn activate_licence(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<ActivateBody>,
) -> Result<web::Json<ClaimsDto>, ApiError> {
    let nonce = token::random_text().ok_or_else(|| StoreError::Other("no randomness".into()))?;
    let (db, actor) = (state.db.as_ref(), &caller.actor);
    let now = activate_key(db, actor, &state.licences, &body.0.key, &nonce).await.map_err(refused("key"))?;
    let _ = state.wake.send(());
    Ok(web::Json(ClaimsDto::of(&Actor { entitlements: Arc::new(now), ..actor.clone() })))
}
