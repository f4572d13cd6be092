//! Change many filings at once by the rules of the single change: those that can be changed are, each with its own journal
//! entry; the others stay as they are and say why.

use crate::commands::{FilingError, PatchFiling, decide};
use crate::custody::{Custody, move_of};
use crate::filing::Filing;
use crate::ports::Filings;
use kernel::id::FilingId;
use kernel::journal::Journal;
use kernel::{Actor, Permission};
use serde_json::Value;
use std::collections::BTreeMap;

/// The most filings that one request changes.
pub const MAX_AT_ONCE: u32 = 5_000;

/// One filing of many, and what to do with it.
#[derive(Debug, Clone)]
pub struct BulkItem {
    /// Which.
    pub id: FilingId,
    /// The version the caller saw; without one, the version as it is.
    pub expected: Option<i64>,
    /// What to change.
    pub patch: PatchFiling,
    /// Today's steps, frozen when it closes.
    pub why: Option<Value>,
    /// The new assignee's name.
    pub assignee_name: Option<String>,
}

/// What became of one of them.
#[derive(Debug)]
pub struct BulkOutcome {
    /// Which.
    pub id: FilingId,
    /// The filing before and after, or why it stayed as it was.
    pub result: Result<(Filing, Filing), FilingError>,
}

/// Applies the changes. A missing permission refuses all of them: it is about the person, not about a filing. The number
/// of statements does not grow with the number of filings.
pub async fn patch_filings<T: Filings + Custody + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    items: Vec<BulkItem>,
) -> Result<Vec<BulkOutcome>, FilingError> {
    actor.require(Permission::FilingsEdit)?;
    let ids: Vec<FilingId> = items.iter().map(|item| item.id).collect();
    let mut locked: BTreeMap<FilingId, Filing> =
        tx.lock_filings(&ids).await?.into_iter().map(|filing| (filing.id, filing)).collect();
    let (mut outcomes, mut saves, mut entries) = (Vec::with_capacity(items.len()), Vec::new(), Vec::new());
    let mut moves = Vec::new();
    for BulkItem { id, expected, patch, why, assignee_name } in items {
        // Taken out: a filing that is named twice is changed once.
        let Some(before) = locked.remove(&id) else {
            outcomes.push(BulkOutcome { id, result: Err(FilingError::NotFound) });
            continue;
        };
        let expected = expected.unwrap_or(before.version);
        let result = match decide(actor, &before, expected, patch, assignee_name.as_deref()) {
            Err(FilingError::Denied(denied)) => return Err(denied.into()),
            Err(error) => Err(error),
            Ok(None) => Ok((before.clone(), before)),
            Ok(Some((after, change))) => {
                let freeze = if after.is_open() { None } else { why };
                let saved = Filing { version: after.version + 1, ..after.clone() };
                moves.extend(move_of(&before, &after, actor.user));
                saves.push((after, freeze));
                entries.push(change);
                Ok((before, saved))
            }
        };
        outcomes.push(BulkOutcome { id, result });
    }
    tx.save_filings(&saves, actor.at).await?;
    tx.add_moves(&moves, actor.at).await?;
    tx.record_all(entries).await?;
    Ok(outcomes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::NewState;
    use crate::testing::{MemoryFilings, new_filing};
    use kernel::{Id, Role};
    use time::macros::datetime;

    fn actor(role: Role) -> Actor {
        let mut actor = Actor::system(Id::new(1), datetime!(2026-10-25 06:00 UTC), "test").in_role(role);
        actor.user = Some(Id::new(9));
        actor
    }

    async fn with_three() -> (MemoryFilings, Vec<FilingId>) {
        let mut store = MemoryFilings::default();
        let client = Id::new(5);
        let new = ["2026-27Q1", "2026-27Q2", "2026-27Q3"].map(|key| new_filing(client, key));
        store.add_filings(&new.each_ref(), actor(Role::Analyst).at).await.unwrap();
        let mut ids: Vec<FilingId> =
            store.filings_of(client, false).await.unwrap().iter().map(|f| f.id).collect();
        ids.sort();
        (store, ids)
    }

    fn item(id: FilingId, expected: Option<i64>, patch: PatchFiling) -> BulkItem {
        BulkItem { id, expected, patch, why: None, assignee_name: None }
    }

    fn review() -> PatchFiling {
        PatchFiling { state: Some(NewState::InReview), ..PatchFiling::default() }
    }

    #[tokio::test]
    async fn what_can_be_done_is_done_and_the_rest_says_why() {
        let (mut store, ids) = with_three().await;
        let analyst = actor(Role::Analyst);
        let items = vec![
            item(ids[0], None, review()),
            item(ids[1], Some(7), review()),
            item(Id::new(999), None, review()),
            item(ids[0], None, review()),
            item(ids[2], Some(1), review()),
        ];
        let outcomes = patch_filings(&mut store, &analyst, items).await.unwrap();
        let words: Vec<String> = outcomes
            .iter()
            .map(|o| {
                o.result.as_ref().map_or_else(ToString::to_string, |(_, after)| after.version.to_string())
            })
            .collect();
        assert_eq!((words[0].as_str(), words[4].as_str()), ("2", "2"));
        assert!(words[1].contains("changed") || words[1].contains("somebody"), "{}", words[1]);
        assert_eq!(words[2], FilingError::NotFound.to_string());
        assert_eq!(words[3], FilingError::NotFound.to_string(), "named twice, changed once");
        assert_eq!(store.journal.len(), 2, "one entry for each that changed");
        assert_eq!(store.filing(ids[1]).await.unwrap().unwrap().version, 1);
    }

    #[tokio::test]
    async fn a_missing_permission_refuses_all() {
        let (mut store, ids) = with_three().await;
        let waive = || PatchFiling {
            state: Some(NewState::Waived("Licence surrendered".into())),
            ..PatchFiling::default()
        };
        let items = ids.iter().map(|id| item(*id, None, waive())).collect();
        let refused = patch_filings(&mut store, &actor(Role::Analyst), items).await;
        assert!(matches!(refused, Err(FilingError::Denied(_))));
        assert!(store.journal.is_empty());
    }

    #[tokio::test]
    async fn nothing_to_change_is_done_without_a_trace() {
        let (mut store, ids) = with_three().await;
        let nobody = PatchFiling { assignee: Some(None), ..PatchFiling::default() };
        let items = vec![item(ids[0], None, nobody)];
        let outcomes = patch_filings(&mut store, &actor(Role::Analyst), items).await.unwrap();
        assert_eq!(outcomes[0].result.as_ref().unwrap().1.version, 1);
        assert!(store.journal.is_empty());
    }
}
