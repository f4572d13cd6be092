//! The wall between firms holds in the database, whatever the program forgets.

use crate::support::{Store, firm};
use app::{Database, transact};
use kernel::{Actor, StoreError};
use tokio_postgres::Client;

const TABLES: &[&str] =
    &["tenants", "users", "clients", "client_registrations", "client_facts", "filings", "journal"];

async fn count(client: &Client, table: &str) -> i64 {
    client.query_one(&format!("SELECT count(*) FROM {table}"), &[]).await.unwrap().get(0)
}

fn refused<T: std::fmt::Debug>(answer: Result<T, tokio_postgres::Error>) -> String {
    answer.unwrap_err().code().expect("an answer of the database").code().to_owned()
}

#[tokio::test]
async fn without_a_firm_there_are_no_rows() {
    let store = Store::new().await;
    store.nbfc("Seen Finance Limited").await;
    let (owner, app) = (store.db.owner_client().await, store.db.role_client("zippcrm_app").await);
    for table in TABLES {
        assert!(count(&owner, table).await > 0, "{table} is empty, so this test shows nothing");
        assert_eq!(count(&app, table).await, 0, "{table}");
    }
    app.batch_execute("SET app.tenant_id = ''").await.unwrap();
    assert_eq!(count(&app, "clients").await, 0);
}

#[tokio::test]
async fn another_firms_rows_are_not_there() {
    let store = Store::new().await;
    let client = store.nbfc("Seen Finance Limited").await;
    let (other, _) = firm(&store.pg, "second").await;
    let app = store.db.role_client("zippcrm_app").await;
    app.batch_execute(&format!("SET app.tenant_id = '{other}'")).await.unwrap();
    for table in ["clients", "client_registrations", "client_facts", "filings", "journal"] {
        assert_eq!(count(&app, table).await, 0, "{table}");
    }
    assert_eq!(count(&app, "tenants").await, 1);
    assert_eq!(count(&app, "users").await, 2);
    // Even with the right key in hand nothing can be changed.
    let sql =
        format!("UPDATE clients SET client_name = 'x' WHERE tenant_id = {} AND id = {client}", store.tenant);
    assert_eq!(app.execute(&sql, &[]).await.unwrap(), 0);
    let sql = format!("DELETE FROM filings WHERE tenant_id = {}", store.tenant);
    assert_eq!(app.execute(&sql, &[]).await.unwrap(), 0);
    app.batch_execute(&format!("SET app.tenant_id = '{}'", store.tenant)).await.unwrap();
    assert_eq!(count(&app, "clients").await, 1);
}

#[tokio::test]
async fn a_row_for_another_firm_is_refused() {
    let store = Store::new().await;
    let (other, people) = firm(&store.pg, "second").await;
    let app = store.db.role_client("zippcrm_app").await;
    app.batch_execute(&format!("SET app.tenant_id = '{other}'")).await.unwrap();
    let insert = |tenant| {
        format!(
            "INSERT INTO clients (tenant_id, client_name, short_name, name_key, entity_type, status, track_from, created_at, updated_at)
             VALUES ({tenant}, 'x', 'x', 'x', 'other', 'active', '2026-01-01', now(), now())"
        )
    };
    assert_eq!(refused(app.batch_execute(&insert(store.tenant)).await), "42501");
    app.batch_execute(&insert(other)).await.unwrap();
    // Nor can a row be moved over.
    let moved = format!("UPDATE clients SET tenant_id = {} WHERE tenant_id = {other}", store.tenant);
    assert_eq!(refused(app.batch_execute(&moved).await), "42501");
    // A foreign key cannot reach over either.
    let owner = format!("UPDATE clients SET owner_id = {} WHERE tenant_id = {other}", store.people[0]);
    assert_eq!(refused(app.batch_execute(&owner).await), "23503");
    let own = format!("UPDATE clients SET owner_id = {} WHERE tenant_id = {other}", people[0]);
    app.batch_execute(&own).await.unwrap();
}

#[tokio::test]
async fn the_journal_is_never_changed_not_even_by_the_owner() {
    let store = Store::new().await;
    store.nbfc("Written Finance Limited").await;
    let (owner, app) = (store.db.owner_client().await, store.db.role_client("zippcrm_app").await);
    app.batch_execute(&format!("SET app.tenant_id = '{}'", store.tenant)).await.unwrap();
    let before = count(&app, "journal").await;
    assert!(before > 0);
    for change in ["UPDATE journal SET text = 'x'", "DELETE FROM journal", "TRUNCATE journal CASCADE"] {
        assert_eq!(refused(app.batch_execute(change).await), "42501", "application: {change}");
        assert_eq!(refused(owner.batch_execute(change).await), "42501", "owner: {change}");
    }
    assert_eq!(count(&app, "journal").await, before);
}

#[tokio::test]
async fn the_adapter_answers_nothing_of_another_firm() {
    let store = Store::new().await;
    let client = store.nbfc("Seen Finance Limited").await;
    let (other, _) = firm(&store.pg, "second").await;
    let stranger = Actor { tenant: other, ..store.actor() };
    let seen = transact(&store.pg, &stranger, async |tx| {
        let client = tx.client(client).await?;
        let filings = tx.filings_of(kernel::Id::new(1), false).await?;
        Ok::<_, StoreError>((client, filings.len()))
    })
    .await
    .unwrap();
    assert_eq!(seen, (None, 0));
    assert!(store.pg.firms_of("admin@second.example").await.unwrap() == [other]);
}

#[tokio::test]
async fn evidence_and_moves_are_only_added_and_an_entry_only_struck_through() {
    let store = Store::new().await;
    let app = store.db.role_client("zippcrm_app").await;
    app.batch_execute(&format!("SET app.tenant_id = '{}'", store.tenant)).await.unwrap();
    for sql in [
        "UPDATE portal_problems SET what = 'x'",
        "UPDATE portal_problems SET picture = NULL",
        "UPDATE portal_problems SET happened_at = now()",
        "DELETE FROM portal_problems",
        "UPDATE filing_moves SET at = now()",
        "DELETE FROM filing_moves",
    ] {
        assert_eq!(refused(app.execute(sql, &[]).await), "42501", "{sql}");
    }
    assert_eq!(app.execute("UPDATE portal_problems SET struck_reason = 'wrong'", &[]).await.unwrap(), 0);
}
