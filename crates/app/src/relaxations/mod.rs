//! Relaxations: preview a circular, carry it out on many filings at once, take it back.

pub mod apply;
pub mod preview;
pub mod undo;

pub use apply::apply;
pub use preview::{Preview, PreviewRow, Show, preview};
pub use undo::{UndoReport, undo};

use crate::database::Tx;
use crate::firm_rules::FirmRules;
use ::clients::EntityType;
use ::filings::relaxation::{
    Counts, Decision, Draft, Effect, MAX_FILINGS, Outcome, ScopedFiling, check, decide, in_order,
};
use ::filings::{Aims, Relaxation};
use kernel::id::{FilingId, RelaxationId};
use kernel::{Actor, Denied, FieldErrors, StoreError};
use rulebook::Rulebook;
use std::collections::{HashMap, HashSet};
use thiserror::Error;

/// Why nothing was relaxed or restored.
#[derive(Debug, Error)]
pub enum RelaxationError {
    /// Not there.
    #[error("We can't find this relaxation.")]
    NotFound,
    /// The role does not allow it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Something entered is wrong.
    #[error("Check the marked fields.")]
    Invalid(FieldErrors),
    /// Nothing in scope would change.
    #[error("No filing would change. Widen the returns, periods or clients, or check the new date.")]
    Nothing,
    /// More than one transaction should carry.
    #[error(
        "More than {MAX_FILINGS} filings are in scope. Narrow the returns, periods or clients, and carry the circular out in parts."
    )]
    TooMany,
    /// Taken back already.
    #[error("This relaxation was undone already.")]
    Undone,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<FieldErrors> for RelaxationError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

/// The draft as a relaxation, checked against the rule library and the vocabulary of clients.
fn checked(draft: Draft, actor: &Actor) -> Result<Relaxation, RelaxationError> {
    let mut errors = FieldErrors::new();
    for kind in &draft.scope.entity_types {
        if EntityType::parse(kind).is_none() {
            errors.add("entityTypes", format!("\"{kind}\" is not a legal form we know."));
        }
    }
    match check(draft, actor, Rulebook::shipped()) {
        Ok(relaxation) if errors.is_empty() => Ok(relaxation),
        Ok(_) => Err(errors.into()),
        Err(more) => {
            errors.merge(more);
            Err(errors.into())
        }
    }
}

/// A filing in scope and what becomes of it.
pub(crate) struct Decided {
    scoped: ScopedFiling,
    decision: Decision,
}

/// Decides about every filing in scope; with `lock` they are held for the change.
async fn decide_all<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    new: &Relaxation,
    lock: bool,
) -> Result<(Vec<Decided>, Counts), RelaxationError> {
    let today = actor.today();
    // Only a circular that names past dates clears a late filing; relief from cost leaves closed filings alone.
    let filed_late = new.names_past && !matches!(new.effect, Effect::NoLateCost { .. });
    let found = tx.filings_in_scope(&new.scope, filed_late, MAX_FILINGS, lock, today).await?;
    if found.len() > MAX_FILINGS {
        return Err(RelaxationError::TooMany);
    }
    let standing = tx.standing_relaxations().await?;
    let ids: Vec<FilingId> = found.iter().map(|s| s.filing.id).collect();
    let others = covering(tx, actor, &standing, &new.scope.codes, &ids).await?;
    let own = FirmRules::load(tx).await?;
    let aims = Aims { rules: Rulebook::shipped(), own: &own.settings };
    let mut counts = Counts::default();
    let mut clients = HashSet::new();
    let mut decided = Vec::with_capacity(found.len());
    for scoped in found {
        let over = others.get(&scoped.filing.id).into_iter().flatten().copied();
        let ordered = in_order(over.chain(std::iter::once(new)));
        let decision = decide(scoped.filing.clone(), new, &ordered, aims);
        counts.add(&decision, today);
        if decision.changes() {
            clients.insert(scoped.filing.client);
        }
        decided.push(Decided { scoped, decision });
    }
    let closed = tx.closed_in_scope(&new.scope, today).await?;
    counts.filed += closed.filed - if filed_late { closed.filed_late.min(closed.filed) } else { 0 };
    counts.closed_otherwise += closed.otherwise;
    counts.clients = clients.len();
    Ok((decided, counts))
}

/// The standing relaxations over each filing. One statement per relaxation that shares a return with them.
async fn covering<'a, T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    standing: &'a [Relaxation],
    codes: &[String],
    ids: &[FilingId],
) -> Result<HashMap<FilingId, Vec<&'a Relaxation>>, StoreError> {
    let mut over: HashMap<FilingId, Vec<&Relaxation>> = HashMap::new();
    for relaxation in standing.iter().filter(|r| r.scope.codes.iter().any(|code| codes.contains(code))) {
        for id in tx.covered_among(&relaxation.scope, ids, actor.today()).await? {
            over.entry(id).or_default().push(relaxation);
        }
    }
    Ok(over)
}

/// The id that a relaxation has before it is written: after all that stand, so that it takes effect last.
pub(crate) const UNWRITTEN: RelaxationId = RelaxationId::new(i64::MAX);

fn is_extended(decided: &Decided) -> bool {
    decided.decision.outcome == Outcome::Extended
}
