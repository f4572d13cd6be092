//! What the screens show of proposals.

use super::GuardError;
use super::decide::hat_for;
use crate::database::Tx;
use kernel::id::{ProposalId, UserId};
use kernel::{Actor, Page, PageRequest, Permission, StoreError};
use maker_checker::{Counts, Inbox, Proposal, ProposalRow, Viewer, Who};
use std::collections::BTreeMap;

/// One proposal with everything that its page shows.
#[derive(Debug)]
pub struct Detail {
    /// The proposal.
    pub proposal: Proposal,
    /// Names of everybody on it.
    pub names: BTreeMap<UserId, String>,
    /// Who may decide each level, in words.
    pub deciders: Vec<String>,
    /// Whether the caller may decide now, in whose place; or why not.
    pub may_decide: Result<Option<UserId>, String>,
}

fn viewer(actor: &Actor) -> Result<Viewer, GuardError> {
    actor.require(Permission::ApprovalsView)?;
    Ok(Viewer {
        user: super::submit::maker_of(actor)?,
        role: actor.role,
        decides: actor.require(Permission::ApprovalsDecide).is_ok(),
        today: actor.today(),
    })
}

/// A list.
pub async fn list<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    inbox: Inbox,
    over: bool,
    page: PageRequest,
) -> Result<(Page<ProposalRow>, Counts), GuardError> {
    let viewer = viewer(actor)?;
    Ok((tx.proposals(inbox, over, &viewer, page).await?, tx.count_proposals(&viewer).await?))
}

/// How many wait; nothing for those who may not see them.
pub async fn waiting<T: Tx + ?Sized>(tx: &mut T, actor: &Actor) -> Result<Counts, StoreError> {
    match viewer(actor) {
        Ok(viewer) => tx.count_proposals(&viewer).await,
        Err(_) => Ok(Counts::default()),
    }
}

/// What waits about one record.
pub async fn on_record<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    kind: &str,
    id: i64,
) -> Result<Vec<ProposalRow>, GuardError> {
    viewer(actor)?;
    Ok(tx.holding(kind, id).await?)
}

/// One.
pub async fn detail<T: Tx + ?Sized>(tx: &mut T, actor: &Actor, id: ProposalId) -> Result<Detail, GuardError> {
    let proposal = tx.proposal(id).await?.ok_or(GuardError::NotFound)?;
    // Whoever proposed it sees what became of it, whatever their role.
    if actor.user != Some(proposal.maker) {
        viewer(actor)?;
    }
    let people = tx.users().await?;
    let names: BTreeMap<UserId, String> = people.into_iter().map(|u| (u.id, u.display_name)).collect();
    let name = |id: &UserId| names.get(id).cloned().unwrap_or_else(|| format!("Person {id}"));
    let deciders = proposal
        .frozen
        .levels
        .iter()
        .map(|level| match &level.who {
            Who::Roles(roles) => {
                roles.iter().map(|r| super::words::role(*r)).collect::<Vec<_>>().join(" or ")
            }
            Who::People(people) => people.iter().map(name).collect::<Vec<_>>().join(" or "),
        })
        .collect();
    let may_decide = match hat_for(tx, actor, &proposal).await {
        Ok(hat) => Ok(hat.acting_for.map(|(user, _)| user)),
        Err(GuardError::Store(error)) => return Err(error.into()),
        Err(error) => Err(error.to_string()),
    };
    Ok(Detail { proposal, names, deciders, may_decide })
}
