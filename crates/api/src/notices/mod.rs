//! Notices to the caller, and the escalation ladder that most of them come from.

pub mod dto;
pub mod ladder;
pub mod list;
pub mod read;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints of this folder.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list::list_notices).service(read::read_notices).service(ladder::get_ladder);
}
