//! Rate limits.

use crate::support::{PASSWORD, TestApp, email};
use actix_web::test::TestRequest;
use adapter_redis::RedisThrottle;
use identity::throttle::InProcess;
use kernel::Role;
use serde_json::json;
use std::num::NonZeroU32;
use std::sync::Arc;
use testkit::RedisServer;

fn login(forwarded: &str) -> TestRequest {
    TestRequest::post()
        .uri("/api/auth/login")
        .insert_header(("x-forwarded-for", forwarded))
        .set_json(json!({ "email": format!("{forwarded}@nowhere.example"), "password": PASSWORD }))
}

#[actix_web::test]
async fn the_sixth_sign_in_in_a_minute_waits() {
    let app = TestApp::with(|config| config.limit_sign_in = NonZeroU32::new(5).unwrap()).await;
    for n in 0..5 {
        // A header of the caller's own making gives no fresh budget.
        app.send(login(&format!("203.0.113.{n}"))).await.is(401);
    }
    let answer = app.send(login("203.0.113.99")).await.is(429);
    let wait: u64 = answer.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(answer.json["code"], "rate_limited");
    assert_eq!(answer.json["requestId"], answer.header("x-request-id"));
    app.post("/api/auth/forgot-password", json!({ "email": "a@b.example" })).await.is(429);
    app.get("/api/health/live").await.is(200);
}

#[actix_web::test]
async fn behind_a_known_proxy_each_address_has_its_own_budget() {
    let app = TestApp::with(|config| {
        config.limit_sign_in = NonZeroU32::new(1).unwrap();
        config.trusted_proxies = vec![[127, 0, 0, 1].into()];
    })
    .await;
    app.send(login("203.0.113.1")).await.is(401);
    app.send(login("203.0.113.1")).await.is(429);
    app.send(login("203.0.113.2")).await.is(401);
    app.send(login("203.0.113.2, 203.0.113.1")).await.is(429);
}

#[actix_web::test]
async fn signed_in_people_behind_one_address_do_not_lock_each_other_out() {
    let app = TestApp::with(|config| config.limit_general = NonZeroU32::new(10).unwrap()).await;
    let (one, two) = (app.login(Role::Analyst).await, app.login(Role::Checker).await);
    for _ in 0..10 {
        one.get("/api/me").await.is(200);
    }
    one.get("/api/me").await.is(429);
    two.get("/api/me").await.is(200);
}

/// The counts of one replica.
fn shared(server: &RedisServer) -> Arc<RedisThrottle> {
    let own = Arc::new(InProcess::default());
    let counts = RedisThrottle::new(&server.url(), "a secret", own).unwrap();
    Arc::new(counts.patient(std::time::Duration::from_secs(30)))
}

#[actix_web::test]
async fn replicas_on_one_redis_share_the_budgets() {
    let server = RedisServer::start();
    let counts = || shared(&server);
    let few = |config: &mut api::config::ServerConfig| config.limit_sign_in = NonZeroU32::new(5).unwrap();
    let (one, two) = (TestApp::counting(few, counts()).await, TestApp::counting(few, counts()).await);
    for (n, replica) in [&one, &two, &one, &two, &one].into_iter().enumerate() {
        replica.send(login(&format!("203.0.113.{n}"))).await.is(401);
    }
    for replica in [&one, &two] {
        assert_eq!(replica.send(login("203.0.113.9")).await.is(429).header("retry-after"), "12");
    }
}

#[actix_web::test]
async fn wrong_passwords_at_one_replica_count_at_the_other() {
    let server = RedisServer::start();
    let counts = || shared(&server);
    let (one, two) = (TestApp::counting(|_| {}, counts()).await, TestApp::counting(|_| {}, counts()).await);
    let address = email("alpha", Role::Analyst);
    for replica in [&one, &two, &one] {
        replica.try_login(&address, "wrong").await.is(401);
    }
    assert_eq!(two.try_login(&address, PASSWORD).await.is(429).header("retry-after"), "5");
}
