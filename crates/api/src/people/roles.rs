//! GET and POST /api/roles, PATCH and DELETE /api/roles/{id}

use super::guarded;
use crate::approvals::answer::accepted;
use crate::approvals::dto::ProposedAnswer;
use crate::http::{ApiError, Caller, ErrorBody, IfMatch, Json};
use crate::state::AppState;
use actix_web::{HttpResponse, delete, get, patch, post, web};
use app::guard::{Command, Done, Outcome, submit};
use app::transact;
use identity::roles::{RoleError, remove_role};
use kernel::{FieldErrors, Id, Permission, PermissionSet, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints of this file.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_roles).service(create_role).service(update_role).service(delete_role);
}

/// One thing that a role may allow.
#[derive(Serialize, ToSchema)]
pub struct PermissionDto {
    /// `area.verb`.
    name: &'static str,
    /// What it lets somebody do.
    title: &'static str,
}

/// A role and what it allows.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoleDto {
    /// Of a role that the firm made; null for the fixed ones.
    id: Option<i64>,
    /// Name of a fixed role as the API writes it, or `custom`.
    role: &'static str,
    /// What the firm calls it.
    name: Option<String>,
    /// What it allows.
    permissions: Vec<&'static str>,
    /// For `If-Match`; 0 for the fixed ones.
    version: i64,
    /// People and open invitations that have it; null for the fixed ones.
    in_use: Option<i64>,
}

/// All roles and all permissions.
#[derive(Serialize, ToSchema)]
pub struct RoleList {
    /// The fixed ones, then the firm's own by name.
    items: Vec<RoleDto>,
    /// In the order of the matrix.
    permissions: Vec<PermissionDto>,
}

/// The roles, and what a role can allow.
#[utoipa::path(tag = "people", responses(
    (status = 200, body = RoleList), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
#[get("/roles")]
pub async fn list_roles(state: web::Data<AppState>, caller: Caller) -> Result<web::Json<RoleList>, ApiError> {
    caller.require(Permission::UsersView)?;
    let own = transact(state.db.as_ref(), &caller.actor, async |tx| tx.custom_roles().await).await?;
    let fixed = Role::FIXED.iter().map(|role| RoleDto {
        id: None,
        role: role.as_str(),
        name: None,
        permissions: role.permissions().names(),
        version: 0,
        in_use: None,
    });
    let own = own.into_iter().map(|role| RoleDto {
        id: Some(role.id.get()),
        role: Role::Custom.as_str(),
        name: Some(role.name),
        permissions: role.permissions.names(),
        version: role.version,
        in_use: Some(role.in_use),
    });
    let all = Permission::ALL.iter();
    Ok(web::Json(RoleList {
        items: fixed.chain(own).collect(),
        permissions: all.map(|p| PermissionDto { name: p.as_str(), title: p.sentence() }).collect(),
    }))
}

/// A role of the firm.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoleBody {
    /// What it is called.
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    /// Names of permissions.
    permissions: Vec<String>,
    /// For whoever approves the change, when it has to wait.
    #[schema(max_length = 2000)]
    approval_note: Option<String>,
}

impl RoleBody {
    /// Name and names of permissions, all of which there are.
    fn parts(self) -> Result<(String, Vec<String>), ApiError> {
        let names = permissions(&self.permissions)?.names();
        Ok((self.name, names.into_iter().map(str::to_owned).collect()))
    }
}

/// The set, or which name is not one.
pub(crate) fn permissions(names: &[String]) -> Result<PermissionSet, ApiError> {
    let known = |name: &String| {
        Permission::parse(name).ok_or_else(|| {
            ApiError::from(FieldErrors::one("permissions", format!("\"{name}\" is not a permission.")))
        })
    };
    names.iter().map(known).collect()
}

/// Make a role. Waits with 202 when the firm wants a second pair of eyes on it.
#[utoipa::path(tag = "people", request_body = RoleBody, responses(
    (status = 201, body = RoleDto), (status = 202, body = ProposedAnswer), (status = 401, body = ErrorBody),
    (status = 402, body = ErrorBody), (status = 403, body = ErrorBody), (status = 409, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[post("/roles")]
pub async fn create_role(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<RoleBody>,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::RolesManage)?;
    let mut body = body.0;
    let note = body.approval_note.take();
    let (name, names) = body.parts()?;
    let allowed = permissions(&names)?.names();
    let command = Command::CreateRole { name: name.clone(), permissions: names };
    let id = match submit(state.db.as_ref(), &caller.actor, command, note).await? {
        Outcome::Waits(proposal, _) => return accepted(&state, &caller, proposal).await,
        Outcome::Done(Done::Role(id)) => id,
        Outcome::Done(_) => return Err(ApiError::not_found()),
    };
    let made = RoleDto {
        id: Some(id.get()),
        role: Role::Custom.as_str(),
        name: Some(name),
        permissions: allowed,
        version: 1,
        in_use: Some(0),
    };
    Ok(HttpResponse::Created().insert_header(("location", format!("/api/roles/{id}"))).json(made))
}

/// Change a role that the firm made. Waits with 202 when the firm wants a second pair of eyes on it.
#[utoipa::path(tag = "people", params(("id" = i64, Path), ("If-Match" = String, Header)), request_body = RoleBody, responses(
    (status = 204), (status = 202, body = ProposedAnswer), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[patch("/roles/{id}")]
pub async fn update_role(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    version: IfMatch,
    body: Json<RoleBody>,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::RolesManage)?;
    let mut body = body.0;
    let note = body.approval_note.take();
    let (name, permissions) = body.parts()?;
    let command = Command::ChangeRole { role: *id, version: version.0, name, permissions };
    guarded(&state, &caller, command, note).await
}

/// Delete a role that nobody has.
#[utoipa::path(tag = "people", params(("id" = i64, Path)), responses(
    (status = 204), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody)))]
#[delete("/roles/{id}")]
pub async fn delete_role(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
) -> Result<HttpResponse, ApiError> {
    let actor = &caller.actor;
    transact(state.db.as_ref(), actor, async |tx| remove_role(tx, actor, Id::new(*id)).await).await?;
    Ok(HttpResponse::NoContent().finish())
}

impl From<RoleError> for ApiError {
    fn from(error: RoleError) -> Self {
        let text = error.to_string();
        match error {
            RoleError::Invalid(fields) => fields.into(),
            RoleError::NotFound => Self::not_found(),
            RoleError::InUse(_) => Self::conflict("roles.in_use", text),
            RoleError::NotEntitled(error) => error.into(),
            RoleError::Denied(error) => error.into(),
            RoleError::Store(error) => error.into(),
        }
    }
}
