//! Carry out an import: started by a person, written in the background in batches, resumed after a crash.

use super::check::{CheckedRow, RowPlan, check};
use super::make_rows::make_rows;
use super::report::{Issue, Report};
use super::sheets::Sheets;
use super::upload::load;
use super::write_row::{Batch, Left, Written, update};
use super::{ImportError, request_id};
use crate::database::{Database, Tx, transact};
use crate::planning::load_policy;
use clients::{ImportRow, ImportState, StoredImport};
use kernel::id::{ImportId, TenantId};
use kernel::journal::Change;
use kernel::{Actor, Clock, Entitlements, Permission, StoreError};
use rulebook::Rulebook;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Rows in one transaction: they share the statements that plan their clients.
const BATCH: usize = 200;

/// Accepts the checked rows; [`run_commit`] writes them. Rows with errors are left out when `accept_partial`.
pub async fn start_commit(
    db: &dyn Database,
    actor: &Actor,
    id: ImportId,
    accept_partial: bool,
) -> Result<StoredImport, ImportError> {
    transact(db, actor, async |tx| begin_commit(tx, actor, id, accept_partial).await).await
}

/// The same in an open transaction.
pub async fn begin_commit<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: ImportId,
    accept_partial: bool,
) -> Result<StoredImport, ImportError> {
    actor.require(Permission::ClientsImport)?;
    let mut import = tx.lock_import(id).await?.ok_or(ImportError::NotFound)?;
    if import.state != ImportState::Checked {
        return Err(ImportError::State("This import has been carried out already."));
    }
    let counts = Report::from_json(&import.report).counts;
    if counts.with_errors > 0 && !accept_partial {
        return Err(ImportError::HasErrors(counts.with_errors));
    }
    import.state = ImportState::Committing;
    import.accept_partial = accept_partial;
    import.progress_done = 0;
    import.progress_total = i32::try_from(counts.to_create + counts.to_update).unwrap_or(i32::MAX);
    tx.save_import(&import, actor.at).await?;
    Ok(import)
}

/// Writes the rows of a committing import. Does nothing when there is nothing to do; a second run goes on where the
/// first one stopped. A failure that does not pass by itself marks the import as failed; what was written stays.
pub async fn run_commit(
    db: &dyn Database,
    clock: &dyn Clock,
    sheets: &Arc<dyn Sheets>,
    tenant: TenantId,
    id: ImportId,
) -> Result<(), StoreError> {
    let system = Actor::system(tenant, clock.now(), request_id(id));
    match commit(db, clock, sheets, &system, id).await {
        Ok(()) => Ok(()),
        Err(ImportError::Store(StoreError::Unavailable)) => Err(StoreError::Unavailable),
        Err(error) => {
            tracing::error!(import = id.get(), %error, "an import failed");
            let actor = Actor { at: clock.now(), ..system };
            transact(db, &actor, async |tx| {
                if let Some(mut import) = tx.lock_import(id).await?
                    && import.state == ImportState::Committing
                {
                    import.state = ImportState::Failed;
                    import.error = Some(
                        "It stopped because of a fault on our side. What was written can be undone.".into(),
                    );
                    tx.save_import(&import, actor.at).await?;
                }
                Ok(())
            })
            .await
        }
    }
}

