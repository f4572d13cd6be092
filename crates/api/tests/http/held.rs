//! Clients over the plan are read-only: what `docs/gates.txt` says of each operation, on one such client.

use crate::gates::{ENDS_THE_WALK, registry};
use crate::licence::{except, put_on};
use crate::operations::{PUBLIC, populate, samples};
use crate::support::{TestApp, nbfc};
use kernel::Role;
use serde_json::json;

/// What a refusal says.
const READ_ONLY: &str = "This client is read-only";

#[actix_web::test]
async fn every_operation_leaves_a_client_over_the_plan_alone_as_the_registry_says() {
    let app = TestApp::new().await;
    let owner = app.login(Role::Admin).await;
    let kept = owner.client(nbfc("Kept Finance Limited")).await["id"].as_i64().unwrap();
    let ids = populate(&owner).await;
    except(&app, "clients", 1).await;
    owner.put("/api/license/held-clients", json!({ "clientIds": [ids.client] })).await.is(200);
    let (gates, mut samples) = (registry(), samples(&ids));
    for sample in &mut samples {
        let body = sample.body.as_mut();
        match (sample.operation, body) {
            ("take_back_events", Some(body)) => body["ids"] = json!([ids.event]),
            ("record_events", Some(body)) => body["clients"] = json!([{ "id": ids.client }, { "id": kept }]),
            // The sample chooses nobody, which is wrong while one is too many.
            ("choose_held", Some(body)) => body["clientIds"] = json!([ids.client]),
            _ => {}
        }
    }
    let mut wrong = Vec::new();
    for sample in samples.iter().filter(|s| s.mutates() && !PUBLIC.contains(&s.operation)) {
        if ENDS_THE_WALK.contains(&sample.operation) {
            continue;
        }
        let answer = app.send(sample.request(&owner)).await;
        let refused = answer.status == 402 && answer.text.contains(READ_ONLY);
        let held = gates[sample.operation].held;
        let right = match held.split([' ', ':']).next() {
            Some("refused") => refused,
            Some("skipped") => answer.status == 200 && answer.text.contains(READ_ONLY),
            _ if sample.operation == "create_client" => answer.json["feature"] == "clients",
            _ => answer.json["code"] != "plan.limit",
        };
        if !right {
            wrong.push(format!("{} ({held}): {} {}", sample.operation, answer.status, answer.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let client = owner.get(&format!("/api/clients/{}", ids.client)).await.is(200).json;
    assert_eq!(client["notes"], "Quokka notes", "nothing of it changed, and all of it can be read");
    assert_eq!(client["contacts"].as_array().map(Vec::len), Some(1));
}

#[actix_web::test]
async fn many_at_once_do_the_others_and_say_whose_was_left_out() {
    let app = TestApp::new().await;
    let owner = app.login(Role::Admin).await;
    let kept = owner.client(nbfc("Kept Finance Limited")).await["id"].as_i64().unwrap();
    let held = owner.client(nbfc("Held Finance Limited")).await["id"].as_i64().unwrap();
    except(&app, "clients", 1).await;
    let (mine, theirs) = (owner.filings(kept).await, owner.filings(held).await);
    let open = |f: &&serde_json::Value| f["status"] == "overdue" || f["status"] == "breached";
    let (mine, theirs) = (mine.iter().find(open).unwrap(), theirs.iter().find(open).unwrap());
    let rows = json!([{ "id": theirs["id"] }, { "id": mine["id"] }]);
    let review = json!({ "rows": rows, "change": { "status": "in_review" } });
    let done = owner.post("/api/return-filings/bulk", review).await.is(200).json;
    assert_eq!((done["done"].as_i64(), done["failed"].as_i64()), (Some(1), Some(1)));
    assert_eq!(done["results"][0]["id"], theirs["id"], "in the order of the request");
    assert_eq!(done["results"][0]["errorCode"], "plan.limit");
    assert!(done["results"][0]["error"].as_str().unwrap().contains(READ_ONLY));
    assert!(done["results"][0]["clientName"].as_str().unwrap().contains("Held"), "{done}");
    let filed = json!({ "status": "filed", "filedOn": "2026-11-20", "acknowledgementNo": "ACK-1" });
    let recorded = json!({ "rows": [{ "id": theirs["id"] }], "change": filed });
    let done = owner.post("/api/return-filings/bulk", recorded).await.is(200).json;
    assert_eq!(done["done"], 1, "recording a filing goes on: {done}");
    let note = json!({ "text": "Asked the client" });
    let comments = |id: &serde_json::Value| format!("/api/return-filings/{id}/comments");
    assert!(owner.post(&comments(&theirs["id"]), note.clone()).await.is(402).text.contains(READ_ONLY));
    owner.post(&comments(&mine["id"]), note).await.is(201);
}

#[actix_web::test]
async fn a_sheet_leaves_such_a_client_alone_and_letting_it_go_makes_room() {
    let app = TestApp::new().await;
    let owner = app.login(Role::Admin).await;
    owner.client(nbfc("Kept Finance Limited")).await;
    let sheet = |notes: &str| {
        format!(
            "Client name,Entity type,PAN,Notes\nHeld Finance Limited,Public company (unlisted),AABCS1429B,{notes}\n"
        )
    };
    let carry_out = async |notes: &str| {
        let import = owner.upload("/api/clients/import", &sheet(notes)).await.is(201).id();
        let commit = json!({ "acceptPartial": true });
        owner.post(&format!("/api/imports/{import}/commit"), commit).await.is(202);
        api::background::once(&app.state).await;
        owner.get(&format!("/api/imports/{import}")).await.is(200).text
    };
    carry_out("as it came").await;
    let list = owner.get("/api/clients?q=Held").await.is(200).json;
    let held = format!("/api/clients/{}", list["items"][0]["id"]);
    put_on(&app, "starter").await;
    except(&app, "clients", 1).await;
    let told = carry_out("changed").await;
    assert!(told.contains(READ_ONLY), "{told}");
    assert_eq!(owner.get(&held).await.is(200).json["notes"], "as it came");
    owner.patch_now(&held, json!({ "status": "offboarded", "notes": "gone" })).await.is(402);
    owner.patch_now(&held, json!({ "status": "offboarded" })).await.is(200);
    let left = owner.get("/api/license/held-clients").await.is(200).json;
    assert_eq!(left["excess"], 0, "{left}");
    assert_eq!(owner.get("/api/license/claims").await.is(200).json["limits"]["clients"], 1);
    let back = owner.patch_now(&held, json!({ "status": "onboarding" })).await.is(402).json;
    assert_eq!(back["feature"], "clients", "it comes back when there is room again");
}
