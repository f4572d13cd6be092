//! One change to many filings: those named, or all that a filter holds.

use crate::database::Tx;
use crate::filings::{closes, not_assignable, records, relaxations_over, steps_json};
use crate::firm_rules::FirmRules;
use crate::licence::{Held, PlanError};
use crate::planning::load_sheet;
use filings::relaxation::words::{self, Over};
use filings::{
    BulkItem, FilingError, FilingFilter, FilingRow, FilingSort, MAX_AT_ONCE, PatchFiling, patch_filings,
};
use kernel::id::{ClientId, FilingId, UserId};
use kernel::{Actor, FieldErrors, NotEntitled, PageRequest, Permission, StoreError};
use rulebook::Rulebook;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// One filing that is named, the version the caller saw, and its change.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Which.
    pub id: FilingId,
    /// The version, when the caller saw one.
    pub expected: Option<i64>,
    /// What to change.
    pub patch: PatchFiling,
}

/// Which filings.
#[derive(Debug, Clone)]
pub enum Targets {
    /// These.
    Named(Vec<Wanted>),
    /// All that the filter holds, each with the same change; refused when there are not as many as the caller saw.
    Filter {
        /// The filter.
        filter: Box<FilingFilter>,
        /// How many the caller saw.
        expected: Option<i64>,
        /// What to change.
        patch: PatchFiling,
    },
}

/// What became of one filing. Those that somebody may not see have no row.
#[derive(Debug)]
pub struct BulkResult {
    /// Which.
    pub id: FilingId,
    /// What it is.
    pub row: Option<FilingRow>,
    /// The version after it and the filing before it, or why it stayed as it was.
    pub result: Result<(i64, filings::Filing), FilingError>,
}

/// The filings that are meant, each with the version it has now when a filter names them.
pub async fn named_ones<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    targets: Targets,
) -> Result<Vec<Wanted>, FilingError> {
    actor.require(Permission::FilingsEdit)?;
    match targets {
        Targets::Named(wanted) => {
            too_many(wanted.len())?;
            Ok(wanted)
        }
        Targets::Filter { filter, expected, patch } => {
            let rows = rows_of(tx, actor, &filter).await?;
            too_many(rows.len())?;
            if let Some(expected) = expected
                && expected != rows.len() as i64
            {
                return Err(FilingError::State(format!(
                    "{} filings match now, not {expected}. Look at the list again.",
                    rows.len()
                )));
            }
            let named =
                |row: &FilingRow| Wanted { id: row.id, expected: Some(row.version), patch: patch.clone() };
            Ok(rows.iter().map(named).collect())
        }
    }
}

/// Changes what can be changed, by the rules of the single change.
pub async fn change_filings<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    targets: Targets,
) -> Result<Vec<BulkResult>, FilingError> {
    let wanted = named_ones(tx, actor, targets).await?;
    let filter = FilingFilter { ids: wanted.iter().map(|one| one.id).collect(), ..FilingFilter::default() };
    let rows = if wanted.is_empty() { Vec::new() } else { rows_of(tx, actor, &filter).await? };
    apply(tx, actor, wanted, rows).await
}

async fn rows_of<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    filter: &FilingFilter,
) -> Result<Vec<FilingRow>, StoreError> {
    let page = PageRequest { page: 1, per_page: MAX_AT_ONCE + 1 };
    tx.filing_rows(filter, &[(FilingSort::Due, false)], page, actor.today()).await
}

fn too_many(count: usize) -> Result<(), FilingError> {
    if count <= MAX_AT_ONCE as usize {
        return Ok(());
    }
    let text = format!("More than {MAX_AT_ONCE} filings at once. Narrow the list first.");
    Err(FilingError::Invalid(FieldErrors::one("filter", text)))
}

