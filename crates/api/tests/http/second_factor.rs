//! The second factor: two steps, enrolment, recovery codes, whoever must have one, and taking it away.

use crate::operations::{PUBLIC, populate, samples};
use crate::support::{Answer, KEY, NOW, PASSWORD, Person, TestApp, code, cookie, email};
use identity::second_factor::typed_secret;
use kernel::Role;
use serde_json::{Value, json};
use time::Duration;

const STEP: Duration = Duration::seconds(30);

async fn first_step(app: &TestApp, role: Role) -> Answer {
    let answer = app.try_login(&email("alpha", role), PASSWORD).await.is(200);
    assert_eq!(answer.json["totpRequired"], true, "{}", answer.text);
    assert!(answer.headers.get("set-cookie").is_none(), "nobody is signed in yet");
    assert!(answer.json["user"].is_null(), "the password alone tells nothing about the person");
    answer
}

/// Sets a second factor up; answers its key and the recovery codes.
pub(crate) async fn enrol(app: &TestApp, person: &Person<'_>) -> (Vec<u8>, Vec<String>) {
    let shown = person.post("/api/auth/totp/enrol", json!({})).await.is(200).json;
    let key = typed_secret(shown["secret"].as_str().unwrap()).unwrap();
    let now = kernel::Clock::now(app.clock.as_ref());
    let confirmed = person.post("/api/auth/totp/confirm", json!({ "code": code(&key, now) })).await.is(200);
    let codes = confirmed.json["recoveryCodes"].as_array().unwrap();
    (key, codes.iter().map(|c| c.as_str().unwrap().to_owned()).collect())
}

async fn firm_wide(app: &TestApp, on: bool) {
    let owner = app.db.owner_client().await;
    owner.execute("UPDATE tenants SET require_totp = $1", &[&on]).await.unwrap();
}

#[actix_web::test]
async fn an_administrator_signs_in_with_password_and_code_and_no_code_works_twice() {
    let app = TestApp::new().await;
    let first = first_step(&app, Role::Admin).await;
    let again = first_step(&app, Role::Admin).await;
    let wrong = app.second_step(&first, "000000").await.is(401);
    assert_eq!(wrong.json["code"], "auth.code_invalid");
    let good = code(KEY, NOW);
    let admin = cookie(&app.second_step(&first, &good).await.is(200));
    assert!(admin.starts_with("session_token="));
    app.second_step(&again, &good).await.is(401);
    app.second_step(&first, &code(KEY, NOW - STEP)).await.is(401);
    app.second_step(&again, &code(KEY, NOW + STEP)).await.is(200);
    let third = first_step(&app, Role::Admin).await;
    app.second_step(&third, &code(KEY, NOW + STEP)).await.is(401);
    app.second_step(&third, &code(KEY, NOW - Duration::minutes(2))).await.is(401);
}

#[actix_web::test]
async fn one_code_shown_twice_at_once_lets_one_in() {
    let app = TestApp::new().await;
    let (a, b) = (first_step(&app, Role::Admin).await, first_step(&app, Role::Admin).await);
    let good = code(KEY, NOW);
    let (a, b) = futures_util::join!(app.second_step(&a, &good), app.second_step(&b, &good));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401]);
}

#[actix_web::test]
async fn a_challenge_ends_with_time_with_a_new_password_and_for_who_left() {
    let app = TestApp::new().await;
    let owner = app.db.owner_client().await;
    let late = first_step(&app, Role::Admin).await;
    app.clock.set(NOW + Duration::minutes(5));
    let now = NOW + Duration::minutes(5);
    assert_eq!(app.second_step(&late, &code(KEY, now)).await.is(410).json["code"], "auth.challenge_over");
    let open = first_step(&app, Role::Admin).await;
    owner.batch_execute("UPDATE users SET password_hash = 'other' WHERE role = 'admin'").await.unwrap();
    app.second_step(&open, &code(KEY, now)).await.is(410);
    let app = TestApp::new().await;
    let open = first_step(&app, Role::Admin).await;
    let owner = app.db.owner_client().await;
    owner.batch_execute("UPDATE users SET active = false WHERE role = 'admin'").await.unwrap();
    app.second_step(&open, &code(KEY, NOW)).await.is(410);
    let forged = json!({ "challenge": "a.b.c", "code": "123456" });
    app.post("/api/auth/totp", forged).await.is(410);
}

