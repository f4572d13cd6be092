//! Details of four eyes: makers with roles of the firm's own, rights that were taken away, one entry for one refusal, stand-ins
//! without a right of their own, circulars that reach other filings than were shown, and corrections.

use crate::approvals::proposal;
use crate::guarded_rules::approve;
use crate::support::{Person, TestApp, nbfc};
use actix_web::http::Method;
use kernel::Role;
use serde_json::{Value, json};

fn path_of(client: &Value) -> String {
    format!("/api/clients/{}", client["id"])
}

/// Gives the analysts a role of the firm with these permissions; its id.
async fn own_role(app: &TestApp, permissions: &str) -> i64 {
    let owner = app.db.owner_client().await;
    let firm = app.firms[0];
    let sql = format!(
        "INSERT INTO custom_roles (tenant_id, name, permissions, created_at, updated_at) VALUES ({firm}, 'Desk', '{permissions}', now(), now()) RETURNING id"
    );
    let id: i64 = owner.query_one(&sql, &[]).await.unwrap().get(0);
    let sql = format!(
        "UPDATE users SET role = 'custom', custom_role_id = {id} WHERE role = 'analyst' AND tenant_id = {firm}"
    );
    owner.batch_execute(&sql).await.unwrap();
    id
}

#[actix_web::test]
async fn a_maker_with_a_role_of_the_firm_is_the_maker_they_are_today() {
    let app = TestApp::four_eyes().await;
    // No right to look at approvals: the answer still shows them their own.
    let role = own_role(&app, "{clients.view,clients.edit}").await;
    let (maker, checker) = (app.login(Role::Analyst).await, app.login(Role::Checker).await);
    let made = maker.client(nbfc("Sahyadri Capital Finance Limited")).await;
    let asked = maker.patch(&path_of(&made), 1, json!({ "pan": "AAACS1234F" })).await.is(202);
    maker.get(&proposal(&asked.json).1).await.is(200);
    assert_eq!(approve(&checker, &asked).await.is(200).json["state"], "executed");

    let asked = maker.patch(&path_of(&made), 2, json!({ "riskRating": "high" })).await.is(202);
    let fewer = format!("UPDATE custom_roles SET permissions = '{{clients.view}}' WHERE id = {role}");
    app.db.owner_client().await.batch_execute(&fewer).await.unwrap();
    let stale = approve(&checker, &asked).await.is(409).json;
    let why = stale["proposal"]["staleWhy"].as_str().unwrap();
    assert!(why.contains("analyst of alpha may no longer do this: their role, Desk"), "{why}");
    assert_eq!(checker.get(&path_of(&made)).await.json["riskRating"], made["riskRating"]);
}

#[actix_web::test]
async fn a_maker_who_left_leaves_no_change_behind() {
    let app = TestApp::four_eyes().await;
    let (maker, checker) = (app.login(Role::Analyst).await, app.login(Role::Checker).await);
    let made = maker.client(nbfc("Sahyadri Capital Finance Limited")).await;
    let asked = maker.patch(&path_of(&made), 1, json!({ "riskRating": "high" })).await.is(202);
    let gone =
        format!("UPDATE users SET active = false WHERE role = 'analyst' AND tenant_id = {}", app.firms[0]);
    app.db.owner_client().await.batch_execute(&gone).await.unwrap();
    let stale = approve(&checker, &asked).await.is(409).json;
    assert_eq!(stale["proposal"]["staleWhy"], "The person who proposed it no longer works here.");
}

