//! POST /api/license/bundle

use super::dto::ClaimsDto;
use super::refused;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{post, web};
use app::licence::open_bundle;
use kernel::Actor;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A licence file.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BundleBody {
    /// The text of the `.zlic` file.
    #[schema(max_length = 65_536)]
    content: String,
}

/// Use a licence file. Its signature is checked here; nobody is asked.
#[utoipa::path(tag = "licence", request_body = BundleBody, responses(
    (status = 200, body = ClaimsDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/license/bundle")]
pub async fn open_licence_file(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<BundleBody>,
) -> Result<web::Json<ClaimsDto>, ApiError> {
    let (db, actor) = (state.db.as_ref(), &caller.actor);
    let now = open_bundle(db, actor, &state.licences, &body.0.content).await.map_err(refused("content"))?;
    let _ = state.wake.send(());
    Ok(web::Json(ClaimsDto::of(&Actor { entitlements: Arc::new(now), ..actor.clone() })))
}
