//! GET /api/return-filings

use super::dto::FilingDto;
use crate::http::list::{parse_date, parse_sort, parse_words};
use crate::http::{ApiError, ErrorBody, ListQuery, PageParams, Ticket};
use crate::state::AppState;
use ::filings::views::AssigneeFilter;
use ::filings::{DueSpan, FilingFilter, FilingSort, FilingStatus, FilingView, Holder};
use actix_web::{get, web};
use app::SignedIn;
use kernel::id::UserId;
use kernel::period::FinancialYear;
use kernel::{Date, FieldErrors, Id, Permission};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Filters, order and page. Values of one key are alternatives.
#[derive(Debug, Default, Clone, Deserialize, IntoParams, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FilingListQuery {
    /// Part of a client's name, a code or a title.
    pub q: Option<String>,
    /// These filings.
    #[serde(default)]
    #[param(required = false)]
    #[schema(required = false)]
    pub id: Vec<i64>,
    /// `overdue`, `breached`, ...
    #[serde(default)]
    #[param(required = false)]
    #[schema(required = false)]
    pub status: Vec<String>,
    /// `RBI`, ...
    #[serde(default)]
    #[param(required = false)]
    #[schema(required = false)]
    pub regulator: Vec<String>,
    /// Clients.
    #[serde(default)]
    #[param(required = false)]
    #[schema(required = false)]
    pub client_id: Vec<i64>,
    /// `DNBS01`, ...
    #[serde(default)]
    #[param(required = false)]
    #[schema(required = false)]
    pub code: Vec<String>,
    /// Ids, `me` or `none`.
    #[serde(default)]
    #[param(required = false)]
    #[schema(required = false)]
    pub assignee_id: Vec<String>,
    /// Open ones in the hands of `ours`, `client`, `checker` or `regulator`.
    #[serde(default)]
    #[param(required = false)]
    #[schema(required = false)]
    pub held_by: Vec<String>,
    /// Due on or after, `YYYY-MM-DD`.
    pub due_from: Option<String>,
    /// Due on or before, `YYYY-MM-DD`.
    pub due_to: Option<String>,
    /// Due in a span that moves with the day: `overdue`, `next7`, `next30`, `thisMonth`, `nextMonth` or `thisFy`.
    pub due: Option<String>,
    /// Due within this financial year, `2026-27`.
    pub fy: Option<String>,
    /// `open`, `due7`, `pastDue`, `filed` or `all`.
    pub view: Option<String>,
    /// `dueOn`, `clientName`, `code`, `updatedAt`, `periodEnd`; a minus turns it round.
    pub sort: Option<String>,
    /// From 1.
    pub page: Option<u32>,
    /// 1 to 200.
    pub per_page: Option<u32>,
    /// For exports only.
    pub format: Option<String>,
}

/// The person behind a ticket, before anything else is asked.
async fn signed_in(state: &AppState, ticket: &Ticket) -> Result<SignedIn, ApiError> {
    state.db.who(&ticket.pass).await?.ok_or_else(ApiError::signed_out)
}

impl FilingListQuery {
    /// Whether the filter depends on who asks.
    fn names_me(&self) -> bool {
        self.assignee_id.iter().any(|word| word == "me")
    }

