//! Sealing on the real store: nothing is skipped, nothing is sealed twice, nobody may rewrite it, and who does is found.

use crate::support::{NOW, Store};
use app::audit::{AuditFilter, Cursor, RECENT, SealKeys, seal_firm, verify_store};
use app::{Database, transact};
use kernel::journal::Change;
use kernel::{Actor, Id, StoreError};
use proof::{Broken, Fault, Report, Trust};
use std::collections::BTreeSet;
use testkit::ManualClock;
use time::Duration;

fn keys(seeds: &[&str]) -> SealKeys {
    let seeds: Vec<String> = seeds.iter().map(|byte| byte.repeat(32)).collect();
    SealKeys::parse(seeds.iter().map(String::as_str)).unwrap()
}

async fn write(store: &Store, text: &str) {
    let actor = store.actor();
    transact(&store.pg, &actor, async |tx| tx.record(Change::new("test.done", "firm", 1, text)).await)
        .await
        .unwrap();
}

async fn seal(store: &Store, keys: &SealKeys) -> usize {
    seal_firm(&store.pg, &ManualClock::at(NOW), keys, store.tenant, None).await.unwrap().entries
}

async fn verify(store: &Store) -> Result<Report, Broken> {
    verify_store(&store.pg, &store.actor(), &Trust::default()).await.unwrap()
}

async fn number(store: &Store, sql: &str) -> i64 {
    store.db.owner_client().await.query_one(sql, &[]).await.unwrap().get(0)
}

const WAITING: &str = "SELECT count(*) FROM journal j WHERE NOT EXISTS (SELECT 1 FROM journal_leaves l WHERE l.entry_id = j.id)";

#[tokio::test]
async fn everything_is_sealed_once_and_the_whole_is_intact() {
    let (store, keys) = (Store::new().await, keys(&["01"]));
    store.nbfc("Sealed Finance Limited").await;
    let first = seal(&store, &keys).await;
    assert!(first > 1, "the client, its plan, and the key");
    assert_eq!(seal(&store, &keys).await, 0, "nothing waits");
    write(&store, "after that").await;
    assert_eq!(seal(&store, &keys).await, 1);
    assert_eq!(number(&store, WAITING).await, 0);
    let report = verify(&store).await.unwrap();
    assert_eq!(report.entries, first as u64 + 1);
    assert_eq!(report.last.unwrap().size, report.entries);
}

#[tokio::test]
async fn an_entry_that_is_committed_late_is_not_skipped() {
    let (store, keys) = (Store::new().await, keys(&["01"]));
    write(&store, "before").await;
    seal(&store, &keys).await;
    // its id is taken now, and it is committed after a later id was sealed
    let actor = store.actor();
    let mut slow = store.pg.begin(&actor).await.unwrap();
    slow.record(Change::new("test.slow", "firm", 1, "committed late")).await.unwrap();
    write(&store, "overtakes").await;
    assert_eq!(seal(&store, &keys).await, 1, "what is not committed is not seen");
    slow.commit().await.unwrap();
    assert_eq!(seal(&store, &keys).await, 1);
    let sql = "SELECT leaf FROM journal_leaves l JOIN journal j ON j.id = l.entry_id WHERE j.action = ";
    let late = number(&store, &format!("{sql}'test.slow'")).await;
    let id = |text: &str| format!("SELECT id FROM journal WHERE text = '{text}'");
    assert!(number(&store, &id("committed late")).await < number(&store, &id("overtakes")).await);
    assert_eq!(late, number(&store, "SELECT max(leaf) FROM journal_leaves").await, "it took the next place");
    assert_eq!(number(&store, WAITING).await, 0);
    verify(&store).await.unwrap();
}

#[tokio::test]
async fn many_sealers_at_once_seal_each_entry_once() {
    let (store, keys) = (Store::with_pool(8).await, keys(&["01"]));
    for round in 0..3 {
        for n in 0..10 {
            write(&store, &format!("round {round}, entry {n}")).await;
        }
        let clock = ManualClock::at(NOW);
        let one = || seal_firm(&store.pg, &clock, &keys, store.tenant, None);
        let (a, b, c, d) = tokio::join!(one(), one(), one(), one());
        let done = [a, b, c, d].map(|one| one.unwrap());
        assert!(done.iter().any(|one| one.entries > 0));
    }
    seal(&store, &keys).await;
    assert_eq!(number(&store, WAITING).await, 0);
    let report = verify(&store).await.unwrap();
    assert_eq!(report.entries as i64, number(&store, "SELECT count(*) FROM journal").await);
}

