//! GET /api/workload

use super::Narrow;
use crate::auth::dto::UserRef;
use crate::http::{ApiError, Caller, ErrorBody, ListQuery};
use crate::state::AppState;
use ::filings::calendar::{PersonLoad, WEEKS};
use actix_web::{get, web};
use app::transact;
use kernel::{Date, Permission};
use serde::{Deserialize, Serialize};
use time::Duration;
use utoipa::{IntoParams, ToSchema};

/// Which filings. Values of one key are alternatives.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WorkloadQuery {
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

/// Who has how much to do.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Workload {
    /// The day in India for which statuses hold.
    #[schema(value_type = String, format = Date)]
    as_of: Date,
    /// The weeks that `items[].weeks` counts, Monday to Sunday, this one first.
    weeks: Vec<Week>,
    /// What nobody does first, then people by name.
    items: Vec<WorkloadRow>,
}

/// One week.
#[derive(Serialize, ToSchema)]
pub struct Week {
    #[schema(value_type = String, format = Date)]
    from: Date,
    #[schema(value_type = String, format = Date)]
    to: Date,
}

/// The load of one person.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkloadRow {
    /// None for what nobody does.
    assignee: Option<UserRef>,
    /// Not closed: due within 90 days, late, or waiting.
    open: i64,
    due7: i64,
    /// Breached ones included.
    past_due: i64,
    breached: i64,
    /// Open ones on which a licence hangs.
    licence_critical: i64,
    /// Open ones due in each week.
    weeks: Vec<i64>,
}

/// Open filings of each person, and by week for the next eight weeks.
#[utoipa::path(tag = "filings", params(WorkloadQuery), responses(
    (status = 200, body = Workload), (status = 400, body = ErrorBody), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[get("/workload")]
pub async fn get_workload(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<WorkloadQuery>,
) -> Result<web::Json<Workload>, ApiError> {
    caller.require(Permission::FilingsView)?;
    let WorkloadQuery { q, status, regulator, client_id, code, assignee_id } = &query.0;
    let filter =
        Narrow { q: q.as_deref(), status, regulator, client_id, code, assignee_id }.filter(caller.user)?;
    let today = caller.actor.today();
    let monday = today - Duration::days(i64::from(today.weekday().number_days_from_monday()));
    let mut found =
        transact(state.db.as_ref(), &caller.actor, async |tx| tx.workload(&filter, monday, today).await)
            .await?;
    if found.first().is_none_or(|load| load.user.is_some()) {
        found.insert(0, PersonLoad::none());
    }
    let weeks = (0..WEEKS)
        .filter_map(|n| i64::try_from(n).ok())
        .map(|n| Week { from: monday + Duration::days(7 * n), to: monday + Duration::days(7 * n + 6) })
        .collect();
    Ok(web::Json(Workload { as_of: today, weeks, items: found.into_iter().map(WorkloadRow::of).collect() }))
}

impl WorkloadRow {
    fn of(load: PersonLoad) -> Self {
        Self {
            assignee: load.user.map(|(id, name)| UserRef::named(id, name)),
            open: load.open,
            due7: load.due_in_7,
            past_due: load.past_due,
            breached: load.breached,
            licence_critical: load.licence_critical,
            weeks: load.weeks.to_vec(),
        }
    }
}
