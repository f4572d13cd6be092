//! Who is calling: proof of a session, and the actor that use cases ask.

use super::error::ApiError;
use super::middleware::RequestInfo;
use crate::state::AppState;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use futures_util::future::LocalBoxFuture;
use kernel::id::{SessionId, UserId};
use kernel::{Actor, Denied, Permission};
use time::Duration;

/// The name of the session cookie.
pub const COOKIE: &str = "session_token";

/// A signed-in person.
#[derive(Debug, Clone)]
pub struct Caller {
    /// For use cases.
    pub actor: Actor,
    /// The person.
    pub user: UserId,
    /// Their session.
    pub session: SessionId,
}

impl Caller {
    /// Refuses unless the role allows it.
    pub fn require(&self, permission: Permission) -> Result<(), Denied> {
        self.actor.require(permission)
    }
}

/// A session is marked as used at most this often.
const TOUCH_EVERY: Duration = Duration::minutes(5);

impl FromRequest for Caller {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let state = request.app_data::<web::Data<AppState>>().ok_or_else(ApiError::signed_out)?;
            let cookie = request.cookie(COOKIE).ok_or_else(ApiError::signed_out)?;
            let now = state.clock.now();
            let (tenant, hash) = state.tokens.read(cookie.value(), now).ok_or_else(ApiError::signed_out)?;
            let signed_in = state.db.session(tenant, hash, now).await?.ok_or_else(ApiError::signed_out)?;
            if now - signed_in.last_seen_at > TOUCH_EVERY {
                state.db.touch_session(tenant, signed_in.session, now).await?;
            }
            let info = request.extensions().get::<RequestInfo>().cloned().unwrap_or_default();
            let actor = Actor {
                tenant,
                user: Some(signed_in.user),
                name: signed_in.name,
                role: signed_in.role,
                at: now,
                request_id: info.request_id,
                address: info.address,
            };
            Ok(Caller { actor, user: signed_in.user, session: signed_in.session })
        })
    }
}
