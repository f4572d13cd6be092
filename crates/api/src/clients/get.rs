//! GET /api/clients/{id}

use super::dto::ClientDto;
use super::load::load;
use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::{get, web};
use app::transact;
use kernel::{Id, Permission};

/// One client with all that hangs on it.
#[utoipa::path(tag = "clients", params(("id" = i64, Path)), responses(
    (status = 200, body = ClientDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody)))]
#[get("/clients/{id}")]
pub async fn get_client(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
) -> Result<web::Json<ClientDto>, ApiError> {
    caller.require(Permission::ClientsView)?;
    let found =
        transact(state.db.as_ref(), &caller.actor, async |tx| load(tx, &caller.actor, Id::new(*id)).await)
            .await?;
    found.map(web::Json).ok_or_else(ApiError::not_found)
}
