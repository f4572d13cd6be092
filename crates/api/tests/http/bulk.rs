//! One change to many filings.

use crate::support::{Person, TestApp, find, nbfc};
use kernel::Role;
use serde_json::{Value, json};

const BULK: &str = "/api/return-filings/bulk";

async fn client(person: &Person<'_>, name: &str) -> (i64, Vec<Value>) {
    let id = person.client(nbfc(name)).await["id"].as_i64().unwrap();
    (id, person.filings(id).await)
}

async fn me(person: &Person<'_>) -> i64 {
    person.get("/api/me").await.is(200).json["user"]["id"].as_i64().unwrap()
}

#[actix_web::test]
async fn all_of_a_filter_is_assigned_and_given_back() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let (id, filings) = client(&person, "Many Finance Limited").await;
    let who = me(&person).await;
    let filter = json!({ "view": "all", "clientId": [id], "regulator": ["RBI"] });
    let list = format!("/api/return-filings?view=all&clientId={id}&regulator=RBI&perPage=200");
    let total = person.get(&list).await.is(200).json["total"].as_i64().unwrap();
    assert!(total > 5 && total < filings.len() as i64);

    let stale = json!({ "filter": filter, "expected": total + 1, "change": { "assigneeId": who } });
    assert!(person.post(BULK, stale).await.is(409).json["error"].as_str().unwrap().contains("match now"));
    let wanted = json!({ "filter": filter, "expected": total, "change": { "assigneeId": who } });
    let answer = person.post(BULK, wanted).await.is(200).json;
    assert_eq!((answer["done"].as_i64(), answer["failed"].as_i64()), (Some(total), Some(0)));
    let mine = person.get(&format!("{list}&assigneeId=me")).await.json;
    assert_eq!(mine["total"], total);
    let one = mine["items"][0]["id"].as_i64().unwrap();
    let detail = person.get(&format!("/api/return-filings/{one}")).await.json;
    assert!(detail["timeline"][0]["text"].as_str().unwrap().contains("to analyst of alpha"));
    assert_eq!(detail["timeline"][0]["action"], "filings.edit");
    let others = format!("/api/return-filings?view=all&clientId={id}&assigneeId=me&regulator=MCA");
    assert_eq!(person.get(&others).await.json["total"], 0, "only what the filter holds");

    // Undo: every row back to what it was, unless somebody changed it meanwhile.
    person.patch_now(&format!("/api/return-filings/{one}"), json!({ "breachAfterDays": 2 })).await.is(200);
    let rows: Vec<Value> = answer["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| {
            let before = json!({ "assigneeId": r["before"]["assigneeId"] });
            json!({ "id": r["id"], "version": r["version"], "change": before })
        })
        .collect();
    let undone = person.post(BULK, json!({ "rows": rows })).await.is(200).json;
    assert_eq!((undone["done"].as_i64(), undone["failed"].as_i64()), (Some(total - 1), Some(1)));
    let left = undone["results"].as_array().unwrap().iter().find(|r| !r["error"].is_null()).unwrap();
    assert_eq!((left["id"].as_i64(), left["errorCode"].as_str()), (Some(one), Some("version.stale")));
    assert_eq!(person.get(&format!("{list}&assigneeId=me")).await.json["total"], 1);
}

