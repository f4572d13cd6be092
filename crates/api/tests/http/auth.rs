//! Signing in and out, passwords, sessions, and requests from other sites.

use crate::support::{Answer, NOW, PASSWORD, Person, TestApp, email};
use actix_web::http::Method;
use kernel::Role;
use serde_json::{Value, json};
use time::Duration;

const NEW: &str = "ferry across the harbour";

/// An answer without what is unique to the request.
fn body(answer: &Answer) -> Value {
    let mut body = answer.json.clone();
    body.as_object_mut().unwrap().remove("requestId");
    body
}

async fn outbox(app: &TestApp) -> Vec<(String, String)> {
    let owner = app.db.owner_client().await;
    let rows = owner.query("SELECT to_email, body FROM email_outbox ORDER BY id", &[]).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

fn token(mail: &str) -> String {
    let link = mail.split_whitespace().find(|word| word.contains("token=")).expect("a link in the mail");
    link.split_once("token=").unwrap().1.to_owned()
}

#[actix_web::test]
async fn signing_in_sets_a_guarded_cookie() {
    let app = TestApp::new().await;
    let answer = app.try_login(" ANALYST@Alpha.example ", PASSWORD).await.is(200);
    assert_eq!(answer.json["user"]["role"], "analyst");
    assert_eq!(answer.json["tenant"]["name"], "Firm alpha");
    let cookie = answer.header("set-cookie");
    for part in ["session_token=", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    assert!(!cookie.contains("Secure"), "development works without TLS");
    let production = TestApp::with(|config| {
        config.production = true;
        config.secure_cookies = true;
    })
    .await;
    let answer = production.try_login(&email("alpha", Role::Analyst), PASSWORD).await.is(200);
    assert!(answer.header("set-cookie").contains("Secure"));
    assert!(answer.header("strict-transport-security").contains("max-age="));
}

#[actix_web::test]
async fn a_wrong_password_and_an_unknown_address_are_one_answer() {
    let app = TestApp::new().await;
    let wrong = app.try_login(&email("alpha", Role::Admin), "not the password").await.is(401);
    let unknown = app.try_login("nobody@nowhere.example", "not the password").await.is(401);
    assert_eq!(body(&wrong), body(&unknown));
    assert_eq!(wrong.json["code"], "auth.invalid");
    let nul = app.try_login("a\0b@alpha.example", PASSWORD).await.is(401);
    assert_eq!(body(&wrong), body(&nul));
    let owner = app.db.owner_client().await;
    owner.batch_execute("UPDATE users SET active = false WHERE role = 'admin'").await.unwrap();
    // Who left is told as little as anybody.
    let left = app.try_login(&email("alpha", Role::Admin), PASSWORD).await.is(401);
    assert_eq!(body(&wrong), body(&left));
}

#[actix_web::test]
async fn a_session_ends_with_logout_and_with_time() {
    let app = TestApp::new().await;
    let (one, two) = (app.login(Role::Analyst).await, app.login(Role::Analyst).await);
    one.get("/api/me").await.is(200);
    one.post("/api/auth/logout", json!(null)).await.is(204);
    assert_eq!(one.get("/api/me").await.is(401).json["code"], "auth.required");
    two.get("/api/me").await.is(200);
    app.clock.set(NOW + Duration::days(14) - Duration::seconds(1));
    two.get("/api/me").await.is(200);
    app.clock.set(NOW + Duration::days(14));
    two.get("/api/me").await.is(401);
}

#[actix_web::test]
async fn somebody_who_left_is_out_at_once() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let owner = app.db.owner_client().await;
    owner.batch_execute("UPDATE users SET active = false WHERE role = 'analyst'").await.unwrap();
    person.get("/api/me").await.is(401);
}

#[actix_web::test]
async fn a_person_ends_their_own_sessions_only() {
    let app = TestApp::new().await;
    let (one, two) = (app.login(Role::Analyst).await, app.login(Role::Analyst).await);
    let other = app.login(Role::Admin).await;
    let listed = one.get("/api/auth/sessions").await.is(200).json;
    let items = listed["items"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    assert_eq!(items.iter().filter(|s| s["current"] == true).count(), 1);
    let second = items.iter().find(|s| s["current"] == false).unwrap()["id"].as_i64().unwrap();
    other.delete(&format!("/api/auth/sessions/{second}"), json!(null)).await.is(404);
    two.get("/api/me").await.is(200);
    one.delete(&format!("/api/auth/sessions/{second}"), json!(null)).await.is(204);
    two.get("/api/me").await.is(401);
    one.get("/api/me").await.is(200);
}

#[actix_web::test]
async fn a_changed_password_ends_the_other_sessions() {
    let app = TestApp::new().await;
    let (here, there) = (app.login(Role::Analyst).await, app.login(Role::Analyst).await);
    let change = |current: &str, new: &str| json!({ "currentPassword": current, "newPassword": new });
    let path = "/api/auth/change-password";
    here.post(path, change("not the password", NEW)).await.field("currentPassword");
    assert!(here.post(path, change(PASSWORD, "short")).await.field("newPassword").contains("at least 12"));
    there.get("/api/me").await.is(200);
    here.post(path, change(PASSWORD, NEW)).await.is(204);
    here.get("/api/me").await.is(200);
    there.get("/api/me").await.is(401);
    app.try_login(&email("alpha", Role::Analyst), PASSWORD).await.is(401);
    app.try_login(&email("alpha", Role::Analyst), NEW).await.is(200);
}

#[actix_web::test]
async fn a_forgotten_password_is_set_by_a_link_that_works_once() {
    let app = TestApp::new().await;
    let signed_in = app.login(Role::Analyst).await;
    let address = email("alpha", Role::Analyst);
    let known = app.post("/api/auth/forgot-password", json!({ "email": address })).await.is(202);
    let unknown = app.post("/api/auth/forgot-password", json!({ "email": "no@no.example" })).await.is(202);
    assert_eq!(known.json, unknown.json, "the answer does not tell who is known");
    let mails = outbox(&app).await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].0, address);
    let reset = |token: &str, password: &str| json!({ "token": token, "password": password });
    let path = "/api/auth/reset-password";
    let token = token(&mails[0].1);
    app.post(path, reset(&token, "short")).await.field("password");
    app.post(path, reset(&format!("{token}x"), NEW)).await.is(410);
    let stolen = token.replacen(&app.firms[0].to_string(), &app.firms[1].to_string(), 1);
    app.post(path, reset(&stolen, NEW)).await.is(410);
    app.post(path, reset(&token, NEW)).await.is(204);
    assert_eq!(app.post(path, reset(&token, NEW)).await.is(410).json["code"], "auth.reset_expired");
    signed_in.get("/api/me").await.is(401);
    app.try_login(&address, NEW).await.is(200);
}

