//! GET /api/clients/{id}/year

use super::financial_year;
use crate::http::{ApiError, Caller, ErrorBody, ListQuery};
use crate::state::AppState;
use ::filings::FilingRow;
use actix_web::{get, web};
use app::transact;
use kernel::{Date, Id, Permission, StoreError};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which year.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct YearQuery {
    /// `2026-27`; the present one when absent.
    pub fy: Option<String>,
}

/// All filings of one client that fall due in a financial year.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClientYear {
    /// The day in India for which statuses hold.
    #[schema(value_type = String, format = Date)]
    as_of: Date,
    /// `2026-27`.
    fy: String,
    client_id: i64,
    /// Legal name, for the head of a printed sheet.
    client_name: String,
    /// By regulator, return and date.
    items: Vec<YearFiling>,
}

/// One filing, as much of it as a grid shows.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct YearFiling {
    id: i64,
    regulator: String,
    code: String,
    title: String,
    period_label: String,
    /// The date in law; none while it hangs on an event.
    #[schema(value_type = Option<String>, format = Date)]
    legal_due_on: Option<Date>,
    /// Probable date while an event is awaited.
    #[schema(value_type = Option<String>, format = Date)]
    projected_due_on: Option<Date>,
    /// As in a filing.
    status: &'static str,
}

/// One client's financial year: every filing with its due date and status, without pages.
#[utoipa::path(tag = "filings", params(("id" = i64, Path), YearQuery), responses(
    (status = 200, body = ClientYear), (status = 400, body = ErrorBody), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[get("/clients/{id}/year")]
pub async fn get_client_year(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    query: ListQuery<YearQuery>,
) -> Result<web::Json<ClientYear>, ApiError> {
    caller.require(Permission::ClientsView)?;
    caller.require(Permission::FilingsView)?;
    let today = caller.actor.today();
    let fy = financial_year(query.0.fy.as_deref(), today)?;
    let client = Id::new(*id);
    let found = transact(state.db.as_ref(), &caller.actor, async |tx| {
        let Some(client) = tx.client(client).await? else { return Ok(None) };
        let rows = tx.client_year(client.id, (fy.start(), fy.end()), today).await?;
        Ok::<_, StoreError>(Some((client.client_name, rows)))
    })
    .await?;
    let (client_name, rows) = found.ok_or_else(ApiError::not_found)?;
    let items = rows.into_iter().map(YearFiling::of).collect();
    Ok(web::Json(ClientYear { as_of: today, fy: fy.key(), client_id: *id, client_name, items }))
}

impl YearFiling {
    fn of(row: FilingRow) -> Self {
        Self {
            id: row.id.get(),
            regulator: row.regulator,
            code: row.code,
            title: row.title,
            period_label: row.period_label,
            legal_due_on: row.legal_due,
            projected_due_on: row.projected_due,
            status: row.status.as_str(),
        }
    }
}
