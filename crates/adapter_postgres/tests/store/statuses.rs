//! The status filter in SQL and the status rule in the domain give the same filings on every day.

use crate::support::Store;
use app::transact;
use filings::status::status_on;
use filings::{Filing, FilingFilter, FilingSort, FilingStatus, FilingView};
use kernel::{Date, PageRequest, StoreError};
use std::collections::BTreeSet;
use std::fmt::Write;
use time::Duration;
use time::macros::date;

/// The day around which everything is due.
const DAY: Date = date!(2026 - 10 - 21);

/// Legal, probable, and the end of a wait with the date that holds after it.
type Dates = (Option<Date>, Option<Date>, Option<(Date, Date)>);

fn sql(day: Option<Date>) -> String {
    day.map_or("NULL".into(), |d| format!("'{d}'"))
}

/// Every state with every due date near a boundary, with and without the end of a wait.
fn rows(tenant: i64, client: i64) -> String {
    let near = [-400, -9, -8, -7, -1, 0, 1, 3, 4, 8, 90, 400].map(|n| Some(DAY + Duration::days(n)));
    let mut dues: Vec<Dates> = vec![(None, None, None)];
    for due in near {
        dues.push((due, None, None));
        dues.push((None, due, None));
        // The wait ends `wait` days before the date that holds without the event. Planning writes a probable date that
        // is not after it (see `planning`).
        for wait in [0, 1, 30] {
            let lapse = due.map(|due| (due - Duration::days(wait), due));
            dues.push((None, due, lapse));
            dues.push((None, due.map(|d| d - Duration::days(wait)), lapse));
        }
    }
    let mut states = vec![
        ("open", None),
        ("in_review", None),
        ("waived", None),
        ("not_applicable", None),
        ("withdrawn", None),
    ];
    states.extend([-9, -1, 0, 1, 9].map(|n| ("filed", Some(DAY + Duration::days(n)))));
    let mut values = Vec::new();
    for (legal, projected, lapse) in &dues {
        for (state, filed) in &states {
            for breach in [0, 7] {
                let n = values.len();
                let ack = if *state == "filed" { "'A'" } else { "NULL" };
                values.push(format!(
                    "({tenant}, {client}, 'C{n}', 'C@1', 'RBI', 't', 'routine', 'p', 'p', '2026-07-01', '2026-09-30', {}, {}, {}, {}, {breach}, '{state}', {}, {ack}, now(), now())",
                    sql(*legal), sql(*projected), sql(lapse.map(|l| l.0)), sql(lapse.map(|l| l.1)), sql(*filed),
                ));
            }
        }
    }
    let mut text = String::from(
        "INSERT INTO filings (tenant_id, client_id, code, rule_id, regulator, title, materiality, period_key, period_label, period_start, period_end, legal_due, projected_due, lapse_on, lapse_due, breach_after_days, state, filed_on, acknowledgement_no, created_at, updated_at) VALUES ",
    );
    let _ = write!(text, "{}", values.join(", "));
    text
}

async fn listed(store: &Store, filter: &FilingFilter, today: Date) -> (BTreeSet<i64>, filings::FilingCounts) {
    let (mut found, mut page) = (BTreeSet::new(), 1);
    loop {
        let request = PageRequest { page, per_page: PageRequest::MAX };
        let (rows, counts) = transact(&store.pg, &store.actor(), async |tx| {
            tx.list_filings(filter, &[(FilingSort::Due, false)], request, today).await
        })
        .await
        .unwrap();
        if let [wanted] = filter.status.as_slice() {
            assert!(
                rows.items.iter().all(|r| r.status == *wanted),
                "a row shows another status than it was found by"
            );
        }
        found.extend(rows.items.iter().map(|r| r.id.get()));
        if rows.items.is_empty() {
            assert_eq!(rows.total, i64::try_from(found.len()).unwrap());
            return (found, counts);
        }
        page += 1;
    }
}

