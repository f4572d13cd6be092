//! What the nightly check tells people, over HTTP: counted, listed, read; on the timeline, the record and the start page.

use crate::support::{TestApp, find, nbfc};
use kernel::Role;
use serde_json::json;
use time::macros::datetime;

#[actix_web::test]
async fn a_missed_return_is_told_recorded_and_read() {
    let app = TestApp::new().await;
    let person = app.login(Role::PrincipalOfficer).await;
    let id = person.client(nbfc("Told Finance Limited")).await["id"].as_i64().unwrap();
    let agm = json!({ "kind": "agm_held", "on": "2026-09-28" });
    person.post(&format!("/api/clients/{id}/events"), agm).await.is(201);
    let filing = find(&person.filings(id).await, "MCA-MGT7", "2025-26")["id"].as_i64().unwrap();
    let path = format!("/api/return-filings/{filing}");
    assert_eq!(person.get("/api/today").await.is(200).json["lastCheck"], json!(null));
    // Due on 27 November; nobody has it and the client has no owner, so the principal officer stands in. Eight days later
    // it is breached, and the check says so once.
    for now in
        [datetime!(2026-11-19 18:40 UTC), datetime!(2026-12-04 18:40 UTC), datetime!(2026-12-05 06:00 UTC)]
    {
        app.clock.set(now);
        api::background::once(&app.state).await;
    }
    let person = app.login(Role::PrincipalOfficer).await;
    let page = person.get("/api/notices?perPage=200").await.is(200).json;
    let about = |page: &serde_json::Value| -> Vec<(String, String)> {
        let items = page["items"].as_array().unwrap().iter().filter(|n| n["filing"]["id"] == filing);
        items.map(|n| (n["rung"].as_str().unwrap().into(), n["text"].as_str().unwrap().into())).collect()
    };
    assert_eq!(
        about(&page),
        [
            (
                "Breach".to_owned(),
                "MCA-MGT7 for FY 2025-26 is breached: due 27 Nov 2026, 8 days late.".to_owned()
            ),
            ("T-7".to_owned(), "MCA-MGT7 for FY 2025-26 is due in 7 days, on 27 Nov 2026.".to_owned())
        ]
    );
    // Of one night the most urgent first.
    let order = ["Breach", "Overdue", "Due today", "T-1", "T-3", "T-7"];
    let place = |n: &serde_json::Value| order.iter().position(|rung| n["rung"] == *rung).unwrap();
    for pair in page["items"].as_array().unwrap().windows(2).filter(|pair| pair[0]["at"] == pair[1]["at"]) {
        assert!(place(&pair[0]) <= place(&pair[1]), "{pair:#?}");
    }
    let me = person.get("/api/me").await.is(200).json;
    assert_eq!(me["counters"]["unreadNotices"], page["unread"]);
    let detail = person.get(&path).await.is(200).json;
    assert_eq!(detail["breaches"][0]["breachedOn"], "2026-12-05");
    let timeline: Vec<&str> =
        detail["timeline"].as_array().unwrap().iter().filter_map(|e| e["text"].as_str()).collect();
    assert!(
        timeline
            .iter()
            .any(|t| t.starts_with("sent the breach alert on MCA-MGT7 for FY 2025-26, due 27 Nov 2026, to")),
        "{timeline:#?}"
    );
    let today = person.get("/api/today").await.is(200).json;
    assert_eq!(today["lastCheck"]["day"], "2026-12-05");
    // What a day costs on the start page is the sum of what the rows behind the figure say.
    let late = person.get("/api/return-filings?view=pastDue&perPage=200").await.is(200).json;
    let rupees = |money: &serde_json::Value| -> f64 { money.as_str().map_or(0.0, |s| s.parse().unwrap()) };
    let rows: f64 =
        late["items"].as_array().unwrap().iter().map(|f| rupees(&f["costPerDay"]["amount"])).sum();
    let sum = &today["strip"]["lateCost"][0];
    assert_eq!(sum["currency"], "INR");
    assert!(rows > 0.0 && (rows - rupees(&sum["perDay"])).abs() < 0.005, "{rows} {sum}");
    assert!(today["sentence"].as_str().unwrap().contains(", at up to ₹"), "{today}");
    // One by one, then all; other people's are not touched.
    let first = page["items"][0]["id"].as_i64().unwrap();
    let left =
        person.post("/api/notices/read", json!({ "ids": [first] })).await.is(200).json["unread"].clone();
    assert_eq!(left.as_i64().unwrap(), page["unread"].as_i64().unwrap() - 1);
    assert_eq!(person.get("/api/notices?unread=true").await.is(200).json["total"], left);
    let stranger = app.login(Role::Analyst).await;
    stranger.post("/api/notices/read", json!({ "ids": [first + 1], "all": false })).await.is(200);
    assert_eq!(person.get("/api/notices").await.is(200).json["unread"], left);
    assert_eq!(person.post("/api/notices/read", json!({ "all": true })).await.is(200).json["unread"], 0);
    for wrong in [json!({}), json!({ "ids": [1], "all": true }), json!({ "ids": vec![1; 501] })] {
        assert!(person.post("/api/notices/read", wrong).await.field("ids").contains("1 to 500"));
    }
}

#[actix_web::test]
async fn the_ladder_is_shown_as_it_is() {
    let app = TestApp::new().await;
    let viewer = app.login(Role::Viewer).await;
    let ladder = viewer.get("/api/notices/ladder").await.is(200).json;
    let names: Vec<&str> =
        ladder["steps"].as_array().unwrap().iter().filter_map(|s| s["name"].as_str()).collect();
    assert_eq!(names, ["T-7", "T-3", "T-1", "Due today", "Overdue", "Breach"]);
    assert_eq!(ladder["steps"][2]["principalOfficerFor"], json!(["licence_critical"]));
    assert_eq!(ladder["steps"][5]["canBeMuted"], false);
    assert_eq!(ladder["lastCheck"], json!(null));
}
