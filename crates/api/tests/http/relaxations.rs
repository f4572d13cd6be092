//! Relaxations over HTTP: preview, apply once, the date everywhere it is shown, undo, roles, mistakes.

use crate::support::{Person, TestApp, find, nbfc};
use actix_web::http::Method;
use kernel::Role;
use serde_json::{Value, json};

/// AGM on 28-09-2026: AOC-4 is due on 28-10-2026, MGT-7 on 27-11-2026 (worked example 1).
async fn after_the_agm(person: &Person<'_>) -> (i64, i64) {
    let id = person.client(nbfc("Relaxed Finance Limited")).await["id"].as_i64().unwrap();
    let agm = json!({ "kind": "agm_held", "on": "2026-09-28" });
    person.post(&format!("/api/clients/{id}/events"), agm).await.is(201);
    let filings = person.filings(id).await;
    (id, find(&filings, "MCA-AOC4", "2025-26")["id"].as_i64().unwrap())
}

fn circular() -> Value {
    json!({
        "regulator": "MCA", "codes": ["MCA-AOC4", "MCA-MGT7"], "periodFrom": "2026-03-31", "periodTo": "2026-03-31",
        "effect": "new_date", "newDueOn": "2026-12-31", "circularNo": "General Circular 07/2026",
        "circularOn": "2026-10-20", "circularUrl": "https://www.mca.gov.in/circular-07-2026.pdf",
        "reason": "Circular of the ministry"
    })
}

fn with(part: Value) -> Value {
    let mut body = circular();
    for (key, value) in part.as_object().unwrap() {
        body[key] = value.clone();
    }
    body
}

#[actix_web::test]
async fn the_date_moves_everywhere_and_comes_back() {
    let app = TestApp::new().await;
    let officer = app.login(Role::PrincipalOfficer).await;
    let (client, aoc4) = after_the_agm(&officer).await;
    let path = format!("/api/return-filings/{aoc4}");
    let before = officer.get(&path).await.is(200).json;
    assert_eq!(before["status"], "breached");

    let shown = officer.post("/api/relaxations/preview", circular()).await.is(200).json;
    assert_eq!(shown["counts"]["changed"], 2);
    assert_eq!(shown["counts"]["onTimeAgain"], 1, "AOC-4 is past due, MGT-7 is not");
    let row = shown["items"].as_array().unwrap().iter().find(|i| i["code"] == "MCA-AOC4").unwrap();
    assert_eq!((&row["oldDueOn"], &row["newDueOn"]), (&json!("2026-10-28"), &json!("2026-12-31")));
    assert_eq!((&row["oldStatus"], &row["newStatus"]), (&json!("breached"), &json!("upcoming")));
    assert_eq!(officer.get(&path).await.json["version"], before["version"], "a preview writes nothing");

    let post = || officer.request(Method::POST, "/api/relaxations").insert_header(("idempotency-key", "k1"));
    let made = officer.send(post().set_json(circular())).await.is(201);
    let again = officer.send(post().set_json(circular())).await.is(201);
    assert_eq!(made.id(), again.id(), "the same key is the same circular");
    assert_eq!(made.header("location"), format!("/api/relaxations/{}", made.id()));

    let relaxed = officer.get(&path).await.is(200).json;
    assert_eq!(relaxed["legalDueOn"], "2026-12-31");
    assert_eq!((&relaxed["ruleDueOn"], &relaxed["status"]), (&json!("2026-10-28"), &json!("upcoming")));
    assert_eq!(relaxed["relaxations"][0]["circular"]["number"], "General Circular 07/2026");
    let why = relaxed["why"].as_array().unwrap();
    let step = why.iter().find(|s| s["text"].as_str().unwrap().starts_with("Law: 28 Oct 2026")).unwrap();
    assert_eq!(step["value"], "2026-12-31");
    assert!(step["citation"].as_str().unwrap().contains("https://www.mca.gov.in"), "{step}");
    assert_eq!(relaxed["timeline"][0]["action"], "filings.relax");
    let calendar = officer.get("/api/calendar?from=2026-12-31&to=2026-12-31").await.is(200);
    assert!(
        calendar.text.contains("MCA-AOC4") || calendar.text.contains("\"2026-12-31\""),
        "{}",
        calendar.text
    );
    let list = officer.get("/api/return-filings?code=MCA-AOC4&status=breached").await.is(200).json;
    assert_eq!(list["total"], 0);

    let detail = officer.get(&format!("/api/relaxations/{}", made.id())).await.is(200).json;
    assert_eq!((&detail["inForceOn"], &detail["filings"]["total"]), (&json!(2), &json!(2)));
    assert_eq!(detail["filings"]["items"][0]["ruleDueOn"], "2026-10-28");
    let undo = format!("/api/relaxations/{}/undo", made.id());
    officer.post(&undo, json!({ "reason": "no" })).await.field("reason");
    let undone = officer.post(&undo, json!({ "reason": "withdrawn again" })).await.is(200).json;
    assert_eq!(undone["undone"]["report"]["restored"], 2);
    officer.post(&undo, json!({ "reason": "withdrawn again" })).await.is(409);
    let after = officer.get(&path).await.is(200).json;
    for key in ["legalDueOn", "ruleDueOn", "targetDueOn", "status", "why", "relaxationId"] {
        assert_eq!(before[key], after[key], "{key}");
    }
    let timeline = officer.get(&format!("/api/clients/{client}/timeline")).await.is(200).text;
    assert!(timeline.contains("took back the extension of MCA-AOC4"), "{timeline}");
}