#[actix_web::test]
async fn a_link_is_over_after_an_hour_by_the_clock() {
    let app = TestApp::new().await;
    let address = email("alpha", Role::Analyst);
    for _ in 0..2 {
        app.post("/api/auth/forgot-password", json!({ "email": address })).await.is(202);
    }
    let mails = outbox(&app).await;
    let reset = |mail: &str| json!({ "token": token(mail), "password": NEW });
    app.clock.set(NOW + Duration::minutes(60));
    app.post("/api/auth/reset-password", reset(&mails[0].1)).await.is(410);
    app.clock.set(NOW + Duration::minutes(60) - Duration::seconds(1));
    app.post("/api/auth/reset-password", reset(&mails[1].1)).await.is(204);
}

#[actix_web::test]
async fn another_site_cannot_change_anything() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let patch = |person: &Person<'_>| {
        person.request(Method::PATCH, "/api/me").set_json(json!({ "preferences": { "theme": "dark" } }))
    };
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://localhost:3002.evil.example"),
    ] {
        let request = patch(&person).insert_header(("host", "localhost:3002")).insert_header((name, value));
        let answer = person.send(request).await.is(403);
        assert_eq!(answer.json["code"], "request.cross_site", "{name}: {value}");
        // Looking is not forbidden: the browser keeps the answer from the other site.
        person.send(person.request(Method::GET, "/api/me").insert_header((name, value))).await.is(200);
    }
    assert_eq!(person.get("/api/me").await.json["preferences"]["theme"], "system");
    for (name, value) in
        [("sec-fetch-site", "same-origin"), ("sec-fetch-site", "none"), ("origin", "http://localhost:3002")]
    {
        let request = patch(&person).insert_header(("host", "localhost:3002")).insert_header((name, value));
        person.send(request).await.is(200);
    }
}

#[actix_web::test]
async fn one_address_in_two_firms_chooses() {
    let app = TestApp::new().await;
    let owner = app.db.owner_client().await;
    for change in [
        "UPDATE users SET email = 'both@x.example' WHERE role = 'checker'",
        "INSERT INTO login_directory SELECT 'both@x.example', tenant_id, id FROM users WHERE role = 'checker'",
    ] {
        owner.batch_execute(change).await.unwrap();
    }
    let choice = app.try_login("both@x.example", PASSWORD).await.is(200);
    assert_eq!(choice.json["chooseTenant"].as_array().unwrap().len(), 2);
    assert!(choice.headers.get("set-cookie").is_none(), "nobody is signed in yet");
    let login = json!({ "email": "both@x.example", "password": PASSWORD, "tenantId": app.firms[1].get() });
    let answer = app.post("/api/auth/login", login).await.is(200);
    assert_eq!(answer.json["tenant"]["name"], "Firm beta");
}

