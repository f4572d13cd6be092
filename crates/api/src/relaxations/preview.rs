//! POST /api/relaxations/preview

use super::body::RelaxationBody;
use super::dto::{PreviewRowDto, RelaxationCountsDto};
use crate::http::list::parse_words;
use crate::http::{ApiError, Caller, ErrorBody, Json, ListQuery, PageParams};
use crate::state::AppState;
use actix_web::{post, web};
use app::relaxations::{Show, preview};
use app::transact;
use kernel::Permission;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which filings, and which page of them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PreviewQuery {
    /// `changes` (the default) or `stays`.
    show: Option<String>,
    /// From 1.
    page: Option<u32>,
    /// 1 to 200.
    per_page: Option<u32>,
}

/// What a circular would do.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PreviewDto {
    /// Sums over all filings in scope.
    counts: RelaxationCountsDto,
    /// Filings before and after.
    items: Vec<PreviewRowDto>,
    total: i64,
    page: u32,
    per_page: u32,
}

/// See what a circular would do. Nothing is written.
#[utoipa::path(tag = "relaxations", params(PreviewQuery), request_body = RelaxationBody, responses(
    (status = 200, body = PreviewDto), (status = 400, body = ErrorBody), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/relaxations/preview")]
pub async fn preview_relaxation(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<PreviewQuery>,
    body: Json<RelaxationBody>,
) -> Result<web::Json<PreviewDto>, ApiError> {
    caller.require(Permission::RelaxationsPreview)?;
    let draft = body.0.into_draft()?;
    let read = |word: &str| match word {
        "changes" => Some(Show::Changes),
        "stays" => Some(Show::Stays),
        _ => None,
    };
    let show = parse_words("show", query.0.show.as_slice(), read)?.pop().unwrap_or_default();
    let request = PageParams { page: query.0.page, per_page: query.0.per_page }.checked()?;
    let actor = &caller.actor;
    let found =
        transact(state.db.as_ref(), actor, async |tx| preview(tx, actor, draft, show, request).await).await?;
    Ok(web::Json(PreviewDto {
        counts: found.counts.into(),
        items: found.page.items.into_iter().map(Into::into).collect(),
        total: found.page.total,
        page: request.page,
        per_page: request.per_page,
    }))
}
