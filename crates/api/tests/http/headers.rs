//! What browsers are told, on every kind of answer, and what other sites' scripts may do.

use crate::support::{Answer, TestApp, email};
use actix_web::http::Method;
use actix_web::test::TestRequest;
use api::config::ServerConfig;
use kernel::Role;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// One answer of each kind.
async fn kinds(change: impl FnOnce(&mut ServerConfig)) -> Vec<(&'static str, Answer)> {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let home = std::env::temp_dir().join(format!("zippcrm-headers-{}-{number}", std::process::id()));
    std::fs::create_dir_all(home.join("assets")).unwrap();
    std::fs::write(home.join("index.html"), "<!doctype html><title>ZippCRM</title>").unwrap();
    std::fs::write(home.join("assets/app.js"), "export {}").unwrap();
    let web = home.clone();
    let app = TestApp::with(|config| {
        config.web_dir = Some(web);
        change(config);
    })
    .await;
    let person = app.login(Role::Analyst).await;
    let away =
        person.request(Method::POST, "/api/auth/logout").insert_header(("sec-fetch-site", "cross-site"));
    let answers = vec![
        ("a page", app.get("/filings").await.is(200)),
        ("a script", app.get("/assets/app.js").await.is(200)),
        ("a missing file", app.get("/assets/gone.js").await.is(404)),
        ("JSON", person.get("/api/me").await.is(200)),
        ("a download", person.get("/api/clients/export?format=csv").await.is(200)),
        ("not signed in", app.get("/api/me").await.is(401)),
        ("from another site", person.send(away).await.is(403)),
        ("an unknown operation", person.get("/api/nothing").await.is(404)),
        ("unreadable", app.send(TestRequest::post().uri("/api/auth/login").set_payload("{")).await.is(400)),
        ("wrong fields", person.post("/api/clients", json!({})).await.is(422)),
        ("the API's description", app.get("/api/openapi.json").await.is(200)),
        ("its page", app.get("/api/docs/").await.is(200)),
        ("metrics", app.get("/metrics").await.is(200)),
    ];
    std::fs::remove_dir_all(home).unwrap();
    answers
}

#[actix_web::test]
async fn every_kind_of_answer_carries_the_headers() {
    for (kind, answer) in kinds(|_| {}).await {
        let policy = answer.header("content-security-policy");
        let scripts =
            policy.split(';').find(|part| part.trim().starts_with("script-src")).unwrap_or_default();
        assert_eq!(scripts.trim(), "script-src 'self'", "{kind}");
        for part in ["default-src 'self'", "object-src 'none'", "base-uri 'self'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{kind}: {part}");
        }
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{kind}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{kind}");
        assert_eq!(answer.header("referrer-policy"), "strict-origin-when-cross-origin", "{kind}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{kind}");
        assert_eq!(answer.header("x-request-id").len(), 16, "{kind}");
        assert_eq!(answer.header("strict-transport-security"), "", "{kind}: development has no HTTPS");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{kind}");
    }
}

#[actix_web::test]
async fn production_asks_for_https_on_every_kind() {
    for (kind, answer) in kinds(|config| config.production = true).await {
        assert!(answer.header("strict-transport-security").contains("max-age=31536000"), "{kind}");
    }
}

#[actix_web::test]
async fn answers_of_the_api_are_kept_by_nobody() {
    for (kind, answer) in kinds(|_| {}).await {
        let cache = answer.header("cache-control");
        match kind {
            "a page" => assert_eq!(cache, "no-cache"),
            "a script" => assert_eq!(cache, "public, max-age=31536000, immutable"),
            "JSON" | "a download" | "not signed in" | "wrong fields" => {
                assert_eq!(cache, "no-store", "{kind}")
            }
            _ => {}
        }
    }
}

const PORTAL: &str = "https://portal.example";

fn preflight(origin: &str) -> TestRequest {
    TestRequest::with_uri("/api/clients")
        .method(Method::OPTIONS)
        .insert_header(("origin", origin))
        .insert_header(("access-control-request-method", "POST"))
        .insert_header(("access-control-request-headers", "authorization,content-type"))
}

/// No header lets a script read this.
fn closed(answer: &Answer) {
    let open = answer.headers.keys().find(|name| name.as_str().starts_with("access-control-"));
    assert_eq!(open, None, "{}", answer.text);
}

#[actix_web::test]
async fn other_sites_are_shut_out_unless_named() {
    let app = TestApp::new().await;
    closed(&app.send(preflight(PORTAL)).await);
    let person = app.login(Role::Analyst).await;
    let asked = person.request(Method::GET, "/api/me").insert_header(("origin", PORTAL));
    closed(&person.send(asked).await.is(200));
}

#[actix_web::test]
async fn a_named_site_reads_with_a_key_and_never_with_a_cookie() {
    let app = TestApp::with(|config| config.cors_origins = Arc::new([PORTAL.to_owned()])).await;
    let may = app.send(preflight(PORTAL)).await.is(204);
    assert_eq!(may.header("access-control-allow-origin"), PORTAL);
    assert!(may.header("access-control-allow-methods").contains("POST"));
    for name in ["authorization", "content-type", "if-match", "idempotency-key"] {
        assert!(may.header("access-control-allow-headers").contains(name), "{name}");
    }
    assert_eq!(may.header("access-control-allow-credentials"), "", "cookies stay out of it");
    assert_eq!(may.header("vary"), "Origin");
    for stranger in
        ["https://portal.example.evil.example", "http://portal.example", "null", "https://evil.example"]
    {
        closed(&app.send(preflight(stranger)).await);
    }
    let admin = app.login(Role::Admin).await;
    let body = json!({ "name": "Portal", "permissions": ["clients.view"], "expiresOn": "2026-12-31" });
    let key = admin.post("/api/api-keys", body).await;
    let key = key.json["key"].as_str().map(str::to_owned).unwrap_or_else(|| panic!("{}", key.text));
    let asked = |origin: &str, bearer: &str| {
        TestRequest::get()
            .uri("/api/clients")
            .insert_header(("origin", origin.to_owned()))
            .insert_header(("sec-fetch-site", "cross-site"))
            .insert_header(("authorization", format!("Bearer {bearer}")))
    };
    let read = app.send(asked(PORTAL, &key)).await.is(200);
    assert_eq!(read.header("access-control-allow-origin"), PORTAL);
    assert!(read.header("access-control-expose-headers").contains("x-request-id"));
    assert!(read.header("vary").contains("Origin") || read.headers.get_all("vary").any(|v| v == "Origin"));
    // Refusals can be read as well, or a script could not say what is wrong.
    assert_eq!(
        app.send(asked(PORTAL, "zk_1_no")).await.is(401).header("access-control-allow-origin"),
        PORTAL
    );
    closed(&app.send(asked("https://evil.example", &key)).await.is(200));
    // The cross-site rule stands: a cookie from the named site changes nothing.
    let change = admin.request(Method::POST, "/api/auth/logout").insert_header(("origin", PORTAL));
    assert_eq!(admin.send(change).await.is(403).json["code"], "request.cross_site");
    app.try_login(&email("alpha", Role::Analyst), "wrong").await.is(401);
}