#[actix_web::test]
async fn me_says_who_and_what_and_takes_settings() {
    let app = TestApp::new().await;
    let viewer = app.login(Role::Viewer).await;
    let me = viewer.get("/api/me").await.is(200).json;
    assert_eq!(me["today"], "2026-11-21");
    assert_eq!(me["currentFy"], "2026-27");
    let permissions: Vec<&str> =
        me["permissions"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(
        permissions,
        ["clients.view", "filings.view", "users.view", "rulebook.view", "journal.view", "approvals.view"]
    );
    let change = json!({ "displayName": "Kavitha", "preferences": { "theme": "dark", "singleKeys": false, "alertMail": false } });
    viewer.send(viewer.request(Method::PATCH, "/api/me").set_json(change)).await.is(200);
    let me = viewer.get("/api/me").await.json;
    assert_eq!(me["user"]["displayName"], "Kavitha");
    assert_eq!(me["preferences"], json!({ "theme": "dark", "singleKeys": false, "alertMail": false }));
    let bad = json!({ "preferences": { "theme": "pink" } });
    viewer.send(viewer.request(Method::PATCH, "/api/me").set_json(bad)).await.field("preferences.theme");
}

#[actix_web::test]
async fn a_link_used_twice_at_once_works_once() {
    let app = TestApp::new().await;
    let address = email("alpha", Role::Analyst);
    app.post("/api/auth/forgot-password", json!({ "email": address })).await.is(202);
    let token = token(&outbox(&app).await[0].1);
    let reset = |password: &str| {
        app.post("/api/auth/reset-password", json!({ "token": token, "password": password }))
    };
    let (a, b) = futures_util::join!(reset(NEW), reset("lantern under the banyan"));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 410]);
}

#[actix_web::test]
async fn nothing_secret_is_stored_or_journalled_in_clear() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let change = json!({ "currentPassword": PASSWORD, "newPassword": NEW });
    person.post("/api/auth/change-password", change).await.is(204);
    let owner = app.db.owner_client().await;
    let secret = person.cookie.trim_start_matches("session_token=").to_owned();
    for table in ["users", "sessions", "journal", "password_resets", "email_outbox"] {
        let sql = format!("SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t");
        let all: String = owner.query_one(&sql, &[]).await.unwrap().get(0);
        for clear in [PASSWORD, NEW, secret.as_str()] {
            assert!(!all.contains(clear), "{table} holds a secret in clear");
        }
    }
}

/// `PASSWORD` as it might have been hashed years ago: 8 MiB, 1 pass.
const OLD: &str =
    "$argon2id$v=19$m=8192,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$hYpNPLZuLPNB9bf5ApbaJFhlg4r0TQheNGARblw/XKs";

#[actix_web::test]
async fn a_hash_of_an_older_strength_is_renewed_by_signing_in() {
    let app = TestApp::new().await;
    let owner = app.db.owner_client().await;
    owner.execute("UPDATE users SET password_hash = $1", &[&OLD]).await.unwrap();
    let hash_of = async |role: &str| -> String {
        let sql = "SELECT password_hash FROM users WHERE role = $1 AND tenant_id = $2";
        owner.query_one(sql, &[&role, &app.firms[0].get()]).await.unwrap().get(0)
    };
    app.try_login(&email("alpha", Role::Analyst), "not the password").await.is(401);
    assert_eq!(hash_of("analyst").await, OLD, "a wrong password renews nothing");
    // With and without a second factor, whose challenge goes with the password's hash.
    app.login(Role::Analyst).await.get("/api/me").await.is(200);
    app.login(Role::Admin).await.get("/api/me").await.is(200);
    for role in ["analyst", "admin"] {
        let renewed = hash_of(role).await;
        assert!(renewed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{renewed}");
    }
    assert_eq!(hash_of("viewer").await, OLD);
    app.login(Role::Analyst).await;
    let sql = "SELECT count(*) FROM journal WHERE action = 'auth.renew_hash'";
    let entries: i64 = owner.query_one(sql, &[]).await.unwrap().get(0);
    assert_eq!(entries, 2, "once each");
}

#[actix_web::test]
async fn passwords_that_guessers_try_first_are_refused_at_every_door() {
    let app = TestApp::new().await;
    let (admin, analyst) = (app.login(Role::Admin).await, app.login(Role::Analyst).await);
    let invited = json!({ "email": "new@alpha.example", "displayName": "Nisha Rao", "role": "viewer" });
    let invited = admin.post("/api/users/invitations", invited).await.is(201).json;
    let link = token(invited["link"].as_str().unwrap());
    app.post("/api/auth/forgot-password", json!({ "email": email("alpha", Role::Analyst) })).await.is(202);
    let mails = outbox(&app).await;
    let mailed = token(&mails.last().unwrap().1);
    for weak in ["Password@2026", "qwertyuiop123", "Welcome@12345"] {
        let invitation = json!({ "token": link, "displayName": "Nisha", "password": weak });
        let reset = json!({ "token": mailed, "password": weak });
        let change = json!({ "currentPassword": PASSWORD, "newPassword": weak });
        let refused = [
            (app.post("/api/auth/accept-invitation", invitation).await, "password"),
            (app.post("/api/auth/reset-password", reset).await, "password"),
            (analyst.post("/api/auth/change-password", change).await, "newPassword"),
        ];
        for (answer, field) in refused {
            let why = answer.field(field);
            assert!(why.contains("tried first") && why.contains("short sentence"), "{weak}: {why}");
        }
    }
}
