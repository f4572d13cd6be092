//! GET /api/clients/{id}

use super::dto::ClientDto;
use super::load::show;
use crate::http::{ApiError, ErrorBody, Ticket};
use crate::state::AppState;
use actix_web::{get, web};
use kernel::{Id, Permission};

/// One client with all that hangs on it.
#[utoipa::path(tag = "clients", params(("id" = i64, Path)), responses(
    (status = 200, body = ClientDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody)))]
#[get("/clients/{id}")]
pub async fn get_client(
    state: web::Data<AppState>,
    ticket: Ticket,
    id: web::Path<i64>,
) -> Result<web::Json<ClientDto>, ApiError> {
    let today = ticket.today();
    let read = state.db.read_client(&ticket.pass, Id::new(*id), today).await?;
    let (who, found) = read.ok_or_else(ApiError::signed_out)?;
    ticket.admit(&state, who).await?.require(Permission::ClientsView)?;
    found.map(|file| web::Json(show(file, today))).ok_or_else(ApiError::not_found)
}
