//! Remarks on a filing.

use crate::filing::FilingState;
use crate::ports::{CommentRow, Filings};
use kernel::fields::check_text;
use kernel::id::{FilingId, UserId};
use kernel::journal::{Change, Journal};
use kernel::{Actor, Denied, FieldErrors, NotEntitled, Permission, StoreError};
use thiserror::Error;

/// Why a remark was not kept.
#[derive(Debug, Error)]
pub enum CommentError {
    /// No such filing.
    #[error("We can't find this filing, or you can't open it.")]
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

/// Adds a remark. Closed filings take remarks too.
pub async fn comment<T: Filings + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: FilingId,
    author: UserId,
    text: &str,
) -> Result<CommentRow, CommentError> {
    actor.require(Permission::FilingsEdit)?;
    let text = text.trim();
    let mut errors = FieldErrors::new();
    if text.is_empty() {
        errors.add("text", "Write something first.");
    }
    check_text(&mut errors, "text", text, 4_000);
    errors.into_result().map_err(CommentError::Invalid)?;
    let filing = tx.filing(id).await?.ok_or(CommentError::NotFound)?;
    if filing.state == FilingState::Withdrawn {
        return Err(CommentError::NotFound);
    }
    let comment = tx.add_comment(id, author, text, actor.at).await?;
    let sentence = format!("commented on {} for {}", filing.code, filing.period_label);
    tx.record(Change::new("filings.comment", "filing", id.get(), sentence).on_client(filing.client)).await?;
    Ok(CommentRow {
        id: comment,
        author,
        author_name: actor.name.clone(),
        at: actor.at,
        text: text.to_owned(),
    })
}
