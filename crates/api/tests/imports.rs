//! The life of an import against PostgreSQL: check, partial commit, idempotent re-import, update, undo, resumption.

#![expect(clippy::unwrap_used, reason = "a test says by panicking what went wrong")]

use adapter_postgres::PgDatabase;
use adapter_sheets::SheetFiles;
use app::imports::{
    ImportError, Mapping, Report, Sheets, Upload, annotated, run_commit, start_commit, undo, upload,
};
use app::{NewFirm, NewPerson, transact};
use clients::{ClientFilter, ImportState, NewContact, StoredImport};
use kernel::id::{ClientId, ImportId};
use kernel::moment::Instant;
use kernel::{Actor, Page, PageRequest, Role, StoreError};
use std::sync::Arc;
use testkit::{ManualClock, TestDb};
use time::macros::datetime;

/// Noon in India on 21 November 2026.
const NOW: Instant = datetime!(2026-11-21 06:30 UTC);

const HEADER: &str = "Company name,Constitution,PAN No.,Type of NBFC,NBFC layer,AGM date,E-mail ID\n";

struct World {
    pg: PgDatabase,
    actor: Actor,
    clock: ManualClock,
    sheets: Arc<dyn Sheets>,
    _db: TestDb,
}

impl World {
    async fn new() -> Self {
        let db = TestDb::new().await;
        let pg = PgDatabase::new(&db.config()).unwrap();
        let people = vec![NewPerson {
            email: "asha@firm.example".into(),
            display_name: "Asha".into(),
            role: Role::Analyst,
            password_hash: "none".into(),
        }];
        let firm = NewFirm { name: "Firm".into(), people };
        let (tenant, users) = app::licence::found_firm(&pg, &firm, Some("enterprise"), NOW).await.unwrap();
        let actor = Actor {
            user: Some(users[0]),
            name: "Asha".into(),
            ..Actor::system(tenant, NOW, "test").in_role(Role::Analyst)
        };
        Self { pg, actor, clock: ManualClock::at(NOW), sheets: Arc::new(SheetFiles), _db: db }
    }

    async fn upload(&self, rows: &str) -> StoredImport {
        let content = format!("{HEADER}{rows}").into_bytes();
        let sheet = Upload { file_name: "clients.csv".into(), content, mapping: Mapping::new() };
        upload(&self.pg, &self.actor, &self.sheets, sheet).await.unwrap()
    }

    async fn commit(&self, id: ImportId) -> StoredImport {
        start_commit(&self.pg, &self.actor, id, true).await.unwrap();
        self.run(id).await;
        self.import(id).await
    }

    async fn run(&self, id: ImportId) {
        run_commit(&self.pg, &self.clock, &self.sheets, self.actor.tenant, id).await.unwrap();
    }

    async fn import(&self, id: ImportId) -> StoredImport {
        transact(&self.pg, &self.actor, async |tx| tx.import(id).await).await.unwrap().unwrap()
    }

    /// Names and ids of all clients, by name.
    async fn clients(&self) -> Vec<(String, ClientId)> {
        let request = PageRequest { page: 1, per_page: 200 };
        let (page, _): (Page<_>, _) = transact(&self.pg, &self.actor, async |tx| {
            tx.list_clients(&ClientFilter::default(), &[], request, self.actor.today()).await
        })
        .await
        .unwrap();
        page.items.into_iter().map(|c| (c.client_name, c.id)).collect()
    }

    /// Everything an undo has to put back, as text.
    async fn record(&self, id: ClientId) -> String {
        let (mut records, mut filings) = transact(&self.pg, &self.actor, async |tx| {
            Ok::<_, StoreError>((tx.records_of(&[id]).await?, tx.filings_of(id, false).await?))
        })
        .await
        .unwrap();
        let mut record = records.pop().unwrap();
        record.client.version = 0;
        record.client.updated_at = NOW;
        filings.retain(|f| f.state != filings::FilingState::Withdrawn);
        let mut due: Vec<String> =
            filings.iter().map(|f| format!("{} {} {:?}", f.code, f.period_key, f.legal_due)).collect();
        due.sort();
        format!("{record:?} {due:?}")
    }
}

fn counts(import: &StoredImport) -> app::imports::Counts {
    Report::from_json(&import.report).counts
}

const GOOD: &str = "Nilgiri Finance Pvt Ltd,Pvt Ltd,AABCN1234A,NBFC-ICC,Base Layer,30/09/2026,a@nilgiri.example\n\
                    Tapti Capital Ltd,Public Limited,AABCT1234B,NBFC-ICC,Middle,,\n";
const BAD: &str = "Kaveri Ltd,Public Limited,AABXK1234C,,,,\n";

