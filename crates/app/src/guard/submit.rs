//! The way in: a command is carried out at once, or becomes a proposal.

use super::command::{Command, digest_of};
use super::perform::{Done, Links, Performed, Seen, foresee, perform};
use super::policies::demanded;
use super::{GuardError, tell};
use crate::database::{Database, Tx, transact};
use kernel::fields::check_text;
use kernel::id::{ProposalId, UserId};
use kernel::{Actor, Change, Denied, FieldErrors, Permission, StoreError};
use maker_checker::{Action, Frozen, Level, Policy, Proposal, State};
use serde_json::json;

/// What became of a command.
#[derive(Debug)]
pub enum Outcome {
    /// Made.
    Done(Done),
    /// It waits for somebody else; what could not be done even so is in the answer.
    Waits(ProposalId, Done),
}

/// Carries the command out, or proposes it. `reason` is what the checkers read.
pub async fn submit(
    db: &dyn Database,
    actor: &Actor,
    command: Command,
    reason: Option<String>,
) -> Result<Outcome, GuardError> {
    submit_linked(db, actor, command, reason, None).await
}

/// The same for a command that sends somebody a link when it is carried out.
pub async fn submit_linked(
    db: &dyn Database,
    actor: &Actor,
    command: Command,
    reason: Option<String>,
    links: Option<&dyn Links>,
) -> Result<Outcome, GuardError> {
    match weigh(db, actor, command, Seen::ByMaker, &[], links).await? {
        Weighed::Done(done) => Ok(Outcome::Done(done)),
        Weighed::Waits(performed, policy, levels) => {
            let maker = maker_of(actor)?;
            let reason = checked(reason, &policy)?;
            let frozen = freeze(actor, &performed, &policy, levels, reason);
            let Performed { done, about, subjects, client, due, sight, .. } = performed;
            let proposal = Proposal {
                id: ProposalId::new(0),
                action: policy.action,
                about,
                subjects,
                client,
                maker,
                frozen,
                round: 1,
                state: State::Pending { level: 1 },
                decisions: Vec::new(),
                version: 1,
                proposed_at: actor.at,
                updated_at: actor.at,
            };
            let alike = alike(policy.action, &sight);
            let kept = transact(db, actor, async |tx| keep(tx, actor, &proposal, &alike, due).await).await;
            match kept {
                Err(GuardError::Store(StoreError::Duplicate(_))) => {
                    // Somebody proposed the same at the same instant.
                    Err(transact(db, actor, async |tx| {
                        let first = tx.holder(proposal.action, &proposal.subjects).await?;
                        named(tx, first.ok_or(StoreError::Stale)?).await
                    })
                    .await?)
                }
                kept => Ok(Outcome::Waits(kept?, done)),
            }
        }
    }
}

pub(super) enum Weighed {
    Done(Done),
    Waits(Performed, Policy, Vec<Level>),
}

/// Carries the command out and keeps that only when nobody else has to agree. `at_least` are levels that hold even if
/// the policy asks for none any more.
pub(super) async fn weigh(
    db: &dyn Database,
    actor: &Actor,
    command: Command,
    seen: Seen,
    at_least: &[Level],
    links: Option<&dyn Links>,
) -> Result<Weighed, GuardError> {
    let weighed = transact(db, actor, async |tx| {
        let mut performed = perform(tx, actor, command, seen, links).await?;
        let asked = demanded(tx, actor, &performed.actions, performed.size).await?;
        let forced = performed.actions.first().filter(|_| !at_least.is_empty());
        match asked.or_else(|| forced.map(|a| (Policy::standard(*a), at_least.to_vec()))) {
            None => Ok(performed.done),
            Some((policy, levels)) => {
                foresee(tx, actor, &mut performed).await?;
                Err(Stop::Waits(Box::new((performed, policy, levels))))
            }
        }
    })
    .await;
    match weighed {
        Ok(done) => Ok(Weighed::Done(done)),
        Err(Stop::Waits(waits)) => Ok(Weighed::Waits(waits.0, waits.1, waits.2)),
        Err(Stop::Failed(error)) => Err(error),
    }
}

