//! Relaxations: preview a regulator's circular, carry it out on many due dates, take it back.

pub mod apply;
pub mod body;
pub mod dto;
pub mod get;
pub mod list;
pub mod preview;
pub mod undo;

use crate::http::ApiError;
use actix_web::http::StatusCode;
use app::relaxations::RelaxationError;
use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints of this folder. Fixed paths before `{id}`.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(preview::preview_relaxation)
        .service(list::list_relaxations)
        .service(apply::apply_relaxation)
        .service(get::get_relaxation)
        .service(undo::undo_relaxation);
}

impl From<RelaxationError> for ApiError {
    fn from(error: RelaxationError) -> Self {
        let sentence = error.to_string();
        match error {
            RelaxationError::NotFound => ApiError::not_found(),
            RelaxationError::Denied(denied) => denied.into(),
            RelaxationError::Invalid(fields) => fields.into(),
            RelaxationError::Nothing => ApiError::conflict("relaxation.nothing", sentence),
            RelaxationError::TooMany => {
                ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "relaxation.too_many", sentence)
            }
            RelaxationError::Undone => ApiError::conflict("relaxation.undone", sentence),
            RelaxationError::Store(error) => error.into(),
        }
    }
}
