//! Decisions, and what follows from the last one.

use super::command::{Command, digest_of};
use super::perform::{Done, Links, Seen, perform};
use super::submit::{Weighed, alike, checked, entry, freeze, maker_of, weigh};
use super::{GuardError, tell};
use crate::database::{Database, Tx, transact};
use identity::User;
use kernel::fields::check_text;
use kernel::id::{ProposalId, UserId};
use kernel::{Actor, Change, FieldErrors, Permission, StoreError};
use maker_checker::{Hat, Proposal, Refusal, Sight, State, Verdict};
use serde_json::json;

/// What a checker says.
#[derive(Debug, Clone)]
pub struct Say {
    /// Yes, no, or not like this.
    pub verdict: Verdict,
    /// Why; needed unless it is yes.
    pub comment: String,
    /// The version of the proposal that was looked at.
    pub version: i64,
}

/// What became of the proposal.
#[derive(Debug)]
pub struct Decided {
    /// As it is now.
    pub proposal: Proposal,
    /// What was carried out, when this was the last approval.
    pub done: Option<Done>,
}

/// Why the last approval does not carry it out.
enum Moved {
    On(String, Option<Sight>),
    Failed(GuardError),
}

impl From<StoreError> for Moved {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

/// Decides. The last approval carries the command out in the same transaction. Refused attempts are on the record.
pub async fn decide(
    db: &dyn Database,
    actor: &Actor,
    id: ProposalId,
    say: Say,
    links: Option<&dyn Links>,
) -> Result<Decided, GuardError> {
    let mut errors = FieldErrors::new();
    check_text(&mut errors, "comment", &say.comment, 2_000);
    errors.into_result()?;
    match transact(db, actor, async |tx| in_one(tx, actor, id, &say, links).await).await {
        Ok(decided) => Ok(decided),
        Err(Moved::On(why, now)) => {
            transact(db, actor, async |tx| outdated(tx, actor, id, say.version, why, now).await).await
        }
        Err(Moved::Failed(error)) => {
            if matches!(error, GuardError::Refused(_) | GuardError::Denied(_)) {
                let text = format!("tried to {} and was refused: {error}", say.verdict.as_str());
                let entry = Change::new("approvals.refused", "proposal", id.get(), text);
                transact(db, actor, async |tx| tx.record(entry).await).await?;
            }
            Err(error)
        }
    }
}

async fn in_one(
    tx: &mut dyn Tx,
    actor: &Actor,
    id: ProposalId,
    say: &Say,
    links: Option<&dyn Links>,
) -> Result<Decided, Moved> {
    let (proposal, acting_for) = decided(tx, actor, id, say).await.map_err(Moved::Failed)?;
    let failed = |error: StoreError| Moved::Failed(error.into());
    let speaker = Actor { acting_for, ..actor.clone() };
    tx.speak_as(&speaker);
    let (action, verb, told) = match say.verdict {
        Verdict::Approve => ("approvals.approve", "approved", "Approved"),
        Verdict::Reject => ("approvals.reject", "rejected", "Rejected"),
        Verdict::Return => ("approvals.return", "sent back", "Sent back"),
    };
    let level = proposal.decisions.last().map_or(1, |d| d.level);
    let mut words = format!("{verb} at level {level}");
    if !say.comment.trim().is_empty() {
        words = format!("{words}, \"{}\"", say.comment.trim());
    }
    tx.record(entry(action, &proposal, &words)).await.map_err(failed)?;
    if proposal.state == State::Approved {
        return execute(tx, &speaker, proposal, links).await;
    }
    tx.save_proposal(&proposal, None).await.map_err(failed)?;
    if proposal.waiting().is_some() {
        tell::waits(tx, actor, &proposal).await.map_err(failed)?;
    } else {
        tell::maker(tx, actor, &proposal, told).await.map_err(failed)?;
    }
    let proposal = Proposal { version: proposal.version + 1, ..proposal };
    Ok(Decided { proposal, done: None })
}

/// The proposal after the decision, and in whose place it was made.
async fn decided(
    tx: &mut dyn Tx,
    actor: &Actor,
    id: ProposalId,
    say: &Say,
) -> Result<(Proposal, Option<UserId>), GuardError> {
    actor.require(Permission::ApprovalsView)?;
    let proposal = tx.lock_proposal(id).await?.ok_or(GuardError::NotFound)?;
    if !proposal.state.holds() {
        return Err(Refusal::Over(proposal.state.as_str()).into());
    }
    if proposal.version != say.version {
        return Err(StoreError::Stale.into());
    }
    if proposal.frozen.expires_at <= actor.at {
        return Err(Refusal::Over("expired").into());
    }
    let hat = hat_for(tx, actor, &proposal).await?;
    let after = match say.verdict {
        Verdict::Approve => proposal.approve(&hat, &say.comment, actor.at)?,
        Verdict::Reject => proposal.reject(&hat, &say.comment, actor.at)?,
        Verdict::Return => proposal.give_back(&hat, &say.comment, actor.at)?,
    };
    Ok((after, hat.acting_for.map(|(user, _)| user)))
}

/// In which capacity the person may decide: in their own right first, then in the place of somebody who is away.
pub(super) async fn hat_for<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    proposal: &Proposal,
) -> Result<Hat, GuardError> {
    let user = maker_of(actor)?;
    let own = Hat { user, role: actor.role, acting_for: None };
    let refusal = match proposal.may_decide(&own) {
        Ok(()) => match actor.require(Permission::ApprovalsDecide) {
            Ok(()) => return Ok(own),
            Err(denied) => GuardError::from(denied),
        },
        Err(refusal @ (Refusal::OwnWork | Refusal::Over(_))) => return Err(refusal.into()),
        // Who decides nowhere is told so, not that this one level is somebody else's.
        Err(refusal) => {
            actor.require(Permission::ApprovalsDecide).map_or_else(Into::into, |()| refusal.into())
        }
    };
    let today = actor.today();
    for lent in tx.delegations(today).await?.iter().filter(|d| d.lends(user, proposal.action, today)) {
        let Some(lender) = tx.user(lent.facts.from).await?.map(|found| found.user) else { continue };
        let may = lender.permissions.contains(Permission::ApprovalsDecide);
        let hat = Hat { acting_for: Some((lender.id, lender.role)), ..own };
        if lender.active && may && proposal.may_decide(&hat).is_ok() {
            return Ok(hat);
        }
    }
    Err(refusal)
}

