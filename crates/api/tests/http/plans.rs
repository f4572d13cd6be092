//! Plans, exceptions and limits of a firm: what an operator changes, what is left of a larger plan, and the last place.

use crate::licence::{except, put_on};
use crate::support::{Person, TestApp, nbfc};
use actix_web::http::Method;
use api::background;
use clap::Parser;
use futures_util::future::join_all;
use kernel::Role;
use serde_json::{Value, json};

/// What an operator types, on the store of the running application.
async fn typed(app: &TestApp, words: &[&str]) -> Result<Value, String> {
    let all = ["zippcrm", "firm"].iter().chain(words);
    let flags = api::cli::Flags::try_parse_from(all).map_err(|error| error.to_string())?;
    let api::cli::Command::Firm(command) = flags.command else { panic!("not about a firm") };
    api::cli::firm::run(app.state.db.as_ref(), app.state.clock.as_ref(), &command).await
}

#[actix_web::test]
async fn an_operator_changes_plan_and_exceptions_and_running_sessions_see_it_at_once() {
    let app = TestApp::new().await;
    let admin = app.login(Role::Admin).await;
    let role = |name: &str| json!({ "name": name, "permissions": ["clients.view"] });
    admin.post("/api/roles", role("First desk")).await.is(201);
    let firms = typed(&app, &["list"]).await.unwrap();
    assert_eq!(firms.as_array().map(Vec::len), Some(2));
    let shown = typed(&app, &["plan", "--firm", "Firm alpha", "--plan", "growth"]).await.unwrap();
    assert_eq!((&shown["plan"], &shown["limits"]["clients"]), (&json!("growth"), &json!(100)));
    let refused = admin.post("/api/roles", role("Second desk")).await.is(402).json;
    assert_eq!(
        (&refused["feature"], &refused["unlockedBy"]),
        (&json!("custom_roles"), &json!("Professional"))
    );
    let number = app.firms[0].to_string();
    let given = ["override", "--firm", &number, "custom_roles=on", "clients=250", "--until", "2026-12-31"];
    let given = [&given[..], &["--reason", "Trial until the renewal"]].concat();
    let shown = typed(&app, &given).await.unwrap();
    assert_eq!(shown["overrides"][0]["lastDay"], "2026-12-31", "{shown}");
    assert_eq!(shown["limits"]["clients"], 250);
    admin.post("/api/roles", role("Second desk")).await.is(201);
    let taken = ["override", "--firm", &number, "custom_roles", "--remove", "--reason", "Trial is over"];
    typed(&app, &taken).await.unwrap();
    admin.post("/api/roles", role("Third desk")).await.is(402);
    let journal = admin.get("/api/journal?q=plan").await.is(200).text;
    for told in [
        "put the firm on the plan Growth",
        "made an exception from the plan: Custom roles: on, until 31 Dec 2026; Trial until the renewal",
        "made an exception from the plan: Clients: 250, until 31 Dec 2026; Trial until the renewal",
        "took back the exception from the plan for custom_roles: Trial is over",
    ] {
        assert!(journal.contains(told), "{told}: {journal}");
    }
    app.clock.set(time::macros::datetime!(2026-12-31 18:30 UTC));
    background::once(&app.state).await;
    let claims = app.login(Role::Admin).await.get("/api/license/claims").await.is(200).json;
    assert_eq!(claims["limits"]["clients"], 100, "an exception ends with its last day in India");
}

#[actix_web::test]
async fn what_an_operator_mistypes_changes_nothing_and_says_what_to_type() {
    let app = TestApp::new().await;
    let why = ["--reason", "A good reason"];
    for (words, told) in [
        (&["plan", "--firm", "Firm alpha", "--plan", "gold"][..], "no plan is called gold"),
        (&["show", "--firm", "Nobody"], "zippcrm firm list"),
        (&["override", "--firm", "Firm alpha", "teleport=on", why[0], why[1]], "teleport"),
        (&["override", "--firm", "Firm alpha", "api_access=yes", why[0], why[1]], "api_access=yes"),
        (&["override", "--firm", "Firm alpha", "clients=-2", why[0], why[1]], "-1 for unlimited"),
        (&["override", "--firm", "Firm alpha", "clients", why[0], why[1]], "name=value"),
        (&["override", "--firm", "Firm alpha", "clients=5", "--until", "soon", why[0], why[1]], "--until"),
        (
            &["override", "--firm", "Firm alpha", "clients=5", "--until", "2026-01-01", why[0], why[1]],
            "over already",
        ),
        (&["override", "--firm", "Firm alpha", "clients=5", "--reason", "no"], "say why"),
        (
            &["override", "--firm", "Firm alpha", "clients", "--remove", why[0], why[1]],
            "no exception for clients",
        ),
        (&["override", "--firm", "Firm alpha", "clients=5"], "--reason"),
    ] {
        let error = typed(&app, words).await.unwrap_err();
        assert!(error.contains(told), "{words:?}: {error}");
    }
    let shown = typed(&app, &["show", "--firm", "Firm alpha"]).await.unwrap();
    assert_eq!((&shown["plan"], &shown["overrides"]), (&json!("enterprise"), &json!([])));
}

