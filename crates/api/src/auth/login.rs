//! POST /api/auth/login

use super::dto::{TenantRef, UserRef};
use crate::http::caller::COOKIE;
use crate::http::middleware::RequestInfo;
use crate::http::token::Tokens;
use crate::http::{ApiError, ErrorBody, Json};
use crate::state::AppState;
use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::http::StatusCode;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, post, web};
use app::transact;
use identity::{Credentials, LoginError, NewSession, SESSION_LIFE, User};
use kernel::id::TenantId;
use kernel::{Actor, Id, StoreError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Address and password.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LoginBody {
    /// Sign-in address.
    #[schema(example = "ananya@kaveri.example")]
    email: String,
    /// Password.
    password: String,
    /// The firm, when the address belongs to several.
    tenant_id: Option<i64>,
}

/// Signed in, or which firm.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoginAnswer {
    /// Who is signed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<UserRef>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    tenant: Option<TenantRef>,
    /// The firms to choose from; send the choice as `tenantId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    choose_tenant: Option<Vec<TenantRef>>,
}

/// Sign in. Wrong address and wrong password are the same answer in the same time.
#[utoipa::path(tag = "auth", request_body = LoginBody, responses(
    (status = 200, body = LoginAnswer, description = "Signed in; sets the session_token cookie. Or firms to choose from."),
    (status = 401, body = ErrorBody), (status = 422, body = ErrorBody), (status = 429, body = ErrorBody)))]
#[post("/auth/login")]
pub async fn login(
    state: web::Data<AppState>,
    request: HttpRequest,
    body: Json<LoginBody>,
) -> Result<HttpResponse, ApiError> {
    let body = body.0;
    let email = body.email.trim().to_lowercase();
    if email.len() > 254 || body.password.len() > 1_024 || email.contains('\0') {
        return Err(wrong());
    }
    let mut firms = state.db.firms_of(&email).await?;
    if let Some(chosen) = body.tenant_id {
        firms.retain(|firm| firm.get() == chosen);
    }
    if firms.is_empty() {
        // An unknown address costs the same look-up as a known one; firm 0 does not exist.
        let nobody = Actor::system(Id::new(0), state.clock.now(), request_info(&request).request_id);
        transact(state.db.as_ref(), &nobody, async |tx| tx.credentials(&email).await).await?;
    }
    let mut found = Vec::new();
    for firm in firms {
        let actor = Actor::system(firm, state.clock.now(), request_info(&request).request_id);
        let (credentials, name) = transact(state.db.as_ref(), &actor, async |tx| {
            Ok::<_, StoreError>((tx.credentials(&email).await?, tx.firm().await?.name))
        })
        .await?;
        found.push((firm, name, credentials));
    }
    let password = body.password;
    let matched = web::block(move || check_all(found, &password)).await.map_err(|_| wrong())?;
    match matched.len() {
        0 => {
            tracing::info!(firms = body.tenant_id, "sign-in refused");
            Err(wrong())
        }
        1 => open(&state, &request, matched).await,
        _ => {
            let choose = matched.into_iter().map(|(id, name, _)| TenantRef { id: id.get(), name }).collect();
            Ok(HttpResponse::Ok().json(LoginAnswer { user: None, tenant: None, choose_tenant: Some(choose) }))
        }
    }
}

type Found = Vec<(TenantId, String, Option<Credentials>)>;

/// At least one hash is computed whatever was found.
fn check_all(found: Found, password: &str) -> Vec<(TenantId, String, User)> {
    if found.is_empty() {
        identity::login::check(None, password);
    }
    found
        .into_iter()
        .filter_map(|(firm, name, credentials)| {
            identity::login::check(credentials, password).map(|user| (firm, name, user))
        })
        .collect()
}

async fn open(
    state: &AppState,
    request: &HttpRequest,
    mut matched: Vec<(TenantId, String, User)>,
) -> Result<HttpResponse, ApiError> {
    let Some((tenant, firm, user)) = matched.pop() else { return Err(wrong()) };
    let info = request_info(request);
    let now = state.clock.now();
    let unavailable = || ApiError::from(StoreError::Other("no randomness".into()));
    let (secret, hash) = Tokens::fresh().ok_or_else(unavailable)?;
    let token = state.tokens.sign(tenant, &secret, now + SESSION_LIFE).ok_or_else(unavailable)?;
    let agent = request.headers().get("user-agent").and_then(|v| v.to_str().ok());
    let session = NewSession {
        user: user.id,
        token: hash,
        created_at: now,
        expires_at: now + SESSION_LIFE,
        address: info.address.clone(),
        user_agent: agent.map(|text| text.chars().take(300).collect()),
    };
    let actor = Actor {
        user: Some(user.id),
        name: user.display_name.clone(),
        address: info.address,
        ..Actor::system(tenant, now, info.request_id)
    };
    let actor = actor.in_role(user.role);
    transact(state.db.as_ref(), &actor, async |tx| identity::login::login(tx, &user, session, &actor).await)
        .await
        .map_err(|error| match error {
            LoginError::Wrong => wrong(),
            LoginError::Store(error) => error.into(),
        })?;
    let cookie = Cookie::build(COOKIE, token)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(state.config.secure_cookies)
        .max_age(time::Duration::seconds(SESSION_LIFE.whole_seconds()))
        .finish();
    let answer = LoginAnswer {
        user: Some(UserRef::from(&user)),
        tenant: Some(TenantRef { id: tenant.get(), name: firm }),
        choose_tenant: None,
    };
    Ok(HttpResponse::Ok().cookie(cookie).json(answer))
}

/// What the middleware noted about the request.
pub(super) fn request_info(request: &HttpRequest) -> RequestInfo {
    request.extensions().get::<RequestInfo>().cloned().unwrap_or_default()
}

fn wrong() -> ApiError {
    ApiError::new(StatusCode::UNAUTHORIZED, "auth.invalid", LoginError::Wrong.to_string())
}

/// The id type is used by the reset flow as well.
pub(super) fn tenant(id: i64) -> TenantId {
    Id::new(id)
}
