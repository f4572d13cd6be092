//! Planning: the rulebook's filings for a client, against what is on record, written in the same transaction.

use crate::database::{Database, Tx, transact};
use crate::facts::fact_sheet;
use crate::firm_rules::{FirmRules, plan_digest};
use clients::import::ClientRecord;
use clients::{Client, Status};
use filings::plan::Policy;
use filings::relaxation::{ClientMark, Whose, in_order};
use filings::{Filing, FilingState, NewFiling, PlanDiff, Relaxation, Relief, ReturnSetting, reconcile};
use futures_util::future::join;
use kernel::id::{ClientId, TenantId};
use kernel::journal::Change;
use kernel::period::day_text;
use kernel::{Actor, Clock, Date, StoreError};
use licensing::regulators::COUNTED;
use rulebook::{Due, FactSheet, FactValue, PlanRequest, Rulebook};
use std::collections::{BTreeMap, BTreeSet, HashMap};
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
    let FirmRules { mut settings, internal } = FirmRules::load(tx).await?;
    leave_uncovered(tx, &mut settings).await?;
    let relaxations = tx.standing_relaxations().await?;
    Ok(Policy { breach_after_days, settings, relaxations, internal })
}

/// A plan with only some regulators does not plan the returns of the others, whatever the firm decided about them.
async fn leave_uncovered<T: Tx + ?Sized>(
    tx: &mut T,
    settings: &mut BTreeMap<String, ReturnSetting>,
) -> Result<(), StoreError> {
    let Some(covered) = tx.firm_entitlements().await?.and_then(|now| now.regulators) else { return Ok(()) };
    for rule in Rulebook::shipped().rules() {
        let regulator = rule.regulator.as_str();
        if COUNTED.contains(&regulator) && !covered.iter().any(|chosen| chosen == regulator) {
            let setting =
                settings.entry(rule.code.clone()).or_insert_with(|| ReturnSetting::none(&rule.code));
            setting.enabled = Some(false);
        }
    }
    Ok(())
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
    let sheet = load_sheet(tx, rules, client).await?;
    let existing = tx.filings_of(client.id, true).await?;
    let span = Span::of(actor, policy);
    let standing = standing_for(tx, policy, client, &sheet, span.today).await?;
    let mut decided = [(client.id, decide(&span, client, &sheet, existing, rules, policy, &standing))];
    carry_out(tx, actor, &decided, &plan_digest(rules, policy)).await?;
    Ok(std::mem::take(&mut decided[0].1))
}

/// The same for many clients, in as many statements as for one. Answers what was done, in the order of `clients`.
pub async fn plan_clients<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    clients: &[Client],
    rules: &Rulebook,
    policy: &Policy,
) -> Result<Vec<(ClientId, PlanDiff)>, StoreError> {
    let ids: Vec<ClientId> = clients.iter().map(|client| client.id).collect();
    let records: HashMap<ClientId, ClientRecord> =
        tx.records_of(&ids).await?.into_iter().map(|record| (record.client.id, record)).collect();
    let mut existing: HashMap<ClientId, Vec<Filing>> = HashMap::new();
    for filing in tx.filings_of_clients(&ids).await? {
        existing.entry(filing.client).or_default().push(filing);
    }
    let span = Span::of(actor, policy);
    let mut decided = Vec::with_capacity(clients.len());
    for client in clients {
        let Some(record) = records.get(&client.id) else { continue };
        let sheet = fact_sheet(rules, client, &record.registrations, &record.facts, &record.events);
        let existing = existing.remove(&client.id).unwrap_or_default();
        let standing = standing_for(tx, policy, client, &sheet, span.today).await?;
        decided.push((client.id, decide(&span, client, &sheet, existing, rules, policy, &standing)));
    }
    carry_out(tx, actor, &decided, &plan_digest(rules, policy)).await?;
    Ok(decided)
}

/// What a run asks the rulebook for, the same for every client.
pub(crate) struct Span {
    today: Date,
    to: Date,
    enabled: BTreeSet<String>,
    disabled: BTreeSet<String>,
    only: Option<String>,
}

impl Span {
    /// Under what the firm decided.
    pub(crate) fn of(actor: &Actor, policy: &Policy) -> Self {
        let codes = |wanted: bool| -> BTreeSet<String> {
            policy.settings.values().filter(|s| s.enabled == Some(wanted)).map(|s| s.code.clone()).collect()
        };
        let today = actor.today();
        Self { today, to: horizon(today), enabled: codes(true), disabled: codes(false), only: None }
    }

    /// The same for one return.
    pub(crate) fn only(self, code: &str) -> Self {
        Self { only: Some(code.to_owned()), ..self }
    }
}

/// What planning would change for one client whose record and filings are at hand; nothing is written.
pub(crate) async fn decide_one<T: Tx + ?Sized>(
    tx: &mut T,
    span: &Span,
    client: &Client,
    sheet: &FactSheet,
    existing: Vec<Filing>,
    rules: &Rulebook,
    policy: &Policy,
) -> Result<PlanDiff, StoreError> {
    let standing = standing_for(tx, policy, client, sheet, span.today).await?;
    Ok(decide(span, client, sheet, existing, rules, policy, &standing))
}

