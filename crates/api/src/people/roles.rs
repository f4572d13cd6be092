//! GET and POST /api/roles, PATCH and DELETE /api/roles/{id}

use crate::http::{ApiError, Caller, ErrorBody, IfMatch, Json};
use crate::state::AppState;
use actix_web::{HttpResponse, delete, get, patch, post, web};
use app::transact;
use identity::roles::{ChangeRole, NewRole, RoleError, add_role, change_role, remove_role};
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
#[serde(deny_unknown_fields)]
pub struct RoleBody {
    /// What it is called.
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    /// Names of permissions.
    permissions: Vec<String>,
}

impl RoleBody {
    fn role(self) -> Result<NewRole, ApiError> {
        Ok(NewRole { name: self.name, permissions: permissions(&self.permissions)? })
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

/// Make a role.
#[utoipa::path(tag = "people", request_body = RoleBody, responses(
    (status = 201, body = RoleDto), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/roles")]
pub async fn create_role(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<RoleBody>,
) -> Result<HttpResponse, ApiError> {
    let new = body.0.role()?;
    let actor = &caller.actor;
    let id = transact(state.db.as_ref(), actor, async |tx| add_role(tx, actor, &new).await).await?;
    let made = RoleDto {
        id: Some(id.get()),
        role: Role::Custom.as_str(),
        name: Some(new.name),
        permissions: new.permissions.names(),
        version: 1,
        in_use: Some(0),
    };
    Ok(HttpResponse::Created().insert_header(("location", format!("/api/roles/{id}"))).json(made))
}

/// Change a role that the firm made.
#[utoipa::path(tag = "people", params(("id" = i64, Path), ("If-Match" = String, Header)), request_body = RoleBody, responses(
    (status = 204), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[patch("/roles/{id}")]
pub async fn update_role(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    version: IfMatch,
    body: Json<RoleBody>,
) -> Result<HttpResponse, ApiError> {
    let cmd = ChangeRole { id: Id::new(*id), version: version.0, role: body.0.role()? };
    let actor = &caller.actor;
    transact(state.db.as_ref(), actor, async |tx| change_role(tx, actor, &cmd).await).await?;
    Ok(HttpResponse::NoContent().finish())
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