#[actix_web::test]
async fn one_refused_self_approval_is_one_entry_of_the_journal() {
    let app = TestApp::four_eyes().await;
    let officer = app.login(Role::PrincipalOfficer).await;
    let made = officer.client(nbfc("Sahyadri Capital Finance Limited")).await;
    let asked = officer.patch(&path_of(&made), 1, json!({ "riskRating": "high" })).await.is(202);
    let (id, path) = proposal(&asked.json);
    let owner = app.db.owner_client().await;
    let refused = async || {
        let sql = "SELECT action, text FROM journal WHERE action IN ('approvals.refused', 'access.refused') ORDER BY id";
        let rows = owner.query(sql, &[]).await.unwrap();
        rows.iter().map(|row| (row.get(0), row.get(1))).collect::<Vec<(String, String)>>()
    };
    officer.at(Method::POST, &format!("{path}/approve"), 1, json!({})).await.is(403);
    let entries = refused().await;
    assert_eq!(entries.len(), 1, "{entries:?}");
    assert!(entries[0].1.contains("You proposed this"), "{entries:?}");
    let one = json!({ "items": [{ "id": id, "version": 1, "confirmed": true }] });
    let many = officer.post("/api/approvals/approve", one).await.is(200).json;
    assert_eq!(many["done"], 0);
    assert_eq!(refused().await.len(), 2, "one more for one more attempt");
    app.login(Role::Viewer).await.at(Method::POST, &format!("{path}/approve"), 1, json!({})).await.is(403);
    assert_eq!(refused().await.len(), 3);
}

#[actix_web::test]
async fn a_stand_in_approves_alike_changes_together_without_a_right_of_their_own() {
    let app = TestApp::four_eyes().await;
    let (admin, officer) = (app.login(Role::Admin).await, app.login(Role::PrincipalOfficer).await);
    let analyst = app.login(Role::Analyst).await;
    let me = analyst.get("/api/me").await.json["user"]["id"].clone();
    let mut items = Vec::new();
    for name in ["Konkan", "Malwa"] {
        let made = officer.client(nbfc(&format!("{name} Capital Finance Limited"))).await;
        let asked = officer.patch(&path_of(&made), 1, json!({ "riskRating": "high" })).await.is(202);
        items.push(json!({ "id": proposal(&asked.json).0, "version": 1, "confirmed": true }));
    }
    let body = json!({ "items": items });
    analyst.post("/api/approvals/approve", body.clone()).await.is(403);
    let away = json!({ "toId": me, "starts": "2026-11-20", "ends": "2026-11-25" });
    admin.post("/api/approvals/delegations", away).await.is(201);
    assert_eq!(analyst.post("/api/approvals/approve", body).await.is(200).json["done"], 2);
}

#[actix_web::test]
async fn a_circular_that_reaches_other_filings_than_were_shown_is_out_of_date() {
    let app = TestApp::four_eyes().await;
    let (officer, checker) = (app.login(Role::PrincipalOfficer).await, app.login(Role::Checker).await);
    officer.client(nbfc("Sahyadri Capital Finance Limited")).await;
    let circular = json!({
        "regulator": "MCA", "codes": ["MCA-MGT7"], "periodFrom": "2026-03-31", "periodTo": "2026-03-31",
        "effect": "new_date", "newDueOn": "2027-03-31", "circularNo": "Circular 7", "circularOn": "2026-10-20",
        "reason": "Circular received"
    });
    let asked = officer.post("/api/relaxations", circular).await.is(202);
    officer.client(nbfc("Konkan Capital Finance Limited")).await;
    let stale = approve(&checker, &asked).await.is(409).json;
    assert_eq!(stale["code"], "approval.stale");
    let reach = |sight: &Value| {
        let sections = sight["sections"].as_array().unwrap();
        let found = sections.iter().find(|s| s["title"] == "What it reaches").unwrap();
        found["lines"][0]["after"].clone()
    };
    let shown = &stale["proposal"];
    assert_eq!((reach(&shown["sight"]), reach(&shown["staleSight"])), (json!("1"), json!("2")));
    assert_eq!(officer.get("/api/relaxations").await.json["total"], 0, "nothing was carried out");
}

