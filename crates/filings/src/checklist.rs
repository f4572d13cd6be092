//! The checklist of a filing: shipped items come from the rule, ticks and own items are kept.

use crate::ports::{ChecklistRow, Filings};
use kernel::fields::check_text;
use kernel::id::FilingId;
use kernel::journal::{Change, Journal};
use kernel::{Actor, Denied, FieldErrors, NotEntitled, Permission, StoreError};
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
    /// The plan does not go that far.
    #[error(transparent)]
    NotEntitled(#[from] NotEntitled),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a checklist begins with, before anything was done to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// Items of the rule.
    pub shipped: Vec<String>,
    /// Items that the firm adds to every filing of the return.
    pub firm: Vec<String>,
}

impl Given {
    /// Items with their keys. A firm's item keeps its key when others come or go around it.
    fn keyed(&self) -> impl Iterator<Item = (String, &String)> {
        let shipped = self.shipped.iter().enumerate().map(|(at, text)| (format!("r{}", at + 1), text));
        shipped.chain(self.firm.iter().map(|text| (firm_key(text), text)))
    }
}

/// Marks the keys of items that the firm adds to every filing of a return.
pub const FIRM_KEY: &str = "f-";

fn firm_key(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{FIRM_KEY}{hash:016x}")
}

/// The whole list: given items with what was done to them, then those added to this filing alone.
pub fn merged(given: &Given, touched: Vec<ChecklistRow>) -> Vec<ChecklistRow> {
    let mut rows: Vec<ChecklistRow> =
        given
            .keyed()
            .map(|(key, text)| {
                touched.iter().find(|row| row.key == key && row.text == *text).cloned().unwrap_or(
                    ChecklistRow { key, text: text.clone(), own: false, done: None, note: String::new() },
                )
            })
            .collect();
    rows.extend(touched.into_iter().filter(|row| row.own));
    rows
}

/// Ticks or unticks an item and keeps its note.
pub async fn tick_item<T: Filings + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: FilingId,
    key: &str,
    given: &Given,
    done: bool,
    note: Option<String>,
) -> Result<ChecklistRow, ChecklistError> {
    actor.require(Permission::FilingsEdit)?;
    let filing = tx.lock_filing(id).await?.ok_or(ChecklistError::NotFound)?;
    let rows = merged(given, tx.checklist_of(id).await?);
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
    given: &Given,
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
    let rows = merged(given, tx.checklist_of(id).await?);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_firms_items_come_after_the_rules_and_keep_their_ticks() {
        let given = |firm: &[&str]| Given {
            shipped: vec!["Figures tie".into()],
            firm: firm.iter().map(|item| (*item).to_owned()).collect(),
        };
        let rows = merged(&given(&["Board has seen it", "Partner signs"]), Vec::new());
        let texts: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
        assert_eq!(texts, ["Figures tie", "Board has seen it", "Partner signs"]);
        let done = Some((None, time::OffsetDateTime::UNIX_EPOCH));
        let ticked = vec![ChecklistRow { done, ..rows[2].clone() }];
        let rows = merged(&given(&["New first", "Partner signs"]), ticked);
        assert!(rows[2].done.is_some() && rows[1].done.is_none(), "the tick stays with its words");
        assert_eq!(merged(&given(&[]), rows)[0].key, "r1", "the rule's items never go");
    }
}
