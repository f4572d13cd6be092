//! GET /api/clients/export

use super::list::ClientListQuery;
use crate::http::{ApiError, Caller, ErrorBody, ListQuery};
use crate::imports::stream::{Cell, FileFormat, PAGE, pages, stream_file};
use crate::state::AppState;
use actix_web::{HttpResponse, get, web};
use app::transact;
use clients::{ClientFilter, ClientSort, ClientSummary};
use kernel::id::ClientId;
use kernel::journal::Change;
use kernel::{Actor, PageRequest, Permission, StoreError};

/// Headings, as the import knows them, and widths.
const COLUMNS: &[(&str, u16)] = &[
    ("Client name", 40),
    ("Short name", 24),
    ("Entity type", 24),
    ("PAN", 14),
    ("GSTIN", 18),
    ("CIN", 26),
    ("Status", 14),
    ("Risk rating", 12),
    ("Owner", 22),
    ("Tags", 24),
    ("Regulators", 18),
    ("Open filings", 12),
    ("Past due", 10),
];

/// The client list as a file, under the same filters and in the same order.
#[utoipa::path(tag = "clients", params(ClientListQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 400, body = ErrorBody),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[get("/clients/export")]
pub async fn export_clients(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<ClientListQuery>,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::ClientsView)?;
    caller.require(Permission::ClientsExport)?;
    let query = query.0;
    let (filter, order) = (query.filter()?, query.order()?);
    let format = FileFormat::parse(query.format.as_deref(), FileFormat::Csv)?;
    let actor = caller.actor;
    // Asked before the answer, so that what goes wrong is an error and not half a file.
    let today = actor.today();
    let ids = transact(state.db.as_ref(), &actor, async |tx| {
        let ids = tx.client_order(&filter, &order, today).await?;
        let text = format!("exported {} clients as {}", ids.len(), format.extension());
        tx.record(Change::new("clients.export", "firm", actor.tenant.get(), text)).await?;
        Ok::<_, StoreError>(ids)
    })
    .await?;
    let (sender, receiver) = pages();
    let name = format!("clients-{today}.{}", format.extension());
    let response = stream_file(&state.sheets, format, &name, COLUMNS, receiver);
    actix_web::rt::spawn(async move {
        for some in ids.chunks(PAGE as usize) {
            let rows = page(&state, &actor, some, &order).await.map_err(Into::into);
            if sender.send(rows).await.is_err() {
                return;
            }
        }
    });
    Ok(response)
}

/// Some rows, in the order of the list. One that is gone by now is left out.
async fn page(
    state: &AppState,
    actor: &Actor,
    ids: &[ClientId],
    order: &[(ClientSort, bool)],
) -> Result<Vec<Vec<Cell>>, StoreError> {
    let request = PageRequest { page: 1, per_page: PAGE };
    let filter = ClientFilter { ids: ids.to_vec(), ..ClientFilter::default() };
    let found = transact(state.db.as_ref(), actor, async |tx| {
        tx.client_rows(&filter, order, request, actor.today()).await
    })
    .await?;
    Ok(found.into_iter().map(row).collect())
}

fn row(c: ClientSummary) -> Vec<Cell> {
    vec![
        Cell::text(c.client_name),
        Cell::text(c.short_name),
        Cell::text(c.entity_type.title()),
        Cell::text(c.pan.unwrap_or_default()),
        Cell::text(c.gstin.unwrap_or_default()),
        Cell::text(c.cin.unwrap_or_default()),
        Cell::text(c.status.title()),
        Cell::text(c.risk_rating.map(clients::RiskRating::title).unwrap_or_default()),
        Cell::text(c.owner.map(|(_, name)| name).unwrap_or_default()),
        Cell::text(c.tags.join(", ")),
        Cell::text(c.regulators.join(", ")),
        Cell::Int(c.open_filings),
        Cell::Int(c.past_due),
    ]
}
