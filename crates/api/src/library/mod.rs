//! The rule library: what returns there are, one evaluation, the vocabularies of the screens.

pub mod evaluate;
pub mod holidays;
pub mod reference;
pub mod returns;
pub mod rule;
pub mod rule_clients;
pub mod rule_parts;
pub mod settings;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints of this folder.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(returns::list_returns)
        .service(rule::get_return)
        .service(rule_clients::list_return_clients)
        .service(settings::set_return)
        .service(settings::set_firm)
        .service(evaluate::evaluate_return)
        .service(holidays::list_holidays)
        .service(reference::get_reference);
}