#[actix_web::test]
async fn setting_one_up_shows_a_key_once_and_ends_other_sessions() {
    let app = TestApp::new().await;
    let (here, there) = (app.login(Role::Analyst).await, app.login(Role::Analyst).await);
    here.post("/api/auth/totp/confirm", json!({ "code": "123456" })).await.is(409);
    let shown = here.post("/api/auth/totp/enrol", json!({})).await.is(200).json;
    let secret = shown["secret"].as_str().unwrap().replace(' ', "");
    assert_eq!(secret.len(), 32);
    assert!(shown["uri"].as_str().unwrap().contains(&secret));
    assert!(shown["qr"].as_str().unwrap().contains("<svg"));
    assert!(here.post("/api/auth/totp/confirm", json!({ "code": "000000" })).await.field("code").len() > 10);
    app.try_login(&email("alpha", Role::Analyst), PASSWORD).await.is(200).json["user"]["id"]
        .as_i64()
        .unwrap();
    let (key, codes) = enrol(&app, &here).await;
    assert_eq!(codes.len(), 10);
    there.get("/api/me").await.is(401);
    here.get("/api/me").await.is(200);
    let status = here.get("/api/auth/totp").await.is(200).json;
    assert_eq!((&status["recoveryCodesLeft"], &status["required"]), (&json!(10), &json!(false)));
    // Whoever holds the session but not the phone cannot put another key in its place.
    here.post("/api/auth/totp/enrol", json!({})).await.field("code");
    here.post("/api/auth/totp/enrol", json!({ "code": "000000" })).await.field("code");
    here.post("/api/auth/totp/remove", json!({ "code": "000000" })).await.field("code");
    app.clock.set(NOW + STEP);
    here.post("/api/auth/totp/remove", json!({ "code": code(&key, NOW + STEP) })).await.is(204);
    assert!(here.get("/api/auth/totp").await.is(200).json["since"].is_null());
    app.login(Role::Analyst).await;
}

#[actix_web::test]
async fn a_recovery_code_works_once_and_new_ones_end_the_old() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let (key, codes) = enrol(&app, &person).await;
    let first = first_step(&app, Role::Analyst).await;
    app.second_step(&first, &codes[0].to_lowercase().replace('-', " ")).await.is(200);
    app.second_step(&first, &codes[0]).await.is(401);
    assert_eq!(person.get("/api/auth/totp").await.json["recoveryCodesLeft"], 9);
    app.clock.set(NOW + STEP);
    let renewed = json!({ "code": code(&key, NOW + STEP) });
    let fresh = person.post("/api/auth/totp/recovery-codes", renewed).await.is(200).json;
    app.second_step(&first, &codes[1]).await.is(401);
    app.second_step(&first, fresh["recoveryCodes"][9].as_str().unwrap()).await.is(200);
}

#[actix_web::test]
async fn keys_and_recovery_codes_are_not_in_the_tables_in_clear() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let (key, codes) = enrol(&app, &person).await;
    let owner = app.db.owner_client().await;
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    for table in ["users", "recovery_codes", "journal", "idempotency_keys"] {
        let sql = format!("SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t");
        let all: String = owner.query_one(&sql, &[]).await.unwrap().get(0);
        let plain = codes[0].replace('-', "");
        for clear in [hex(&key), identity::second_factor::shown_secret(&key), codes[0].clone(), plain] {
            assert!(!all.contains(&clear), "{table} holds a secret in clear");
        }
    }
}

/// Whoever administers and has no second factor reaches the enrolment, and nothing else, whatever the operation.
#[actix_web::test]
async fn without_one_an_administrator_reaches_only_the_enrolment() {
    let app = TestApp::new().await;
    let ids = populate(&app.login(Role::Admin).await).await;
    let owner = app.db.owner_client().await;
    owner
        .batch_execute("UPDATE users SET totp_secret = NULL, totp_since = NULL WHERE role = 'admin'")
        .await
        .unwrap();
    let bare = app.login(Role::Admin).await;
    let open = [
        "get_me",
        "get_second_factor",
        "enrol_second_factor",
        "confirm_second_factor",
        "logout",
        "login",
        "totp",
        "forgot_password",
        "reset_password",
    ];
    let mut refused = 0;
    for sample in samples(&ids).into_iter().filter(|s| s.operation != "logout") {
        let key = format!("walk-{}", sample.operation);
        let answer = app.send(sample.request(&bare).insert_header(("idempotency-key", key))).await;
        if open.contains(&sample.operation) || PUBLIC.contains(&sample.operation) {
            assert_ne!(answer.json["code"], "auth.totp_required", "{}", sample.operation);
            continue;
        }
        assert_eq!(answer.status, 403, "{}: {}", sample.operation, answer.text);
        assert_eq!(answer.json["code"], "auth.totp_required", "{}", sample.operation);
        assert!(!answer.text.contains("Quokka"), "{}: {}", sample.operation, answer.text);
        refused += 1;
    }
    assert!(refused > 50, "{refused}");
    assert_eq!(bare.get("/api/me").await.is(200).json["mustEnrol"], true);
    // The key that was shown during the walk was replaced by this one.
    enrol(&app, &bare).await;
    assert_eq!(bare.get("/api/me").await.is(200).json["mustEnrol"], false);
    bare.get("/api/clients").await.is(200);
    let status = bare.get("/api/auth/totp").await.is(200).json;
    assert_eq!(status["required"], Value::Bool(true));
    let off = json!({ "code": code(KEY, NOW) });
    assert_eq!(bare.post("/api/auth/totp/remove", off).await.is(409).json["code"], "auth.totp_needed");
}

#[actix_web::test]
async fn a_firm_can_ask_everybody() {
    let app = TestApp::new().await;
    let analyst = app.login(Role::Analyst).await;
    analyst.get("/api/today").await.is(200);
    firm_wide(&app, true).await;
    assert_eq!(analyst.get("/api/today").await.is(403).json["code"], "auth.totp_required");
    assert_eq!(analyst.get("/api/return-filings").await.is(403).json["code"], "auth.totp_required");
    enrol(&app, &analyst).await;
    analyst.get("/api/today").await.is(200);
    firm_wide(&app, false).await;
    app.login(Role::Viewer).await.get("/api/today").await.is(200);
}
