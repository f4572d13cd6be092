//! Absences and stand-ins.

use super::GuardError;
use crate::database::Tx;
use kernel::id::{DelegationId, UserId};
use kernel::period::day_text;
use kernel::{Actor, Change, FieldErrors, Permission, Role};
use maker_checker::{Delegation, NewDelegation};

/// Absences of today and later.
pub async fn delegations<T: Tx + ?Sized>(tx: &mut T, actor: &Actor) -> Result<Vec<Delegation>, GuardError> {
    actor.require(Permission::ApprovalsView)?;
    Ok(tx.delegations(actor.today()).await?)
}

/// One's own absence, or somebody else's for those who may change approval levels.
pub async fn add_delegation<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    facts: NewDelegation,
) -> Result<DelegationId, GuardError> {
    allowed(actor, facts.from)?;
    let facts = facts.checked(actor.today())?;
    let mut errors = FieldErrors::new();
    let mut names = Vec::new();
    for (field, user) in [("fromId", Some(facts.from)), ("toId", facts.to)] {
        let Some(user) = user else { continue };
        match tx.user(user).await? {
            Some(found) if field == "toId" && matches!(found.user.role, Role::Viewer | Role::Portal) => {
                errors.add(field, "Choose somebody who works on clients; this role only reads.");
            }
            Some(found) if found.user.active => names.push(found.user.display_name),
            _ => errors.add(field, "Choose an active person of your firm."),
        }
    }
    let overlaps = |other: &Delegation| {
        other.facts.from == facts.from
            && other.facts.starts <= facts.ends
            && facts.starts <= other.facts.ends
            && (facts.actions.is_empty()
                || other.facts.actions.is_empty()
                || facts.actions.iter().any(|a| other.scopes(*a)))
    };
    if tx.delegations(actor.today()).await?.iter().any(overlaps) {
        errors.add("starts", "An absence is entered for these days already. End that one first.");
    }
    errors.into_result()?;
    let id = tx.add_delegation(&facts, actor.user, actor.at).await?;
    let days = format!("{} to {}", day_text(facts.starts), day_text(facts.ends));
    let text = match names.as_slice() {
        [from, to] => format!("entered that {to} decides in the place of {from}, {days}"),
        [from] => format!("entered that {from} is away, {days}"),
        _ => format!("entered an absence, {days}"),
    };
    tx.record(Change::new("approvals.delegate", "user", facts.from.get(), text)).await?;
    Ok(id)
}

/// Ends an absence early.
pub async fn end_delegation<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: DelegationId,
) -> Result<(), GuardError> {
    let all = tx.delegations(actor.today()).await?;
    let found = all.into_iter().find(|d| d.id == id).ok_or(GuardError::NotFound)?;
    allowed(actor, found.facts.from)?;
    if !tx.end_delegation(id, actor.at).await? {
        return Err(GuardError::NotFound);
    }
    let text = "ended an absence before its last day".to_owned();
    tx.record(Change::new("approvals.end_delegation", "user", found.facts.from.get(), text)).await?;
    Ok(())
}

fn allowed(actor: &Actor, from: UserId) -> Result<(), GuardError> {
    let own = actor.user == Some(from);
    Ok(actor.require(if own { Permission::ApprovalsDecide } else { Permission::PoliciesEdit })?)
}
