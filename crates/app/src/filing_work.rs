//! Work on one filing that is no state of it: remarks, the checklist, who holds it, what was wrong with a portal. Here the
//! rules of the filing meet the firm's plan.

use crate::database::Tx;
use crate::firm_rules::FirmRules;
use crate::licence::{claim, require_open_filing};
use ::filings::checklist::{ChecklistError, Given};
use ::filings::clock::Holder;
use ::filings::comment::CommentError;
use ::filings::portal_log::NewProblem;
use ::filings::{ChecklistRow, CommentRow, FilingError};
use kernel::id::{FilingId, UserId};
use kernel::{Actor, Counted, Permission};

/// Adds a remark.
pub async fn comment<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: FilingId,
    author: UserId,
    text: &str,
) -> Result<CommentRow, CommentError> {
    actor.require(Permission::FilingsEdit)?;
    require_open_filing(tx, actor, id).await?;
    ::filings::comment(tx, actor, id, author, text).await
}

/// Ticks or unticks an item and keeps its note.
pub async fn tick_item<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: FilingId,
    key: &str,
    done: bool,
    note: Option<String>,
) -> Result<ChecklistRow, ChecklistError> {
    actor.require(Permission::FilingsEdit)?;
    require_open_filing(tx, actor, id).await?;
    let items = given(tx, id).await?;
    ::filings::tick_item(tx, actor, id, key, &items, done, note).await
}

/// Adds an item of the firm's own to this filing.
pub async fn add_item<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: FilingId,
    text: &str,
) -> Result<ChecklistRow, ChecklistError> {
    actor.require(Permission::FilingsEdit)?;
    require_open_filing(tx, actor, id).await?;
    let items = given(tx, id).await?;
    ::filings::add_item(tx, actor, id, &items, text).await
}

async fn given<T: Tx + ?Sized>(tx: &mut T, id: FilingId) -> Result<Given, ChecklistError> {
    let filing = tx.filing(id).await?.ok_or(ChecklistError::NotFound)?;
    Ok(FirmRules::load(tx).await?.checklist(&filing.code, &filing.rule_id))
}

/// Says who holds an open filing from now on.
pub async fn hand_over<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: FilingId,
    to: Holder,
    reason: &str,
) -> Result<(), FilingError> {
    actor.require(Permission::FilingsEdit)?;
    require_open_filing(tx, actor, id).await?;
    ::filings::hand_over(tx, actor, id, to, reason).await
}

/// Notes that a portal did not work. It is evidence, so a client over the plan takes it; it is a record as well, and its
/// screenshot is stored, so a plan that counts these must have room.
pub async fn log_problem<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    author: UserId,
    id: FilingId,
    problem: NewProblem,
) -> Result<(), FilingError> {
    actor.require(Permission::FilingsEdit)?;
    claim(tx, actor, Counted::Records, 1).await?;
    if let Some((picture, _)) = &problem.picture {
        claim(tx, actor, Counted::StorageMb, megabytes(picture.bytes().len())).await?;
    }
    ::filings::log_problem(tx, actor, author, id, problem).await
}

/// Begun megabytes, as storage is counted.
pub(crate) fn megabytes(bytes: usize) -> i64 {
    i64::try_from(bytes.div_ceil(1024 * 1024)).unwrap_or(i64::MAX)
}
