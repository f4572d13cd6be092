//! GET /api/return-filings/export

use super::dto::FilingDto;
use super::list::FilingListQuery;
use crate::http::{ApiError, Caller, ErrorBody, ListQuery};
use crate::imports::stream::{Cell, FileFormat, PAGE, pages, stream_file};
use crate::state::AppState;
use ::filings::{FilingFilter, FilingSort};
use actix_web::{HttpResponse, get, web};
use app::reference::regulator_words;
use app::transact;
use kernel::id::FilingId;
use kernel::journal::Change;
use kernel::{Actor, PageRequest, Permission, StoreError};

/// Headings and widths.
const COLUMNS: &[(&str, u16)] = &[
    ("Client", 30),
    ("Regulator", 18),
    ("Return", 16),
    ("Title", 44),
    ("Period", 20),
    ("Period from", 14),
    ("Period to", 14),
    ("Due in law", 14),
    ("Probable date", 14),
    ("Waits for", 24),
    ("Internal target", 14),
    ("Status", 16),
    ("Days late", 10),
    ("Late cost a day, at most", 14),
    ("Currency", 10),
    ("Assignee", 22),
    ("Filed on", 14),
    ("Acknowledgement number", 26),
    ("Checklist done", 12),
    ("Checklist items", 12),
    ("Materiality", 16),
];

/// The filing list as a file, under the same filters and in the same order.
#[utoipa::path(tag = "filings", params(FilingListQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 400, body = ErrorBody),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[get("/return-filings/export")]
pub async fn export_filings(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<FilingListQuery>,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::FilingsView)?;
    caller.require(Permission::ClientsExport)?;
    let query = query.0;
    let (filter, order) = (query.filter(caller.user, caller.actor.today())?, query.order()?);
    let format = FileFormat::parse(query.format.as_deref(), FileFormat::Csv)?;
    let actor = caller.actor;
    // Asked before the answer, so that what goes wrong is an error and not half a file.
    let today = actor.today();
    let ids = transact(state.db.as_ref(), &actor, async |tx| {
        let ids = tx.filing_order(&filter, &order, today).await?;
        let text = format!("exported {} filings as {}", ids.len(), format.extension());
        tx.record(Change::new("filings.export", "firm", actor.tenant.get(), text)).await?;
        Ok::<_, StoreError>(ids)
    })
    .await?;
    let (sender, receiver) = pages();
    let name = format!("filings-{today}.{}", format.extension());
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
    ids: &[FilingId],
    order: &[(FilingSort, bool)],
) -> Result<Vec<Vec<Cell>>, StoreError> {
    let request = PageRequest { page: 1, per_page: PAGE };
    let filter = FilingFilter { ids: ids.to_vec(), ..FilingFilter::default() };
    let today = actor.today();
    let found =
        transact(state.db.as_ref(), actor, async |tx| tx.filing_rows(&filter, order, request, today).await)
            .await?;
    Ok(found.into_iter().map(|filing| row(FilingDto::of(filing, today))).collect())
}

fn row(f: FilingDto) -> Vec<Cell> {
    let (cost, currency) = match f.cost_per_day {
        Some(money) => (amount(money.amount), money.currency),
        None => (Cell::Empty, String::new()),
    };
    vec![
        Cell::text(f.client_name),
        Cell::text(regulator_words(&f.regulator)),
        Cell::text(f.code),
        Cell::text(f.title),
        Cell::text(f.period_label),
        Cell::Date(f.period_start),
        Cell::Date(f.period_end),
        Cell::date(f.legal_due_on),
        Cell::date(f.projected_due_on),
        Cell::text(f.waits_for.map(|w| w.title).unwrap_or_default()),
        Cell::date(f.target_due_on),
        Cell::text(f.status.replace('_', " ")),
        Cell::Int(f.days_late),
        cost,
        Cell::text(currency),
        Cell::text(f.assignee.map(|a| a.display_name).unwrap_or_default()),
        Cell::date(f.filed_on),
        Cell::text(f.acknowledgement_no.unwrap_or_default()),
        Cell::Int(f.checklist_done.into()),
        Cell::Int(f.checklist_total.into()),
        Cell::text(f.materiality.replace('_', " ")),
    ]
}

/// A whole amount as a number, so that it can be added up; any other as it is written.
fn amount(text: String) -> Cell {
    text.parse().map_or_else(|_| Cell::Text(text.clone()), Cell::Int)
}