async fn commit(
    db: &dyn Database,
    clock: &dyn Clock,
    sheets: &Arc<dyn Sheets>,
    system: &Actor,
    id: ImportId,
) -> Result<(), ImportError> {
    let Some(user) = importer(db, system, id).await? else { return Ok(()) };
    let (import, table) = load(db, &user, sheets, id).await?;
    let outcome = check(db, &user, sheets, table, Arc::new(import.mapping.clone())).await?;
    let written = transact(db, &user, async |tx| tx.import_rows(id).await).await?;
    let mut report = Report::from_json(&import.report);
    let done: BTreeSet<usize> = written
        .iter()
        .filter_map(|row| usize::try_from(row.row_no).ok())
        .chain(report.commit_issues.iter().map(|issue| issue.row))
        .collect();
    let planned = |row: &&CheckedRow| matches!(row.plan, RowPlan::Create | RowPlan::Update(_));
    let todo: Vec<&CheckedRow> =
        outcome.rows.iter().filter(planned).filter(|row| !done.contains(&row.number)).collect();
    // Rows that were good when the person said yes and are not any more.
    let told: BTreeSet<usize> = report.issues.iter().filter(|i| i.is_error()).map(|i| i.row).collect();
    if report.issues_total == report.issues.len() {
        let new = outcome
            .issues
            .iter()
            .filter(|i| i.is_error() && !told.contains(&i.row) && !done.contains(&i.row));
        report.commit_issues.extend(new.cloned());
    }
    report.counts.created = written.iter().filter(|row| row.created).count();
    report.counts.updated = written.len() - report.counts.created;
    let mut progress = Progress { report, done: import.progress_done };
    let mut left = todo.len();
    for rows in todo.chunks(BATCH) {
        left -= rows.len();
        let actor = Actor { at: clock.now(), ..user.clone() };
        if !batch(db, &actor, id, rows, left, &mut progress).await? {
            // Another process writes this import.
            return Ok(());
        }
    }
    let actor = Actor { at: clock.now(), ..user };
    finish(db, &actor, id, progress).await
}

struct Progress {
    report: Report,
    /// What the store has, to notice another writer.
    done: i32,
}

/// The person who uploaded; none when the import is not to be written.
async fn importer(db: &dyn Database, system: &Actor, id: ImportId) -> Result<Option<Actor>, StoreError> {
    transact(db, system, async |tx| {
        let Some(import) = tx.import(id).await?.filter(|i| i.state == ImportState::Committing) else {
            return Ok(None);
        };
        let mut actor = system.clone();
        if let Some(user) = import.created_by
            && let Some(found) = tx.user(user).await?
        {
            actor.user = Some(user);
            actor.name = found.user.display_name;
            actor.role = found.user.role;
            actor.permissions = found.user.permissions;
            actor.entitlements = tx.firm_entitlements().await?.map_or_else(Entitlements::nothing, Arc::new);
        }
        Ok(Some(actor))
    })
    .await
}

