//! Health, headers, request ids, unreadable requests, repeated requests.

use crate::support::{TestApp, nbfc};
use actix_web::http::Method;
use kernel::Role;
use serde_json::json;
use std::sync::atomic::Ordering;

#[actix_web::test]
async fn ready_only_after_the_migrations() {
    let app = TestApp::new().await;
    app.state.ready.store(false, Ordering::Release);
    app.get("/api/health/live").await.is(200);
    assert_eq!(app.get("/api/health/ready").await.is(503).json["code"], "starting");
    app.state.ready.store(true, Ordering::Release);
    assert_eq!(app.get("/api/health/ready").await.is(200).json["status"], "ok");
}

#[actix_web::test]
async fn every_answer_carries_its_id_and_the_guarding_headers() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let answers = [
        person.get("/api/me").await.is(200),
        app.get("/api/me").await.is(401),
        person.get("/api/nothing-here").await.is(404),
        person.get("/api/clients/x").await.is(404),
        person.post("/api/clients", json!({})).await.is(422),
        app.get("/nothing").await.is(404),
        app.get("/api/openapi.json").await.is(200),
    ];
    let mut ids = std::collections::BTreeSet::new();
    for answer in &answers {
        assert_eq!(answer.header("x-request-id").len(), 16, "{}", answer.text);
        ids.insert(answer.header("x-request-id").to_owned());
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{}", answer.text);
        }
        assert!(answer.header("content-security-policy").contains("default-src 'self'"));
        if answer.status >= 400 && answer.json.is_object() {
            assert_eq!(answer.json["requestId"], answer.header("x-request-id"));
            assert!(answer.json["error"].as_str().unwrap().len() > 10);
        }
    }
    assert_eq!(ids.len(), answers.len(), "ids repeat");
    assert_eq!(answers[0].header("cache-control"), "no-store");
}

#[actix_web::test]
async fn what_cannot_be_read_is_400_and_what_is_wrong_is_422() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let raw = async |text: &'static str| {
        let request =
            person.request(Method::POST, "/api/clients").insert_header(("content-type", "application/json"));
        person.send(request.set_payload(text)).await
    };
    for broken in
        ["{", "", "{\"clientName\": \"x\", \"entityType\": \"llp\"} trailing", "{\"clientName\": \"x\",}"]
    {
        assert_eq!(raw(broken).await.is(400).json["code"], "request.unreadable", "{broken}");
    }
    let mut body = nbfc("Keyed Finance Limited");
    body["clientNmae"] = json!("x");
    assert!(person.post("/api/clients", body).await.field("clientNmae").contains("unknown field"));
    let typed = person.post("/api/clients", json!({ "clientName": 7, "entityType": "llp" })).await;
    assert!(typed.field("clientName").contains("expected a string"), "{}", typed.text);
    person.post("/api/clients", json!({ "clientName": "No Form Limited" })).await.field("entityType");
    let mut nested = nbfc("Nested Finance Limited");
    nested["registrations"][0]["validFrom"] = json!("01-04-2026");
    person.post("/api/clients", nested).await.field("registrations[0].validFrom");
    for wrong in
        ["perPage=500", "perPage=0", "page=0", "sort=colour", "status=late", "dueFrom=31-12-2026", "fy=2026"]
    {
        let answer = person.get(&format!("/api/return-filings?{wrong}")).await.is(422);
        assert!(!answer.json["fields"].as_object().unwrap().is_empty(), "{wrong}");
    }
    person.get("/api/return-filings?colour=red").await.is(400);
    person.get("/api/return-filings?page=many").await.is(400);
}

#[actix_web::test]
async fn a_nul_is_refused_and_never_a_500() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let id = person.client(nbfc("Nul Finance Limited")).await["id"].as_i64().unwrap();
    let filing = person.filings(id).await[0]["id"].as_i64().unwrap();
    for (field, value) in [
        ("clientName", json!("a\0b")),
        ("notes", json!("\0")),
        ("tags", json!(["a\0"])),
        ("pan", json!("\0")),
    ] {
        let mut body = nbfc("Other Finance Limited");
        body[field] = value;
        person.post("/api/clients", body).await.is(422);
    }
    person.post(&format!("/api/return-filings/{filing}/comments"), json!({ "text": "a\0" })).await.is(422);
    person.post(&format!("/api/return-filings/{filing}/checklist"), json!({ "text": "a\0" })).await.is(422);
    let ack = json!({ "status": "filed", "filedOn": "2026-11-20", "acknowledgementNo": "A\0" });
    person.patch_now(&format!("/api/return-filings/{filing}"), ack).await.field("acknowledgementNo");
    let event = json!({ "kind": "agm_held", "on": "2026-09-28", "note": "\0" });
    person.post(&format!("/api/clients/{id}/events"), event).await.field("note");
    let fact = json!({ "changes": [{ "key": "layer", "value": "ba\0se" }] });
    person.put(&format!("/api/clients/{id}/facts"), fact).await.is(422);
    for path in ["clients?q=%00", "clients?tag=%00", "return-filings?q=a%00b", "return-filings?code=%00"] {
        let status = person.get(&format!("/api/{path}")).await.status;
        assert!(status < 500, "{path}: {status}");
    }
    let path = format!("/api/return-filings/{filing}/checklist/%00");
    let tick = person.request(Method::PATCH, &path).set_json(json!({ "done": true }));
    assert!(person.send(tick).await.status < 500);
    let profile = person.request(Method::PATCH, "/api/me").set_json(json!({ "displayName": "\0" }));
    person.send(profile).await.is(422);
}

