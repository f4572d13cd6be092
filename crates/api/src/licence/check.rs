//! POST /api/license/check

use super::dto::ClaimsDto;
use super::refused;
use crate::http::{ApiError, Caller, ErrorBody, token};
use crate::state::AppState;
use actix_web::{post, web};
use app::licence::check_firm;
use app::transact;
use kernel::{Actor, Entitlements, Permission};
use std::sync::Arc;

/// Check the licence now rather than within the day.
#[utoipa::path(tag = "licence", responses(
    (status = 200, body = ClaimsDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 409, body = ErrorBody), (status = 502, body = ErrorBody)))]
#[post("/license/check")]
pub async fn check_licence(
    state: web::Data<AppState>,
    caller: Caller,
) -> Result<web::Json<ClaimsDto>, ApiError> {
    caller.require(Permission::LicenceManage)?;
    let (db, clock, actor) = (state.db.as_ref(), state.clock.as_ref(), &caller.actor);
    let failed = check_firm(db, clock, &state.licences, &token::random_text, true, actor.tenant).await?;
    if let Some(error) = failed {
        return Err(refused("key")(error.into()));
    }
    let now = transact(db, actor, async |tx| tx.firm_entitlements().await).await?;
    let now = now.map_or_else(Entitlements::nothing, Arc::new);
    Ok(web::Json(ClaimsDto::of(&Actor { entitlements: now, ..actor.clone() })))
}
