//! Invitations, roles of people, leaving and coming back, the firm's own roles, and resetting a second factor.

use crate::support::{Answer, KEY, NOW, PASSWORD, Person, TestApp, code, cookie, email, nbfc};
use actix_web::http::Method;
use kernel::Role;
use serde_json::{Value, json};
use time::Duration;

const JOINED: &str = "lantern under the banyan";

fn token(link: &Value) -> String {
    link.as_str().unwrap().split_once("token=").unwrap().1.to_owned()
}

fn accept(token: &str) -> Value {
    json!({ "token": token, "displayName": "Meera Joshi", "password": JOINED })
}

async fn invite(person: &Person<'_>, email: &str, role: &str) -> Answer {
    let body = json!({ "email": email, "displayName": "Meera Joshi", "role": role });
    person.post("/api/users/invitations", body).await
}

async fn member(person: &Person<'_>, email: &str) -> Value {
    let team = person.get("/api/team").await.is(200).json;
    let found = team["members"].as_array().unwrap().iter().find(|m| m["email"] == email);
    found.unwrap_or_else(|| panic!("{email} is not in the team")).clone()
}

async fn act(person: &Person<'_>, method: Method, path: &str, version: &Value, body: Value) -> Answer {
    let request = person.request(method, path).insert_header(("if-match", format!("\"{version}\"")));
    person.send(request.set_json(body)).await
}

async fn plan(app: &TestApp, seats: i64) {
    let sql = format!(
        "UPDATE tenants SET entitlements = jsonb_set(entitlements, '{{limits,users}}', '{seats}') WHERE id = {}",
        app.firms[0]
    );
    app.db.owner_client().await.batch_execute(&sql).await.unwrap();
}

#[actix_web::test]
async fn an_invitation_lets_one_person_in_once() {
    let app = TestApp::new().await;
    let admin = app.login(Role::Admin).await;
    let invited = invite(&admin, " Meera@Alpha.example ", "analyst").await.is(201).json;
    assert_eq!(invited["invitation"]["email"], "meera@alpha.example");
    let link = token(&invited["link"]);
    let owner = app.db.owner_client().await;
    let mail = owner.query_one("SELECT to_email, body FROM email_outbox", &[]).await.unwrap();
    assert_eq!(mail.get::<_, String>(0), "meera@alpha.example");
    assert!(mail.get::<_, String>(1).contains(&link), "the link is in the mail");
    let shown = app.post("/api/auth/invitation", json!({ "token": link })).await.is(200).json;
    assert_eq!((&shown["firm"], &shown["email"]), (&json!("Firm alpha"), &json!("meera@alpha.example")));
    assert!(invite(&admin, "meera@alpha.example", "viewer").await.field("email").contains("open invitation"));
    let taken = invite(&admin, &email("alpha", Role::Viewer), "viewer").await;
    assert!(taken.field("email").contains("your firm"));
    let weak = json!({ "token": link, "displayName": "Meera Joshi", "password": "meera-joshi-2026" });
    app.post("/api/auth/accept-invitation", weak).await.field("password");
    let (a, b) = futures_util::join!(
        app.post("/api/auth/accept-invitation", accept(&link)),
        app.post("/api/auth/accept-invitation", accept(&link))
    );
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 410]);
    let signed_in = app.try_login("meera@alpha.example", JOINED).await.is(200).json;
    assert_eq!(
        (&signed_in["user"]["role"], &signed_in["tenant"]["name"]),
        (&json!("analyst"), &json!("Firm alpha"))
    );
    app.post("/api/auth/invitation", json!({ "token": link })).await.is(410);
}

#[actix_web::test]
async fn a_link_ends_with_time_with_a_new_one_and_when_it_is_revoked() {
    let app = TestApp::new().await;
    let admin = app.login(Role::Admin).await;
    let first = invite(&admin, "meera@alpha.example", "viewer").await.is(201).json;
    let id = first["invitation"]["id"].as_i64().unwrap();
    let path = format!("/api/users/invitations/{id}");
    let second = admin.post(&format!("{path}/link"), json!(null)).await.is(200).json;
    app.post("/api/auth/accept-invitation", accept(&token(&first["link"]))).await.is(410);
    app.clock.set(NOW + Duration::days(7));
    app.post("/api/auth/accept-invitation", accept(&token(&second["link"]))).await.is(410);
    assert_eq!(admin.get("/api/team").await.json["invitations"][0]["expired"], true);
    let third = admin.post(&format!("{path}/link"), json!(null)).await.is(200).json;
    admin.delete(&path, json!(null)).await.is(204);
    admin.delete(&path, json!(null)).await.is(404);
    app.post("/api/auth/accept-invitation", accept(&token(&third["link"]))).await.is(410);
    // The token of one firm opens nothing in another.
    let fourth = invite(&admin, "meera@alpha.example", "viewer").await.is(201).json;
    let stolen = token(&fourth["link"]).replacen(&app.firms[0].to_string(), &app.firms[1].to_string(), 1);
    app.post("/api/auth/accept-invitation", accept(&stolen)).await.is(410);
}

