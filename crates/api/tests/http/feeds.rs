//! Calendar links: what a calendar program sees after each change, who may make a link, and how it ends.

use crate::support::{Answer, NOW, Person, TestApp, find, nbfc};
use kernel::Role;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use time::macros::datetime;

const FEEDS: &str = "/api/calendar/feeds";

/// Properties of one event, names with their parameters.
type Event = BTreeMap<String, String>;

/// The events of a calendar by their ids.
#[track_caller]
fn events(answer: &Answer) -> BTreeMap<String, Event> {
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert!(answer.text.ends_with("END:VCALENDAR\r\n"));
    let text = answer.text.replace("\r\n ", "");
    let mut all = BTreeMap::new();
    for block in text.split("BEGIN:VEVENT\r\n").skip(1) {
        let lines = block.split("\r\n").take_while(|line| *line != "END:VEVENT" && *line != "BEGIN:VALARM");
        let event: Event =
            lines.filter_map(|l| l.split_once(':')).map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
        let before = all.insert(event["UID"].clone(), event);
        assert!(before.is_none(), "an id comes twice");
    }
    all
}

/// The path of a made link.
#[track_caller]
fn path_of(made: &Answer) -> String {
    let url = made.json["url"].as_str().unwrap_or_else(|| panic!("{}", made.text));
    assert!(url.starts_with("http://localhost:3002/api/calendar/feed/"), "{url}");
    url["http://localhost:3002".len()..].to_owned()
}

async fn link(person: &Person<'_>, body: Value) -> String {
    path_of(&person.post(FEEDS, body).await.is(201))
}

async fn client(person: &Person<'_>, name: &str) -> i64 {
    person.client(nbfc(name)).await["id"].as_i64().unwrap()
}

#[actix_web::test]
async fn every_change_keeps_the_id_raises_the_sequence_and_moves_the_day() {
    let app = TestApp::new().await;
    let person = app.login(Role::Admin).await;
    let id = client(&person, "Subscribed Finance Limited").await;
    let path = link(&person, json!({ "name": "One client", "scope": { "clientId": [id] } })).await;
    let filing = find(&person.filings(id).await, "MCA-AOC4", "2025-26")["id"].as_i64().unwrap();
    let uid = format!("filing-{}-{filing}@zippcrm", app.firms[0]);
    let one = format!("/api/return-filings/{filing}");
    let mut last = -1;
    let mut look = async |what: &str, day: &str, status: &str| -> Event {
        let event = events(&app.get(&path).await)[&uid].clone();
        let sequence: i64 = event["SEQUENCE"].parse().unwrap();
        assert!(sequence > last, "{what}: {sequence} after {last}");
        last = sequence;
        assert_eq!((event["DTSTART;VALUE=DATE"].as_str(), event["STATUS"].as_str()), (day, status), "{what}");
        event
    };
    look("as planned", "20261030", "CONFIRMED").await;
    // Worked example 1: AGM on 28-09-2026, AOC-4 due on 28-10-2026.
    let agm = json!({ "kind": "agm_held", "on": "2026-09-28" });
    person.post(&format!("/api/clients/{id}/events"), agm).await.is(201);
    let event = look("the meeting", "20261028", "CONFIRMED").await;
    assert_eq!(event["DTEND;VALUE=DATE"], "20261029");
    person.patch_now(&one, json!({ "targetDueOn": "2026-10-20" })).await.is(200);
    let event = look("a target", "20261028", "CONFIRMED").await;
    assert!(event["DESCRIPTION"].contains("Internal target: 20 Oct 2026."), "{event:?}");
    let circular = json!({
        "regulator": "MCA", "codes": ["MCA-AOC4"], "periodFrom": "2026-03-31", "periodTo": "2026-03-31",
        "effect": "new_date", "newDueOn": "2026-12-31", "circularNo": "General Circular 07/2026",
        "circularOn": "2026-10-20", "reason": "Circular of the ministry"
    });
    let relaxation = person.post("/api/relaxations", circular).await.is(201).json["id"].clone();
    look("relaxed", "20261231", "CONFIRMED").await;
    let back = json!({ "reason": "Withdrawn by the ministry" });
    person.post(&format!("/api/relaxations/{relaxation}/undo"), back).await.is(200);
    look("no longer relaxed", "20261028", "CONFIRMED").await;
    let reason = "Merged; secret, of Subscribed";
    person.patch_now(&one, json!({ "status": "waived", "reason": reason })).await.is(200);
    let event = look("waived", "20261028", "CANCELLED").await;
    assert!(
        event["DESCRIPTION"].contains("Waived.") && !event["DESCRIPTION"].contains("secret"),
        "{event:?}"
    );
    person.patch_now(&one, json!({ "status": "open", "reason": "Not merged" })).await.is(200);
    look("opened again", "20261028", "CONFIRMED").await;
    let filed = json!({ "status": "filed", "filedOn": "2026-11-20", "acknowledgementNo": "AB1" });
    person.patch_now(&one, filed).await.is(200);
    let event = look("filed", "20261028", "CONFIRMED").await;
    assert_eq!(event["SUMMARY"], format!("✓ MCA-AOC4 FY 2025-26 · client {id}"));
    assert_eq!(event["CATEGORIES"], "MCA");
    assert_eq!(event["URL"], format!("http://localhost:3002/filings/{filing}"));
    // What was cancelled stays for ninety days.
    person.patch_now(&one, json!({ "status": "open", "reason": "Wrong" })).await.is(200);
    person.patch_now(&one, json!({ "status": "not_applicable", "reason": "Wrong form" })).await.is(200);
    look("not applicable", "20261028", "CANCELLED").await;
    app.clock.set(datetime!(2027-01-25 06:30 UTC));
    assert!(events(&app.get(&path).await).contains_key(&uid));
    app.clock.set(datetime!(2027-02-25 06:30 UTC));
    assert!(!events(&app.get(&path).await).contains_key(&uid));
}

