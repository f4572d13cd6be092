//! What a plan allows, as the API answers it.

use crate::operations::{PUBLIC, populate, samples};
use crate::support::{NOW, Person, TestApp, nbfc};
use crate::vendor::{self, Manner, Server};
use adapter_licence::Endpoint;
use api::background;
use api::http::read_only::is_open;
use app::licence::{Desk, end_exception, give_plan, make_exception};
use app::transact;
use kernel::{Actor, Role};
use licensing::Override;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

/// Puts alpha on a plan.
pub async fn put_on(app: &TestApp, slug: &str) {
    let system = Actor::system(app.firms[0], app.state.clock.now(), "test");
    transact(app.state.db.as_ref(), &system, async |tx| give_plan(tx, &system, slug).await).await.unwrap();
}

/// Gives alpha something otherwise than its plan says.
pub async fn except(app: &TestApp, name: &str, value: i64) {
    let system = Actor::system(app.firms[0], app.state.clock.now(), "test");
    let own = Override { name: name.into(), value, reason: "for a test".into(), expires_at: None };
    transact(app.state.db.as_ref(), &system, async |tx| make_exception(tx, &system, own).await)
        .await
        .unwrap();
}

/// Takes that back.
pub async fn unexcept(app: &TestApp, name: &str) {
    let system = Actor::system(app.firms[0], app.state.clock.now(), "test");
    let why = "for a test";
    let ended =
        transact(app.state.db.as_ref(), &system, async |tx| end_exception(tx, &system, name, why).await);
    ended.await.unwrap();
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

/// A desk that asks a real server and waits a third of a second.
fn desk_of(server: &Server) -> Arc<Desk> {
    vendor::desk(Arc::new(Endpoint::new(&server.url, Duration::from_millis(300))))
}

async fn mode(person: &Person<'_>) -> String {
    let claims = person.get("/api/license/claims").await.is(200).json;
    claims["mode"]["kind"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn a_key_that_cannot_be_checked_counts_down_to_reading_only_and_comes_back_at_once() {
    let server = Server::start();
    let app = TestApp::asking(desk_of(&server)).await;
    let admin = app.login(Role::Admin).await;
    let client = admin.client(nbfc("Kept Finance Limited")).await["id"].as_i64().unwrap();
    let sloppy = vendor::key("professional").to_lowercase().replace('-', " ");
    let granted = admin.post("/api/license/activate", json!({ "key": sloppy })).await.is(200).json;
    assert_eq!(
        (granted["planName"].as_str(), granted["source"].as_str()),
        (Some("Professional"), Some("key"))
    );
    let manners = [Manner::Silent, Manner::Broken, Manner::Lying, Manner::Replaying];
    for (day, manner) in (1..).zip(manners) {
        server.be(manner);
        app.clock.set(NOW + time::Duration::days(day));
        background::check_licences(&app.state, false).await;
        let admin = app.login(Role::Admin).await;
        assert_eq!(mode(&admin).await, "grace", "{manner:?}");
        assert!(admin.get("/api/license").await.is(200).json["failure"].is_string(), "{manner:?}");
        admin
            .post(&format!("/api/clients/{client}/events"), json!({ "kind": "agm_held", "on": "2026-09-28" }))
            .await;
    }
    app.clock.set(NOW + time::Duration::days(7));
    let admin = app.login(Role::Admin).await;
    assert_eq!(mode(&admin).await, "read_only");
    let refused = admin.post("/api/clients", nbfc("Refused Finance Limited")).await.is(403).json;
    assert_eq!(refused["code"], "license.read_only");
    admin.get("/api/clients/export?format=csv").await.is(200);
    let filings = admin.filings(client).await;
    let filing = late(&filings);
    let path = format!("/api/return-filings/{}", filing["id"]);
    let version = filing["version"].as_i64().unwrap();
    let only_assign = json!({ "breachAfterDays": 3 });
    assert_eq!(admin.patch(&path, version, only_assign).await.is(403).json["code"], "license.read_only");
    let filed = json!({ "status": "filed", "filedOn": "2026-11-20", "acknowledgementNo": "ACK-1" });
    admin.patch(&path, version, filed).await.is(200);
    // Turned back, the clock gives nothing: the latest instant was seen by the check.
    background::once(&app.state).await;
    app.clock.set(NOW + time::Duration::days(2));
    let admin = app.login(Role::Admin).await;
    assert_eq!(mode(&admin).await, "read_only");
    server.be(Manner::Honest);
    app.clock.set(NOW + time::Duration::days(8));
    let admin = app.login(Role::Admin).await;
    assert_eq!(mode(&admin).await, "read_only");
    let checked = admin.post("/api/license/check", json!({})).await.is(200).json;
    assert_eq!(checked["mode"]["kind"], "full");
    admin.client(nbfc("Welcome Finance Limited")).await;
    server.be(Manner::Revoking);
    admin.post("/api/license/check", json!({})).await.is(200);
    assert_eq!(mode(&admin).await, "read_only", "taken back by the vendor's own words");
}

#[actix_web::test]
async fn a_file_works_without_asking_anybody_and_only_with_the_vendors_signature() {
    let app = TestApp::new().await;
    let admin = app.login(Role::Admin).await;
    put_on(&app, "starter").await;
    let answer =
        admin.post("/api/license/bundle", json!({ "content": vendor::bundle("growth") })).await.is(200);
    assert_eq!(
        (answer.json["source"].as_str(), answer.json["tier"].as_str()),
        (Some("bundle"), Some("growth"))
    );
    let forged = vendor::bundle("growth").replace("signature\":\"", "signature\":\"AA");
    assert!(
        !admin.post("/api/license/bundle", json!({ "content": forged })).await.field("content").is_empty()
    );
    app.clock.set(NOW + time::Duration::days(200));
    let admin = app.login(Role::Admin).await;
    assert_eq!(mode(&admin).await, "full", "nothing to check for as long as it lasts");
    let analyst = app.login(Role::Analyst).await;
    analyst.post("/api/license/bundle", json!({ "content": vendor::bundle("growth") })).await.is(403);
}

#[actix_web::test]
async fn typing_errors_are_named_before_anybody_is_asked() {
    let app = TestApp::new().await;
    let admin = app.login(Role::Admin).await;
    let key = vendor::key("growth");
    let last = key.chars().last().unwrap();
    let typo = format!("{}{}", &key[..key.len() - 1], if last == '2' { '3' } else { '2' });
    let answer = admin.post("/api/license/activate", json!({ "key": typo })).await;
    assert!(answer.field("key").starts_with("One character is wrong"));
    assert!(
        admin
            .post("/api/license/activate", json!({ "key": "ZCRM-12" }))
            .await
            .field("key")
            .contains("16 letters")
    );
}

#[actix_web::test]
async fn a_plan_with_two_regulators_plans_for_the_two_that_the_firm_chose() {
    let app = TestApp::new().await;
    let admin = app.login(Role::Admin).await;
    let client = admin.client(nbfc("Chosen Finance Limited")).await["id"].as_i64().unwrap();
    let regulators = async || -> BTreeSet<String> {
        let filings = admin.filings(client).await;
        let open = filings.iter().filter(|f| f["status"] != "filed");
        open.filter_map(|f| f["regulator"].as_str().map(str::to_owned)).collect()
    };
    assert!(regulators().await.is_superset(&["RBI".to_owned(), "MCA".to_owned()].into()));
    put_on(&app, "starter").await;
    let too_many = json!({ "regulators": ["RBI", "SEBI", "MCA"] });
    assert!(admin.put("/api/license/regulators", too_many).await.field("regulators").contains("1 to 2"));
    admin.put("/api/license/regulators", json!({ "regulators": ["RBI", "SEBI"] })).await.is(200);
    background::once(&app.state).await;
    assert!(!regulators().await.contains("MCA"), "{:?}", regulators().await);
    put_on(&app, "professional").await;
    background::once(&app.state).await;
    assert!(regulators().await.contains("MCA"), "they come back with a larger plan");
}

#[actix_web::test]
async fn clients_over_the_plan_are_read_only_but_their_filings_can_be_recorded() {
    let app = TestApp::new().await;
    let admin = app.login(Role::Admin).await;
    let mut ids = Vec::new();
    for number in 0..26 {
        let made = admin.client(nbfc(&format!("Over {number} Finance Limited"))).await;
        ids.push(made["id"].as_i64().unwrap());
    }
    put_on(&app, "starter").await;
    let list = admin.get("/api/license/held-clients").await.is(200).json;
    assert_eq!((list["excess"].as_i64(), list["items"].as_array().map(Vec::len)), (Some(1), Some(26)));
    admin.put("/api/license/held-clients", json!({ "clientIds": ids[..2] })).await.is(422);
    admin.put("/api/license/held-clients", json!({ "clientIds": [ids[3]] })).await.is(200);
    let event = json!({ "kind": "agm_held", "on": "2026-09-28" });
    let refused = admin.post(&format!("/api/clients/{}/events", ids[3]), event.clone()).await.is(402);
    assert!(refused.text.contains("This client is read-only"), "{}", refused.text);
    admin.post(&format!("/api/clients/{}/events", ids[25]), event).await.is(201);
    let filings = admin.filings(ids[3]).await;
    let filing = late(&filings);
    let filed = json!({ "status": "filed", "filedOn": "2026-11-20", "acknowledgementNo": "ACK-1" });
    let path = format!("/api/return-filings/{}", filing["id"]);
    admin.patch(&path, filing["version"].as_i64().unwrap(), filed).await.is(200);
}

/// A filing that should have been filed.
fn late(filings: &[Value]) -> &Value {
    filings.iter().find(|f| f["status"] == "overdue" || f["status"] == "breached").unwrap()
}

/// Every writing operation, by the route table, in a firm that may only read.
#[actix_web::test]
async fn reading_only_refuses_every_writing_operation_but_the_open_ones() {
    let app = TestApp::new().await;
    let ids = populate(&app.login(Role::Admin).await).await;
    put_on(&app, "india_free").await;
    let over = app.db.owner_client().await;
    let ended =
        "UPDATE tenants SET entitlements = entitlements || '{\"validUntil\": \"2026-01-01T00:00:00Z\"}'";
    over.batch_execute(ended).await.unwrap();
    let person = app.login(Role::Admin).await;
    let mut wrong = Vec::new();
    let patterns = routes();
    for sample in samples(&ids).iter().filter(|s| s.mutates() && !PUBLIC.contains(&s.operation)) {
        let (method, route) = &patterns[sample.operation];
        let open = is_open(method, route);
        // These settle the licence, or end the session that walks.
        if route.starts_with("/api/license/") || ["logout", "end_session"].contains(&sample.operation) {
            assert!(open, "{}", sample.operation);
            continue;
        }
        let answer = app.send(sample.request(&person).insert_header(("if-match", "\"1\""))).await;
        let shut = answer.json["code"] == "license.read_only";
        // The one operation that is open in part: what the sample does with it is not recording a filing.
        if shut == open && sample.operation != "update_filing" {
            wrong.push(format!("{}: {} {}", sample.operation, answer.status, answer.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Operation id to method and route, from the document.
pub fn routes() -> BTreeMap<String, (String, String)> {
    let document = serde_json::to_value(api::openapi()).unwrap();
    let mut found = BTreeMap::new();
    for (route, verbs) in document["paths"].as_object().unwrap() {
        for (verb, operation) in verbs.as_object().unwrap() {
            if let Some(id) = operation["operationId"].as_str() {
                found.insert(id.to_owned(), (verb.to_uppercase(), route.clone()));
            }
        }
    }
    found
}
