//! POST /api/auth/login

use super::begin::{Known, begin, mark};
use super::dto::{TenantRef, UserRef};
use super::renew::renewed;
use super::tries::Try;
use crate::audit::strangers::Named;
use crate::http::middleware::RequestInfo;
use crate::http::token::Challenge;
use crate::http::{ApiError, ErrorBody, Json};
use crate::state::AppState;
use actix_web::http::StatusCode;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, post, web};
use app::transact;
use identity::{Credentials, LoginError};
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

/// How long somebody may look for their phone.
pub(super) const CHALLENGE_LIFE: time::Duration = time::Duration::minutes(5);

/// Signed in, or which firm, or a code as well.
#[derive(Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoginAnswer {
    /// Who is signed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) user: Option<UserRef>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tenant: Option<TenantRef>,
    /// The firms to choose from; send the choice as `tenantId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) choose_tenant: Option<Vec<TenantRef>>,
    /// The password was right and a code is needed: send it with the challenge to `/api/auth/totp`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) totp_required: Option<bool>,
    /// For the second step, for five minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) challenge: Option<String>,
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
    let one = Try::password(&state, &request, &email).await?;
    let answer = look(&state, &request, &email, body).await;
    one.settle(&answer).await;
    answer
}

/// Looks at a try that may be made.
async fn look(
    state: &AppState,
    request: &HttpRequest,
    email: &str,
    body: LoginBody,
) -> Result<HttpResponse, ApiError> {
    let mut firms = state.db.firms_of(email).await?;
    if let Some(chosen) = body.tenant_id {
        firms.retain(|firm| firm.get() == chosen);
    }
    if firms.is_empty() {
        // An unknown address costs the same look-up as a known one; firm 0 does not exist.
        let nobody = Actor::system(Id::new(0), state.clock.now(), request_info(request).request_id);
        transact(state.db.as_ref(), &nobody, async |tx| tx.credentials(email).await).await?;
    }
    let mut found = Vec::new();
    for firm in firms {
        let actor = Actor::system(firm, state.clock.now(), request_info(request).request_id);
        let (credentials, name) = transact(state.db.as_ref(), &actor, async |tx| {
            Ok::<_, StoreError>((tx.credentials(email).await?, tx.firm().await?.name))
        })
        .await?;
        found.push((firm, name, credentials));
    }
    let named = found.iter().filter_map(|(firm, _, known)| Some(Named::new(*firm, &known.as_ref()?.user)));
    let _ = request_info(request).named.set(named.collect());
    let password = body.password;
    let (mut matched, password) = web::block(move || {
        let matched = check_all(found, &password);
        // A hash takes 19 MB, which an idle server need not hold on to.
        crate::memory::give_back();
        (matched, password)
    })
    .await
    .map_err(|_| wrong())?;
    if matched.len() > 1 {
        let choose = matched.into_iter().map(|known| TenantRef { id: known.tenant.get(), name: known.firm });
        let answer = LoginAnswer { choose_tenant: Some(choose.collect()), ..LoginAnswer::default() };
        return Ok(HttpResponse::Ok().json(answer));
    }
    match matched.pop() {
        Some(known) => next(state, request, renewed(state, request, known, password).await?).await,
        None => {
            tracing::info!(firms = body.tenant_id, "sign-in refused");
            Err(wrong())
        }
    }
}

type Found = Vec<(TenantId, String, Option<Credentials>)>;

/// At least one hash is computed whatever was found.
fn check_all(found: Found, password: &str) -> Vec<Known> {
    if found.is_empty() {
        identity::login::check(None, password);
    }
    found
        .into_iter()
        .filter_map(|(firm, name, credentials)| {
            let person = identity::login::check(credentials, password)?;
            Some(Known { tenant: firm, firm: name, person })
        })
        .collect()
}

/// Lets somebody in who has no second factor; asks the others for a code.
async fn next(state: &AppState, request: &HttpRequest, known: Known) -> Result<HttpResponse, ApiError> {
    let user = &known.person.user;
    if !user.second_factor {
        return begin(state, request, known, None).await;
    }
    let actor = Actor::system(known.tenant, state.clock.now(), request_info(request).request_id);
    let factor = transact(state.db.as_ref(), &actor, async |tx| tx.second_factor(user.id).await).await?;
    let challenge = Challenge { tenant: known.tenant, user: user.id, mark: mark(&known.person, &factor) };
    let token = state.tokens.challenge(&challenge, actor.at + CHALLENGE_LIFE);
    let token = token.ok_or_else(|| StoreError::Other("the challenge was not signed".into()))?;
    let answer = LoginAnswer { totp_required: Some(true), challenge: Some(token), ..LoginAnswer::default() };
    Ok(HttpResponse::Ok().json(answer))
}

/// What the middleware noted about the request.
pub(crate) fn request_info(request: &HttpRequest) -> RequestInfo {
    request.extensions().get::<RequestInfo>().cloned().unwrap_or_default()
}

fn wrong() -> ApiError {
    ApiError::new(StatusCode::UNAUTHORIZED, "auth.invalid", LoginError::Wrong.to_string())
}

/// The id type is used by the reset flow as well.
pub(crate) fn tenant(id: i64) -> TenantId {
    Id::new(id)
}
