//! Planning: the rulebook's filings for a client, against what is on record, written in the same transaction.

use crate::database::{Database, Tx, transact};
use crate::facts::fact_sheet;
use clients::{Client, Status};
use filings::plan::Policy;
use filings::relaxation::{ClientMark, Whose, in_order};
use filings::{Filing, FilingState, NewFiling, PlanDiff, Relaxation, Relief, reconcile};
use kernel::id::{ClientId, TenantId};
use kernel::journal::Change;
use kernel::{Actor, Clock, Date, StoreError};
use rulebook::{Due, FactSheet, FactValue, PlanRequest, Rulebook};
use std::collections::BTreeSet;
use time::Duration;

/// How far ahead filings are planned.
pub const HORIZON_MONTHS: i32 = 18;

/// How far before the tracked span the rulebook is asked, so that a filing re-dated backwards is still recognised.
const LOOK_BACK: Duration = Duration::days(450);

/// The last day of the plan: 18 months from today.
pub fn horizon(today: Date) -> Date {
    let months = today.year() * 12 + i32::from(u8::from(today.month())) - 1 + HORIZON_MONTHS;
    let (year, month0) = (months.div_euclid(12), months.rem_euclid(12));
    let month = time::Month::try_from(u8::try_from(month0).unwrap_or(0) + 1).unwrap_or(time::Month::January);
    let day = today.day().min(month.length(year));
    Date::from_calendar_date(year, month, day).unwrap_or(Date::MAX)
}

/// A client's record as the rulebook reads it, loaded in the transaction.
pub async fn load_sheet<T: Tx + ?Sized>(
    tx: &mut T,
    rules: &Rulebook,
    client: &Client,
) -> Result<FactSheet, StoreError> {
    let registrations = tx.registrations_of(client.id).await?;
    let facts = tx.facts_of(client.id).await?;
    let events = tx.events_of(client.id).await?;
    Ok(fact_sheet(rules, client, &registrations, &facts, &events))
}

/// What the firm decided about returns.
pub async fn load_policy<T: Tx + ?Sized>(tx: &mut T) -> Result<Policy, StoreError> {
    let breach_after_days = tx.firm().await?.breach_after_days;
    let settings = tx.return_settings().await?.into_iter().map(|s| (s.code.clone(), s)).collect();
    let relaxations = tx.standing_relaxations().await?;
    Ok(Policy { breach_after_days, settings, relaxations })
}

/// The standing relaxations that mean this client, in their order.
async fn standing_for<'a, T: Tx + ?Sized>(
    tx: &mut T,
    policy: &'a Policy,
    client: &Client,
    sheet: &FactSheet,
    today: Date,
) -> Result<Vec<&'a Relaxation>, StoreError> {
    if policy.relaxations.is_empty() {
        return Ok(Vec::new());
    }
    let registrations = match sheet.get("registrations", today) {
        Some(FactValue::Set(held)) => held.clone(),
        _ => BTreeSet::new(),
    };
    let listing = policy.relaxations.iter().any(|r| matches!(r.scope.whose, Whose::Listed(_)));
    let listed_by = if listing { tx.relaxations_listing(client.id).await? } else { Vec::new() };
    let mark = ClientMark { entity_type: client.entity_type.as_str().to_owned(), registrations, listed_by };
    Ok(in_order(policy.relaxations.iter().filter(|r| r.scope.means(client.id, &mark))))
}

/// Plans one client and writes what changed. Idempotent: a second run finds nothing to do. Filed ones never move.
pub async fn plan_client<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    client: &Client,
) -> Result<PlanDiff, StoreError> {
    let rules = Rulebook::shipped();
    let policy = load_policy(tx).await?;
    plan_client_with(tx, actor, client, rules, &policy).await
}

