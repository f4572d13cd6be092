//! Room for more of what a plan counts.

use crate::database::Tx;
use filings::FilingError;
use filings::checklist::ChecklistError;
use filings::comment::CommentError;
use kernel::id::{ClientId, FilingId};
use kernel::{Actor, Counted, NotEntitled, StoreError};
use std::collections::BTreeSet;
use thiserror::Error;

/// Why there is no room.
#[derive(Debug, Error)]
pub enum PlanError {
    /// The plan does not go that far.
    #[error(transparent)]
    NotEntitled(#[from] NotEntitled),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Refuses unless the plan has room for `more`. Firms with a limit are held until the transaction ends, so that of many
/// who come for the last place one gets it; firms without a limit neither wait nor count.
pub async fn claim<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    counted: Counted,
    more: i64,
) -> Result<(), PlanError> {
    if more <= 0 || actor.entitlements.limit(counted).is_unlimited() {
        return Ok(());
    }
    let used = tx.hold_and_count(counted).await?;
    Ok(actor.entitlements.room(counted, used, more)?)
}

/// For how many of `wanted` the plan has room, and what refuses the others.
pub async fn claim_some<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    counted: Counted,
    wanted: usize,
) -> Result<(usize, Option<NotEntitled>), StoreError> {
    if wanted == 0 || actor.entitlements.limit(counted).is_unlimited() {
        return Ok((wanted, None));
    }
    let used = tx.hold_and_count(counted).await?;
    for taken in 0..wanted {
        let more = i64::try_from(taken).unwrap_or(i64::MAX).saturating_add(1);
        if let Err(full) = actor.entitlements.room(counted, used, more) {
            return Ok((taken, Some(full)));
        }
    }
    Ok((wanted, None))
}

macro_rules! refuses {
    ($($error:ty),+) => {$(
        impl From<PlanError> for $error {
            fn from(error: PlanError) -> Self {
                match error {
                    PlanError::NotEntitled(refused) => refused.into(),
                    PlanError::Store(error) => error.into(),
                }
            }
        }
    )+};
}

refuses!(FilingError, CommentError, ChecklistError);

/// Refuses while the client is read-only because the firm has more clients than its plan allows. Costs a query only in
/// firms that have such clients.
pub async fn require_open<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    client: ClientId,
) -> Result<(), PlanError> {
    Held::among(tx, actor, [client]).await?.refuse(client)
}

/// The same for the client of a filing. One that is not there is left to whoever looks for it.
pub async fn require_open_filing<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    filing: FilingId,
) -> Result<(), PlanError> {
    if !actor.entitlements.holds {
        return Ok(());
    }
    match tx.filing(filing).await? {
        Some(filing) => require_open(tx, actor, filing.client).await,
        None => Ok(()),
    }
}

/// Which of some clients are read-only, and the refusal of them.
#[derive(Debug, Default)]
pub struct Held {
    clients: BTreeSet<ClientId>,
    refusal: Option<NotEntitled>,
}

impl Held {
    /// Asks about many at once. Two queries at most, and none in firms that have no such clients.
    pub async fn among<T: Tx + ?Sized>(
        tx: &mut T,
        actor: &Actor,
        clients: impl IntoIterator<Item = ClientId>,
    ) -> Result<Self, StoreError> {
        if !actor.entitlements.holds {
            return Ok(Self::default());
        }
        let asked: BTreeSet<ClientId> = clients.into_iter().collect();
        let asked: Vec<ClientId> = asked.into_iter().collect();
        let clients: BTreeSet<ClientId> = tx.held_among(&asked).await?.into_iter().collect();
        if clients.is_empty() {
            return Ok(Self::default());
        }
        let used = tx.usage_of(Counted::Clients).await?;
        Ok(Self { clients, refusal: actor.entitlements.room(Counted::Clients, used, 0).err() })
    }

    /// Refuses when the client is one of them.
    pub fn refuse(&self, client: ClientId) -> Result<(), PlanError> {
        match &self.refusal {
            Some(refusal) if self.clients.contains(&client) => Err(refusal.clone().into()),
            _ => Ok(()),
        }
    }
}
