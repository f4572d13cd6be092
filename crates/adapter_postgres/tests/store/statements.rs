//! Every statement of the adapter is prepared against the migrated schema; the lists run with every filter and sort.

use crate::support::{NOW, Store};
use adapter_postgres::all_statements;
use app::{Database, transact};
use clients::{ClientFilter, ClientSort, EntityType, Status};
use filings::views::AssigneeFilter;
use filings::{FilingFilter, FilingSort, FilingStatus, FilingView};
use kernel::{Id, PageRequest, StoreError};
use testkit::TestDb;
use time::macros::date;

#[tokio::test]
async fn every_statement_prepares_as_the_application_role() {
    let db = TestDb::new().await;
    let client = db.role_client("zippcrm_app").await;
    let mut broken = Vec::new();
    for statement in all_statements() {
        if let Err(error) = client.prepare(statement.text).await {
            broken.push(format!("{}: {error:?}", statement.name));
        }
    }
    assert!(all_statements().len() > 80, "the register lost statements: {}", all_statements().len());
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[tokio::test]
async fn every_statement_names_the_firm_or_is_global() {
    // The one global way in, what reads no tenant table, and the relay role's two pointers.
    let global = ["FIRMS_OF", "PING", "PLANS", "NEXT_TENANT", "TENANTS", "COMMITTING_IMPORTS"];
    for statement in all_statements().iter().filter(|s| !global.contains(&s.name)) {
        let bound = statement.text.contains("tenant_id = $1")
            || statement.text.contains("(tenant_id")
            || statement.text.contains("WHERE id = $1")
            || statement.text.contains("INTO tenants (id,")
            || statement.text.contains("INTO login_directory");
        assert!(bound, "{} is not bound to a firm: {}", statement.name, statement.text);
    }
}

/// Subscribed calendars take SEQUENCE from the versions: a date that moves without a new one would stay unseen.
#[tokio::test]
async fn whatever_a_calendar_shows_changes_with_a_new_version() {
    let shown =
        ["legal_due =", "projected_due =", "lapse_on =", "target_due =", "state =", "filed_on =", "title ="];
    let mut writers = 0;
    for statement in all_statements().iter().filter(|s| s.text.contains("UPDATE filings")) {
        let set = statement.text.split(" FROM ").next().unwrap_or_default();
        let set = set.split(" WHERE ").next().unwrap_or_default();
        let words = |column: &str| set.contains(&format!(" {column}"));
        if shown.iter().any(|column| words(column)) {
            assert!(set.contains("version + 1"), "{}: {}", statement.name, statement.text);
            writers += 1;
        }
    }
    assert!(writers >= 3, "{writers}");
}

#[tokio::test]
async fn the_relay_sees_pointers_only() {
    let store = Store::new().await;
    assert_eq!(store.pg.tenants().await.unwrap(), [store.tenant]);
    assert!(store.pg.imports_to_resume().await.unwrap().is_empty());
    let relay = store.db.role_client("zippcrm_relay").await;
    for forbidden in ["SELECT name FROM tenants", "SELECT report FROM imports", "SELECT id FROM clients"] {
        let error = relay.query(forbidden, &[]).await.unwrap_err();
        assert_eq!(error.code().map(|c| c.code()), Some("42501"), "{forbidden}");
    }
}

#[tokio::test]
async fn the_filing_list_takes_every_filter_and_sort_at_once() {
    let store = Store::new().await;
    let client = store.nbfc("Everything Finance Limited").await;
    let filter = FilingFilter {
        ids: vec![Id::new(1), Id::new(2)],
        view: Some(FilingView::Open),
        q: Some("100%_\\'".into()),
        status: FilingStatus::ALL.to_vec(),
        regulator: vec!["RBI".into(), "MCA".into()],
        client: vec![client, Id::new(99)],
        code: vec!["DNBS01".into()],
        assignee: vec![AssigneeFilter::Nobody, AssigneeFilter::User(store.people[0])],
        held_by: vec![filings::Holder::Client],
        due_from: Some(date!(2026 - 01 - 01)),
        due_to: Some(date!(2028 - 01 - 01)),
    };
    let sorts =
        [FilingSort::Due, FilingSort::Client, FilingSort::Code, FilingSort::Updated, FilingSort::Period];
    let actor = store.actor();
    for view in [FilingView::Open, FilingView::Due7, FilingView::PastDue, FilingView::Filed, FilingView::All]
    {
        for descending in [false, true] {
            let filter = FilingFilter { view: Some(view), ..filter.clone() };
            let sort: Vec<_> = sorts.iter().map(|s| (*s, descending)).collect();
            let (page, _) = transact(&store.pg, &actor, async |tx| {
                tx.list_filings(&filter, &sort, PageRequest::default(), actor.today()).await
            })
            .await
            .unwrap();
            assert_eq!(page.total, 0, "nothing is called 100%_");
            let counts = transact(&store.pg, &actor, async |tx| {
                let (everything, pair) = (FilingFilter::default(), [filter.clone(), filter.clone()]);
                tx.count_filings(&[&pair[..], &[everything]].concat(), 5, actor.today()).await
            });
            assert_eq!(counts.await.unwrap(), [0, 0, 5], "counted up to the cap");
        }
    }
}

#[tokio::test]
async fn the_client_list_takes_every_filter_and_sort_at_once() {
    let store = Store::new().await;
    store.nbfc("Everything Finance Limited").await;
    let filter = ClientFilter {
        ids: Vec::new(),
        q: Some("everything".into()),
        status: Status::ALL.to_vec(),
        regulator: vec!["RBI".into()],
        entity_type: EntityType::ALL.to_vec(),
        owner: Vec::new(),
        tag: vec!["nbfc".into()],
    };
    let sorts = [
        ClientSort::Name,
        ClientSort::PastDue,
        ClientSort::OpenFilings,
        ClientSort::Created,
        ClientSort::Updated,
    ];
    let actor = store.actor();
    for descending in [false, true] {
        let sort: Vec<_> = sorts.iter().map(|s| (*s, descending)).collect();
        let list = async |filter: &ClientFilter| {
            transact(&store.pg, &actor, async |tx| {
                tx.list_clients(filter, &sort, PageRequest::default(), actor.today()).await
            })
            .await
            .unwrap()
            .0
            .total
        };
        assert_eq!(list(&filter).await, 1);
        assert_eq!(list(&ClientFilter { owner: vec![store.people[1]], ..filter.clone() }).await, 0);
        assert_eq!(list(&ClientFilter { q: Some("every_hing".into()), ..filter.clone() }).await, 0);
    }
}

#[tokio::test]
async fn pages_share_no_row_and_leave_none_out() {
    let store = Store::new().await;
    store.nbfc("Paged Finance Limited").await;
    let actor = store.actor_at(NOW);
    let mut seen = Vec::new();
    let mut total = 0;
    for page in 1..=20 {
        let request = PageRequest { page, per_page: 40 };
        let (found, counts) = transact(&store.pg, &actor, async |tx| {
            // By a column with many equal values: only the last key keeps the order whole.
            let sort = [(FilingSort::Updated, true)];
            tx.list_filings(&FilingFilter::default(), &sort, request, actor.today()).await
        })
        .await
        .map_err(|e: StoreError| e)
        .unwrap();
        total = found.total;
        assert_eq!(counts.all, total);
        seen.extend(found.items.iter().map(|f| f.id));
    }
    let all = seen.len();
    seen.sort();
    seen.dedup();
    assert!(total > 10, "{total}");
    assert_eq!((all, seen.len()), (total as usize, total as usize));
}
