//! Clients: taking on, changing, duplicates, facts, parts, lists, downloads.

use crate::support::{TestApp, nbfc};
use actix_web::http::Method;
use kernel::Role;
use serde_json::{Value, json};

fn codes(list: &Value) -> Vec<&str> {
    let mut codes: Vec<&str> = list.as_array().unwrap().iter().filter_map(|f| f["code"].as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[actix_web::test]
async fn a_client_is_taken_on_with_its_filings() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let answer = person.post("/api/clients", nbfc("Kaveri Finance Limited")).await.is(201);
    let id = answer.id();
    assert_eq!(answer.header("location"), format!("/api/clients/{id}"));
    assert_eq!(answer.json["shortName"], "Kaveri Finance");
    assert_eq!(answer.json["status"], "active");
    assert_eq!(answer.json["registrations"][0]["category"], "NBFC-ICC");
    let filings = person.filings(id).await;
    let all = codes(&Value::Array(filings.clone())).join(" ");
    for code in ["DNBS04A", "MCA-AOC4", "MCA-MGT7", "MCA-ADT1", "MCA-MSME1"] {
        assert!(all.contains(code), "{code} is not in {all}");
    }
    let timeline = person.get(&format!("/api/clients/{id}/timeline")).await.is(200).json;
    let actions: Vec<&str> =
        timeline["items"].as_array().unwrap().iter().filter_map(|e| e["action"].as_str()).collect();
    assert_eq!(actions, ["filings.plan", "clients.create"]);
}

#[actix_web::test]
async fn a_wrong_gstin_is_named_by_its_character() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let with = |field: &str, value: &str| {
        let mut body = nbfc("Numbered Finance Limited");
        body[field] = json!(value);
        body
    };
    // Domain file: the check character of 27AAPFU0939F1Z is V, not O.
    let wrong = person.post("/api/clients", with("gstin", "27AAPFU0939F1ZO")).await;
    assert!(wrong.field("gstin").contains('V'), "{}", wrong.text);
    assert!(
        person.post("/api/clients", with("gstin", "40AAPFU0939F1Z7")).await.field("gstin").contains("40")
    );
    person.post("/api/clients", with("pan", "AAPFU0939")).await.field("pan");
    person.post("/api/clients", with("entityType", "club")).await.field("entityType");
    person.post("/api/clients", with("clientName", "  ")).await.field("clientName");
    person.post("/api/clients", with("incorporatedOn", "2027-01-01")).await.field("incorporatedOn");
    let mut body = nbfc("Licensed Finance Limited");
    body["registrations"][0]["category"] = json!("NBFC-XYZ");
    person.post("/api/clients", body).await.is(422);
    assert_eq!(person.get("/api/clients").await.json["total"], 0, "nothing was half made");
}

#[actix_web::test]
async fn a_look_alike_is_shown_before_it_is_made() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let mut first = nbfc("Sahyadri Capital Finance Private Limited");
    first["pan"] = json!("AABCS1429B");
    let id = person.client(first).await["id"].as_i64().unwrap();
    let mut same_pan = nbfc("Another Name Limited");
    same_pan["pan"] = json!("aabcs1429b ");
    let answer = person.post("/api/clients", same_pan.clone()).await.is(409);
    assert_eq!(answer.json["code"], "client.duplicate");
    assert_eq!(answer.json["duplicates"][0]["id"], id);
    assert_eq!(answer.json["duplicates"][0]["matchedOn"], "pan");
    let same_name = nbfc("SAHYADRI CAPITAL FINANCE PVT. LTD.");
    assert_eq!(
        person.post("/api/clients", same_name).await.is(409).json["duplicates"][0]["matchedOn"],
        "name"
    );
    same_pan["allowDuplicate"] = json!(true);
    person.post("/api/clients", same_pan).await.is(201);
    // What another firm has is no duplicate here.
    let mut theirs = nbfc("Beta Finance Limited");
    theirs["pan"] = json!("AABCS1429B");
    app.login_at("beta", Role::Analyst).await.post("/api/clients", theirs).await.is(201);
}

