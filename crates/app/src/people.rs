//! Somebody leaves: out of the firm, and their work to somebody else, in one transaction.

use crate::database::Tx;
use async_trait::async_trait;
use identity::team::TeamError;
use kernel::id::{ClientId, FilingId, UserId};
use kernel::journal::Change;
use kernel::moment::Instant;
use kernel::{Actor, FieldErrors, Permission, StoreError};

/// A filing that changed hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedFiling {
    /// Which.
    pub id: FilingId,
    /// Whose.
    pub client: ClientId,
    /// "DNBS01 Q2 FY 2026-27".
    pub name: String,
}

/// Work that people have, to be given to others.
#[async_trait]
pub trait Work: Send {
    /// Gives one person's open filings to another.
    async fn move_filings(
        &mut self,
        from: UserId,
        to: UserId,
        at: Instant,
    ) -> Result<Vec<MovedFiling>, StoreError>;
    /// Gives the clients that one person looks after to another.
    async fn move_clients(
        &mut self,
        from: UserId,
        to: UserId,
        at: Instant,
    ) -> Result<Vec<ClientId>, StoreError>;
}

/// Somebody to be taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaving {
    /// Who.
    pub user: UserId,
    /// The version that was seen.
    pub version: i64,
    /// Who takes over; none leaves the work where it is, to be given out later.
    pub reassign_to: Option<UserId>,
}

/// What was handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HandedOver {
    /// Open filings.
    pub filings: usize,
    /// Clients.
    pub clients: usize,
}

/// Takes somebody out and hands their work over. Every filing and client that changes hands says so in its own record.
pub async fn deactivate<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    cmd: Leaving,
) -> Result<HandedOver, TeamError> {
    let left = identity::team::deactivate(tx, actor, cmd.user, cmd.version).await?;
    let Some(to) = cmd.reassign_to else { return Ok(HandedOver::default()) };
    actor.require(Permission::FilingsEdit)?;
    actor.require(Permission::ClientsEdit)?;
    let found = tx.user(to).await?.filter(|c| c.user.active && to != cmd.user);
    let invalid =
        || TeamError::Invalid(FieldErrors::one("reassignTo", "Choose an active person of your firm."));
    let heir = found.ok_or_else(invalid)?.user.display_name;
    let filings = tx.move_filings(cmd.user, to, actor.at).await?;
    let clients = tx.move_clients(cmd.user, to, actor.at).await?;
    let why = format!("because {} left", left.display_name);
    let mut changes: Vec<Change> = filings
        .iter()
        .map(|filing| {
            let text = format!("assigned {} to {heir}, {why}", filing.name);
            Change::new("filings.assign", "filing", filing.id.get(), text).on_client(filing.client)
        })
        .collect();
    changes.extend(clients.iter().map(|client| {
        let text = format!("made {heir} the owner, {why}");
        Change::new("clients.update", "client", client.get(), text).on_client(*client)
    }));
    tx.record_all(changes).await?;
    Ok(HandedOver { filings: filings.len(), clients: clients.len() })
}