    /// The filter, or what is wrong with it.
    pub fn filter(&self, me: UserId, today: Date) -> Result<FilingFilter, ApiError> {
        let assignee = |word: &str| match word {
            "me" => Some(AssigneeFilter::User(me)),
            "none" => Some(AssigneeFilter::Nobody),
            id => id.parse().ok().map(|id| AssigneeFilter::User(Id::new(id))),
        };
        let view = parse_words("view", self.view.as_slice(), FilingView::parse)?.pop();
        let (mut from, mut to) =
            (parse_date("dueFrom", self.due_from.as_deref())?, parse_date("dueTo", self.due_to.as_deref())?);
        let mut within = |first: Option<Date>, last: Date| {
            from = from.into_iter().chain(first).max();
            to = Some(to.map_or(last, |to| to.min(last)));
        };
        if let Some(span) = parse_words("due", self.due.as_slice(), DueSpan::parse)?.pop() {
            let (first, last) = span.on(today);
            within(first, last);
        }
        if let Some(text) = self.fy.as_deref().filter(|t| !t.is_empty()) {
            let fy = FinancialYear::parse(text)
                .ok_or_else(|| ApiError::from(FieldErrors::one("fy", "Write the year as 2026-27.")))?;
            within(Some(fy.start()), fy.end());
        }
        Ok(FilingFilter {
            ids: self.id.iter().copied().map(Id::new).collect(),
            view,
            q: self.q.clone().map(|q| q.replace('\0', "")),
            status: parse_words("status", &self.status, FilingStatus::parse)?,
            regulator: self.regulator.iter().map(|r| r.to_uppercase()).collect(),
            client: self.client_id.iter().copied().map(Id::new).collect(),
            code: self.code.clone(),
            assignee: parse_words("assigneeId", &self.assignee_id, assignee)?,
            held_by: parse_words("heldBy", &self.held_by, Holder::parse)?,
            due_from: from,
            due_to: to,
        })
    }

    /// The order, or what is wrong with it; soonest first when nothing is said.
    pub fn order(&self) -> Result<Vec<(FilingSort, bool)>, ApiError> {
        let key = |name: &str| match name {
            "dueOn" => Some(FilingSort::Due),
            "clientName" => Some(FilingSort::Client),
            "code" => Some(FilingSort::Code),
            "updatedAt" => Some(FilingSort::Updated),
            "periodEnd" => Some(FilingSort::Period),
            _ => None,
        };
        parse_sort(self.sort.as_deref(), key, "dueOn, clientName, code, updatedAt, periodEnd")
    }
}

/// One page of filings.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FilingPage {
    items: Vec<FilingDto>,
    total: i64,
    page: u32,
    per_page: u32,
    counts: FilingCountsDto,
    /// The day in India for which statuses hold.
    #[schema(value_type = String, format = Date)]
    as_of: Date,
}

/// How many filings each view holds, under the same filter without view and status.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FilingCountsDto {
    open: i64,
    due7: i64,
    past_due: i64,
    filed: i64,
    all: i64,
}

/// Filings, filtered, sorted and paged by the server; statuses are right at the moment of the answer.
#[utoipa::path(tag = "filings", params(FilingListQuery), responses(
    (status = 200, body = FilingPage), (status = 400, body = ErrorBody), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[get("/return-filings")]
pub async fn list_filings(
    state: web::Data<AppState>,
    ticket: Ticket,
    query: ListQuery<FilingListQuery>,
) -> Result<web::Json<FilingPage>, ApiError> {
    let query = query.0;
    let me = match query.names_me() {
        true => Some(signed_in(&state, &ticket).await?.user),
        false => None,
    };
    // What is wrong with a query is said to those who are signed in; `Id::new(0)` is nobody and is not looked at.
    let today = ticket.today();
    let asked = query
        .filter(me.unwrap_or(Id::new(0)), today)
        .and_then(|filter| Ok((filter, query.order()?)))
        .and_then(|(filter, order)| {
            Ok((filter, order, PageParams { page: query.page, per_page: query.per_page }.checked()?))
        });
    let (filter, order, request) = match asked {
        Ok(asked) => asked,
        Err(error) => {
            let who = signed_in(&state, &ticket).await?;
            ticket.admit(&state, who).await?.require(Permission::FilingsView)?;
            return Err(error);
        }
    };
    let read = state.db.read_filings(&ticket.pass, &filter, &order, request, today).await?;
    let (who, page, counts) = read.ok_or_else(ApiError::signed_out)?;
    ticket.admit(&state, who).await?.require(Permission::FilingsView)?;
    Ok(web::Json(FilingPage {
        items: page.items.into_iter().map(|row| FilingDto::of(row, today)).collect(),
        total: page.total,
        page: request.page,
        per_page: request.per_page,
        counts: FilingCountsDto {
            open: counts.open,
            due7: counts.due7,
            past_due: counts.past_due,
            filed: counts.filed,
            all: counts.all,
        },
        as_of: today,
    }))
}
