//! The log of portals that did not work, and the clock of who holds a filing.

use crate::support::{PICTURE, Person, TestApp, find, nbfc, problem_form, problem_form_with};
use kernel::Role;
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};
use std::fmt::Write;
use time::Duration;

async fn filing(person: &Person<'_>) -> (i64, i64) {
    let client = person.client(nbfc("Portal Finance Limited")).await["id"].as_i64().unwrap();
    let filings = person.filings(client).await;
    (client, find(&filings, "MCA-MGT7", "2025-26")["id"].as_i64().unwrap())
}

fn log_of(id: i64) -> String {
    format!("/api/return-filings/{id}/portal-problems")
}

#[actix_web::test]
async fn an_entry_keeps_a_clean_picture_and_is_only_ever_struck_through() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let (_, id) = filing(&person).await;
    let entry = person.portal_problem(id, "Error 504 after the upload").await.is(201).json;
    let entry = &entry["portalProblems"][0];
    assert_eq!(entry["happenedAt"], "2026-11-20T10:30:00+05:30");
    assert_eq!((entry["portal"].as_str(), entry["ticketNo"].as_str()), (Some("MCA21 V3"), Some("T-17")));
    let one = format!("{}/{}", log_of(id), entry["id"]);

    let picture = person.get(&format!("{one}/screenshot")).await.is(200);
    let header = |name: &str| picture.headers.get(name).unwrap().to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "image/png");
    assert!(header("content-disposition").starts_with("attachment"));
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("content-security-policy"), "default-src 'none'; sandbox");
    assert!(PICTURE.len() > picture.bytes.len() && !picture.bytes.ends_with(b"<script>"));
    let hash = digest(&SHA256, &picture.bytes);
    let hex = hash.as_ref().iter().fold(String::new(), |mut out, byte| {
        write!(out, "{byte:02x}").unwrap();
        out
    });
    assert_eq!(entry["screenshot"]["sha256"], hex);
    assert_eq!(entry["screenshot"]["size"].as_u64(), Some(picture.bytes.len() as u64));

    let strike = format!("{one}/strike");
    person.post(&strike, json!({ "reason": "no" })).await.is(422);
    let struck = person.post(&strike, json!({ "reason": "Wrong filing" })).await.is(200).json;
    assert_eq!(struck["portalProblems"][0]["struck"]["reason"], "Wrong filing");
    assert_eq!(struck["portalProblems"][0]["what"], "Error 504 after the upload", "it stays readable");
    person.post(&strike, json!({ "reason": "Once more" })).await.is(409);
    let sentences: Vec<&str> =
        struck["timeline"].as_array().unwrap().iter().filter_map(|e| e["text"].as_str()).collect();
    assert!(sentences[0].starts_with("struck through the entry about MCA21 V3"), "{}", sentences[0]);
    assert!(sentences[1].contains("ticket T-17, screenshot with SHA-256"), "{}", sentences[1]);
}

#[actix_web::test]
async fn what_is_no_entry_or_no_picture_is_refused() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let (_, id) = filing(&person).await;
    let later = person.multipart(&log_of(id), problem_form("2026-11-22", "Error 504")).await.is(422);
    assert!(later.json["fields"]["time"][0].as_str().unwrap().contains("future"));
    let script = problem_form_with("2026-11-20", "Error 504", b"<svg onload=alert(1)>");
    person.multipart(&log_of(id), script).await.is(415);
    let large = problem_form_with("2026-11-20", "Error 504", &vec![0; 5 * 1024 * 1024 + 1]);
    person.multipart(&log_of(id), large).await.is(413);
    let cut = problem_form_with("2026-11-20", "Error 504", &PICTURE[..40]);
    let cut = person.multipart(&log_of(id), cut).await.is(422);
    assert!(cut.json["fields"]["screenshot"].is_array());
    let without = person.multipart(&log_of(id), problem_form_with("2026-11-20", "Error 504", b"")).await;
    assert!(without.is(201).json["portalProblems"][0]["screenshot"].is_null());
    let viewer = app.login(Role::Viewer).await;
    viewer.portal_problem(id, "Error 504").await.is(403);
}

fn parts(clock: &Value) -> Vec<i64> {
    clock["parts"].as_array().unwrap().iter().map(|p| p["days"].as_i64().unwrap()).collect()
}

#[actix_web::test]
async fn the_clock_follows_the_filing_from_hand_to_hand_and_always_sums() {
    let app = TestApp::new().await;
    let person = app.login(Role::Admin).await;
    let (client, id) = filing(&person).await;
    let path = format!("/api/return-filings/{id}");
    let hand_over = format!("{path}/hand-over");
    let list = format!("/api/return-filings?view=all&heldBy=client&clientId={client}");
    app.clock.advance(Duration::days(2));
    let with_client = json!({ "to": "client", "reason": "waiting for bank statements" });
    let clock = person.post(&hand_over, with_client.clone()).await.is(201).json;
    assert_eq!((parts(&clock), clock["holder"].as_str()), (vec![2, 0, 0, 0], Some("client")));
    person.post(&hand_over, with_client).await.is(422);
    person.post(&hand_over, json!({ "to": "moon", "reason": "far away" })).await.is(422);
    assert_eq!(person.get(&list).await.is(200).json["total"], 1);
    app.clock.advance(Duration::days(3));
    person.patch_now(&path, json!({ "status": "in_review" })).await.is(200);
    person.post(&hand_over, json!({ "to": "ours", "reason": "papers came" })).await.is(409);
    app.clock.advance(Duration::days(1));
    person.patch_now(&path, json!({ "status": "open" })).await.is(200);
    // A portal that holds it up takes the clock along.
    let mut form = String::from_utf8(problem_form_with("2026-11-20", "Error 504", b"")).unwrap();
    form = form.replacen(
        "--cut",
        "--cut\r\nContent-Disposition: form-data; name=\"holdsUp\"\r\n\r\ntrue\r\n--cut",
        1,
    );
    let held = person.multipart(&log_of(id), form.into_bytes()).await.is(201).json;
    assert_eq!(held["clock"]["holder"], "regulator");
    app.clock.advance(Duration::days(4));
    // A session does not last that long.
    let person = app.login(Role::Admin).await;
    let filed = json!({ "status": "filed", "filedOn": "2026-12-01", "acknowledgementNo": "AB12" });
    let filed = person.patch_now(&path, filed).await.is(200).json;
    assert_eq!(parts(&filed["clock"]), [2, 3, 1, 4]);
    app.clock.advance(Duration::days(5));
    let person = app.login(Role::Admin).await;
    let clock = person.get(&path).await.is(200).json["clock"].clone();
    assert_eq!((clock["elapsedDays"].as_i64(), clock["holder"].is_null()), (Some(10), true));
    assert_eq!(clock["spans"].as_array().unwrap().len(), 5);
    let reopened = json!({ "status": "open", "reason": "Wrong form" });
    person.patch_now(&path, reopened).await.is(200);
    app.clock.advance(Duration::days(1));
    let clock = person.get(&path).await.is(200).json["clock"].clone();
    assert_eq!((parts(&clock), clock["elapsedDays"].as_i64()), (vec![3, 3, 1, 4], Some(11)));

    let year = person.get(&format!("/api/clients/{client}/clock?fy=2026-27")).await.is(200).json;
    assert_eq!(parts(&year).iter().sum::<i64>(), year["elapsedDays"].as_i64().unwrap());
    assert_eq!(parts(&year)[1..], [3, 1, 4]);
    person.get("/api/clients/999999/clock").await.is(404);
}