#[actix_web::test]
async fn rows_that_cannot_be_changed_say_why_and_the_others_are() {
    let app = TestApp::new().await;
    let person = app.login(Role::Checker).await;
    let (_, filings) = client(&person, "Mixed Finance Limited").await;
    let ids: Vec<i64> = filings.iter().take(3).map(|f| f["id"].as_i64().unwrap()).collect();
    let waive = json!({ "status": "waived", "reason": "Licence surrendered" });
    person.patch_now(&format!("/api/return-filings/{}", ids[0]), waive.clone()).await.is(200);
    let rows: Vec<Value> =
        ids.iter().chain(&[999_999]).map(|id| json!({ "id": id })).chain([json!({ "id": ids[1] })]).collect();
    let answer = person.post(BULK, json!({ "rows": rows, "change": waive })).await.is(200).json;
    assert_eq!((answer["done"].as_i64(), answer["failed"].as_i64()), (Some(2), Some(3)));
    assert_eq!(answer["results"][0]["error"], "This filing is closed. Reopen it first.");
    assert_eq!(answer["results"][0]["clientName"], filings[0]["clientName"]);
    assert_eq!(answer["results"][3]["errorCode"], "not_found");
    assert_eq!(answer["results"][4]["errorCode"], "not_found", "named twice, changed once");
    let closed = person.get(&format!("/api/return-filings/{}", ids[1])).await.json;
    assert_eq!(
        (closed["status"].as_str(), closed["closure"]["reason"].as_str()),
        (Some("waived"), Some("Licence surrendered"))
    );
    assert!(!closed["why"].as_array().unwrap().is_empty(), "the reasons are frozen as by the single change");
}

#[actix_web::test]
async fn each_row_may_carry_its_own_number() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let (_, filings) = client(&person, "Numbered Finance Limited").await;
    let late: Vec<&Value> = filings
        .iter()
        .filter(|f| ["overdue", "breached"].contains(&f["status"].as_str().unwrap()))
        .take(2)
        .collect();
    let filed =
        |number: &str| json!({ "status": "filed", "filedOn": "2026-11-20", "acknowledgementNo": number });
    let rows = json!([
        { "id": late[0]["id"], "version": late[0]["version"], "change": filed("AB-1") },
        { "id": late[1]["id"], "version": late[1]["version"], "change": filed(" ") },
    ]);
    let answer = person.post(BULK, json!({ "rows": rows })).await.is(200).json;
    assert_eq!((answer["done"].as_i64(), answer["failed"].as_i64()), (Some(1), Some(1)));
    assert!(answer["results"][1]["error"].as_str().unwrap().contains("acknowledgement number"));
    let done = person.get(&format!("/api/return-filings/{}", late[0]["id"])).await.json;
    assert_eq!(
        (done["status"].as_str(), done["acknowledgementNo"].as_str()),
        (Some("filed_late"), Some("AB-1"))
    );
}

#[actix_web::test]
async fn permission_is_asked_for_the_action() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let (id, filings) = client(&person, "Denied Finance Limited").await;
    let not = json!({ "status": "not_applicable", "reason": "No such business" });
    let all = json!({ "filter": { "view": "all", "clientId": [id] }, "change": not });
    assert_eq!(person.post(BULK, all.clone()).await.is(403).json["permission"], "filings.decide");
    let stranger = json!({ "rows": [{ "id": filings[0]["id"] }], "change": { "assigneeId": 987_654 } });
    assert!(person.post(BULK, stranger).await.field("assigneeId").contains("your firm"));
    let both = json!({ "rows": [], "filter": {}, "change": {} });
    person.post(BULK, both).await.field("rows");
    person.post(BULK, json!({ "filter": { "view": "all" } })).await.field("change");
    person.post(BULK, json!({ "filter": { "view": "none" }, "change": {} })).await.field("view");
    let viewer = app.login(Role::Viewer).await;
    viewer.post(BULK, all).await.is(403);
    let untouched = find(&person.filings(id).await, "DNBS04B", "Oct 2026")["version"].as_i64();
    assert_eq!(untouched, find(&filings, "DNBS04B", "Oct 2026")["version"].as_i64());
}

#[actix_web::test]
async fn the_selection_is_exported_by_its_ids() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let (_, filings) = client(&person, "Picked Finance Limited").await;
    let (a, b) = (&filings[0]["id"], &filings[3]["id"]);
    let file = person.get(&format!("/api/return-filings/export?format=csv&id={a}&id={b}")).await.is(200).text;
    assert_eq!(file.trim().lines().count(), 3, "{file}");
}