#[actix_web::test]
async fn a_change_names_the_version_that_was_seen() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let made = person.client(nbfc("Versioned Finance Limited")).await;
    let (path, version) = (format!("/api/clients/{}", made["id"]), made["version"].as_i64().unwrap());
    let blind = person.request(Method::PATCH, &path).set_json(json!({ "notes": "x" }));
    assert_eq!(person.send(blind).await.is(428).json["code"], "version.required");
    let saved = person.patch(&path, version, json!({ "notes": "first", "riskRating": "high" })).await.is(200);
    assert_eq!(saved.json["version"], version + 1);
    let stale = person.patch(&path, version, json!({ "notes": "second" })).await.is(409);
    assert_eq!(stale.json["code"], "stale");
    assert_eq!(stale.json["current"]["notes"], "first");
    let cleared = person.patch_now(&path, json!({ "riskRating": null })).await.is(200);
    assert_eq!(cleared.json["riskRating"], Value::Null);
    assert_eq!(cleared.json["notes"], "first", "absent leaves");
    person.patch_now(&path, json!({ "status": "onboarding" })).await.field("status");
    person.patch_now(&path, json!({ "ownerId": 999_999 })).await.field("ownerId");
    person.patch_now(&path, json!({ "trackFrom": "yesterday" })).await.is(422);
}

#[actix_web::test]
async fn facts_show_their_difference_before_they_apply() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let id = person.client(nbfc("Growing Finance Limited")).await["id"].as_i64().unwrap();
    let before = person.filings(id).await;
    let path = format!("/api/clients/{id}/facts");
    let up = json!({ "changes": [
        { "key": "layer", "value": "middle" }, { "key": "asset_size_solo", "value": "14500000000" }
    ] });
    let dry = person.put(&format!("{path}?dryRun=true"), up.clone()).await.is(200).json;
    assert_eq!(dry["client"], Value::Null);
    let added = codes(&dry["diff"]["added"]);
    assert!(!added.is_empty(), "{dry}");
    assert_eq!(person.filings(id).await, before, "a dry run changes nothing");
    let facts = person.get(&format!("/api/clients/{id}")).await.json["facts"].clone();
    assert!(facts.as_array().unwrap().iter().any(|f| f["key"] == "layer" && f["value"] == "base"));
    let done = person.put(&path, up).await.is(200).json;
    assert_eq!(codes(&done["diff"]["added"]), added, "the dry run told the truth");
    let after = Value::Array(person.filings(id).await);
    for code in &added {
        assert!(codes(&after).contains(code), "{code}");
    }
    let again = json!({ "changes": [{ "key": "layer", "value": "middle" }] });
    let same = person.put(&path, again).await.is(200).json["diff"].clone();
    assert_eq!((codes(&same["added"]), codes(&same["removed"])), (vec![], vec![]));
    for (key, value) in [("layer", "purple"), ("asset_size_solo", "many"), ("no_such_fact", "1")] {
        let wrong = json!({ "changes": [{ "key": key, "value": value }] });
        let answer = person.put(&path, wrong).await.is(422);
        assert!(!answer.json["fields"].as_object().unwrap().is_empty(), "{key}");
    }
}

#[actix_web::test]
async fn a_registration_brings_filings_and_takes_them_away() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let mut body = nbfc("Licensed Finance Limited");
    body["registrations"] = json!([]);
    let id = person.client(body).await["id"].as_i64().unwrap();
    let rbi = async || person.filings(id).await.iter().filter(|f| f["regulator"] == "RBI").count();
    assert_eq!(rbi().await, 0);
    let path = format!("/api/clients/{id}/registrations");
    let licence = json!({ "regulator": "RBI", "category": "NBFC-ICC", "registrationNo": "N-13.02417" });
    let preview = format!("{path}/preview");
    let look = person.post(&preview, json!({ "registration": licence })).await.is(200).json;
    let would_add = look["diff"]["added"].as_array().unwrap().len();
    assert_eq!(rbi().await, 0, "a look changes nothing");
    let before = person.filings(id).await.len();
    let added = person.post(&path, licence.clone()).await.is(201);
    assert!(rbi().await > 0);
    assert_eq!(person.filings(id).await.len(), before + would_add, "what was shown is what came");
    let one = format!("{path}/{}", added.id());
    let look = person.post(&preview, json!({ "id": added.id() })).await.is(200).json;
    assert_eq!(look["diff"]["removed"].as_array().unwrap().len(), would_add);
    assert_eq!(person.get(&format!("/api/clients/{id}")).await.json["registrations"][0]["id"], added.id());
    person.post(&preview, json!({})).await.field("registration");
    person.post(&preview, json!({ "id": 987_654 })).await.is(404);
    assert_eq!(added.header("location"), one);
    let mut surrendered = licence;
    surrendered["status"] = json!("surrendered");
    surrendered["validTo"] = json!("2026-03-31");
    let ends = json!({ "id": added.id(), "registration": surrendered });
    let look = person.post(&preview, ends).await.is(200).json;
    assert!(!look["diff"]["removed"].as_array().unwrap().is_empty(), "{look}");
    person.send(person.request(Method::PATCH, &one).set_json(surrendered)).await.is(200);
    person.delete(&one, json!(null)).await.is(204);
    assert_eq!(rbi().await, 0);
    person.delete(&one, json!(null)).await.is(404);
}

