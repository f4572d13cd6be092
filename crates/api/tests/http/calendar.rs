//! The calendar over HTTP: days with holidays, clients by month, a client's year, the load of people.

use crate::support::{TestApp, find, nbfc};
use kernel::Role;
use serde_json::{Value, json};

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}"))
}

#[actix_web::test]
async fn every_day_is_there_with_its_holiday_and_its_worst_groups() {
    let app = TestApp::new().await;
    let person = app.login(Role::Viewer).await;
    let admin = app.login(Role::Admin).await;
    for name in ["Month First Finance Limited", "Month Second Finance Limited"] {
        admin.client(nbfc(name)).await;
    }
    let answer = person.get("/api/calendar?from=2026-12-28&to=2027-02-07").await.is(200).json;
    let days = list(&answer["days"]);
    assert_eq!((days.len(), days[0]["date"].as_str()), (42, Some("2026-12-28")));
    // 26 January is a holiday under the Constitution's own date; it is in the national list of every year.
    let republic = days.iter().find(|d| d["date"] == "2027-01-26").unwrap();
    assert!(republic["holiday"].as_str().unwrap().contains("Republic"), "{republic}");
    let busy = days.iter().find(|d| d["total"].as_i64() > Some(0)).unwrap();
    assert_eq!(busy["groups"][0]["count"], 2, "the same return of two clients is one group: {busy}");
    let day = busy["date"].as_str().unwrap();
    let listed = person.get(&format!("/api/return-filings?view=all&dueFrom={day}&dueTo={day}")).await.is(200);
    assert_eq!(listed.json["total"], busy["total"], "the list shows what the cell counts");
    let none = person.get("/api/calendar?from=2026-12-28&to=2027-02-07&regulator=irdai&assigneeId=me").await;
    assert_eq!(none.is(200).json["total"], 0);
    person.get("/api/calendar?from=2026-12-28&to=2026-12-01").await.field("to");
    person.get("/api/calendar?status=late").await.field("status");
    person.get("/api/calendar?week=1").await.is(400);
}

#[actix_web::test]
async fn clients_by_month_and_a_year_agree_with_the_list() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let late = person.client(nbfc("Zambezi Finance Limited")).await["id"].as_i64().unwrap();
    let agm = json!({ "kind": "agm_held", "on": "2026-09-28" });
    person.post(&format!("/api/clients/{late}/events"), agm).await.is(201);
    let mut calm = nbfc("Avon Finance Limited");
    calm["trackFrom"] = json!("2027-02-01");
    person.client(calm).await;
    let matrix = person.get("/api/calendar/matrix?fy=2026-27").await.is(200).json;
    assert_eq!((matrix["total"].as_i64(), matrix["fy"].as_str()), (Some(2), Some("2026-27")));
    let first = &matrix["items"][0];
    assert_eq!(first["clientId"], late, "most past due first: {matrix}");
    let october = list(&first["cells"]).iter().find(|c| c["month"] == "2026-10").unwrap();
    // AOC-4 was due 30 days after the AGM, on 28-10-2026, and is 24 days late on 21-11-2026.
    assert_eq!(october["worst"], "breached");
    let sum: i64 = list(&october["counts"]).iter().filter_map(|c| c["count"].as_i64()).sum();
    assert_eq!(october["total"], sum);
    let by_name = person.get("/api/calendar/matrix?sort=clientName").await.is(200).json;
    assert!(by_name["items"][0]["clientName"].as_str().unwrap().starts_with("Avon"));
    let year = person.get(&format!("/api/clients/{late}/year?fy=2026-27")).await.is(200).json;
    let total: i64 = list(&first["cells"]).iter().filter_map(|c| c["total"].as_i64()).sum();
    assert_eq!(list(&year["items"]).len() as i64, total, "the row of the matrix is the year of the client");
    let aoc4 = list(&year["items"]).iter().find(|f| f["code"] == "MCA-AOC4").unwrap();
    assert_eq!(
        (aoc4["legalDueOn"].as_str(), aoc4["status"].as_str()),
        (Some("2026-10-28"), Some("breached"))
    );
    person.get(&format!("/api/clients/{late}/year?fy=2026-28")).await.field("fy");
    person.get("/api/clients/999999/year").await.is(404);
    person.get("/api/calendar/matrix?sort=pan").await.field("sort");
}

#[actix_web::test]
async fn the_load_names_everybody_and_what_nobody_does() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let id = person.client(nbfc("Loaded Finance Limited")).await["id"].as_i64().unwrap();
    let before = person.get("/api/workload").await.is(200).json;
    assert_eq!(before["items"][0]["assignee"], Value::Null, "what nobody does comes first");
    assert_eq!(before["weeks"][0], json!({ "from": "2026-11-16", "to": "2026-11-22" }), "Monday to Sunday");
    assert_eq!(list(&before["weeks"]).len(), 8);
    let me = person.get("/api/me").await.is(200).json["user"]["id"].as_i64().unwrap();
    let filings = person.filings(id).await;
    let monthly = find(&filings, "DNBS04B", "Nov 2026");
    let path = format!("/api/return-filings/{}", monthly["id"]);
    person.patch_now(&path, json!({ "assigneeId": me })).await.is(200);
    let after = person.get("/api/workload").await.is(200).json;
    let mine = list(&after["items"]).iter().find(|row| row["assignee"]["id"] == me).unwrap();
    assert_eq!(mine["open"], 1);
    let open =
        |answer: &Value| -> i64 { list(&answer["items"]).iter().filter_map(|r| r["open"].as_i64()).sum() };
    assert_eq!(open(&before), open(&after));
    let narrowed = person.get("/api/workload?assigneeId=me").await.is(200).json;
    assert_eq!(open(&narrowed), 1);
}
