//! What the firm's licence or plan lets it do.

pub mod claims;
pub mod dto;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints of this folder.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(claims::get_claims);
}
