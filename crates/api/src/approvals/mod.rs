//! Approvals: what waits for a second pair of eyes, decisions, who approves what, and who stands in for whom.

pub mod answer;
pub mod approve_many;
pub mod decide;
pub mod delegations;
pub mod dto;
pub mod error;
pub mod get;
pub mod list;
pub mod policies;
pub mod resubmit;
pub mod withdraw;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints of this folder. Fixed paths before `{id}`.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(policies::list_policies)
        .service(policies::save_policy)
        .service(delegations::list_delegations)
        .service(delegations::add_delegation)
        .service(delegations::end_delegation)
        .service(approve_many::approve_many)
        .service(list::list_approvals)
        .service(get::get_approval)
        .service(decide::approve_proposal)
        .service(decide::reject_proposal)
        .service(decide::return_proposal)
        .service(withdraw::withdraw_proposal)
        .service(resubmit::resubmit_proposal);
}
