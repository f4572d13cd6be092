//! `If-Match: "7"`: the version of the record that the caller saw.

use super::error::ApiError;
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::IF_MATCH;
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};

/// The version the caller saw.
#[derive(Debug, Clone, Copy)]
pub struct IfMatch(pub i64);

impl FromRequest for IfMatch {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let text = request.headers().get(IF_MATCH).and_then(|v| v.to_str().ok()).unwrap_or_default();
        ready(text.trim().trim_matches('"').parse().map(IfMatch).map_err(|_| {
            ApiError::new(
                StatusCode::PRECONDITION_REQUIRED,
                "version.required",
                "Send If-Match with the version of the record that you saw, for example If-Match: \"7\".",
            )
        }))
    }
}