#[actix_web::test]
async fn roles_apply_preview_and_read() {
    let app = TestApp::new().await;
    let admin = app.login(Role::Admin).await;
    after_the_agm(&admin).await;
    let checker = app.login(Role::Checker).await;
    checker.post("/api/relaxations/preview", circular()).await.is(200);
    checker.post("/api/relaxations", circular()).await.is(403);
    let analyst = app.login(Role::Analyst).await;
    analyst.post("/api/relaxations/preview", circular()).await.is(403);
    let made = admin.post("/api/relaxations", circular()).await.is(201).id();
    analyst.get("/api/relaxations").await.is(200);
    analyst.get(&format!("/api/relaxations/{made}")).await.is(200);
    analyst.post(&format!("/api/relaxations/{made}/undo"), json!({ "reason": "I think so" })).await.is(403);
    checker.post(&format!("/api/relaxations/{made}/undo"), json!({ "reason": "I think so" })).await.is(403);
}

#[actix_web::test]
async fn mistakes_are_named_on_their_fields() {
    let app = TestApp::new().await;
    let person = app.login(Role::Admin).await;
    after_the_agm(&person).await;
    for (field, part) in [
        ("codes", json!({ "codes": ["NO-SUCH"] })),
        ("codes", json!({ "codes": [] })),
        ("newDueOn", json!({ "newDueOn": null })),
        ("extraDays", json!({ "effect": "extra_days", "extraDays": 0 })),
        ("freeUntil", json!({ "effect": "no_late_cost" })),
        ("effect", json!({ "effect": "never" })),
        ("periodFrom", json!({ "periodFrom": null, "periodTo": null })),
        ("circularUrl", json!({ "circularUrl": "http://www.mca.gov.in" })),
        ("circularOn", json!({ "circularOn": "2026-11-22" })),
        ("clientIds", json!({ "clientIds": [] })),
        ("entityTypes", json!({ "entityTypes": ["castle"] })),
        ("registrations", json!({ "registrations": ["NBFC"] })),
        ("reason", json!({ "reason": null })),
        ("note", json!({ "note": "a\u{0}b" })),
    ] {
        person.post("/api/relaxations", with(part)).await.field(field);
    }
    let refused = person.post("/api/relaxations", with(json!({ "clientIds": [999_999] }))).await.is(409);
    assert_eq!(refused.json["code"], "relaxation.nothing");
    assert_eq!(person.get("/api/relaxations").await.is(200).json["total"], 0);
}

#[actix_web::test]
async fn relief_from_the_fee_leaves_the_date_and_the_penalty() {
    let app = TestApp::new().await;
    let person = app.login(Role::Admin).await;
    let (_, aoc4) = after_the_agm(&person).await;
    let before = person.get(&format!("/api/return-filings/{aoc4}")).await.is(200).json;
    let relief = with(json!({ "effect": "no_late_cost", "freeUntil": "2027-01-31" }));
    let made = person.post("/api/relaxations", relief).await.is(201).json;
    assert_eq!((&made["counts"]["freed"], &made["counts"]["extended"]), (&json!(2), &json!(0)));
    assert_eq!(made["countsFromDue"], true);
    let filing = person.get(&format!("/api/return-filings/{aoc4}")).await.is(200).json;
    assert_eq!((&filing["legalDueOn"], &filing["status"]), (&json!("2026-10-28"), &json!("breached")));
    assert_eq!(filing["noLateCostUntil"], "2027-01-31");
    // s.403 takes 100 a day, s.137(3) another 100: the circular waives the first only.
    assert_eq!(
        (&before["costPerDay"]["amount"], &filing["costPerDay"]["amount"]),
        (&json!("200"), &json!("100"))
    );
    let exposure = |filing: &serde_json::Value| filing["lateCost"]["exposure"].clone();
    assert_ne!(exposure(&filing), "0");
    assert_eq!(exposure(&filing), exposure(&before), "penalties run on");
    let lines = filing["lateCost"]["lines"].as_array().unwrap();
    for line in lines {
        let waived = line["relief"]
            .as_str()
            .is_some_and(|r| r.contains("waives this fee") && r.contains("31 Jan 2027"));
        assert_eq!(waived, line["kind"] == "fee", "{line}");
    }
    // Companies Act s.403: Rs 100 a day; on 1 February 2027 it is counted from 28 October 2026 again, 96 days.
    assert_eq!(filing["lateCost"]["fee"], "0");
    app.clock.set(time::macros::datetime!(2027-02-01 06:30 UTC));
    let later = app.login(Role::Admin).await.get(&format!("/api/return-filings/{aoc4}")).await.is(200).json;
    assert_eq!(later["lateCost"]["fee"], "9600");
    assert!(filing["why"].to_string().contains("no additional fee until 31 Jan 2027"), "{}", filing["why"]);
}
