//! POST /api/calendar/feeds

use super::dto::{CreateFeedBody, MadeFeed};
use super::link;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{HttpResponse, post, web};
use app::feeds as cases;
use app::transact;

/// Make a calendar link. The answer shows it, once. Client names in it need `clients.export`.
#[utoipa::path(tag = "filings", request_body = CreateFeedBody, responses(
    (status = 201, body = MadeFeed), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[post("/calendar/feeds")]
pub async fn create_feed(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<CreateFeedBody>,
) -> Result<HttpResponse, ApiError> {
    let actor = &caller.actor;
    let fields = body.0.into();
    let (url, token) = link::fresh(&state.config.portal_url, actor.tenant)?;
    let work = async |tx: &mut dyn app::Tx| cases::create_feed(tx, actor, fields, token).await;
    let feed = transact(state.db.as_ref(), actor, work).await?;
    Ok(HttpResponse::Created().json(MadeFeed { feed: feed.into(), url }))
}