#[tokio::test]
async fn a_long_journal_is_sealed_in_batches_and_looked_at_in_stretches() {
    let (store, keys) = (Store::new().await, keys(&["01"]));
    write(&store, "the first").await;
    seal(&store, &keys).await;
    let many = format!(
        "INSERT INTO journal (tenant_id, at, actor_name, action, subject_kind, subject_id, text, request_id)
         SELECT {0}, timestamptz '2026-11-20 00:00Z' + n * interval '1 second', 'n', 'test.many', 'firm', {0}, 'entry ' || n, 'r' FROM generate_series(1, 12000) n",
        store.tenant
    );
    store.db.owner_client().await.execute(&many, &[]).await.unwrap();
    let actor = store.actor();
    let look = async |after: Cursor, stretch: i64, limit: i64| {
        transact(&store.pg, &actor, async |tx| {
            let found = tx.unsealed(after, stretch, limit).await?;
            Ok::<_, StoreError>((found, tx.stretch_end(after, stretch).await?))
        })
        .await
        .unwrap()
    };
    let begin = Cursor::before(Some(time::macros::datetime!(2026-11-20 0:00 UTC)));
    let (found, end) = look(begin, 100, 40).await;
    assert_eq!((found.len(), found[39].1.text.as_str()), (40, "entry 40"));
    let (next, _) = look(found[39].0, 100, 1).await;
    assert_eq!(next[0].1.text, "entry 41");
    let (beyond, _) = look(end.unwrap(), 100, 1).await;
    assert_eq!(beyond[0].1.text, "entry 101");
    assert_eq!(look(begin, 20_000, 1).await.1, None, "fewer are left");
    assert_eq!(seal(&store, &keys).await, 12_000);
    assert_eq!(number(&store, "SELECT count(*) FROM journal_checkpoints").await, 1 + 3);
    assert!(look(Cursor::before(None), 20_000, 1).await.0.is_empty());
    assert_eq!(
        verify(&store).await.unwrap().entries as i64,
        number(&store, "SELECT count(*) FROM journal").await
    );
    // lately: what is older is left to the look at everything
    let old = "UPDATE journal SET at = at - interval '1 day' WHERE text = 'old'";
    write(&store, "old").await;
    tamper(&store, old).await;
    write(&store, "new").await;
    let clock = ManualClock::at(NOW);
    let lately = seal_firm(&store.pg, &clock, &keys, store.tenant, Some(NOW - RECENT)).await.unwrap();
    assert_eq!(lately.entries, 1);
    assert_eq!(seal(&store, &keys).await, 1);
}

#[tokio::test]
async fn the_application_may_add_and_never_change() {
    let (store, keys) = (Store::new().await, keys(&["01"]));
    write(&store, "sealed").await;
    seal(&store, &keys).await;
    let (owner, app) = (store.db.owner_client().await, store.db.role_client("zippcrm_app").await);
    app.batch_execute(&format!("SET app.tenant_id = '{}'", store.tenant)).await.unwrap();
    for (table, column) in [
        ("journal", "text = 'x'"),
        ("journal_leaves", "leaf = leaf + 1"),
        ("journal_checkpoints", "signature = ''"),
        ("journal_keys", "endorsement = ''"),
    ] {
        for sql in [
            format!("UPDATE {table} SET {column}"),
            format!("DELETE FROM {table}"),
            format!("TRUNCATE {table} CASCADE"),
        ] {
            for (who, client) in [("application", &app), ("owner", &owner)] {
                let error = client.execute(&sql, &[]).await.unwrap_err();
                let code = error.code().unwrap().code().to_owned();
                assert_eq!(code, "42501", "{who}: {sql}: {error:?}");
            }
        }
    }
}

/// What somebody with the owner's password does.
async fn tamper(store: &Store, sql: &str) {
    let owner = store.db.owner_client().await;
    owner.batch_execute("SET session_replication_role = replica").await.unwrap();
    assert!(owner.execute(sql, &[]).await.unwrap() > 0, "{sql} found nothing");
}

#[tokio::test]
async fn an_owner_of_the_database_who_rewrites_history_is_found() {
    let keys = keys(&["01"]);
    for (sql, fault) in [
        ("UPDATE journal SET text = 'entry 9' WHERE text = 'entry 3'", Fault::Changed),
        ("UPDATE journal SET at = at + interval '1 microsecond' WHERE text = 'entry 3'", Fault::Changed),
        ("UPDATE journal SET after = '{}' WHERE text = 'entry 3'", Fault::Changed),
        ("DELETE FROM journal WHERE text = 'entry 3'", Fault::Missing),
    ] {
        let store = Store::new().await;
        for n in 0..6 {
            write(&store, &format!("entry {n}")).await;
        }
        seal(&store, &keys).await;
        verify(&store).await.unwrap();
        let entry = number(&store, "SELECT id FROM journal WHERE text = 'entry 3'").await;
        let leaf = number(&store, &format!("SELECT leaf FROM journal_leaves WHERE entry_id = {entry}")).await;
        tamper(&store, sql).await;
        let broken = verify(&store).await.unwrap_err();
        assert_eq!((broken.fault, broken.leaf), (fault, Some(leaf as u64)), "{sql}: {broken}");
        assert_eq!(broken.entry, (fault == Fault::Changed).then_some(entry), "{sql}: {broken}");
    }
}

