//! PUT and preview of /api/rulebook/returns/{code} and /api/rulebook/settings: what the firm decides beside the law.

use super::setting_dto::{EffectDto, ReturnSettingBody, ReturnSettingDto};
use crate::approvals::answer::accepted;
use crate::approvals::dto::{ProposalDto, ProposedAnswer};
use crate::http::{ApiError, Caller, ErrorBody, IfMatch, Json};
use crate::state::AppState;
use actix_web::{HttpResponse, get, post, put, web};
use app::guard::{Command, Done, GuardError, Outcome, submit, views};
use app::settings::{self as cases, SetFirm, SettingError};
use app::transact;
use kernel::{PageRequest, Permission};
use maker_checker::{Action, Inbox};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

impl From<SettingError> for ApiError {
    fn from(error: SettingError) -> Self {
        match error {
            SettingError::NotFound => ApiError::not_found(),
            SettingError::Denied(denied) => denied.into(),
            SettingError::Invalid(fields) => fields.into(),
            SettingError::Store(error) => error.into(),
        }
    }
}

/// Decide about a return: whether it is planned, the firm's own target and checklist items, when late is breached.
/// Filings follow in the background; closed ones stay. Waits with 202 when the firm wants a second pair of eyes on it.
#[utoipa::path(tag = "rulebook", request_body = ReturnSettingBody,
    params(("code" = String, Path), ("If-Match" = String, Header, description = "The version you saw; 0 while nothing was decided")),
    responses((status = 200, body = ReturnSettingDto), (status = 202, body = ProposedAnswer), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody),
    (status = 428, body = ErrorBody)))]
#[put("/rulebook/returns/{code}")]
pub async fn set_return(
    state: web::Data<AppState>,
    caller: Caller,
    code: web::Path<String>,
    version: IfMatch,
    body: Json<ReturnSettingBody>,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::RulebookSettings)?;
    let setting = Box::new(body.0.into_command(code.into_inner(), version.0));
    let reason = Some(setting.reason.clone());
    match submit(state.db.as_ref(), &caller.actor, Command::SetReturn { setting }, reason).await? {
        Outcome::Waits(proposal, _) => accepted(&state, &caller, proposal).await,
        Outcome::Done(done) => {
            let _ = state.wake.send(());
            let Done::Return(set) = done else { return Err(SettingError::NotFound.into()) };
            Ok(HttpResponse::Ok().json(ReturnSettingDto::from(*set)))
        }
    }
}

/// What a decision about a return would do to filings. Nothing is stored; the reason may be left out.
#[utoipa::path(tag = "rulebook", request_body = ReturnSettingBody, params(("code" = String, Path)), responses(
    (status = 200, body = EffectDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/rulebook/returns/{code}/preview")]
pub async fn preview_return(
    state: web::Data<AppState>,
    caller: Caller,
    code: web::Path<String>,
    body: Json<ReturnSettingBody>,
) -> Result<web::Json<EffectDto>, ApiError> {
    let actor = &caller.actor;
    let cmd = body.0.into_command(code.into_inner(), 0);
    let effect =
        transact(state.db.as_ref(), actor, async |tx| cases::preview_return(tx, actor, cmd).await).await?;
    Ok(web::Json(effect.into()))
}

/// The firm's default.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FirmSettingBody {
    /// Days after the legal due date until a return counts as breached, unless the return or the rule says otherwise.
    #[schema(minimum = 0, maximum = 365)]
    breach_after_days: u16,
    /// For whoever approves the change, when it has to wait.
    #[schema(max_length = 2000)]
    approval_note: Option<String>,
}

/// The firm's default, with its version.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FirmSettingDto {
    /// Days after the legal due date until a return counts as breached.
    breach_after_days: u16,
    /// For If-Match.
    version: i64,
    /// Changes of the firm's rules that wait for approval, at most 200; none for those who may not see approvals.
    waiting: Vec<ProposalDto>,
}

/// The firm's default about breaches.
#[utoipa::path(tag = "rulebook", responses((status = 200, body = FirmSettingDto), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody)))]
#[get("/rulebook/settings")]
pub async fn get_firm(
    state: web::Data<AppState>,
    caller: Caller,
) -> Result<web::Json<FirmSettingDto>, ApiError> {
    caller.require(Permission::RulebookView)?;
    let actor = &caller.actor;
    let (firm, waiting) = transact(state.db.as_ref(), actor, async |tx| {
        let firm = tx.firm().await?;
        if caller.require(Permission::ApprovalsView).is_err() {
            return Ok((firm, Vec::new()));
        }
        let page = PageRequest { page: 1, per_page: PageRequest::MAX };
        let (waiting, _) = views::list(tx, actor, Inbox::All, false, page).await?;
        Ok::<_, GuardError>((firm, waiting.items))
    })
    .await?;
    let waiting = waiting.into_iter().filter(|row| row.action == Action::Rules).map(Into::into).collect();
    let (breach_after_days, version) = (firm.breach_after_days, firm.rules_version);
    Ok(web::Json(FirmSettingDto { breach_after_days, version, waiting }))
}

/// Decide when late counts as breached in this firm; 7 days until somebody does. Clients are planned anew in the
/// background. Waits with 202 when the firm wants a second pair of eyes on it.
#[utoipa::path(tag = "rulebook", request_body = FirmSettingBody,
    params(("If-Match" = String, Header, description = "The version you saw")), responses(
    (status = 200, body = FirmSettingDto), (status = 202, body = ProposedAnswer), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody), (status = 428, body = ErrorBody)))]
#[put("/rulebook/settings")]
pub async fn set_firm(
    state: web::Data<AppState>,
    caller: Caller,
    version: IfMatch,
    body: Json<FirmSettingBody>,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::RulebookSettings)?;
    let FirmSettingBody { breach_after_days, approval_note } = body.0;
    let setting = SetFirm { breach_after_days, expected: version.0 };
    match submit(state.db.as_ref(), &caller.actor, Command::SetFirm { setting }, approval_note).await? {
        Outcome::Waits(proposal, _) => accepted(&state, &caller, proposal).await,
        Outcome::Done(_) => {
            let _ = state.wake.send(());
            let version = version.0 + 1;
            Ok(HttpResponse::Ok().json(FirmSettingDto { breach_after_days, version, waiting: Vec::new() }))
        }
    }
}

/// How many filings another default would make breached, or not breached any more. Nothing is stored.
#[utoipa::path(tag = "rulebook", request_body = FirmSettingBody, responses(
    (status = 200, body = EffectDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[post("/rulebook/settings/preview")]
pub async fn preview_firm(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<FirmSettingBody>,
) -> Result<web::Json<EffectDto>, ApiError> {
    let (actor, days) = (&caller.actor, body.0.breach_after_days);
    let effect =
        transact(state.db.as_ref(), actor, async |tx| cases::preview_firm(tx, actor, days).await).await?;
    Ok(web::Json(effect.into()))
}
