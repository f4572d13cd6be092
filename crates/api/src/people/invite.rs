//! POST /api/users/invitations

use super::dto::{InvitationDto, PostBody};
use crate::approvals::answer::accepted;
use crate::approvals::dto::ProposedAnswer;
use crate::http::token::Tokens;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{HttpResponse, post, web};
use app::guard::{Command, Done, Links, Outcome, submit_linked};
use app::transact;
use identity::TokenHash;
use identity::team::TeamError;
use kernel::id::TenantId;
use kernel::{Permission, StoreError};
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
    /// For whoever approves the invitation, when it has to wait.
    #[schema(max_length = 2000)]
    approval_note: Option<String>,
}

/// The invitation, and its link, which is shown only now.
#[derive(Serialize, ToSchema)]
pub struct InvitedDto {
    /// The invitation.
    pub(super) invitation: InvitationDto,
    /// Works once, for seven days. Also on its way by mail.
    pub(super) link: String,
}

/// Ask somebody to join. The link goes by mail and is shown once, to be given by hand. Waits with 202 when the firm wants a
/// second pair of eyes on it; the link is made and sent when it is approved.
#[utoipa::path(tag = "people", request_body = InviteBody, responses(
    (status = 201, body = InvitedDto), (status = 202, body = ProposedAnswer), (status = 401, body = ErrorBody),
    (status = 402, body = ErrorBody), (status = 403, body = ErrorBody), (status = 409, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[post("/users/invitations")]
pub async fn invite_user(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<InviteBody>,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::UsersManage)?;
    let InviteBody { email, display_name, role, custom_role_id, approval_note } = body.0;
    let (role, custom_role) = PostBody { role, custom_role_id, approval_note: None }.parts()?;
    let command = Command::Invite { email, display_name, role, custom_role };
    let (db, actor) = (state.db.as_ref(), &caller.actor);
    let links = PortalLinks::of(&state);
    let (id, link) = match submit_linked(db, actor, command, approval_note, Some(&links)).await? {
        Outcome::Waits(proposal, _) => return accepted(&state, &caller, proposal).await,
        Outcome::Done(Done::Invited(id, link)) => (id, link),
        Outcome::Done(_) => return Err(ApiError::not_found()),
    };
    let made = transact(db, actor, async |tx| {
        let found = tx.invitations().await?.into_iter().find(|one| one.id == id);
        found.ok_or(TeamError::NotFound)
    })
    .await?;
    let location = ("location", format!("/api/users/invitations/{}", made.id));
    let invitation = InvitationDto::at(made, actor.at);
    Ok(HttpResponse::Created().insert_header(location).json(InvitedDto { invitation, link }))
}

/// Links into this product.
pub struct PortalLinks<'a>(&'a str);

impl<'a> PortalLinks<'a> {
    /// With the address that people open.
    pub fn of(state: &'a AppState) -> Self {
        Self(&state.config.portal_url)
    }
}

impl Links for PortalLinks<'_> {
    fn invitation(&self, tenant: TenantId) -> Option<(String, TokenHash)> {
        fresh_link(self.0, tenant).ok()
    }
}

/// A link and the hash to keep of it.
pub(super) fn fresh_link(portal: &str, tenant: TenantId) -> Result<(String, TokenHash), ApiError> {
    let (secret, hash) = Tokens::fresh().ok_or_else(|| StoreError::Other("no randomness".into()))?;
    Ok((format!("{}/accept-invitation?token={tenant}.{secret}", portal.trim_end_matches('/')), hash))
}
