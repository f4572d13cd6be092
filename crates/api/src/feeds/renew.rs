//! POST /api/calendar/feeds/{id}/link

use super::dto::MadeFeed;
use super::link;
use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::{post, web};
use app::feeds as cases;
use app::transact;
use kernel::Id;

/// Make a new link for the same calendar. The old one ends at once.
#[utoipa::path(tag = "filings", params(("id" = i64, Path)), responses(
    (status = 200, body = MadeFeed), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody)))]
#[post("/calendar/feeds/{id}/link")]
pub async fn renew_feed(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
) -> Result<web::Json<MadeFeed>, ApiError> {
    let actor = &caller.actor;
    let (url, token) = link::fresh(&state.config.portal_url, actor.tenant)?;
    let work = async |tx: &mut dyn app::Tx| cases::renew_feed(tx, actor, Id::new(*id), token).await;
    let feed = transact(state.db.as_ref(), actor, work).await?;
    Ok(web::Json(MadeFeed { feed: feed.into(), url }))
}
