//! Filings: recording, lateness, decisions, assignment, checklist, lists, the rule library.

use crate::support::{Person, TestApp, find, nbfc};
use actix_web::http::Method;
use kernel::Role;
use serde_json::{Value, json};

/// A client whose AGM was on 28-09-2026: AOC-4 is due on 28-10-2026, MGT-7 on 27-11-2026 (worked example 1).
async fn after_the_agm(person: &Person<'_>) -> (i64, Vec<Value>) {
    let id = person.client(nbfc("Filing Finance Limited")).await["id"].as_i64().unwrap();
    let agm = json!({ "kind": "agm_held", "on": "2026-09-28" });
    person.post(&format!("/api/clients/{id}/events"), agm).await.is(201);
    (id, person.filings(id).await)
}

fn path(filings: &[Value], code: &str) -> String {
    format!("/api/return-filings/{}", find(filings, code, "2025-26")["id"])
}

#[actix_web::test]
async fn filed_needs_a_day_and_a_number() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let (_, filings) = after_the_agm(&person).await;
    let mgt7 = path(&filings, "MCA-MGT7");
    let filed =
        |on: Value, number: Value| json!({ "status": "filed", "filedOn": on, "acknowledgementNo": number });
    person.patch_now(&mgt7, filed(Value::Null, json!("SRN-1"))).await.field("filedOn");
    person.patch_now(&mgt7, filed(json!("2026-11-20"), Value::Null)).await.field("acknowledgementNo");
    person.patch_now(&mgt7, filed(json!("2026-11-20"), json!("  "))).await.field("acknowledgementNo");
    let future = person.patch_now(&mgt7, filed(json!("2026-11-22"), json!("SRN-1"))).await;
    assert!(future.field("filedOn").contains("future"));
    let done = person.patch_now(&mgt7, filed(json!("2026-11-21"), json!(" SRN-1 "))).await.is(200).json;
    assert_eq!((done["status"].as_str(), done["daysLate"].as_i64()), (Some("filed"), Some(0)));
    assert_eq!(done["acknowledgementNo"], "SRN-1");
    assert_eq!(done["closure"]["by"]["displayName"], "analyst of alpha");
    let again = person.patch_now(&mgt7, filed(json!("2026-11-21"), json!("SRN-2"))).await.is(409);
    assert_eq!(again.json["error"], "This filing is closed. Reopen it first.");
    assert!(done["timeline"][0]["text"].as_str().unwrap().contains("filed MCA-MGT7"));
}

#[actix_web::test]
async fn late_is_judged_by_the_legal_date() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let (_, filings) = after_the_agm(&person).await;
    let aoc4 = path(&filings, "MCA-AOC4");
    // Domain file, end of section 3: on 21-11-2026 AOC-4 is 24 days late and MGT-7 is due in 6 days.
    let open = person.get(&aoc4).await.is(200).json;
    assert_eq!((open["status"].as_str(), open["daysLate"].as_i64()), (Some("breached"), Some(24)));
    assert_eq!(person.get(&path(&filings, "MCA-MGT7")).await.json["daysToDue"], 6);
    let filed = json!({ "status": "filed", "filedOn": "2026-10-29", "acknowledgementNo": "SRN-1" });
    let done = person.patch_now(&aoc4, filed).await.is(200).json;
    assert_eq!((done["status"].as_str(), done["daysLate"].as_i64()), (Some("filed_late"), Some(1)));
    let adt1 = path(&filings, "MCA-ADT1");
    let on_time = json!({ "status": "filed", "filedOn": "2026-10-13", "acknowledgementNo": "SRN-2" });
    assert_eq!(person.patch_now(&adt1, on_time).await.is(200).json["status"], "filed");
    let list = person.get("/api/return-filings?status=filed&status=filed_late").await.is(200).json;
    assert_eq!(list["total"], 2);
}

#[actix_web::test]
async fn without_a_number_the_exception_is_named() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let (_, filings) = after_the_agm(&person).await;
    let mgt7 = path(&filings, "MCA-MGT7");
    let except = |why: &str| json!({ "status": "filed", "filedOn": "2026-11-20", "acknowledgementException": why, "nilReturn": true });
    person.patch_now(&mgt7, except("x")).await.is(422);
    let done = person.patch_now(&mgt7, except("filed on paper, receipt follows")).await.is(200).json;
    assert_eq!(done["closure"]["exception"], "filed on paper, receipt follows");
    assert_eq!(done["closure"]["nil"], true);
    assert_eq!(done["acknowledgementNo"], Value::Null);
}

