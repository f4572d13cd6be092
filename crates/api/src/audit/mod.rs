//! The audit trail: the journal searched and taken out, its seal, and the proof that it was not edited.

pub mod actions;
pub mod bundle;
pub mod checkpoint;
pub mod dto;
pub mod export;
pub mod get;
pub mod list;
mod now;
pub mod query;
pub mod refusals;
pub mod seal;
pub mod strangers;
pub mod verify;
mod zip;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints of this folder. Words come before the id.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list_journal)
        .service(actions::journal_actions)
        .service(export::export_journal)
        .service(bundle::export_proof)
        .service(seal::journal_seal)
        .service(checkpoint::journal_checkpoint)
        .service(verify::verify_journal)
        .service(get::get_journal_entry);
}
