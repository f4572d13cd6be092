//! GET /api/journal/export

use super::query::JournalQuery;
use crate::http::{ApiError, Caller, ErrorBody, ListQuery};
use crate::imports::stream::{Cell, FileFormat, PAGE, pages, stream_file};
use crate::state::AppState;
use actix_web::{HttpResponse, get, web};
use app::audit::{AuditEntry, AuditFilter, Cursor};
use app::transact;
use kernel::journal::Change;
use kernel::moment::{IST, Instant};
use kernel::{Actor, Permission, StoreError};
use time::macros::format_description;

/// Headings and widths.
const COLUMNS: &[(&str, u16)] = &[
    ("When (IST)", 20),
    ("Who", 24),
    ("Acting for", 24),
    ("Action", 24),
    ("What", 80),
    ("Client", 30),
    ("Kind", 14),
    ("Id", 10),
    ("Address", 18),
    ("Request", 20),
    ("Entry", 10),
    ("Place in the sealed record", 14),
    ("Hash", 66),
];

/// The journal as a sheet, under the same filters, newest first. The sheet is for reading; what proves is the bundle.
#[utoipa::path(tag = "journal", params(JournalQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[get("/journal/export")]
pub async fn export_journal(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<JournalQuery>,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::JournalView)?;
    caller.require(Permission::JournalExport)?;
    let filter = query.0.filter()?;
    let format = FileFormat::parse(query.0.format.as_deref(), FileFormat::Csv)?;
    let actor = caller.actor;
    let text = format!("exported the audit trail as {}", format.extension());
    transact(state.db.as_ref(), &actor, async |tx| {
        tx.record(Change::new("journal.export", "firm", actor.tenant.get(), text)).await
    })
    .await?;
    // The first page before the answer, so that what goes wrong is an error and not half a file.
    let first = page(&state, &actor, &filter, None).await?;
    let (sender, receiver) = pages();
    let name = format!("audit-trail-{}.{}", actor.today(), format.extension());
    let response = stream_file(&state.sheets, format, &name, COLUMNS, receiver);
    actix_web::rt::spawn(async move {
        let mut found = Ok(first);
        loop {
            let last =
                found.as_ref().ok().filter(|page| page.len() == PAGE as usize).and_then(|page| page.last());
            let after = last.map(|last| Cursor { at: last.at, id: last.id });
            let rows = found.map(|page| page.into_iter().map(row).collect()).map_err(ApiError::from);
            if sender.send(rows).await.is_err() || after.is_none() {
                return;
            }
            found = page(&state, &actor, &filter, after).await;
        }
    });
    Ok(response)
}

async fn page(
    state: &AppState,
    actor: &Actor,
    filter: &AuditFilter,
    after: Option<Cursor>,
) -> Result<Vec<AuditEntry>, StoreError> {
    transact(state.db.as_ref(), actor, async |tx| tx.audit_page(filter, after, PAGE.into()).await).await
}

fn row(e: AuditEntry) -> Vec<Cell> {
    let number = |n: u64| i64::try_from(n).map_or(Cell::Empty, Cell::Int);
    vec![
        Cell::text(india(e.at)),
        Cell::text(e.actor_name),
        Cell::text(e.acting_for_name.unwrap_or_default()),
        Cell::text(e.action),
        Cell::text(e.text),
        Cell::text(e.client.map(|(_, name)| name).unwrap_or_default()),
        Cell::text(e.subject_kind),
        Cell::Int(e.subject_id),
        Cell::text(e.address.unwrap_or_default()),
        Cell::text(e.request_id),
        Cell::Int(e.id.get()),
        e.leaf.map_or(Cell::Empty, |(leaf, _)| number(leaf)),
        Cell::text(e.leaf.map(|(_, hash)| hash.to_string()).unwrap_or_default()),
    ]
}

fn india(at: Instant) -> String {
    let form = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
    at.to_offset(IST).format(form).unwrap_or_default()
}
