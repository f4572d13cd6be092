//! Four eyes over HTTP: every door waits or says why not, the maker is refused, a checker carries it out, and the timeline
//! shows both.

use crate::documented::documented;
use crate::support::{Person, TestApp, find, form, nbfc};
use actix_web::http::Method;
use kernel::Role;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const EXEMPT: &str = include_str!("../../../../docs/four-eyes.txt");

/// Operations on the list, with their reasons.
fn exempt() -> BTreeMap<String, String> {
    let lines = EXEMPT.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| line.split_once(": ").unwrap_or_else(|| panic!("no reason: {line}")))
        .map(|(operation, reason)| (operation.to_owned(), reason.to_owned()))
        .collect()
}

/// Operations that change something.
fn mutations() -> BTreeSet<String> {
    let document = serde_json::to_value(api::openapi()).unwrap();
    let paths = document["paths"].as_object().unwrap().values();
    paths
        .flat_map(|path| path.as_object().unwrap().iter())
        .filter(|(method, _)| !matches!(method.as_str(), "get" | "head" | "options" | "parameters"))
        .filter_map(|(_, operation)| Some(operation["operationId"].as_str()?.to_owned()))
        .collect()
}

async fn client(person: &Person<'_>) -> Value {
    person.client(nbfc("Sahyadri Capital Finance Limited")).await
}

fn path_of(client: &Value) -> String {
    format!("/api/clients/{}", client["id"])
}

/// Id and path of the proposal in a 202.
#[track_caller]
pub fn proposal(answer: &Value) -> (i64, String) {
    let id = answer["proposal"]["id"].as_i64().unwrap_or_else(|| panic!("no proposal: {answer}"));
    (id, format!("/api/approvals/{id}"))
}

#[actix_web::test]
async fn every_operation_that_changes_something_waits_or_stands_on_the_list() {
    let app = TestApp::four_eyes().await;
    let officer = app.login(Role::PrincipalOfficer).await;
    let sheet: String =
        (0..120).map(|n| format!("Quokka {n} Finance Limited,Public company (unlisted)\n")).collect();
    let sheet = format!("Client name,Entity type\n{sheet}");
    let mut waits = BTreeSet::new();
    let mut seen = |operation: &str, status: u16, json: &Value| {
        assert_eq!(status, 202, "{operation}: {json}");
        assert!(json["proposal"]["id"].is_i64(), "{operation} does not wait: {json}");
        waits.insert(operation.to_owned());
    };

    let made = client(&officer).await;
    let pan = officer.patch(&path_of(&made), 1, json!({ "pan": "AAACS1234F" })).await;
    seen("update_client", pan.status, &pan.json);
    let registration = json!({ "regulator": "RBI", "category": "NBFC-ICC", "registrationNo": "N-9" });
    let fresh = client_again(&officer, "Konkan").await;
    let added = officer.post(&format!("{}/registrations", path_of(&fresh)), registration.clone()).await;
    seen("add_registration", added.status, &added.json);
    let fresh = client_again(&officer, "Malwa").await;
    let one = format!("{}/registrations/{}", path_of(&fresh), fresh["registrations"][0]["id"]);
    let changed = officer.patch(&one, 1, registration).await;
    seen("change_registration", changed.status, &changed.json);
    let fresh = client_again(&officer, "Berar").await;
    let one = format!("{}/registrations/{}", path_of(&fresh), fresh["registrations"][0]["id"]);
    let removed = officer.send(officer.request(Method::DELETE, &one)).await;
    seen("remove_registration", removed.status, &removed.json);

    let filings = officer.filings(made["id"].as_i64().unwrap()).await;
    let (first, second) = (&filings[0], &filings[1]);
    let waive = json!({ "status": "waived", "reason": "No such business" });
    let waived = officer.patch(&format!("/api/return-filings/{}", first["id"]), 1, waive.clone()).await;
    seen("update_filing", waived.status, &waived.json);
    let many = json!({ "rows": [{ "id": second["id"] }], "change": waive });
    let many = officer.post("/api/return-filings/bulk", many).await;
    seen("change_filings", many.status, &many.json);

    let circular = json!({
        "regulator": "MCA", "codes": ["MCA-MGT7"], "periodFrom": "2026-03-31", "periodTo": "2026-03-31",
        "effect": "new_date", "newDueOn": "2027-03-31", "circularNo": "Circular 7", "circularOn": "2026-10-20",
        "reason": "Circular received"
    });
    let applied = officer.post("/api/relaxations", circular).await;
    seen("apply_relaxation", applied.status, &applied.json);
    let (_, path) = proposal(&applied.json);
    let admin = app.login(Role::Admin).await;
    admin.at(Method::POST, &format!("{path}/approve"), 1, json!({})).await.is(200);
    let standing = officer.get("/api/relaxations").await.is(200).json["items"][0]["id"].clone();
    let back = json!({ "reason": "withdrawn by the ministry" });
    let undone = officer.post(&format!("/api/relaxations/{standing}/undo"), back).await;
    seen("undo_relaxation", undone.status, &undone.json);

    let import = officer.upload("/api/clients/import", &sheet).await.is(201).id();
    let go = json!({ "acceptPartial": true });
    let committed = officer.post(&format!("/api/imports/{import}/commit"), go).await;
    seen("commit_import", committed.status, &committed.json);
    assert_eq!(committed.json["status"], "checked", "nothing is written before somebody agrees");
    let (kind, body) = form("clients.csv", &sheet);
    let at_once = officer.request(Method::POST, "/api/clients/import?dryRun=false");
    let at_once = officer.send(at_once.insert_header(("content-type", kind)).set_payload(body)).await;
    seen("upload_import", at_once.status, &at_once.json);

    let off = json!({ "levels": [], "expiresAfterDays": 7 });
    let policy = admin.at(Method::PUT, "/api/approvals/policies/clients.kyc", 0, off).await;
    seen("save_policy", policy.status, &policy.json);

    for (operation, answer) in crate::guarded_rules::all(&officer, &admin).await {
        seen(operation, answer.status, &answer.json);
    }
    for (operation, answer) in crate::guarded_access::all(&admin, &officer).await {
        seen(operation, answer.status, &answer.json);
    }
    let key = json!({ "name": "Export", "permissions": ["clients.view"], "expiresOn": "2026-12-31" });
    let key = admin.post("/api/api-keys", key).await;
    seen("create_api_key", key.status, &key.json);

    let exempt = exempt();
    for (operation, reason) in &exempt {
        assert!(!waits.contains(operation), "{operation} waits and is on the list");
        assert!(reason.len() > 5, "{operation} needs a reason");
        assert!(!reason.contains("to come"), "{operation}: a reason holds today");
    }
    let known: BTreeSet<String> = waits.into_iter().chain(exempt.into_keys()).collect();
    assert_eq!(known, mutations(), "left: guarded or exempt; right: the route table");
    assert!(documented().is_superset(&known));
}

