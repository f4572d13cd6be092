//! What happened to the demo filings: most are filed, some late, some forgotten, one waived, and some fall due now.

use app::clients::record_event;
use app::filings::change_filing;
use app::{Database, transact};
use clients::NewEvent;
use filings::commands::NewState;
use filings::{FilingFilter, FilingRow, FilingSort, FilingView, PatchFiling};
use kernel::id::{ClientId, UserId};
use kernel::period::FinancialYear;
use kernel::{Actor, PageRequest, StoreError};
use time::Duration;

/// Events so many days ago put a filing due in 30 days on today, soon, a few days late and long late.
const EVENTS: &[(usize, &str, i64, &str)] = &[
    (0, "director_changed", 30, "Appointment of an independent director"),
    (2, "director_changed", 28, "Resignation of a nominee director"),
    (1, "resolution_passed", 27, "Special resolution, borrowing limits"),
    (3, "charge_created", 34, "Hypothecation of receivables"),
    (2, "shares_allotted", 52, "Rights issue"),
    (5, "office_changed", 29, "Registered office within the city"),
];

/// Plays the past.
pub(super) async fn play(
    db: &dyn Database,
    analyst: &Actor,
    principal: &Actor,
    clients: &[ClientId],
    people: [UserId; 3],
) -> Result<(), StoreError> {
    let today = analyst.today();
    hold_meetings(db, analyst, clients).await;
    file_the_past(db, analyst, people).await?;
    for (index, kind, days, note) in EVENTS {
        let Some(client) = clients.get(*index) else { continue };
        let event = NewEvent {
            kind: (*kind).into(),
            on: today - Duration::days(*days),
            for_period: None,
            note: (*note).into(),
        };
        let recorded =
            transact(db, analyst, async |tx| record_event(tx, analyst, *client, event).await).await;
        if let Err(error) = recorded {
            tracing::warn!(%error, kind, "a demo event was not recorded");
        }
    }
    assign_open(db, analyst, people).await?;
    send_two_for_review(db, analyst).await?;
    decide_two(db, principal).await
}

/// Most companies held the annual general meeting of the last year in September; two have not recorded theirs.
async fn hold_meetings(db: &dyn Database, actor: &Actor, clients: &[ClientId]) {
    let last_year_end = FinancialYear(FinancialYear::of(actor.today()).0 - 1).end();
    let held = |index: usize| super::clients::holds_meetings(index) && !matches!(index, 3 | 8);
    for (index, client) in clients.iter().enumerate().filter(|(index, _)| held(*index)) {
        let on = last_year_end + Duration::days(174 + i64::try_from(index).unwrap_or(0));
        if on > actor.today() {
            continue;
        }
        let note = "Adjournments: none".to_owned();
        let event = NewEvent { kind: "agm_held".into(), on, for_period: None, note };
        if let Err(error) =
            transact(db, actor, async |tx| record_event(tx, actor, *client, event).await).await
        {
            tracing::warn!(%error, "a demo meeting was not recorded");
        }
    }
}

/// Every filing past due at this point is filed, but for a few.
async fn file_the_past(db: &dyn Database, actor: &Actor, people: [UserId; 3]) -> Result<(), StoreError> {
    let today = actor.today();
    for (number, row) in rows(db, actor, FilingView::PastDue).await?.into_iter().enumerate() {
        let Some(due) = row.legal_due else { continue };
        let age = (today - due).whole_days();
        let forgotten = number % 97 == 11 || age < 40 && number % 29 == 7 || age < 4 && number % 3 == 0;
        if forgotten {
            continue;
        }
        let late = if number % 11 == 3 { 2 } else { -i64::try_from(number % 5).unwrap_or(0) };
        let on = (due + Duration::days(late)).min(today);
        let patch = PatchFiling {
            assignee: Some(Some(people[number % 2])),
            state: Some(NewState::Filed {
                on: Some(on),
                acknowledgement: Some(format!("{}{:08}", row.regulator, 41_700_000 + number * 137)),
                exception: None,
                nil: false,
            }),
            ..PatchFiling::default()
        };
        change(db, actor, &row, patch).await?;
    }
    Ok(())
}

/// Open filings of the next weeks get an analyst.
async fn assign_open(db: &dyn Database, actor: &Actor, people: [UserId; 3]) -> Result<(), StoreError> {
    for (number, row) in rows(db, actor, FilingView::Open).await?.into_iter().enumerate() {
        let who = if number % 7 == 6 { None } else { Some(people[number % 2]) };
        if let Some(who) = who {
            let patch = PatchFiling { assignee: Some(Some(who)), ..PatchFiling::default() };
            change(db, actor, &row, patch).await?;
        }
    }
    Ok(())
}

/// Two of the coming ones are with a colleague.
async fn send_two_for_review(db: &dyn Database, actor: &Actor) -> Result<(), StoreError> {
    let soon = actor.today() + Duration::days(3);
    let open = rows(db, actor, FilingView::Open).await?;
    for row in open.iter().filter(|row| row.legal_due.is_some_and(|due| due > soon)).take(2) {
        let state = Some(NewState::InReview);
        change(db, actor, row, PatchFiling { state, ..PatchFiling::default() }).await?;
    }
    Ok(())
}

/// One is waived and one does not apply.
async fn decide_two(db: &dyn Database, actor: &Actor) -> Result<(), StoreError> {
    let late = rows(db, actor, FilingView::PastDue).await?;
    let mut decisions = late.iter().filter(|row| row.code != "MCA-DIR12");
    if let Some(row) = decisions.next() {
        let reason = "Regulator accepted the combined return filed for the group".to_owned();
        change(
            db,
            actor,
            row,
            PatchFiling { state: Some(NewState::Waived(reason)), ..PatchFiling::default() },
        )
        .await?;
    }
    if let Some(row) = decisions.next() {
        let reason = "Activity ended before the period; regulator informed".to_owned();
        let state = Some(NewState::NotApplicable(reason));
        change(db, actor, row, PatchFiling { state, ..PatchFiling::default() }).await?;
    }
    Ok(())
}

async fn rows(db: &dyn Database, actor: &Actor, view: FilingView) -> Result<Vec<FilingRow>, StoreError> {
    let filter = FilingFilter { view: Some(view), ..FilingFilter::default() };
    let mut all = Vec::new();
    for page in 1..=20 {
        let request = PageRequest { page, per_page: PageRequest::MAX };
        let (found, _) = transact(db, actor, async |tx| {
            tx.list_filings(&filter, &[(FilingSort::Due, false)], request, actor.today()).await
        })
        .await?;
        let last = found.items.len() < PageRequest::MAX as usize;
        all.extend(found.items);
        if last {
            break;
        }
    }
    Ok(all)
}

async fn change(
    db: &dyn Database,
    actor: &Actor,
    row: &FilingRow,
    patch: PatchFiling,
) -> Result<(), StoreError> {
    let changed =
        transact(db, actor, async |tx| change_filing(tx, actor, row.id, row.version, patch).await).await;
    if let Err(error) = changed {
        tracing::warn!(%error, filing = %row.id, "a demo filing was not changed");
    }
    Ok(())
}
