//! What the firm's licence or plan lets it do, and how it gets another.

pub mod activate;
pub mod bundle;
pub mod check;
pub mod claims;
pub mod dto;
pub mod held;
pub mod overview;
pub mod plans;
pub mod regulators;

use crate::http::ApiError;
use actix_web::http::StatusCode;
use app::licence::{DeskError, LicenceError};
use kernel::FieldErrors;
use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints of this folder.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(claims::get_claims)
        .service(overview::get_licence)
        .service(activate::activate_licence)
        .service(bundle::open_licence_file)
        .service(check::check_licence)
        .service(regulators::choose_regulators)
        .service(held::list_held)
        .service(held::choose_held);
}

/// On which field a refusal belongs.
fn refused(field: &'static str) -> impl Fn(LicenceError) -> ApiError {
    move |error| {
        let sentence = error.to_string();
        match error {
            LicenceError::Denied(denied) => denied.into(),
            LicenceError::Store(error) => error.into(),
            LicenceError::Desk(error @ (DeskError::NoEndpoint | DeskError::NoPublicKey)) => {
                ApiError::conflict("license.not_configured", error.to_string())
            }
            LicenceError::Desk(DeskError::Unreachable(_)) => {
                ApiError::new(StatusCode::BAD_GATEWAY, "license.unreachable", sentence)
            }
            LicenceError::Desk(DeskError::Unbelieved(_)) if field == "key" => {
                ApiError::new(StatusCode::BAD_GATEWAY, "license.not_believed", sentence)
            }
            _ => FieldErrors::one(field, sentence).into(),
        }
    }
}
