//! Migrations from several processes at once, and again.

use adapter_postgres::migrate;
use testkit::TestDb;

#[tokio::test]
async fn four_replicas_may_start_at_once() {
    let db = TestDb::unmigrated().await;
    let config = db.config();
    let (a, b, c, d) = tokio::join!(migrate(&config), migrate(&config), migrate(&config), migrate(&config));
    let applied: Vec<usize> = [a, b, c, d].into_iter().map(|r| r.unwrap().len()).collect();
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations")).unwrap();
    let files = files.filter(|f| f.as_ref().unwrap().path().extension().is_some_and(|e| e == "sql")).count();
    assert_eq!(applied.iter().sum::<usize>(), files, "{applied:?}");
    assert_eq!(
        applied.iter().filter(|n| **n == 0).count(),
        3,
        "one does the work, the others wait: {applied:?}"
    );
    assert!(migrate(&config).await.unwrap().is_empty());
}
