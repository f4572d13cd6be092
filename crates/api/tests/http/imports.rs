//! Imports over HTTP: check, commit in the background, annotated copy, undo. The rules of a sheet have their own tests.

use crate::support::{TestApp, form};
use actix_web::http::Method;
use kernel::Role;
use serde_json::json;

const SHEET: &str = "Client name,Entity type,PAN,GSTIN\n\
    Sahyadri Capital Finance Limited,Public company (unlisted),AABCS1429B,\n\
    Wrong Finance Limited,Public company (unlisted),,27AAPFU0939F1ZO\n";

#[actix_web::test]
async fn a_sheet_is_checked_then_written_then_taken_back() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let checked = person.upload("/api/clients/import", SHEET).await.is(201);
    let path = format!("/api/imports/{}", checked.id());
    assert_eq!(checked.header("location"), path);
    assert_eq!(checked.json["status"], "checked");
    assert_eq!(person.get("/api/clients").await.json["total"], 0, "a check writes nothing");
    let copy = person.get(&format!("{path}/annotated")).await.is(200);
    assert!(copy.text.contains("27AAPFU0939F1ZO") && copy.text.contains('V'), "{}", copy.text);
    person.post(&format!("{path}/commit"), json!({ "acceptPartial": false })).await.is(409);
    person.post(&format!("{path}/commit"), json!({ "acceptPartial": true })).await.is(202);
    api::background::once(&app.state).await;
    let done = person.get(&path).await.is(200).json;
    assert_eq!(done["status"], "done", "{done}");
    let list = person.get("/api/clients").await.json;
    assert_eq!(list["total"], 1);
    assert_eq!(list["items"][0]["clientName"], "Sahyadri Capital Finance Limited");
    person.post(&format!("{path}/undo"), json!(null)).await.is(200);
    assert_eq!(person.get("/api/clients").await.json["total"], 0);
    person.post(&format!("{path}/undo"), json!(null)).await.is(409);
}

#[actix_web::test]
async fn what_is_no_sheet_is_refused_in_words() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let send = async |name: &str, content: &str| {
        let (kind, body) = form(name, content);
        let request =
            person.request(Method::POST, "/api/clients/import").insert_header(("content-type", kind));
        person.send(request.set_payload(body)).await
    };
    send("clients.pdf", "%PDF").await.is(415);
    send("clients.xlsx", "PK\u{3}\u{4}not a workbook").await.field("file");
    send("clients.csv", "").await.field("file");
    let plain = person.post("/api/clients/import", json!({ "file": "x" })).await;
    assert_eq!(plain.status, 415);
    let nul = send("clients.csv", "Client name,Entity type\nA\0B Limited,Public company (unlisted)\n").await;
    assert!(nul.status < 500, "{}", nul.text);
}

#[actix_web::test]
async fn the_template_can_be_uploaded_as_it_is() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let template = person.get("/api/clients/import/template?format=csv").await.is(200);
    assert!(template.header("content-disposition").contains("clients-template.csv"));
    assert!(template.text.contains("Client name"));
    assert!(person.get("/api/clients/import/template").await.is(200).text.starts_with("PK"));
    person.get("/api/clients/import/template?format=pdf").await.is(422);
}
