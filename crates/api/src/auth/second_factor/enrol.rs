//! POST /api/auth/totp/enrol

use super::{field_refusal, settle};
use crate::http::token::{hash, random_bytes};
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{post, web};
use app::transact;
use identity::second_factor::{Proof, SECRET_LENGTH, shown_secret, start_enrolment, uri};
use kernel::StoreError;
use qrcode::QrCode;
use qrcode::render::svg;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A code of the present second factor, for whoever has one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrolBody {
    /// Of the app that is in use, or a recovery code.
    #[schema(max_length = 64)]
    code: Option<String>,
}

/// What goes into the authenticator app. Shown once; it counts when a code of it was confirmed.
#[derive(Serialize, ToSchema)]
pub struct Enrolment {
    /// To be typed, in groups of four.
    secret: String,
    /// The same for programs: `otpauth://totp/...`.
    uri: String,
    /// The same to be scanned, as an SVG picture.
    qr: String,
}

/// Start setting up a second factor.
#[utoipa::path(tag = "auth", request_body = EnrolBody, responses(
    (status = 200, body = Enrolment), (status = 401, body = ErrorBody), (status = 422, body = ErrorBody),
    (status = 429, body = ErrorBody)))]
#[post("/auth/totp/enrol")]
pub async fn enrol_second_factor(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<EnrolBody>,
) -> Result<web::Json<Enrolment>, ApiError> {
    caller.session()?;
    let secret: [u8; SECRET_LENGTH] =
        random_bytes().ok_or_else(|| StoreError::Other("no randomness".into()))?;
    let typed = body.0.code.filter(|code| code.len() <= 64);
    let proves = typed.is_some();
    if proves {
        caller.guess(&state).await?;
    }
    let done = transact(state.db.as_ref(), &caller.actor, async |tx| {
        let proof = typed.as_deref().map(|typed| Proof { typed, hash: &hash });
        let vault = state.vault.as_ref();
        start_enrolment(tx, &caller.actor, caller.user, vault, &secret, proof.as_ref()).await?;
        let person = tx.user(caller.user).await?.ok_or(StoreError::Stale)?;
        Ok::<_, identity::second_factor::SecondFactorError>(person.user.email)
    })
    .await;
    let email = if proves { settle(&caller, &state, done).await? } else { done.map_err(field_refusal)? };
    let uri = uri(&secret, &email).ok_or_else(|| StoreError::Other("the key has no address".into()))?;
    let code = QrCode::new(&uri).map_err(|error| StoreError::Other(error.to_string()))?;
    let qr = code.render::<svg::Color<'_>>().min_dimensions(200, 200).build();
    Ok(web::Json(Enrolment { secret: shown_secret(&secret), uri, qr }))
}
