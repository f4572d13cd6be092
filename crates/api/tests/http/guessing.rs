//! Wrong passwords and codes cost whoever tries them time, and nobody else.

use crate::second_factor::enrol;
use crate::support::{Answer, KEY, NOW, PASSWORD, TestApp, code, email};
use actix_web::test::TestRequest;
use api::http::limit::{ACCOUNT, CODES, MANY, PLACE};
use kernel::Role;
use serde_json::json;
use time::Duration;

/// An app that believes the address that a test sends.
async fn app() -> TestApp {
    TestApp::with(|config| config.trusted_proxies = vec![[127, 0, 0, 1].into()]).await
}

fn at(place: &str, email: &str, password: &str) -> TestRequest {
    TestRequest::post()
        .uri("/api/auth/login")
        .insert_header(("x-forwarded-for", place))
        .set_json(json!({ "email": email, "password": password }))
}

fn code_at(place: &str, first: &Answer, code: &str) -> TestRequest {
    TestRequest::post()
        .uri("/api/auth/totp")
        .insert_header(("x-forwarded-for", place))
        .set_json(json!({ "challenge": first.json["challenge"], "code": code }))
}

/// What a browser keeps after signing in.
fn device(answer: &Answer) -> (&'static str, String) {
    let all: Vec<&str> = answer.headers.get_all("set-cookie").filter_map(|v| v.to_str().ok()).collect();
    let note = all.iter().find(|text| text.starts_with("known_device=")).expect("a note of the device");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/api/auth"] {
        assert!(note.contains(part), "{part}: {note}");
    }
    ("cookie", note.split(';').next().unwrap().to_owned())
}

const HERE: &str = "203.0.113.9";
const ELSEWHERE: &str = "198.51.100.7";

#[actix_web::test]
async fn waits_grow_with_each_wrong_password_and_are_the_same_for_everybody() {
    let app = app().await;
    let address = email("alpha", Role::Analyst);
    for known in [address.as_str(), "nobody@nowhere.example"] {
        for _ in 0..3 {
            app.send(at(HERE, known, "wrong")).await.is(401);
        }
        // The fourth is not even looked at, also with the right password; known and unknown accounts alike.
        let refused = app.send(at(HERE, known, PASSWORD)).await.is(429);
        assert_eq!(refused.header("retry-after"), "5", "{known}");
        assert_eq!(refused.json["code"], "auth.wait");
        assert_eq!(refused.json["error"], "Too many wrong tries. Wait 5 s before the next one.");
    }
    app.clock.set(NOW + Duration::seconds(5));
    app.send(at(HERE, &address, "wrong")).await.is(401);
    assert_eq!(app.send(at(HERE, &address, PASSWORD)).await.is(429).header("retry-after"), "10");
    app.clock.set(NOW + Duration::seconds(15));
    app.send(at(HERE, &address, PASSWORD)).await.is(200);
    for _ in 0..3 {
        app.send(at(HERE, &address, "wrong")).await.is(401);
    }
}

#[actix_web::test]
async fn whoever_guesses_makes_only_themselves_wait() {
    let app = app().await;
    let address = email("alpha", Role::Analyst);
    let kept = device(&app.send(at(HERE, &address, PASSWORD)).await.is(200));
    for _ in 0..3 {
        app.send(at(HERE, &address, "wrong")).await.is(401);
    }
    app.send(at(HERE, &address, PASSWORD)).await.is(429);
    app.send(at(ELSEWHERE, &address, PASSWORD)).await.is(200);
    // In the same office, behind the same address: the device that the owner used before.
    app.send(at(HERE, &address, PASSWORD).insert_header(kept.clone())).await.is(200);
    app.send(at(HERE, &address, PASSWORD)).await.is(429);
    // Who holds the device is slowed down as well, and only there.
    for _ in 0..3 {
        app.send(at(ELSEWHERE, &address, "wrong").insert_header(kept.clone())).await.is(401);
    }
    app.send(at(ELSEWHERE, &address, PASSWORD).insert_header(kept.clone())).await.is(429);
    app.send(at(ELSEWHERE, &address, PASSWORD)).await.is(200);
    // A note counts for its own account, and only with our signature.
    let other = email("alpha", Role::Checker);
    for _ in 0..3 {
        app.send(at(HERE, &other, "wrong")).await.is(401);
    }
    app.send(at(HERE, &other, PASSWORD).insert_header(kept)).await.is(429);
    app.send(at(HERE, &other, PASSWORD).insert_header(("cookie", "known_device=e30.e30.e30"))).await.is(429);
}