#[actix_web::test]
async fn overdue_and_breached_are_true_or_refused_never_set() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let (_, filings) = after_the_agm(&person).await;
    let (aoc4, mgt7) = (path(&filings, "MCA-AOC4"), path(&filings, "MCA-MGT7"));
    for status in ["breached", "overdue"] {
        let before = person.get(&aoc4).await.json["version"].clone();
        let answer = person.patch_now(&aoc4, json!({ "status": status })).await.is(200).json;
        assert_eq!(answer["version"], before, "nothing was written");
        let refused = person.patch_now(&mgt7, json!({ "status": status })).await.is(409);
        assert!(refused.json["error"].as_str().unwrap().contains("27 Nov 2026"), "{}", refused.text);
    }
    let calm = person.patch_now(&aoc4, json!({ "breachAfterDays": 30 })).await.is(200).json;
    assert_eq!(calm["status"], "overdue");
    person.patch_now(&aoc4, json!({ "status": "breached" })).await.is(409);
    person.patch_now(&aoc4, json!({ "breachAfterDays": 366 })).await.field("breachAfterDays");
    person.patch_now(&aoc4, json!({ "status": "in_space" })).await.field("status");
}

#[actix_web::test]
async fn decisions_need_a_reason_and_can_be_taken_back() {
    let app = TestApp::new().await;
    let person = app.login(Role::PrincipalOfficer).await;
    let (_, filings) = after_the_agm(&person).await;
    let mgt7 = path(&filings, "MCA-MGT7");
    for status in ["waived", "not_applicable"] {
        person.patch_now(&mgt7, json!({ "status": status })).await.field("reason");
        let closed =
            person.patch_now(&mgt7, json!({ "status": status, "reason": "merged away" })).await.is(200).json;
        assert_eq!(
            (closed["status"].as_str(), closed["closure"]["reason"].as_str()),
            (Some(status), Some("merged away"))
        );
        person.patch_now(&mgt7, json!({ "status": "open" })).await.field("reason");
        let open =
            person.patch_now(&mgt7, json!({ "status": "open", "reason": "not merged" })).await.is(200).json;
        assert_eq!((open["status"].as_str(), &open["closure"]), (Some("upcoming"), &Value::Null));
    }
    person.patch_now(&mgt7, json!({ "status": "open", "reason": "again and again" })).await.is(409);
}

#[actix_web::test]
async fn the_target_is_the_firms_own_and_never_after_the_law() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let (_, filings) = after_the_agm(&person).await;
    let mgt7 = path(&filings, "MCA-MGT7");
    person.patch_now(&mgt7, json!({ "targetDueOn": "2026-11-28" })).await.field("targetDueOn");
    let set = person.patch_now(&mgt7, json!({ "targetDueOn": "2026-11-25" })).await.is(200).json;
    assert_eq!(
        (set["targetDueOn"].as_str(), set["targetOverridden"].as_bool()),
        (Some("2026-11-25"), Some(true))
    );
    assert_eq!(set["legalDueOn"], "2026-11-27", "the date in law stays");
    let moved = person.patch_now(&mgt7, json!({ "legalDueOn": "2026-12-31" })).await;
    assert!(moved.field("legalDueOn").contains("unknown field"), "nobody moves the law by hand");
}

#[actix_web::test]
async fn work_is_given_to_people_of_the_firm() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let (_, filings) = after_the_agm(&person).await;
    let mgt7 = path(&filings, "MCA-MGT7");
    let me = person.get("/api/me").await.json["user"]["id"].as_i64().unwrap();
    let given = person.patch_now(&mgt7, json!({ "assigneeId": me })).await.is(200).json;
    assert_eq!(given["assignee"]["displayName"], "analyst of alpha");
    assert_eq!(person.get("/api/return-filings?assigneeId=me").await.json["total"], 1);
    let owner = app.db.owner_client().await;
    owner.batch_execute("UPDATE users SET active = false WHERE role = 'checker'").await.unwrap();
    let checker: i64 = owner
        .query_one("SELECT id FROM users WHERE role = 'checker' AND tenant_id = $1", &[&app.firms[0].get()])
        .await
        .unwrap()
        .get(0);
    person.patch_now(&mgt7, json!({ "assigneeId": checker })).await.field("assigneeId");
    let taken = person.patch_now(&mgt7, json!({ "assigneeId": null })).await.is(200).json;
    assert_eq!(taken["assignee"], Value::Null);
}

