//! GET /api/events/awaited and /api/events/recorded

use super::dto::{AwaitedDto, RecordedDto};
use crate::http::list::{parse_date, parse_words};
use crate::http::{ApiError, Caller, ErrorBody, ListQuery, PageParams};
use crate::state::AppState;
use ::filings::views::AssigneeFilter;
use actix_web::{get, web};
use app::events::{EventFilter, links};
use app::transact;
use kernel::id::UserId;
use kernel::{Date, Id, Permission};
use rulebook::Rulebook;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Filters and page. Values of one key are alternatives.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EventListQuery {
    /// Part of a client's name.
    pub q: Option<String>,
    /// `agm_held`, ...
    #[serde(default)]
    #[param(required = false)]
    pub kind: Vec<String>,
    /// Clients.
    #[serde(default)]
    #[param(required = false)]
    pub client_id: Vec<i64>,
    /// Ids, `me` or `none`: who does the filings that wait; of a recorded event, who recorded it.
    #[serde(default)]
    #[param(required = false)]
    pub assignee_id: Vec<String>,
    /// First day of the first date that hangs on it, or of the recorded event; `YYYY-MM-DD`.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// From 1.
    pub page: Option<u32>,
    /// 1 to 200.
    pub per_page: Option<u32>,
}

impl EventListQuery {
    fn filter(&self, me: UserId) -> Result<EventFilter, ApiError> {
        let assignee = |word: &str| match word {
            "me" => Some(AssigneeFilter::User(me)),
            "none" => Some(AssigneeFilter::Nobody),
            id => id.parse().ok().map(|id| AssigneeFilter::User(Id::new(id))),
        };
        let known = |kind: &str| Rulebook::shipped().event_kind(kind).map(|found| found.kind.clone());
        Ok(EventFilter {
            q: self.q.clone().map(|q| q.replace('\0', "")),
            kind: parse_words("kind", &self.kind, known)?,
            client: self.client_id.iter().copied().map(Id::new).collect(),
            assignee: parse_words("assigneeId", &self.assignee_id, assignee)?,
            from: parse_date("from", self.from.as_deref())?,
            to: parse_date("to", self.to.as_deref())?,
        })
    }

    fn page(&self) -> PageParams {
        PageParams { page: self.page, per_page: self.per_page }
    }
}

/// One page of awaited events.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AwaitedPage {
    items: Vec<AwaitedDto>,
    total: i64,
    page: u32,
    per_page: u32,
    /// The day in India for which the answer holds.
    #[schema(value_type = String, format = Date)]
    as_of: Date,
}

/// One page of recorded events.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecordedPage {
    items: Vec<RecordedDto>,
    total: i64,
    page: u32,
    per_page: u32,
}

/// Events that dates wait for and nobody has recorded, over all clients: when each is likely, by when the law wants it, and
/// which filings hang on it. The one with the earliest date first.
#[utoipa::path(tag = "events", params(EventListQuery), responses(
    (status = 200, body = AwaitedPage), (status = 400, body = ErrorBody), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[get("/events/awaited")]
pub async fn awaited_events(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<EventListQuery>,
) -> Result<web::Json<AwaitedPage>, ApiError> {
    caller.require(Permission::ClientsView)?;
    caller.require(Permission::FilingsView)?;
    let (filter, request) = (query.0.filter(caller.user)?, query.0.page().checked()?);
    let today = caller.actor.today();
    let found = transact(state.db.as_ref(), &caller.actor, async |tx| {
        tx.awaited_events(&filter, request, today).await
    })
    .await?;
    Ok(web::Json(AwaitedPage {
        items: found.items.into_iter().map(|group| AwaitedDto::of(group, today)).collect(),
        total: found.total,
        page: request.page,
        per_page: request.per_page,
        as_of: today,
    }))
}

/// Events that were recorded, over all clients, with the filings that follow each. The one recorded last first.
#[utoipa::path(tag = "events", params(EventListQuery), responses(
    (status = 200, body = RecordedPage), (status = 400, body = ErrorBody), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[get("/events/recorded")]
pub async fn recorded_events(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<EventListQuery>,
) -> Result<web::Json<RecordedPage>, ApiError> {
    caller.require(Permission::ClientsView)?;
    caller.require(Permission::FilingsView)?;
    let (filter, request) = (query.0.filter(caller.user)?, query.0.page().checked()?);
    let (kinds, codes) = links();
    let found = transact(state.db.as_ref(), &caller.actor, async |tx| {
        tx.recorded_events(&filter, (&kinds, &codes), request).await
    })
    .await?;
    Ok(web::Json(RecordedPage {
        items: found.items.into_iter().map(Into::into).collect(),
        total: found.total,
        page: request.page,
        per_page: request.per_page,
    }))
}
