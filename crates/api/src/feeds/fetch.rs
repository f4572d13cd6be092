//! GET /api/calendar/feed/{token}.ics

use super::link;
use crate::http::middleware::RequestInfo;
use crate::http::{ApiError, ErrorBody};
use crate::state::AppState;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, EntityTag, Header, HttpDate, IfModifiedSince,
    IfNoneMatch, LAST_MODIFIED,
};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, get, web};
use app::feeds::{self as cases, FeedBody};
use app::transact;
use kernel::Actor;
use std::time::SystemTime;

/// The calendar behind a link, as iCalendar. Needs no session: whoever has the link may read it. Answers 304 to a
/// calendar program that has it already.
#[utoipa::path(tag = "filings", params(("token" = String, Path)), responses(
    (status = 200, body = String, content_type = "text/calendar"), (status = 304),
    (status = 404, body = ErrorBody), (status = 410, body = ErrorBody), (status = 429, body = ErrorBody)))]
#[get("/calendar/feed/{token}.ics")]
pub async fn fetch_feed(
    state: web::Data<AppState>,
    request: HttpRequest,
    token: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let (tenant, hash) = link::read(&token).ok_or_else(ApiError::not_found)?;
    let key = format!("{tenant}:{}", u64::from_le_bytes(hash.0[..8].try_into().unwrap_or_default()));
    state.limits.feed(&key, state.clock.now()).await.map_err(ApiError::too_many)?;
    let info = request.extensions().get::<RequestInfo>().cloned().unwrap_or_default();
    let actor = Actor::system(tenant, state.clock.now(), info.request_id);
    let portal = &state.config.portal_url;
    let work = async |tx: &mut dyn app::Tx| cases::fetch_feed(tx, &actor, hash, portal).await;
    let found = transact(state.db.as_ref(), &actor, work).await?;
    Ok(answer(&request, found))
}

fn answer(request: &HttpRequest, found: FeedBody) -> HttpResponse {
    let tag = EntityTag::new_weak(format!("{:016x}", found.tag.cast_unsigned()));
    let changed = HttpDate::from(SystemTime::from(found.changed_at));
    let known = unchanged(request, &tag, changed);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((ETAG, tag)).insert_header((LAST_MODIFIED, changed));
    // Kept by the program that asked, asked for again each time.
    response.insert_header((CACHE_CONTROL, "private, no-cache"));
    if known {
        return response.finish();
    }
    response.insert_header((CONTENT_TYPE, "text/calendar; charset=utf-8; method=PUBLISH"));
    response.insert_header((CONTENT_DISPOSITION, "inline; filename=\"calendar.ics\"")).body(found.text)
}

/// The tag decides; the date only for programs that send no tag (RFC 9110 section 13.2.2).
fn unchanged(request: &HttpRequest, tag: &EntityTag, changed: HttpDate) -> bool {
    if request.headers().contains_key("if-none-match") {
        return match IfNoneMatch::parse(request) {
            Ok(IfNoneMatch::Any) => true,
            Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|known| known.weak_eq(tag)),
            Err(_) => false,
        };
    }
    let text = request.headers().contains_key("if-modified-since");
    text && IfModifiedSince::parse(request).is_ok_and(|since| {
        let (changed, since): (SystemTime, SystemTime) = (changed.into(), since.0.into());
        changed <= since
    })
}
