//! Relaxations on the real store: what moves, what stays, what planning keeps, and undo to the byte.

use crate::support::{NOW, Store, nbfc};
use app::clients::{create_client, record_event};
use app::planning::plan_client;
use app::relaxations::{RelaxationError, Show, UndoReport, apply, preview, undo};
use app::timeline::TimelineOf;
use app::transact;
use clients::NewEvent;
use filings::commands::{NewState, PatchFiling};
use filings::filing::Closure;
use filings::relaxation::{Draft, Effect, Scope, Whose};
use filings::{Filing, FilingState, patch_filing};
use kernel::id::{ClientId, RelaxationId};
use kernel::{Actor, Date, Id, PageRequest, Role, StoreError};
use time::macros::date;

/// Filings of AOC-4 and MGT-7 for 2025-26 to 31 December, by a circular of 20 October 2026.
pub fn december() -> Draft {
    Draft {
        regulator: "MCA".into(),
        scope: Scope {
            codes: vec!["MCA-AOC4".into(), "MCA-MGT7".into()],
            period_from: Some(date!(2026 - 03 - 31)),
            period_to: Some(date!(2026 - 03 - 31)),
            ..Scope::default()
        },
        effect: Some(Effect::NewDate(date!(2026 - 12 - 31))),
        circular_no: "General Circular 07/2026".into(),
        circular_on: Some(date!(2026 - 10 - 20)),
        circular_url: Some("https://www.mca.gov.in/circular-07-2026.pdf".into()),
        reason: Some("Circular of the ministry".into()),
        ..Draft::default()
    }
}

/// Applies it.
pub async fn carried_out(store: &Store, draft: Draft) -> RelaxationId {
    let actor = store.actor();
    transact(&store.pg, &actor, async |tx| apply(tx, &actor, draft).await).await.unwrap()
}

/// Takes it back, an hour later.
pub async fn taken_back(store: &Store, id: RelaxationId) -> UndoReport {
    let actor = Actor { at: NOW + time::Duration::hours(1), ..store.actor() };
    transact(&store.pg, &actor, async |tx| undo(tx, &actor, id, "Withdrawn by the ministry").await)
        .await
        .unwrap()
}

/// A client whose annual general meeting was held.
pub async fn with_agm(store: &Store, name: &str, on: Date) -> ClientId {
    let client = store.nbfc(name).await;
    let actor = store.actor();
    let event = NewEvent { kind: "agm_held".into(), on, for_period: None, note: String::new() };
    transact(&store.pg, &actor, async |tx| record_event(tx, &actor, client, event).await).await.unwrap();
    client
}

/// Its filing for 2025-26.
pub async fn one(store: &Store, client: ClientId, code: &str) -> Filing {
    let all =
        transact(&store.pg, &store.actor(), async |tx| tx.filings_of(client, false).await).await.unwrap();
    all.into_iter().find(|f| f.code == code && f.period_key == "2025-26").unwrap()
}

