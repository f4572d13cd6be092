//! /api/rulebook/internal-returns: the obligations that a firm gives itself, beside the law.

use super::internal_dto::{InternalBody, InternalReturnDto};
use super::setting_dto::EffectDto;
use crate::approvals::answer::accepted;
use crate::approvals::dto::ProposedAnswer;
use crate::http::{ApiError, Caller, ErrorBody, IfMatch, Json};
use crate::state::AppState;
use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, HttpResponseBuilder, get, post, put, web};
use app::firm_rules::{FirmRules, RetireInternal, preview_internal as preview, preview_retiring as retiring};
use app::guard::{Command, Outcome, submit};
use app::settings::SettingError;
use app::{Tx, transact};
use kernel::{Actor, Date, FieldErrors, Permission, StoreError};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::ToSchema;

/// All internal returns of the firm.
#[derive(Serialize, ToSchema)]
pub struct InternalReturnList {
    items: Vec<InternalReturnDto>,
}

async fn load(tx: &mut dyn Tx, actor: &Actor) -> Result<Vec<InternalReturnDto>, StoreError> {
    let all = tx.internal_returns().await?;
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let firm = FirmRules::load(tx).await?;
    let reach: HashMap<String, (i64, i64)> =
        tx.rule_use().await?.into_iter().map(|r| (r.code, (r.clients, r.open))).collect();
    let of = |code: &str| reach.get(code).copied().unwrap_or_default();
    Ok(all.iter().filter_map(|own| InternalReturnDto::of(own, &firm, of(&own.code), actor.today())).collect())
}

async fn load_one(tx: &mut dyn Tx, actor: &Actor, code: &str) -> Result<InternalReturnDto, SettingError> {
    let mut all = load(tx, actor).await?;
    let at = all.iter().position(|own| own.code() == code).ok_or(SettingError::NotFound)?;
    Ok(all.swap_remove(at))
}

/// The firm's internal returns, retired ones too, by code. At most 200.
#[utoipa::path(tag = "rulebook", responses((status = 200, body = InternalReturnList), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody)))]
#[get("/rulebook/internal-returns")]
pub async fn list_internal_returns(
    state: web::Data<AppState>,
    caller: Caller,
) -> Result<web::Json<InternalReturnList>, ApiError> {
    caller.require(Permission::RulebookView)?;
    let actor = &caller.actor;
    let items = transact(state.db.as_ref(), actor, async |tx| load(tx, actor).await).await?;
    Ok(web::Json(InternalReturnList { items }))
}

/// One internal return with all its wordings.
#[utoipa::path(tag = "rulebook", params(("code" = String, Path)), responses((status = 200, body = InternalReturnDto),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody)))]
#[get("/rulebook/internal-returns/{code}")]
pub async fn get_internal_return(
    state: web::Data<AppState>,
    caller: Caller,
    code: web::Path<String>,
) -> Result<web::Json<InternalReturnDto>, ApiError> {
    caller.require(Permission::RulebookView)?;
    let actor = &caller.actor;
    let own = transact(state.db.as_ref(), actor, async |tx| load_one(tx, actor, &code).await).await?;
    Ok(web::Json(own))
}

/// Write an internal return. Its filings are planned in the background. Waits with 202 when the firm wants a second pair of
/// eyes on it.
#[utoipa::path(tag = "rulebook", request_body = InternalBody, responses((status = 201, body = InternalReturnDto),
    (status = 202, body = ProposedAnswer), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/rulebook/internal-returns")]
pub async fn write_internal_return(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<InternalBody>,
) -> Result<HttpResponse, ApiError> {
    let own = Box::new(body.0.into_command(0)?);
    let (code, reason) = (own.code.clone(), own.reason.clone());
    let place = format!("/api/rulebook/internal-returns/{code}");
    let mut made = HttpResponse::Created();
    made.insert_header((LOCATION, place));
    decided(&state, &caller, Command::WriteInternal { own }, &code, reason, made).await
}

