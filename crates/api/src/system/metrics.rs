//! GET /metrics: Prometheus text, for loopback or with a token.

use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, get, web};

/// Metrics. Not part of the OpenAPI document: it is for the operator, not for integrators.
#[get("/metrics")]
pub async fn metrics(state: web::Data<AppState>, request: HttpRequest) -> HttpResponse {
    let allowed = match &state.config.metrics_token {
        Some(token) => {
            let given =
                request.headers().get("authorization").and_then(|v| v.to_str().ok()).unwrap_or_default();
            let given = given.strip_prefix("Bearer ").unwrap_or_default();
            // Hashes are compared, so that the time says nothing about the token.
            crate::http::token::hash(given) == crate::http::token::hash(token)
        }
        None => request.peer_addr().is_some_and(|peer| peer.ip().is_loopback()),
    };
    match (&state.metrics, allowed) {
        (Some(handle), true) => {
            HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(handle.render())
        }
        _ => HttpResponse::NotFound().finish(),
    }
}
