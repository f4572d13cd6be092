//! The last step of every way in: opens the session and sets the cookie.

use super::dto::{TenantRef, UserRef};
use super::login::{LoginAnswer, request_info};
use crate::http::caller::COOKIE;
use crate::http::token::{Tokens, hash};
use crate::http::{ApiError, device};
use crate::state::AppState;
use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::{HttpRequest, HttpResponse};
use app::transact;
use identity::second_factor::{Proof, SecondFactorError, prove};
use identity::{Credentials, LoginError, NewSession, SESSION_LIFE};
use kernel::id::TenantId;
use kernel::{Actor, StoreError};
use ring::digest::{SHA256, digest};

/// Somebody whose password was right.
pub(super) struct Known {
    /// Where.
    pub tenant: TenantId,
    /// What the firm is called.
    pub firm: String,
    /// Who.
    pub person: Credentials,
}

impl Known {
    /// The person as an actor of this request.
    fn actor(&self, state: &AppState, request: &HttpRequest) -> Actor {
        let (info, user) = (request_info(request), &self.person.user);
        Actor {
            user: Some(user.id),
            name: user.display_name.clone(),
            role: user.role,
            role_name: user.custom_role.as_ref().map(|role| role.name.clone()),
            permissions: user.permissions,
            address: info.address,
            ..Actor::system(self.tenant, state.clock.now(), info.request_id)
        }
    }
}

/// Changes with the password and with the second factor.
pub(super) fn mark(person: &Credentials, factor: &identity::second_factor::SecondFactor) -> String {
    let mut all = person.password_hash.clone().into_bytes();
    all.extend(factor.secret.iter().flatten());
    let digest = digest(&SHA256, &all);
    digest.as_ref()[..12].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Opens the session; with a second factor, in the transaction that uses up the code.
pub(super) async fn begin(
    state: &AppState,
    request: &HttpRequest,
    known: Known,
    code: Option<&str>,
) -> Result<HttpResponse, ApiError> {
    let actor = known.actor(state, request);
    let unavailable = || ApiError::from(StoreError::Other("no randomness".into()));
    let (secret, token_hash) = Tokens::fresh().ok_or_else(unavailable)?;
    let until = actor.at + SESSION_LIFE;
    let token = state.tokens.sign(known.tenant, &secret, until).ok_or_else(unavailable)?;
    let agent = request.headers().get("user-agent").and_then(|v| v.to_str().ok());
    let user = &known.person.user;
    let session = NewSession {
        user: user.id,
        token: token_hash,
        created_at: actor.at,
        expires_at: until,
        address: actor.address.clone(),
        user_agent: agent.map(|text| text.chars().take(300).collect()),
    };
    transact(state.db.as_ref(), &actor, async |tx| {
        let with = match code {
            Some(typed) => {
                let proof = Proof { typed, hash: &hash };
                Some(prove(tx, &actor, user.id, state.vault.as_ref(), &proof).await?)
            }
            None => None,
        };
        identity::login::login(tx, user, session, &actor, with).await.map_err(|error| match error {
            LoginError::Wrong => SecondFactorError::WrongCode,
            LoginError::Store(error) => error.into(),
        })
    })
    .await
    .map_err(super::second_factor::refusal)?;
    let cookie = Cookie::build(COOKIE, token)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(state.config.secure_cookies)
        .max_age(time::Duration::seconds(SESSION_LIFE.whole_seconds()))
        .finish();
    let device = device::remember(state, request, &user.email);
    let answer = LoginAnswer {
        user: Some(UserRef::from(user)),
        tenant: Some(TenantRef { id: known.tenant.get(), name: known.firm }),
        ..LoginAnswer::default()
    };
    let mut response = HttpResponse::Ok();
    response.cookie(cookie);
    if let Some(device) = device {
        response.cookie(device);
    }
    Ok(response.json(answer))
}