#[actix_web::test]
async fn a_repeated_post_acts_once() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let send = async |key: &str, name: &str| {
        let request =
            person.request(Method::POST, "/api/clients").insert_header(("idempotency-key", key.to_owned()));
        person.send(request.set_json(nbfc(name))).await
    };
    let first = send("k1", "Once Finance Limited").await.is(201);
    let again = send("k1", "Once Finance Limited").await.is(201);
    assert_eq!((again.id(), again.header("location")), (first.id(), first.header("location")));
    assert_eq!(again.header("idempotent-replayed"), "true");
    send("k1", "Twice Finance Limited").await.is(422);
    assert_eq!(person.get("/api/clients").await.json["total"], 1);
    send("k2", "Once Finance Limited").await.is(409);
    let long = send(&"k".repeat(201), "Long Finance Limited").await.is(422);
    assert_eq!(long.header("x-request-id").len(), 16, "refused before the handler, yet with its id");
    let stranger = app.login_at("beta", Role::Analyst).await;
    let request = stranger.request(Method::POST, "/api/clients").insert_header(("idempotency-key", "k1"));
    stranger.send(request.set_json(nbfc("Beta Finance Limited"))).await.is(201);
}

#[actix_web::test]
async fn the_document_describes_what_is_served() {
    let app = TestApp::new().await;
    let served = app.get("/api/openapi.json").await.is(200).json;
    assert_eq!(served["paths"], serde_json::to_value(api::openapi()).unwrap()["paths"]);
    assert!(app.get("/api/docs/").await.is(200).text.contains("swagger"));
}

#[actix_web::test]
async fn a_database_that_is_away_is_503_and_comes_back_by_itself() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    person.get("/api/clients").await.is(200);
    app.db.away().await;
    for _ in 0..3 {
        let answer = person.get("/api/clients").await.is(503);
        assert_eq!(
            (answer.json["code"].as_str(), answer.header("retry-after")),
            (Some("database.away"), "5")
        );
        assert_eq!(answer.json["requestId"], answer.header("x-request-id"));
        app.get("/api/health/ready").await.is(503);
        let login = app.try_login("admin@alpha.example", crate::support::PASSWORD).await;
        assert_eq!(login.status, 503, "not a wrong password: {}", login.text);
    }
    app.get("/api/health/live").await.is(200);
    app.db.back().await;
    app.get("/api/health/ready").await.is(200);
    person.get("/api/clients").await.is(200);
}

#[actix_web::test]
async fn of_two_equal_posts_at_once_one_acts() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let send = async || {
        let request = person.request(Method::POST, "/api/clients").insert_header(("idempotency-key", "k1"));
        person.send(request.set_json(nbfc("Once Finance Limited"))).await
    };
    let (a, b) = futures_util::join!(send(), send());
    assert!([a.status, b.status].contains(&201), "{} {}", a.text, b.text);
    assert!([a.status, b.status].iter().all(|s| matches!(s, 201 | 409)), "{} {}", a.text, b.text);
    assert_eq!(person.get("/api/clients").await.json["total"], 1);
}

#[actix_web::test]
async fn a_body_that_is_too_large_is_refused() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let mut body = nbfc("Large Finance Limited");
    body["notes"] = json!("x".repeat(2 * 1024 * 1024));
    assert_eq!(person.post("/api/clients", body).await.is(413).json["code"], "request.too_large");
    let mut long = nbfc("Long Finance Limited");
    long["notes"] = json!("x".repeat(10_001));
    person.post("/api/clients", long).await.field("notes");
    let deep = "[".repeat(100_000);
    let request =
        person.request(Method::POST, "/api/clients").insert_header(("content-type", "application/json"));
    assert!(person.send(request.set_payload(deep)).await.status < 500);
}

#[actix_web::test]
async fn the_web_files_are_served_and_nothing_beside_them() {
    let root = std::env::temp_dir().join(format!("zippcrm-web-{}", std::process::id()));
    let web = root.join("dist");
    std::fs::create_dir_all(web.join("assets")).unwrap();
    std::fs::write(web.join("index.html"), "<title>ZippCRM</title>").unwrap();
    std::fs::write(web.join("assets/app-1.js"), "1").unwrap();
    std::fs::write(root.join("secret.txt"), "hidden").unwrap();
    let app = TestApp::with(|config| config.web_dir = Some(web.clone())).await;
    for page in ["/", "/clients/7", "/filings?status=overdue"] {
        let answer = app.get(page).await.is(200);
        assert!(answer.text.contains("ZippCRM"), "{page}");
        assert_eq!(answer.header("cache-control"), "no-cache");
    }
    assert!(app.get("/assets/app-1.js").await.is(200).header("cache-control").contains("immutable"));
    app.get("/assets/app-2.js").await.is(404);
    assert_eq!(app.get("/api/no-such").await.is(404).json["code"], "not_found");
    for path in [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "//secret.txt",
    ] {
        assert!(!app.get(path).await.text.contains("hidden"), "{path}");
    }
    std::fs::remove_dir_all(root).unwrap();
}

#[actix_web::test]
async fn metrics_are_for_loopback_or_with_the_token() {
    let app = TestApp::with(|config| config.metrics_token = Some("a-metrics-token".into())).await;
    app.get("/metrics").await.is(404);
    let request = |token: &str| {
        let value = format!("Bearer {token}");
        actix_web::test::TestRequest::get().uri("/metrics").insert_header(("authorization", value))
    };
    app.send(request("another")).await.is(404);
    app.send(request("a-metrics-token")).await.is(200);
    let local = TestApp::new().await;
    local.get("/metrics").await.is(200);
}
