//! GET /api/journal/seal

use super::dto::CheckpointDto;
use super::now::seal_now;
use crate::http::{ApiError, Caller, ErrorBody, Ist};
use crate::state::AppState;
use actix_web::{get, web};
use app::audit::RECENT;
use app::transact;
use kernel::{Permission, StoreError};
use proof::hash::hex;
use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use utoipa::ToSchema;

/// Counted up to here.
const MANY: i64 = 10_000;

/// How far the journal is sealed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SealDto {
    /// The last checkpoint; none before the first.
    checkpoint: Option<CheckpointDto>,
    /// When it was signed.
    sealed_at: Option<Ist>,
    /// Entries that wait for the next one.
    waiting: i64,
    /// The keys that signed, newest first.
    keys: Vec<SealKeyDto>,
}

/// A key that signed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SealKeyDto {
    /// Its fingerprint: SHA-256 of the public key.
    fingerprint: String,
    /// The Ed25519 public key.
    public_key: String,
    /// Since when, in UTC.
    since: String,
    /// Whether the key before it vouches for it; the first has none before it.
    endorsed: bool,
}

/// How far the journal is sealed, and by which keys.
#[utoipa::path(tag = "journal", responses(
    (status = 200, body = SealDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
#[get("/journal/seal")]
pub async fn journal_seal(
    state: web::Data<AppState>,
    caller: Caller,
) -> Result<web::Json<SealDto>, ApiError> {
    caller.require(Permission::JournalView)?;
    seal_now(&state, caller.actor.tenant).await;
    let since = caller.actor.at - RECENT;
    let (tree, waiting, known) = transact(state.db.as_ref(), &caller.actor, async |tx| {
        let tree = tx.sealed_tree().await?;
        Ok::<_, StoreError>((tree, tx.count_unsealed(since, MANY).await?, tx.journal_keys().await?))
    })
    .await?;
    let mut keys: Vec<SealKeyDto> = Vec::new();
    for (place, key) in known.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| known.get(before));
        keys.push(SealKeyDto {
            fingerprint: key.public_key.id().to_string(),
            public_key: hex(&key.public_key.0),
            since: key.since.clone(),
            endorsed: before.is_none_or(|before| key.endorsed_by(before.public_key)),
        });
    }
    keys.reverse();
    let at = tree.as_ref().and_then(|tree| OffsetDateTime::parse(&tree.checkpoint.at, &Rfc3339).ok());
    Ok(web::Json(SealDto {
        checkpoint: tree.as_ref().map(|tree| (&tree.checkpoint).into()),
        sealed_at: at.map(Ist),
        waiting,
        keys,
    }))
}
