//! Filings: list, detail, patch, checklist, comments.

pub mod bulk;
pub mod checklist;
pub mod clock;
pub mod comments;
pub mod detail;
pub mod dto;
pub mod export;
pub mod get;
pub mod late;
pub mod list;
pub mod portal_form;
pub mod portal_log;
pub mod update;

use crate::http::ApiError;
use ::filings::FilingError;
use ::filings::checklist::ChecklistError;
use ::filings::comment::CommentError;
use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints of this folder. Fixed paths before `{id}`.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(export::export_filings)
        .service(bulk::change_filings)
        .service(list::list_filings)
        .service(get::get_filing)
        .service(update::update_filing)
        .service(comments::comment_filing)
        .service(clock::hand_over_filing)
        .service(clock::get_client_clock)
        .service(portal_log::log_portal_problem)
        .service(portal_log::strike_portal_problem)
        .service(portal_log::portal_problem_screenshot)
        .service(checklist::add_checklist_item)
        .service(checklist::tick_checklist_item);
}

impl From<FilingError> for ApiError {
    fn from(error: FilingError) -> Self {
        let sentence = error.to_string();
        match error {
            FilingError::NotFound => ApiError::not_found(),
            FilingError::Denied(denied) => denied.into(),
            FilingError::Invalid(fields) => fields.into(),
            FilingError::State(_) => ApiError::conflict("filing.closed", sentence),
            FilingError::Derived(_) => ApiError::conflict("filing.status_derived", sentence),
            FilingError::NotEntitled(refused) => refused.into(),
            FilingError::Store(error) => error.into(),
        }
    }
}

impl From<CommentError> for ApiError {
    fn from(error: CommentError) -> Self {
        match error {
            CommentError::NotFound => ApiError::not_found(),
            CommentError::Denied(denied) => denied.into(),
            CommentError::Invalid(fields) => fields.into(),
            CommentError::NotEntitled(refused) => refused.into(),
            CommentError::Store(error) => error.into(),
        }
    }
}

impl From<ChecklistError> for ApiError {
    fn from(error: ChecklistError) -> Self {
        match error {
            ChecklistError::NotFound => ApiError::not_found(),
            ChecklistError::Denied(denied) => denied.into(),
            ChecklistError::Invalid(fields) => fields.into(),
            ChecklistError::NotEntitled(refused) => refused.into(),
            ChecklistError::Store(error) => error.into(),
        }
    }
}
