//! GET /api/clients/{id}/timeline

use crate::auth::dto::UserRef;
use crate::http::{ApiError, Caller, ErrorBody, Ist, ListQuery, PageParams};
use crate::state::AppState;
use actix_web::{get, web};
use app::timeline::{TimelineEntry, TimelineOf};
use app::transact;
use kernel::{Id, Permission};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// One entry: actor, sentence, time.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct JournalEntryDto {
    /// Id within the firm.
    pub id: i64,
    /// When.
    pub at: Ist,
    /// Who; none for the product itself.
    pub actor: Option<UserRef>,
    /// The stable verb.
    pub action: String,
    /// The sentence without the actor.
    pub text: String,
    /// `client`, `filing`, ...
    pub subject_kind: String,
    /// Id of the subject.
    pub subject_id: i64,
    /// Changed fields before.
    #[schema(value_type = Option<Object>)]
    pub before: Option<serde_json::Value>,
    /// Changed fields after.
    #[schema(value_type = Option<Object>)]
    pub after: Option<serde_json::Value>,
}

impl From<TimelineEntry> for JournalEntryDto {
    fn from(e: TimelineEntry) -> Self {
        Self {
            id: e.id.get(),
            at: Ist(e.at),
            actor: e.actor.map(|id| UserRef::named(id, e.actor_name)),
            action: e.action,
            text: e.text,
            subject_kind: e.subject_kind,
            subject_id: e.subject_id,
            before: e.before,
            after: e.after,
        }
    }
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// From 1.
    pub page: Option<u32>,
    /// 1 to 200.
    pub per_page: Option<u32>,
}

/// One page of the timeline.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TimelinePage {
    items: Vec<JournalEntryDto>,
    total: i64,
    page: u32,
    per_page: u32,
}

/// What happened to this client and its filings, newest first.
#[utoipa::path(tag = "clients", params(("id" = i64, Path), PageQuery), responses(
    (status = 200, body = TimelinePage), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody)))]
#[get("/clients/{id}/timeline")]
pub async fn client_timeline(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    query: ListQuery<PageQuery>,
) -> Result<web::Json<TimelinePage>, ApiError> {
    caller.require(Permission::JournalView)?;
    let request = PageParams { page: query.0.page, per_page: query.0.per_page }.checked()?;
    let id = Id::new(*id);
    let page = transact(state.db.as_ref(), &caller.actor, async |tx| {
        if tx.client(id).await?.is_none() {
            return Err(ApiError::not_found());
        }
        Ok(tx.timeline(TimelineOf::Client(id), request).await?)
    })
    .await?;
    Ok(web::Json(TimelinePage {
        items: page.items.into_iter().map(Into::into).collect(),
        total: page.total,
        page: request.page,
        per_page: request.per_page,
    }))
}