/// Why the transaction is taken back: to be shown to somebody else, or because it failed.
enum Stop {
    Waits(Box<(Performed, Policy, Vec<Level>)>),
    Failed(GuardError),
}

impl<E: Into<GuardError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

pub(super) fn maker_of(actor: &Actor) -> Result<UserId, Denied> {
    let role = || actor.role.as_str().replace('_', " ");
    actor.user.ok_or_else(|| Denied { permission: Permission::ApprovalsView, role: role() })
}

pub(super) fn checked(reason: Option<String>, policy: &Policy) -> Result<String, FieldErrors> {
    let reason = reason.unwrap_or_default().trim().to_owned();
    let mut errors = FieldErrors::new();
    check_text(&mut errors, "reason", &reason, 2_000);
    if policy.reason_required && reason.chars().count() < 5 {
        errors.add("reason", "Your firm asks for a reason here; whoever approves it reads it.");
    }
    errors.into_result().map(|()| reason)
}

pub(super) fn freeze(
    actor: &Actor,
    performed: &Performed,
    policy: &Policy,
    levels: Vec<Level>,
    reason: String,
) -> Frozen {
    let command = performed.command.frozen();
    Frozen {
        digest: digest_of(&command),
        command,
        sight: performed.sight.clone(),
        size: performed.size,
        reason,
        levels,
        expires_at: actor.at + time::Duration::days(i64::from(policy.expires_after_days)),
    }
}

/// The same for changes that differ only in the record they are about.
pub(super) fn alike(action: Action, sight: &maker_checker::Sight) -> String {
    let mut after: Vec<String> = sight
        .sections
        .iter()
        .flat_map(|s| s.lines.iter().map(|l| json!([l.label, l.after]).to_string()))
        .collect();
    after.sort();
    after.dedup();
    digest_of(&json!([action.as_str(), after]))
}

async fn keep<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    proposal: &Proposal,
    alike: &str,
    due: Option<kernel::Date>,
) -> Result<ProposalId, GuardError> {
    let Some(first) = tx.holder(proposal.action, &proposal.subjects).await? else {
        let id = tx.add_proposal(proposal, alike, due).await?;
        let waits = Proposal { id, ..proposal.clone() };
        tx.record(entry("approvals.propose", &waits, "proposed")).await?;
        tell::waits(tx, actor, &waits).await?;
        return Ok(id);
    };
    let held = tx.lock_proposal(first).await?.ok_or(StoreError::Stale)?;
    if held.state != State::Returned || held.maker != proposal.maker {
        return Err(named(tx, first).await?);
    }
    // Sent back to the same person: this is the correction.
    let mut again = held.resubmit(proposal.maker, proposal.frozen.clone(), actor.at)?;
    again.subjects.clone_from(&proposal.subjects);
    again.about.clone_from(&proposal.about);
    tx.save_proposal(&again, Some(alike)).await?;
    tx.record(entry("approvals.resubmit", &again, "proposed again, corrected")).await?;
    tell::waits(tx, actor, &again).await?;
    Ok(first)
}

/// The refusal that names the first proposal.
async fn named<T: Tx + ?Sized>(tx: &mut T, id: ProposalId) -> Result<GuardError, GuardError> {
    let first = tx.proposal(id).await?.ok_or(StoreError::Stale)?;
    let maker = tx.user(first.maker).await?.map(|found| found.user.display_name).unwrap_or_default();
    Ok(GuardError::Waits { proposal: id, about: first.about, maker })
}

/// An entry about a proposal, on the timeline of its client.
pub(super) fn entry(action: &'static str, proposal: &Proposal, verb: &str) -> Change {
    let labels: Vec<&str> = proposal
        .frozen
        .sight
        .sections
        .iter()
        .flat_map(|s| s.lines.iter().map(|l| l.label.as_str()))
        .take(6)
        .collect();
    let text = format!("{verb}: {} of {} ({})", proposal.action.title(), proposal.about, labels.join(", "));
    let mut change = Change::new(action, "proposal", proposal.id.get(), text);
    change.client = proposal.client;
    change.after = Some(json!({
        "proposalId": proposal.id.get(), "digest": proposal.frozen.digest, "round": proposal.round,
        "state": proposal.state.as_str(), "makerId": proposal.maker.get(),
    }));
    change
}
