//! Whole lists in their order, and what a search finds.

use crate::support::{NOW, Store};
use app::transact;
use clients::{ClientFilter, ClientSort};
use filings::{FilingFilter, FilingSort};
use kernel::id::{ClientId, FilingId};
use kernel::{PageRequest, StoreError};

const PAGES: u32 = 60;

async fn paged(store: &Store, filter: &FilingFilter, sort: &[(FilingSort, bool)]) -> Vec<FilingId> {
    let actor = store.actor_at(NOW);
    let mut seen = Vec::new();
    for page in 1..=PAGES {
        let request = PageRequest { page, per_page: 30 };
        let rows = transact(&store.pg, &actor, async |tx| {
            tx.filing_rows(filter, sort, request, actor.today()).await
        });
        let rows: Result<_, StoreError> = rows.await;
        seen.extend(rows.unwrap().iter().map(|f| f.id));
    }
    seen
}

#[tokio::test]
async fn the_order_of_a_whole_list_is_that_of_its_pages() {
    let store = Store::new().await;
    for name in ["Zeta Finance Limited", "Alpha Finance Limited", "Mid Finance Limited"] {
        store.nbfc(name).await;
    }
    let actor = store.actor_at(NOW);
    let filter = FilingFilter { regulator: vec!["RBI".into()], ..FilingFilter::default() };
    for key in
        [FilingSort::Due, FilingSort::Client, FilingSort::Code, FilingSort::Updated, FilingSort::Period]
    {
        for descending in [false, true] {
            let sort = [(key, descending)];
            let ids: Result<_, StoreError> =
                transact(&store.pg, &actor, async |tx| tx.filing_order(&filter, &sort, actor.today()).await)
                    .await;
            let ids = ids.unwrap();
            assert!((10..PAGES as usize * 30).contains(&ids.len()), "{}", ids.len());
            assert_eq!(ids, paged(&store, &filter, &sort).await, "{key:?} {descending}");
        }
    }
}

#[tokio::test]
async fn the_order_of_all_clients_is_that_of_the_list() {
    let store = Store::new().await;
    for name in ["Zeta Finance Limited", "Alpha Finance Limited", "Mid Finance Limited"] {
        store.nbfc(name).await;
    }
    let actor = store.actor_at(NOW);
    let all = PageRequest { page: 1, per_page: 100 };
    for key in [
        ClientSort::Name,
        ClientSort::PastDue,
        ClientSort::OpenFilings,
        ClientSort::Created,
        ClientSort::Updated,
    ] {
        for descending in [false, true] {
            let sort = [(key, descending)];
            let found: Result<[Vec<ClientId>; 3], StoreError> = transact(&store.pg, &actor, async |tx| {
                let filter = ClientFilter::default();
                let ids = tx.client_order(&filter, &sort, actor.today()).await?;
                let (page, _) = tx.list_clients(&filter, &sort, all, actor.today()).await?;
                let two = ClientFilter { ids: ids[1..].to_vec(), ..filter };
                let rows = tx.client_rows(&two, &sort, all, actor.today()).await?;
                let ids_of = |rows: &[clients::ClientSummary]| rows.iter().map(|c| c.id).collect();
                Ok([ids, ids_of(&page.items), ids_of(&rows)])
            })
            .await;
            let [ids, listed, rest] = found.unwrap();
            assert_eq!((ids.len(), &ids), (3, &listed), "{key:?} {descending}");
            assert_eq!(rest, ids[1..], "some of them come in the same order");
        }
    }
}

#[tokio::test]
async fn a_search_finds_by_names_and_by_the_code_or_title_of_a_return() {
    let store = Store::new().await;
    let kaveri = store.nbfc("Kaveri Élan Finance Limited").await;
    let ganga = store.nbfc("Ganga Finance Limited").await;
    let actor = store.actor_at(NOW);
    let find = async |text: &str| {
        let filter = FilingFilter { q: Some(text.into()), ..FilingFilter::default() };
        let sort = [(FilingSort::Due, false)];
        let page = PageRequest { page: 1, per_page: 200 };
        let found: Result<_, StoreError> = transact(&store.pg, &actor, async |tx| {
            tx.list_filings(&filter, &sort, page, actor.today()).await
        })
        .await;
        found.unwrap().0
    };
    let all = find("").await.total;
    let of_kaveri = find("kAVERI éLAN").await;
    assert!(of_kaveri.total > 10 && of_kaveri.items.iter().all(|f| f.client == kaveri));
    assert_eq!(find("ganga fin").await.total + of_kaveri.total, all);
    assert!(find("Ganga").await.items.iter().all(|f| f.client == ganga));
    let sample = &of_kaveri.items[0];
    let by_code = find(&sample.code.to_lowercase()).await;
    assert!(by_code.total >= 2 && by_code.items.iter().any(|f| f.client == ganga));
    let by_title = find(&sample.title.to_uppercase()).await;
    assert!(by_title.items.iter().any(|f| f.code == sample.code && f.client == ganga), "{}", sample.title);
    assert!(by_title.total < all);
    assert_eq!(find("no such thing").await.total, 0);
    assert_eq!(find("Kaveri_").await.total, 0, "a sign of LIKE means itself");
}
