//! POST /api/return-filings/{id}/portal-problems, .../{problemId}/strike and GET .../{problemId}/screenshot

use super::detail::{FilingDetail, load};
use super::portal_form;
use crate::auth::dto::UserRef;
use crate::http::{ApiError, Caller, ErrorBody, Ist, Json};
use crate::state::AppState;
use ::filings::portal_log::{PortalProblem, hex};
use ::filings::{FilingError, strike_problem};
use actix_multipart::Multipart;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY};
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use app::filing_work::log_problem;
use app::transact;
use kernel::{Id, Permission};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An entry about a portal that did not work.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PortalProblemDto {
    /// Id within the firm.
    pub id: i64,
    /// When it happened.
    pub happened_at: Ist,
    /// Which portal.
    pub portal: String,
    /// What happened.
    pub what: String,
    /// The helpdesk's ticket.
    pub ticket_no: Option<String>,
    /// The screenshot.
    pub screenshot: Option<ScreenshotDto>,
    /// Who wrote it down.
    pub by: UserRef,
    /// When.
    pub recorded_at: Ist,
    /// Why it no longer counts.
    pub struck: Option<StruckDto>,
}

/// A screenshot as it is kept.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScreenshotDto {
    /// `png` or `jpeg`.
    pub kind: &'static str,
    /// Bytes.
    pub size: i64,
    /// SHA-256 of the bytes, in hexadecimal digits.
    pub sha256: String,
}

/// An entry that turned out wrong; it stays readable.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StruckDto {
    /// Who struck it through.
    pub by: Option<String>,
    /// When.
    pub at: Ist,
    /// Why.
    pub reason: String,
}

impl From<PortalProblem> for PortalProblemDto {
    fn from(p: PortalProblem) -> Self {
        let screenshot = p.picture.map(|(kind, size, hash)| ScreenshotDto {
            kind: kind.as_str(),
            size,
            sha256: hex(&hash),
        });
        Self {
            id: p.id.get(),
            happened_at: Ist(p.happened_at),
            portal: p.portal,
            what: p.what,
            ticket_no: p.ticket_no,
            screenshot,
            by: UserRef::named(p.by.0, p.by.1),
            recorded_at: Ist(p.recorded_at),
            struck: p.struck.map(|s| StruckDto { by: s.by, at: Ist(s.at), reason: s.reason }),
        }
    }
}

/// The form.
#[derive(ToSchema)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "the schema of a multipart body that is read part by part")]
pub struct PortalProblemForm {
    /// The day in India, `YYYY-MM-DD`.
    on: String,
    /// The time in India, `HH:MM`.
    time: String,
    /// Which portal.
    portal: String,
    /// What happened.
    what: String,
    /// The helpdesk's ticket.
    ticket_no: Option<String>,
    /// `true`: nothing can be done until the portal works, so the clock goes to the regulator.
    holds_up: Option<String>,
    /// PNG or JPEG, at most 5 MB. It is kept without what does not show.
    #[schema(value_type = Option<String>, format = Binary)]
    screenshot: Option<String>,
}

/// Note that a portal did not work. Answers the filing.
#[utoipa::path(tag = "filings", params(("id" = i64, Path)),
    request_body(content = PortalProblemForm, content_type = "multipart/form-data"), responses(
    (status = 201, body = FilingDetail), (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 413, body = ErrorBody),
    (status = 415, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/return-filings/{id}/portal-problems")]
pub async fn log_portal_problem(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    request: HttpRequest,
    body: Multipart,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::FilingsEdit)?;
    let (actor, id) = (&caller.actor, Id::new(*id));
    let problem = portal_form::read(&request, body).await?;
    let filing = transact(state.db.as_ref(), actor, async |tx| {
        log_problem(tx, actor, caller.user, id, problem).await?;
        load(tx, actor, id).await?.ok_or(FilingError::NotFound)
    })
    .await?;
    Ok(HttpResponse::Created().json(filing))
}

/// Why an entry no longer counts.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StrikeBody {
    #[schema(min_length = 5, max_length = 500)]
    reason: String,
}

/// Strike an entry through. It stays readable. Answers the filing.
#[utoipa::path(tag = "filings", params(("id" = i64, Path), ("problemId" = i64, Path)), request_body = StrikeBody,
    responses((status = 200, body = FilingDetail), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/return-filings/{id}/portal-problems/{problemId}/strike")]
pub async fn strike_portal_problem(
    state: web::Data<AppState>,
    caller: Caller,
    path: web::Path<(i64, i64)>,
    body: Json<StrikeBody>,
) -> Result<web::Json<FilingDetail>, ApiError> {
    let (actor, id, problem) = (&caller.actor, Id::new(path.0), Id::new(path.1));
    let filing = transact(state.db.as_ref(), actor, async |tx| {
        strike_problem(tx, actor, id, problem, &body.0.reason).await?;
        load(tx, actor, id).await?.ok_or(FilingError::NotFound)
    })
    .await?;
    Ok(web::Json(filing))
}

/// The screenshot of an entry, as a file to save.
#[utoipa::path(tag = "filings", params(("id" = i64, Path), ("problemId" = i64, Path)), responses(
    (status = 200, body = Vec<u8>, content_type = "image/png"), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 404, body = ErrorBody)))]
#[get("/return-filings/{id}/portal-problems/{problemId}/screenshot")]
pub async fn portal_problem_screenshot(
    state: web::Data<AppState>,
    caller: Caller,
    path: web::Path<(i64, i64)>,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::FilingsView)?;
    let (filing, id) = (Id::new(path.0), Id::new(path.1));
    let picture = transact(state.db.as_ref(), &caller.actor, async |tx| {
        tx.problem_picture(filing, id).await?.ok_or_else(ApiError::not_found)
    })
    .await?;
    let kind = picture.kind().as_str();
    // Opened by itself it can do nothing, whatever a browser takes it for; `nosniff` is on every answer.
    Ok(HttpResponse::Ok()
        .content_type(format!("image/{kind}"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"portal-problem-{id}.{kind}\"")))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .body(picture.into_bytes()))
}
