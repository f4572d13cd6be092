//! Attempts before anybody is signed in, in the journal of the firm that they concern.

use crate::support::{PASSWORD, TestApp, email};
use actix_web::test::TestRequest;
use kernel::Role;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_wrong_password_for_an_account_and_a_key_that_ended_stand_in_the_journal_of_the_firm() {
    let app = TestApp::new().await;
    let admin = app.login(Role::Admin).await;
    let refused = async || -> Vec<(String, String)> {
        let found = admin.get("/api/journal?action=access.refused").await.is(200).json;
        let text = |e: &Value, key: &str| e[key].as_str().unwrap_or_default().to_owned();
        let items = found["items"].as_array().unwrap().iter();
        items.map(|e| (text(e, "text"), text(e, "subjectKind"))).collect()
    };
    // the entry is written beside the answer, so that the answer takes as long as for an unknown address
    let soon = async |count: usize| {
        for _ in 0..500 {
            let found = refused().await;
            if found.len() >= count {
                return found;
            }
        }
        panic!("{:?}", refused().await)
    };
    let email = email("alpha", Role::Viewer);
    for password in ["not the password", "nor this one", "234123412346"] {
        app.try_login(&email, password).await.is(401);
    }
    app.try_login("nobody@else.example", "x").await.is(401);
    let found = soon(1).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].0.starts_with("refused somebody who tried to sign in as "), "{found:?}");
    assert_eq!(found[0].1, "user");
    // the rest of a quarter of an hour is one entry, however many there were
    app.clock.advance(time::Duration::minutes(15));
    api::background::seal_once(&app.state, &mut std::collections::HashMap::new()).await;
    let found = refused().await;
    assert!(found.len() == 2 && found[0].0.starts_with("2 times more within 15 minutes: "), "{found:?}");
    // a key that was revoked
    let body = json!({ "name": "Export", "permissions": ["clients.view"], "expiresOn": "2026-12-31" });
    let made = admin.post("/api/api-keys", body).await.is(201);
    let secret = made.json["key"].as_str().unwrap().to_owned();
    admin.delete(&format!("/api/api-keys/{}", made.id()), json!(null)).await.is(204);
    for path in ["/api/clients", "/api/return-filings", "/api/me"] {
        let with = ("authorization", format!("Bearer {secret}"));
        app.send(TestRequest::get().uri(path).insert_header(with)).await.is(401);
    }
    let found = soon(3).await;
    assert!(found.len() == 3 && found[0].0.starts_with("refused the key \"Export\""), "{found:?}");
    assert_eq!(found[0].1, "key");
    let owner = app.db.owner_client().await;
    let said = "SELECT count(*) FROM app.journal WHERE to_jsonb(journal)::text ~ 'nor this one|nobody@else'";
    let said: i64 = owner.query_one(said, &[]).await.unwrap().get(0);
    assert_eq!(said, 0, "neither what was typed nor who does not exist");
}

#[actix_web::test]
async fn a_wrong_code_and_work_without_the_second_factor_stand_in_the_journal() {
    let app = TestApp::new().await;
    let officer = app.login(Role::PrincipalOfficer).await;
    let refused = async |count: usize| -> Vec<String> {
        for _ in 0..500 {
            let found = officer.get("/api/journal?action=access.refused").await.is(200).json;
            let items = found["items"].as_array().unwrap();
            if items.len() >= count {
                return items.iter().map(|e| e["text"].as_str().unwrap().to_owned()).collect();
            }
        }
        panic!("there are fewer than {count} entries")
    };
    let first = app.try_login(&email("alpha", Role::Admin), PASSWORD).await.is(200);
    app.second_step(&first, "000000").await.is(401);
    assert!(refused(1).await[0].ends_with("the code did not match"));
    // signed in, and no second factor although the role needs one
    let admin = app.login(Role::Admin).await;
    let sql = "UPDATE users SET totp_secret = NULL, totp_since = NULL WHERE role = 'admin'";
    app.db.owner_client().await.batch_execute(sql).await.unwrap();
    admin.get("/api/clients").await.is(403);
    let found = refused(2).await;
    assert!(found[0].starts_with("was refused: GET /api/clients"), "{found:?}");
}
