//! What was missed is overdue after midnight in India, and later breached, by reads alone: nothing is written and no job
//! runs between.

use crate::support::{TestApp, find, nbfc};
use kernel::Role;
use serde_json::{Value, json};
use time::macros::datetime;

#[actix_web::test]
async fn midnight_in_india_makes_it_overdue_and_seven_more_make_it_breached() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let id = person.client(nbfc("Midnight Finance Limited")).await["id"].as_i64().unwrap();
    // Worked example 1: AGM on 28-09-2026, MGT-7 due on 27-11-2026.
    let agm = json!({ "kind": "agm_held", "on": "2026-09-28" });
    person.post(&format!("/api/clients/{id}/events"), agm).await.is(201);
    let filing = find(&person.filings(id).await, "MCA-MGT7", "2025-26")["id"].as_i64().unwrap();
    let path = format!("/api/return-filings/{filing}");
    let owner = app.db.owner_client().await;
    let rows = "SELECT md5(string_agg(f::text, '' ORDER BY id)) FROM filings f";
    let stored = async || -> String { owner.query_one(rows, &[]).await.unwrap().get(0) };
    let before = stored().await;
    for (now, status, late) in [
        (datetime!(2026-11-22 18:29:59 UTC), "upcoming", 0),
        (datetime!(2026-11-23 18:29:59 UTC), "upcoming", 0),
        (datetime!(2026-11-23 18:30:00 UTC), "due_soon", 0),
        (datetime!(2026-11-26 18:30:00 UTC), "due_today", 0),
        (datetime!(2026-11-27 18:29:59 UTC), "due_today", 0),
        (datetime!(2026-11-27 18:30:00 UTC), "overdue", 1),
        (datetime!(2026-12-04 18:29:59 UTC), "overdue", 7),
        (datetime!(2026-12-04 18:30:00 UTC), "breached", 8),
    ] {
        app.clock.set(now);
        let detail = person.get(&path).await.is(200).json;
        assert_eq!(
            (detail["status"].as_str(), detail["daysLate"].as_i64()),
            (Some(status), Some(late)),
            "{now}"
        );
        let listed =
            person.get(&format!("/api/return-filings?status={status}&code=MCA-MGT7")).await.is(200).json;
        assert!(listed["items"].as_array().unwrap().iter().any(|f| f["id"] == filing), "{now}: {status}");
        let other = if late > 0 { "due_today" } else { "overdue" };
        let absent =
            person.get(&format!("/api/return-filings?status={other}&code=MCA-MGT7")).await.is(200).json;
        assert!(!absent["items"].as_array().unwrap().iter().any(|f| f["id"] == filing), "{now}: {other}");
        // The start page and the badges follow the same dates.
        let today = person.get("/api/today?scope=firm").await.is(200).json;
        for (figure, filter) in
            [("pastDue", "status=overdue&status=breached"), ("breached", "status=breached")]
        {
            let list = person.get(&format!("/api/return-filings?{filter}")).await.is(200).json;
            assert_eq!(today["strip"][figure], list["total"], "{now}: {figure}");
        }
        let me = person.get("/api/me").await.is(200).json;
        assert_eq!(me["counters"]["pastDue"], today["strip"]["pastDue"], "{now}");
    }
    assert_eq!(stored().await, before, "only reads happened");
}

#[actix_web::test]
async fn an_agm_that_never_comes_turns_into_a_date() {
    let app = TestApp::new().await;
    app.clock.set(datetime!(2026-09-01 06:30 UTC));
    let person = app.login(Role::Analyst).await;
    let id = person.client(nbfc("Late Finance Limited")).await["id"].as_i64().unwrap();
    let filings = person.filings(id).await;
    let aoc4 = find(&filings, "MCA-AOC4", "2025-26");
    assert_eq!((aoc4["status"].as_str(), &aoc4["legalDueOn"]), (Some("awaiting_event"), &Value::Null));
    let path = format!("/api/return-filings/{}", aoc4["id"]);
    // s.137(2): without an AGM, 30 days from its last day, 30 September, are 30 October.
    app.clock.set(datetime!(2026-10-31 06:30 UTC));
    let person = app.login(Role::Analyst).await;
    let detail = person.get(&path).await.is(200).json;
    assert_eq!(
        (detail["legalDueOn"].as_str(), detail["status"].as_str()),
        (Some("2026-10-30"), Some("overdue"))
    );
    assert_eq!(detail["daysLate"], 1);
}
