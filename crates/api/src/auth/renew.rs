//! Hashes of an older strength are made anew at the one moment when the password is there: after it was right.

use super::begin::Known;
use super::login::request_info;
use super::reset_password::hash_password;
use crate::http::ApiError;
use crate::state::AppState;
use actix_web::HttpRequest;
use app::transact;
use identity::password;
use kernel::Actor;

/// The same person with a hash of today's strength; they need not know.
pub(super) async fn renewed(
    state: &AppState,
    request: &HttpRequest,
    mut known: Known,
    typed: String,
) -> Result<Known, ApiError> {
    if !password::outdated(&known.person.password_hash) {
        return Ok(known);
    }
    let hashed = hash_password(typed).await?;
    let actor = Actor::system(known.tenant, state.clock.now(), request_info(request).request_id);
    let taken = transact(state.db.as_ref(), &actor, async |tx| {
        identity::renew_hash(tx, &known.person, &hashed).await
    })
    .await?;
    if taken {
        known.person.password_hash = hashed;
    }
    Ok(known)
}
