//! Keys for programs.

use crate::operations::{PUBLIC, populate, samples};
use crate::support::{Answer, NOW, Person, TestApp, nbfc};
use actix_web::http::Method;
use actix_web::test::TestRequest;
use kernel::Role;
use serde_json::{Value, json};
use std::num::NonZeroU32;
use time::Duration;

async fn key(person: &Person<'_>, permissions: &[&str]) -> (i64, String) {
    let body = json!({ "name": "Export", "permissions": permissions, "expiresOn": "2026-12-31" });
    let made = person.post("/api/api-keys", body).await.is(201);
    (made.id(), made.json["key"].as_str().unwrap().to_owned())
}

async fn with(app: &TestApp, key: &str, method: Method, path: &str, body: Option<Value>) -> Answer {
    let mut request =
        TestRequest::with_uri(path).method(method).insert_header(("authorization", format!("Bearer {key}")));
    if let Some(body) = body {
        request = request.set_json(body);
    }
    app.send(request).await
}

async fn get(app: &TestApp, key: &str, path: &str) -> Answer {
    with(app, key, Method::GET, path, None).await
}

async fn plan(app: &TestApp, features: &str) {
    let sql =
        format!("UPDATE tenants SET entitlements = jsonb_set(entitlements, '{{features}}', '{features}')");
    app.db.owner_client().await.batch_execute(&sql).await.unwrap();
}

#[actix_web::test]
async fn a_key_does_what_it_lists_until_it_is_revoked() {
    let app = TestApp::new().await;
    let admin = app.login(Role::Admin).await;
    let (id, secret) = key(&admin, &["clients.view", "clients.edit"]).await;
    assert!(secret.starts_with(&format!("zk_{}_", app.firms[0])));
    let made = with(&app, &secret, Method::POST, "/api/clients", Some(nbfc("By key Limited"))).await.is(201);
    let path = format!("/api/clients/{}", made.id());
    get(&app, &secret, &path).await.is(200);
    let timeline = admin.get(&format!("{path}/timeline")).await.is(200).text;
    assert!(timeline.contains("admin of alpha (key Export)"), "the journal names the key: {timeline}");
    assert_eq!(get(&app, &secret, "/api/return-filings").await.is(403).json["permission"], "filings.view");
    let listed = admin.get("/api/api-keys").await.is(200).json["items"][0].clone();
    assert_eq!((&listed["status"], &listed["ownerName"]), (&json!("active"), &json!("admin of alpha")));
    assert!(listed["lastUsedAt"].is_string());
    assert!(secret.starts_with(listed["prefix"].as_str().unwrap()));
    assert!(!listed.to_string().contains(&secret), "shown once");
    admin.delete(&format!("/api/api-keys/{id}"), json!(null)).await.is(204);
    get(&app, &secret, &path).await.is(401);
    admin.delete(&format!("/api/api-keys/{id}"), json!(null)).await.is(404);
    let owner = app.db.owner_client().await;
    for table in ["api_keys", "journal", "idempotency_keys"] {
        let sql = format!("SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t");
        let all: String = owner.query_one(&sql, &[]).await.unwrap().get(0);
        assert!(!all.contains(&secret[12..40]), "{table} holds the key in clear");
    }
}

#[actix_web::test]
async fn a_key_ends_with_its_day_its_owner_its_owners_rights_and_the_plan() {
    let app = TestApp::new().await;
    let admin = app.login(Role::Admin).await;
    let owner = app.db.owner_client().await;
    let (_, secret) = key(&admin, &["clients.view", "clients.export"]).await;
    let export = "/api/clients/export?format=csv";
    get(&app, &secret, export).await.is(200);
    let made = json!({ "name": "Small desk", "permissions": ["clients.view", "api_keys.manage"] });
    let role = admin.post("/api/roles", made).await.is(201).id();
    let sql = format!(
        "UPDATE users SET role = 'custom', custom_role_id = {role} WHERE role = 'admin' AND tenant_id = {}",
        app.firms[0]
    );
    owner.batch_execute(&sql).await.unwrap();
    assert_eq!(get(&app, &secret, export).await.is(403).json["permission"], "clients.export");
    get(&app, &secret, "/api/clients").await.is(200);
    plan(&app, "[]").await;
    let unpaid = get(&app, &secret, "/api/clients").await.is(402);
    assert_eq!(unpaid.json["feature"], "api_access");
    let body = json!({ "name": "More", "permissions": ["clients.view"], "expiresOn": "2026-12-31" });
    admin.post("/api/api-keys", body).await.is(402);
    plan(&app, "[\"api_access\"]").await;
    get(&app, &secret, "/api/clients").await.is(200);
    // 31 December 2026 is its last day in India.
    app.clock.set(time::macros::datetime!(2026-12-31 18:29:59 UTC));
    get(&app, &secret, "/api/clients").await.is(200);
    app.clock.set(time::macros::datetime!(2026-12-31 18:30 UTC));
    get(&app, &secret, "/api/clients").await.is(401);
    app.clock.set(NOW);
    owner.batch_execute("UPDATE users SET active = false WHERE role = 'custom'").await.unwrap();
    get(&app, &secret, "/api/clients").await.is(401);
}