#[actix_web::test]
async fn what_came_back_brings_its_values_to_its_maker_and_to_nobody_else() {
    let app = TestApp::four_eyes().await;
    let (maker, checker) = (app.login(Role::Analyst).await, app.login(Role::Checker).await);
    let made = maker.client(nbfc("Sahyadri Capital Finance Limited")).await;
    let body = json!({ "pan": "AAACS1234F", "riskRating": "high" });
    let asked = maker.patch(&path_of(&made), 1, body).await.is(202);
    let (_, path) = proposal(&asked.json);
    assert_eq!(maker.get(&path).await.json["toCorrect"], Value::Null, "not while it waits");
    let same = asked.json["proposal"]["sight"]["same"].as_array().unwrap();
    assert!(same.contains(&json!({ "label": "Legal name", "value": "Sahyadri Capital Finance Limited" })));
    let why = json!({ "comment": "The card says 9999" });
    checker.at(Method::POST, &format!("{path}/return"), 1, why).await.is(200);
    let held = maker.get(&path).await.is(200).json["toCorrect"].clone();
    assert_eq!(held["command"], "update_client");
    assert_eq!(held["with"]["fields"]["identifiers"]["pan"], "AAACS1234F");
    assert_eq!(held["with"]["fields"]["risk_rating"], "high");
    assert_eq!(checker.get(&path).await.json["toCorrect"], Value::Null);
}

#[actix_web::test]
async fn a_reason_can_be_given_at_every_door_that_may_ask_for_one() {
    let app = TestApp::four_eyes().await;
    let officer = app.login(Role::PrincipalOfficer).await;
    let admin = app.login(Role::Admin).await;
    let strict = json!({ "levels": [{ "roles": ["checker", "admin"] }], "expiresAfterDays": 7, "reasonRequired": true });
    let policy = officer.at(Method::PUT, "/api/approvals/policies/clients.kyc", 0, strict).await.is(202);
    approve(&admin, &policy).await.is(200);
    let made = officer.client(nbfc("Sahyadri Capital Finance Limited")).await;
    let one = format!("{}/registrations/{}", path_of(&made), made["registrations"][0]["id"]);
    let delete =
        async |person: &Person<'_>, path: &str| person.send(person.request(Method::DELETE, path)).await;
    assert!(delete(&officer, &one).await.field("reason").contains("asks for a reason"));
    let said = delete(&officer, &format!("{one}?approvalNote=Surrendered%20on%201%20November")).await.is(202);
    assert_eq!(said.json["proposal"]["reason"], "Surrendered on 1 November");
}

#[actix_web::test]
async fn a_setting_has_no_more_levels_than_the_plan_looks_at() {
    let app = TestApp::new().await;
    let officer = app.login(Role::PrincipalOfficer).await;
    let owner = app.db.owner_client().await;
    let allow = async |levels: i64| {
        let sql = format!(
            "UPDATE tenants SET entitlements = jsonb_set(entitlements, '{{limits,approval_levels}}', '{levels}') WHERE id = {}",
            app.firms[0]
        );
        owner.batch_execute(&sql).await.unwrap();
    };
    let path = "/api/approvals/policies/clients.kyc";
    let wish = |roles: &[&str]| {
        let levels: Vec<Value> = roles.iter().map(|role| json!({ "roles": [role] })).collect();
        json!({ "levels": levels, "expiresAfterDays": 7 })
    };
    allow(2).await;
    assert_eq!(officer.get("/api/approvals/policies").await.json["mostLevels"], 2);
    let three = wish(&["checker", "principal_officer", "admin"]);
    let refused = officer.at(Method::PUT, path, 1, three.clone()).await;
    assert_eq!(
        (refused.status, &refused.json["feature"]),
        (402, &json!("approval_levels")),
        "{}",
        refused.text
    );
    officer.at(Method::PUT, path, 1, wish(&["checker", "admin"])).await.is(200);
    allow(-1).await;
    officer.at(Method::PUT, path, 2, three).await.is(200);
    let made = officer.client(nbfc("Sahyadri Capital Finance Limited")).await;
    let asked = officer.patch(&path_of(&made), 1, json!({ "riskRating": "high" })).await.is(202).json;
    assert_eq!(asked["proposal"]["signOff"].as_array().unwrap().len(), 3);
    allow(0).await;
    let other = officer.client(nbfc("Konkan Capital Finance Limited")).await;
    officer.patch(&path_of(&other), 1, json!({ "riskRating": "high" })).await.is(200);
}
