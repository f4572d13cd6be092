//! Commit means committed, dropped means undone, stale means refused.

use crate::support::Store;
use app::{Database, dry_run, transact};
use clients::Contact;
use clients::NewContact;
use filings::{Closure, FilingState, filing::Proof};
use identity::Mail;
use kernel::journal::Change;
use kernel::{Id, StoreError};
use time::macros::date;

fn mail(body: &str) -> Mail {
    Mail { to: "a@first.example".into(), subject: "s".into(), body: body.into(), ..Mail::default() }
}

async fn mails(store: &Store) -> i64 {
    let owner = store.db.owner_client().await;
    owner.query_one("SELECT count(*) FROM email_outbox", &[]).await.unwrap().get(0)
}

fn contact(name: &str) -> NewContact {
    NewContact {
        name: name.into(),
        designation: String::new(),
        email: String::new(),
        phone: String::new(),
        primary: false,
    }
}

#[tokio::test]
async fn a_swallowed_error_does_not_become_a_success() {
    let store = Store::new().await;
    let actor = store.actor();
    let outcome = transact(&store.pg, &actor, async |tx| {
        tx.queue_mail(&mail("kept?"), actor.at).await?;
        // Violates a foreign key; the error is dropped on purpose. A bare COMMIT would now answer success.
        let swallowed = tx.add_contact(Id::new(404), &contact("nobody")).await;
        assert!(swallowed.is_err());
        Ok::<_, StoreError>(())
    })
    .await;
    assert!(outcome.is_err(), "the transaction was aborted, yet commit said yes");
    assert_eq!(mails(&store).await, 0);
}

#[tokio::test]
async fn what_is_committed_stays_and_what_is_tried_goes() {
    let store = Store::new().await;
    let actor = store.actor();
    let write = async |tx: &mut dyn app::Tx| tx.queue_mail(&mail("one"), actor.at).await;
    dry_run(&store.pg, &actor, write).await.unwrap();
    assert_eq!(mails(&store).await, 0);
    transact(&store.pg, &actor, write).await.unwrap();
    assert_eq!(mails(&store).await, 1);
    let refused = transact(&store.pg, &actor, async |tx| {
        tx.queue_mail(&mail("two"), actor.at).await?;
        Err::<(), _>(StoreError::Stale)
    })
    .await;
    assert!(matches!(refused, Err(StoreError::Stale)));
    assert_eq!(mails(&store).await, 1);
}

#[tokio::test]
async fn a_dropped_transaction_leaves_nothing_open_for_the_next() {
    let store = Store::with_pool(1).await;
    let actor = store.actor();
    for _ in 0..3 {
        let mut tx = store.pg.begin(&actor).await.unwrap();
        tx.queue_mail(&mail("lost"), actor.at).await.unwrap();
        drop(tx);
        // The only connection: had it kept its transaction, this would see the row, or the firm of the last user.
        transact(&store.pg, &actor, async |tx| tx.firm().await).await.unwrap();
    }
    assert_eq!(mails(&store).await, 0);
    let owner = store.db.owner_client().await;
    let open = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'";
    let left: i64 = owner.query_one(open, &[]).await.unwrap().get(0);
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_stale_version_is_refused() {
    let store = Store::new().await;
    let id = store.nbfc("Stale Finance Limited").await;
    let actor = store.actor();
    let seen = transact(&store.pg, &actor, async |tx| tx.client(id).await).await.unwrap().unwrap();
    let save = async |notes: &str| {
        let mut client = seen.clone();
        client.notes = notes.into();
        transact(&store.pg, &actor, async |tx| tx.save_client(&client).await).await
    };
    save("first").await.unwrap();
    assert!(matches!(save("second").await, Err(StoreError::Stale)));
    let now = transact(&store.pg, &actor, async |tx| tx.client(id).await).await.unwrap().unwrap();
    assert_eq!((now.notes.as_str(), now.version), ("first", seen.version + 1));
}

#[tokio::test]
async fn a_stale_filing_is_refused() {
    let store = Store::new().await;
    let id = store.nbfc("Stale Finance Limited").await;
    let actor = store.actor();
    let filings = transact(&store.pg, &actor, async |tx| tx.filings_of(id, false).await).await.unwrap();
    let mut filing = filings.into_iter().next().unwrap();
    let proof = Proof::Acknowledgement("A-1".into());
    filing.state = FilingState::Closed(Closure::Filed { on: date!(2026 - 11 - 20), proof, nil: false });
    let save =
        async || transact(&store.pg, &actor, async |tx| tx.save_filing(&filing, None, actor.at).await).await;
    save().await.unwrap();
    assert!(matches!(save().await, Err(StoreError::Stale)));
}

#[tokio::test]
async fn a_nul_is_a_text_that_cannot_be_stored() {
    let store = Store::new().await;
    let id = store.nbfc("Nul Finance Limited").await;
    let actor = store.actor();
    let added = transact(&store.pg, &actor, async |tx| tx.add_contact(id, &contact("a\0b")).await).await;
    assert!(matches!(added, Err(StoreError::Unstorable)), "{added:?}");
    // Inside JSON the database has its own refusal.
    let entry = || {
        let before = serde_json::json!({ "name": "a\0b" });
        Change::new("clients.update", "client", id.get(), "changed".to_owned()).with(Some(before), None)
    };
    let noted = transact(&store.pg, &actor, async |tx| tx.record(entry()).await).await;
    assert!(matches!(noted, Err(StoreError::Unstorable)), "{noted:?}");
}

#[tokio::test]
async fn parts_of_a_client_belong_to_that_client() {
    let store = Store::new().await;
    let (one, two) = (store.nbfc("One Finance Limited").await, store.nbfc("Two Finance Limited").await);
    let actor = store.actor();
    let id =
        transact(&store.pg, &actor, async |tx| tx.add_contact(one, &contact("Asha")).await).await.unwrap();
    let moved = transact(&store.pg, &actor, async |tx| {
        let saved = Contact { id, facts: contact("Taken over") };
        let changed = tx.save_contact(two, &saved).await?;
        let removed = tx.remove_contact(two, id).await?;
        let left = tx.contacts_of(one).await?;
        Ok::<_, StoreError>((changed, removed, left.len(), left[0].facts.name.clone()))
    })
    .await
    .unwrap();
    assert_eq!(moved, (false, false, 1, "Asha".to_owned()));
}