#[actix_web::test]
async fn a_stale_or_blind_change_is_refused() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let (_, filings) = after_the_agm(&person).await;
    let mgt7 = path(&filings, "MCA-MGT7");
    let seen = person.get(&mgt7).await.json["version"].as_i64().unwrap();
    person.send(person.request(Method::PATCH, &mgt7).set_json(json!({ "breachAfterDays": 3 }))).await.is(428);
    person.patch(&mgt7, seen, json!({ "breachAfterDays": 3 })).await.is(200);
    let stale = person.patch(&mgt7, seen, json!({ "breachAfterDays": 4 })).await.is(409);
    assert_eq!(stale.json["current"]["breachAfterDays"], 3);
}

#[actix_web::test]
async fn the_checklist_counts_and_remembers_who() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let (_, filings) = after_the_agm(&person).await;
    let mgt7 = path(&filings, "MCA-MGT7");
    let before = person.get(&mgt7).await.json;
    let total = before["checklistTotal"].as_i64().unwrap();
    assert!(total > 0 && before["checklist"].as_array().unwrap().len() as i64 == total);
    let tick = async |item: &str, done: bool| {
        let request = person.request(Method::PATCH, &format!("{mgt7}/checklist/{item}"));
        person.send(request.set_json(json!({ "done": done }))).await
    };
    tick("r1", true).await.is(200);
    tick("r999", true).await.is(404);
    let own =
        person.post(&format!("{mgt7}/checklist"), json!({ "text": "Ask the auditor" })).await.is(201).json;
    tick(own["id"].as_str().unwrap_or("o1"), true).await.is(200);
    let after = person.get(&mgt7).await.json;
    assert_eq!(
        (after["checklistDone"].as_i64(), after["checklistTotal"].as_i64()),
        (Some(2), Some(total + 1))
    );
    tick("r1", false).await.is(200);
    assert_eq!(person.get(&mgt7).await.json["checklistDone"], 1);
    person.post(&format!("{mgt7}/comments"), json!({ "text": " " })).await.is(422);
    person.post(&format!("{mgt7}/comments"), json!({ "text": "called the registrar" })).await.is(201);
    assert_eq!(person.get(&mgt7).await.json["comments"][0]["text"], "called the registrar");
}

#[actix_web::test]
async fn views_and_filters_agree_with_their_counts() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    after_the_agm(&person).await;
    let all = person.get("/api/return-filings?view=all").await.is(200).json;
    for (view, count) in
        [("open", "open"), ("due7", "due7"), ("pastDue", "pastDue"), ("filed", "filed"), ("all", "all")]
    {
        let page = person.get(&format!("/api/return-filings?view={view}")).await.is(200).json;
        assert_eq!(page["total"], all["counts"][count], "{view}");
    }
    assert_eq!(all["asOf"], "2026-11-21");
    let week =
        person.get("/api/return-filings?dueFrom=2026-11-21&dueTo=2026-11-28&sort=-dueOn").await.is(200).json;
    let dues: Vec<&str> =
        week["items"].as_array().unwrap().iter().filter_map(|f| f["legalDueOn"].as_str()).collect();
    assert!(dues.len() > 1 && dues.iter().all(|d| ("2026-11-21"..="2026-11-28").contains(d)), "{dues:?}");
    assert!(dues.is_sorted_by(|a, b| a >= b), "{dues:?}");
    let calendar = person.get("/api/calendar?from=2026-11-21&to=2026-11-28").await.is(200).json;
    assert_eq!(
        (calendar["total"].as_i64(), calendar["asOf"].as_str()),
        (week["total"].as_i64(), Some("2026-11-21"))
    );
    person.get("/api/calendar?from=2026-11-21&to=2027-11-28").await.field("to");
    let csv = person.get("/api/return-filings/export?format=csv&view=all").await.is(200).text;
    assert_eq!(csv.trim().lines().count() as i64, all["total"].as_i64().unwrap() + 1);
}

#[actix_web::test]
async fn a_setting_replans_in_the_background() {
    let mut app = TestApp::new().await;
    while app.woken.try_recv().is_ok() {}
    let count = {
        let person = app.login(Role::Admin).await;
        let (id, filings) = after_the_agm(&person).await;
        let setting = json!({ "enabled": false, "reason": "The client files it itself" });
        person.put_at("/api/rulebook/returns/MCA-MGT7", 0, setting.clone()).await.is(200);
        person.put_at("/api/rulebook/returns/NO-SUCH", 0, setting).await.is(404);
        api::background::once(&app.state).await;
        let left = person.filings(id).await;
        assert!(left.iter().all(|f| f["code"] != "MCA-MGT7"));
        person.get(&path(&filings, "MCA-MGT7")).await.is(404);
        let back = json!({ "breachAfterDays": 2, "reason": "We file it again" });
        person.put_at("/api/rulebook/returns/MCA-MGT7", 1, back).await.is(200);
        api::background::once(&app.state).await;
        let again = person.get(&path(&filings, "MCA-MGT7")).await.is(200).json;
        assert_eq!(again["breachAfterDays"], 2, "the same filing is back, with the firm's threshold");
        filings.len()
    };
    assert!(count > 0 && app.woken.try_recv().is_ok(), "the background work was woken");
}