/// Each door through which a filing changes hands: one, many at once, and somebody who leaves.
#[actix_web::test]
async fn a_filing_given_to_somebody_else_is_cancelled_in_the_calendar_of_who_had_it() {
    let app = TestApp::new().await;
    let (analyst, admin) = (app.login(Role::Analyst).await, app.login(Role::Admin).await);
    let id = client(&admin, "Handed Finance Limited").await;
    let me = analyst.get("/api/me").await.json["user"]["id"].clone();
    let other = admin.get("/api/me").await.json["user"]["id"].clone();
    let filing = find(&admin.filings(id).await, "MCA-AOC4", "2025-26")["id"].as_i64().unwrap();
    let uid = format!("filing-{}-{filing}@zippcrm", app.firms[0]);
    let path = link(&analyst, json!({ "name": "Mine", "scope": { "assigneeId": ["me"] } })).await;
    assert!(!events(&app.get(&path).await).contains_key(&uid));
    let mut last = -1;
    let mut look = async |what: &str, status: &str| {
        let event = events(&app.get(&path).await)[&uid].clone();
        let sequence: i64 = event["SEQUENCE"].parse().unwrap();
        assert!(sequence > last, "{what}: {sequence} after {last}");
        last = sequence;
        assert_eq!(event["STATUS"], status, "{what}");
        event
    };
    let one = format!("/api/return-filings/{filing}");
    let many = async |who: &Value| {
        let version = admin.get(&one).await.json["version"].clone();
        let row = json!({ "id": filing, "version": version, "change": { "assigneeId": who } });
        let answer = admin.post("/api/return-filings/bulk", json!({ "rows": [row] })).await.is(200).json;
        assert_eq!(answer["done"], 1, "{answer}");
    };
    admin.patch_now(&one, json!({ "assigneeId": me })).await.is(200);
    look("given to them", "CONFIRMED").await;
    admin.patch_now(&one, json!({ "assigneeId": other })).await.is(200);
    let event = look("given on", "CANCELLED").await;
    assert!(event["DESCRIPTION"].contains("Given to somebody else."), "{event:?}");
    many(&me).await;
    look("given back", "CONFIRMED").await;
    many(&Value::Null).await;
    look("taken by nobody", "CANCELLED").await;
    let firm = link(&admin, json!({ "name": "Firm" })).await;
    assert_eq!(
        events(&app.get(&firm).await)[&uid]["STATUS"],
        "CONFIRMED",
        "the firm's calendar still has it"
    );

    // Somebody else's work, seen by the one who may see everybody's.
    let path = link(&admin, json!({ "name": "Theirs", "scope": { "assigneeId": [me.to_string()] } })).await;
    many(&me).await;
    assert_eq!(events(&app.get(&path).await)[&uid]["STATUS"], "CONFIRMED");
    let user = format!("/api/users/{me}");
    let team = admin.get("/api/team").await.is(200).json;
    let them = team["members"].as_array().unwrap().iter().find(|u| u["id"] == me).unwrap();
    let version = them["version"].as_i64().unwrap();
    admin.post_at(&format!("{user}/deactivate"), version, json!({ "reassignTo": other })).await.is(200);
    assert_eq!(events(&app.get(&path).await)[&uid]["STATUS"], "CANCELLED");
    app.clock.set(datetime!(2027-02-25 06:30 UTC));
    assert!(!events(&app.get(&path).await).contains_key(&uid), "ninety days later");
}

