//! Events over all clients: the register, one event for several clients, taken back.

mod dto;
pub mod list;
pub mod record;
pub mod take_back;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints of this folder.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::awaited_events)
        .service(list::recorded_events)
        .service(record::record_events)
        .service(take_back::take_back_events);
}