/// What a plan no longer has: people keep the roles they have, and policies count as far as the plan goes.
#[actix_web::test]
async fn what_was_set_up_on_a_larger_plan_goes_on_as_far_as_the_present_one_goes() {
    let app = TestApp::new().await;
    let admin = app.login(Role::Admin).await;
    let role = json!({ "name": "Desk", "permissions": ["clients.view"] });
    let role = admin.post("/api/roles", role).await.is(201).id();
    let person = app.login(Role::Viewer).await;
    let sql = format!(
        "UPDATE users SET role = 'custom', custom_role_id = {role} WHERE role = 'viewer' AND tenant_id = {}",
        app.firms[0]
    );
    app.db.owner_client().await.batch_execute(&sql).await.unwrap();
    let levels =
        json!([{ "roles": ["checker"] }, { "roles": ["principal_officer"] }, { "roles": ["admin"] }]);
    let policy = json!({ "levels": levels, "expiresAfterDays": 7 });
    admin.at(Method::PUT, "/api/approvals/policies/filings.closed", 1, policy).await.is(200);
    let client = admin.client(nbfc("Levels Finance Limited")).await["id"].as_i64().unwrap();
    let filings = admin.filings(client).await;
    let officer = app.login(Role::PrincipalOfficer).await;
    let levels_on = async |at: usize| {
        let path = format!("/api/return-filings/{}", filings[at]["id"]);
        let waive = json!({ "status": "waived", "reason": "No such business" });
        let answer = officer.patch_now(&path, waive).await;
        if answer.status == 200 {
            0
        } else {
            answer.is(202).json["proposal"]["signOff"].as_array().unwrap().len()
        }
    };
    assert_eq!(levels_on(0).await, 3);
    put_on(&app, "growth").await;
    assert_eq!(levels_on(1).await, 2, "the first two");
    put_on(&app, "starter").await;
    assert_eq!(levels_on(2).await, 0, "applies at once");
    person.get("/api/clients").await.is(200);
    person.get("/api/return-filings").await.is(403);
    put_on(&app, "enterprise").await;
    assert_eq!(levels_on(3).await, 3, "and all of it is back with the larger plan");
}

/// How much there is of something, as the plan page says it.
async fn used(person: &Person<'_>, counted: &str) -> i64 {
    let licence = person.get("/api/license").await.is(200).json;
    let row = licence["usage"].as_array().unwrap().iter().find(|row| row["name"] == counted).cloned();
    row.unwrap()["used"].as_i64().unwrap()
}

#[actix_web::test]
async fn of_twenty_who_come_for_the_last_place_one_gets_it_whatever_is_counted() {
    let app = TestApp::new().await;
    let admin = app.login(Role::Admin).await;
    let client = admin.client(nbfc("Last Finance Limited")).await["id"].as_i64().unwrap();
    let filing = admin.filings(client).await[0]["id"].as_i64().unwrap();
    let admin = &admin;
    let come = async |counted: &str, number: usize| match counted {
        "clients" => admin.post("/api/clients", nbfc(&format!("Place {number} Limited"))).await.status,
        "users" => {
            let email = format!("place{number}@quokka.example");
            let body = json!({ "email": email, "displayName": "Quokka", "role": "viewer" });
            admin.post("/api/users/invitations", body).await.status
        }
        "records" => admin.portal_problem(filing, &format!("The portal is down, {number}")).await.status,
        _ => {
            let sheet =
                format!("Client name,Entity type\nSheet {number} Limited,Public company (unlisted)\n");
            admin.upload("/api/clients/import", &sheet).await.status
        }
    };
    for counted in ["storage_mb", "clients", "users", "records"] {
        except(&app, counted, used(admin, counted).await + 1).await;
        let answers = join_all((0..20).map(|number| come(counted, number))).await;
        let got = answers.iter().filter(|status| **status == 201).count();
        let refused = answers.iter().filter(|status| **status == 402).count();
        assert_eq!((got, refused), (1, 19), "{counted}: {answers:?}");
        except(&app, counted, -1).await;
    }
    // What the law asks for goes on beyond any number of records.
    except(&app, "records", 0).await;
    let late = admin.filings(client).await;
    let late = late.iter().find(|f| f["status"] == "overdue" || f["status"] == "breached").unwrap();
    let filed = json!({ "status": "filed", "filedOn": "2026-11-20", "acknowledgementNo": "ACK-1" });
    admin
        .patch(&format!("/api/return-filings/{}", late["id"]), late["version"].as_i64().unwrap(), filed)
        .await
        .is(200);
    let planned = admin.client(nbfc("Planned Finance Limited")).await["id"].as_i64().unwrap();
    assert!(!admin.filings(planned).await.is_empty());
}
