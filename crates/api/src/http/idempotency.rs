//! `Idempotency-Key` on a POST: the same key and body within 24 hours gets the first answer again; the same key with
//! another body is refused. Applies to JSON requests of signed-in callers.

use super::error::ApiError;
use super::middleware::RequestInfo;
use crate::state::AppState;
use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse, ResponseError, web};
use app::idempotency::{KeptAnswer, KeyState, KeyedRequest};
use app::transact;
use kernel::{Actor, FieldErrors};
use ring::digest::{SHA256, digest};

const HEADER: &str = "idempotency-key";

/// Operations below these show a secret once, or take one.
const SHOW_SECRETS: &[&str] =
    &["/api/calendar/feeds", "/api/auth/", "/api/api-keys", "/api/users/invitations"];

/// Marks an answer that was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// The layer.
pub async fn once<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    // Refusals are answered here, not returned as errors: the outer layer adds id and headers to answers only.
    let (state, actor, keyed) = match keyed(&mut request).await {
        Ok(Some(keyed)) => keyed,
        Ok(None) => return next.call(request).await.map(ServiceResponse::map_into_boxed_body),
        Err(error) => return Ok(request.into_response(HttpResponse::from_error(error))),
    };
    let held = transact(state.db.as_ref(), &actor, async |tx| tx.hold_key(&keyed).await).await;
    let held = match held {
        Ok(held) => held,
        Err(error) => return Ok(request.into_response(ApiError::from(error).error_response())),
    };
    match held {
        KeyState::Answered(answer) => return Ok(request.into_response(replay(answer))),
        KeyState::InFlight => {
            let error = ApiError::conflict(
                "idempotency.in_flight",
                "The same request is being worked on. Wait a moment.",
            );
            return Ok(request.into_response(error.error_response()));
        }
        KeyState::OtherRequest => {
            let fields =
                FieldErrors::one("Idempotency-Key", "This key was used for another request. Make a new one.");
            return Ok(request.into_response(ApiError::invalid(fields).error_response()));
        }
        KeyState::Fresh => {}
    }
    let answered = next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    let (response, kept) = match answered {
        Ok(response) => keep(response).await,
        Err(error) => (Err(error), None),
    };
    let saved = transact(state.db.as_ref(), &actor, async |tx| {
        tx.keep_answer(keyed.user, &keyed.key, kept.as_ref()).await
    })
    .await;
    if let Err(error) = saved {
        tracing::warn!(%error, "an idempotent answer was not kept");
    }
    response
}

type Keyed = (web::Data<AppState>, Actor, KeyedRequest);

/// The parts of a request that carries a key and a session; `None` for all others, which pass untouched.
async fn keyed(request: &mut ServiceRequest) -> Result<Option<Keyed>, Error> {
    // Answers are kept for a day; one that shows a secret must not be.
    let shows_secret = SHOW_SECRETS.iter().any(|start| request.path().starts_with(start));
    if request.method() != Method::POST || shows_secret {
        return Ok(None);
    }
    let text = |name: &str| request.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
    let Some(key) = text(HEADER) else { return Ok(None) };
    let json = text("content-type").is_none_or(|kind| kind.starts_with("application/json"));
    let state = request.app_data::<web::Data<AppState>>().cloned();
    let pass = request.extensions().get::<RequestInfo>().and_then(|info| info.token.clone());
    let (Some(state), Some(pass), true) = (state, pass, json) else { return Ok(None) };
    let now = pass.at;
    let session = state.db.who(&pass).await.map_err(ApiError::from)?;
    let Some(session) = session.filter(|who| !who.must_enrol) else { return Ok(None) };
    if key.is_empty() || key.chars().count() > 200 {
        return Err(ApiError::from(FieldErrors::one("Idempotency-Key", "Use 1 to 200 characters.")).into());
    }
    let body = request.extract::<web::Bytes>().await?;
    let mut body_hash = [0; 32];
    body_hash.copy_from_slice(digest(&SHA256, &body).as_ref());
    request.set_payload(Payload::from(body));
    let info = request.extensions().get::<RequestInfo>().cloned().unwrap_or_default();
    let actor = session.actor(now, info.request_id, info.address);
    let operation = format!("{} {}", request.method(), request.uri());
    Ok(Some((state, actor, KeyedRequest { user: session.user, key, operation, body_hash, at: now })))
}

fn replay(answer: KeptAnswer) -> HttpResponse {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = HttpResponse::build(status);
    response.insert_header((REPLAYED, HeaderValue::from_static("true")));
    if let Some(location) = answer.location {
        response.insert_header((header::LOCATION, location));
    }
    match answer.body {
        Some(body) => response.json(body),
        None => response.finish(),
    }
}

/// Reads the answer so that it can be kept; a failure of ours (5xx) and a limit (429) are not kept.
async fn keep(
    response: ServiceResponse<BoxBody>,
) -> (Result<ServiceResponse<BoxBody>, Error>, Option<KeptAnswer>) {
    let status = response.status();
    if status.is_server_error()
        || status == StatusCode::TOO_MANY_REQUESTS
        || status == StatusCode::UNAUTHORIZED
    {
        return (Ok(response), None);
    }
    let location = response.headers().get(header::LOCATION).and_then(|v| v.to_str().ok()).map(str::to_owned);
    let (request, response) = response.into_parts();
    let (head, body) = response.into_parts();
    let bytes = match to_bytes(body).await {
        Ok(bytes) => bytes,
        Err(error) => return (Err(actix_web::error::ErrorInternalServerError(error)), None),
    };
    let body = if bytes.is_empty() { Some(None) } else { serde_json::from_slice(&bytes).ok().map(Some) };
    let kept = body.map(|body| KeptAnswer { status: status.as_u16(), location, body });
    (Ok(ServiceResponse::new(request, head.set_body(bytes).map_into_boxed_body())), kept)
}
