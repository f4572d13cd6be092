//! Events re-date what hangs on them. Dates: worked example 1 of the domain file (AGM on 28-09-2026).

use crate::support::{Person, TestApp, find, nbfc};
use kernel::Role;
use serde_json::{Value, json};

async fn company(person: &Person<'_>) -> i64 {
    person.client(nbfc("Meeting Finance Limited")).await["id"].as_i64().unwrap()
}

fn agm(on: &str) -> Value {
    json!({ "kind": "agm_held", "on": on })
}

/// Code and new date of what a re-planning moves, in order of code.
fn moved(answer: &Value) -> Vec<(&str, &str)> {
    let list = answer["diff"]["moved"].as_array().unwrap();
    let mut moved: Vec<_> = list
        .iter()
        .map(|m| (m["filing"]["code"].as_str().unwrap(), m["to"].as_str().unwrap_or_default()))
        .collect();
    moved.sort_unstable();
    moved
}

const EXAMPLE_1: [(&str, &str); 3] =
    [("MCA-ADT1", "2026-10-13"), ("MCA-AOC4", "2026-10-28"), ("MCA-MGT7", "2026-11-27")];

#[actix_web::test]
async fn an_agm_redates_exactly_its_three_filings() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let id = company(&person).await;
    let before = person.filings(id).await;
    let path = format!("/api/clients/{id}/events");
    let dry = person.post(&format!("{path}?dryRun=true"), agm("2026-09-28")).await.is(200).json;
    assert_eq!(moved(&dry), EXAMPLE_1);
    assert_eq!(person.filings(id).await, before, "a dry run changes nothing");
    let done = person.post(&path, agm("2026-09-28")).await.is(201).json;
    assert_eq!(moved(&done), EXAMPLE_1);
    assert_eq!(done["client"]["events"][0]["forPeriod"], "2025-26");
    for change in done["diff"]["moved"].as_array().unwrap() {
        assert!(change["reason"].as_str().unwrap().contains("28 Sep 2026"), "{change}");
    }
    let after = person.filings(id).await;
    for (code, due) in EXAMPLE_1 {
        let filing = find(&after, code, "2025-26");
        assert_eq!(filing["legalDueOn"], due);
        assert_eq!(filing["waitsFor"], Value::Null);
        assert_ne!(find(&before, code, "2025-26")["legalDueOn"], due);
    }
    let untouched = |all: &[Value]| -> Vec<Value> {
        let chain = |f: &&Value| !EXAMPLE_1.iter().any(|(code, _)| f["code"] == *code);
        let mut rest: Vec<Value> = all.iter().filter(chain).cloned().collect();
        rest.sort_by_key(|f| f["id"].as_i64());
        rest
    };
    assert_eq!(untouched(&before), untouched(&after), "nothing else moved");
    // The reason is on the filing, with its source, and on the timeline.
    let filing = find(&after, "MCA-AOC4", "2025-26")["id"].as_i64().unwrap();
    let detail = person.get(&format!("/api/return-filings/{filing}")).await.is(200).json;
    let why = detail["why"].to_string();
    assert!(why.contains("28 Sep 2026") && why.contains("2026-10-28"), "{why}");
    assert!(detail["why"].as_array().unwrap().iter().any(|step| step["citation"].is_string()), "{why}");
    assert!(detail["timeline"].to_string().contains("re-dated MCA-AOC4"));
}

#[actix_web::test]
async fn taking_it_back_puts_the_dates_back() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let id = company(&person).await;
    let before = person.filings(id).await;
    let path = format!("/api/clients/{id}/events");
    let done = person.post(&path, agm("2026-09-28")).await.is(201).json;
    let event = done["client"]["events"][0]["id"].as_i64().unwrap();
    let one = format!("{path}/{event}");
    person.delete(&one, json!({ "reason": "no" })).await.field("reason");
    let dry =
        person.delete(&format!("{one}?dryRun=true"), json!({ "reason": "wrong day" })).await.is(200).json;
    assert_eq!(dry["diff"]["moved"].as_array().unwrap().len(), 3);
    person.delete(&one, json!({ "reason": "wrong day" })).await.is(200);
    let after = person.filings(id).await;
    let dates = |all: &[Value]| -> Vec<Value> {
        let mut all: Vec<_> =
            all.iter().map(|f| json!([f["id"], f["legalDueOn"], f["projectedDueOn"], f["status"]])).collect();
        all.sort_by_key(|f| f[0].as_i64());
        all
    };
    assert_eq!(dates(&before), dates(&after));
    person.delete(&one, json!({ "reason": "wrong day" })).await.is(404);
}

#[actix_web::test]
async fn a_filed_one_does_not_move() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let id = company(&person).await;
    let filing = find(&person.filings(id).await, "MCA-AOC4", "2025-26")["id"].as_i64().unwrap();
    let path = format!("/api/return-filings/{filing}");
    let filed = json!({ "status": "filed", "filedOn": "2026-11-20", "acknowledgementNo": "SRN-1" });
    let before = person.patch_now(&path, filed).await.is(200).json;
    let done = person.post(&format!("/api/clients/{id}/events"), agm("2026-09-28")).await.is(201).json;
    assert_eq!(moved(&done), [EXAMPLE_1[0], EXAMPLE_1[2]]);
    let after = person.get(&path).await.is(200).json;
    for key in ["legalDueOn", "status", "daysLate", "version", "why"] {
        assert_eq!(before[key], after[key], "{key}");
    }
}

#[actix_web::test]
async fn an_event_is_refused_when_it_cannot_be() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let id = company(&person).await;
    let path = format!("/api/clients/{id}/events");
    assert!(person.post(&path, agm("2026-11-22")).await.field("on").contains("future"));
    person.post(&path, json!({ "kind": "comet_seen", "on": "2026-09-28" })).await.field("kind");
    let odd = json!({ "kind": "agm_held", "on": "2026-09-28", "forPeriod": "2026-27" });
    assert!(person.post(&path, odd).await.field("forPeriod").contains("not ended"));
    person.post(&path, json!({ "kind": "agm_held", "on": "28-09-2026" })).await.is(422);
    person.post(&path, agm("2026-09-28")).await.is(201);
    assert!(person.post(&path, agm("2026-09-29")).await.field("forPeriod").contains("recorded already"));
    assert_eq!(person.get(&format!("/api/clients/{id}")).await.json["events"].as_array().unwrap().len(), 1);
}
