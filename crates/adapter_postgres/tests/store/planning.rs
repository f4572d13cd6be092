//! Planning against the store: idempotent, safe beside itself, and blind to what is closed.

use crate::support::{NOW, Store};
use app::clients::{change_facts, record_event, withdraw_event};
use app::planning::{catch_up, plan_client};
use app::transact;
use clients::{FactChange, NewEvent};
use filings::{Closure, Filing, FilingState, filing::Proof};
use kernel::id::ClientId;
use kernel::{Date, StoreError};
use testkit::ManualClock;
use time::Duration;
use time::macros::date;

async fn filings(store: &Store, client: ClientId) -> Vec<Filing> {
    let mut all =
        transact(&store.pg, &store.actor(), async |tx| tx.filings_of(client, false).await).await.unwrap();
    all.sort_by_key(|f| f.id);
    all
}

fn find<'a>(all: &'a [Filing], code: &str, period: &str) -> &'a Filing {
    let label = |f: &&Filing| f.code == code && f.period_label.contains(period);
    all.iter().find(label).unwrap_or_else(|| panic!("{code} {period} is not in {all:#?}"))
}

async fn journal(store: &Store) -> i64 {
    store.db.owner_client().await.query_one("SELECT count(*) FROM journal", &[]).await.unwrap().get(0)
}

fn agm(on: Date) -> NewEvent {
    NewEvent { kind: "agm_held".into(), on, for_period: None, note: String::new() }
}

#[tokio::test]
async fn a_second_plan_writes_nothing() {
    let store = Store::new().await;
    let id = store.nbfc("Twice Finance Limited").await;
    let (before, entries) = (filings(&store, id).await, journal(&store).await);
    assert!(before.len() > 10);
    for days in [0, 1] {
        let actor = store.actor_at(NOW + Duration::days(days));
        let diff = transact(&store.pg, &actor, async |tx| {
            let client = tx.lock_client(id).await?.unwrap();
            plan_client(tx, &actor, &client).await
        })
        .await
        .unwrap();
        if days == 0 {
            assert!(diff.is_empty(), "{diff:#?}");
            assert_eq!(diff.unchanged, before.len());
        }
        assert!(diff.moved.is_empty() && diff.withdrawn.is_empty(), "a day later nothing moves: {diff:#?}");
    }
    assert_eq!(filings(&store, id).await[..before.len()], before[..]);
    assert!(journal(&store).await <= entries + 1, "only what came into reach may be noted");
}

#[tokio::test]
async fn two_planners_at_once_make_no_filing_twice() {
    let store = Store::new().await;
    let id = store.nbfc("Raced Finance Limited").await;
    let planned = filings(&store, id).await.len();
    store.db.owner_client().await.batch_execute("DELETE FROM filings").await.unwrap();
    let actor = store.actor();
    let plan = async || {
        transact(&store.pg, &actor, async |tx| {
            let client = tx.lock_client(id).await?.unwrap();
            plan_client(tx, &actor, &client).await
        })
        .await
        .unwrap()
        .added
        .len()
    };
    let (a, b, c) = tokio::join!(plan(), plan(), plan());
    assert_eq!(a + b + c, planned, "one planned, the others found it done: {a} {b} {c}");
    assert_eq!(filings(&store, id).await.len(), planned);
}

#[tokio::test]
async fn catching_up_plans_what_lags_and_then_nothing() {
    let store = Store::new().await;
    for name in ["One Finance Limited", "Two Finance Limited"] {
        store.nbfc(name).await;
    }
    let clock = ManualClock::at(NOW);
    assert_eq!(catch_up(&store.pg, &clock).await.unwrap(), 0);
    clock.advance(Duration::days(40));
    assert_eq!(catch_up(&store.pg, &clock).await.unwrap(), 2, "the horizon has moved");
    assert_eq!(catch_up(&store.pg, &clock).await.unwrap(), 0);
}

