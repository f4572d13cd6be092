//! Around every request: id, address, limits, the cross-site rule, headers, one log line, metrics.

use super::caller::COOKIE;
use super::error::{ApiError, REQUEST_ID};
use super::headers::security_headers;
use super::limit::place;
use super::{cors, device};
use crate::audit::refusals::{self, Attempt};
use crate::audit::strangers::{self, Named};
use crate::feeds::link::hidden;
use crate::state::AppState;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, ResponseError, web};
use app::{Means, Pass};
use kernel::Actor;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

/// What the request carries along.
#[derive(Debug, Clone, Default)]
pub struct RequestInfo {
    /// In the logs, in the journal, on the answer.
    pub request_id: String,
    /// The caller's address.
    pub address: Option<String>,
    /// Who is behind it, once somebody was let in.
    pub who: Arc<OnceLock<Actor>>,
    /// Accounts that somebody tries to get into.
    pub named: Arc<OnceLock<Vec<Named>>>,
    /// The token that was shown, if it is one of ours and not over.
    pub token: Option<Pass>,
}

/// The outermost layer.
pub async fn around<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let state = request.app_data::<web::Data<AppState>>().cloned();
    let request_id = super::token::random_text().map(|t| t[..16].to_owned()).unwrap_or_default();
    let address = state.as_ref().and_then(|state| client_address(&request, &state.config.trusted_proxies));
    let (method, path) = (request.method().clone(), request.path().to_owned());
    let is_api = path.starts_with("/api/");
    let token = state.as_ref().filter(|_| is_api).and_then(|state| shown(request.request(), state));
    let who = Arc::new(OnceLock::new());
    let info = RequestInfo {
        request_id: request_id.clone(),
        address: address.clone(),
        token: token.clone(),
        who: who.clone(),
        named: Arc::default(),
    };
    request.extensions_mut().insert(info.clone());
    let refused = match &state {
        Some(state) if is_api => refuse(&request, state, address.as_deref(), token.as_ref()).await.err(),
        _ => None,
    };
    let origin = request.headers().get(header::ORIGIN).cloned();
    let origins = state.as_ref().map(|state| state.config.cors_origins.clone());
    let preflight =
        is_api.then(|| cors::preflight(&request, origins.as_deref().unwrap_or_default())).flatten();
    let production = state.as_ref().is_some_and(|state| state.config.production);
    let mut response = REQUEST_ID
        .scope(request_id.clone(), async move {
            let instead = refused.map(|error| error.error_response()).or(preflight);
            match instead {
                Some(answer) => Ok(request.into_response(answer).map_into_boxed_body()),
                None => next.call(request).await.map(ServiceResponse::map_into_boxed_body),
            }
        })
        .await?;
    let route = response.request().match_pattern().unwrap_or_else(|| "other".into());
    if let (Some(state), Some(actor)) = (&state, who.get()) {
        let attempt = Attempt {
            actor: actor.clone(),
            method: method.clone(),
            path: hidden(&path),
            route: route.clone(),
            status: response.status(),
            error: response.response().error().and_then(|error| error.as_error::<ApiError>()),
        };
        refusals::record(state, &attempt).await;
    } else if let Some(state) = &state {
        strangers::record(state, &info, hidden(&path), response.status());
    }
    let status = response.status().as_u16();
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
    security_headers(headers, is_api, path.starts_with("/api/docs"), production);
    if let Some(origins) = is_api.then_some(origins).flatten() {
        cors::mark(headers, origin.as_ref(), &origins);
    }
    let took = started.elapsed();
    let labels = [("method", method.to_string()), ("route", route), ("status", status.to_string())];
    metrics::counter!("http_requests_total", &labels).increment(1);
    metrics::histogram!("http_request_seconds", &labels[..2]).record(took.as_secs_f64());
    if is_api {
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let path = hidden(&path);
        tracing::info!(%request_id, %method, %path, status, ms, "request");
    }
    Ok(response)
}

/// The token of a request: a key in `Authorization` when there is one, else the cookie.
pub(super) fn shown(request: &HttpRequest, state: &AppState) -> Option<Pass> {
    let at = state.clock.now();
    if let Some(header) = request.headers().get(header::AUTHORIZATION) {
        let text = header.to_str().ok()?;
        let (scheme, key) = text.split_once(' ')?;
        let (tenant, token) = state.tokens.read_key(key.trim())?;
        return scheme.eq_ignore_ascii_case("bearer").then_some(Pass {
            means: Means::Key,
            tenant,
            token,
            at,
        });
    }
    let (tenant, token) = state.tokens.read(request.cookie(COOKIE)?.value(), at)?;
    Some(Pass { means: Means::Session, tenant, token, at })
}

/// Limits and the cross-site rule.
async fn refuse(
    request: &ServiceRequest,
    state: &AppState,
    address: Option<&str>,
    token: Option<&Pass>,
) -> Result<(), ApiError> {
    let path = request.path();
    if path.starts_with("/api/health/") {
        return Ok(());
    }
    let (at, address) = (state.clock.now(), place(address.unwrap_or("unknown")));
    let signing_in = matches!(
        path,
        "/api/auth/login"
            | "/api/auth/totp"
            | "/api/auth/forgot-password"
            | "/api/auth/reset-password"
            | "/api/auth/invitation"
            | "/api/auth/accept-invitation"
    );
    if signing_in {
        // A device that somebody signed in with has its account's budget: a guesser in the same office takes none of it.
        let known = device::shown(request.request(), &state.tokens, at);
        let key = known.map_or_else(|| address.clone(), |device| format!("known:{}", device.account));
        state.limits.sign_in(&key, at).await.map_err(ApiError::too_many)?;
    }
    match token {
        Some(Pass { tenant, token, .. }) => {
            let key = format!("{tenant}:{}", u64::from_le_bytes(token.0[..8].try_into().unwrap_or_default()));
            state.limits.general(&key, at).await.map_err(ApiError::too_many)?;
        }
        None => state.limits.general(&address, at).await.map_err(ApiError::too_many)?,
    }
    // A browser sends no bearer by itself, so another site cannot make it act with one.
    let with_cookie = token.is_none_or(|pass| pass.means == Means::Session);
    let mutates = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if mutates && with_cookie && request.cookie(COOKIE).is_some() && cross_site(request) {
        return Err(ApiError::new(
            StatusCode::FORBIDDEN,
            "request.cross_site",
            "This request came from another site and was refused.",
        ));
    }
    Ok(())
}

/// Whether the browser says that another site sent this.
fn cross_site(request: &ServiceRequest) -> bool {
    let text = |name: HeaderName| request.headers().get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return !matches!(site, "same-origin" | "none");
    }
    match text(header::ORIGIN) {
        None => false,
        Some(origin) => {
            let host = text(header::HOST).unwrap_or_default();
            origin.split_once("://").is_none_or(|(_, origin_host)| origin_host != host)
        }
    }
}

/// The peer, or what a configured proxy says about it: the last address in `X-Forwarded-For` that is not a proxy.
fn client_address(request: &ServiceRequest, trusted: &[IpAddr]) -> Option<String> {
    let peer = request.peer_addr()?.ip();
    if !trusted.contains(&peer) {
        return Some(peer.to_string());
    }
    let forwarded =
        request.headers().get("x-forwarded-for").and_then(|v| v.to_str().ok()).unwrap_or_default();
    let hops = forwarded.split(',').filter_map(|hop| hop.trim().parse::<IpAddr>().ok());
    let outside = hops.rev().find(|hop| !trusted.contains(hop));
    Some(outside.unwrap_or(peer).to_string())
}
