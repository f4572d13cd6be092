//! Change one filing: assign, set the internal target, file, waive, mark not applicable, reopen.

use crate::custody::{Custody, move_of};
use crate::filing::{Closure, Filing, FilingState, Proof, Refusal};
use crate::ports::Filings;
use crate::status::{FilingStatus, status_on};
use kernel::id::{FilingId, UserId};
use kernel::journal::{Change, Journal};
use kernel::period::day_text;
use kernel::{Actor, Date, Denied, FieldErrors, NotEntitled, Permission, StoreError};
use serde_json::{Map, Value, json};
use thiserror::Error;

/// Where a caller wants a filing to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewState {
    /// Filed, with date and proof.
    Filed {
        /// The day it was filed.
        on: Option<Date>,
        /// Acknowledgement number.
        acknowledgement: Option<String>,
        /// Why there is none.
        exception: Option<String>,
        /// Nothing to report.
        nil: bool,
    },
    /// Waived, with a reason.
    Waived(String),
    /// Not applicable, with a reason.
    NotApplicable(String),
    /// With a colleague who looks at it first.
    InReview,
    /// Open again, with a reason; back from review, without one.
    Open(String),
    /// Overdue or breached: true or false by the dates, never set.
    Derived(FilingStatus),
}

/// A change to one filing; absent leaves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PatchFiling {
    /// Somebody, or nobody.
    pub assignee: Option<Option<UserId>>,
    /// A date, or back to the planned one.
    pub target_due: Option<Option<Date>>,
    /// Days until late counts as breached.
    pub breach_after_days: Option<u16>,
    /// Where to go.
    pub state: Option<NewState>,
}

/// Why a filing stayed as it was.
#[derive(Debug, Error)]
pub enum FilingError {
    /// Not there.
    #[error("We can't find this filing, or you can't open it.")]
    NotFound,
    /// The role does not allow it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Something entered is wrong.
    #[error("Check the marked fields.")]
    Invalid(FieldErrors),
    /// The state does not allow it.
    #[error("{0}")]
    State(String),
    /// Overdue and breached follow from the dates.
    #[error("{0}")]
    Derived(String),
    /// The plan does not go that far.
    #[error(transparent)]
    NotEntitled(#[from] NotEntitled),
    /// The store failed, or somebody else saved first.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Refusal> for FilingError {
    fn from(refusal: Refusal) -> Self {
        let text = refusal.to_string();
        match refusal {
            Refusal::Closed | Refusal::NotClosed | Refusal::InReview => Self::State(text),
            Refusal::FiledOn(_) => Self::Invalid(FieldErrors::one("filedOn", text)),
            Refusal::NoProof | Refusal::Acknowledgement(_) => {
                Self::Invalid(FieldErrors::one("acknowledgementNo", text))
            }
            Refusal::NoReason | Refusal::Reason(_) => Self::Invalid(FieldErrors::one("reason", text)),
        }
    }
}

/// Applies a change. `expected` is the version the caller saw; `why` are today's steps, frozen when it closes.
/// `assignable` tells whether the new assignee is an active person of the firm.
pub async fn patch_filing<T: Filings + Custody + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: FilingId,
    expected: i64,
    patch: PatchFiling,
    why: Option<Value>,
    assignee_name: Option<String>,
) -> Result<Filing, FilingError> {
    actor.require(Permission::FilingsEdit)?;
    let before = tx.lock_filing(id).await?.ok_or(FilingError::NotFound)?;
    let Some((mut after, change)) = decide(actor, &before, expected, patch, assignee_name.as_deref())? else {
        return Ok(before);
    };
    let freeze = if after.is_open() { None } else { why };
    tx.save_filing(&after, freeze.as_ref(), actor.at).await?;
    if let Some(step) = move_of(&before, &after, actor.user) {
        tx.add_moves(&[step], actor.at).await?;
    }
    after.version += 1;
    tx.record(change).await?;
    Ok(after)
}

