//! Attempts before anybody is signed in that concern a firm all the same: a wrong password or code for an account that exists, and
//! a key that was ours and no longer holds. They stand in the journal of that firm. What names nobody stays in the log.

use super::refusals::write;
use crate::http::middleware::RequestInfo;
use crate::state::AppState;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use app::{Means, transact};
use identity::User;
use kernel::Actor;
use kernel::id::TenantId;
use kernel::journal::Change;

/// An account that somebody tried to get into.
#[derive(Debug, Clone)]
pub struct Named {
    tenant: TenantId,
    user: i64,
    name: String,
}

impl Named {
    /// This person in this firm.
    pub fn new(tenant: TenantId, user: &User) -> Self {
        Self { tenant, user: user.id.get(), name: user.display_name.clone() }
    }
}

/// Journals what the request was refused for, if it concerns a firm. Beside the answer, not before it: how long the answer takes
/// must not tell whether the account exists.
pub fn record(state: &Data<AppState>, info: &RequestInfo, path: &str, status: StatusCode) {
    if status != StatusCode::UNAUTHORIZED {
        return;
    }
    let (state, info, path) = (state.clone(), info.clone(), path.to_owned());
    let named = info.named.get().cloned().unwrap_or_default();
    let key = info.token.clone().filter(|pass| pass.means == Means::Key);
    if named.is_empty() && key.is_none() {
        return;
    }
    actix_web::rt::spawn(async move {
        let with = if path.ends_with("/totp") { "the code" } else { "the password" };
        for one in named {
            let text = format!("refused somebody who tried to sign in as {}: {with} did not match", one.name);
            note(&state, &info, one.tenant, Change::new("access.refused", "user", one.user, text)).await;
        }
        if let Some(pass) = key {
            let actor = actor(&state, &info, pass.tenant);
            let found = transact(state.db.as_ref(), &actor, async |tx| tx.key_named(&pass.token).await).await;
            // The key's check is ours, but a firm may have been restored from a copy without it.
            let Ok(Some((id, name))) = found else { return };
            let text = format!("refused the key \"{name}\", which no longer holds: {path}");
            note(&state, &info, pass.tenant, Change::new("access.refused", "key", id.get(), text)).await;
        }
    });
}

fn actor(state: &AppState, info: &RequestInfo, tenant: TenantId) -> Actor {
    let address = info.address.clone();
    Actor { address, ..Actor::system(tenant, state.clock.now(), info.request_id.clone()) }
}

async fn note(state: &AppState, info: &RequestInfo, tenant: TenantId, change: Change) {
    let actor = actor(state, info, tenant);
    if let Some(change) = state.refusals.note_stranger(&actor, change) {
        write(state, &actor, change).await;
    }
}