#[actix_web::test]
async fn one_place_that_tries_many_accounts_waits_and_known_devices_there_do_not() {
    let app = app().await;
    let address = email("alpha", Role::Analyst);
    let kept = device(&app.send(at(HERE, &address, PASSWORD)).await.is(200));
    for _ in 0..30 {
        app.state.limits.tries().attempt(PLACE, HERE, NOW).await.unwrap();
    }
    app.send(at(HERE, "somebody@else.example", "wrong")).await.is(429);
    app.send(at(HERE, &address, PASSWORD)).await.is(429);
    app.send(at(HERE, &address, PASSWORD).insert_header(kept)).await.is(200);
    app.send(at(ELSEWHERE, &address, PASSWORD)).await.is(200);
    app.clock.set(NOW + Duration::seconds(5));
    app.send(at(HERE, &address, PASSWORD)).await.is(200);
    // A right one is not counted against the place, but does not clear it either.
    assert_eq!(app.send(at(HERE, &address, PASSWORD)).await.is(429).header("retry-after"), "5");
}

#[actix_web::test]
async fn an_account_that_is_tried_from_everywhere_still_opens_to_its_owner() {
    let app = app().await;
    let address = email("alpha", Role::Analyst);
    for _ in 0..MANY {
        app.state.limits.tries().attempt(ACCOUNT, &app.state.tokens.account(&address), NOW).await.unwrap();
    }
    app.send(at(ELSEWHERE, &address, PASSWORD)).await.is(200);
    // A strange place has one free try instead of three.
    app.send(at(HERE, &address, "wrong")).await.is(401);
    app.send(at(HERE, &address, "wrong")).await.is(429);
    app.clock.set(NOW + Duration::seconds(5));
    app.send(at(HERE, &address, PASSWORD)).await.is(200);
}

#[actix_web::test]
async fn codes_are_guessed_as_slowly_as_passwords() {
    let app = app().await;
    let address = email("alpha", Role::Admin);
    let first = app.send(at(HERE, &address, PASSWORD)).await.is(200);
    for _ in 0..3 {
        app.send(code_at(HERE, &first, "000000")).await.is(401);
    }
    let refused = app.send(code_at(HERE, &first, &code(KEY, NOW))).await.is(429);
    assert_eq!(refused.header("retry-after"), "5");
    // The password again gives no fresh tries.
    let again = app.send(at(HERE, &address, PASSWORD)).await.is(200);
    app.send(code_at(HERE, &again, "000000")).await.is(429);
    // The owner, elsewhere, goes on.
    app.send(code_at(ELSEWHERE, &first, &code(KEY, NOW))).await.is(200);
    let now = NOW + Duration::seconds(5);
    app.clock.set(now);
    app.send(code_at(HERE, &first, "000000")).await.is(401);
    assert_eq!(app.send(code_at(HERE, &first, "000000")).await.is(429).header("retry-after"), "10");
}

#[actix_web::test]
async fn five_wrong_codes_end_a_challenge() {
    let app = app().await;
    let first = app.send(at(HERE, &email("alpha", Role::Admin), PASSWORD)).await.is(200);
    for place in 1..=5 {
        app.send(code_at(&format!("198.51.100.{place}"), &first, "AAAA-BBBB-CCCC")).await.is(401);
    }
    let over = app.send(code_at("198.51.100.99", &first, &code(KEY, NOW))).await.is(410);
    assert_eq!(over.json["code"], "auth.challenge_over");
    app.clock.set(NOW + Duration::seconds(1));
    let again = app.send(at(ELSEWHERE, &email("alpha", Role::Admin), PASSWORD)).await.is(200);
    app.send(code_at(ELSEWHERE, &again, &code(KEY, NOW))).await.is(200);
}

