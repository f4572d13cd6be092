//! The firm's own rules under four eyes: each door waits, checkers read words and effects, and what moved on is not done.

use crate::approvals::proposal;
use crate::support::{Answer, Person, TestApp, nbfc};
use actix_web::http::Method;
use kernel::Role;
use serde_json::{Value, json};

const INTERNAL: &str = "/api/rulebook/internal-returns";

fn pack(code: &str) -> Value {
    json!({
        "code": code, "from": "2026-11-01", "title": "Board pack", "frequency": "monthly",
        "due": { "kind": "day_of_month", "day": 10, "months": 1 }, "owner": "principal_officer",
        "checklist": ["Figures agreed with the ledger"], "breachAfterDays": 7
    })
}

/// Approves what a 202 is about.
pub async fn approve(checker: &Person<'_>, answer: &Answer) -> Answer {
    let version = answer.json["proposal"]["version"].as_i64().unwrap();
    let (_, path) = proposal(&answer.json);
    checker.at(Method::POST, &format!("{path}/approve"), version, json!({})).await
}

/// Every operation on the firm's rules, as somebody in a firm with the standard policies meets it.
pub async fn all(maker: &Person<'_>, checker: &Person<'_>) -> Vec<(&'static str, Answer)> {
    let on = json!({ "enabled": true, "reason": "Counsel says it applies" });
    let set = maker.put_at("/api/rulebook/returns/IRDAI-BAP-H2", 0, on).await;
    let firm = maker.put_at("/api/rulebook/settings", 1, json!({ "breachAfterDays": 9 })).await;
    let write = maker.post(INTERNAL, pack("INT-ONE")).await;
    approve(checker, &write).await.is(200);
    let mut other = pack("INT-ONE");
    other["title"] = json!("Monthly board pack");
    other["reason"] = json!("Named as the board names it");
    let change = maker.put_at(&format!("{INTERNAL}/INT-ONE"), 1, other).await;
    approve(checker, &change).await.is(200);
    let end = json!({ "from": "2027-01-01", "reason": "The board reads it elsewhere" });
    let retire = maker.post_at(&format!("{INTERNAL}/INT-ONE/retire"), 2, end).await;
    vec![
        ("set_return", set),
        ("set_firm", firm),
        ("write_internal_return", write),
        ("change_internal_return", change),
        ("retire_internal_return", retire),
    ]
}

fn lines(proposal: &Value) -> Vec<(String, Value, Value)> {
    let sections = proposal["sight"]["sections"].as_array().unwrap();
    let all = sections.iter().flat_map(|section| section["lines"].as_array().unwrap());
    all.map(|l| (l["label"].as_str().unwrap().to_owned(), l["before"].clone(), l["after"].clone())).collect()
}

#[actix_web::test]
async fn a_rule_is_overridden_by_two_people_who_read_what_it_does() {
    let app = TestApp::four_eyes().await;
    let (officer, checker) = (app.login(Role::PrincipalOfficer).await, app.login(Role::Checker).await);
    let mut broker = nbfc("Knowing Insurance Brokers Limited");
    broker["registrations"] =
        json!([{ "regulator": "IRDAI", "category": "BROKER", "registrationNo": "IRDAI/DB 512/11" }]);
    officer.client(broker).await;
    let path = "/api/rulebook/returns/IRDAI-BAP-H2";
    let effect = officer.post(&format!("{path}/preview"), json!({ "enabled": true })).await.is(200).json;
    let on = json!({ "enabled": true, "reason": "Counsel says it applies" });
    let asked = officer.put_at(path, 0, on).await.is(202);
    let (id, own) = proposal(&asked.json);
    assert_eq!(officer.get(path).await.is(200).json["setting"]["version"], 0, "nothing is decided yet");

    let shown = checker.get(&own).await.is(200).json;
    assert_eq!(
        (&shown["action"], &shown["reason"]),
        (&json!("rulebook.override"), &json!("Counsel says it applies"))
    );
    let planning = lines(&shown).into_iter().find(|(label, ..)| label == "Planning").unwrap();
    assert_eq!(planning.1, "As the rulebook says");
    assert_eq!(planning.2, "Planned for the clients to whom it applies");
    let told = shown["sight"]["effects"][0].as_str().unwrap();
    assert!(told.starts_with(&format!("{} filing", effect["planned"])), "as the preview said: {told}");
    let on = checker.get("/api/approvals?on=return:IRDAI-BAP-H2").await.is(200).json;
    assert_eq!(on["items"][0]["id"], id, "the page of the rule shows it");

    let second = officer.put_at(path, 0, json!({ "breachAfterDays": 3 })).await.is(409).json;
    assert_eq!((&second["code"], &second["proposalId"]), (&json!("approval.pending"), &json!(id)));
    approve(&checker, &asked).await.is(200);
    assert_eq!(officer.get(path).await.json["setting"]["enabled"], true);
    api::background::once(&app.state).await;
    let planned = officer.get("/api/return-filings?view=all&code=IRDAI-BAP-H2").await.is(200).json;
    assert_eq!(planned["total"], effect["planned"], "planning follows the approval");
}

#[actix_web::test]
async fn a_decision_that_was_made_meanwhile_is_not_overwritten() {
    let app = TestApp::four_eyes().await;
    let (officer, checker) = (app.login(Role::PrincipalOfficer).await, app.login(Role::Checker).await);
    let asked = officer.put_at("/api/rulebook/settings", 1, json!({ "breachAfterDays": 9 })).await.is(202);
    assert_eq!(
        checker.get("/api/approvals?on=firm:breach").await.json["items"][0]["maker"]["name"],
        "principal officer of alpha"
    );
    let sql = format!(
        "UPDATE tenants SET breach_after_days = 5, rules_version = rules_version + 1 WHERE id = {}",
        app.firms[0]
    );
    app.db.owner_client().await.batch_execute(&sql).await.unwrap();
    let stale = approve(&checker, &asked).await.is(409).json;
    assert_eq!(stale["code"], "approval.stale");
    let now = &stale["proposal"]["staleSight"]["sections"][0]["lines"][0];
    assert_eq!((&now["before"], &now["after"]), (&json!("5 days late"), &json!("9 days late")));
    assert_eq!(officer.get("/api/rulebook/settings").await.json["breachAfterDays"], 5);

    // Two people write the same code: the second one is told, whichever of them is approved first.
    let first = officer.post(INTERNAL, pack("INT-PACK")).await.is(202);
    let admin = app.login(Role::Admin).await;
    let twice = admin.post(INTERNAL, pack("INT-PACK")).await.is(409);
    assert_eq!(twice.json["code"], "approval.pending");
    let shown = lines(&checker.get(&proposal(&first.json).1).await.json);
    let due = shown.iter().find(|(label, ..)| label == "Due").unwrap();
    assert!(due.2.as_str().unwrap().contains("10"), "{due:?}");
    approve(&checker, &first).await.is(200);
    assert_eq!(
        officer.get(&format!("{INTERNAL}/INT-PACK")).await.is(200).json["current"]["by"],
        "principal officer of alpha"
    );
}

#[actix_web::test]
async fn a_reason_alone_needs_nobody() {
    let app = TestApp::four_eyes().await;
    let officer = app.login(Role::PrincipalOfficer).await;
    let same = json!({ "reason": "Looked at again, left as it is" });
    officer.put_at("/api/rulebook/returns/DNBS01", 0, same).await.is(200);
}