#[actix_web::test]
async fn a_probable_date_is_tentative_until_midnight_decides_it() {
    let app = TestApp::new().await;
    app.clock.set(datetime!(2026-09-01 06:30 UTC));
    let person = app.login(Role::Analyst).await;
    let id = client(&person, "Late Finance Limited").await;
    let path =
        link(&person, json!({ "name": "MCA", "scope": { "regulator": ["mca"] }, "alarmDays": 1 })).await;
    let filing = find(&person.filings(id).await, "MCA-AOC4", "2025-26")["id"].as_i64().unwrap();
    let uid = format!("filing-{}-{filing}@zippcrm", app.firms[0]);
    let answer = app.get(&path).await;
    assert!(answer.text.contains("BEGIN:VALARM\r\nACTION:DISPLAY\r\n"), "{}", answer.text);
    assert!(answer.text.contains("TRIGGER:-PT15H\r\n"), "nine in the morning of the day before");
    let all = events(&answer);
    assert!(all.values().all(|event| event["CATEGORIES"] == "MCA"));
    let before = &all[&uid];
    assert_eq!(before["STATUS"], "TENTATIVE");
    assert!(before["SUMMARY"].ends_with(" (probable)"), "{before:?}");
    // s.137(2): without an AGM, 30 days from its last day, 30 September. Nothing is written in between.
    app.clock.set(datetime!(2026-09-30 18:29:59 UTC));
    assert_eq!(events(&app.get(&path).await)[&uid], *before);
    app.clock.set(datetime!(2026-09-30 18:30:00 UTC));
    let after = &events(&app.get(&path).await)[&uid];
    assert_eq!((after["STATUS"].as_str(), after["DTSTART;VALUE=DATE"].as_str()), ("CONFIRMED", "20261030"));
    let number = |event: &Event| event["SEQUENCE"].parse::<i64>().unwrap();
    assert!(number(after) > number(before));
    assert_eq!(after["LAST-MODIFIED"], "20260930T183000Z");
}

