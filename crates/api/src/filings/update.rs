//! PATCH /api/return-filings/{id}

use super::detail::{FilingDetail, load};
use crate::approvals::answer::accepted;
use crate::http::wire::nullable;
use crate::http::{ApiError, Caller, ErrorBody, IfMatch, Json};
use crate::state::AppState;
use ::filings::commands::NewState;
use ::filings::{FilingError, FilingStatus, PatchFiling};
use actix_web::{HttpResponse, patch, web};
use app::guard::forms::FilingForm;
use app::guard::{Command, Done, GuardError, Outcome, submit};
use app::transact;
use kernel::id::ProposalId;
use kernel::{Date, FieldErrors, Id, StoreError};
use serde::Deserialize;
use utoipa::ToSchema;

/// A JSON merge patch: absent leaves, null clears.
#[derive(Debug, Default, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateFilingBody {
    /// Who does it; null takes it off.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<i64>)]
    assignee_id: Option<Option<i64>>,
    /// The firm's own date, not after the legal one; null goes back to the planned one.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = Date)]
    target_due_on: Option<Option<Date>>,
    /// `filed`, `waived`, `not_applicable`, `in_review` or `open`. `overdue` and `breached` follow from the dates: they are
    /// accepted when true and refused with 409 when not.
    status: Option<String>,
    /// With `filed`: the day.
    #[schema(value_type = Option<String>, format = Date)]
    filed_on: Option<Date>,
    /// With `filed`: as printed on the receipt.
    #[schema(max_length = 100)]
    acknowledgement_no: Option<String>,
    /// With `filed`, without a number: why there is none.
    acknowledgement_exception: Option<String>,
    /// With `filed`: nothing to report.
    nil_return: Option<bool>,
    /// With `waived`, `not_applicable` and `open`.
    reason: Option<String>,
    /// Days after the legal due date until it counts as breached.
    #[schema(minimum = 0, maximum = 365)]
    breach_after_days: Option<u16>,
    /// For whoever approves the change, when it has to wait; the reason when there is none.
    #[schema(max_length = 2000)]
    approval_note: Option<String>,
}

impl UpdateFilingBody {
    /// What whoever approves it reads.
    pub fn note(&self) -> Option<String> {
        self.approval_note.clone().or_else(|| self.reason.clone())
    }

    /// The change, or what is wrong with it.
    pub fn into_patch(self) -> Result<PatchFiling, FieldErrors> {
        let reason = self.reason.unwrap_or_default();
        let state = match self.status.as_deref() {
            None => None,
            Some("filed" | "filed_late") => Some(NewState::Filed {
                on: self.filed_on,
                acknowledgement: self.acknowledgement_no,
                exception: self.acknowledgement_exception,
                nil: self.nil_return.unwrap_or(false),
            }),
            Some("waived") => Some(NewState::Waived(reason)),
            Some("not_applicable") => Some(NewState::NotApplicable(reason)),
            Some("in_review") => Some(NewState::InReview),
            Some("open") => Some(NewState::Open(reason)),
            Some("overdue") => Some(NewState::Derived(FilingStatus::Overdue)),
            Some("breached") => Some(NewState::Derived(FilingStatus::Breached)),
            Some(other) => {
                return Err(FieldErrors::one(
                    "status",
                    format!(
                        "\"{other}\" cannot be set; use filed, waived, not_applicable, in_review or open."
                    ),
                ));
            }
        };
        Ok(PatchFiling {
            assignee: self.assignee_id.map(|id| id.map(Id::new)),
            target_due: self.target_due_on,
            breach_after_days: self.breach_after_days,
            state,
        })
    }
}

/// Change one filing: assign, set the internal target, file, waive, mark not applicable, reopen. When the firm wants a
/// second pair of eyes on it, the whole change waits and the answer is 202.
#[utoipa::path(tag = "filings", request_body = UpdateFilingBody,
    params(("id" = i64, Path), ("If-Match" = String, Header, description = "The version you saw")), responses(
    (status = 200, body = FilingDetail), (status = 202, body = crate::approvals::dto::ProposedAnswer), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody),
    (status = 428, body = ErrorBody)))]
#[patch("/return-filings/{id}")]
pub async fn update_filing(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    version: IfMatch,
    body: Json<UpdateFilingBody>,
) -> Result<HttpResponse, ApiError> {
    let (db, actor, id) = (state.db.as_ref(), &caller.actor, Id::new(*id));
    let note = body.0.note();
    let patch = body.0.into_patch()?;
    // A firm that may only read can still record a filing, and nothing else about it.
    if !app::filings::records(&patch) {
        actor.writable()?;
    }
    let command = Command::ChangeFilings { filings: vec![FilingForm::new(id, Some(version.0), patch)] };
    let outcome = submit(db, actor, command, note).await.and_then(only);
    match outcome {
        Ok(Some(proposal)) => accepted(&state, &caller, proposal).await,
        Ok(None) => {
            let saved = transact(db, actor, async |tx| load(tx, actor, id).await).await?;
            Ok(HttpResponse::Ok().json(saved.ok_or(FilingError::NotFound)?))
        }
        Err(GuardError::Filing(FilingError::Store(StoreError::Stale))) => {
            let current = transact(db, actor, async |tx| load(tx, actor, id).await).await?;
            let current = serde_json::to_value(current).unwrap_or_default();
            Err(ApiError::from(StoreError::Stale).with("current", current))
        }
        Err(error) => Err(error.into()),
    }
}

/// The proposal when it waits, nothing when it was done, or why the one filing stayed as it was.
fn only(outcome: Outcome) -> Result<Option<ProposalId>, GuardError> {
    match outcome {
        Outcome::Waits(proposal, _) => Ok(Some(proposal)),
        Outcome::Done(Done::Filings(results)) => {
            for one in results {
                one.result?;
            }
            Ok(None)
        }
        Outcome::Done(_) => Ok(None),
    }
}
