//! What every answer tells the browser: run only our scripts, be framed by nobody, guess no types, come back by HTTPS.

use actix_web::http::header::{self, HeaderName, HeaderValue};

/// `style-src` allows inline styles because the component library sets them; scripts come from our own files only.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
    font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

/// Sets what is not set yet on an answer: of the API, of its documentation page, or of the SPA.
pub(super) fn security_headers(
    headers: &mut header::HeaderMap,
    is_api: bool,
    is_docs: bool,
    production: bool,
) {
    let mut set = |name: &'static str, value: &'static str| {
        let name = HeaderName::from_static(name);
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    set("x-content-type-options", "nosniff");
    set("x-frame-options", "DENY");
    set("referrer-policy", "strict-origin-when-cross-origin");
    set("cross-origin-opener-policy", "same-origin");
    set("content-security-policy", POLICY);
    if is_api && !is_docs {
        set("cache-control", "no-store");
    }
    if production {
        set("strict-transport-security", "max-age=31536000; includeSubDomains");
    }
}