#[actix_web::test]
async fn seats_are_counted_with_open_invitations_and_twenty_at_once_take_one() {
    let app = TestApp::new().await;
    let admin = app.login(Role::Admin).await;
    let used = admin.get("/api/team").await.is(200).json["seats"]["used"].as_i64().unwrap();
    assert_eq!(used, i64::try_from(Role::STAFF.len()).unwrap());
    plan(&app, used + 1).await;
    let wishes = (0..20).map(|n| {
        let admin = admin.clone();
        async move { invite(&admin, &format!("new{n}@alpha.example"), "viewer").await }
    });
    let answers = futures_util::future::join_all(wishes).await;
    assert_eq!(answers.iter().filter(|a| a.status == 201).count(), 1);
    let refused = answers.iter().find(|a| a.status != 201).unwrap();
    assert_eq!((refused.status, &refused.json["feature"]), (402, &json!("users")), "{}", refused.text);
    assert_eq!(refused.json["upgradeUrl"], "/settings/licence");
    // Somebody who left has no seat; coming back needs one.
    let viewer = member(&admin, &email("alpha", Role::Viewer)).await;
    let path = format!("/api/users/{}", viewer["id"]);
    let nobody = json!({ "reassignTo": null });
    act(&admin, Method::POST, &format!("{path}/deactivate"), &viewer["version"], nobody).await.is(200);
    invite(&admin, "last@alpha.example", "viewer").await.is(201);
    let back = format!("{path}/reactivate");
    act(&admin, Method::POST, &back, &json!(2), json!(null)).await.is(402);
    plan(&app, -1).await;
    act(&admin, Method::POST, &back, &json!(2), json!(null)).await.is(204);
    app.login(Role::Viewer).await.get("/api/me").await.is(200);
    // A portal user takes none.
    let owner = app.db.owner_client().await;
    let before = admin.get("/api/team").await.json["seats"]["used"].clone();
    owner.batch_execute("UPDATE users SET role = 'portal' WHERE role = 'viewer'").await.unwrap();
    assert_eq!(admin.get("/api/team").await.json["seats"]["used"], before.as_i64().unwrap() - 1);
}

#[actix_web::test]
async fn who_leaves_is_out_at_once_and_their_work_goes_to_somebody() {
    let app = TestApp::new().await;
    let (admin, analyst) = (app.login(Role::Admin).await, app.login(Role::Analyst).await);
    let leaver = member(&admin, &email("alpha", Role::Analyst)).await;
    let heir = member(&admin, &email("alpha", Role::Checker)).await;
    let client = analyst.client(nbfc("Handed Finance Limited")).await["id"].as_i64().unwrap();
    let path = format!("/api/clients/{client}");
    analyst.patch_now(&path, json!({ "ownerId": leaver["id"] })).await.is(200);
    let filings = analyst.filings(client).await;
    let filing = format!("/api/return-filings/{}", filings[0]["id"]);
    analyst.patch_now(&filing, json!({ "assigneeId": leaver["id"] })).await.is(200);
    let listed = member(&admin, &email("alpha", Role::Analyst)).await;
    assert_eq!((&listed["openFilings"], &listed["clients"]), (&json!(1), &json!(1)));
    let out = format!("/api/users/{}/deactivate", leaver["id"]);
    let to = |id: &Value| json!({ "reassignTo": id });
    act(&admin, Method::POST, &out, &leaver["version"], to(&leaver["id"])).await.field("reassignTo");
    act(&admin, Method::POST, &out, &json!(99), to(&heir["id"])).await.is(409);
    analyst.get("/api/me").await.is(200);
    let done = act(&admin, Method::POST, &out, &leaver["version"], to(&heir["id"])).await.is(200).json;
    assert_eq!(done, json!({ "filings": 1, "clients": 1 }));
    analyst.get("/api/me").await.is(401);
    app.try_login(&email("alpha", Role::Analyst), PASSWORD).await.is(401);
    let moved = admin.get(&filing).await.is(200).json;
    assert_eq!(moved["assignee"]["id"], heir["id"]);
    let timeline = admin.get(&format!("{path}/timeline")).await.is(200).text;
    assert!(timeline.contains("because analyst of alpha left"), "{timeline}");
    let back = format!("/api/users/{}/reactivate", leaver["id"]);
    act(&admin, Method::POST, &back, &json!(2), json!(null)).await.is(204);
    analyst.get("/api/me").await.is(401);
    app.login(Role::Analyst).await.get("/api/me").await.is(200);
}