/// Writes some rows in one transaction; when that fails, each alone, so that one bad row does not stop the others.
/// False when another process is at it.
async fn batch(
    db: &dyn Database,
    actor: &Actor,
    id: ImportId,
    rows: &[&CheckedRow],
    left: usize,
    progress: &mut Progress,
) -> Result<bool, StoreError> {
    match write(db, actor, id, rows, left, progress).await {
        Err(StoreError::Unavailable) => return Err(StoreError::Unavailable),
        Err(error) if rows.len() > 1 => {
            tracing::warn!(import = id.get(), %error, "a batch of an import failed; trying its rows one by one");
        }
        Err(error) => return refuse(db, actor, id, rows, left, progress, &error).await,
        Ok(going_on) => return Ok(going_on),
    }
    for (at, row) in rows.iter().enumerate() {
        let left = left + rows.len() - at - 1;
        let one = std::slice::from_ref(row);
        let going_on = match write(db, actor, id, one, left, progress).await {
            Err(StoreError::Unavailable) => return Err(StoreError::Unavailable),
            Err(error) => refuse(db, actor, id, one, left, progress, &error).await?,
            Ok(going_on) => going_on,
        };
        if !going_on {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Leaves rows out that cannot be written.
async fn refuse(
    db: &dyn Database,
    actor: &Actor,
    id: ImportId,
    rows: &[&CheckedRow],
    left: usize,
    progress: &mut Progress,
    error: &StoreError,
) -> Result<bool, StoreError> {
    let message = match error {
        StoreError::Stale => "Somebody changed this client at the same time. Upload the row again.",
        StoreError::Unstorable => "A text holds a character that cannot be stored. Type the cells again.",
        _ => "This row could not be written. Upload it again; if it fails again, tell us.",
    };
    tracing::warn!(import = id.get(), %error, "a row of an import was left out");
    let issues: Vec<Issue> = rows.iter().map(|row| late_issue(row, message.to_owned())).collect();
    transact(db, actor, async |tx| {
        let Some(import) = ours(tx, id, progress).await? else { return Ok(false) };
        progress.report.commit_issues.extend(issues);
        save(tx, actor, import, left, progress).await?;
        Ok(true)
    })
    .await
}

async fn write(
    db: &dyn Database,
    actor: &Actor,
    id: ImportId,
    rows: &[&CheckedRow],
    left: usize,
    progress: &mut Progress,
) -> Result<bool, StoreError> {
    let mut next = Progress { report: progress.report.clone(), done: progress.done };
    let going_on = transact(db, actor, async |tx| {
        let Some(import) = ours(tx, id, &next).await? else { return Ok::<_, StoreError>(false) };
        let policy = load_policy(tx).await?;
        let file_name = import.file_name.clone();
        let batch = Batch { rules: Rulebook::shipped(), policy: &policy, file_name: &file_name };
        let mut done: Vec<ImportRow> = Vec::with_capacity(rows.len());
        let mut to_do = Left::default();
        let new: Vec<&CheckedRow> = rows.iter().copied().filter(|r| r.plan == RowPlan::Create).collect();
        let mut made = make_rows(tx, actor, &new, &batch, &mut to_do).await?.into_iter();
        for row in rows {
            let written = match row.plan {
                RowPlan::Create => made.next().unwrap_or(Written::Nothing),
                RowPlan::Update(id) => update(tx, actor, row, id, &batch, &mut to_do).await?,
                RowPlan::Unchanged(_) | RowPlan::Refused => Written::Nothing,
            };
            match written {
                Written::Row(written) => done.push(written),
                Written::Nothing => {}
                Written::Refused(message) => next.report.commit_issues.push(late_issue(row, message)),
            }
        }
        to_do.finish(tx, actor, &batch).await?;
        tx.add_import_rows(id, &done).await?;
        next.report.counts.created += done.iter().filter(|row| row.created).count();
        next.report.counts.updated += done.iter().filter(|row| !row.created).count();
        save(tx, actor, import, left, &mut next).await?;
        Ok(true)
    })
    .await?;
    if going_on {
        *progress = next;
    }
    Ok(going_on)
}

/// The import, held, if it is still being written and nobody else wrote since.
async fn ours(
    tx: &mut dyn Tx,
    id: ImportId,
    progress: &Progress,
) -> Result<Option<StoredImport>, StoreError> {
    let import = tx.lock_import(id).await?;
    Ok(import.filter(|i| i.state == ImportState::Committing && i.progress_done == progress.done))
}

async fn save(
    tx: &mut dyn Tx,
    actor: &Actor,
    mut import: StoredImport,
    left: usize,
    progress: &mut Progress,
) -> Result<(), StoreError> {
    import.progress_done =
        (import.progress_total - i32::try_from(left).unwrap_or(i32::MAX)).max(import.progress_done + 1);
    import.progress_total = import.progress_total.max(import.progress_done);
    progress.done = import.progress_done;
    import.report = progress.report.to_json();
    tx.save_import(&import, actor.at).await
}

async fn finish(
    db: &dyn Database,
    actor: &Actor,
    id: ImportId,
    mut progress: Progress,
) -> Result<(), ImportError> {
    transact(db, actor, async |tx| {
        let Some(mut import) = ours(tx, id, &progress).await? else { return Ok(()) };
        let counts = &mut progress.report.counts;
        counts.skipped = counts.rows.saturating_sub(counts.created + counts.updated + counts.unchanged);
        let (created, updated, skipped) = (counts.created, counts.updated, counts.skipped);
        import.state = ImportState::Done;
        import.progress_done = import.progress_total;
        import.report = progress.report.to_json();
        tx.save_import(&import, actor.at).await?;
        let text = format!(
            "imported {}: {created} new clients, {updated} changed, {skipped} rows left out",
            import.file_name
        );
        tx.record(Change::new("imports.commit", "import", id.get(), text)).await?;
        Ok(())
    })
    .await
}

fn late_issue(row: &CheckedRow, message: String) -> Issue {
    Issue {
        row: row.number,
        column: None,
        header: None,
        field: None,
        value: None,
        message,
        severity: "error".to_owned(),
    }
}
