//! GET /api/users: the people work can be given to.

use super::dto::UserRef;
use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::{get, web};
use app::transact;
use kernel::Permission;
use serde::Serialize;
use utoipa::ToSchema;

/// The people of the firm.
#[derive(Serialize, ToSchema)]
pub struct UserList {
    items: Vec<UserRef>,
}

/// The people of the firm, by name.
#[utoipa::path(tag = "auth", responses(
    (status = 200, body = UserList), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
#[get("/users")]
pub async fn list_users(state: web::Data<AppState>, caller: Caller) -> Result<web::Json<UserList>, ApiError> {
    caller.require(Permission::UsersView)?;
    let users = transact(state.db.as_ref(), &caller.actor, async |tx| tx.users().await).await?;
    Ok(web::Json(UserList { items: users.iter().map(UserRef::from).collect() }))
}