/// The same with the rulebook and the policy given, for runs over many clients.
pub async fn plan_client_with<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    client: &Client,
    rules: &Rulebook,
    policy: &Policy,
) -> Result<PlanDiff, StoreError> {
    let today = actor.today();
    let sheet = load_sheet(tx, rules, client).await?;
    let existing = tx.filings_of(client.id, true).await?;
    let codes = |wanted: bool| -> BTreeSet<String> {
        policy.settings.values().filter(|s| s.enabled == Some(wanted)).map(|s| s.code.clone()).collect()
    };
    let request = PlanRequest {
        from: client.track_from.checked_sub(LOOK_BACK).unwrap_or(Date::MIN),
        to: horizon(today),
        today,
        enabled: codes(true),
        disabled: codes(false),
        with_steps: !existing.is_empty(),
    };
    let mut planned = rules.plan(&sheet, &request);
    if client.status == Status::Offboarded {
        planned.retain(|p| matches!(p.due, Due::On(due) if due <= today));
    }
    let standing = standing_for(tx, policy, client, &sheet, today).await?;
    let diff = reconcile(client.id, existing, planned, client.track_from, policy, rules, &standing);
    tx.add_filings(&diff.added, actor.at).await?;
    let relieved: Vec<&NewFiling> = diff.added.iter().filter(|n| n.relief != Relief::default()).collect();
    if !relieved.is_empty() {
        tx.mark_planned_relief(&relieved).await?;
    }
    let mut changed: Vec<Filing> = diff.moved.iter().chain(&diff.revived).map(|c| c.after.clone()).collect();
    changed.extend(diff.withdrawn.iter().map(|f| Filing { state: FilingState::Withdrawn, ..f.clone() }));
    tx.save_planned(&changed, actor.at).await?;
    let relieved: Vec<Filing> = (diff.moved.iter().chain(&diff.revived))
        .filter(|c| c.before.relief != c.after.relief)
        .map(|c| c.after.clone())
        .collect();
    if !relieved.is_empty() {
        tx.save_relieved(&relieved, actor.at).await?;
    }
    for change in diff.moved.iter().filter(|c| c.moves_date()) {
        let (from, to) = (shown(&change.before), shown(&change.after));
        let text = format!(
            "re-dated {} for {} from {from} to {to}: {}",
            change.before.code, change.before.period_label, change.reason
        );
        let entry = Change::new("filings.redate", "filing", change.before.id.get(), text);
        tx.record(entry.on_client(client.id)).await?;
    }
    if !diff.withdrawn.is_empty() {
        let names: Vec<String> =
            diff.withdrawn.iter().map(|f| format!("{} {}", f.code, f.period_label)).collect();
        let text = format!("took {} filings off the plan: {}", names.len(), names.join(", "));
        tx.record(Change::new("filings.withdraw", "client", client.id.get(), text).on_client(client.id))
            .await?;
    }
    if !diff.added.is_empty() {
        let text = format!("planned {} filings until {}", diff.added.len(), horizon(today));
        tx.record(Change::new("filings.plan", "client", client.id.get(), text).on_client(client.id)).await?;
    }
    tx.mark_planned(client.id, rules.digest(), horizon(today)).await?;
    Ok(diff)
}

fn shown(filing: &Filing) -> String {
    match (filing.legal_due, filing.projected_due) {
        (Some(due), _) => due.to_string(),
        (None, Some(probable)) => format!("about {probable}"),
        (None, None) => "no date".into(),
    }
}

/// Days by which the plan may lag behind the horizon before a client is planned anew.
const SLACK: Duration = Duration::days(14);

/// Plans every client of every firm whose plan was made with another rulebook or does not reach far enough.
/// Each client is its own transaction; a run that is cut off goes on where it stopped. Returns how many were planned.
pub async fn catch_up(db: &dyn Database, clock: &dyn Clock) -> Result<usize, StoreError> {
    let mut planned = 0;
    for tenant in db.tenants().await? {
        planned += catch_up_firm(db, clock, tenant).await?;
    }
    Ok(planned)
}

async fn catch_up_firm(db: &dyn Database, clock: &dyn Clock, tenant: TenantId) -> Result<usize, StoreError> {
    let mut planned = 0;
    loop {
        let actor = Actor::system(tenant, clock.now(), "catch-up");
        let until = horizon(actor.today()).checked_sub(SLACK).unwrap_or(Date::MAX);
        let digest = Rulebook::shipped().digest();
        let due: Vec<ClientId> =
            transact(db, &actor, async |tx| tx.clients_to_plan(digest, until, 200).await).await?;
        if due.is_empty() {
            return Ok(planned);
        }
        for id in due {
            transact(db, &actor, async |tx| match tx.lock_client(id).await? {
                Some(client) => plan_client(tx, &actor, &client).await.map(|_| ()),
                None => Ok::<(), StoreError>(()),
            })
            .await?;
            planned += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn the_horizon_is_eighteen_months_and_stays_inside_short_months() {
        assert_eq!(horizon(date!(2026 - 11 - 21)), date!(2028 - 05 - 21));
        assert_eq!(horizon(date!(2026 - 08 - 31)), date!(2028 - 02 - 29));
    }
}
