//! Who may do what, under four eyes: giving waits, taking away does not, and the last approval checks everything again.

use crate::approvals::proposal;
use crate::guarded_rules::approve;
use crate::support::{Answer, Person, TestApp, email};
use actix_web::http::Method;
use kernel::Role;
use serde_json::{Value, json};

const INVITATIONS: &str = "/api/users/invitations";

fn guest(email: &str) -> Value {
    json!({ "email": email, "displayName": "Meera Joshi", "role": "analyst", "approvalNote": "Starts on Monday" })
}

async fn member(person: &Person<'_>, email: &str) -> Value {
    let team = person.get("/api/team").await.is(200).json;
    let found = team["members"].as_array().unwrap().iter().find(|m| m["email"] == email);
    found.unwrap_or_else(|| panic!("{email} is not in the team")).clone()
}

async fn of(person: &Person<'_>, role: Role) -> (i64, i64) {
    let found = member(person, &email("alpha", role)).await;
    (found["id"].as_i64().unwrap(), found["version"].as_i64().unwrap())
}

/// Every operation that gives access, as somebody in a firm with the standard policies meets it.
pub async fn all(maker: &Person<'_>, checker: &Person<'_>) -> Vec<(&'static str, Answer)> {
    let invite = maker.post(INVITATIONS, guest("meera@alpha.example")).await;
    let (analyst, version) = of(maker, Role::Analyst).await;
    let path = format!("/api/users/{analyst}");
    let change = maker.patch(&path, version, json!({ "role": "checker" })).await;
    let (viewer, version) = of(maker, Role::Viewer).await;
    let path = format!("/api/users/{viewer}");
    maker
        .at(Method::POST, &format!("{path}/deactivate"), version, json!({ "reassignTo": null }))
        .await
        .is(200);
    let back = maker.at(Method::POST, &format!("{path}/reactivate"), version + 1, json!(null)).await;
    let desk = json!({ "name": "Reading desk", "permissions": ["clients.view"] });
    let create = maker.post("/api/roles", desk).await;
    approve(checker, &create).await.is(200);
    let roles = maker.get("/api/roles").await.is(200).json;
    let role = roles["items"].as_array().unwrap().iter().find(|r| r["name"] == "Reading desk").unwrap();
    let wider = json!({ "name": "Reading desk", "permissions": ["clients.view", "filings.view"] });
    let update = maker.patch(&format!("/api/roles/{}", role["id"]), 1, wider).await;
    let sign_in = maker.put("/api/settings/sign-in", json!({ "requireTotp": true })).await;
    vec![
        ("invite_user", invite),
        ("change_user_role", change),
        ("reactivate_user", back),
        ("create_role", create),
        ("update_role", update),
        ("set_sign_in", sign_in),
    ]
}

#[actix_web::test]
async fn an_invitation_goes_out_when_it_is_approved_and_not_before() {
    let app = TestApp::four_eyes().await;
    let (admin, officer) = (app.login(Role::Admin).await, app.login(Role::PrincipalOfficer).await);
    let asked = admin.post(INVITATIONS, guest(" Meera@Alpha.example ")).await.is(202);
    let owner = app.db.owner_client().await;
    let mails =
        async || -> i64 { owner.query_one("SELECT count(*) FROM email_outbox", &[]).await.unwrap().get(0) };
    assert_eq!(mails().await, 0);
    assert_eq!(admin.get("/api/team").await.json["invitations"], json!([]));
    let shown = officer.get(&proposal(&asked.json).1).await.is(200).json;
    assert_eq!((&shown["about"], &shown["reason"]), (&json!("Meera Joshi"), &json!("Starts on Monday")));
    assert!(shown["sight"]["effects"][0].as_str().unwrap().contains("seats"), "{shown}");
    let twice = admin.post(INVITATIONS, guest("meera@alpha.example")).await.is(409);
    assert_eq!(twice.json["code"], "approval.pending");
    approve(&officer, &asked).await.is(200);
    assert_eq!(mails().await, 1, "the link is made and sent at the last approval");
    let body: String = owner.query_one("SELECT body FROM email_outbox", &[]).await.unwrap().get(0);
    assert!(body.starts_with("Hello Meera Joshi") && body.contains("admin of alpha invites you"), "{body}");
    let kept: String =
        owner.query_one("SELECT string_agg(p::text, '') FROM proposals p", &[]).await.unwrap().get(0);
    assert!(!kept.contains("token="), "no link is kept with the proposal");
    let invitation = admin.get("/api/team").await.json["invitations"][0].clone();
    let link =
        admin.post(&format!("{INVITATIONS}/{}/link", invitation["id"]), json!(null)).await.is(200).json;
    let token = link["link"].as_str().unwrap().split_once("token=").unwrap().1;
    let accept =
        json!({ "token": token, "displayName": "Meera Joshi", "password": "lantern under the banyan" });
    app.post("/api/auth/accept-invitation", accept).await.is(204);
    assert_eq!(member(&admin, "meera@alpha.example").await["role"], "analyst");
}