/// Every column of every filing but version and the time of saving, as text.
pub async fn bytes(store: &Store) -> Vec<(i64, String)> {
    let client = store.db.role_client("zippcrm_app").await;
    client.batch_execute(&format!("SET app.tenant_id = '{}'", store.tenant.get())).await.unwrap();
    let rows = client
        .query(
            "SELECT f.id, (to_jsonb(f) - 'version' - 'updated_at')::text FROM filings f ORDER BY f.id",
            &[],
        )
        .await
        .unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

async fn change(store: &Store, filing: &Filing, patch: PatchFiling, at_hours: i64) -> Filing {
    let actor = Actor { at: NOW + time::Duration::minutes(at_hours), ..store.actor() };
    transact(&store.pg, &actor, async |tx| {
        patch_filing(tx, &actor, filing.id, filing.version, patch, None, None).await
    })
    .await
    .unwrap()
}

fn filed(on: Date) -> PatchFiling {
    let state =
        NewState::Filed { on: Some(on), acknowledgement: Some("SRN-1".into()), exception: None, nil: false };
    PatchFiling { state: Some(state), ..PatchFiling::default() }
}

/// A mixed set: dated by an AGM, late, waiting with and without a date that holds anyway, filed, waived, targeted.
async fn mixed(store: &Store) -> Vec<ClientId> {
    let dated = with_agm(store, "Dated Finance Limited", date!(2026 - 09 - 28)).await;
    let late = with_agm(store, "Late Finance Limited", date!(2026 - 09 - 10)).await;
    let waiting = store.nbfc("Waiting Finance Limited").await;
    let closed = with_agm(store, "Closed Finance Limited", date!(2026 - 09 - 28)).await;
    let aoc4 = one(store, closed, "MCA-AOC4").await;
    change(store, &aoc4, filed(date!(2026 - 11 - 05)), 0).await;
    let mgt7 = one(store, closed, "MCA-MGT7").await;
    let waived = PatchFiling { state: Some(NewState::Waived("Merged away".into())), ..Default::default() };
    change(store, &mgt7, waived, 0).await;
    let targeted = with_agm(store, "Targeted Finance Limited", date!(2026 - 09 - 28)).await;
    let mgt7 = one(store, targeted, "MCA-MGT7").await;
    let target = PatchFiling { target_due: Some(Some(date!(2026 - 11 - 25))), ..Default::default() };
    change(store, &mgt7, target, 0).await;
    vec![dated, late, waiting, closed, targeted]
}

#[tokio::test]
async fn apply_moves_what_is_in_scope_and_undo_restores_every_byte() {
    let store = Store::new().await;
    let clients = mixed(&store).await;
    let before = bytes(&store).await;
    let (actor, page) = (store.actor(), PageRequest { page: 1, per_page: 200 });
    let shown =
        transact(&store.pg, &actor, async |tx| preview(tx, &actor, december(), Show::Changes, page).await)
            .await
            .unwrap();
    assert_eq!(bytes(&store).await, before, "a preview writes nothing");

    let id = carried_out(&store, december()).await;
    let row = transact(&store.pg, &actor, async |tx| tx.relaxation(id).await).await.unwrap().unwrap();
    assert_eq!(row.counts, shown.counts, "the preview said what happens");
    assert_eq!(i64::try_from(shown.counts.changed()).unwrap(), shown.page.total);
    assert_eq!(row.in_force_on, shown.page.total);
    // AOC-4 of "Late" was due on 10 October, before the circular came. "Closed" is over.
    let aoc4 = async |at: usize| one(&store, clients[at], "MCA-AOC4").await;
    let (dated, late, waiting, closed) = (aoc4(0).await, aoc4(1).await, aoc4(2).await, aoc4(3).await);
    assert_eq!(dated.legal_due, Some(date!(2026 - 12 - 31)));
    assert_eq!(dated.rule_dates().legal_due, Some(date!(2026 - 10 - 28)));
    assert_eq!((late.legal_due, late.relief.relaxed), (Some(date!(2026 - 10 - 10)), None));
    assert_eq!((closed.legal_due, closed.relief.relaxed), (Some(date!(2026 - 10 - 28)), None));
    assert_eq!(waiting.legal_due, Some(date!(2026 - 12 - 31)));
    assert_eq!(
        waiting.rule_dates().legal_due,
        Some(date!(2026 - 10 - 30)),
        "AGM not recorded: from its last day"
    );
    assert_eq!((row.counts.late_before, row.counts.filed, row.counts.closed_otherwise), (1, 1, 1));
    let by_hand = one(&store, clients[4], "MCA-MGT7").await;
    assert_eq!(by_hand.target_due, Some(date!(2026 - 11 - 25)));
    let timeline = transact(&store.pg, &actor, async |tx| {
        tx.timeline(TimelineOf::Filing(dated.id), PageRequest::default()).await
    })
    .await
    .unwrap();
    let entry = &timeline.items[0];
    assert_eq!(
        entry.text,
        "extended MCA-AOC4 for FY 2025-26 from 28 Oct 2026 to 31 Dec 2026: General Circular 07/2026 dated 20 Oct 2026"
    );
    assert_eq!(entry.after.as_ref().unwrap()["legalDueOn"], "2026-12-31");

    let report = taken_back(&store, id).await;
    assert_eq!(report.restored, shown.counts.changed());
    assert!(report.noted.is_empty(), "{report:?}");
    let after = bytes(&store).await;
    for (old, new) in before.iter().zip(&after) {
        assert_eq!(old, new);
    }
    assert_eq!(before.len(), after.len());
    let again = transact(&store.pg, &actor, async |tx| undo(tx, &actor, id, "Once more").await).await;
    assert!(matches!(again, Err(RelaxationError::Undone)));
}

#[tokio::test]
async fn undo_leaves_what_closed_since_and_names_targets_set_by_hand() {
    let store = Store::new().await;
    let one_client = with_agm(&store, "Between Finance Limited", date!(2026 - 09 - 28)).await;
    let id = carried_out(&store, december()).await;
    let aoc4 = one(&store, one_client, "MCA-AOC4").await;
    let closed = change(&store, &aoc4, filed(date!(2026 - 11 - 21)), 10).await;
    let mgt7 = one(&store, one_client, "MCA-MGT7").await;
    let target = PatchFiling { target_due: Some(Some(date!(2026 - 12 - 20))), ..Default::default() };
    change(&store, &mgt7, target, 10).await;

    let report = taken_back(&store, id).await;
    assert_eq!((report.restored, report.closed_since, report.by_hand), (1, 1, 1));
    assert_eq!(report, UndoReport::from_json(&report.to_json()));
    assert!(report.noted[0].why.contains("closed since"), "{report:?}");
    assert!(report.noted[1].why.contains("2026-12-20"), "{report:?}");
    let aoc4 = one(&store, one_client, "MCA-AOC4").await;
    assert_eq!(aoc4.state, closed.state, "filed on time, as it was judged");
    assert_eq!(aoc4.legal_due, Some(date!(2026 - 12 - 31)));
    let mgt7 = one(&store, one_client, "MCA-MGT7").await;
    assert_eq!(mgt7.legal_due, Some(date!(2026 - 11 - 27)));
    assert_eq!(mgt7.target_due, Some(date!(2026 - 12 - 20)), "never silently overwritten");
}

#[tokio::test]
async fn planning_keeps_the_overlay_and_gives_it_to_what_comes_later() {
    let store = Store::new().await;
    let waiting = store.nbfc("Waiting Finance Limited").await;
    let id = carried_out(&store, december()).await;
    let actor = store.actor();
    let replan = async |client: ClientId| {
        transact(&store.pg, &actor, async |tx| {
            let client = tx.lock_client(client).await?.unwrap();
            plan_client(tx, &actor, &client).await
        })
        .await
        .unwrap()
    };
    assert!(replan(waiting).await.is_empty(), "planning comes to rest under a relaxation");
    // The AGM re-dates beneath: AOC-4 30 days after, MGT-7 60 days after, 28 September.
    let event = NewEvent {
        kind: "agm_held".into(),
        on: date!(2026 - 09 - 28),
        for_period: None,
        note: String::new(),
    };
    transact(&store.pg, &actor, async |tx| record_event(tx, &actor, waiting, event).await).await.unwrap();
    let aoc4 = one(&store, waiting, "MCA-AOC4").await;
    assert_eq!(aoc4.legal_due, Some(date!(2026 - 12 - 31)));
    assert_eq!(aoc4.rule_dates().legal_due, Some(date!(2026 - 10 - 28)));
    // A client that comes later is inside the scope as well.
    let later = with_agm(&store, "Later Finance Limited", date!(2026 - 09 - 29)).await;
    let mgt7 = one(&store, later, "MCA-MGT7").await;
    assert_eq!(mgt7.legal_due, Some(date!(2026 - 12 - 31)));
    assert_eq!(mgt7.relief.relaxed.map(|r| r.by), Some(id));
    assert!(replan(later).await.is_empty());

    let report = taken_back(&store, id).await;
    assert!(report.restored >= 4, "{report:?}");
    assert_eq!(one(&store, later, "MCA-MGT7").await.legal_due, Some(date!(2026 - 11 - 28)));
    assert!(replan(later).await.is_empty() && replan(waiting).await.is_empty(), "the rule's dates are back");
}

#[tokio::test]
async fn two_circulars_lie_over_each_other_and_come_off_one_by_one() {
    let store = Store::new().await;
    let client = with_agm(&store, "Twice Finance Limited", date!(2026 - 09 - 28)).await;
    let before = bytes(&store).await;
    let first = carried_out(&store, december()).await;
    let mut draft = december();
    draft.effect = Some(Effect::NewDate(date!(2027 - 01 - 31)));
    draft.circular_on = Some(date!(2026 - 11 - 20));
    draft.scope.codes = vec!["MCA-AOC4".into()];
    let second = carried_out(&store, draft).await;
    let due = async || one(&store, client, "MCA-AOC4").await.legal_due;
    assert_eq!(due().await, Some(date!(2027 - 01 - 31)), "not late on 20 November, thanks to the first");
    taken_back(&store, second).await;
    assert_eq!(due().await, Some(date!(2026 - 12 - 31)));
    taken_back(&store, first).await;
    assert_eq!(bytes(&store).await, before);
}

#[tokio::test]
async fn relief_from_cost_and_past_dates_do_what_they_say() {
    let store = Store::new().await;
    let late = with_agm(&store, "Late Finance Limited", date!(2026 - 09 - 10)).await;
    let aoc4 = one(&store, late, "MCA-AOC4").await;
    change(&store, &aoc4, filed(date!(2026 - 11 - 05)), 0).await;
    let before = bytes(&store).await;
    let mut past = december();
    past.names_past = true;
    let id = carried_out(&store, past).await;
    let cleared = one(&store, late, "MCA-AOC4").await;
    assert_eq!(cleared.legal_due, Some(date!(2026 - 12 - 31)), "the relief names past dates");
    assert!(matches!(cleared.state, FilingState::Closed(Closure::Filed { .. })));
    taken_back(&store, id).await;
    assert_eq!(bytes(&store).await, before, "and late again, as it was");

    // The coming year waits for its AGM, at the latest on 30 September 2027: 30 October, with 15 days more.
    let mut coming = december();
    coming.effect = Some(Effect::ExtraDays(15));
    (coming.scope.period_from, coming.scope.period_to) =
        (Some(date!(2027 - 03 - 31)), Some(date!(2027 - 03 - 31)));
    let id = carried_out(&store, coming).await;
    let all = transact(&store.pg, &store.actor(), async |tx| tx.filings_of(late, false).await).await.unwrap();
    let waiting = all.iter().find(|f| f.code == "MCA-AOC4" && f.period_key == "2026-27").unwrap();
    assert_eq!((waiting.legal_due, waiting.lapse.map(|l| l.due)), (None, Some(date!(2027 - 11 - 14))));
    taken_back(&store, id).await;
    assert_eq!(bytes(&store).await, before);

    let mut relief = december();
    relief.effect = Some(Effect::NoLateCost { until: date!(2027 - 01 - 31), counts_from_due: true });
    let id = carried_out(&store, relief).await;
    let mgt7 = one(&store, late, "MCA-MGT7").await;
    assert_eq!(mgt7.legal_due, Some(date!(2026 - 11 - 09)), "the date stays");
    assert_eq!(mgt7.relief.free.map(|f| (f.until, f.recounts)), Some((date!(2027 - 01 - 31), true)));
    taken_back(&store, id).await;
    assert_eq!(bytes(&store).await, before);
}

#[tokio::test]
async fn the_scope_in_sql_and_in_planning_agree() {
    let store = Store::new().await;
    let nbfc_one = with_agm(&store, "In Finance Limited", date!(2026 - 09 - 28)).await;
    let actor = store.actor();
    let mut other = nbfc("Out Trading Limited");
    other.entity_type = clients::EntityType::PrivateCompany;
    other.registrations = Vec::new();
    other.facts = Vec::new();
    let (other, _) =
        transact(&store.pg, &actor, async |tx| create_client(tx, &actor, other, true).await).await.unwrap();
    type Narrow = fn(&mut Scope, ClientId);
    let narrows: &[Narrow] = &[
        |s, _| s.entity_types = vec!["public_company".into()],
        |s, _| s.registrations = vec!["RBI:NBFC-ICC".into(), "SEBI:IA".into()],
        |s, client| s.whose = Whose::These(vec![client]),
        |s, _| s.period_keys = vec!["2025-26".into()],
    ];
    for (at, narrow) in narrows.iter().enumerate() {
        let mut draft = december();
        narrow(&mut draft.scope, nbfc_one);
        let id = carried_out(&store, draft).await;
        let replanned = async |client: ClientId| {
            transact(&store.pg, &actor, async |tx| {
                let client = tx.lock_client(client).await?.unwrap();
                plan_client(tx, &actor, &client).await
            })
            .await
            .unwrap()
        };
        for client in [nbfc_one, other.id] {
            let diff = replanned(client).await;
            assert!(diff.is_empty(), "narrowing {at}: planning sees another scope than SQL: {diff:?}");
        }
        let moved = one(&store, nbfc_one, "MCA-AOC4").await;
        assert_eq!(moved.relief.relaxed.map(|r| r.by), Some(id), "narrowing {at}");
        let outside = one(&store, other.id, "MCA-AOC4").await;
        assert_eq!(outside.relief.relaxed.is_some(), at == 3, "narrowing {at}");
        taken_back(&store, id).await;
    }
}

#[tokio::test]
async fn roles_firms_and_empty_scopes_are_refused() {
    let store = Store::new().await;
    with_agm(&store, "Guarded Finance Limited", date!(2026 - 09 - 28)).await;
    let checker = store.actor().in_role(Role::Checker);
    let refused = transact(&store.pg, &checker, async |tx| apply(tx, &checker, december()).await).await;
    assert!(matches!(refused, Err(RelaxationError::Denied(_))));
    let page = PageRequest::default();
    transact(&store.pg, &checker, async |tx| preview(tx, &checker, december(), Show::Stays, page).await)
        .await
        .unwrap();
    let actor = store.actor();
    let mut empty = december();
    empty.scope.whose = Whose::These(vec![Id::new(999_999)]);
    let nothing = transact(&store.pg, &actor, async |tx| apply(tx, &actor, empty).await).await;
    assert!(matches!(nothing, Err(RelaxationError::Nothing)));
    let id = carried_out(&store, december()).await;
    let (beta, _) = crate::support::firm(&store.pg, "second").await;
    let stranger = Actor::system(beta, NOW, "test");
    let unknown = transact(&store.pg, &stranger, async |tx| undo(tx, &stranger, id, "Not mine at all").await);
    assert!(matches!(unknown.await, Err(RelaxationError::NotFound)));
    let listed: Result<_, StoreError> =
        transact(&store.pg, &stranger, async |tx| tx.list_relaxations(page).await).await;
    assert_eq!(listed.unwrap().total, 0);
}