/// What a change comes to, without writing it: the filing after it and its journal entry, or nothing when it stays as
/// it is.
pub fn decide(
    actor: &Actor,
    before: &Filing,
    expected: i64,
    patch: PatchFiling,
    assignee_name: Option<&str>,
) -> Result<Option<(Filing, Change)>, FilingError> {
    if before.state == FilingState::Withdrawn {
        return Err(FilingError::NotFound);
    }
    if before.version != expected {
        return Err(StoreError::Stale.into());
    }
    let mut after = before.clone();
    let mut texts: Vec<String> = Vec::new();
    let name = format!("{} for {}", before.code, before.period_label);
    let mut action = "filings.edit";
    if let Some(assignee) = patch.assignee
        && assignee != before.assignee
    {
        after.assignee = assignee;
        texts.push(match assignee_name {
            Some(who) => format!("assigned {name} to {who}"),
            None => format!("took {name} off its assignee"),
        });
    }
    if let Some(target) = patch.target_due {
        after = set_target(after, target)?;
        let day = target.map_or("the planned day".into(), day_text);
        texts.push(format!("set the internal target of {name} to {day}"));
    }
    if let Some(days) = patch.breach_after_days {
        if days > 365 {
            return Err(FilingError::Invalid(FieldErrors::one("breachAfterDays", "Use 0 to 365 days.")));
        }
        after.breach_after_days = days;
        after.breach_overridden = true;
        texts.push(format!("counts {name} as breached {days} days after its due date"));
    }
    if let Some(state) = patch.state {
        let (moved, text, verb) = move_state(actor, after, state, &name)?;
        after = moved;
        if let Some(text) = text {
            texts.push(text);
            action = verb;
        }
    }
    if after == *before {
        return Ok(None);
    }
    let change = Change::new(action, "filing", before.id.get(), texts.join("; "))
        .on_client(before.client)
        .with(Some(facts(before, &after, before)), Some(facts(before, &after, &after)));
    Ok(Some((after, change)))
}

fn set_target(mut filing: Filing, target: Option<Date>) -> Result<Filing, FilingError> {
    if !filing.is_open() {
        return Err(Refusal::Closed.into());
    }
    if let (Some(target), Some(due)) = (target, filing.legal_due)
        && target > due
    {
        let due = day_text(due);
        let text = format!("The target is after the legal due date, {due}. Choose {due} or earlier.");
        return Err(FilingError::Invalid(FieldErrors::one("targetDueOn", text)));
    }
    filing.target_overridden = target.is_some();
    filing.target_due = target.or(filing.legal_due);
    Ok(filing)
}

