//! Relaxations over many filings: a thousand in one transaction each way, and the limit.

use crate::relaxations::{bytes, carried_out, december, taken_back};
use crate::support::Store;
use app::relaxations::{RelaxationError, apply};
use app::transact;

/// Clients of one AOC-4 each, with numbers of their own that the identity columns do not reach.
async fn many(store: &Store, n: usize) {
    let owner = store.db.owner_client().await;
    let tenant = store.tenant.get();
    owner
        .batch_execute(&format!(
            "INSERT INTO clients (tenant_id, id, client_name, short_name, name_key, entity_type, status, track_from, created_at, updated_at)
             SELECT {tenant}, 1000000 + g, 'Client ' || g, 'Client ' || g, 'client ' || g, 'public_company', 'active', '2026-04-01', now(), now() FROM generate_series(1, {n}) g"
        ))
        .await
        .unwrap();
    owner
        .batch_execute(&format!(
            "INSERT INTO filings (tenant_id, client_id, code, rule_id, regulator, title, materiality, period_key, period_label, period_start, period_end, legal_due, target_due, breach_after_days, created_at, updated_at)
             SELECT {tenant}, 1000000 + g, 'MCA-AOC4', 'MCA-AOC4', 'MCA', 'Accounts', 'high', '2025-26', 'FY 2025-26', '2025-04-01', '2026-03-31', '2026-10-30', '2026-10-29', 7, now(), now() FROM generate_series(1, {n}) g"
        ))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_thousand_filings_move_and_come_back_in_one_transaction_each() {
    const FILINGS: usize = 1_000;
    let store = Store::new().await;
    many(&store, FILINGS).await;
    let before = bytes(&store).await;
    let began = std::time::Instant::now();
    let id = carried_out(&store, december()).await;
    let applied = began.elapsed();
    let row = transact(&store.pg, &store.actor(), async |tx| tx.relaxation(id).await).await.unwrap().unwrap();
    assert_eq!((row.counts.extended, row.counts.clients), (FILINGS, FILINGS));
    let began = std::time::Instant::now();
    assert_eq!(taken_back(&store, id).await.restored, FILINGS);
    println!("{FILINGS} filings: applied in {applied:?}, taken back in {:?}", began.elapsed());
    assert_eq!(bytes(&store).await, before);
    let owner = store.db.owner_client().await;
    let entries = "SELECT count(*) FROM journal WHERE action IN ('filings.relax', 'filings.unrelax')";
    let entries: i64 = owner.query_one(entries, &[]).await.unwrap().get(0);
    assert_eq!(usize::try_from(entries).unwrap(), 2 * FILINGS, "each on its own timeline");
}

#[tokio::test]
async fn more_than_one_transaction_should_carry_is_refused() {
    let store = Store::new().await;
    many(&store, filings::relaxation::MAX_FILINGS + 1).await;
    let actor = store.actor();
    let refused =
        transact(&store.pg, &actor, async |tx| apply(tx, &actor, december()).await).await.unwrap_err();
    assert!(refused.to_string().contains("in parts"), "{refused}");
    assert!(matches!(refused, RelaxationError::TooMany));
}
