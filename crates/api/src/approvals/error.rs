//! What the guard refuses, over HTTP.

use crate::auth::second_factor::refusal;
use crate::http::ApiError;
use actix_web::http::StatusCode;
use app::guard::GuardError;
use kernel::FieldErrors;
use maker_checker::Refusal;

impl From<GuardError> for ApiError {
    fn from(error: GuardError) -> Self {
        let sentence = error.to_string();
        match error {
            GuardError::Client(error) => error.into(),
            GuardError::Filing(error) => error.into(),
            GuardError::Relaxation(error) => error.into(),
            GuardError::Import(error) => error.into(),
            GuardError::Setting(error) => error.into(),
            GuardError::Team(error) => error.into(),
            GuardError::Role(error) => error.into(),
            GuardError::Key(error) => error.into(),
            GuardError::Factor(error) => refusal(error),
            GuardError::NotFound => ApiError::not_found(),
            GuardError::Denied(denied) => denied.into(),
            GuardError::Invalid(fields) => fields.into(),
            GuardError::NotEntitled(refused) => refused.into(),
            GuardError::Waits { proposal, .. } => {
                ApiError::conflict("approval.pending", sentence).with("proposalId", proposal.get().into())
            }
            GuardError::Refused(refusal) => refused(&refusal, sentence),
            GuardError::Store(error) => error.into(),
        }
    }
}

fn refused(refusal: &Refusal, sentence: String) -> ApiError {
    let forbidden = |code| ApiError::new(StatusCode::FORBIDDEN, code, sentence.clone());
    match refusal {
        Refusal::Over(_) => ApiError::conflict("approval.over", sentence),
        Refusal::OwnWork => forbidden("approval.own_work"),
        Refusal::ForMaker => forbidden("approval.for_maker"),
        Refusal::Twice => forbidden("approval.twice"),
        Refusal::NotNamed => forbidden("approval.not_named"),
        Refusal::NotMaker => forbidden("approval.not_maker"),
        Refusal::NoComment => FieldErrors::one("comment", sentence).into(),
    }
}
