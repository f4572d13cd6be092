//! POST /api/return-filings/bulk

use super::list::FilingListQuery;
use super::update::UpdateFilingBody;
use crate::approvals::answer::waiting;
use crate::approvals::dto::ProposalDetail;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use ::filings::{Filing, FilingError, FilingState};
use actix_web::{HttpResponse, post, web};
use app::filings_bulk::{BulkResult, Targets, Wanted, named_ones};
use app::guard::forms::FilingForm;
use app::guard::{Command, Done, Outcome, submit};
use app::transact;
use kernel::{Date, FieldErrors, Id, StoreError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One change to many filings. Name them in `rows`, or send the `filter` of the list; not both.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BulkBody {
    /// The filings, at most 5,000.
    rows: Option<Vec<BulkRowBody>>,
    /// All filings of this list, at most 5,000; order and page are not looked at.
    filter: Option<FilingListQuery>,
    /// With `filter`: how many filings the caller saw. Nothing is changed when there are not as many now.
    expected: Option<i64>,
    /// What to change, as in a PATCH of one filing.
    change: Option<UpdateFilingBody>,
}

/// One of many.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BulkRowBody {
    /// Which.
    id: i64,
    /// The version the caller saw; the filing stays as it is when it has another one now.
    version: Option<i64>,
    /// What to change in this one, instead of the common change.
    change: Option<UpdateFilingBody>,
}

/// What became of them.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BulkAnswer {
    /// How many are as wanted now.
    done: usize,
    /// How many stayed as they were.
    failed: usize,
    /// One for each filing.
    results: Vec<BulkRowAnswer>,
    /// With 202: those counted as done wait for approval as this proposal.
    proposal: Option<ProposalDetail>,
}

/// What became of one.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BulkRowAnswer {
    /// Which.
    id: i64,
    /// `DNBS01`; none when there is no such filing.
    code: Option<String>,
    /// The client's short name.
    client_name: Option<String>,
    /// `Q2 FY 2026-27`.
    period_label: Option<String>,
    /// The version now, when it was changed.
    version: Option<i64>,
    /// How it was, so that the change can be taken back.
    before: Option<BeforeDto>,
    /// Why it stayed as it was.
    error: Option<String>,
    /// The stable name of the reason.
    error_code: Option<&'static str>,
}

/// A filing before the change.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BeforeDto {
    /// Who did it.
    assignee_id: Option<i64>,
    /// The internal target, when somebody had set it by hand; none when it was the planned one.
    #[schema(value_type = Option<String>, format = Date)]
    target_due_on: Option<Date>,
    /// Whether it was in review.
    in_review: bool,
}

impl BeforeDto {
    fn of(filing: &Filing) -> Self {
        Self {
            assignee_id: filing.assignee.map(Id::get),
            target_due_on: filing.target_due.filter(|_| filing.target_overridden),
            in_review: filing.state == FilingState::InReview,
        }
    }
}

impl BulkRowAnswer {
    fn of(one: BulkResult) -> Self {
        let (row, result) = (one.row, one.result);
        let (version, before, error) = match result {
            Ok((version, before)) => (Some(version), Some(BeforeDto::of(&before)), None),
            Err(error) => (None, None, Some(error)),
        };
        let (code, client_name, period_label) = match row {
            Some(row) => (Some(row.code), Some(row.client_name), Some(row.period_label)),
            None => (None, None, None),
        };
        Self {
            id: one.id.get(),
            code,
            client_name,
            period_label,
            version,
            before,
            error: error.as_ref().map(sentence),
            error_code: error.as_ref().map(code_of),
        }
    }
}

/// The first marked field says more than "check the marked fields".
fn sentence(error: &FilingError) -> String {
    match error {
        FilingError::Invalid(fields) => fields.first().map_or_else(|| error.to_string(), str::to_owned),
        FilingError::Store(StoreError::Stale) => "Somebody changed it meanwhile. Look at it again.".into(),
        other => other.to_string(),
    }
}

fn code_of(error: &FilingError) -> &'static str {
    match error {
        FilingError::NotFound => "not_found",
        FilingError::Denied(_) => "permission.denied",
        FilingError::Invalid(_) => "invalid",
        FilingError::State(_) => "filing.closed",
        FilingError::Derived(_) => "filing.status_derived",
        FilingError::NotEntitled(_) => "plan.limit",
        FilingError::Store(_) => "version.stale",
    }
}

impl BulkBody {
    fn targets(self, me: kernel::id::UserId, today: Date) -> Result<Targets, ApiError> {
        let common = self.change.map(UpdateFilingBody::into_patch).transpose()?;
        let missing = || FieldErrors::one("change", "Say what to change.");
        match (self.rows, self.filter) {
            (Some(rows), None) => {
                let wanted = rows
                    .into_iter()
                    .map(|row| {
                        let own = row.change.map(UpdateFilingBody::into_patch).transpose()?;
                        let patch = own.or_else(|| common.clone()).ok_or_else(missing)?;
                        Ok(Wanted { id: Id::new(row.id), expected: row.version, patch })
                    })
                    .collect::<Result<_, FieldErrors>>()?;
                Ok(Targets::Named(wanted))
            }
            (None, Some(filter)) => Ok(Targets::Filter {
                filter: Box::new(filter.filter(me, today)?),
                expected: self.expected,
                patch: common.ok_or_else(missing)?,
            }),
            _ => Err(FieldErrors::one("rows", "Send either rows or a filter.").into()),
        }
    }
}

/// Change many filings at once by the rules of the single change. Those that can be changed are, in one transaction; the
/// others stay as they are and say why. A missing permission refuses all. When the firm wants a second pair of eyes on it,
/// those that could be changed wait together as one proposal, and the answer is 202.
#[utoipa::path(tag = "filings", request_body = BulkBody, responses(
    (status = 200, body = BulkAnswer), (status = 202, body = BulkAnswer), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/return-filings/bulk")]
pub async fn change_filings(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<BulkBody>,
) -> Result<HttpResponse, ApiError> {
    let (db, actor) = (state.db.as_ref(), &caller.actor);
    let note = body.0.change.as_ref().and_then(UpdateFilingBody::note);
    let targets = body.0.targets(caller.user, actor.today())?;
    let wanted = transact(db, actor, async |tx| named_ones(tx, actor, targets).await).await?;
    let filings = wanted.into_iter().map(|one| FilingForm::new(one.id, one.expected, one.patch)).collect();
    let (results, proposal) = match submit(db, actor, Command::ChangeFilings { filings }, note).await? {
        Outcome::Done(Done::Filings(results)) => (results, None),
        Outcome::Waits(proposal, Done::Filings(results)) => (results, Some(proposal)),
        Outcome::Done(_) | Outcome::Waits(..) => (Vec::new(), None),
    };
    let results: Vec<BulkRowAnswer> = results.into_iter().map(BulkRowAnswer::of).collect();
    let failed = results.iter().filter(|row| row.error.is_some()).count();
    let done = results.len() - failed;
    Ok(match proposal {
        None => HttpResponse::Ok().json(BulkAnswer { done, failed, results, proposal: None }),
        Some(id) => {
            let proposal = Some(waiting(&state, &caller, id).await?.proposal);
            HttpResponse::Accepted().json(BulkAnswer { done, failed, results, proposal })
        }
    })
}