async fn apply<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    wanted: Vec<Wanted>,
    rows: Vec<FilingRow>,
) -> Result<Vec<BulkResult>, FilingError> {
    let names = assignees(tx, &wanted).await?;
    let mut rows: BTreeMap<FilingId, FilingRow> = rows.into_iter().map(|row| (row.id, row)).collect();
    let mut refused = on_held_clients(tx, actor, &wanted, &rows).await?;
    let mut reasons = reasons(tx, actor, &wanted, &rows).await?;
    let order: Vec<FilingId> = wanted.iter().map(|one| one.id).collect();
    let items = wanted
        .into_iter()
        .filter(|one| !refused.contains_key(&one.id))
        .map(|Wanted { id, expected, patch }| BulkItem {
            id,
            expected,
            why: reasons.remove(&id),
            assignee_name: patch.assignee.flatten().and_then(|user| names.get(&user).cloned()),
            patch,
        })
        .collect();
    let mut outcomes = patch_filings(tx, actor, items).await?.into_iter().peekable();
    let mut results = Vec::with_capacity(order.len());
    for id in order {
        // Told in the order in which they were named; what was left out says why.
        let result = match outcomes.next_if(|one| one.id == id) {
            Some(one) => one.result.map(|(before, after)| (after.version, before)),
            None => Err(refused.remove(&id).map_or(FilingError::NotFound, FilingError::NotEntitled)),
        };
        results.push(BulkResult { id, row: rows.remove(&id), result });
    }
    Ok(results)
}

/// Why filings of clients over the plan stay as they are, unless they are recorded as filed.
async fn on_held_clients<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    wanted: &[Wanted],
    rows: &BTreeMap<FilingId, FilingRow>,
) -> Result<BTreeMap<FilingId, NotEntitled>, StoreError> {
    let held = Held::among(tx, actor, rows.values().map(|row| row.client)).await?;
    let mut refused = BTreeMap::new();
    for one in wanted.iter().filter(|one| !records(&one.patch)) {
        match rows.get(&one.id).map(|row| held.refuse(row.client)) {
            Some(Err(PlanError::NotEntitled(why))) => drop(refused.insert(one.id, why)),
            Some(Err(PlanError::Store(error))) => return Err(error),
            Some(Ok(())) | None => {}
        }
    }
    Ok(refused)
}

/// The names of the people that filings go to; all of them are active people of the firm.
async fn assignees<T: Tx + ?Sized>(
    tx: &mut T,
    wanted: &[Wanted],
) -> Result<BTreeMap<UserId, String>, FilingError> {
    let named: BTreeSet<UserId> = wanted.iter().filter_map(|one| one.patch.assignee.flatten()).collect();
    if named.is_empty() {
        return Ok(BTreeMap::new());
    }
    let active: BTreeMap<UserId, String> =
        tx.users().await?.into_iter().filter(|u| u.active).map(|u| (u.id, u.display_name)).collect();
    if named.iter().all(|user| active.contains_key(user)) {
        return Ok(active);
    }
    Err(FilingError::Invalid(not_assignable()))
}

/// Today's steps of those that close. A client's record is read once, however many of its filings close.
async fn reasons<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    wanted: &[Wanted],
    rows: &BTreeMap<FilingId, FilingRow>,
) -> Result<BTreeMap<FilingId, Value>, StoreError> {
    let rules = Rulebook::shipped();
    let mut by_client: BTreeMap<ClientId, Vec<&FilingRow>> = BTreeMap::new();
    for row in wanted.iter().filter(|one| closes(&one.patch)).filter_map(|one| rows.get(&one.id)) {
        by_client.entry(row.client).or_default().push(row);
    }
    let closing = by_client.values().flatten().flat_map(|row| Over::from(*row).ids());
    let relaxations = relaxations_over(tx, closing.collect::<Vec<_>>()).await?;
    let mut reasons = BTreeMap::new();
    if by_client.is_empty() {
        return Ok(reasons);
    }
    let firm = FirmRules::load(tx).await?;
    for (client, rows) in by_client {
        let Some(client) = tx.client(client).await? else { continue };
        let sheet = load_sheet(tx, rules, &client).await?;
        for row in rows {
            let mut steps = firm.steps(&sheet, actor, row.into());
            steps.extend(words::steps(Over::from(row), &relaxations));
            reasons.insert(row.id, steps_json(&steps));
        }
    }
    Ok(reasons)
}
