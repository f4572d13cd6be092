//! Record what happened at a client, or take it back. Filings that hang on it are re-dated in the same transaction.

use super::ClientError;
use crate::database::Tx;
use crate::licence::require_open;
use crate::planning::plan_client;
use ::clients::{Client, NewEvent};
use ::filings::PlanDiff;
use kernel::fields::check_text;
use kernel::id::{ClientEventId, ClientId};
use kernel::journal::Change;
use kernel::period::{FinancialYear, day_text};
use kernel::{Actor, Date, FieldErrors, Permission};
use rulebook::Rulebook;

/// The financial year that a once-a-year event belongs to when nobody says: the one that ended last before it.
pub fn period_of(on: Date) -> String {
    FinancialYear(FinancialYear::of(on).0 - 1).key()
}

/// Brings an event into the form that is stored, or says what is wrong with it, whoever's it is.
pub(crate) fn check_event(
    rules: &Rulebook,
    actor: &Actor,
    mut event: NewEvent,
) -> Result<NewEvent, FieldErrors> {
    let mut errors = FieldErrors::new();
    check_text(&mut errors, "note", &event.note, 1_000);
    let on = day_text(event.on);
    if event.on > actor.today() {
        errors.add("on", format!("{on} is in the future; record it once it has happened."));
    }
    if event.on.year() < 1990 {
        errors.add("on", format!("{on} is too long ago. Check the year."));
    }
    let Some(kind) = rules.event_kind(&event.kind) else {
        errors.add("kind", format!("\"{}\" is not an event we know.", event.kind));
        return Err(errors);
    };
    if kind.per_period {
        let period = event.for_period.take().unwrap_or_else(|| period_of(event.on));
        match FinancialYear::parse(&period) {
            Some(fy) if fy.end() < event.on => event.for_period = Some(fy.key()),
            Some(fy) => errors.add("forPeriod", format!("{} had not ended on {on}.", fy.label())),
            None => errors.add("forPeriod", "Write the financial year as 2025-26."),
        }
    } else {
        event.for_period = None;
    }
    errors.into_result().map(|()| event)
}

/// A period has one event of a kind: this client has it already.
pub(crate) fn recorded_already(rules: &Rulebook, kind: &str, on: Date) -> FieldErrors {
    let title = title_of(rules, kind);
    let text = format!("{title} is recorded already, on {}. Remove that entry first.", day_text(on));
    FieldErrors::one("forPeriod", text)
}

/// "recorded: AGM held on 28 Sep 2026 for FY 2025-26".
pub(crate) fn event_year(rules: &Rulebook, event: &NewEvent, verb: &str) -> String {
    let year = event.for_period.as_deref().map(|p| format!(" for FY {p}")).unwrap_or_default();
    format!("{verb}: {} on {}{year}", title_of(rules, &event.kind), day_text(event.on))
}

fn title_of(rules: &Rulebook, kind: &str) -> String {
    rules.event_kind(kind).map_or_else(|| kind.to_owned(), |known| known.title.clone())
}

/// The reason for taking something back, trimmed.
pub(crate) fn reason_to_take_back(reason: &str) -> Result<&str, FieldErrors> {
    let reason = reason.trim();
    let mut errors = FieldErrors::new();
    check_text(&mut errors, "reason", reason, 1_000);
    if reason.chars().count() < 5 {
        errors.add("reason", "Say in a few words why it is taken back.");
    }
    errors.into_result().map(|()| reason)
}

/// Records an event that has happened.
pub async fn record_event<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: ClientId,
    event: NewEvent,
) -> Result<(Client, PlanDiff), ClientError> {
    actor.require(Permission::ClientsEdit)?;
    let client = tx.lock_client(id).await?.ok_or(ClientError::NotFound)?;
    require_open(tx, actor, id).await?;
    let rules = Rulebook::shipped();
    let event = check_event(rules, actor, event)?;
    if event.for_period.is_some()
        && let Some((_, on)) = tx.events_like(&[id], &event.kind, event.for_period.as_deref()).await?.pop()
    {
        return Err(recorded_already(rules, &event.kind, on).into());
    }
    tx.add_event(id, &event, actor.user, actor.at).await?;
    let text = event_year(rules, &event, "recorded");
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
    require_open(tx, actor, id).await?;
    let reason = reason_to_take_back(reason)?;
    let events = tx.events_of(id).await?;
    let found = events.into_iter().find(|e| e.id == event).ok_or(ClientError::NotFound)?;
    tx.remove_event(id, event).await?;
    let text = format!("{}: {reason}", event_year(Rulebook::shipped(), &found.facts, "took back"));
    tx.record(Change::new("clients.withdraw_event", "client", id.get(), text).on_client(id)).await?;
    let diff = plan_client(tx, actor, &client).await?;
    Ok((client, diff))
}
