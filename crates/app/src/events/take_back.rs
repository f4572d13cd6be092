//! Recorded events taken back, with a reason: what hung on them waits again, filed ones stay.

use super::record::{MOST_AT_ONCE, Outcome};
use crate::clients::{ClientError, event_year, reason_to_take_back};
use crate::database::Tx;
use crate::licence::Held;
use crate::planning::{load_policy, plan_clients};
use clients::ClientEvent;
use kernel::id::{ClientEventId, ClientId};
use kernel::journal::Change;
use kernel::{Actor, FieldErrors, Permission};
use rulebook::Rulebook;
use std::collections::BTreeMap;

/// Takes the events back. Those that are not there, or no longer, say so. The number of statements does not grow with the
/// number of events.
pub async fn take_back<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    ids: &[ClientEventId],
    reason: &str,
) -> Result<Vec<(ClientEventId, Option<Outcome>)>, ClientError> {
    actor.require(Permission::ClientsEdit)?;
    let reason = reason_to_take_back(reason)?;
    if ids.is_empty() || ids.len() > MOST_AT_ONCE {
        return Err(FieldErrors::one("ids", format!("Choose 1 to {MOST_AT_ONCE} events.")).into());
    }
    let rules = Rulebook::shipped();
    let owners: Vec<ClientId> = tx.events_by_id(ids).await?.into_iter().map(|(client, _)| client).collect();
    let clients = tx.lock_clients(&owners).await?;
    // Read again under the lock: somebody may have taken one back in between.
    let found: BTreeMap<ClientEventId, (ClientId, ClientEvent)> =
        tx.events_by_id(ids).await?.into_iter().map(|(client, event)| (event.id, (client, event))).collect();
    let (mut refused, mut there) = (BTreeMap::new(), Vec::with_capacity(found.len()));
    let over = Held::among(tx, actor, owners).await?;
    for (id, (client, _)) in &found {
        match over.refuse(*client) {
            Ok(()) => there.push(*id),
            Err(error) => drop(refused.insert(*id, error)),
        }
    }
    tx.remove_events(&there).await?;
    let entry = |(client, event): &(ClientId, ClientEvent)| {
        let text = format!("{}: {reason}", event_year(rules, &event.facts, "took back"));
        Change::new("clients.withdraw_event", "client", client.get(), text).on_client(*client)
    };
    tx.record_all(there.iter().filter_map(|id| found.get(id)).map(entry).collect()).await?;
    let policy = load_policy(tx).await?;
    let mut diffs: BTreeMap<ClientId, _> =
        plan_clients(tx, actor, &clients, rules, &policy).await?.into_iter().collect();
    let names: BTreeMap<ClientId, String> =
        clients.into_iter().map(|client| (client.id, client.short_name)).collect();
    let mut outcome = |id: &ClientEventId| {
        let (client, _) = found.get(id)?;
        let name = names.get(client).cloned();
        if let Some(error) = refused.remove(id) {
            return Some(Outcome { client: *client, name, result: Err(error.into()) });
        }
        // A client with two of the events has one plan; it is told once.
        let diff = diffs.remove(client).unwrap_or_default();
        Some(Outcome { client: *client, name, result: Ok((*id, diff)) })
    };
    let mut seen = std::collections::BTreeSet::new();
    let wanted: Vec<ClientEventId> = ids.iter().copied().filter(|id| seen.insert(*id)).collect();
    let outcomes: Vec<_> = wanted.iter().map(&mut outcome).collect();
    Ok(wanted.into_iter().zip(outcomes).collect())
}