#[actix_web::test]
async fn names_are_masked_unless_chosen_and_allowed() {
    let app = TestApp::new().await;
    let admin = app.login(Role::Admin).await;
    let id = client(&admin, "Söhne, सह्याद्री; 👩‍💼 \\ Finance Limited").await;
    let masked = json!({ "name": "Firm" });
    let answer = app.get(&link(&app.login(Role::Viewer).await, masked).await).await.is(200);
    assert!(answer.text.contains(&format!("client {id}")) && !answer.text.contains("Söhne"));
    let named = json!({ "name": "Firm, with names", "showsNames": true });
    let refused = app.login(Role::Viewer).await.post(FEEDS, named.clone()).await.is(403);
    assert_eq!(refused.json["permission"], "clients.export");
    let analyst = app.login(Role::Analyst).await;
    let path = link(&analyst, named).await;
    let answer = app.get(&path).await.is(200);
    let text = answer.text.replace("\r\n ", "");
    let name = admin.get(&format!("/api/clients/{id}")).await.json["shortName"].as_str().unwrap().to_owned();
    let escaped = name.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;");
    assert!(text.contains(&format!(" · {escaped}\r\n")), "{text}");
    assert!(text.contains("X-WR-CALNAME:Firm\\, with names\r\n"));
    // The feed dies with its owner's right to the names, and with the owner.
    let owner = app.db.owner_client().await;
    let set = |part: &str| format!("UPDATE app.users SET {part} WHERE email = 'analyst@alpha.example'");
    owner.batch_execute(&set("role = 'viewer'")).await.unwrap();
    assert_eq!(app.get(&path).await.is(410).json["code"], "feed.gone");
    owner.batch_execute(&set("role = 'analyst'")).await.unwrap();
    app.get(&path).await.is(200);
    owner.batch_execute(&set("active = false")).await.unwrap();
    app.get(&path).await.is(410);
}

#[actix_web::test]
async fn whoever_manages_people_sees_and_ends_everybodys_links_but_makes_no_new_ones_for_them() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let made = person.post(FEEDS, json!({ "name": "Left behind" })).await.is(201);
    let (id, link) = (made.json["feed"]["id"].as_i64().unwrap(), path_of(&made));
    assert_eq!(
        person.get(&format!("{FEEDS}?everyone=true")).await.is(403).json["permission"],
        "users.manage"
    );
    let admin = app.login(Role::Admin).await;
    assert_eq!(admin.get(FEEDS).await.is(200).json["items"], json!([]));
    let all = admin.get(&format!("{FEEDS}?everyone=true")).await.is(200).json;
    assert_eq!(all["items"][0]["owner"]["displayName"], "analyst of alpha");
    admin.post(&format!("{FEEDS}/{id}/link"), json!({})).await.is(404);
    let stranger = app.login_at("beta", Role::Admin).await;
    stranger.delete(&format!("{FEEDS}/{id}"), Value::Null).await.is(404);
    admin.delete(&format!("{FEEDS}/{id}"), Value::Null).await.is(204);
    app.get(&link).await.is(410);
}

#[actix_web::test]
async fn a_new_link_ends_the_old_one_and_ending_ends_both() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    client(&person, "Linked Finance Limited").await;
    let made = person.post(FEEDS, json!({ "name": "Mine", "scope": { "assigneeId": ["me"] } })).await.is(201);
    assert_eq!(made.header("cache-control"), "no-store");
    let (id, old) = (made.json["feed"]["id"].as_i64().unwrap(), path_of(&made));
    app.get(&old).await.is(200);
    let listed = person.get(FEEDS).await.is(200);
    assert_eq!(listed.json["items"][0]["fetchedAt"], "2026-11-21T12:00:00+05:30");
    assert!(!listed.text.contains("url") && !listed.text.contains(&old[22..]), "{}", listed.text);
    let other = app.login(Role::Checker).await;
    other.post(&format!("{FEEDS}/{id}/link"), json!({})).await.is(404);
    other.delete(&format!("{FEEDS}/{id}"), Value::Null).await.is(404);
    let new = path_of(&person.post(&format!("{FEEDS}/{id}/link"), json!({})).await.is(200));
    app.get(&old).await.is(404);
    app.get(&new).await.is(200);
    // The firm in a link is checked like the secret.
    let (_, secret) = new.split_once('.').unwrap();
    app.get(&format!("/api/calendar/feed/{}.{secret}", app.firms[1])).await.is(404);
    app.get("/api/calendar/feed/nonsense.ics").await.is(404);
    person.delete(&format!("{FEEDS}/{id}"), Value::Null).await.is(204);
    app.get(&new).await.is(410);
    person.delete(&format!("{FEEDS}/{id}"), Value::Null).await.is(404);
    assert_eq!(person.get(FEEDS).await.json["items"], json!([]));
    // The secret is nowhere: neither in the table nor in the journal, nor kept with an idempotent answer.
    let keyed = person.request(actix_web::http::Method::POST, FEEDS).insert_header(("idempotency-key", "k"));
    let secret = path_of(&person.send(keyed.set_json(json!({ "name": "Keyed" }))).await.is(201));
    let (_, secret) = secret.trim_end_matches(".ics").split_once('.').unwrap();
    let owner = app.db.owner_client().await;
    for table in ["calendar_feeds", "journal", "idempotency_keys"] {
        let sql = format!("SELECT count(*) FROM app.{table} t WHERE strpos(t::text, $1) > 0");
        assert_eq!(owner.query_one(&sql, &[&secret]).await.unwrap().get::<_, i64>(0), 0, "{table}");
    }
}

