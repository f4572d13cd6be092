//! The rule library: what returns there are, one evaluation, the vocabularies of the screens.

pub mod evaluate;
pub mod holidays;
pub mod internal;
pub mod internal_dto;
pub mod reference;
pub mod returns;
pub mod rule;
pub mod rule_clients;
pub mod rule_parts;
pub mod setting_dto;
pub mod settings;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints of this folder.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(returns::list_returns)
        .service(rule::get_return)
        .service(rule_clients::list_return_clients)
        .service(settings::set_return)
        .service(settings::preview_return)
        .service(settings::get_firm)
        .service(settings::set_firm)
        .service(settings::preview_firm)
        .service(internal::list_internal_returns)
        .service(internal::write_internal_return)
        .service(internal::preview_internal_return)
        .service(internal::get_internal_return)
        .service(internal::change_internal_return)
        .service(internal::retire_internal_return)
        .service(internal::preview_retiring)
        .service(evaluate::evaluate_return)
        .service(holidays::list_holidays)
        .service(reference::get_reference);
}
