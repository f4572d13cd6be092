//! POST /api/users/invitations

use super::dto::{InvitationDto, PostBody};
use crate::http::token::Tokens;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{HttpResponse, post, web};
use app::transact;
use identity::TokenHash;
use identity::team::{Invite, TeamError};
use kernel::StoreError;
use kernel::id::TenantId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who is asked, and as what.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InviteBody {
    /// Address.
    #[schema(max_length = 254)]
    email: String,
    /// Name.
    #[schema(max_length = 120)]
    display_name: String,
    /// `admin`, `principal_officer`, `checker`, `analyst`, `viewer`, or `custom`.
    role: String,
    /// With `custom`: which.
    custom_role_id: Option<i64>,
}

/// The invitation, and its link, which is shown only now.
#[derive(Serialize, ToSchema)]
pub struct InvitedDto {
    /// The invitation.
    pub(super) invitation: InvitationDto,
    /// Works once, for seven days. Also on its way by mail.
    pub(super) link: String,
}

/// Ask somebody to join. The link goes by mail and is shown once, to be given by hand.
#[utoipa::path(tag = "people", request_body = InviteBody, responses(
    (status = 201, body = InvitedDto), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/users/invitations")]
pub async fn invite_user(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<InviteBody>,
) -> Result<HttpResponse, ApiError> {
    let InviteBody { email, display_name, role, custom_role_id } = body.0;
    let post = PostBody { role, custom_role_id }.post()?;
    let cmd = Invite { email, display_name, post };
    let (link, token) = fresh_link(&state.config.portal_url, caller.actor.tenant)?;
    let actor = &caller.actor;
    let made = transact(state.db.as_ref(), actor, async |tx| {
        let made = identity::team::invite(tx, actor, &cmd, token, &link).await?;
        let found = tx.invitations().await?.into_iter().find(|one| one.id == made.id);
        found.ok_or(TeamError::NotFound)
    })
    .await?;
    let location = ("location", format!("/api/users/invitations/{}", made.id));
    let invitation = InvitationDto::at(made, actor.at);
    Ok(HttpResponse::Created().insert_header(location).json(InvitedDto { invitation, link }))
}

/// A link and the hash to keep of it.
pub(super) fn fresh_link(portal: &str, tenant: TenantId) -> Result<(String, TokenHash), ApiError> {
    let (secret, hash) = Tokens::fresh().ok_or_else(|| StoreError::Other("no randomness".into()))?;
    Ok((format!("{}/accept-invitation?token={tenant}.{secret}", portal.trim_end_matches('/')), hash))
}
