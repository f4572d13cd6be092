//! GET /api/journal/checkpoint

use super::now::seal_now;
use super::zip::file;
use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::{HttpResponse, get, web};
use app::transact;
use kernel::{Permission, StoreError};
use proof::Stored;

/// The last checkpoint as a file, to be kept outside the product's reach: a later bundle is held against it. What waits is
/// sealed first.
#[utoipa::path(tag = "journal", responses(
    (status = 200, body = Object, content_type = "application/json"), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 409, body = ErrorBody)))]
#[get("/journal/checkpoint")]
pub async fn journal_checkpoint(
    state: web::Data<AppState>,
    caller: Caller,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::JournalView)?;
    let actor = caller.actor;
    seal_now(&state, actor.tenant).await;
    let (tree, keys) = transact(state.db.as_ref(), &actor, async |tx| {
        Ok::<_, StoreError>((tx.sealed_tree().await?, tx.journal_keys().await?))
    })
    .await?;
    let stored = tree.and_then(|tree| {
        let key = keys.iter().find(|key| key.public_key.id() == tree.checkpoint.key)?;
        Some(Stored { checkpoint: tree.checkpoint, public_key: key.public_key })
    });
    let stored = stored.ok_or_else(|| {
        ApiError::conflict("journal.unsealed", "Nothing is sealed yet. Try again in a minute.")
    })?;
    let name = format!("checkpoint-{}-{}.json", actor.today(), stored.checkpoint.size);
    Ok(file("application/json", &name).json(stored))
}
