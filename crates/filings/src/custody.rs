//! Hands a filing to the client, to the regulator or back: the moves that the bottleneck clock is read from.

use crate::clock::{Clock, ClockFacts, Holder};
use crate::commands::FilingError;
use crate::filing::{Filing, FilingState};
use crate::ports::Filings;
use async_trait::async_trait;
use kernel::id::{ClientId, FilingId, UserId};
use kernel::journal::{Change, Journal};
use kernel::moment::Instant;
use kernel::{Actor, Date, FieldErrors, Permission, StoreError};

/// A move to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMove {
    /// Which filing.
    pub filing: FilingId,
    /// Who holds it from now on; none stops the clock.
    pub to: Option<Holder>,
    /// In a sentence.
    pub reason: String,
    /// Who moved it.
    pub by: Option<UserId>,
}

/// The moves of filings.
#[async_trait]
pub trait Custody: Send {
    /// Appends moves and keeps the last holder of each filing.
    async fn add_moves(&mut self, moves: &[NewMove], at: Instant) -> Result<(), StoreError>;
    /// What the clock of one filing is read from.
    async fn clock_facts(&mut self, filing: FilingId) -> Result<Option<ClockFacts>, StoreError>;
    /// The same for every planned filing of a client that is due between the two days.
    async fn clock_facts_of(
        &mut self,
        client: ClientId,
        from: Date,
        to: Date,
    ) -> Result<Vec<ClockFacts>, StoreError>;
}

/// The move that a change of state brings along: to the checker, back to us, or the end.
pub fn move_of(before: &Filing, after: &Filing, by: Option<UserId>) -> Option<NewMove> {
    let to = |state: &FilingState| match state {
        FilingState::Open => Some(Holder::Ours),
        FilingState::InReview => Some(Holder::Checker),
        FilingState::Closed(_) | FilingState::Withdrawn => None,
    };
    let (was, is) = (to(&before.state), to(&after.state));
    let reason = match is {
        Some(Holder::Checker) => "sent for review",
        Some(_) if was.is_none() => "opened again",
        Some(_) => "back from review",
        None => "closed",
    };
    (was != is).then(|| NewMove { filing: before.id, to: is, reason: reason.to_owned(), by })
}

/// Hands an open filing to somebody, with a reason. The checker has it by sending it for review.
pub async fn hand_over<T: Filings + Custody + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: FilingId,
    to: Holder,
    reason: &str,
) -> Result<(), FilingError> {
    actor.require(Permission::FilingsEdit)?;
    let filing = tx.lock_filing(id).await?.ok_or(FilingError::NotFound)?;
    match filing.state {
        FilingState::Open => {}
        FilingState::Withdrawn => return Err(FilingError::NotFound),
        FilingState::InReview => {
            return Err(FilingError::State("This filing is in review. Take it back first.".into()));
        }
        FilingState::Closed(_) => {
            return Err(FilingError::State("This filing is closed; its clock stands.".into()));
        }
    }
    if to == Holder::Checker {
        let text = "Send the filing for review; the checker has it then.";
        return Err(FilingError::Invalid(FieldErrors::one("to", text)));
    }
    let reason = reason.trim();
    let mut errors = FieldErrors::new();
    if reason.chars().count() < 3 {
        errors.add("reason", "Say what is waited for, or why it is back.");
    }
    kernel::fields::check_text(&mut errors, "reason", reason, 300);
    errors.into_result().map_err(FilingError::Invalid)?;
    let facts = tx.clock_facts(id).await?.ok_or(FilingError::NotFound)?;
    if Clock::read(&facts, actor.at).holder == Some(to) {
        let text = format!("It is {} already.", held_words(to));
        return Err(FilingError::Invalid(FieldErrors::one("to", text)));
    }
    pass(tx, actor, &filing, to, reason).await
}

/// Writes the move and its journal entry; the caller has looked at the state.
pub(crate) async fn pass<T: Custody + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    filing: &Filing,
    to: Holder,
    reason: &str,
) -> Result<(), FilingError> {
    let step = NewMove { filing: filing.id, to: Some(to), reason: reason.to_owned(), by: actor.user };
    tx.add_moves(&[step], actor.at).await?;
    let words = held_words(to);
    let text = format!("put {} for {} {words}: {reason}", filing.code, filing.period_label);
    let change = Change::new("filings.hand_over", "filing", filing.id.get(), text).on_client(filing.client);
    tx.record(change).await?;
    Ok(())
}

fn held_words(holder: Holder) -> &'static str {
    match holder {
        Holder::Ours => "with us",
        Holder::Client => "with the client",
        Holder::Checker => "with the checker",
        Holder::Regulator => "with the regulator",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::{NewState, PatchFiling, patch_filing};
    use crate::testing::{MemoryFilings, new_filing};
    use kernel::Id;
    use time::Duration;
    use time::macros::datetime;

    #[tokio::test]
    async fn actions_move_the_clock_and_the_journal_says_so() {
        let mut actor = Actor::system(Id::new(1), datetime!(2026-10-05 06:00 UTC), "test");
        actor.user = Some(Id::new(9));
        let mut store = MemoryFilings::default();
        store.add_filings(&[&new_filing(Id::new(5), "2026-27Q2")], actor.at).await.unwrap();
        let id = store.filings_of(Id::new(5), false).await.unwrap()[0].id;
        hand_over(&mut store, &actor, id, Holder::Client, "waiting for bank statements").await.unwrap();
        let again = hand_over(&mut store, &actor, id, Holder::Client, "still waiting").await;
        assert!(matches!(again, Err(FilingError::Invalid(_))), "it is there already");
        let checker = hand_over(&mut store, &actor, id, Holder::Checker, "please look").await;
        assert!(matches!(checker, Err(FilingError::Invalid(_))), "only by sending it for review");
        let to = |state| PatchFiling { state: Some(state), ..PatchFiling::default() };
        actor.at += Duration::days(2);
        patch_filing(&mut store, &actor, id, 1, to(NewState::InReview), None, None).await.unwrap();
        let refused = hand_over(&mut store, &actor, id, Holder::Client, "more papers").await;
        assert!(matches!(refused, Err(FilingError::State(_))), "it is with the checker");
        actor.at += Duration::days(3);
        let waived = to(NewState::Waived("Licence surrendered".into()));
        patch_filing(&mut store, &actor, id, 2, waived, None, None).await.unwrap();
        actor.at += Duration::days(4);
        let reopened = to(NewState::Open("Wrong filing".into()));
        patch_filing(&mut store, &actor, id, 3, reopened, None, None).await.unwrap();
        let facts = store.clock_facts(id).await.unwrap().unwrap();
        let clock = Clock::read(&facts, actor.at + Duration::days(1));
        assert_eq!(clock.parts, [1, 2, 3, 0]);
        assert_eq!(clock.holder, Some(Holder::Ours));
        let sentence = &store.journal[0].text;
        assert!(sentence.contains("with the client: waiting for bank statements"), "{sentence}");
    }
}
