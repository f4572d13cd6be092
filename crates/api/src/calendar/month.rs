//! GET /api/calendar

use super::Narrow;
use crate::http::list::parse_date;
use crate::http::{ApiError, Caller, ErrorBody, ListQuery};
use crate::state::AppState;
use ::filings::calendar::DayLoad;
use actix_web::{get, web};
use app::transact;
use kernel::{Date, FieldErrors, Permission};
use rulebook::Rulebook;
use serde::{Deserialize, Serialize};
use time::Duration;
use utoipa::{IntoParams, ToSchema};

/// Days asked for at once, at most.
const MOST_DAYS: i64 = 92;

/// Which days, and which filings. Values of one key are alternatives.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CalendarQuery {
    /// First day, `YYYY-MM-DD`; today when absent.
    pub from: Option<String>,
    /// Last day; at most 92 days after the first.
    pub to: Option<String>,
    /// Part of a client's name, a code or a title.
    pub q: Option<String>,
    /// `overdue`, `breached`, ...
    #[serde(default)]
    #[param(required = false)]
    pub status: Vec<String>,
    /// `RBI`, ...
    #[serde(default)]
    #[param(required = false)]
    pub regulator: Vec<String>,
    /// Clients.
    #[serde(default)]
    #[param(required = false)]
    pub client_id: Vec<i64>,
    /// `DNBS01`, ...
    #[serde(default)]
    #[param(required = false)]
    pub code: Vec<String>,
    /// Ids, `me` or `none`.
    #[serde(default)]
    #[param(required = false)]
    pub assignee_id: Vec<String>,
}

/// Filings by due day, counted.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Calendar {
    /// The day in India for which statuses hold.
    #[schema(value_type = String, format = Date)]
    as_of: Date,
    /// Every day from first to last.
    days: Vec<CalendarDay>,
    /// All filings of these days.
    total: i64,
    /// Of these, past due.
    past_due: i64,
}

/// One day.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CalendarDay {
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// Name of a listed holiday.
    holiday: Option<String>,
    /// All filings due, by the date in force or the probable one.
    total: i64,
    /// Of these, still to be done.
    open: i64,
    /// Of these, past due.
    past_due: i64,
    /// The groups that need somebody most, at most four.
    groups: Vec<CalendarGroup>,
}

/// Filings of one return with one status on one day.
#[derive(Serialize, ToSchema)]
pub struct CalendarGroup {
    regulator: String,
    code: String,
    /// As in a filing.
    status: &'static str,
    count: i64,
}

/// Filings due between two days: for each day the total, the four groups that need somebody most, and the holiday.
#[utoipa::path(tag = "filings", params(CalendarQuery), responses(
    (status = 200, body = Calendar), (status = 400, body = ErrorBody), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[get("/calendar")]
pub async fn get_calendar(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<CalendarQuery>,
) -> Result<web::Json<Calendar>, ApiError> {
    caller.require(Permission::FilingsView)?;
    let CalendarQuery { from, to, q, status, regulator, client_id, code, assignee_id } = &query.0;
    let today = caller.actor.today();
    let from = parse_date("from", from.as_deref())?.unwrap_or(today);
    let to = parse_date("to", to.as_deref())?.unwrap_or_else(|| from.saturating_add(Duration::days(31)));
    if to < from || (to - from).whole_days() > MOST_DAYS {
        return Err(FieldErrors::one("to", "Ask for at most 92 days, the last not before the first.").into());
    }
    let filter =
        Narrow { q: q.as_deref(), status, regulator, client_id, code, assignee_id }.filter(caller.user)?;
    let found = transact(state.db.as_ref(), &caller.actor, async |tx| {
        tx.calendar_days(&filter, from, to, today).await
    })
    .await?;
    let (total, past_due) = (found.iter().map(|d| d.total).sum(), found.iter().map(|d| d.past_due).sum());
    let mut loads = found.into_iter().peekable();
    let days = std::iter::successors(Some(from), |day| day.next_day().filter(|next| *next <= to))
        .map(|date| CalendarDay::of(date, loads.next_if(|load| load.day == date)))
        .collect();
    Ok(web::Json(Calendar { as_of: today, days, total, past_due }))
}

impl CalendarDay {
    fn of(date: Date, load: Option<DayLoad>) -> Self {
        let holiday = Rulebook::shipped().holiday_name(date).map(str::to_owned);
        let Some(load) = load else {
            return Self { date, holiday, total: 0, open: 0, past_due: 0, groups: Vec::new() };
        };
        let groups = load
            .groups
            .into_iter()
            .map(|g| CalendarGroup {
                regulator: g.regulator,
                code: g.code,
                status: g.status.as_str(),
                count: g.count,
            })
            .collect();
        Self { date, holiday, total: load.total, open: load.open, past_due: load.past_due, groups }
    }
}
