//! The suites that the fakes pass, on the real store.

use crate::support::{NOW, Store, nbfc};
use app::transact;
use clients::Status;
use kernel::{Id, StoreError};

#[tokio::test]
async fn postgres_keeps_the_contract_of_filings() {
    let store = Store::new().await;
    let actor = store.actor();
    let new = nbfc("Contract Finance Limited");
    let client = clients::Client {
        id: Id::new(0),
        short_name: new.client_name.clone(),
        client_name: new.client_name,
        entity_type: new.entity_type,
        status: Status::Active,
        risk_rating: None,
        identifiers: new.identifiers,
        incorporated_on: None,
        track_from: actor.today(),
        owner: None,
        tags: Vec::new(),
        notes: String::new(),
        version: 1,
        created_at: NOW,
        updated_at: NOW,
    };
    let people = store.people.clone();
    transact(&store.pg, &actor, async |tx| {
        // Written without a plan: the suite wants a client that has no filings.
        let id = tx.insert_client(&client).await?;
        filings::testing::contract(tx, id, people[1], NOW).await;
        let open = tx.filings_of(id, false).await?.into_iter().find(filings::Filing::is_open);
        let open = open.map(|f| f.id).unwrap_or_else(|| panic!("an open one is left"));
        filings::testing::custody_contract(tx, (id, open), people[1], NOW).await;
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn postgres_keeps_the_contract_of_accounts() {
    let store = Store::new().await;
    let analyst = store.people[1];
    transact(&store.pg, &store.actor(), async |tx| {
        identity::testing::contract(tx, analyst, "analyst@first.example", NOW).await;
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn postgres_keeps_the_contract_of_clients() {
    let store = Store::new().await;
    let people = store.people.clone();
    transact(&store.pg, &store.actor(), async |tx| {
        clients::testing::contract(tx, people[1], NOW).await;
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn postgres_keeps_the_contract_of_approvals() {
    let store = Store::new().await;
    let people = store.people.clone();
    transact(&store.pg, &store.actor(), async |tx| {
        maker_checker::testing::contract(tx, people[0], people[1], NOW).await;
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}
