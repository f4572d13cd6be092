//! GET /api/health/live and GET /api/health/ready

use crate::http::{ApiError, ErrorBody};
use crate::state::AppState;
use actix_web::http::StatusCode;
use actix_web::{get, web};
use serde::Serialize;
use std::sync::atomic::Ordering;
use utoipa::ToSchema;

/// How it is.
#[derive(Serialize, ToSchema)]
pub struct Health {
    status: &'static str,
    version: &'static str,
}

const OK: Health = Health { status: "ok", version: env!("CARGO_PKG_VERSION") };

/// The process answers.
#[utoipa::path(tag = "system", responses((status = 200, body = Health)))]
#[get("/health/live")]
pub async fn live() -> web::Json<Health> {
    web::Json(OK)
}

/// The process can work: migrations are done and the database answers.
#[utoipa::path(tag = "system", responses((status = 200, body = Health), (status = 503, body = ErrorBody)))]
#[get("/health/ready")]
pub async fn ready(state: web::Data<AppState>) -> Result<web::Json<Health>, ApiError> {
    if !state.ready.load(Ordering::Acquire) {
        return Err(ApiError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "starting",
            "Starting; the database is being prepared.",
        ));
    }
    state.db.ping().await?;
    Ok(web::Json(OK))
}
