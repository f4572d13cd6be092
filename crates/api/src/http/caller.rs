//! Who is calling: proof of a session, and the actor that use cases ask.

use super::error::ApiError;
use super::ticket::Ticket;
use crate::state::AppState;
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest, web};
use app::Door;
use futures_util::future::LocalBoxFuture;
use kernel::id::{SessionId, UserId};
use kernel::{Actor, Denied, Permission};

/// The name of the session cookie.
pub const COOKIE: &str = "session_token";

/// A signed-in person.
#[derive(Debug, Clone)]
pub struct Caller {
    /// For use cases.
    pub actor: Actor,
    /// The person.
    pub user: UserId,
    /// How they came in.
    pub door: Door,
}

impl Caller {
    /// Refuses unless the role allows it.
    pub fn require(&self, permission: Permission) -> Result<(), Denied> {
        self.actor.require(permission)
    }

    /// The session; refused to a key, because a program has no password, no second factor and no keys of its own.
    pub fn session(&self) -> Result<SessionId, ApiError> {
        match self.door {
            Door::Session(id) => Ok(id),
            Door::Key(_) => Err(ApiError::new(
                StatusCode::FORBIDDEN,
                "auth.session_needed",
                "A key cannot do this. Sign in to do it.",
            )),
        }
    }

    /// Counts a try at a password or code of somebody who is signed in, as signing in counts.
    pub async fn guess(&self, state: &AppState) -> Result<(), ApiError> {
        let key = format!("guess:{}:{}", self.actor.tenant, self.user);
        state.limits.sign_in(&key).map_err(ApiError::too_many)
    }
}

impl FromRequest for Caller {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let state = request.app_data::<web::Data<AppState>>().cloned();
        let ticket = Ticket::from_request(request, payload);
        Box::pin(async move {
            let (ticket, state) = (ticket.await?, state.ok_or_else(ApiError::signed_out)?);
            let who = state.db.who(&ticket.pass).await?.ok_or_else(ApiError::signed_out)?;
            ticket.admit(&state, who).await
        })
    }
}
