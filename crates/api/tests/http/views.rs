//! Saved views: one's own and the firm's; and the palette's search.

use crate::support::{TestApp, nbfc};
use kernel::Role;
use serde_json::{Value, json};

const VIEWS: &str = "/api/saved-views";

fn named<'a>(list: &'a Value, name: &str) -> Option<&'a Value> {
    list["items"].as_array().unwrap().iter().find(|view| view["name"] == name)
}

#[actix_web::test]
async fn a_view_keeps_the_list_and_counts_what_it_holds() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let client = person.client(nbfc("Viewed Finance Limited")).await["id"].as_i64().unwrap();
    let query = json!({ "view": "all", "clientId": [client], "regulator": ["MCA"], "sort": "-dueOn" });
    let body = json!({ "name": "  MCA   all ", "query": query, "columnOrder": ["code", "status"],
        "hiddenColumns": ["clientName"], "rowHeight": "compact" });
    let made = person.post(VIEWS, body).await.is(201);
    assert_eq!(made.header("location"), format!("{VIEWS}/{}", made.id()));
    let total =
        person.get(&format!("/api/return-filings?view=all&clientId={client}&regulator=MCA")).await.json;
    let list = person.get(VIEWS).await.is(200).json;
    let view = named(&list, "MCA all").unwrap();
    assert_eq!(view["count"], total["total"]);
    assert_eq!((&view["query"], &view["rowHeight"]), (&query, &json!("compact")));
    assert_eq!(
        (&view["mine"], &view["editable"], &view["shared"]),
        (&json!(true), &json!(true), &json!(false))
    );
    let again = json!({ "name": "MCA all", "query": {} });
    assert!(person.post(VIEWS, again).await.field("name").contains("Choose another"));
    let path = format!("{VIEWS}/{}", made.id());
    let saved = person.patch(&path, 1, json!({ "query": { "view": "filed" } })).await.is(200).json;
    assert_eq!((saved["version"].as_i64(), &saved["query"]), (Some(2), &json!({ "view": "filed" })));
    assert_eq!(saved["columnOrder"], json!(["code", "status"]), "absent leaves");
    person.patch(&path, 1, json!({ "name": "Old" })).await.is(409);
    person.post(VIEWS, json!({ "name": "Other", "query": {} })).await.is(201);
    assert!(
        person.patch(&path, 2, json!({ "name": "Other" })).await.field("name").contains("Choose another")
    );
}

#[actix_web::test]
async fn a_span_that_moves_is_worked_out_on_the_day_of_the_question() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    person.client(nbfc("Moving Finance Limited")).await;
    let total = async |query: &str| {
        let path = format!("/api/return-filings?view=all&{query}");
        person.get(&path).await.is(200).json["total"].as_i64().unwrap()
    };
    // The clock stands at 21 Nov 2026.
    let same = [
        ("next30", "dueFrom=2026-11-21&dueTo=2026-12-21"),
        ("thisMonth", "dueFrom=2026-11-01&dueTo=2026-11-30"),
        ("nextMonth", "dueFrom=2026-12-01&dueTo=2026-12-31"),
        ("overdue", "dueTo=2026-11-20"),
        ("thisFy", "fy=2026-27"),
    ];
    for (span, dates) in same {
        assert_eq!(total(&format!("due={span}")).await, total(dates).await, "{span}");
    }
    assert!(total("due=next30").await > 0);
    person.get("/api/return-filings?due=soon").await.field("due");
    let kept = json!({ "name": "Next month", "query": { "view": "all", "due": "nextMonth" } });
    person.post(VIEWS, kept).await.is(201);
    let december = total("dueFrom=2026-12-01&dueTo=2026-12-31").await;
    let january = total("dueFrom=2027-01-01&dueTo=2027-01-31").await;
    assert_ne!(december, january);
    let list = person.get(VIEWS).await.json;
    assert_eq!(named(&list, "Next month").unwrap()["count"], december);
    app.clock.set(time::macros::datetime!(2026-12-01 06:30 UTC));
    let list = app.login(Role::Analyst).await.get(VIEWS).await.json;
    assert_eq!(named(&list, "Next month").unwrap()["count"], january, "it moved with the clock");
}

#[actix_web::test]
async fn clients_have_views_of_their_own() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let query = json!({ "regulator": ["RBI"], "status": ["active"], "sort": "-pastDue" });
    let body =
        json!({ "name": "RBI, worst first", "list": "clients", "query": query, "hiddenColumns": ["pan"] });
    let made = person.post(VIEWS, body).await.is(201);
    let path = format!("{VIEWS}/{}", made.id());
    assert_eq!(person.get(VIEWS).await.json["items"], json!([]), "not among those of the filings");
    let list = person.get(&format!("{VIEWS}?list=clients")).await.is(200).json;
    let view = named(&list, "RBI, worst first").unwrap();
    assert_eq!((&view["list"], &view["query"], &view["count"]), (&json!("clients"), &query, &Value::Null));
    let bad = json!({ "name": "x", "list": "clients", "query": { "heldBy": ["client"] } });
    person.post(VIEWS, bad).await.field("query");
    person.post(VIEWS, json!({ "name": "x", "list": "comets", "query": {} })).await.field("list");
    let other = json!({ "query": { "view": "filed" } });
    assert!(person.patch(&path, 1, other).await.field("list").contains("stays with its list"));
    let kept = json!({ "list": "clients", "query": { "q": "nidhi" } });
    let saved = person.patch(&path, 1, kept).await.is(200).json;
    assert_eq!((&saved["list"], &saved["query"]), (&json!("clients"), &json!({ "q": "nidhi" })));
    person.put(&format!("{path}/default"), json!({ "on": true })).await.field("on");
    person.patch(&path, 2, json!({ "name": "Nidhis" })).await.is(200);
}