type Moved = (Filing, Option<String>, &'static str);

fn move_state(actor: &Actor, filing: Filing, state: NewState, name: &str) -> Result<Moved, FilingError> {
    let at = (actor.user, actor.at);
    match state {
        NewState::Filed { on, acknowledgement, exception, nil } => {
            actor.require(Permission::FilingsFile)?;
            let on = on.ok_or_else(|| {
                FilingError::Invalid(FieldErrors::one("filedOn", "Enter the day it was filed."))
            })?;
            let number = acknowledgement.filter(|n| !n.trim().is_empty());
            let (proof, words) = match (number, exception) {
                (Some(number), _) => {
                    (Proof::Acknowledgement(number.clone()), format!("acknowledgement {number}"))
                }
                (None, Some(why)) => {
                    (Proof::Exception(why.clone()), format!("without acknowledgement: {why}"))
                }
                (None, None) => return Err(Refusal::NoProof.into()),
            };
            let filed = filing.file(on, proof, nil, at)?;
            let late = crate::status::days_late(&filed, on);
            let lateness = if late > 0 { format!(", {late} days late") } else { String::new() };
            let nil = if nil { " (nil return)" } else { "" };
            Ok((
                filed,
                Some(format!("filed {name}{nil} on {}{lateness}, {words}", day_text(on))),
                "filings.file",
            ))
        }
        NewState::Waived(reason) => {
            actor.require(Permission::FilingsDecide)?;
            Ok((filing.waive(&reason, at)?, Some(format!("waived {name}: {reason}")), "filings.waive"))
        }
        NewState::NotApplicable(reason) => {
            actor.require(Permission::FilingsDecide)?;
            let text = format!("marked {name} not applicable: {reason}");
            Ok((filing.not_applicable(&reason, at)?, Some(text), "filings.not_applicable"))
        }
        NewState::InReview => {
            let text = format!("sent {name} for review");
            Ok((filing.send_for_review()?, Some(text), "filings.send_for_review"))
        }
        NewState::Open(_) if filing.state == FilingState::InReview => {
            let back = Filing { state: FilingState::Open, ..filing };
            Ok((back, Some(format!("took {name} back from review")), "filings.take_back"))
        }
        NewState::Open(reason) => {
            actor.require(Permission::FilingsDecide)?;
            Ok((filing.reopen(&reason)?, Some(format!("reopened {name}: {reason}")), "filings.reopen"))
        }
        NewState::Derived(wanted) => {
            let is = status_on(&filing, actor.today());
            let late_enough =
                is == Some(wanted) || (wanted == FilingStatus::Overdue && is == Some(FilingStatus::Breached));
            if late_enough {
                return Ok((filing, None, "filings.edit"));
            }
            let due = filing.due_on(actor.today()).map_or("no date yet".to_owned(), day_text);
            Err(FilingError::Derived(format!(
                "Overdue and breached follow from the dates: due {due}, breached after {} days, today {}. \
                 This filing is {}.",
                filing.breach_after_days,
                day_text(actor.today()),
                is.map_or("withdrawn", FilingStatus::as_str).replace('_', " "),
            )))
        }
    }
}

/// The facts of `of` in which the two differ.
fn facts(before: &Filing, after: &Filing, of: &Filing) -> Value {
    let all = |f: &Filing| -> Map<String, Value> {
        let (state, on, ack) = match &f.state {
            FilingState::Open => ("open", None, None),
            FilingState::InReview => ("in_review", None, None),
            FilingState::Withdrawn => ("withdrawn", None, None),
            FilingState::Closed(Closure::Filed { on, proof, .. }) => {
                let (Proof::Acknowledgement(text) | Proof::Exception(text)) = proof;
                ("filed", Some(on.to_string()), Some(text.clone()))
            }
            FilingState::Closed(Closure::Waived { .. }) => ("waived", None, None),
            FilingState::Closed(Closure::NotApplicable { .. }) => ("not_applicable", None, None),
        };
        let value = json!({
            "state": state, "filedOn": on, "acknowledgementNo": ack,
            "targetDueOn": f.target_due.map(|d| d.to_string()),
            "assigneeId": f.assignee.map(kernel::Id::get),
            "breachAfterDays": f.breach_after_days,
        });
        if let Value::Object(map) = value { map } else { Map::new() }
    };
    let (old, new) = (all(before), all(after));
    let mut shown = all(of);
    shown.retain(|key, _| old.get(key) != new.get(key));
    Value::Object(shown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{MemoryFilings, contract, new_filing};
    use kernel::{Id, Role};
    use time::macros::{date, datetime};

    fn actor(role: Role) -> Actor {
        let mut actor = Actor::system(Id::new(1), datetime!(2026-10-25 06:00 UTC), "test").in_role(role);
        actor.user = Some(Id::new(9));
        actor
    }

    async fn with_one() -> (MemoryFilings, FilingId) {
        let mut store = MemoryFilings::default();
        let client = Id::new(5);
        store.add_filings(&[&new_filing(client, "2026-27Q2")], actor(Role::Analyst).at).await.unwrap();
        let id = store.filings_of(client, false).await.unwrap()[0].id;
        (store, id)
    }

    fn filed(on: Date, number: &str) -> PatchFiling {
        let state = NewState::Filed {
            on: Some(on),
            acknowledgement: Some(number.into()),
            exception: None,
            nil: false,
        };
        PatchFiling { state: Some(state), ..PatchFiling::default() }
    }

    #[tokio::test]
    async fn the_memory_keeps_the_contract() {
        let at = actor(Role::Analyst).at;
        contract(&mut MemoryFilings::default(), Id::new(5), Id::new(9), at).await;
    }

    #[tokio::test]
    async fn filing_late_freezes_the_reasons_and_says_so_in_the_journal() {
        let (mut store, id) = with_one().await;
        let why = Some(json!([{ "text": "21 days after the quarter end" }]));
        let analyst = actor(Role::Analyst);
        let patch = filed(date!(2026 - 10 - 24), "AB12");
        patch_filing(&mut store, &analyst, id, 1, patch, why.clone(), None).await.unwrap();
        assert_eq!(store.frozen.get(&id), why.as_ref());
        let entry = &store.journal[0];
        assert_eq!(entry.action, "filings.file");
        assert!(entry.text.contains("3 days late, acknowledgement AB12"), "{}", entry.text);
        assert_eq!(entry.after.as_ref().unwrap()["filedOn"], "2026-10-24");
    }

    #[tokio::test]
    async fn a_review_goes_there_and_back_and_does_not_stop_filing() {
        let (mut store, id) = with_one().await;
        let analyst = actor(Role::Analyst);
        let to = |state| PatchFiling { state: Some(state), ..PatchFiling::default() };
        let sent =
            patch_filing(&mut store, &analyst, id, 1, to(NewState::InReview), None, None).await.unwrap();
        assert_eq!(status_on(&sent, date!(2026 - 10 - 01)), Some(FilingStatus::InReview));
        let again = patch_filing(&mut store, &analyst, id, 2, to(NewState::InReview), None, None).await;
        assert!(matches!(again, Err(FilingError::State(_))));
        let back = to(NewState::Open(String::new()));
        let back = patch_filing(&mut store, &analyst, id, 2, back, None, None).await.unwrap();
        assert_eq!(back.state, FilingState::Open, "an analyst takes it back without a reason");
        patch_filing(&mut store, &analyst, id, 3, to(NewState::InReview), None, None).await.unwrap();
        let filed = filed(date!(2026 - 10 - 20), "AB12");
        assert!(!patch_filing(&mut store, &analyst, id, 4, filed, None, None).await.unwrap().is_open());
    }

    #[tokio::test]
    async fn refusals_leave_nothing_behind() {
        let (mut store, id) = with_one().await;
        let viewer = actor(Role::Viewer);
        let refused = patch_filing(&mut store, &viewer, id, 1, PatchFiling::default(), None, None).await;
        assert!(matches!(refused, Err(FilingError::Denied(_))));
        let analyst = actor(Role::Analyst);
        let waive =
            PatchFiling { state: Some(NewState::Waived("A long reason".into())), ..Default::default() };
        let refused = patch_filing(&mut store, &analyst, id, 1, waive, None, None).await;
        assert!(matches!(refused, Err(FilingError::Denied(_))), "an analyst does not waive");
        let stale =
            patch_filing(&mut store, &analyst, id, 7, filed(date!(2026 - 10 - 20), "X"), None, None).await;
        assert!(matches!(stale, Err(FilingError::Store(StoreError::Stale))));
        let after_due = PatchFiling { target_due: Some(Some(date!(2026 - 10 - 22))), ..Default::default() };
        let refused = patch_filing(&mut store, &analyst, id, 1, after_due, None, None).await;
        assert!(matches!(refused, Err(FilingError::Invalid(_))), "a target after the legal date");
        let derived = |status| PatchFiling { state: Some(NewState::Derived(status)), ..Default::default() };
        let early =
            patch_filing(&mut store, &analyst, id, 1, derived(FilingStatus::Breached), None, None).await;
        assert!(matches!(early, Err(FilingError::Derived(_))));
        let true_already =
            patch_filing(&mut store, &analyst, id, 1, derived(FilingStatus::Overdue), None, None).await;
        assert_eq!(true_already.unwrap().version, 1);
        assert!(store.journal.is_empty());
    }
}
