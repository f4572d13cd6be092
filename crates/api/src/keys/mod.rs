//! Keys with which programs use the API.

pub mod create;
pub mod list;
pub mod revoke;

use crate::http::ApiError;
use identity::keys::KeyError;
use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints of this folder.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list_api_keys)
        .service(create::create_api_key)
        .service(create::collect_api_key)
        .service(revoke::revoke_api_key);
}

impl From<KeyError> for ApiError {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Invalid(fields) => fields.into(),
            KeyError::NotFound => Self::not_found(),
            KeyError::NotEntitled(error) => error.into(),
            KeyError::Denied(error) => error.into(),
            KeyError::Store(error) => error.into(),
        }
    }
}
