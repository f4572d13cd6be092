//! Shared connections: many readers of several firms on few connections never see another firm's row, and a session
//! that was ended reads nothing.

use crate::support::{NOW, Store, firm};
use app::clients::create_client;
use app::{Database, Means, Pass, transact};
use filings::{FilingFilter, FilingStatus};
use identity::{NewSession, TokenHash};
use kernel::id::{ClientId, TenantId, UserId};
use kernel::{Actor, PageRequest, StoreError};
use std::sync::Arc;
use time::Duration;
use time::macros::date;

const FIRST_PAGE: PageRequest = PageRequest { page: 1, per_page: 50 };

/// A firm with a signed-in person and a client.
#[derive(Clone)]
struct Guest {
    pass: Pass,
    tenant: TenantId,
    user: UserId,
    client: ClientId,
    name: String,
}

async fn guest(store: &Store, number: u8) -> Guest {
    let (tenant, people) = firm(&store.pg, &format!("guest{number}")).await;
    let actor = Actor { user: Some(people[0]), ..Actor::system(tenant, NOW, "test") };
    let name = format!("Client of firm {number} Limited");
    let token = TokenHash([number; 32]);
    let session = NewSession {
        user: people[0],
        token,
        created_at: NOW,
        expires_at: NOW + Duration::hours(12),
        address: None,
        user_agent: None,
    };
    let new = crate::support::nbfc(&name);
    let (client, _) =
        transact(&store.pg, &actor, async |tx| create_client(tx, &actor, new, true).await).await.unwrap();
    transact(&store.pg, &actor, async |tx| tx.open_session(&session).await).await.unwrap();
    Guest {
        pass: Pass { means: Means::Session, tenant, token, at: NOW },
        tenant,
        user: people[0],
        client: client.id,
        name,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn readers_of_many_firms_on_two_connections_see_their_own() {
    let store = Arc::new(Store::new().await);
    let mut guests = Vec::new();
    for number in 1..=4 {
        guests.push(guest(&store, number).await);
    }
    let others: Vec<ClientId> = guests.iter().map(|g| g.client).collect();
    let mut readers = Vec::new();
    for reader in 0..16 {
        let (store, me, others) = (Arc::clone(&store), guests[reader % 4].clone(), others.clone());
        readers.push(tokio::spawn(async move {
            for round in 0..60 {
                // A client of each firm in turn, by its id and under our own pass: only ours is there.
                let asked = others[(reader + round) % 4];
                let read = store.pg.read_client(&me.pass, asked, date!(2026 - 11 - 21)).await.unwrap();
                let (who, found) = read.expect("the session holds");
                assert_eq!((who.tenant, who.user), (me.tenant, me.user));
                assert_eq!(
                    found.map(|f| f.record.client.client_name),
                    (asked == me.client).then(|| me.name.clone())
                );
                let filter = FilingFilter { status: vec![FilingStatus::Breached], ..FilingFilter::default() };
                let read =
                    store.pg.read_filings(&me.pass, &filter, &[], FIRST_PAGE, date!(2026 - 11 - 21)).await;
                let (_, page, counts) = read.unwrap().expect("the session holds");
                assert!(!page.items.is_empty() && page.items.iter().all(|row| row.client == me.client));
                assert!(page.total >= i64::try_from(page.items.len()).unwrap());
                assert!(counts.past_due >= page.total && counts.all > counts.past_due);
            }
        }));
    }
    for reader in readers {
        reader.await.unwrap();
    }
}

#[tokio::test]
async fn a_reader_that_goes_away_leaves_the_lane_in_order() {
    let store = Store::new().await;
    let (one, two) = (guest(&store, 1).await, guest(&store, 2).await);
    let day = date!(2026 - 11 - 21);
    for _ in 0..50 {
        {
            // Sent, never waited for.
            let mut given_up = Box::pin(store.pg.read_client(&one.pass, one.client, day));
            assert!(futures_util::poll!(&mut given_up).is_pending());
        }
        let (_, found) = store.pg.read_client(&two.pass, two.client, day).await.unwrap().unwrap();
        assert_eq!(found.unwrap().record.client.client_name, two.name);
    }
}

#[tokio::test]
async fn an_ended_session_and_a_stranger_read_nothing() {
    let store = Store::new().await;
    let me = guest(&store, 1).await;
    let (day, filter) = (date!(2026 - 11 - 21), FilingFilter::default());
    let actor = Actor { user: Some(me.user), ..Actor::system(me.tenant, NOW, "test") };
    assert!(store.pg.read_client(&me.pass, me.client, day).await.unwrap().is_some());
    // The secret of one firm shown with the name of another.
    let forged = Pass { tenant: store.tenant, ..me.pass.clone() };
    assert!(store.pg.read_client(&forged, me.client, day).await.unwrap().is_none());
    transact(&store.pg, &actor, async |tx| tx.end_sessions_but(me.user, None, NOW).await).await.unwrap();
    assert!(store.pg.read_client(&me.pass, me.client, day).await.unwrap().is_none(), "ended at once");
    let read = store.pg.read_filings(&me.pass, &filter, &[], FIRST_PAGE, day).await.unwrap();
    assert!(read.is_none());
}

#[tokio::test]
async fn a_database_that_was_away_is_found_again() {
    let store = Store::new().await;
    let me = guest(&store, 1).await;
    let day = date!(2026 - 11 - 21);
    assert!(store.pg.read_client(&me.pass, me.client, day).await.unwrap().is_some());
    store.db.away().await;
    let away = store.pg.read_client(&me.pass, me.client, day).await;
    assert!(matches!(away, Err(StoreError::Unavailable)), "{away:?}");
    store.db.back().await;
    assert!(store.pg.read_client(&me.pass, me.client, day).await.unwrap().is_some());
}

#[tokio::test]
async fn counts_follow_a_change_at_once() {
    let store = Store::new().await;
    let me = guest(&store, 1).await;
    let day = date!(2026 - 11 - 21);
    let all = async || {
        let read = store.pg.read_filings(&me.pass, &FilingFilter::default(), &[], FIRST_PAGE, day).await;
        read.unwrap().unwrap().2.all
    };
    let before = all().await;
    let actor = Actor { user: Some(me.user), ..Actor::system(me.tenant, NOW, "test") };
    let new = crate::support::nbfc("Another Client Limited");
    transact(&store.pg, &actor, async |tx| create_client(tx, &actor, new, true).await).await.unwrap();
    assert_eq!(all().await, before * 2);
}