async fn client_again(person: &Person<'_>, name: &str) -> Value {
    person.client(nbfc(&format!("{name} Capital Finance Limited"))).await
}

#[actix_web::test]
async fn a_pan_change_from_proposal_to_approval() {
    let app = TestApp::four_eyes().await;
    let analyst = app.login(Role::Analyst).await;
    let checker = app.login(Role::Checker).await;
    let made = client(&analyst).await;
    let body =
        json!({ "pan": "AAACS1234F", "notes": "From the card", "approvalNote": "Card seen on 12 Nov" });
    let asked = analyst.patch(&path_of(&made), 1, body).await.is(202);
    let (id, path) = proposal(&asked.json);
    assert_eq!(asked.header("location"), path);
    let held = analyst.get(&path_of(&made)).await.is(200).json;
    assert_eq!((&held["pan"], &held["notes"]), (&Value::Null, &made["notes"]), "the whole patch waits");

    let shown = checker.get(&path).await.is(200).json;
    assert_eq!((&shown["reason"], &shown["mayDecide"]), (&json!("Card seen on 12 Nov"), &json!(true)));
    let lines: Vec<&Value> = shown["sight"]["sections"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|s| s["lines"].as_array().unwrap())
        .collect();
    assert!(lines.contains(&&json!({ "label": "PAN", "before": null, "after": "AAACS1234F" })), "{lines:?}");
    let mine = checker.get("/api/approvals").await.is(200).json;
    assert_eq!((&mine["total"], &mine["items"][0]["id"]), (&json!(1), &json!(id)));
    assert_eq!(checker.get("/api/me").await.json["counters"]["approvals"], 1);
    let on = checker.get(&format!("/api/approvals?on=client:{}", made["id"])).await.is(200).json;
    assert_eq!(on["items"][0]["id"], id);
    let told = checker.get("/api/notices").await.is(200).json;
    assert!(told["items"][0]["text"].as_str().unwrap().contains("waits for your approval"), "{told}");

    let own = analyst.get(&path).await.is(200).json;
    assert_eq!(own["mayDecide"], false);
    assert!(own["whyNot"].as_str().unwrap().contains("Somebody else"), "{own}");
    let refused = analyst.at(Method::POST, &format!("{path}/approve"), 1, json!({})).await.is(403);
    assert_eq!(refused.json["code"], "approval.own_work");
    let twice = checker.patch(&path_of(&made), 1, json!({ "riskRating": "high" })).await.is(409);
    assert_eq!((&twice.json["code"], &twice.json["proposalId"]), (&json!("approval.pending"), &json!(id)));

    checker.at(Method::POST, &format!("{path}/approve"), 7, json!({})).await.is(409);
    let done = checker.at(Method::POST, &format!("{path}/approve"), 1, json!({})).await.is(200).json;
    assert_eq!(done["state"], "executed");
    let after = analyst.get(&path_of(&made)).await.is(200).json;
    assert_eq!((&after["pan"], &after["notes"]), (&json!("AAACS1234F"), &json!("From the card")));
    let timeline = analyst.get(&format!("{}/timeline", path_of(&made))).await.is(200).json;
    let entries: Vec<(String, String)> = timeline["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| {
            (
                e["action"].as_str().unwrap().to_owned(),
                e["actor"]["displayName"].to_string() + &e["actorName"].to_string(),
            )
        })
        .collect();
    let by = |action: &str| {
        entries.iter().find(|(a, _)| a == action).unwrap_or_else(|| panic!("{action}: {entries:?}")).1.clone()
    };
    assert!(by("approvals.propose").contains("analyst"));
    assert!(by("approvals.approve").contains("checker"));
    assert!(by("clients.update").contains("analyst"), "the change is its maker's");
    let again = checker.at(Method::POST, &format!("{path}/approve"), 2, json!({})).await.is(409);
    assert_eq!(again.json["code"], "approval.over");
}