#[actix_web::test]
async fn codes_tried_from_everywhere_do_not_keep_a_known_device_out() {
    let app = app().await;
    let (address, owner) = (email("alpha", Role::Admin), app.db.owner_client().await);
    let first = app.send(at(HERE, &address, PASSWORD)).await.is(200);
    let kept = device(&app.send(code_at(HERE, &first, &code(KEY, NOW))).await.is(200));
    owner.batch_execute("UPDATE users SET totp_step = 0").await.unwrap();
    let mark = app.state.tokens.read_challenge(first.json["challenge"].as_str().unwrap(), NOW).unwrap().mark;
    let count = format!("{}|{mark}", app.state.tokens.account(&address));
    for _ in 0..30 {
        app.state.limits.tries().attempt(CODES, &count, NOW).await.unwrap();
    }
    app.send(code_at(ELSEWHERE, &first, &code(KEY, NOW))).await.is(429);
    app.send(code_at(ELSEWHERE, &first, &code(KEY, NOW)).insert_header(kept)).await.is(200);
}

#[actix_web::test]
async fn a_session_that_guesses_makes_only_itself_wait() {
    let app = app().await;
    let (one, two) = (app.login(Role::Analyst).await, app.login(Role::Analyst).await);
    let change =
        |current: &str| json!({ "currentPassword": current, "newPassword": "ferry across the harbour" });
    let path = "/api/auth/change-password";
    for _ in 0..3 {
        one.post(path, change("wrong")).await.field("currentPassword");
    }
    assert_eq!(one.post(path, change(PASSWORD)).await.is(429).header("retry-after"), "5");
    // A right password with a new one that is refused is no guess.
    let weak = json!({ "currentPassword": PASSWORD, "newPassword": "Password@12345" });
    for _ in 0..5 {
        assert!(two.post(path, weak.clone()).await.field("newPassword").contains("tried first"));
    }
    two.post(path, change(PASSWORD)).await.is(204);
    let (_, codes) = enrol(&app, &two).await;
    let typed = |code: &str| json!({ "code": code });
    for _ in 0..3 {
        two.post("/api/auth/totp/enrol", typed("000000")).await.field("code");
    }
    two.post("/api/auth/totp/enrol", typed(&codes[0])).await.is(429);
    two.post("/api/auth/totp/remove", typed(&codes[0])).await.is(429);
    two.post("/api/auth/totp/recovery-codes", typed("000000")).await.is(429);
    app.clock.set(NOW + Duration::seconds(5));
    two.post("/api/auth/totp/enrol", typed(&codes[0])).await.is(200);
}

#[actix_web::test]
async fn a_mail_box_is_not_flooded_and_a_new_password_ends_the_wait() {
    let app = app().await;
    let address = email("alpha", Role::Analyst);
    let ask = || {
        let request = TestRequest::post().uri("/api/auth/forgot-password");
        request.insert_header(("x-forwarded-for", HERE)).set_json(json!({ "email": address }))
    };
    let first = app.send(ask()).await.is(202);
    for _ in 0..5 {
        assert_eq!(app.send(ask()).await.is(202).json, first.json, "the answer tells nothing");
    }
    let owner = app.db.owner_client().await;
    let rows = owner.query("SELECT body FROM email_outbox ORDER BY id", &[]).await.unwrap();
    assert_eq!(rows.len(), 3, "three an hour");
    for _ in 0..3 {
        app.send(at(HERE, &address, "wrong")).await.is(401);
    }
    app.send(at(HERE, &address, PASSWORD)).await.is(429);
    let body: String = rows[0].get(0);
    let token = body.split_once("token=").and_then(|(_, rest)| rest.split_whitespace().next()).unwrap();
    let new = "ferry across the harbour";
    let reset = TestRequest::post().uri("/api/auth/reset-password").insert_header(("x-forwarded-for", HERE));
    app.send(reset.set_json(json!({ "token": token, "password": new }))).await.is(204);
    app.send(at(HERE, &address, new)).await.is(200);
    app.clock.set(NOW + Duration::minutes(20));
    app.send(ask()).await.is(202);
    let rows = owner.query("SELECT body FROM email_outbox", &[]).await.unwrap();
    assert_eq!(rows.len(), 4, "one came back");
}
