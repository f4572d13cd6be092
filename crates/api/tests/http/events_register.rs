//! The register of events: what is awaited over all clients, one event for several, taken back. Dates: worked example 1 of the
//! domain file (AGM on 28-09-2026); the last day for the AGM is s.96(1), six months after the year end.

use crate::support::{Person, TestApp, find, nbfc};
use kernel::Role;
use serde_json::{Value, json};

async fn three(person: &Person<'_>) -> Vec<(i64, i64)> {
    let mut made = Vec::new();
    for name in ["Alpha Finance Limited", "Beta Finance Limited", "Gamma Finance Limited"] {
        let client = person.client(nbfc(name)).await;
        made.push((client["id"].as_i64().unwrap(), client["version"].as_i64().unwrap()));
    }
    made
}

fn agm(on: &str, clients: &[(i64, i64)]) -> Value {
    let clients: Vec<Value> =
        clients.iter().map(|(id, version)| json!({ "id": id, "version": version })).collect();
    json!({ "kind": "agm_held", "on": on, "forPeriod": "2025-26", "clients": clients })
}

async fn awaited(person: &Person<'_>, more: &str) -> Vec<Value> {
    let path = format!("/api/events/awaited?kind=agm_held&perPage=200{more}");
    person.get(&path).await.is(200).json["items"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn what_is_awaited_says_when_why_and_what_hangs_on_it() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let (client, _) = three(&person).await[0];
    let all = awaited(&person, &format!("&clientId={client}")).await;
    let missed = &all[0];
    assert_eq!(missed["forPeriod"], "2025-26");
    assert_eq!(missed["lastDayOn"], "2026-09-30");
    assert_eq!(missed["missed"], true, "the last day passed before 21 Nov 2026: {missed}");
    assert!(missed["citation"].as_str().unwrap().contains("96(1)"), "{missed}");
    let codes: Vec<&str> =
        missed["filings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["MCA-ADT1", "MCA-AOC4", "MCA-MGT7"]);
    // Without the meeting, AOC-4 runs from its last day: 30 days after 30 Sep 2026 (s.137).
    let aoc4 = &missed["filings"][1];
    assert_eq!((aoc4["dueOn"].as_str(), aoc4["certain"].as_bool()), (Some("2026-10-30"), Some(true)));
    let next = all.iter().find(|one| one["forPeriod"] == "2026-27").expect("the AGM of next year");
    assert_eq!((next["projectedOn"].as_str(), next["missed"].as_bool()), (Some("2027-09-30"), Some(false)));
}

#[actix_web::test]
async fn one_event_for_several_redates_each_and_says_who_could_not() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let clients = three(&person).await;
    let before = person.filings(clients[0].0).await;
    let stale =
        [(clients[0].0, clients[0].1), (clients[1].0, 99), (987_654, 1), (clients[0].0, clients[0].1)];
    let dry = person.post("/api/events?dryRun=true", agm("2026-09-28", &stale)).await.is(200).json;
    assert_eq!(
        (dry["done"].as_i64(), dry["failed"].as_i64(), dry["moved"].as_i64()),
        (Some(1), Some(3), Some(3))
    );
    assert_eq!(person.filings(clients[0].0).await, before, "a dry run changes nothing");
    let done = person.post("/api/events", agm("2026-09-28", &stale)).await.is(200).json;
    let codes: Vec<Value> =
        done["results"].as_array().unwrap().iter().map(|one| one["errorCode"].clone()).collect();
    assert_eq!(codes, [Value::Null, json!("version.stale"), json!("not_found"), json!("not_found")]);
    let after = person.filings(clients[0].0).await;
    assert_eq!(find(&after, "MCA-AOC4", "2025-26")["legalDueOn"], "2026-10-28");
    assert_eq!(find(&after, "MCA-MGT7", "2025-26")["legalDueOn"], "2026-11-27");
    // The second time it is there already; the others take it.
    let rest = person.post("/api/events", agm("2026-09-28", &clients)).await.is(200).json;
    assert_eq!((rest["done"].as_i64(), rest["failed"].as_i64()), (Some(2), Some(1)));
    let twin = rest["results"][0]["error"].as_str().unwrap();
    assert!(twin.contains("recorded already, on 28 Sep 2026"), "{twin}");
    assert!(awaited(&person, "").await.iter().all(|one| one["forPeriod"] != "2025-26"));
    let timeline = person.get(&format!("/api/clients/{}/timeline", clients[2].0)).await.is(200).json;
    assert!(timeline.to_string().contains("recorded: AGM held on 28 Sep 2026 for FY 2025-26"), "{timeline}");
}

#[actix_web::test]
async fn recorded_ones_are_listed_with_what_follows_and_can_be_taken_back() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let clients = three(&person).await;
    let before = person.filings(clients[1].0).await;
    person.post("/api/events", agm("2026-09-28", &clients)).await.is(200);
    let change =
        json!({ "kind": "director_changed", "on": "2026-11-02", "clients": [{ "id": clients[0].0 }] });
    let added = person.post("/api/events", change).await.is(200).json;
    assert!(added["added"].as_i64().unwrap() >= 1, "{added}");
    let list = person.get("/api/events/recorded").await.is(200).json;
    assert_eq!(list["total"], 4);
    let newest = &list["items"][0];
    assert_eq!(newest["kind"], "director_changed");
    assert!(newest["filings"].to_string().contains("MCA-DIR12"), "{newest}");
    let agms = person.get("/api/events/recorded?kind=agm_held").await.is(200).json;
    let ids: Vec<i64> =
        agms["items"].as_array().unwrap().iter().map(|one| one["id"].as_i64().unwrap()).collect();
    assert_eq!(agms["items"][0]["filings"][1]["code"], "MCA-AOC4");
    assert_eq!(agms["items"][0]["filings"][1]["dueOn"], "2026-10-28");
    person.post("/api/events/take-back", json!({ "ids": ids, "reason": "no" })).await.field("reason");
    let mut with_gone = ids.clone();
    with_gone.push(987_654);
    let body = json!({ "ids": with_gone, "reason": "wrong day" });
    let dry = person.post("/api/events/take-back?dryRun=true", body.clone()).await.is(200).json;
    assert_eq!(
        (dry["done"].as_i64(), dry["failed"].as_i64(), dry["moved"].as_i64()),
        (Some(3), Some(1), Some(9))
    );
    let done = person.post("/api/events/take-back", body).await.is(200).json;
    assert_eq!(done["done"], 3);
    let dates = |all: &[Value]| -> Vec<Value> {
        let mut all: Vec<_> =
            all.iter().map(|f| json!([f["id"], f["legalDueOn"], f["projectedDueOn"]])).collect();
        all.sort_by_key(|f| f[0].as_i64());
        all
    };
    assert_eq!(dates(&before), dates(&person.filings(clients[1].0).await));
    assert_eq!(person.get("/api/events/recorded").await.json["total"], 1);
}