#[tokio::test]
async fn a_new_key_is_vouched_for_by_the_old_one_and_journalled() {
    let store = Store::new().await;
    write(&store, "under the first key").await;
    seal(&store, &keys(&["01"])).await;
    write(&store, "under the second").await;
    seal(&store, &keys(&["02", "01"])).await;
    verify(&store).await.unwrap();
    let about = "SELECT count(*) FROM journal WHERE action = 'journal.key' AND text LIKE '%signed that'";
    assert_eq!(number(&store, about).await, 1);
    // an older key may not come back
    write(&store, "under the first again").await;
    let clock = ManualClock::at(NOW);
    let back = seal_firm(&store.pg, &clock, &keys(&["01"]), store.tenant, None).await;
    assert!(matches!(back, Err(StoreError::Other(_))), "{back:?}");
    // a key out of nowhere is kept, and the proof says so
    seal(&store, &keys(&["03"])).await;
    assert_eq!(verify(&store).await.unwrap_err().fault, Fault::Key);
}

#[tokio::test]
async fn the_journal_is_found_by_person_subject_verb_time_and_words() {
    let store = Store::new().await;
    let client = store.nbfc("Searched Finance Limited").await;
    let analyst = Actor { user: Some(store.people[1]), name: "Analyst".into(), ..store.actor() };
    for (n, text) in
        ["filed DNBS01, acknowledgement AB7719204", "waived FIN/2026-27", "renamed it"].iter().enumerate()
    {
        let actor = Actor { at: NOW + Duration::minutes(n as i64), ..analyst.clone() };
        let change = Change::new("test.word", "filing", n as i64, *text).on_client(client);
        transact(&store.pg, &actor, async |tx| tx.record(change).await).await.unwrap();
    }
    let find = async |filter: AuditFilter, after: Option<Cursor>, limit: i64| {
        let actor = store.actor();
        transact(&store.pg, &actor, async |tx| tx.audit_page(&filter, after, limit).await).await.unwrap()
    };
    let texts = async |filter: AuditFilter| -> Vec<String> {
        find(filter, None, 50).await.into_iter().map(|e| e.text.chars().take(6).collect()).collect()
    };
    let word = |words: &str| AuditFilter { words: words.into(), ..AuditFilter::default() };
    assert_eq!(texts(word("ab77")).await, ["filed "]);
    assert_eq!(texts(word("DNBS01 acknow")).await, ["filed "]);
    assert_eq!(texts(word("DNBS01 renamed")).await, Vec::<String>::new());
    assert_eq!(texts(word("' | firm2:* & \\")).await, Vec::<String>::new(), "it is text, not a query");
    let by = AuditFilter { people: vec![store.people[1]], ..AuditFilter::default() };
    assert_eq!(texts(by).await, ["rename", "waived", "filed "]);
    let subject = AuditFilter { subject: Some(("filing".into(), Some(1))), ..AuditFilter::default() };
    assert_eq!(texts(AuditFilter { actions: vec!["test.word".into()], ..subject }).await, ["waived"]);
    let time = AuditFilter {
        from: Some(NOW + Duration::minutes(1)),
        until: Some(NOW + Duration::minutes(2)),
        ..AuditFilter::default()
    };
    assert_eq!(texts(time).await, ["waived"]);
    // page by page: everything once, newest first
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = find(AuditFilter::default(), after, 2).await;
        let Some(last) = page.last() else { break };
        after = Some(Cursor { at: last.at, id: last.id });
        seen.extend(page.into_iter().map(|e| (e.at, e.id)));
    }
    assert!(seen.windows(2).all(|pair| pair[0] > pair[1]), "{seen:?}");
    let all = number(&store, "SELECT count(*) FROM journal").await;
    assert_eq!((seen.iter().collect::<BTreeSet<_>>().len() as i64, seen.len() as i64), (all, all));
    let actor = store.actor();
    let verbs = transact(&store.pg, &actor, async |tx| tx.audit_actions().await).await.unwrap();
    assert!(verbs.contains(&"test.word".to_owned()) && verbs.is_sorted(), "{verbs:?}");
    let one = transact(&store.pg, &actor, async |tx| tx.audit_entry(Id::new(seen[0].1.get())).await).await;
    assert_eq!(one.unwrap().unwrap().client.unwrap().0, client);
}
