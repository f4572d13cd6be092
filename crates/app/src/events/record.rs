//! One event recorded for several clients: those that can take it do, in one transaction; the others say why.

use crate::clients::{ClientError, check_event, event_year};
use crate::database::Tx;
use crate::licence::Held;
use crate::planning::{load_policy, plan_clients};
use clients::{Client, NewEvent};
use filings::PlanDiff;
use kernel::id::{ClientEventId, ClientId};
use kernel::journal::Change;
use kernel::{Actor, FieldErrors, Permission, StoreError};
use rulebook::Rulebook;
use std::collections::BTreeMap;

/// The most clients that one request records for.
pub const MOST_AT_ONCE: usize = 500;

/// A client that is named, and the version the caller saw.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// Which.
    pub id: ClientId,
    /// The version, when the caller saw one.
    pub expected: Option<i64>,
}

/// What became of one client.
#[derive(Debug)]
pub struct Outcome {
    /// Which.
    pub client: ClientId,
    /// Its short name; none when there is no such client.
    pub name: Option<String>,
    /// The event and what it re-dates, or why it stayed as it was.
    pub result: Result<(ClientEventId, PlanDiff), ClientError>,
}

/// Records the event for each client. A missing permission or a fault of the event itself refuses all. The number of
/// statements does not grow with the number of clients.
pub async fn record_for<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    event: NewEvent,
    wanted: Vec<Wanted>,
) -> Result<Vec<Outcome>, ClientError> {
    actor.require(Permission::ClientsEdit)?;
    if wanted.is_empty() || wanted.len() > MOST_AT_ONCE {
        let text = format!("Choose 1 to {MOST_AT_ONCE} clients.");
        return Err(FieldErrors::one("clients", text).into());
    }
    let rules = Rulebook::shipped();
    let event = check_event(rules, actor, event)?;
    let ids: Vec<ClientId> = wanted.iter().map(|one| one.id).collect();
    let locked = tx.lock_clients(&ids).await?;
    let mut locked: BTreeMap<ClientId, Client> = locked.into_iter().map(|one| (one.id, one)).collect();
    let over = Held::among(tx, actor, ids.iter().copied()).await?;
    let twins = tx.events_like(&ids, &event.kind, event.for_period.as_deref()).await?;
    let twins: BTreeMap<ClientId, kernel::Date> = twins.into_iter().collect();
    let (mut outcomes, mut good) = (Vec::with_capacity(wanted.len()), Vec::new());
    for Wanted { id, expected } in wanted {
        // Taken out: a client that is named twice gets the event once.
        let Some(client) = locked.remove(&id) else {
            outcomes.push(Outcome { client: id, name: None, result: Err(ClientError::NotFound) });
            continue;
        };
        let refused = if expected.is_some_and(|version| version != client.version) {
            Some(ClientError::Store(StoreError::Stale))
        } else if let Err(refused) = over.refuse(id) {
            Some(refused.into())
        } else {
            let twin = twins.get(&id).filter(|_| event.for_period.is_some());
            twin.map(|on| ClientError::Invalid(crate::clients::recorded_already(rules, &event.kind, *on)))
        };
        let name = Some(client.short_name.clone());
        match refused {
            Some(error) => outcomes.push(Outcome { client: id, name, result: Err(error) }),
            None => {
                good.push(client);
                outcomes.push(Outcome { client: id, name, result: Err(ClientError::NotFound) });
            }
        }
    }
    let mut done = write(tx, actor, rules, &event, &good).await?;
    for outcome in &mut outcomes {
        if let Some(written) = done.remove(&outcome.client) {
            outcome.result = Ok(written);
        }
    }
    Ok(outcomes)
}

async fn write<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    rules: &Rulebook,
    event: &NewEvent,
    clients: &[Client],
) -> Result<BTreeMap<ClientId, (ClientEventId, PlanDiff)>, StoreError> {
    if clients.is_empty() {
        return Ok(BTreeMap::new());
    }
    let ids: Vec<ClientId> = clients.iter().map(|one| one.id).collect();
    let added: BTreeMap<ClientId, ClientEventId> =
        tx.add_event_for(&ids, event, actor.user, actor.at).await?.into_iter().collect();
    let text = event_year(rules, event, "recorded");
    let entry =
        |id: &ClientId| Change::new("clients.record_event", "client", id.get(), text.clone()).on_client(*id);
    tx.record_all(ids.iter().map(entry).collect()).await?;
    let policy = load_policy(tx).await?;
    let planned = plan_clients(tx, actor, clients, rules, &policy).await?;
    let with_event = |(id, diff)| added.get(&id).map(|event| (id, (*event, diff)));
    Ok(planned.into_iter().filter_map(with_event).collect())
}
