//! Clients: list, record, and what hangs on it.

pub mod contacts;
pub mod create;
pub mod dto;
pub mod events;
pub mod export;
pub mod fact_dto;
pub mod facts;
pub mod get;
pub mod list;
pub mod load;
pub mod registration_preview;
pub mod registrations;
pub mod timeline;
pub mod update;

use crate::http::ApiError;
use app::clients::ClientError;
use serde_json::json;
use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints of this folder. Fixed paths before `{id}`.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(export::export_clients)
        .service(list::list_clients)
        .service(create::create_client)
        .service(get::get_client)
        .service(update::update_client)
        .service(timeline::client_timeline)
        .service(facts::change_facts)
        .service(events::record_event)
        .service(events::withdraw_event)
        .service(registration_preview::preview_registration)
        .service(registrations::add_registration)
        .service(registrations::change_registration)
        .service(registrations::remove_registration)
        .service(contacts::add_contact)
        .service(contacts::change_contact)
        .service(contacts::remove_contact);
}

impl From<ClientError> for ApiError {
    fn from(error: ClientError) -> Self {
        let sentence = error.to_string();
        match error {
            ClientError::NotFound => ApiError::not_found(),
            ClientError::Denied(denied) => denied.into(),
            ClientError::Invalid(fields) => fields.into(),
            ClientError::NotEntitled(refused) => refused.into(),
            ClientError::Duplicate(found) => {
                let list: Vec<_> = found
                    .iter()
                    .map(|d| json!({ "id": d.id.get(), "clientName": d.client_name, "matchedOn": d.matched_on }))
                    .collect();
                ApiError::conflict("client.duplicate", sentence).with("duplicates", list.into())
            }
            ClientError::Store(error) => error.into(),
        }
    }
}
