//! Record what happened at a client, or take it back. Filings that hang on it are re-dated in the same transaction.

use super::ClientError;
use crate::database::Tx;
use crate::planning::plan_client;
use ::clients::{Client, NewEvent};
use ::filings::PlanDiff;
use kernel::fields::check_text;
use kernel::id::{ClientEventId, ClientId};
use kernel::journal::Change;
use kernel::period::FinancialYear;
use kernel::{Actor, Date, FieldErrors, Permission};
use rulebook::Rulebook;

/// The financial year that a once-a-year event belongs to when nobody says: the one that ended last before it.
pub fn period_of(on: Date) -> String {
    FinancialYear(FinancialYear::of(on).0 - 1).key()
}

/// Records an event that has happened.
pub async fn record_event<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: ClientId,
    mut event: NewEvent,
) -> Result<(Client, PlanDiff), ClientError> {
    actor.require(Permission::ClientsEdit)?;
    let client = tx.lock_client(id).await?.ok_or(ClientError::NotFound)?;
    let rules = Rulebook::shipped();
    let mut errors = FieldErrors::new();
    check_text(&mut errors, "note", &event.note, 1_000);
    if event.on > actor.today() {
        errors.add("on", format!("{} is in the future; record it once it has happened.", event.on));
    }
    if event.on.year() < 1990 {
        errors.add("on", format!("{} is too long ago. Check the year.", event.on));
    }
    let Some(kind) = rules.event_kind(&event.kind) else {
        errors.add("kind", format!("\"{}\" is not an event we know.", event.kind));
        return Err(errors.into());
    };
    if kind.per_period {
        let period = event.for_period.take().unwrap_or_else(|| period_of(event.on));
        match FinancialYear::parse(&period) {
            Some(fy) if fy.end() < event.on => event.for_period = Some(fy.key()),
            Some(fy) => errors.add("forPeriod", format!("{} had not ended on {}.", fy.label(), event.on)),
            None => errors.add("forPeriod", "Write the financial year as 2025-26."),
        }
        let earlier = tx.events_of(id).await?;
        if let Some(twin) =
            earlier.iter().find(|e| e.facts.kind == event.kind && e.facts.for_period == event.for_period)
        {
            errors.add(
                "forPeriod",
                format!("{} is recorded already, on {}. Remove that entry first.", kind.title, twin.facts.on),
            );
        }
    } else {
        event.for_period = None;
    }
    errors.into_result()?;
    tx.add_event(id, &event, actor.user, actor.at).await?;
    let year = event.for_period.as_deref().map(|p| format!(" for FY {p}")).unwrap_or_default();
    let text = format!("recorded: {} on {}{year}", kind.title, event.on);
    tx.record(Change::new("clients.record_event", "client", id.get(), text).on_client(id)).await?;
    let diff = plan_client(tx, actor, &client).await?;
    Ok((client, diff))
}

/// Takes an event back, with a reason. Filings that hung on it wait again; filed ones stay.
pub async fn withdraw_event<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: ClientId,
    event: ClientEventId,
    reason: &str,
) -> Result<(Client, PlanDiff), ClientError> {
    actor.require(Permission::ClientsEdit)?;
    let client = tx.lock_client(id).await?.ok_or(ClientError::NotFound)?;
    if reason.trim().chars().count() < 5 {
        return Err(FieldErrors::one("reason", "Say in a few words why it is taken back.").into());
    }
    let events = tx.events_of(id).await?;
    let found = events.into_iter().find(|e| e.id == event).ok_or(ClientError::NotFound)?;
    tx.remove_event(id, event).await?;
    let title = Rulebook::shipped()
        .event_kind(&found.facts.kind)
        .map_or(found.facts.kind.clone(), |k| k.title.clone());
    let text = format!("took back: {title} on {}: {}", found.facts.on, reason.trim());
    tx.record(Change::new("clients.withdraw_event", "client", id.get(), text).on_client(id)).await?;
    let diff = plan_client(tx, actor, &client).await?;
    Ok((client, diff))
}
