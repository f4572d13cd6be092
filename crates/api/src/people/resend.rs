//! POST /api/users/invitations/{id}/link

use super::dto::InvitationDto;
use super::invite::{InvitedDto, fresh_link};
use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::{post, web};
use app::transact;
use kernel::Id;

/// Make a new link for an open invitation and send it. The old link stops working.
#[utoipa::path(tag = "people", params(("id" = i64, Path)), responses(
    (status = 200, body = InvitedDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody)))]
#[post("/users/invitations/{id}/link")]
pub async fn resend_invitation(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
) -> Result<web::Json<InvitedDto>, ApiError> {
    let (link, token) = fresh_link(&state.config.portal_url, caller.actor.tenant)?;
    let actor = &caller.actor;
    let renewed = transact(state.db.as_ref(), actor, async |tx| {
        identity::team::resend_invitation(tx, actor, Id::new(*id), token, &link).await
    })
    .await?;
    Ok(web::Json(InvitedDto { invitation: InvitationDto::at(renewed, actor.at), link }))
}
