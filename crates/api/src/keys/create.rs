//! POST /api/api-keys

use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::people::roles::permissions;
use crate::state::AppState;
use actix_web::{HttpResponse, post, web};
use app::transact;
use identity::keys::{CreateKey, create_key};
use kernel::{Date, FieldErrors, StoreError};
use serde::{Deserialize, Serialize};
use time::macros::format_description;
use utoipa::ToSchema;

/// A key to be made.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateKeyBody {
    /// What it is for.
    #[schema(min_length = 1, max_length = 60, example = "Accounting export")]
    name: String,
    /// Names of permissions; none that the maker does not have.
    permissions: Vec<String>,
    /// Its last day, `YYYY-MM-DD`, at most a year away.
    #[schema(value_type = String, format = Date)]
    expires_on: String,
}

/// The key, shown this once.
#[derive(Serialize, ToSchema)]
pub struct CreatedKey {
    /// Id within the firm.
    id: i64,
    /// Send it as `Authorization: Bearer zk_...`.
    key: String,
}

/// Make a key that acts for oneself. The answer shows it this once.
#[utoipa::path(tag = "people", request_body = CreateKeyBody, responses(
    (status = 201, body = CreatedKey), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/api-keys")]
pub async fn create_api_key(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<CreateKeyBody>,
) -> Result<HttpResponse, ApiError> {
    // A key that leaked must not be able to make itself a successor.
    caller.session()?;
    let body = body.0;
    let last = Date::parse(&body.expires_on, format_description!("[year]-[month]-[day]"));
    let last = last.ok().and_then(Date::next_day).ok_or_else(|| {
        ApiError::from(FieldErrors::one("expiresOn", "Write the day as YYYY-MM-DD, for example 2027-03-31."))
    })?;
    let fresh = state.tokens.fresh_key(caller.actor.tenant);
    let fresh = fresh.ok_or_else(|| StoreError::Other("no randomness".into()))?;
    let cmd = CreateKey {
        name: body.name,
        permissions: permissions(&body.permissions)?,
        until: last.midnight().assume_offset(kernel::moment::IST),
        prefix: fresh.prefix,
        token: fresh.hash,
    };
    let actor = &caller.actor;
    let id = transact(state.db.as_ref(), actor, async |tx| create_key(tx, actor, &cmd).await).await?;
    let made = CreatedKey { id: id.get(), key: fresh.text };
    Ok(HttpResponse::Created().insert_header(("location", format!("/api/api-keys/{id}"))).json(made))
}
