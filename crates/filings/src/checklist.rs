//! The checklist of a filing: shipped items come from the rule, ticks and own items are kept.

use crate::ports::{ChecklistRow, Filings};
use kernel::fields::check_text;
use kernel::id::FilingId;
use kernel::journal::{Change, Journal};
use kernel::{Actor, Denied, FieldErrors, Permission, StoreError};
use thiserror::Error;

/// Why the checklist stayed.
#[derive(Debug, Error)]
pub enum ChecklistError {
    /// No such filing or item.
    #[error("We can't find this item, or you can't open it.")]
    NotFound,
    /// The role does not allow it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The text is not usable.
    #[error("Check the marked fields.")]
    Invalid(FieldErrors),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The whole list: shipped items with what was done to them, then own items.
pub fn merged(shipped: &[String], touched: Vec<ChecklistRow>) -> Vec<ChecklistRow> {
    let mut rows: Vec<ChecklistRow> =
        shipped
            .iter()
            .enumerate()
            .map(|(index, text)| {
                let key = format!("r{}", index + 1);
                touched.iter().find(|row| row.key == key && row.text == *text).cloned().unwrap_or(
                    ChecklistRow { key, text: text.clone(), own: false, done: None, note: String::new() },
                )
            })
            .collect();
    rows.extend(touched.into_iter().filter(|row| row.own));
    rows
}

/// Ticks or unticks an item and keeps its note. `shipped` is the rule's list.
pub async fn tick_item<T: Filings + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: FilingId,
    key: &str,
    shipped: &[String],
    done: bool,
    note: Option<String>,
) -> Result<ChecklistRow, ChecklistError> {
    actor.require(Permission::FilingsEdit)?;
    let filing = tx.lock_filing(id).await?.ok_or(ChecklistError::NotFound)?;
    let rows = merged(shipped, tx.checklist_of(id).await?);
    let total = rows.len().try_into().unwrap_or(u16::MAX);
    let mut row = rows.into_iter().find(|row| row.key == key).ok_or(ChecklistError::NotFound)?;
    if let Some(note) = note {
        let mut errors = FieldErrors::new();
        check_text(&mut errors, "note", &note, 500);
        errors.into_result().map_err(ChecklistError::Invalid)?;
        row.note = note.trim().to_owned();
    }
    let was_done = row.done.is_some();
    row.done = match (done, row.done) {
        (true, None) => Some((actor.user, actor.at)),
        (true, kept) => kept,
        (false, _) => None,
    };
    tx.save_checklist_row(id, &row, total).await?;
    if was_done != done {
        let verb = if done { "ticked" } else { "unticked" };
        let text = format!("{verb} \"{}\" on {} for {}", row.text, filing.code, filing.period_label);
        tx.record(Change::new("filings.checklist", "filing", id.get(), text).on_client(filing.client))
            .await?;
    }
    Ok(row)
}

/// Adds an item of the firm's own to one filing.
pub async fn add_item<T: Filings + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: FilingId,
    shipped: &[String],
    text: &str,
) -> Result<ChecklistRow, ChecklistError> {
    actor.require(Permission::FilingsEdit)?;
    let text = text.trim();
    let mut errors = FieldErrors::new();
    if text.is_empty() {
        errors.add("text", "Write what has to be done.");
    }
    check_text(&mut errors, "text", text, 200);
    errors.into_result().map_err(ChecklistError::Invalid)?;
    let filing = tx.lock_filing(id).await?.ok_or(ChecklistError::NotFound)?;
    let rows = merged(shipped, tx.checklist_of(id).await?);
    let own = rows.iter().filter(|row| row.own).count();
    if own >= 50 {
        let errors = FieldErrors::one("text", "A filing takes at most 50 items of your own.");
        return Err(ChecklistError::Invalid(errors));
    }
    let total = (rows.len() + 1).try_into().unwrap_or(u16::MAX);
    let row = ChecklistRow {
        key: format!("o{}", own + 1),
        text: text.to_owned(),
        own: true,
        done: None,
        note: String::new(),
    };
    tx.save_checklist_row(id, &row, total).await?;
    let sentence =
        format!("added \"{text}\" to the checklist of {} for {}", filing.code, filing.period_label);
    tx.record(Change::new("filings.checklist", "filing", id.get(), sentence).on_client(filing.client))
        .await?;
    Ok(row)
}
