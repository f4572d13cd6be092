//! Planning and a relaxation at the same time: whoever comes second waits, and sees what the first one did.

use super::relaxations::{carried_out, december, one, with_agm};
use crate::support::{Store, nbfc};
use app::Database;
use app::clients::{create_client, record_event};
use app::relaxations::apply;
use clients::NewEvent;
use std::time::Duration;
use time::macros::date;

/// Returns once a transaction of this database waits for an advisory lock.
async fn somebody_waits(store: &Store) {
    let owner = store.db.owner_client().await;
    let seen = async {
        loop {
            let row = owner
                .query_one(
                    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
                     AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
                    &[],
                )
                .await
                .unwrap();
            if row.get::<_, i64>(0) > 0 {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(30), seen).await.expect("nobody waited");
}

#[tokio::test]
async fn a_relaxation_waits_for_a_plan_and_takes_its_filings_along() {
    let store = Store::new().await;
    let actor = store.actor();
    let mut plan = store.pg.begin(&actor).await.unwrap();
    let (client, _) =
        create_client(plan.as_mut(), &actor, nbfc("Planned Finance Limited"), true).await.unwrap();
    let on = date!(2026 - 09 - 28);
    let agm = NewEvent { kind: "agm_held".into(), on, for_period: None, note: String::new() };
    record_event(plan.as_mut(), &actor, client.id, agm).await.unwrap();
    let (id, ()) = tokio::join!(carried_out(&store, december()), async {
        somebody_waits(&store).await;
        plan.commit().await.unwrap();
    });
    let aoc4 = one(&store, client.id, "MCA-AOC4").await;
    assert_eq!(aoc4.relief.relaxed.map(|relaxed| relaxed.by), Some(id));
}

#[tokio::test]
async fn a_plan_waits_for_a_relaxation_and_keeps_its_date() {
    let store = Store::new().await;
    let actor = store.actor();
    with_agm(&store, "Earlier Finance Limited", date!(2026 - 09 - 28)).await;
    let mut relaxation = store.pg.begin(&actor).await.unwrap();
    let id = apply(relaxation.as_mut(), &actor, december()).await.unwrap();
    let (client, ()) =
        tokio::join!(with_agm(&store, "Later Finance Limited", date!(2026 - 09 - 28)), async {
            somebody_waits(&store).await;
            relaxation.commit().await.unwrap();
        });
    let aoc4 = one(&store, client, "MCA-AOC4").await;
    assert_eq!(aoc4.relief.relaxed.map(|relaxed| relaxed.by), Some(id));
}