#[actix_web::test]
async fn people_of_a_client() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let id = person.client(nbfc("Peopled Finance Limited")).await["id"].as_i64().unwrap();
    let path = format!("/api/clients/{id}/contacts");
    person.post(&path, json!({ "name": "Asha", "email": "not-an-address" })).await.field("email");
    let added = person.post(&path, json!({ "name": " Asha ", "email": "asha@x.example" })).await.is(201);
    assert_eq!(added.json["name"], "Asha");
    let one = format!("{path}/{}", added.id());
    let change = person.request(Method::PATCH, &one).set_json(json!({ "name": "Asha Rao", "primary": true }));
    assert_eq!(person.send(change).await.is(200).json["primary"], true);
    let other = person.client(nbfc("Other Finance Limited")).await["id"].as_i64().unwrap();
    person.delete(&format!("/api/clients/{other}/contacts/{}", added.id()), json!(null)).await.is(404);
    person.delete(&one, json!(null)).await.is(204);
}

#[actix_web::test]
async fn the_list_is_filtered_sorted_and_paged() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    for (name, tag) in [("Charlie Limited", "a"), ("Alpha 50% Limited", "b"), ("Bravo Limited", "a")] {
        let mut body = nbfc(name);
        body["tags"] = json!([tag]);
        person.client(body).await;
    }
    let names = async |query: &str| -> Vec<String> {
        let answer = person.get(&format!("/api/clients?{query}")).await.is(200).json;
        answer["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["clientName"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names("").await, ["Alpha 50% Limited", "Bravo Limited", "Charlie Limited"]);
    assert_eq!(names("sort=-clientName&perPage=2").await, ["Charlie Limited", "Bravo Limited"]);
    assert_eq!(names("sort=-clientName&perPage=2&page=2").await, ["Alpha 50% Limited"]);
    assert_eq!(names("tag=a").await, ["Bravo Limited", "Charlie Limited"]);
    assert_eq!(names("q=50%25").await, ["Alpha 50% Limited"], "the caller's wildcard means itself");
    assert_eq!(names("q=%25").await, ["Alpha 50% Limited"]);
    assert!(names("status=suspended&status=offboarded").await.is_empty());
    assert_eq!(names("regulator=RBI&entityType=public_company").await.len(), 3);
    person.get("/api/clients?sort=colour").await.field("sort");
    person.get("/api/clients?perPage=201").await.field("perPage");
}

#[actix_web::test]
async fn a_download_holds_what_the_list_shows_and_no_formula() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    person.client(nbfc("=HYPERLINK(\"x\") Limited")).await;
    person.client(nbfc("Plain Finance Limited")).await;
    let csv = person.get("/api/clients/export?format=csv").await.is(200);
    assert!(csv.header("content-type").starts_with("text/csv"), "{}", csv.header("content-type"));
    assert!(csv.header("content-disposition").contains("attachment"));
    assert!(csv.text.contains("Plain Finance Limited"));
    assert!(!csv.text.lines().any(|line| line.starts_with('=') || line.contains(",=")), "{}", csv.text);
    let one = person.get("/api/clients/export?format=csv&q=plain").await.is(200);
    assert_eq!(one.text.trim().lines().count(), 2, "{}", one.text);
    let xlsx = person.get("/api/clients/export?format=xlsx").await.is(200);
    assert!(xlsx.text.starts_with("PK"));
    person.get("/api/clients/export?format=pdf").await.is(422);
}
