//! POST /api/notices/read

use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{post, web};
use app::notices::Read;
use app::transact;
use kernel::{FieldErrors, Id, StoreError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The most ids in one call.
const MOST: usize = 500;

/// Which notices were read: `ids`, or `all`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReadNoticesBody {
    /// These, at most 500.
    #[serde(default)]
    ids: Vec<i64>,
    /// All of the caller's.
    #[serde(default)]
    all: bool,
}

/// What is left.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnreadNotices {
    /// How many the caller has not read.
    unread: i64,
}

/// Mark the caller's own notices as read. Repeating it changes nothing.
#[utoipa::path(tag = "notices", request_body = ReadNoticesBody, responses(
    (status = 200, body = UnreadNotices), (status = 401, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/notices/read")]
pub async fn read_notices(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<ReadNoticesBody>,
) -> Result<web::Json<UnreadNotices>, ApiError> {
    let body = body.0;
    let which = match (body.all, body.ids.as_slice()) {
        (true, []) => Read::All,
        (false, ids @ [_, ..]) if ids.len() <= MOST => {
            Read::These(ids.iter().copied().map(Id::new).collect())
        }
        _ => {
            return Err(FieldErrors::one("ids", "Send 1 to 500 ids, or all: true without ids.").into());
        }
    };
    let unread = transact(state.db.as_ref(), &caller.actor, async |tx| {
        tx.read_notices(caller.user, &which, caller.actor.at).await?;
        tx.unread_notices(caller.user).await
    })
    .await
    .map_err(|error: StoreError| ApiError::from(error))?;
    Ok(web::Json(UnreadNotices { unread }))
}
