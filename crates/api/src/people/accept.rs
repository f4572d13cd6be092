//! POST /api/auth/invitation and POST /api/auth/accept-invitation

use crate::auth::login::{request_info, tenant};
use crate::auth::reset_password::hash_password;
use crate::http::token::hash;
use crate::http::{ApiError, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, post, web};
use app::transact;
use identity::TokenHash;
use identity::team::{AcceptInvitation, TeamError, read_invitation as read};
use kernel::Actor;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The token of the link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationTokenBody {
    token: String,
}

/// What the link invites to.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenInvitation {
    /// The firm.
    firm: String,
    /// The address that will sign in.
    email: String,
    /// The name, as the inviter wrote it.
    display_name: String,
}

/// What a link invites to. A POST, so that the token is in no address.
#[utoipa::path(tag = "auth", request_body = InvitationTokenBody, responses(
    (status = 200, body = OpenInvitation), (status = 410, body = ErrorBody), (status = 429, body = ErrorBody)))]
#[post("/auth/invitation")]
pub async fn read_invitation(
    state: web::Data<AppState>,
    request: HttpRequest,
    body: Json<InvitationTokenBody>,
) -> Result<web::Json<OpenInvitation>, ApiError> {
    let (actor, token) = opened(&state, &request, &body.0.token)?;
    let (found, firm) = transact(state.db.as_ref(), &actor, async |tx| {
        let found = read(tx, &actor, token).await?;
        Ok::<_, TeamError>((found, tx.firm().await?))
    })
    .await?;
    Ok(web::Json(OpenInvitation { firm: firm.name, email: found.email, display_name: found.display_name }))
}

/// Name and password of somebody who accepts.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AcceptInvitationBody {
    /// From the link.
    token: String,
    /// The name others see.
    #[schema(max_length = 120)]
    display_name: String,
    /// At least 12 characters.
    #[schema(min_length = 12, max_length = 256)]
    password: String,
}

/// Join the firm with the link. It works once; then sign in.
#[utoipa::path(tag = "auth", request_body = AcceptInvitationBody, responses(
    (status = 204), (status = 410, body = ErrorBody), (status = 422, body = ErrorBody), (status = 429, body = ErrorBody)))]
#[post("/auth/accept-invitation")]
pub async fn accept_invitation(
    state: web::Data<AppState>,
    request: HttpRequest,
    body: Json<AcceptInvitationBody>,
) -> Result<HttpResponse, ApiError> {
    let AcceptInvitationBody { token, display_name, password } = body.0;
    let (actor, token) = opened(&state, &request, &token)?;
    // Nobody makes the server hash without a link that works.
    transact(state.db.as_ref(), &actor, async |tx| read(tx, &actor, token).await).await?;
    let hashed = hash_password(password.chars().take(1_024).collect()).await?;
    let cmd = AcceptInvitation { token, display_name, password, hashed };
    transact(state.db.as_ref(), &actor, async |tx| {
        identity::team::accept_invitation(tx, &actor, cmd.clone()).await
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The firm of `7.secret`, and the hash of the secret.
fn opened(state: &AppState, request: &HttpRequest, token: &str) -> Result<(Actor, TokenHash), ApiError> {
    let parts = token.split_once('.').and_then(|(firm, secret)| Some((firm.parse().ok()?, secret)));
    let (firm, secret) = parts.ok_or(TeamError::Expired)?;
    let info = request_info(request);
    let actor =
        Actor { address: info.address, ..Actor::system(tenant(firm), state.clock.now(), info.request_id) };
    Ok((actor, hash(secret)))
}