#[actix_web::test]
async fn nobody_makes_a_key_that_may_more_than_they_and_no_key_makes_another() {
    let app = TestApp::new().await;
    let admin = app.login(Role::Admin).await;
    app.login(Role::PrincipalOfficer).await.get("/api/api-keys").await.is(403);
    let body = |day: &str, permissions: &[&str]| json!({ "name": "K", "permissions": permissions, "expiresOn": day });
    let path = "/api/api-keys";
    for day in ["2026-11-20", "2027-11-30", "soon"] {
        admin.post(path, body(day, &["clients.view"])).await.field("expiresOn");
    }
    admin.post(path, body("2026-12-31", &[])).await.field("permissions");
    admin.post(path, body("2026-12-31", &["fly"])).await.field("permissions");
    let (_, strong) = key(&admin, &["api_keys.manage", "users.manage", "clients.view"]).await;
    let again = with(&app, &strong, Method::POST, path, Some(body("2026-12-31", &["clients.view"]))).await;
    assert_eq!(again.is(403).json["code"], "auth.session_needed");
    for (method, path) in [
        (Method::POST, "/api/auth/logout"),
        (Method::GET, "/api/auth/sessions"),
        (Method::POST, "/api/auth/totp/enrol"),
    ] {
        let answer = with(&app, &strong, method, path, Some(json!({}))).await.is(403);
        assert_eq!(answer.json["code"], "auth.session_needed", "{path}");
    }
}

#[actix_web::test]
async fn a_key_opens_every_operation_that_its_permissions_open() {
    let app = TestApp::new().await;
    let admin = app.login(Role::Admin).await;
    let ids = populate(&admin).await;
    let all: Vec<&str> = kernel::Permission::ALL.iter().map(|p| p.as_str()).collect();
    let (_, secret) = key(&admin, &all).await;
    for sample in samples(&ids).into_iter().filter(|s| !s.mutates() && !PUBLIC.contains(&s.operation)) {
        let answer = get(&app, &secret, &sample.path).await;
        let session_only = sample.operation == "list_sessions";
        assert_eq!(
            answer.status,
            if session_only { 403 } else { 200 },
            "{}: {}",
            sample.operation,
            answer.text
        );
    }
    for wrong in ["", "zk_1_abc", &secret[..secret.len() - 1], &secret.replacen("zk_", "zx_", 1)] {
        get(&app, wrong, "/api/clients").await.is(401);
    }
    // A wrong key is not saved by a good cookie beside it.
    let both = admin.request(Method::GET, "/api/clients").insert_header(("authorization", "Bearer zk_1_abc"));
    admin.send(both).await.is(401);
}

#[actix_web::test]
async fn keys_have_their_own_budget_and_made_up_ones_none() {
    let app = TestApp::with(|config| config.limit_general = NonZeroU32::new(20).unwrap()).await;
    let admin = app.login(Role::Admin).await;
    let (_, secret) = key(&admin, &["clients.view"]).await;
    for _ in 0..20 {
        get(&app, &secret, "/api/clients").await.is(200);
    }
    get(&app, &secret, "/api/clients").await.is(429);
    admin.get("/api/clients").await.is(200);
    let mut refused = 0;
    for n in 0..40 {
        let made_up = format!("zk_1_{}", format!("{n}").repeat(80));
        refused += usize::from(get(&app, &made_up, "/api/clients").await.status == 429);
    }
    assert!(refused >= 20, "made-up keys share the budget of their address: {refused}");
    app.clock.set(NOW + Duration::minutes(1));
}