#[actix_web::test]
async fn what_needs_nobody_is_made_at_once() {
    let app = TestApp::four_eyes().await;
    let analyst = app.login(Role::Analyst).await;
    let made = client(&analyst).await;
    analyst.patch(&path_of(&made), 1, json!({ "notes": "Called" })).await.is(200);
    let same = json!({ "clientName": made["clientName"], "tags": ["nbfc"] });
    analyst.patch(&path_of(&made), 2, same).await.is(200);
    let filings = analyst.filings(made["id"].as_i64().unwrap()).await;
    let one = format!("/api/return-filings/{}", find(&filings, "MCA-MGT7", "2025-26")["id"]);
    analyst.patch_now(&one, json!({ "status": "in_review" })).await.is(200);
}

#[actix_web::test]
async fn sent_back_corrected_and_rejected() {
    let app = TestApp::four_eyes().await;
    let analyst = app.login(Role::Analyst).await;
    let checker = app.login(Role::Checker).await;
    let made = client(&analyst).await;
    let asked = analyst.patch(&path_of(&made), 1, json!({ "pan": "AAACS1234F" })).await.is(202);
    let (id, path) = proposal(&asked.json);
    let silent = checker.at(Method::POST, &format!("{path}/return"), 1, json!({})).await;
    assert!(silent.field("comment").contains("Say why"));
    let why = json!({ "comment": "The card says 9999" });
    checker.at(Method::POST, &format!("{path}/return"), 1, why).await.is(200);
    let told = analyst.get("/api/notices").await.is(200).json;
    assert!(told["items"][0]["text"].as_str().unwrap().starts_with("Sent back"), "{told}");
    let again = analyst.patch(&path_of(&made), 1, json!({ "pan": "AAACS9999F" })).await.is(202);
    assert_eq!(proposal(&again.json).0, id);
    assert_eq!(again.json["proposal"]["round"], 2);
    let no = json!({ "comment": "Not without the card" });
    let rejected = checker.at(Method::POST, &format!("{path}/reject"), 3, no).await.is(200).json;
    assert_eq!(rejected["state"], "rejected");
    assert_eq!(rejected["decisions"].as_array().unwrap().len(), 2, "the first round stays on the record");
    assert_eq!(analyst.get(&path_of(&made)).await.json["pan"], Value::Null);
}