#[actix_web::test]
async fn the_last_administrator_stays_even_when_two_go_at_once() {
    let app = TestApp::new().await;
    let admin = app.login(Role::Admin).await;
    let me = member(&admin, &email("alpha", Role::Admin)).await;
    let mine = format!("/api/users/{}", me["id"]);
    let viewer = json!({ "role": "viewer" });
    let last = act(&admin, Method::PATCH, &mine, &me["version"], viewer.clone()).await.is(409);
    assert_eq!(last.json["code"], "users.last_admin");
    let out = json!({ "reassignTo": null });
    let gone = act(&admin, Method::POST, &format!("{mine}/deactivate"), &me["version"], out.clone()).await;
    assert_eq!(gone.is(409).json["code"], "users.last_admin");
    // A second administrator; each takes the other away in the same moment.
    let checker = member(&admin, &email("alpha", Role::Checker)).await;
    let theirs = format!("/api/users/{}", checker["id"]);
    let promoted = json!({ "role": "admin" });
    act(&admin, Method::PATCH, &theirs, &checker["version"], promoted).await.is(204);
    assert_eq!(
        act(&admin, Method::PATCH, &mine, &me["version"], viewer.clone()).await.is(403).json["code"],
        "users.oneself"
    );
    let second = app.login(Role::Checker).await;
    let shown = second.post("/api/auth/totp/enrol", json!({})).await.is(200).json;
    let key = identity::second_factor::typed_secret(shown["secret"].as_str().unwrap()).unwrap();
    second.post("/api/auth/totp/confirm", json!({ "code": code(&key, NOW) })).await.is(200);
    let (seen, away) = (json!(2), format!("{mine}/deactivate"));
    let (a, b) = futures_util::join!(
        act(&admin, Method::PATCH, &theirs, &seen, viewer.clone()),
        act(&second, Method::POST, &away, &me["version"], out)
    );
    // Whoever comes second finds one administrator, or is none any more.
    let good = [a.status, b.status].iter().filter(|s| (200..300).contains(*s)).count();
    assert_eq!(good, 1, "{} {} / {} {}", a.status, a.text, b.status, b.text);
    let owner = app.db.owner_client().await;
    let sql = "SELECT count(*) FROM users WHERE tenant_id = $1 AND role = 'admin' AND active";
    let left: i64 = owner.query_one(sql, &[&app.firms[0].get()]).await.unwrap().get(0);
    assert_eq!(left, 1);
}

#[actix_web::test]
async fn a_role_of_the_firm_allows_what_it_lists_and_changes_at_once() {
    let app = TestApp::new().await;
    let admin = app.login(Role::Admin).await;
    let desk = |permissions: &[&str]| json!({ "name": "Import  desk", "permissions": permissions });
    let made = admin.post("/api/roles", desk(&["clients.view", "clients.import"])).await.is(201);
    let id = made.id();
    let path = format!("/api/roles/{id}");
    admin.post("/api/roles", desk(&["clients.view"])).await.field("name");
    admin.post("/api/roles", json!({ "name": "Admin", "permissions": ["clients.view"] })).await.field("name");
    admin.post("/api/roles", json!({ "name": "None", "permissions": [] })).await.field("permissions");
    admin.post("/api/roles", json!({ "name": "Odd", "permissions": ["fly"] })).await.field("permissions");
    let viewer = member(&admin, &email("alpha", Role::Viewer)).await;
    let person = app.login(Role::Viewer).await;
    let post = json!({ "role": "custom", "customRoleId": id });
    let theirs = format!("/api/users/{}", viewer["id"]);
    act(&admin, Method::PATCH, &theirs, &viewer["version"], post).await.is(204);
    let me = person.get("/api/me").await.is(200).json;
    assert_eq!(me["permissions"], json!(["clients.view", "clients.import"]));
    assert_eq!((&me["user"]["role"], &me["user"]["roleName"]), (&json!("custom"), &json!("Import desk")));
    person.get("/api/clients").await.is(200);
    let refused = person.get("/api/return-filings").await.is(403);
    assert!(refused.json["error"].as_str().unwrap().contains("Import desk"), "{}", refused.text);
    let more = desk(&["clients.view", "filings.view"]);
    act(&admin, Method::PATCH, &path, &json!(1), more.clone()).await.is(204);
    act(&admin, Method::PATCH, &path, &json!(1), more).await.is(409);
    person.get("/api/return-filings").await.is(200);
    assert_eq!(admin.delete(&path, json!(null)).await.is(409).json["code"], "roles.in_use");
    let plain = json!({ "role": "viewer" });
    act(&admin, Method::PATCH, &theirs, &json!(2), plain).await.is(204);
    admin.delete(&path, json!(null)).await.is(204);
    admin.delete(&path, json!(null)).await.is(404);
}

