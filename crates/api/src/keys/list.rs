//! GET /api/api-keys

use crate::http::{ApiError, Caller, ErrorBody, Ist};
use crate::state::AppState;
use actix_web::{get, web};
use app::transact;
use identity::keys::{ApiKey, list_keys};
use kernel::id::UserId;
use serde::Serialize;
use utoipa::ToSchema;

/// A key. Its secret was shown once, when it was made.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ApiKeyDto {
    /// Id within the firm.
    id: i64,
    /// What it is for.
    name: String,
    /// How it begins; empty until its secret is collected.
    prefix: String,
    /// For whom it acts.
    owner_name: String,
    /// What it may do, as long as its owner may.
    permissions: Vec<&'static str>,
    /// When it was made.
    created_at: Ist,
    /// When it ends.
    expires_at: Ist,
    /// When it was last used, to within a minute.
    last_used_at: Option<Ist>,
    /// Until when the caller can collect its secret; null when there is nothing for them to collect.
    collect_until: Option<Ist>,
    /// `to_collect`, `active`, `expired` or `revoked`.
    status: &'static str,
}

impl ApiKeyDto {
    fn at(key: ApiKey, now: kernel::Instant, me: UserId) -> Self {
        let status = match (key.revoked_at, key.expires_at > now, key.collect_until) {
            (Some(_), _, _) => "revoked",
            (None, true, None) => "active",
            (None, true, Some(until)) if until > now => "to_collect",
            (None, _, _) => "expired",
        };
        let mine = status == "to_collect" && key.owner == me;
        Self {
            id: key.id.get(),
            name: key.name,
            prefix: key.prefix,
            owner_name: key.owner_name,
            permissions: key.permissions.names(),
            created_at: Ist(key.created_at),
            expires_at: Ist(key.expires_at),
            last_used_at: key.last_used_at.map(Ist),
            collect_until: key.collect_until.filter(|_| mine).map(Ist),
            status,
        }
    }
}

/// The firm's keys, those that ended lately as well.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ApiKeyList {
    items: Vec<ApiKeyDto>,
}

/// The firm's keys, newest first, with those that ended in the last 90 days.
#[utoipa::path(tag = "people", responses(
    (status = 200, body = ApiKeyList), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
#[get("/api-keys")]
pub async fn list_api_keys(
    state: web::Data<AppState>,
    caller: Caller,
) -> Result<web::Json<ApiKeyList>, ApiError> {
    let actor = &caller.actor;
    let keys = transact(state.db.as_ref(), actor, async |tx| list_keys(tx, actor).await).await?;
    Ok(web::Json(ApiKeyList {
        items: keys.into_iter().map(|key| ApiKeyDto::at(key, actor.at, caller.user)).collect(),
    }))
}