/// Carries a change of an internal return out, or proposes it.
async fn decided(
    state: &AppState,
    caller: &Caller,
    command: Command,
    code: &str,
    reason: String,
    mut answer: HttpResponseBuilder,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::RulebookSettings)?;
    let (db, actor) = (state.db.as_ref(), &caller.actor);
    match submit(db, actor, command, Some(reason)).await? {
        Outcome::Waits(proposal, _) => accepted(state, caller, proposal).await,
        Outcome::Done(_) => {
            let _ = state.wake.send(());
            let own = transact(db, actor, async |tx| load_one(tx, actor, code).await).await?;
            Ok(answer.json(own))
        }
    }
}

/// Give it another wording from a day on. What is dated by the wording before and ends before that day stays.
#[utoipa::path(tag = "rulebook", request_body = InternalBody,
    params(("code" = String, Path), ("If-Match" = String, Header, description = "The version you saw")), responses(
    (status = 200, body = InternalReturnDto), (status = 202, body = ProposedAnswer), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody),
    (status = 422, body = ErrorBody), (status = 428, body = ErrorBody)))]
#[put("/rulebook/internal-returns/{code}")]
pub async fn change_internal_return(
    state: web::Data<AppState>,
    caller: Caller,
    code: web::Path<String>,
    version: IfMatch,
    body: Json<InternalBody>,
) -> Result<HttpResponse, ApiError> {
    let own = Box::new(body.0.into_command(version.0)?);
    if own.code != *code {
        return Err(FieldErrors::one("code", "A code never changes.").into());
    }
    let reason = own.reason.clone();
    decided(&state, &caller, Command::WriteInternal { own }, &code, reason, HttpResponse::Ok()).await
}

/// What writing it, or giving it this wording, would do to filings. Nothing is stored.
#[utoipa::path(tag = "rulebook", request_body = InternalBody, responses((status = 200, body = EffectDto),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/rulebook/internal-returns/preview")]
pub async fn preview_internal_return(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<InternalBody>,
) -> Result<web::Json<EffectDto>, ApiError> {
    let (actor, cmd) = (&caller.actor, body.0.into_command(0)?);
    let effect = transact(state.db.as_ref(), actor, async |tx| preview(tx, actor, cmd).await).await?;
    Ok(web::Json(effect.into()))
}

/// From which day on there is none any more.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetireBody {
    /// Periods that end, or events that happen, from this day on.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// Why; a preview does without.
    #[serde(default)]
    #[schema(required = false, max_length = 500)]
    reason: String,
}

/// Retire it: open filings from a day on come off the plan; earlier and closed ones stay.
#[utoipa::path(tag = "rulebook", request_body = RetireBody,
    params(("code" = String, Path), ("If-Match" = String, Header, description = "The version you saw")), responses(
    (status = 200, body = InternalReturnDto), (status = 202, body = ProposedAnswer), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody),
    (status = 422, body = ErrorBody), (status = 428, body = ErrorBody)))]
#[post("/rulebook/internal-returns/{code}/retire")]
pub async fn retire_internal_return(
    state: web::Data<AppState>,
    caller: Caller,
    code: web::Path<String>,
    version: IfMatch,
    body: Json<RetireBody>,
) -> Result<HttpResponse, ApiError> {
    let RetireBody { from, reason } = body.0;
    let own = RetireInternal { code: code.clone(), from, reason: reason.clone(), expected: version.0 };
    decided(&state, &caller, Command::RetireInternal { own }, &code, reason, HttpResponse::Ok()).await
}

/// What retiring it would do to filings. Nothing is stored.
#[utoipa::path(tag = "rulebook", request_body = RetireBody, params(("code" = String, Path)), responses(
    (status = 200, body = EffectDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/rulebook/internal-returns/{code}/retire/preview")]
pub async fn preview_retiring(
    state: web::Data<AppState>,
    caller: Caller,
    code: web::Path<String>,
    body: Json<RetireBody>,
) -> Result<web::Json<EffectDto>, ApiError> {
    let (actor, from): (_, Date) = (&caller.actor, body.0.from);
    let effect =
        transact(state.db.as_ref(), actor, async |tx| retiring(tx, actor, &code, from).await).await?;
    Ok(web::Json(effect.into()))
}
