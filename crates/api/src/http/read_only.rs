//! What a firm that may only read can still do: sign in and out, settle its licence, record a filing with its evidence,
//! close doors. Everything else that writes is refused.

use actix_web::HttpRequest;
use actix_web::http::Method;

/// Writing operations that stay open, each with its reason.
pub const OPEN: &[(&str, &str, &str)] = &[
    ("PATCH", "/api/me", "one's own name and settings"),
    ("PATCH", "/api/return-filings/{id}", "recording a filing; the handler refuses anything else"),
    ("POST", "/api/return-filings/{id}/portal-problems", "evidence"),
    ("POST", "/api/return-filings/{id}/portal-problems/{problemId}/strike", "evidence"),
    ("POST", "/api/rulebook/evaluate", "writes nothing"),
    ("POST", "/api/relaxations/preview", "writes nothing"),
    ("POST", "/api/notices/read", "what one has read"),
    ("DELETE", "/api/calendar/feeds/{id}", "closing a door"),
    ("DELETE", "/api/api-keys/{id}", "closing a door"),
    ("DELETE", "/api/users/invitations/{id}", "closing a door"),
    ("POST", "/api/users/{id}/deactivate", "closing a door: who leaves must be out at once"),
];

/// Areas that stay open whole.
pub const OPEN_AREAS: &[(&str, &str)] = &[
    ("/api/auth/", "signing in and out, passwords, second factor, sessions"),
    ("/api/license/", "settling the licence"),
];

/// Whether the request writes something that a firm may not write while it may only read.
pub(super) fn writes(request: &HttpRequest) -> bool {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return false;
    }
    let route = request.match_pattern().unwrap_or_else(|| request.path().to_owned());
    !is_open(request.method().as_str(), &route)
}

/// Whether a writing operation stays open.
pub fn is_open(method: &str, route: &str) -> bool {
    OPEN_AREAS.iter().any(|(area, _)| route.starts_with(area))
        || OPEN.iter().any(|(verb, open, _)| *verb == method && *open == route)
}