/// Carries an approved command out, as its maker, and compares what it did with what was shown.
async fn execute(
    tx: &mut dyn Tx,
    checker: &Actor,
    proposal: Proposal,
    links: Option<&dyn Links>,
) -> Result<Decided, Moved> {
    let failed = |error: StoreError| Moved::Failed(error.into());
    let gone = |why: &str| Moved::On(why.into(), None);
    if digest_of(&proposal.frozen.command) != proposal.frozen.digest {
        return Err(gone("The kept change does not have the fingerprint it was approved with."));
    }
    let Some(command) = Command::thaw(&proposal.frozen.command) else {
        return Err(gone("This version of the product cannot read the kept change any more."));
    };
    let maker = match tx.user(proposal.maker).await.map_err(failed)? {
        Some(found) if found.user.active => found.user,
        _ => return Err(gone("The person who proposed it no longer works here.")),
    };
    let as_maker = maker_as_now(maker, checker);
    tx.speak_as(&as_maker);
    let performed = match perform(tx, &as_maker, command, Seen::Now, links).await {
        Ok(performed) => performed,
        Err(error) if broken(&error) => return Err(Moved::Failed(error)),
        Err(error) => return Err(Moved::On(no_longer(&error, &as_maker), None)),
    };
    if performed.sight.sections != proposal.frozen.sight.sections {
        let why = "The record changed since this was proposed; it would do something else now.";
        return Err(Moved::On(why.into(), Some(performed.sight)));
    }
    tx.speak_as(checker);
    let at = checker.at;
    let done = proposal.executed(at).map_err(|refusal| Moved::Failed(refusal.into()))?;
    tx.save_proposal(&done, None).await.map_err(failed)?;
    let mut change = entry("approvals.execute", &done, "carried out after approval");
    let checkers: Vec<_> = done
        .this_round()
        .map(|d| json!({ "by": d.by.get(), "actingFor": d.acting_for.map(|u| u.get()), "level": d.level }))
        .collect();
    if let Some(after) = change.after.as_mut() {
        after["checkers"] = checkers.into();
    }
    tx.record(change).await.map_err(failed)?;
    tell::maker(tx, checker, &done, "Approved and carried out").await.map_err(failed)?;
    let proposal = Proposal { version: done.version + 1, ..done };
    Ok(Decided { proposal, done: Some(performed.done) })
}

