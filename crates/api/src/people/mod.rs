//! The firm's people and roles: who belongs to it, who may do what, and how everybody signs in.

pub mod accept;
pub mod change_role;
pub mod deactivate;
pub mod dto;
pub mod invite;
pub mod reactivate;
pub mod resend;
pub mod reset_factor;
pub mod revoke;
pub mod roles;
pub mod sign_in;
pub mod team;

use crate::approvals::answer::accepted;
use crate::http::{ApiError, Caller};
use crate::state::AppState;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use app::guard::{Command, Outcome, submit};
use identity::team::TeamError;
use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints of this folder.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(team::get_team)
        .service(invite::invite_user)
        .service(resend::resend_invitation)
        .service(revoke::revoke_invitation)
        .service(accept::read_invitation)
        .service(accept::accept_invitation)
        .service(deactivate::deactivate_user)
        .service(reactivate::reactivate_user)
        .service(reset_factor::reset_second_factor)
        .service(change_role::change_user_role)
        .service(sign_in::set_sign_in)
        .configure(roles::configure);
}

/// Carries a change of somebody's access out, or proposes it.
async fn guarded(
    state: &AppState,
    caller: &Caller,
    command: Command,
    note: Option<String>,
) -> Result<HttpResponse, ApiError> {
    match submit(state.db.as_ref(), &caller.actor, command, note).await? {
        Outcome::Waits(proposal, _) => accepted(state, caller, proposal).await,
        Outcome::Done(_) => Ok(HttpResponse::NoContent().finish()),
    }
}

impl From<TeamError> for ApiError {
    fn from(error: TeamError) -> Self {
        let text = error.to_string();
        match error {
            TeamError::Invalid(fields) => fields.into(),
            TeamError::NotFound => Self::not_found(),
            TeamError::Expired => Self::new(StatusCode::GONE, "auth.invitation_over", text),
            TeamError::LastAdmin => Self::conflict("users.last_admin", text),
            TeamError::Oneself => Self::new(StatusCode::FORBIDDEN, "users.oneself", text),
            TeamError::NotEntitled(error) => error.into(),
            TeamError::Denied(error) => error.into(),
            TeamError::Store(error) => error.into(),
        }
    }
}
