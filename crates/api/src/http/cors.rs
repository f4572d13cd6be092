//! Other sites' scripts: closed unless `CORS_ORIGINS` names them. A named site may call the API with a key in `Authorization`
//! and read the answers; cookies stay out of it, so it never acts as whoever is signed in here.

use actix_web::HttpResponse;
use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderValue};

/// What a script of a named site may send.
const METHODS: &str = "GET, POST, PUT, PATCH, DELETE";
/// Beside what browsers always allow.
const HEADERS: &str = "authorization, content-type, if-match, if-none-match, idempotency-key";
/// What it may read of an answer, beside the body.
const EXPOSED: &str = "x-request-id, retry-after, location, etag, content-disposition";
/// How long a browser need not ask again, in seconds.
const MAX_AGE: &str = "600";

fn named(origin: Option<&HeaderValue>, origins: &[String]) -> Option<HeaderValue> {
    let text = origin?.to_str().ok()?;
    origins.iter().any(|named| named == text).then(|| origin.cloned()).flatten()
}

/// The answer to a browser that asks on behalf of a named site whether it may; nothing when nobody is named.
pub(super) fn preflight(request: &ServiceRequest, origins: &[String]) -> Option<HttpResponse> {
    let headers = request.headers();
    let asked =
        request.method() == Method::OPTIONS && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    if !asked || named(headers.get(header::ORIGIN), origins).is_none() {
        return None;
    }
    let mut answer = HttpResponse::NoContent();
    answer.insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, METHODS));
    answer.insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, HEADERS));
    answer.insert_header((header::ACCESS_CONTROL_MAX_AGE, MAX_AGE));
    Some(answer.finish())
}

/// Lets a named site read the answer, and tells caches that the answer depends on who asks.
pub(super) fn mark(headers: &mut HeaderMap, origin: Option<&HeaderValue>, origins: &[String]) {
    if origins.is_empty() {
        return;
    }
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = named(origin, origins) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
    }
}
