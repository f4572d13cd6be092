//! Tells people what waits for them, and what became of what they proposed.

use crate::database::Tx;
use crate::notices::NewNotice;
use ::filings::ladder::Severity;
use kernel::id::UserId;
use kernel::{Actor, StoreError};
use maker_checker::{Gap, Proposal};
use std::collections::BTreeSet;

/// Something waits for the person.
pub const WAITS: &str = "approval_waits";
/// Something the person proposed was decided.
pub const DECIDED: &str = "approval_decided";
/// On some days nobody could approve something.
pub const GAP: &str = "approval_gap";

/// Those who may decide the level it waits at, and those who stand in for them today.
pub(super) async fn waits<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    proposal: &Proposal,
) -> Result<(), StoreError> {
    let Some((_, level)) = proposal.waiting() else { return Ok(()) };
    let decided: BTreeSet<UserId> = proposal.this_round().map(|d| d.by).collect();
    let named: BTreeSet<UserId> = tx
        .users()
        .await?
        .iter()
        .filter(|u| u.active && level.who.admits(u.id, u.role))
        .map(|u| u.id)
        .collect();
    let today = actor.today();
    let lent: Vec<UserId> = tx
        .delegations(today)
        .await?
        .into_iter()
        .filter(|d| named.contains(&d.facts.from) && d.covers(today) && d.scopes(proposal.action))
        .filter_map(|d| d.facts.to)
        .collect();
    let people = named.into_iter().chain(lent).collect::<BTreeSet<_>>();
    let people = people.into_iter().filter(|u| *u != proposal.maker && !decided.contains(u));
    let text = format!("{} waits for your approval: {}", proposal.action.title(), proposal.about);
    let notices: Vec<NewNotice> = people.map(|user| notice(user, WAITS, Severity::Info, &text)).collect();
    tx.add_notices(&notices, actor.at).await
}

/// The maker.
pub(super) async fn maker<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    proposal: &Proposal,
    word: &str,
) -> Result<(), StoreError> {
    let text = format!("{word}: {} of {}", proposal.action.title(), proposal.about);
    tx.add_notices(&[notice(proposal.maker, DECIDED, Severity::Info, &text)], actor.at).await
}

/// Those who may change that.
pub(super) async fn gap<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    gap: &Gap,
    people: &[UserId],
) -> Result<(), StoreError> {
    let words = kernel::period::day_text;
    let days = if gap.from == gap.to {
        format!("On {}", words(gap.from))
    } else {
        format!("From {} to {}", words(gap.from), words(gap.to))
    };
    let text = format!(
        "{days} nobody can approve \"{}\" at level {}: everybody who may is away. Name a stand-in.",
        gap.action.title(),
        gap.level
    );
    let notices: Vec<NewNotice> =
        people.iter().map(|user| notice(*user, GAP, Severity::Warn, &text)).collect();
    tx.add_notices(&notices, actor.at).await
}

fn notice(user: UserId, kind: &'static str, severity: Severity, text: &str) -> NewNotice {
    NewNotice { user, kind, severity, rung: None, filing: None, due: None, text: text.into() }
}
