//! Saved views of the filings and the clients list.

pub mod change;
pub mod create;
pub mod default;
pub mod dto;
pub mod list;
pub mod remove;

use crate::http::ApiError;
use app::views::ViewError;
use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints of this folder.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list_views)
        .service(create::create_view)
        .service(default::set_default_view)
        .service(change::change_view)
        .service(remove::remove_view);
}

impl From<ViewError> for ApiError {
    fn from(error: ViewError) -> Self {
        match error {
            ViewError::NotFound => ApiError::not_found(),
            ViewError::Denied(denied) => denied.into(),
            ViewError::Invalid(fields) => fields.into(),
            ViewError::Store(error) => error.into(),
        }
    }
}