#[tokio::test]
async fn the_filter_finds_exactly_what_the_rule_says() {
    let store = Store::new().await;
    let client = store.nbfc("Boundary Finance Limited").await;
    let owner = store.db.owner_client().await;
    owner.batch_execute("DELETE FROM filings").await.unwrap();
    owner.batch_execute(&rows(store.tenant.get(), client.get())).await.unwrap();
    let all: Vec<Filing> =
        transact(&store.pg, &store.actor(), async |tx| tx.filings_of(client, false).await).await.unwrap();
    assert!(all.len() > 1_000);
    let mut seen = BTreeSet::new();
    for ahead in [-8, 0, 1, 8, 31] {
        let today = DAY + Duration::days(ahead);
        for status in FilingStatus::ALL {
            let ruled: BTreeSet<i64> =
                all.iter().filter(|f| status_on(f, today) == Some(*status)).map(|f| f.id.get()).collect();
            let filter = FilingFilter { status: vec![*status], ..FilingFilter::default() };
            let (found, _) = listed(&store, &filter, today).await;
            let wrong: Vec<&Filing> = all
                .iter()
                .filter(|f| ruled.contains(&f.id.get()) != found.contains(&f.id.get()))
                .take(3)
                .collect();
            assert!(wrong.is_empty(), "{status:?} on {today}: {wrong:#?}");
            if !found.is_empty() {
                seen.insert(*status);
            }
        }
    }
    assert_eq!(seen.len(), FilingStatus::ALL.len(), "a status never came up: {seen:?}");
}

#[tokio::test]
async fn views_and_figures_count_by_the_same_rule() {
    let store = Store::new().await;
    let client = store.nbfc("Boundary Finance Limited").await;
    let owner = store.db.owner_client().await;
    owner.batch_execute("DELETE FROM filings").await.unwrap();
    owner.batch_execute(&rows(store.tenant.get(), client.get())).await.unwrap();
    let actor = store.actor();
    let all = transact(&store.pg, &actor, async |tx| tx.filings_of(client, false).await).await.unwrap();
    for ahead in [-1, 0, 1, 8, 40] {
        let today = DAY + Duration::days(ahead);
        let with = |wanted: &[FilingStatus]| {
            i64::try_from(
                all.iter().filter(|f| status_on(f, today).is_some_and(|s| wanted.contains(&s))).count(),
            )
            .unwrap()
        };
        let late = with(&[FilingStatus::Overdue, FilingStatus::Breached]);
        let filter = FilingFilter { view: Some(FilingView::PastDue), ..FilingFilter::default() };
        let (found, counts) = listed(&store, &filter, today).await;
        assert_eq!(
            (counts.past_due, i64::try_from(found.len()).unwrap()),
            (late, late),
            "past due on {today}"
        );
        assert_eq!(counts.filed, with(&[FilingStatus::Filed, FilingStatus::FiledLate]));
        let due7 = all.iter().filter(|f| f.is_open()).filter_map(|f| f.due_on(today));
        let due7 = due7.filter(|due| (0..=7).contains(&(*due - today).whole_days())).count();
        assert_eq!(counts.due7, i64::try_from(due7).unwrap(), "due in 7 days on {today}");
        let figures = transact(&store.pg, &actor, async |tx| {
            tx.today_figures(None, today, date!(2026 - 04 - 01)).await
        })
        .await
        .unwrap();
        assert_eq!(figures.past_due, late, "figures on {today}");
        assert_eq!(figures.breached, with(&[FilingStatus::Breached]), "figures on {today}");
        let (clients, _) = transact(&store.pg, &actor, async |tx| {
            tx.list_clients(&clients::ClientFilter::default(), &[], PageRequest::default(), today).await
        })
        .await
        .map_err(|e: StoreError| e)
        .unwrap();
        assert_eq!(clients.items[0].past_due, late, "client list on {today}");
    }
}
