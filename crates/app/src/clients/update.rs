//! Change the scalar fields of a client. What the rulebook reads re-plans the filings.

use super::ClientError;
use super::create::check_owner;
use crate::database::Tx;
use crate::identifiers;
use crate::licence::{claim, refresh, require_open};
use crate::planning::plan_client;
use ::clients::draft::changes;
use ::clients::{Client, ClientPatch, Status};
use ::filings::PlanDiff;
use kernel::id::ClientId;
use kernel::journal::Change;
use kernel::{Actor, Counted, FieldErrors, Permission, StoreError};
use serde_json::Value;

/// Applies the patch. `expected` is the version the caller saw.
pub async fn update_client<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: ClientId,
    expected: i64,
    patch: ClientPatch,
) -> Result<(Client, PlanDiff), ClientError> {
    actor.require(Permission::ClientsEdit)?;
    let before = tx.lock_client(id).await?.ok_or(ClientError::NotFound)?;
    if !only_offboards(&patch) {
        require_open(tx, actor, id).await?;
    }
    if before.version != expected {
        return Err(StoreError::Stale.into());
    }
    let mut errors = FieldErrors::new();
    if let Some(owner) = patch.owner {
        check_owner(tx, owner, &mut errors).await?;
    }
    let renumbered = patch.identifiers.is_some();
    let mut after = match patch.apply(before.clone(), actor.today()) {
        Ok(after) => after,
        Err(found) => {
            errors.merge(found);
            return Err(errors.into());
        }
    };
    if renumbered
        || after.entity_type != before.entity_type
        || after.incorporated_on != before.incorporated_on
    {
        let given = after.identifiers.clone();
        match identifiers::check(given, after.entity_type, after.incorporated_on, actor.today()) {
            Ok((numbers, _)) => after.identifiers = numbers,
            Err(found) => errors.merge(found),
        }
    }
    errors.into_result()?;
    let (old, new) = changes(&before, &after);
    if new.is_empty() {
        return Ok((before, PlanDiff::default()));
    }
    if before.status == Status::Offboarded && after.status != Status::Offboarded {
        claim(tx, actor, Counted::Clients, 1).await?;
    }
    tx.save_client(&after).await?;
    after.version += 1;
    after.updated_at = actor.at;
    let fields: Vec<&str> = new.keys().map(String::as_str).collect();
    let entry = Change::new("clients.update", "client", id.get(), format!("changed {}", fields.join(", ")))
        .on_client(id)
        .with(Some(Value::Object(old)), Some(Value::Object(new)));
    tx.record(entry).await?;
    let matters = before.entity_type != after.entity_type
        || before.incorporated_on != after.incorporated_on
        || before.risk_rating != after.risk_rating
        || before.track_from != after.track_from
        || before.status != after.status;
    if actor.entitlements.holds && before.status != after.status {
        refresh(tx, actor.at).await?;
    }
    let diff = if matters { plan_client(tx, actor, &after).await? } else { PlanDiff::default() };
    Ok((after, diff))
}

/// Letting a client go is how a firm comes back within its plan, so it is possible for one over the plan too.
fn only_offboards(patch: &ClientPatch) -> bool {
    let leaving = ClientPatch { status: Some(Status::Offboarded), ..ClientPatch::default() };
    *patch == leaving
}
