//! A key for programs under four eyes: nothing that waits or is kept opens anything, and its secret is collected once.

use crate::approvals::proposal;
use crate::guarded_rules::approve;
use crate::support::{Answer, NOW, Person, TestApp};
use actix_web::http::Method;
use actix_web::test::TestRequest;
use kernel::Role;
use serde_json::{Value, json};
use time::Duration;

const KEYS: &str = "/api/api-keys";

fn wish() -> Value {
    json!({ "name": "Accounting export", "permissions": ["clients.view"], "expiresOn": "2026-12-31" })
}

async fn first(person: &Person<'_>) -> Value {
    person.get(KEYS).await.is(200).json["items"][0].clone()
}

async fn with(app: &TestApp, key: &str) -> Answer {
    let request = TestRequest::with_uri("/api/clients").method(Method::GET);
    app.send(request.insert_header(("authorization", format!("Bearer {key}")))).await
}

#[actix_web::test]
async fn a_key_is_approved_without_a_secret_and_collected_once_by_its_maker() {
    let app = TestApp::four_eyes().await;
    let (admin, officer) = (app.login(Role::Admin).await, app.login(Role::PrincipalOfficer).await);
    let asked = admin.post(KEYS, wish()).await.is(202);
    assert_eq!(admin.get(KEYS).await.json["items"], json!([]), "there is no key yet");
    let shown = officer.get(&proposal(&asked.json).1).await.is(200).json;
    assert_eq!(shown["sight"]["sections"][0]["lines"][1]["after"], "admin of alpha");
    approve(&officer, &asked).await.is(200);
    let key = first(&admin).await;
    assert_eq!((&key["status"], &key["prefix"]), (&json!("to_collect"), &json!("")));
    assert!(key["collectUntil"].is_string());
    let path = format!("{KEYS}/{}/secret", key["id"]);
    officer.post(&path, json!({})).await.is(403);
    // Another administrator manages keys, and this one is not theirs.
    let owner = app.db.owner_client().await;
    owner.batch_execute("UPDATE users SET role = 'admin' WHERE role = 'principal_officer'").await.unwrap();
    owner
        .batch_execute(
            "UPDATE users o SET totp_secret = a.totp_secret, totp_since = a.totp_since FROM users a \
             WHERE a.tenant_id = o.tenant_id AND a.email LIKE 'admin@%' AND o.email LIKE 'principal_officer@%'",
        )
        .await
        .unwrap();
    officer.post(&path, json!({})).await.is(404);
    assert_eq!(first(&officer).await["collectUntil"], Value::Null);

    let secret = admin.post(&path, json!({})).await.is(200).json["key"].as_str().unwrap().to_owned();
    with(&app, &secret).await.is(200);
    assert_eq!(first(&admin).await["status"], "active");
    admin.post(&path, json!({})).await.is(404);
    for table in ["api_keys", "journal", "proposals", "proposal_decisions", "idempotency_keys"] {
        let sql = format!("SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t");
        let all: String = owner.query_one(&sql, &[]).await.unwrap().get(0);
        assert!(!all.contains(&secret[12..40]), "{table} holds the key in clear");
    }
}

#[actix_web::test]
async fn what_nobody_collects_in_seven_days_lapses_and_what_is_revoked_is_not_collected() {
    let app = TestApp::four_eyes().await;
    let (admin, officer) = (app.login(Role::Admin).await, app.login(Role::PrincipalOfficer).await);
    let asked = admin.post(KEYS, wish()).await.is(202);
    approve(&officer, &asked).await.is(200);
    let path = format!("{KEYS}/{}", first(&admin).await["id"]);
    admin.delete(&path, json!(null)).await.is(204);
    admin.post(&format!("{path}/secret"), json!({})).await.is(404);
    let asked = admin.post(KEYS, wish()).await.is(202);
    approve(&officer, &asked).await.is(200);
    let path = format!("{KEYS}/{}/secret", first(&admin).await["id"]);
    app.clock.set(NOW + Duration::days(7));
    let admin = app.login(Role::Admin).await;
    admin.post(&path, json!({})).await.is(404);
    assert_eq!(first(&admin).await["status"], "expired");
}