#[actix_web::test]
async fn a_calendar_program_that_has_it_is_told_so() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let id = client(&person, "Polled Finance Limited").await;
    let path = link(&person, json!({ "name": "Firm" })).await;
    let first = app.get(&path).await.is(200);
    assert_eq!(first.header("cache-control"), "private, no-cache");
    assert_eq!(first.header("content-type"), "text/calendar; charset=utf-8; method=PUBLISH");
    let (tag, since) = (first.header("etag").to_owned(), first.header("last-modified").to_owned());
    assert_eq!(since, "Sat, 21 Nov 2026 06:30:00 GMT");
    let ask = async |name: &str, value: &str| {
        let request = actix_web::test::TestRequest::get().uri(&path);
        app.send(request.insert_header((name.to_owned(), value.to_owned()))).await
    };
    // Hours later nothing has changed, whatever the clock says.
    app.clock.set(NOW + time::Duration::hours(6));
    assert_eq!(ask("if-none-match", &tag).await.is(304).text, "");
    assert_eq!(ask("if-modified-since", &since).await.is(304).header("etag"), tag);
    let filing = find(&person.filings(id).await, "MCA-AOC4", "2025-26")["id"].as_i64().unwrap();
    let change = json!({ "targetDueOn": "2026-10-25" });
    person.patch_now(&format!("/api/return-filings/{filing}"), change).await.is(200);
    assert_ne!(ask("if-none-match", &tag).await.is(200).header("etag"), tag);
    let last = ask("if-modified-since", &since).await.is(200);
    assert_eq!(last.header("last-modified"), "Sat, 21 Nov 2026 12:30:00 GMT");
}

#[actix_web::test]
async fn one_link_has_its_own_limit_and_scopes_are_checked() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let theirs = client(&app.login_at("beta", Role::Admin).await, "Other Finance Limited").await;
    for (field, scope) in [
        ("scope.clientId", json!({ "clientId": [theirs] })),
        ("scope.assigneeId", json!({ "assigneeId": ["999999"] })),
        ("scope.assigneeId", json!({ "assigneeId": ["everybody"] })),
        ("scope.regulator", json!({ "regulator": [""] })),
    ] {
        person.post(FEEDS, json!({ "name": "Wrong", "scope": scope })).await.field(field);
    }
    person.post(FEEDS, json!({ "name": " " })).await.field("name");
    person.post(FEEDS, json!({ "name": "Early", "alarmDays": 31 })).await.field("alarmDays");
    let (one, two) =
        (link(&person, json!({ "name": "One" })).await, link(&person, json!({ "name": "Two" })).await);
    for _ in 0..30 {
        app.get(&one).await.is(200);
    }
    app.get(&one).await.is(429);
    app.get(&two).await.is(200);
}