#[tokio::test]
async fn good_rows_are_written_bad_ones_left_out_and_a_second_import_changes_nothing() {
    let world = World::new().await;
    let import = world.upload(&format!("{GOOD}{BAD}")).await;
    assert_eq!((counts(&import).to_create, counts(&import).with_errors), (2, 1));
    assert!(world.clients().await.is_empty(), "a check writes no client");
    let refused = start_commit(&world.pg, &world.actor, import.id, false).await;
    assert!(matches!(refused, Err(ImportError::HasErrors(1))), "{refused:?}");

    let done = world.commit(import.id).await;
    assert_eq!(done.state, ImportState::Done);
    assert_eq!((counts(&done).created, counts(&done).skipped), (2, 1));
    let made = world.clients().await;
    assert_eq!(made.len(), 2);
    let record = world.record(made[0].1).await;
    assert!(
        record.contains("agm_held") && record.contains("a@nilgiri.example") && record.contains("DNBS"),
        "{record}"
    );

    let (copy, name) = annotated(&world.pg, &world.actor, &world.sheets, import.id).await.unwrap();
    assert_eq!(name, "clients - checked.csv");
    assert!(String::from_utf8(copy).unwrap().contains("PAN No.: 4th letter X"));

    let again = world.upload(GOOD).await;
    assert_eq!((counts(&again).unchanged, counts(&again).to_create, counts(&again).to_update), (2, 0, 0));
}

#[tokio::test]
async fn an_undo_puts_the_record_and_its_filings_back_and_removes_what_was_made() {
    let world = World::new().await;
    let first = world.upload(GOOD).await;
    world.commit(first.id).await;
    let made = world.clients().await;
    let before = [world.record(made[0].1).await, world.record(made[1].1).await];

    let second = world
        .upload(
            "Nilgiri Finance Private Limited,,AABCN1234A,NBFC-MFI,Middle,,b@nilgiri.example\n\
             Tapti Capital Ltd,,AABCT1234B,,Base,29/09/2026,\n\
             Sone Ltd,Public Limited,AABCS1234D,,,,\n",
        )
        .await;
    assert_eq!((counts(&second).to_update, counts(&second).to_create), (2, 1));
    let done = world.commit(second.id).await;
    assert_eq!((counts(&done).updated, counts(&done).created), (2, 1));
    assert_ne!(world.record(made[0].1).await, before[0]);
    assert_ne!(world.record(made[1].1).await, before[1]);

    let undone = undo(&world.pg, &world.actor, second.id).await.unwrap();
    assert_eq!(undone.state, ImportState::Undone);
    assert_eq!(world.clients().await, made);
    assert_eq!([world.record(made[0].1).await, world.record(made[1].1).await], before);
    assert!(matches!(undo(&world.pg, &world.actor, second.id).await, Err(ImportError::State(_))));
}

#[tokio::test]
async fn an_undo_is_refused_when_a_person_changed_a_client_since() {
    let world = World::new().await;
    let import = world.upload(GOOD).await;
    world.commit(import.id).await;
    let (name, id) = world.clients().await.remove(0);
    transact(&world.pg, &world.actor, async |tx| {
        let contact = NewContact { name: "Meera".into(), ..NewContact::default() };
        app::clients::add_contact(tx, &world.actor, id, contact).await
    })
    .await
    .unwrap();
    match undo(&world.pg, &world.actor, import.id).await {
        Err(ImportError::ChangedSince(clients)) => assert_eq!(clients, [(id, name)]),
        other => panic!("{other:?}"),
    }
    assert_eq!(world.clients().await.len(), 2, "nothing was undone");
}

#[tokio::test]
async fn a_commit_that_was_cut_off_goes_on_and_makes_no_client_twice() {
    let world = World::new().await;
    let rows: String =
        (0..120).map(|n| format!("Firm number {n} Ltd,Public Limited,AABCF{:04}A,,,,\n", n + 1)).collect();
    let import = world.upload(&rows).await;
    start_commit(&world.pg, &world.actor, import.id, true).await.unwrap();
    {
        // Drops the run at its first rest after some rows are in, as a crash would.
        let run = world.run(import.id);
        tokio::pin!(run);
        loop {
            let pause = tokio::task::yield_now();
            tokio::select! { biased; () = &mut run => break, () = pause => {} }
            if world.import(import.id).await.progress_done > 0 {
                break;
            }
        }
    }
    world.run(import.id).await;
    let done = world.import(import.id).await;
    assert_eq!(done.state, ImportState::Done);
    assert_eq!(counts(&done).created, 120);
    assert_eq!(world.clients().await.len(), 120);
    // A late second worker finds nothing to do.
    world.run(import.id).await;
    assert_eq!(world.clients().await.len(), 120);
}
