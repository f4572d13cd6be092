//! What a plan allows, as the API answers it.

use crate::support::{TestApp, nbfc};
use app::licence::give_plan;
use app::transact;
use kernel::{Actor, Role};

/// Puts alpha on a plan.
pub async fn put_on(app: &TestApp, slug: &str) {
    let system = Actor::system(app.firms[0], app.state.clock.now(), "test");
    transact(app.state.db.as_ref(), &system, async |tx| give_plan(tx, &system, slug).await).await.unwrap();
}

#[actix_web::test]
async fn a_change_of_plan_is_seen_with_the_next_request() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let before = person.get("/api/license/claims").await.is(200).json;
    assert_eq!((before["tier"].as_str(), before["maxSeats"].as_i64()), (Some("enterprise"), Some(-1)));
    put_on(&app, "growth").await;
    let after = person.get("/api/license/claims").await.is(200).json;
    assert_eq!(after["planName"], "Growth");
    assert_eq!(after["limits"]["clients"], 100);
    assert_eq!(after["unlockedBy"]["esign_aadhaar"], "Professional");
    assert_eq!(after["mode"]["kind"], "full");
    let me = person.get("/api/me").await.is(200).json;
    assert_eq!(me["entitlements"], after, "the boot call carries the same");
}

#[actix_web::test]
async fn a_full_plan_answers_402_with_what_would_help_and_an_import_says_so_per_row() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    for number in 0..25 {
        person.client(nbfc(&format!("Filled {number} Finance Limited"))).await;
    }
    put_on(&app, "starter").await;
    let refused = person.post("/api/clients", nbfc("One More Finance Limited")).await.is(402).json;
    assert_eq!(refused["code"], "plan.limit");
    assert_eq!(refused["feature"], "clients");
    assert_eq!(refused["unlockedBy"], "Growth");
    assert_eq!(refused["upgradeUrl"], "/settings/licence");
    assert_eq!(refused["error"], "Clients: 25 of 25 in use on Starter. Growth has more.");
    let sheet = "Client name,Entity type\nSheet Finance Limited,Public company (unlisted)\n";
    let import = person.upload("/api/clients/import", sheet).await.is(201).id();
    let commit = serde_json::json!({ "acceptPartial": true });
    person.post(&format!("/api/imports/{import}/commit"), commit).await.is(202);
    api::background::once(&app.state).await;
    let done = person.get(&format!("/api/imports/{import}")).await.is(200);
    assert!(done.text.contains("25 of 25 in use on Starter"), "{}", done.text);
    assert_eq!(person.get("/api/clients?perPage=1").await.is(200).json["total"], 25);
}
