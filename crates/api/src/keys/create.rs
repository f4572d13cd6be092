//! POST /api/api-keys and /api/api-keys/{id}/secret

use crate::approvals::answer::accepted;
use crate::approvals::dto::ProposedAnswer;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::people::roles::permissions;
use crate::state::AppState;
use actix_web::{HttpResponse, post, web};
use app::guard::{Command, Done, Outcome, submit};
use app::transact;
use identity::keys::collect_key;
use kernel::id::ApiKeyId;
use kernel::{Date, FieldErrors, Id, Permission, StoreError};
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
    /// For whoever approves the key, when it has to wait.
    #[schema(max_length = 2000)]
    approval_note: Option<String>,
}

/// The key, shown this once.
#[derive(Serialize, ToSchema)]
pub struct CreatedKey {
    /// Id within the firm.
    id: i64,
    /// Send it as `Authorization: Bearer zk_...`.
    key: String,
}

/// Make a key that acts for oneself. The answer shows it this once. Waits with 202 when the firm wants a second pair of eyes
/// on it: once approved, whoever asked for it collects its secret.
#[utoipa::path(tag = "people", request_body = CreateKeyBody, responses(
    (status = 201, body = CreatedKey), (status = 202, body = ProposedAnswer), (status = 401, body = ErrorBody),
    (status = 402, body = ErrorBody), (status = 403, body = ErrorBody), (status = 409, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[post("/api-keys")]
pub async fn create_api_key(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<CreateKeyBody>,
) -> Result<HttpResponse, ApiError> {
    // A key that leaked must not be able to make itself a successor.
    caller.session()?;
    caller.require(Permission::ApiKeysManage)?;
    let CreateKeyBody { name, permissions: names, expires_on, approval_note } = body.0;
    let last_day = Date::parse(&expires_on, format_description!("[year]-[month]-[day]"));
    let last_day = last_day.map_err(|_| {
        ApiError::from(FieldErrors::one("expiresOn", "Write the day as YYYY-MM-DD, for example 2027-03-31."))
    })?;
    let names = permissions(&names)?.names().into_iter().map(str::to_owned).collect();
    let command = Command::CreateKey { name, permissions: names, last_day };
    let id = match submit(state.db.as_ref(), &caller.actor, command, approval_note).await? {
        Outcome::Waits(proposal, _) => return accepted(&state, &caller, proposal).await,
        Outcome::Done(Done::Key(id)) => id,
        Outcome::Done(_) => return Err(ApiError::not_found()),
    };
    // Should this fail, the key waits to be collected like one that was approved.
    let made = collected(&state, &caller, id).await?;
    Ok(HttpResponse::Created().insert_header(("location", format!("/api/api-keys/{id}"))).json(made))
}

/// Collect the secret of a key that was approved: once, within seven days, and only by whoever it acts for.
#[utoipa::path(tag = "people", params(("id" = i64, Path)), responses(
    (status = 200, body = CreatedKey), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 404, body = ErrorBody)))]
#[post("/api-keys/{id}/secret")]
pub async fn collect_api_key(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
) -> Result<web::Json<CreatedKey>, ApiError> {
    caller.session()?;
    Ok(web::Json(collected(&state, &caller, Id::new(*id)).await?))
}

/// Gives a key its secret; the answer is the only place that ever holds it.
async fn collected(state: &AppState, caller: &Caller, id: ApiKeyId) -> Result<CreatedKey, ApiError> {
    let fresh = state.tokens.fresh_key(caller.actor.tenant);
    let fresh = fresh.ok_or_else(|| StoreError::Other("no randomness".into()))?;
    let actor = &caller.actor;
    transact(state.db.as_ref(), actor, async |tx| {
        collect_key(tx, actor, id, &fresh.prefix, fresh.hash).await
    })
    .await?;
    Ok(CreatedKey { id: id.get(), key: fresh.text })
}