/// What planning changes for one client. Looks at nothing but its arguments.
fn decide(
    span: &Span,
    client: &Client,
    sheet: &FactSheet,
    existing: Vec<Filing>,
    rules: &Rulebook,
    policy: &Policy,
    standing: &[&Relaxation],
) -> PlanDiff {
    let request = PlanRequest {
        from: client.track_from.checked_sub(LOOK_BACK).unwrap_or(Date::MIN),
        to: span.to,
        today: span.today,
        enabled: span.enabled.clone(),
        disabled: span.disabled.clone(),
        only: span.only.clone(),
        with_steps: !existing.is_empty(),
    };
    let mut planned = rules.plan(sheet, &request);
    if let Some(firm) = policy.internal.as_deref() {
        planned.extend(firm.plan(client.id, sheet, &request));
    }
    if client.status == Status::Offboarded {
        planned.retain(|p| matches!(p.due, Due::On(due) if due <= span.today));
    }
    reconcile(client.id, existing, planned, client.track_from, policy, rules, standing)
}

/// Writes what was decided, and the journal entries of each client.
async fn carry_out<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    decided: &[(ClientId, PlanDiff)],
    digest: &str,
) -> Result<(), StoreError> {
    let until = horizon(actor.today());
    let added: Vec<&NewFiling> = decided.iter().flat_map(|(_, diff)| &diff.added).collect();
    tx.add_filings(&added, actor.at).await?;
    let relieved: Vec<&NewFiling> = added.into_iter().filter(|n| n.relief != Relief::default()).collect();
    if !relieved.is_empty() {
        tx.mark_planned_relief(&relieved).await?;
    }
    let moved = decided.iter().flat_map(|(_, d)| d.moved.iter().chain(&d.revived)).map(|c| c.after.clone());
    let gone = decided.iter().flat_map(|(_, d)| &d.withdrawn);
    let gone = gone.map(|f| Filing { state: FilingState::Withdrawn, ..f.clone() });
    let changed: Vec<Filing> = moved.chain(gone).collect();
    tx.save_planned(&changed, actor.at).await?;
    let again = decided.iter().flat_map(|(_, d)| d.moved.iter().chain(&d.revived));
    let relieved: Vec<Filing> =
        again.filter(|c| c.before.relief != c.after.relief).map(|c| c.after.clone()).collect();
    if !relieved.is_empty() {
        tx.save_relieved(&relieved, actor.at).await?;
    }
    let entries = decided.iter().flat_map(|(client, diff)| entries(*client, diff, until)).collect();
    tx.record_all(entries).await?;
    let ids: Vec<ClientId> = decided.iter().map(|(client, _)| *client).collect();
    tx.mark_planned(&ids, digest, until).await
}

/// What the journal says about the plan of one client.
fn entries(client: ClientId, diff: &PlanDiff, until: Date) -> Vec<Change> {
    let mut entries = Vec::new();
    for change in diff.moved.iter().filter(|c| c.moves_date()) {
        let (from, to) = (shown(&change.before), shown(&change.after));
        let text = format!(
            "re-dated {} for {} from {from} to {to}: {}",
            change.before.code, change.before.period_label, change.reason
        );
        entries.push(Change::new("filings.redate", "filing", change.before.id.get(), text));
    }
    if !diff.withdrawn.is_empty() {
        let names: Vec<String> =
            diff.withdrawn.iter().map(|f| format!("{} {}", f.code, f.period_label)).collect();
        let text = format!("took {} filings off the plan: {}", names.len(), names.join(", "));
        entries.push(Change::new("filings.withdraw", "client", client.get(), text));
    }
    if !diff.added.is_empty() {
        let text = format!("planned {} filings until {}", diff.added.len(), day_text(until));
        entries.push(Change::new("filings.plan", "client", client.get(), text));
    }
    entries.into_iter().map(|entry| entry.on_client(client)).collect()
}

/// The date in force in words.
pub(crate) fn shown(filing: &Filing) -> String {
    match (filing.legal_due, filing.projected_due) {
        (Some(due), _) => day_text(due),
        (None, Some(probable)) => format!("about {}", day_text(probable)),
        (None, None) => "no date".into(),
    }
}

/// Days by which the plan may lag behind the horizon before a client is planned anew.
const SLACK: Duration = Duration::days(14);

/// Clients planned in one transaction: enough to share the cost of its statements, few enough to be over in a second.
const AT_ONCE: usize = 250;

/// Plans every client of every firm whose plan was made with another rulebook or does not reach far enough.
/// A run that is cut off goes on where it stopped. Returns how many were planned.
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
        let wanted = i64::try_from(8 * AT_ONCE).unwrap_or(i64::MAX);
        let due: Vec<ClientId> = transact(db, &actor, async |tx| {
            let digest = plan_digest(Rulebook::shipped(), &load_policy(tx).await?);
            tx.clients_to_plan(&digest, until, wanted).await
        })
        .await?;
        if due.is_empty() {
            return Ok(planned);
        }
        planned += due.len();
        // Two hands: while one waits for the database, the other asks the rulebook.
        let (left, right) = due.split_at(due.len().div_ceil(2));
        let (left, right) =
            join(catch_up_clients(db, &actor, left), catch_up_clients(db, &actor, right)).await;
        left.and(right)?;
    }
}

async fn catch_up_clients(db: &dyn Database, actor: &Actor, ids: &[ClientId]) -> Result<(), StoreError> {
    for ids in ids.chunks(AT_ONCE) {
        transact(db, actor, async |tx| {
            let clients = tx.lock_clients(ids).await?;
            let policy = load_policy(tx).await?;
            plan_clients(tx, actor, &clients, Rulebook::shipped(), &policy).await.map(|_| ())
        })
        .await?;
    }
    Ok(())
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