#[actix_web::test]
async fn the_firm_decides_when_late_is_breached() {
    let app = TestApp::new().await;
    let analyst = app.login(Role::Analyst).await;
    let officer = app.login(Role::PrincipalOfficer).await;
    let id = analyst.client(nbfc("Threshold Finance Limited")).await["id"].as_i64().unwrap();
    // Tracked from April: DNBS02 of the second quarter was due 21 October 2026, a month before the clock of the tests.
    let status = async || find(&analyst.filings(id).await, "DNBS02", "Q2 FY 2026-27")["status"].clone();
    assert_eq!(status().await, "breached");
    let path = "/api/rulebook/settings";
    let days = |days: i64| json!({ "breachAfterDays": days });
    analyst.put_at(path, 1, days(60)).await.is(403);
    officer.put_at(path, 1, days(400)).await.is(422);
    officer.put(path, days(60)).await.is(428);
    let late =
        analyst.get("/api/return-filings?view=all&status=breached").await.is(200).json["total"].clone();
    let preview = officer.post(&format!("{path}/preview"), days(60)).await.is(200).json;
    assert!(preview["noLongerBreached"].as_i64().unwrap() >= 1, "{preview}");
    assert_eq!(preview["breached"], 0);
    assert_eq!(
        officer.put_at(path, 1, days(60)).await.is(200).json,
        json!({ "breachAfterDays": 60, "version": 2, "waiting": [] })
    );
    officer.put_at(path, 1, days(61)).await.is(409);
    api::background::once(&app.state).await;
    assert_eq!(status().await, "overdue");
    let now = analyst.get("/api/return-filings?view=all&status=breached").await.is(200).json["total"].clone();
    let fewer = late.as_i64().unwrap() - now.as_i64().unwrap();
    assert_eq!(preview["noLongerBreached"], fewer, "the preview said how many");
}

#[actix_web::test]
async fn a_rule_can_be_tried_without_a_client() {
    let app = TestApp::new().await;
    let viewer = app.login(Role::Viewer).await;
    let ask = |code: &str, facts: Value| json!({ "code": code, "facts": facts });
    let path = "/api/rulebook/evaluate";
    // Worked examples 1 of both domain files: 30 days after the AGM, 21 days after the quarter end.
    let due = viewer.post(path, ask("MCA-AOC4", json!({ "agm": "2026-09-28" }))).await.is(200);
    assert_eq!(due.json["legalDue"], "2026-10-28");
    let due = viewer.post(path, ask("DNBS01", json!({ "reference_date": "2026-09-30" }))).await.is(200);
    assert_eq!(due.json["legalDue"], "2026-10-21");
    assert!(!due.json["steps"].as_array().unwrap().is_empty());
    viewer.post(path, ask("NO-SUCH", json!({}))).await.is(422);
    viewer.post(path, ask("DNBS01", json!({ "reference_date": "soon" }))).await.is(422);
}

#[actix_web::test]
async fn of_two_people_at_once_one_is_told_so() {
    let app = TestApp::new().await;
    let (one, two) = (app.login(Role::Analyst).await, app.login(Role::Checker).await);
    let (_, filings) = after_the_agm(&one).await;
    let mgt7 = path(&filings, "MCA-MGT7");
    let seen = one.get(&mgt7).await.json["version"].as_i64().unwrap();
    let filed =
        |number: &str| json!({ "status": "filed", "filedOn": "2026-11-20", "acknowledgementNo": number });
    let (a, b) =
        futures_util::join!(one.patch(&mgt7, seen, filed("SRN-A")), two.patch(&mgt7, seen, filed("SRN-B")));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{} {}", a.text, b.text);
    let winner = if a.status == 200 { "SRN-A" } else { "SRN-B" };
    assert_eq!(one.get(&mgt7).await.json["acknowledgementNo"], winner);
    let timeline = one.get(&mgt7).await.json["timeline"].to_string();
    assert_eq!(timeline.matches("filings.file").count(), 1, "{timeline}");
}
