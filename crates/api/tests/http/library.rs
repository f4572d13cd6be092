//! The rule library: the list, one rule, whom it touches, and a try with somebody's own facts.

use crate::support::{TestApp, nbfc};
use kernel::Role;
use serde_json::{Value, json};

const EVALUATE: &str = "/api/rulebook/evaluate";

#[actix_web::test]
async fn the_list_is_filtered_counted_and_paged() {
    let app = TestApp::new().await;
    let viewer = app.login(Role::Viewer).await;
    let list = async |query: &str| viewer.get(&format!("/api/rulebook/returns?{query}")).await.is(200).json;
    let all = list("perPage=200").await;
    let counts = &all["counts"];
    let sum: i64 = ["active", "off", "expired", "legacy", "nonStatutory"]
        .iter()
        .map(|state| counts[*state].as_i64().unwrap())
        .sum();
    assert_eq!((sum, &counts["all"]), (all["total"].as_i64().unwrap(), &all["total"]));
    let page = list("perPage=10&page=2&sort=-code").await;
    assert_eq!(page["items"].as_array().unwrap().len(), 10);
    let rbi = list("regulator=RBI&frequency=quarterly&kind=return&state=active&perPage=200").await;
    assert!(rbi["total"].as_i64().unwrap() > 3);
    assert!(
        rbi["items"].as_array().unwrap().iter().all(|r| r["regulator"] == "RBI" && r["state"] == "active")
    );
    let one = list("q=dnbs01").await;
    assert_eq!(one["items"][0]["due"], "21 days after the quarter end");
    viewer.get("/api/rulebook/returns?state=sleeping").await.field("state");
    viewer.get("/api/rulebook/returns?sort=colour").await.field("sort");
}

#[actix_web::test]
async fn a_rule_shows_its_history_its_examples_and_its_clients() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let client = person.client(nbfc("Library Finance Limited")).await["id"].clone();
    let rule = person.get("/api/rulebook/returns/DNBS02").await.is(200).json;
    let versions: Vec<&Value> = rule["versions"].as_array().unwrap().iter().map(|v| &v["id"]).collect();
    assert_eq!(versions, ["DNBS02@2024-02-27", "DNBS02@2016-09-29"]);
    assert!(rule["versions"][0]["changes"].to_string().contains("Frequency: quarterly, before: annual"));
    let due: Vec<&Value> =
        rule["examples"].as_array().unwrap().iter().map(|e| &e["result"]["legalDue"]).collect();
    // 21 days after 30 September, 31 December and 31 March.
    assert_eq!(due, ["2026-10-21", "2027-01-21", "2027-04-21"]);
    assert_eq!(rule["clients"], 1);
    let touched = person.get("/api/rulebook/returns/dnbs02/clients").await.is(200).json;
    assert_eq!((&touched["total"], &touched["items"][0]["id"]), (&json!(1), &client));
    assert_eq!(touched["items"][0]["openFilings"], rule["openFilings"]);
    person.get("/api/rulebook/returns/NO-SUCH").await.is(404);
    person.get("/api/rulebook/returns/NO-SUCH/clients").await.is(404);
}

#[actix_web::test]
async fn a_try_names_the_field_that_is_wrong() {
    let app = TestApp::new().await;
    let viewer = app.login(Role::Viewer).await;
    let ask =
        async |code: &str, facts: Value| viewer.post(EVALUATE, json!({ "code": code, "facts": facts })).await;
    ask("NO-SUCH", json!({})).await.field("code");
    ask("DNBS01", json!({})).await.field("facts.reference_date");
    ask("DNBS01", json!({ "reference_date": "soon" })).await.field("facts.reference_date");
    ask("DNBS01", json!({ "reference_date": "2026-08-15" })).await.field("facts.reference_date");
    ask("DNBS01", json!({ "reference_date": "2026-09-30", "layer": "attic" })).await.field("facts.layer");
    ask("MCA-DIR12", json!({})).await.field("facts.event");
    ask("LIC-AMFI-ARN", json!({})).await.field("facts.arn_valid_to");
    let body = json!({ "code": "DNBS01", "facts": { "reference_date": "2026-09-30" }, "filedOn": "late" });
    viewer.post(EVALUATE, body).await.field("filedOn");
}

#[actix_web::test]
async fn a_try_says_whether_it_applies_and_what_late_costs() {
    let app = TestApp::new().await;
    let viewer = app.login(Role::Viewer).await;
    let ask = |facts: Value, filed: &str| json!({ "code": "MCA-AOC4", "facts": facts, "filedOn": filed });
    // AGM 28 Sep 2026: due 28 Oct; filed 45 days late, a fee of 100 a day (Companies Act 2013 s.403).
    let facts = json!({ "agm": "2026-09-28", "entity_type": "private_company" });
    let answer = viewer.post(EVALUATE, ask(facts, "2026-12-12")).await.is(200).json;
    assert_eq!((&answer["applies"], &answer["legalDue"]), (&json!("yes"), &json!("2026-10-28")));
    assert_eq!((&answer["lateCost"]["days"], &answer["lateCost"]["fee"]), (&json!(45), &json!("4500")));
    let answer = viewer.post(EVALUATE, ask(json!({ "agm": "2026-09-28" }), "2026-12-12")).await.is(200).json;
    assert_eq!(answer["applies"], "unknown");
    assert!(answer["unknownFacts"].to_string().contains("entity_type"));
    let facts = json!({ "agm": "2026-09-28", "entity_type": "llp" });
    assert_eq!(viewer.post(EVALUATE, ask(facts, "")).await.is(200).json["applies"], "no");
}

#[actix_web::test]
async fn a_try_starts_from_a_client_and_stores_nothing() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let made = person.client(nbfc("Tried Finance Limited")).await;
    let id = made["id"].as_i64().unwrap();
    let ask = |facts: Value| json!({ "code": "DNBS02", "facts": facts, "clientId": id });
    let as_is = person.post(EVALUATE, ask(json!({ "reference_date": "2026-09-30" }))).await.is(200).json;
    assert_eq!(as_is["applies"], "yes");
    let other = json!({ "reference_date": "2026-09-30", "registrations": "SEBI:IA" });
    assert_eq!(person.post(EVALUATE, ask(other)).await.is(200).json["applies"], "no");
    assert_eq!(person.get(&format!("/api/clients/{id}")).await.json["version"], made["version"]);
    let stranger = app.login_at("beta", Role::Admin).await;
    stranger.post(EVALUATE, ask(json!({ "reference_date": "2026-09-30" }))).await.is(404);
}