#[actix_web::test]
async fn a_role_comes_with_approval_and_goes_with_it_and_the_words_say_what_changes() {
    let app = TestApp::four_eyes().await;
    let (admin, officer) = (app.login(Role::Admin).await, app.login(Role::PrincipalOfficer).await);
    let (analyst, version) = of(&admin, Role::Analyst).await;
    let path = format!("/api/users/{analyst}");
    let asked = admin.patch(&path, version, json!({ "role": "checker" })).await.is(202);
    let shown = officer.get(&proposal(&asked.json).1).await.is(200).json;
    let lines = &shown["sight"]["sections"][0]["lines"];
    assert_eq!(lines[0], json!({ "label": "Role", "before": "Analyst", "after": "Checker" }));
    assert!(lines[1]["after"].as_str().unwrap().contains("Approve, reject and send back"), "{lines}");
    assert_eq!(app.login(Role::Analyst).await.get("/api/me").await.json["user"]["role"], "analyst");
    let checker = app.login(Role::Checker).await;
    let (_, own) = proposal(&asked.json);
    let refused = checker.at(Method::POST, &format!("{own}/approve"), 1, json!({})).await.is(403);
    assert_eq!(refused.json["code"], "approval.not_named", "a checker does not decide about access");
    approve(&officer, &asked).await.is(200);
    assert_eq!(app.login(Role::Analyst).await.get("/api/me").await.json["user"]["role"], "checker");
    let same = admin.patch(&path, version + 1, json!({ "role": "checker" })).await;
    assert_eq!(same.status, 204, "nothing changes, so nobody is asked");
}

#[actix_web::test]
async fn seats_rights_and_the_last_administrator_are_looked_at_again_at_the_last_approval() {
    let app = TestApp::four_eyes().await;
    let (admin, officer) = (app.login(Role::Admin).await, app.login(Role::PrincipalOfficer).await);
    let owner = app.db.owner_client().await;
    let sql = |text: &str| format!("{text} AND tenant_id = {}", app.firms[0]);
    let why = |answer: &Answer| answer.json["proposal"]["staleWhy"].as_str().unwrap().to_owned();

    let invite = admin.post(INVITATIONS, guest("meera@alpha.example")).await.is(202);
    let seats = format!(
        "UPDATE tenants SET entitlements = jsonb_set(entitlements, '{{limits,users}}', '5') WHERE id = {}",
        app.firms[0]
    );
    owner.batch_execute(&seats).await.unwrap();
    let full = approve(&officer, &invite).await.is(409);
    assert!(why(&full).contains("no longer be done"), "{}", why(&full));

    // The checker becomes an administrator, and is to be made an analyst when nobody else is one any more.
    owner.batch_execute(&sql("UPDATE users SET role = 'admin' WHERE role = 'checker'")).await.unwrap();
    let other = member(&admin, &email("alpha", Role::Checker)).await;
    let path = format!("/api/users/{}", other["id"]);
    let version = other["version"].as_i64().unwrap();
    let down = admin.patch(&path, version, json!({ "role": "analyst" })).await.is(202);
    let custom = "UPDATE users SET active = false WHERE email LIKE 'admin@%'";
    owner.batch_execute(&sql(custom)).await.unwrap();
    let left = approve(&officer, &down).await.is(409);
    assert_eq!(why(&left), "The person who proposed it no longer works here.");
    owner.batch_execute(&sql("UPDATE users SET active = true WHERE email LIKE 'admin@%'")).await.unwrap();
    let admin = app.login(Role::Admin).await;
    let down = admin.patch(&path, version, json!({ "role": "analyst" })).await.is(202);
    owner.batch_execute(&sql("UPDATE users SET role = 'viewer' WHERE email LIKE 'admin@%'")).await.unwrap();
    let lost = approve(&officer, &down).await.is(409);
    assert!(
        why(&lost).contains("admin of alpha may no longer do this: their role, viewer"),
        "{}",
        why(&lost)
    );
    assert_eq!(app.login(Role::Checker).await.get("/api/me").await.json["user"]["role"], "admin");
}

#[actix_web::test]
async fn taking_access_away_works_at_once() {
    let app = TestApp::four_eyes().await;
    let admin = app.login(Role::Admin).await;
    let analyst = app.login(Role::Analyst).await;
    let (id, version) = of(&admin, Role::Analyst).await;
    let path = format!("/api/users/{id}/deactivate");
    admin.at(Method::POST, &path, version, json!({ "reassignTo": null })).await.is(200);
    analyst.get("/api/me").await.is(401);
}
