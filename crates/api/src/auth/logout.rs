//! POST /api/auth/logout

use crate::http::caller::COOKIE;
use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::cookie::Cookie;
use actix_web::{HttpResponse, post, web};
use app::transact;

/// End the session that asks.
#[utoipa::path(tag = "auth", responses((status = 204), (status = 401, body = ErrorBody)))]
#[post("/auth/logout")]
pub async fn logout(state: web::Data<AppState>, caller: Caller) -> Result<HttpResponse, ApiError> {
    let session = caller.session()?;
    transact(state.db.as_ref(), &caller.actor, async |tx| {
        identity::logout(tx, &caller.actor, caller.user, session).await
    })
    .await?;
    let mut gone = Cookie::build(COOKIE, "").path("/").finish();
    gone.make_removal();
    Ok(HttpResponse::NoContent().cookie(gone).finish())
}
