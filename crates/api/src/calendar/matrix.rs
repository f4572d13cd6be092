//! GET /api/calendar/matrix

use super::{Narrow, StatusCount, financial_year};
use crate::http::list::parse_sort;
use crate::http::{ApiError, Caller, ErrorBody, ListQuery, PageParams};
use crate::state::AppState;
use ::filings::calendar::{MatrixCell, MatrixRow, MatrixSort};
use actix_web::{get, web};
use app::transact;
use kernel::{Date, Permission};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which year, which filings, which clients. Values of one key are alternatives.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MatrixQuery {
    /// `2026-27`; the present one when absent.
    pub fy: Option<String>,
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
    /// `pastDue` or `clientName`; a minus turns it round. Most past due first when absent.
    pub sort: Option<String>,
    /// From 1.
    pub page: Option<u32>,
    /// 1 to 200.
    pub per_page: Option<u32>,
}

/// Clients against the twelve months of a financial year.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Matrix {
    /// The day in India for which statuses hold.
    #[schema(value_type = String, format = Date)]
    as_of: Date,
    /// `2026-27`.
    fy: String,
    items: Vec<MatrixClient>,
    total: i64,
    page: u32,
    per_page: u32,
}

/// One client.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MatrixClient {
    client_id: i64,
    client_name: String,
    /// Past due now, whatever the year.
    past_due: i64,
    /// Months with filings, April first.
    cells: Vec<MatrixMonth>,
}

/// The filings of one client in one month.
#[derive(Serialize, ToSchema)]
pub struct MatrixMonth {
    /// `2026-11`.
    month: String,
    total: i64,
    /// The status that needs somebody most.
    worst: &'static str,
    /// How many per status, the worst first.
    counts: Vec<StatusCount>,
}

/// Clients, most past due first, with their filings of a financial year counted by month and status.
#[utoipa::path(tag = "filings", params(MatrixQuery), responses(
    (status = 200, body = Matrix), (status = 400, body = ErrorBody), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[get("/calendar/matrix")]
pub async fn get_matrix(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<MatrixQuery>,
) -> Result<web::Json<Matrix>, ApiError> {
    caller.require(Permission::FilingsView)?;
    let query = query.0;
    let MatrixQuery { q, status, regulator, client_id, code, assignee_id, .. } = &query;
    let today = caller.actor.today();
    let fy = financial_year(query.fy.as_deref(), today)?;
    let key = |name: &str| match name {
        "pastDue" => Some(MatrixSort::PastDue),
        "clientName" => Some(MatrixSort::Name),
        _ => None,
    };
    let sort = parse_sort(query.sort.as_deref(), key, "pastDue, clientName")?;
    let sort = sort.first().copied().unwrap_or((MatrixSort::PastDue, true));
    let request = PageParams { page: query.page, per_page: query.per_page }.checked()?;
    let filter =
        Narrow { q: q.as_deref(), status, regulator, client_id, code, assignee_id }.filter(caller.user)?;
    let found = transact(state.db.as_ref(), &caller.actor, async |tx| {
        tx.client_matrix(&filter, (fy.start(), fy.end()), sort, request, today).await
    })
    .await?;
    Ok(web::Json(Matrix {
        as_of: today,
        fy: fy.key(),
        items: found.items.into_iter().map(MatrixClient::of).collect(),
        total: found.total,
        page: request.page,
        per_page: request.per_page,
    }))
}

impl MatrixClient {
    fn of(row: MatrixRow) -> Self {
        Self {
            client_id: row.client.get(),
            client_name: row.name,
            past_due: row.past_due,
            cells: row.cells.into_iter().map(MatrixMonth::of).collect(),
        }
    }
}

impl MatrixMonth {
    fn of(cell: MatrixCell) -> Self {
        Self {
            month: format!("{:04}-{:02}", cell.month.year(), u8::from(cell.month.month())),
            total: cell.counts.iter().map(|(_, count)| count).sum(),
            worst: cell.counts.first().map_or("", |(status, _)| status.as_str()),
            counts: cell.counts.into_iter().map(StatusCount::of).collect(),
        }
    }
}
