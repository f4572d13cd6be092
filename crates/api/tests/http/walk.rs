//! Walks over every operation of the OpenAPI document.

use crate::documented::documented;
use crate::operations::{MARK, PUBLIC, REFUSED, VIEWER_MAY, populate, samples};
use crate::support::{TestApp, nbfc};
use kernel::Role;
use std::collections::BTreeSet;

#[actix_web::test]
async fn every_operation_works_for_the_firm_that_owns_the_records() {
    let app = TestApp::new().await;
    let owner = app.login(Role::Admin).await;
    let ids = populate(&owner).await;
    let mut failed = Vec::new();
    let mut walked = BTreeSet::new();
    let all = samples(&ids);
    for sample in all.iter().filter(|s| s.operation != "logout" && s.operation != "end_session") {
        if sample.operation == "undo_import" {
            // What the commit started is finished by the background work.
            api::background::once(&app.state).await;
        }
        let mut request = sample.request(&owner);
        if matches!(sample.operation, "update_client" | "update_filing") {
            let version = owner.get(&sample.path).await.is(200).json["version"].as_i64().unwrap();
            request = request.insert_header(("if-match", format!("\"{version}\"")));
        }
        let answer = app.send(request).await;
        let refused = REFUSED.iter().find(|(operation, _)| *operation == sample.operation);
        let expected = refused.map_or(200..=299, |(_, status)| *status..=*status);
        if !expected.contains(&answer.status) {
            failed.push(format!("{}: {} {}", sample.operation, answer.status, answer.text));
        }
        if !sample.mutates() && sample.names_a_record() {
            assert!(answer.text.contains(MARK), "{} shows nothing of its record", sample.operation);
        }
        walked.insert(sample.operation.to_owned());
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    for operation in ["end_session", "logout"] {
        let person = app.login(Role::Analyst).await;
        let mut sample = samples(&ids).into_iter().find(|s| s.operation == operation).unwrap();
        if operation == "end_session" {
            let id = person.get("/api/auth/sessions").await.is(200).json["items"][0]["id"].as_i64().unwrap();
            sample.path = format!("/api/auth/sessions/{id}");
        }
        app.send(sample.request(&person)).await.is(204);
        walked.insert(operation.to_owned());
    }
    assert_eq!(walked, documented(), "left: walked here; right: in the document");
    crate::journal::holds_no_secret(&app).await;
}

#[actix_web::test]
async fn without_a_session_every_operation_answers_401() {
    let app = TestApp::new().await;
    let ids = populate(&app.login(Role::Admin).await).await;
    for sample in samples(&ids) {
        let answer = app.send(sample.anonymous()).await;
        let public = PUBLIC.contains(&sample.operation);
        assert_eq!(answer.status == 401, !public, "{}: {}", sample.operation, answer.status);
        assert!(!answer.text.contains(MARK), "{}: {}", sample.operation, answer.text);
        let forged = sample.anonymous().insert_header(("cookie", "session_token=a.b.c"));
        assert_eq!(
            app.send(forged).await.status == 401,
            !public,
            "{} with a forged cookie",
            sample.operation
        );
    }
}

#[actix_web::test]
async fn another_firms_ids_are_not_there() {
    let app = TestApp::new().await;
    let owner = app.login(Role::Admin).await;
    let ids = populate(&owner).await;
    let stranger = app.login_at("beta", Role::Admin).await;
    let own = stranger.client(nbfc("Numbat Finance Limited")).await;
    let before = owner.get(&format!("/api/clients/{}", ids.client)).await.is(200).json;
    let all = samples(&ids);
    // These act on the caller's own account only and carry no id of a record; the way in is tested on its own.
    let mut no_record = vec!["logout", "change_password", "login", "forgot_password"];
    no_record.extend(REFUSED.iter().map(|(operation, _)| *operation));
    let mut walked: BTreeSet<String> = no_record.iter().map(|o| (*o).to_owned()).collect();
    for sample in all.iter().filter(|s| !no_record.contains(&s.operation)) {
        let answer = app.send(sample.request(&stranger)).await;
        if sample.names_a_record() {
            assert_eq!(answer.status, 404, "{}: {}", sample.operation, answer.text);
        } else {
            assert!(
                (200..300).contains(&answer.status),
                "{}: {} {}",
                sample.operation,
                answer.status,
                answer.text
            );
        }
        // The stranger uploads the same sheet; its own import may say so.
        if sample.operation != "upload_import" {
            for text in [MARK, "quokka", "alpha"] {
                assert!(!answer.text.contains(text), "{} shows {text}: {}", sample.operation, answer.text);
            }
        }
        walked.insert(sample.operation.to_owned());
    }
    assert_eq!(walked, documented());
    let after = owner.get(&format!("/api/clients/{}", ids.client)).await.is(200).json;
    assert_eq!(before, after, "the stranger changed the record");
    // The same ids as filters, and people of the other firm as values.
    let filtered = stranger.get(&format!("/api/return-filings?clientId={}", ids.client)).await.is(200);
    assert_eq!(filtered.json["total"], 0);
    let people = owner.get("/api/users").await.is(200).json;
    let theirs = people["items"][0]["id"].as_i64().unwrap();
    let listed = stranger.get(&format!("/api/return-filings?assigneeId={theirs}")).await.is(200);
    assert_eq!(listed.json["total"], 0);
    let mine = stranger.filings(own["id"].as_i64().unwrap()).await;
    let path = format!("/api/return-filings/{}", mine[0]["id"]);
    let assigned = stranger.patch_now(&path, serde_json::json!({ "assigneeId": theirs })).await;
    assert!(assigned.field("assigneeId").contains("your firm"));
    let path = format!("/api/clients/{}", own["id"]);
    let owned = stranger.patch_now(&path, serde_json::json!({ "ownerId": theirs })).await;
    assert!(owned.field("ownerId").contains("your firm"));
}

#[actix_web::test]
async fn a_viewer_changes_nothing() {
    let app = TestApp::new().await;
    let ids = populate(&app.login(Role::Admin).await).await;
    let viewer = app.login(Role::Viewer).await;
    let mut refused = 0;
    for sample in samples(&ids) {
        let free = VIEWER_MAY.contains(&sample.operation) || PUBLIC.contains(&sample.operation);
        if !sample.mutates() || free {
            continue;
        }
        let answer = app.send(sample.request(&viewer)).await;
        assert_eq!(answer.status, 403, "{}: {}", sample.operation, answer.text);
        assert_eq!(answer.json["code"], "permission.denied", "{}", sample.operation);
        assert!(answer.json["error"].as_str().unwrap().contains("viewer"), "{}", answer.text);
        refused += 1;
    }
    assert!(refused > 15, "{refused}");
}

#[actix_web::test]
async fn deciding_and_settings_are_not_for_analysts() {
    let app = TestApp::new().await;
    let analyst = app.login(Role::Analyst).await;
    let client = analyst.client(nbfc("Decided Finance Limited")).await["id"].as_i64().unwrap();
    let filings = analyst.filings(client).await;
    let path = format!("/api/return-filings/{}", filings[0]["id"]);
    let waive = serde_json::json!({ "status": "waived", "reason": "not needed" });
    assert_eq!(analyst.patch_now(&path, waive.clone()).await.is(403).json["permission"], "filings.decide");
    let setting = serde_json::json!({ "enabled": false, "reason": "The client files it itself" });
    let path_of = "/api/rulebook/returns/DNBS01";
    analyst.put_at(path_of, 0, setting.clone()).await.is(403);
    let checker = app.login(Role::Checker).await;
    checker.put_at(path_of, 0, setting.clone()).await.is(403);
    assert_eq!(checker.patch_now(&path, waive).await.is(200).json["status"], "waived");
    app.login(Role::PrincipalOfficer).await.put_at(path_of, 0, setting).await.is(200);
}