/// The maker with what they may do today, in the checker's request.
fn maker_as_now(maker: User, checker: &Actor) -> Actor {
    Actor {
        user: Some(maker.id),
        name: maker.display_name,
        role: maker.role,
        role_name: maker.custom_role.map(|own| own.name),
        permissions: maker.permissions,
        address: None,
        acting_for: None,
        ..checker.clone()
    }
}

/// The store failed: that says nothing about the change.
fn broken(error: &GuardError) -> bool {
    let failed = |e: &StoreError| {
        matches!(e, StoreError::Unavailable | StoreError::Other(_) | StoreError::Corrupt { .. })
    };
    error.store().is_some_and(failed)
}

/// Why it cannot be done any more, for whoever wanted to approve it.
fn no_longer(error: &GuardError, maker: &Actor) -> String {
    let Some(denied) = error.denied() else { return format!("It can no longer be done: {error}") };
    let allows = denied.permission.sentence();
    format!(
        "{} may no longer do this: their role, {}, does not allow it (\"{allows}\").",
        maker.name, denied.role
    )
}

/// Marks it as stale, with what it would do now.
async fn outdated(
    tx: &mut dyn Tx,
    actor: &Actor,
    id: ProposalId,
    version: i64,
    why: String,
    now: Option<Sight>,
) -> Result<Decided, GuardError> {
    let proposal = tx.lock_proposal(id).await?.ok_or(GuardError::NotFound)?;
    if proposal.version != version {
        return Err(StoreError::Stale.into());
    }
    let words = format!("approved it, but it was out of date: {why}");
    let stale = proposal.stale(why, now, actor.at)?;
    tx.save_proposal(&stale, None).await?;
    tx.record(entry("approvals.stale", &stale, &words)).await?;
    tell::maker(tx, actor, &stale, "Out of date, propose it again").await?;
    let proposal = Proposal { version: stale.version + 1, ..stale };
    Ok(Decided { proposal, done: None })
}

/// Somebody who neither proposed it nor decides anywhere has nothing to do with it.
fn own(actor: &Actor, proposal: &Proposal) -> Result<(), GuardError> {
    let mine = actor.user == Some(proposal.maker);
    Ok(if mine { Ok(()) } else { actor.require(Permission::ApprovalsDecide) }?)
}

/// The maker takes it back.
pub async fn withdraw<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: ProposalId,
    version: i64,
) -> Result<Proposal, GuardError> {
    let proposal = tx.lock_proposal(id).await?.ok_or(GuardError::NotFound)?;
    if proposal.version != version {
        return Err(StoreError::Stale.into());
    }
    own(actor, &proposal)?;
    let taken = proposal.withdraw(maker_of(actor)?, actor.at)?;
    tx.save_proposal(&taken, None).await?;
    tx.record(entry("approvals.withdraw", &taken, "withdrew")).await?;
    Ok(Proposal { version: taken.version + 1, ..taken })
}

/// The maker sends what came back again as it is, with an answer to what was asked. It is worked out anew.
pub async fn resubmit(
    db: &dyn Database,
    actor: &Actor,
    id: ProposalId,
    version: i64,
    reason: String,
    links: Option<&dyn Links>,
) -> Result<(), GuardError> {
    let maker = maker_of(actor)?;
    let held = transact(db, actor, async |tx| tx.proposal(id).await).await?.ok_or(GuardError::NotFound)?;
    if held.version != version {
        return Err(StoreError::Stale.into());
    }
    own(actor, &held)?;
    // Refuses before anything is carried out for show.
    held.clone().resubmit(maker, held.frozen.clone(), actor.at)?;
    let command = Command::thaw(&held.frozen.command).ok_or(StoreError::Stale)?;
    let Weighed::Waits(performed, policy, levels) =
        weigh(db, actor, command, Seen::Now, &held.frozen.levels, links).await?
    else {
        return Err(StoreError::Stale.into());
    };
    let reason = checked(Some(reason), &policy)?;
    let frozen = freeze(actor, &performed, &policy, levels, reason);
    let alike = alike(held.action, &frozen.sight);
    transact(db, actor, async |tx| {
        let held = tx.lock_proposal(id).await?.ok_or(GuardError::NotFound)?;
        if held.version != version {
            return Err(StoreError::Stale.into());
        }
        let again = held.resubmit(maker, frozen, actor.at)?;
        tx.save_proposal(&again, Some(&alike)).await?;
        tx.record(entry("approvals.resubmit", &again, "proposed again")).await?;
        Ok(tell::waits(tx, actor, &again).await?)
    })
    .await
}
