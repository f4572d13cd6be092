//! Calendar links: made, listed and ended by their owner; read by calendar programs that carry nothing but the link.

pub mod create;
pub mod dto;
pub mod fetch;
pub mod link;
pub mod list;
pub mod renew;
pub mod revoke;

use crate::http::ApiError;
use actix_web::http::StatusCode;
use app::feeds::FeedError;
use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints of this folder.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list_feeds)
        .service(create::create_feed)
        .service(renew::renew_feed)
        .service(revoke::revoke_feed)
        .service(fetch::fetch_feed);
}

impl From<FeedError> for ApiError {
    fn from(error: FeedError) -> Self {
        match error {
            FeedError::NotFound => ApiError::not_found(),
            FeedError::Gone => ApiError::new(StatusCode::GONE, "feed.gone", error.to_string()),
            FeedError::Denied(denied) => denied.into(),
            FeedError::Invalid(fields) => fields.into(),
            FeedError::Store(error) => error.into(),
        }
    }
}