#[tokio::test]
async fn an_agm_redates_its_three_filings_and_nothing_that_is_closed() {
    let store = Store::new().await;
    let id = store.nbfc("Meeting Finance Limited").await;
    let actor = store.actor();
    let before = filings(&store, id).await;
    // MGT-7 was filed before the meeting was recorded here.
    let mut filed = find(&before, "MCA-MGT7", "2025-26").clone();
    let proof = Proof::Acknowledgement("SRN-1".into());
    filed.state = FilingState::Closed(Closure::Filed { on: date!(2026 - 11 - 02), proof, nil: false });
    filed.closed = Some((actor.user, actor.at));
    transact(&store.pg, &actor, async |tx| tx.save_filing(&filed, None, actor.at).await).await.unwrap();
    let filed = find(&filings(&store, id).await, "MCA-MGT7", "2025-26").clone();

    let (_, diff) = transact(&store.pg, &actor, async |tx| {
        record_event(tx, &actor, id, agm(date!(2026 - 09 - 28))).await
    })
    .await
    .unwrap();
    let mut moved: Vec<_> = diff.moved.iter().map(|m| (m.after.code.as_str(), m.after.legal_due)).collect();
    moved.sort();
    // Worked example 1 of the domain file: AGM on 28-09-2026.
    assert_eq!(
        moved,
        [("MCA-ADT1", Some(date!(2026 - 10 - 13))), ("MCA-AOC4", Some(date!(2026 - 10 - 28)))],
        "the filed one does not move"
    );
    assert_eq!(*find(&filings(&store, id).await, "MCA-MGT7", "2025-26"), filed);

    let event = transact(&store.pg, &actor, async |tx| tx.events_of(id).await).await.unwrap()[0].id;
    transact(&store.pg, &actor, async |tx| withdraw_event(tx, &actor, id, event, "wrong day").await)
        .await
        .unwrap();
    let after = filings(&store, id).await;
    let dates = |all: &[Filing]| {
        all.iter().map(|f| (f.id, f.legal_due, f.projected_due, f.lapse)).collect::<Vec<_>>()
    };
    assert_eq!(dates(&after), dates(&before), "taking the event back puts every date back");
}

#[tokio::test]
async fn a_changed_fact_never_touches_a_closed_filing() {
    let store = Store::new().await;
    let id = store.nbfc("Grown Finance Limited").await;
    let actor = store.actor();
    let before = filings(&store, id).await;
    let open: Vec<&Filing> = before.iter().filter(|f| f.code.starts_with("DNBS")).collect();
    assert!(open.len() > 1, "{before:#?}");
    let mut closed = (*open.first().unwrap()).clone();
    let proof = Proof::Acknowledgement("A-1".into());
    closed.state = FilingState::Closed(Closure::Filed { on: date!(2026 - 11 - 20), proof, nil: false });
    closed.closed = Some((actor.user, actor.at));
    transact(&store.pg, &actor, async |tx| tx.save_filing(&closed, None, actor.at).await).await.unwrap();
    closed.version += 1;
    let change = |value: &str| {
        vec![FactChange { key: "asset_size_solo".into(), value: Some(value.into()), valid_from: None }]
    };
    for size in ["100000000", "90000000000", "6200000000"] {
        transact(&store.pg, &actor, async |tx| change_facts(tx, &actor, id, change(size)).await)
            .await
            .unwrap();
        let now = filings(&store, id).await;
        assert_eq!(now.iter().find(|f| f.id == closed.id), Some(&closed), "asset size {size}");
    }
    let all = transact(&store.pg, &actor, async |tx| {
        let client = tx.lock_client(id).await?.unwrap();
        plan_client(tx, &actor, &client).await
    })
    .await
    .map_err(|e: StoreError| e)
    .unwrap();
    assert!(all.is_empty(), "back at the old size, nothing is left to do");
}

#[tokio::test]
async fn a_probable_date_is_never_after_the_date_that_holds_without_the_event() {
    let store = Store::new().await;
    let id = store.nbfc("Waiting Finance Limited").await;
    let waiting: Vec<Filing> = filings(&store, id).await.into_iter().filter(|f| f.lapse.is_some()).collect();
    assert!(!waiting.is_empty(), "no filing waits for an event that may lapse");
    for filing in waiting {
        let due = filing.lapse.map(|lapse| lapse.due);
        assert!(filing.projected_due.is_some() && filing.projected_due <= due, "{filing:#?}");
    }
}
