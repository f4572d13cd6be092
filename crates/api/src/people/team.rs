//! GET /api/team

use super::dto::{InvitationDto, MemberDto};
use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::{get, web};
use app::transact;
use kernel::limit::Counted;
use kernel::{Permission, StoreError};
use serde::Serialize;
use utoipa::ToSchema;

/// Seats of the plan.
#[derive(Serialize, ToSchema)]
pub struct SeatsDto {
    /// Active people and open invitations; portal users are not counted.
    used: i64,
    /// How many the plan has; -1 is unlimited.
    limit: i64,
}

/// Everybody of the firm, and who was asked to join.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TeamDto {
    members: Vec<MemberDto>,
    invitations: Vec<InvitationDto>,
    seats: SeatsDto,
    /// Everybody needs a second factor, not only who administers.
    require_totp: bool,
}

/// The firm's people, open invitations and seats.
#[utoipa::path(tag = "people", responses(
    (status = 200, body = TeamDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
#[get("/team")]
pub async fn get_team(state: web::Data<AppState>, caller: Caller) -> Result<web::Json<TeamDto>, ApiError> {
    caller.require(Permission::UsersManage)?;
    let (members, invitations, used, firm) = transact(state.db.as_ref(), &caller.actor, async |tx| {
        let (members, invitations) = (tx.members().await?, tx.invitations().await?);
        Ok::<_, StoreError>((members, invitations, tx.seats_used().await?, tx.firm().await?))
    })
    .await?;
    let now = caller.actor.at;
    Ok(web::Json(TeamDto {
        members: members.into_iter().map(MemberDto::from).collect(),
        invitations: invitations.into_iter().map(|one| InvitationDto::at(one, now)).collect(),
        seats: SeatsDto { used, limit: caller.actor.entitlements.limit(Counted::Users).get() },
        require_totp: firm.require_totp,
    }))
}