#[actix_web::test]
async fn what_is_not_a_list_is_not_saved() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let save = async |body: Value| person.post(VIEWS, body).await;
    save(json!({ "name": "x", "query": { "colour": "red" } })).await.field("query");
    save(json!({ "name": "x", "query": { "view": "sometimes" } })).await.field("view");
    save(json!({ "name": "x", "query": { "sort": "-colour" } })).await.field("sort");
    save(json!({ "name": " ", "query": {} })).await.field("name");
    save(json!({ "name": "x", "query": {}, "rowHeight": "huge" })).await.field("rowHeight");
    save(json!({ "name": "x", "query": {}, "hiddenColumns": ["a b"] })).await.field("hiddenColumns");
    assert_eq!(person.get(VIEWS).await.json["items"], json!([]));
}

#[actix_web::test]
async fn own_views_are_ones_own_and_shared_ones_need_a_permission() {
    let app = TestApp::new().await;
    let (analyst, checker) = (app.login(Role::Analyst).await, app.login(Role::Checker).await);
    let share = |name: &str| json!({ "name": name, "shared": true, "query": { "assigneeId": ["me"] } });
    assert_eq!(analyst.post(VIEWS, share("Mine")).await.is(403).json["permission"], "views.share");
    let shared = checker.post(VIEWS, share("Each their own")).await.is(201).id();
    let own = checker.post(VIEWS, json!({ "name": "Private", "query": {} })).await.is(201).id();
    let list = analyst.get(VIEWS).await.is(200).json;
    assert!(named(&list, "Private").is_none());
    let seen = named(&list, "Each their own").unwrap();
    assert_eq!((&seen["mine"], &seen["editable"]), (&json!(false), &json!(false)));
    assert_eq!(seen["owner"]["displayName"], "checker of alpha");
    let (shared, own) = (format!("{VIEWS}/{shared}"), format!("{VIEWS}/{own}"));
    analyst.patch(&shared, 1, json!({ "name": "Taken over" })).await.is(403);
    analyst.delete(&shared, Value::Null).await.is(403);
    analyst.patch(&own, 1, json!({ "name": "Seen" })).await.is(404);
    analyst.delete(&own, Value::Null).await.is(404);
    analyst.put(&format!("{own}/default"), json!({ "on": true })).await.is(404);

    // Everybody may start with a shared view; it goes with the view.
    analyst.put(&format!("{shared}/default"), json!({ "on": true })).await.is(204);
    let default = async |list: Value| named(&list, "Each their own").map(|v| v["isDefault"].clone());
    assert_eq!(default(analyst.get(VIEWS).await.json).await, Some(json!(true)));
    assert_eq!(default(checker.get(VIEWS).await.json).await, Some(json!(false)));
    app.login(Role::PrincipalOfficer).await.delete(&shared, Value::Null).await.is(204);
    assert_eq!(analyst.get(VIEWS).await.json["items"], json!([]));
}

#[actix_web::test]
async fn search_finds_clients_by_name_and_identifier_and_filings_by_return() {
    let app = TestApp::new().await;
    let person = app.login(Role::Viewer).await;
    let admin = app.login(Role::Admin).await;
    let mut body = nbfc("Sahyadri Capital Finance Limited");
    body["pan"] = json!("AAPCS0939F");
    let id = admin.client(body).await["id"].as_i64().unwrap();
    let find = async |q: &str| person.get(&format!("/api/search?q={q}")).await.is(200).json;
    let found = find("capital+sahya").await;
    assert_eq!(found["clients"][0]["id"], id);
    assert_eq!(found["filings"][0]["clientId"], id, "its filings come with it");
    let first = found["filings"][0].clone();
    let by_number = find(&first["id"].to_string()).await;
    assert_eq!(by_number["filings"][0]["id"], first["id"]);
    let code = first["code"].as_str().unwrap();
    let both = find(&format!("{code}+sahyadri")).await;
    assert!(both["filings"].as_array().unwrap().iter().all(|f| f["code"] == code && f["clientId"] == id));
    assert_eq!(find(&format!("{code}+nobody")).await["filings"], json!([]));
    let nothing = find("zzz").await;
    assert_eq!((&nothing["clients"], &nothing["filings"]), (&json!([]), &json!([])));
    assert_eq!(find("100%25_").await["clients"], json!([]), "wildcards mean themselves");
    assert_eq!(find("AAPCS09").await["clients"][0]["identifier"], "AAPCS0939F");
}