#[actix_web::test]
async fn the_lists_are_narrowed_and_paged() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    three(&person).await;
    let all = awaited(&person, "").await;
    assert!(
        awaited(&person, "&q=beta")
            .await
            .iter()
            .all(|one| one["clientName"].as_str().unwrap().contains("Beta"))
    );
    assert_eq!(awaited(&person, "&assigneeId=me").await.len(), 0);
    assert_eq!(awaited(&person, "&assigneeId=none").await.len(), all.len());
    assert_eq!(awaited(&person, "&to=2026-12-31").await.len(), 3);
    let second = person.get("/api/events/awaited?kind=agm_held&page=2&perPage=2").await.is(200).json;
    assert_eq!(second["total"].as_u64(), Some(all.len() as u64));
    assert_eq!(second["items"][0], all[2]);
    person.get("/api/events/awaited?kind=comet_seen").await.field("kind");
    let viewer = app.login(Role::Viewer).await;
    viewer.get("/api/events/awaited").await.is(200);
    viewer.post("/api/events", agm("2026-09-28", &[(1, 1)])).await.is(403);
    viewer.post("/api/events/take-back", json!({ "ids": [1], "reason": "wrong day" })).await.is(403);
    person.post("/api/events", agm("2026-11-22", &[(1, 1)])).await.field("on");
    person.post("/api/events", agm("2026-09-28", &[])).await.field("clients");
}