#[actix_web::test]
async fn nobody_gives_away_more_than_they_have() {
    let app = TestApp::new().await;
    let admin = app.login(Role::Admin).await;
    let hr = ["users.view", "users.manage", "roles.manage", "clients.view"];
    let role =
        admin.post("/api/roles", json!({ "name": "People desk", "permissions": hr })).await.is(201).id();
    let viewer = member(&admin, &email("alpha", Role::Viewer)).await;
    let post = json!({ "role": "custom", "customRoleId": role });
    let theirs = format!("/api/users/{}", viewer["id"]);
    act(&admin, Method::PATCH, &theirs, &viewer["version"], post).await.is(204);
    let person = app.login(Role::Viewer).await;
    // Power over others needs a second factor, whatever the role is called.
    assert_eq!(person.get("/api/team").await.is(403).json["code"], "auth.totp_required");
    let shown = person.post("/api/auth/totp/enrol", json!({})).await.is(200).json;
    let key = identity::second_factor::typed_secret(shown["secret"].as_str().unwrap()).unwrap();
    person.post("/api/auth/totp/confirm", json!({ "code": code(&key, NOW) })).await.is(200);
    person.get("/api/team").await.is(200);
    let more = json!({ "name": "More", "permissions": ["filings.file"] });
    assert_eq!(person.post("/api/roles", more).await.is(403).json["permission"], "filings.file");
    assert_eq!(invite(&person, "boss@alpha.example", "admin").await.status, 403);
    let analyst = member(&admin, &email("alpha", Role::Analyst)).await;
    let path = format!("/api/users/{}", analyst["id"]);
    act(&person, Method::PATCH, &path, &analyst["version"], json!({ "role": "viewer" })).await.is(403);
    let boss = member(&admin, &email("alpha", Role::Admin)).await;
    let reset = format!("/api/users/{}/second-factor/reset", boss["id"]);
    person.post(&reset, json!(null)).await.is(403);
}

#[actix_web::test]
async fn a_lost_second_factor_is_reset_by_another_administrator_and_journalled() {
    let app = TestApp::new().await;
    let admin = app.login(Role::Admin).await;
    let me = member(&admin, &email("alpha", Role::Admin)).await;
    let own = format!("/api/users/{}/second-factor/reset", me["id"]);
    assert_eq!(admin.post(&own, json!(null)).await.is(403).json["code"], "users.oneself");
    let person = app.login(Role::Analyst).await;
    let shown = person.post("/api/auth/totp/enrol", json!({})).await.is(200).json;
    let key = identity::second_factor::typed_secret(shown["secret"].as_str().unwrap()).unwrap();
    person.post("/api/auth/totp/confirm", json!({ "code": code(&key, NOW) })).await.is(200);
    let found = member(&admin, &email("alpha", Role::Analyst)).await;
    assert_eq!(found["secondFactor"], true);
    let path = format!("/api/users/{}/second-factor/reset", found["id"]);
    admin.post(&path, json!(null)).await.is(204);
    admin.post(&path, json!(null)).await.is(404);
    person.get("/api/me").await.is(401);
    cookie(&app.try_login(&email("alpha", Role::Analyst), PASSWORD).await.is(200));
    let owner = app.db.owner_client().await;
    let sql = "SELECT text FROM journal WHERE action = 'users.reset_second_factor'";
    let text: String = owner.query_one(sql, &[]).await.unwrap().get(0);
    assert!(text.contains("analyst of alpha"), "{text}");
    let mails: i64 = owner
        .query_one("SELECT count(*) FROM email_outbox WHERE subject LIKE '%second factor%'", &[])
        .await
        .unwrap()
        .get(0);
    assert_eq!(mails, 1, "they are told");
    assert_eq!(KEY.len(), 20);
}

#[actix_web::test]
async fn the_firm_asks_everybody_for_a_second_factor() {
    let app = TestApp::new().await;
    let (admin, analyst) = (app.login(Role::Admin).await, app.login(Role::Analyst).await);
    let on = |on: bool| json!({ "requireTotp": on });
    app.login(Role::PrincipalOfficer).await.put("/api/settings/sign-in", on(true)).await.is(403);
    analyst.get("/api/clients").await.is(200);
    admin.put("/api/settings/sign-in", on(true)).await.is(204);
    assert_eq!(analyst.get("/api/clients").await.is(403).json["code"], "auth.totp_required");
    admin.get("/api/clients").await.is(200);
    admin.put("/api/settings/sign-in", on(false)).await.is(204);
    analyst.get("/api/clients").await.is(200);
}