#[actix_web::test]
async fn somebody_who_stands_in_decides_in_the_others_place_and_never_for_the_maker() {
    let app = TestApp::four_eyes().await;
    let (admin, officer) = (app.login(Role::Admin).await, app.login(Role::PrincipalOfficer).await);
    let analyst = app.login(Role::Analyst).await;
    let id_of = async |person: &Person<'_>| person.get("/api/me").await.json["user"]["id"].clone();
    let viewer = id_of(&app.login(Role::Viewer).await).await;
    let away = json!({ "toId": viewer, "starts": "2026-11-20", "ends": "2026-11-25" });
    assert!(admin.post("/api/approvals/delegations", away).await.field("toId").contains("only reads"));
    let away = json!({ "toId": id_of(&analyst).await, "starts": "2026-11-20", "ends": "2026-11-25" });
    admin.post("/api/approvals/delegations", away.clone()).await.is(201);
    admin.post("/api/approvals/delegations", away).await.field("starts");
    let made = client(&officer).await;
    let (_, path) =
        proposal(&officer.patch(&path_of(&made), 1, json!({ "riskRating": "high" })).await.is(202).json);
    let shown = analyst.get(&path).await.is(200).json;
    assert_eq!((&shown["mayDecide"], &shown["actingFor"]["id"]), (&json!(true), &id_of(&admin).await));
    let done = analyst.at(Method::POST, &format!("{path}/approve"), 1, json!({})).await.is(200).json;
    assert_eq!(done["decisions"][0]["actingFor"]["id"], id_of(&admin).await);
    // What the absent one proposed is not for the stand-in.
    let made = client_again(&officer, "Konkan").await;
    let (_, path) =
        proposal(&admin.patch(&path_of(&made), 1, json!({ "riskRating": "low" })).await.is(202).json);
    let refused = analyst.at(Method::POST, &format!("{path}/approve"), 1, json!({})).await.is(403);
    assert_eq!(refused.json["code"], "permission.denied", "an analyst decides nothing in their own right");
}

#[actix_web::test]
async fn alike_changes_are_approved_together_when_each_is_confirmed() {
    let app = TestApp::four_eyes().await;
    let (analyst, checker) = (app.login(Role::Analyst).await, app.login(Role::Checker).await);
    let mut ids = Vec::new();
    for name in ["Konkan", "Malwa", "Berar"] {
        let made = client_again(&analyst, name).await;
        let rating = if name == "Berar" { "low" } else { "high" };
        let asked = analyst.patch(&path_of(&made), 1, json!({ "riskRating": rating })).await.is(202);
        ids.push(proposal(&asked.json).0);
    }
    let many = |ids: &[i64], confirmed: bool| {
        let items: Vec<Value> =
            ids.iter().map(|id| json!({ "id": id, "version": 1, "confirmed": confirmed })).collect();
        json!({ "items": items })
    };
    let path = "/api/approvals/approve";
    assert!(checker.post(path, many(&ids[..2], false)).await.field("items").contains("confirm"));
    assert!(checker.post(path, many(&ids, true)).await.field("items").contains("not alike"));
    let own = analyst.post(path, many(&ids[..2], true)).await;
    assert_eq!(own.status, 403);
    assert_eq!(checker.post(path, many(&ids[..2], true)).await.is(200).json["done"], 2);
    let all = checker.get("/api/approvals").await.json;
    assert_eq!((&all["total"], &all["items"][0]["id"]), (&json!(1), &json!(ids[2])));
}

#[actix_web::test]
async fn undecided_it_lapses_and_an_absence_of_all_is_told_ahead() {
    let app = TestApp::four_eyes().await;
    let (analyst, admin) = (app.login(Role::Analyst).await, app.login(Role::Admin).await);
    let made = client(&analyst).await;
    let (_, path) =
        proposal(&analyst.patch(&path_of(&made), 1, json!({ "riskRating": "high" })).await.is(202).json);
    let only_admins = json!({ "levels": [{ "roles": ["admin"] }], "expiresAfterDays": 7 });
    let policy = admin.at(Method::PUT, "/api/approvals/policies/filings.filed", 0, only_admins).await.is(202);
    let officer = app.login(Role::PrincipalOfficer).await;
    let (_, policy) = proposal(&policy.json);
    officer.at(Method::POST, &format!("{policy}/approve"), 1, json!({})).await.is(200);
    let away = json!({ "starts": "2026-11-28", "ends": "2026-11-29" });
    admin.post("/api/approvals/delegations", away).await.is(201);
    api::background::once(&app.state).await;
    api::background::once(&app.state).await;
    let told = officer.get("/api/notices?perPage=200").await.is(200).json;
    let gaps: Vec<&str> = told["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|n| n["text"].as_str().filter(|t| t.contains("nobody can approve")))
        .collect();
    assert_eq!(gaps.len(), 1, "told once: {told}");
    assert!(gaps[0].contains("28 Nov 2026 to 29 Nov 2026"), "{gaps:?}");
    app.clock.set(crate::support::NOW + time::Duration::days(15));
    api::background::once(&app.state).await;
    let analyst = app.login(Role::Analyst).await;
    assert_eq!(analyst.get(&path).await.is(200).json["state"], "expired");
    let free = analyst.patch(&path_of(&made), 1, json!({ "riskRating": "high" })).await;
    assert_eq!(free.status, 202, "the record is free again");
}
