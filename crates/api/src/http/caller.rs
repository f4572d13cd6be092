//! Who is calling: proof of a session, and the actor that use cases ask.

use super::error::ApiError;
use super::limit::GUESS;
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

    /// Counts a try at a password or code of somebody who is signed in. Per session: whoever took one over and guesses in it
    /// does not make the owner wait in theirs.
    pub async fn guess(&self, state: &AppState) -> Result<(), ApiError> {
        let (key, at) = (self.guesses()?, state.clock.now());
        let counted = state.limits.tries().attempt(GUESS, &key, at).await;
        counted.map(|_| ()).map_err(ApiError::wait_after_wrong)
    }

    /// Forgets the wrong ones after a right one.
    pub async fn guessed(&self, state: &AppState) {
        if let Ok(key) = self.guesses() {
            state.limits.tries().forget(GUESS, &key).await;
        }
    }

    /// Takes one back that was not judged.
    pub async fn not_guessed(&self, state: &AppState) {
        if let Ok(key) = self.guesses() {
            state.limits.tries().give_back(GUESS, &key).await;
        }
    }

    fn guesses(&self) -> Result<String, ApiError> {
        Ok(format!("{}:{}", self.actor.tenant, self.session()?))
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
