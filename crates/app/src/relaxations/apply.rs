//! Carry a circular out: every filing in scope, in one transaction, each with its own journal entry.

use super::{Decided, RelaxationError, UNWRITTEN, checked, decide_all, is_extended};
use crate::database::Tx;
use crate::planning::shown;
use ::filings::relaxation::{Counts, Draft};
use ::filings::{Filing, Relaxation};
use kernel::id::RelaxationId;
use kernel::journal::Change;
use kernel::{Actor, FieldErrors, Permission};
use serde_json::{Value, json};

/// Carries it out. Filings that are planned later inside its scope get it as well, as long as it stands.
pub async fn apply<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    draft: Draft,
) -> Result<RelaxationId, RelaxationError> {
    actor.require(Permission::RelaxationsApply)?;
    if draft.reason.is_none() {
        return Err(FieldErrors::one("reason", "Say why; it stays on the record.").into());
    }
    let mut relaxation = checked(draft, actor)?;
    relaxation.id = UNWRITTEN;
    tx.hold_planning().await?;
    let (decided, counts) = decide_all(tx, actor, &relaxation, true).await?;
    if counts.changed() == 0 {
        return Err(RelaxationError::Nothing);
    }
    relaxation.id = tx.insert_relaxation(&relaxation, &counts).await?;
    let changed: Vec<Filing> = decided
        .iter()
        .filter(|d| d.decision.changes())
        .map(|d| signed(d.decision.after.clone(), relaxation.id))
        .collect();
    tx.save_relieved(&changed, actor.at).await?;
    tx.record(entry(&relaxation, &counts)).await?;
    let entries = decided.iter().filter(|d| d.decision.changes()).map(|d| filing_entry(d, &relaxation));
    tx.record_all(entries.collect()).await?;
    Ok(relaxation.id)
}

/// The decision was made before the relaxation had an id.
fn signed(mut filing: Filing, id: RelaxationId) -> Filing {
    if let Some(relaxed) = filing.relief.relaxed.as_mut().filter(|r| r.by == UNWRITTEN) {
        relaxed.by = id;
    }
    if let Some(free) = filing.relief.free.as_mut().filter(|f| f.by == UNWRITTEN) {
        free.by = id;
    }
    filing
}

fn entry(relaxation: &Relaxation, counts: &Counts) -> Change {
    let text = format!(
        "carried out {} on {} filings of {} clients ({}): {}; {}",
        relaxation.circular.words(),
        counts.changed(),
        counts.clients,
        relaxation.returns_words(),
        relaxation.effect_words(),
        relaxation.reason,
    );
    Change::new("relaxations.apply", "relaxation", relaxation.id.get(), text)
}

fn filing_entry(decided: &Decided, relaxation: &Relaxation) -> Change {
    let (before, after) = (&decided.decision.before, &decided.decision.after);
    let name = format!("{} for {}", before.code, before.period_label);
    let words = relaxation.circular.words();
    let (text, old, new) = if is_extended(decided) {
        let (from, to) = (shown(before), shown(after));
        (format!("extended {name} from {from} to {to}: {words}"), dates(before), dates(after))
    } else {
        let text = format!("{name}: {}: {words}", relaxation.effect_words());
        (text, free(before), free(after))
    };
    Change::new("filings.relax", "filing", before.id.get(), text)
        .on_client(before.client)
        .with(Some(old), Some(new))
}

/// The dates in force, for the journal.
pub(crate) fn dates(filing: &Filing) -> Value {
    json!({
        "legalDueOn": filing.legal_due.map(|d| d.to_string()),
        "projectedDueOn": filing.projected_due.map(|d| d.to_string()),
        "targetDueOn": filing.target_due.map(|d| d.to_string()),
    })
}

/// The relief from cost, for the journal.
pub(crate) fn free(filing: &Filing) -> Value {
    json!({ "noLateCostUntil": filing.relief.free.map(|free| free.until.to_string()) })
}
