//! Who is calling: proof of a session, and the actor that use cases ask.

use super::error::ApiError;
use super::ticket::Ticket;
use crate::state::AppState;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use app::Pass;
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
    /// Their session.
    pub session: SessionId,
}

impl Caller {
    /// Refuses unless the role allows it.
    pub fn require(&self, permission: Permission) -> Result<(), Denied> {
        self.actor.require(permission)
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
            let Pass { tenant, token, at } = ticket.pass.clone();
            let who = state.db.session(tenant, token, at).await?.ok_or_else(ApiError::signed_out)?;
            ticket.admit(&state, who).await
        })
    }
}
