//! What a firm sets beside the law: an uncertain rule turned on knowingly, its own targets and items, its own returns.

use crate::support::{Person, TestApp, find, nbfc};
use kernel::Role;
use serde_json::{Value, json};

const INTERNAL: &str = "/api/rulebook/internal-returns";

/// Legal dates of a client's filings of the law, by return and period.
async fn legal_dates(person: &Person<'_>, client: i64) -> Vec<(String, String, Value)> {
    let mut all: Vec<(String, String, Value)> = person
        .filings(client)
        .await
        .iter()
        .filter(|f| f["regulator"] != "INTERNAL")
        .map(|f| (f["code"].to_string(), f["periodKey"].to_string(), f["legalDueOn"].clone()))
        .collect();
    all.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    all
}

fn pack(code: &str) -> Value {
    json!({
        "code": code, "from": "2026-11-01", "title": "Board pack", "frequency": "monthly",
        "due": { "kind": "day_of_month", "day": 10, "months": 1 }, "owner": "principal_officer",
        "checklist": ["Figures agreed with the ledger"], "breachAfterDays": 7
    })
}

#[actix_web::test]
async fn an_uncertain_rule_is_turned_on_knowingly_and_off_again() {
    let app = TestApp::new().await;
    let officer = app.login(Role::PrincipalOfficer).await;
    let mut broker = nbfc("Knowing Insurance Brokers Limited");
    broker["registrations"] =
        json!([{ "regulator": "IRDAI", "category": "BROKER", "registrationNo": "IRDAI/DB 512/11" }]);
    let client = officer.client(broker).await["id"].as_i64().unwrap();
    let before = legal_dates(&officer, client).await;
    // Grade U: its date, 15 April, is by analogy with the other half.
    let path = "/api/rulebook/returns/IRDAI-BAP-H2";
    let effect = officer.post(&format!("{path}/preview"), json!({ "enabled": true })).await.is(200).json;
    assert!(effect["planned"].as_i64().unwrap() > 0, "{effect}");
    assert_eq!(
        (&effect["clients"], &effect["withdrawn"], &effect["exact"]),
        (&json!(1), &json!(0), &json!(true))
    );
    officer.put_at(path, 0, json!({ "enabled": true, "reason": "short" })).await.field("reason");
    officer.put(path, json!({ "enabled": true, "reason": "Counsel says it applies" })).await.is(428);
    let on = json!({ "enabled": true, "reason": "Counsel says it applies" });
    let set = officer.put_at(path, 0, on.clone()).await.is(200).json;
    assert_eq!((&set["version"], &set["reason"]), (&json!(1), &on["reason"]));
    officer.put_at(path, 0, on).await.is(409);
    api::background::once(&app.state).await;
    let with = legal_dates(&officer, client).await;
    assert_eq!(
        with.len() as i64,
        before.len() as i64 + effect["planned"].as_i64().unwrap(),
        "as the preview said"
    );
    assert!(before.iter().all(|filing| with.contains(filing)), "no legal date moved");
    let off = officer.post(&format!("{path}/preview"), json!({})).await.is(200).json;
    assert_eq!(off["withdrawn"], effect["planned"]);
    officer.put_at(path, 1, json!({ "reason": "Counsel took it back" })).await.is(200);
    api::background::once(&app.state).await;
    assert_eq!(legal_dates(&officer, client).await, before);
}

#[actix_web::test]
async fn own_targets_and_items_lie_beside_the_law() {
    let app = TestApp::new().await;
    let officer = app.login(Role::PrincipalOfficer).await;
    let client = officer.client(nbfc("Early Finance Limited")).await["id"].as_i64().unwrap();
    let before = legal_dates(&officer, client).await;
    let path = "/api/rulebook/returns/DNBS02";
    let shipped = officer.get(path).await.is(200).json["checklist"].as_array().unwrap().len() as i64;
    let filing = async || find(&officer.filings(client).await, "DNBS02", "Q3 FY 2026-27").clone();
    let old = filing().await;
    assert_eq!(old["checklistTotal"], shipped);
    let own =
        json!({ "target": { "kind": "days_before", "days": 10 }, "checklist": ["Partner has read it"] });
    let effect = officer.post(&format!("{path}/preview"), own.clone()).await.is(200).json;
    assert!(
        effect["targets"].as_i64().unwrap() >= 4 && effect["checklists"] == effect["targets"],
        "{effect}"
    );
    assert_eq!((&effect["planned"], &effect["withdrawn"]), (&json!(0), &json!(0)));
    let late = json!({ "target": { "kind": "days_after", "days": 1 } });
    officer.put_at(path, 0, late).await.field("target");
    officer.put_at(path, 0, own).await.is(200);
    api::background::once(&app.state).await;
    // 21 days after 31 December 2026 is 21 January 2027; ten days before it is the 11th.
    let new = filing().await;
    assert_eq!((&new["legalDueOn"], &new["targetDueOn"]), (&json!("2027-01-21"), &json!("2027-01-11")));
    assert_eq!(new["checklistTotal"], shipped + 1);
    assert_eq!(legal_dates(&officer, client).await, before, "no legal date moved");
    let detail = officer.get(&format!("/api/return-filings/{}", new["id"])).await.is(200).json;
    let steps = detail["why"].as_array().unwrap();
    let last = steps.last().unwrap();
    assert_eq!(last["text"], "Your firm's target: 10 days before the legal due date");
    assert_eq!(last["value"], "2027-01-11");
    let items = detail["checklist"].as_array().unwrap();
    let firm: Vec<&Value> = items.iter().filter(|item| item["firm"] == true).collect();
    assert_eq!((items.len() as i64, firm.len()), (shipped + 1, 1));
    let tick = format!("/api/return-filings/{}/checklist/{}", new["id"], firm[0]["id"].as_str().unwrap());
    officer.patch(&tick, 1, json!({ "done": true })).await.is(200);
    assert_eq!(filing().await["checklistDone"], 1);
    officer.put_at(path, 1, json!({})).await.is(200);
    api::background::once(&app.state).await;
    let back = filing().await;
    assert_eq!(
        (&back["targetDueOn"], &back["checklistTotal"]),
        (&old["targetDueOn"], &old["checklistTotal"])
    );
}

#[actix_web::test]
async fn an_internal_return_plans_real_filings_that_say_that_they_are_not_law() {
    let app = TestApp::new().await;
    let officer = app.login(Role::PrincipalOfficer).await;
    let client = officer.client(nbfc("Inward Finance Limited")).await["id"].as_i64().unwrap();
    let other = officer.client(nbfc("Outward Finance Limited")).await["id"].as_i64().unwrap();
    let before = legal_dates(&officer, client).await;
    let mut own = pack("INT-BOARD-PACK");
    own["clientIds"] = json!([client]);
    let effect = officer.post(&format!("{INTERNAL}/preview"), own.clone()).await.is(200).json;
    assert_eq!((&effect["clients"], &effect["firstDates"][0]), (&json!(1), &json!("2026-12-10")));
    let made = officer.post(INTERNAL, own.clone()).await.is(201).json;
    assert_eq!(made["current"]["dueWords"], "The 10th of the month after the month end");
    officer.post(INTERNAL, own.clone()).await.field("code");
    api::background::once(&app.state).await;
    let filings = officer.filings(client).await;
    let planned: Vec<&Value> = filings.iter().filter(|f| f["code"] == "INT-BOARD-PACK").collect();
    assert_eq!(planned.len() as i64, effect["planned"].as_i64().unwrap());
    let first = find(&filings, "INT-BOARD-PACK", "Nov 2026");
    assert_eq!((&first["legalDueOn"], &first["regulator"]), (&json!("2026-12-10"), &json!("INTERNAL")));
    assert!(first["costPerDay"].is_null() && first["checklistTotal"] == 1);
    let detail = officer.get(&format!("/api/return-filings/{}", first["id"])).await.is(200).json;
    assert!(detail["lateCost"].is_null());
    assert_eq!(detail["rule"]["instrument"], "Internal, not law");
    assert!(detail["why"][0]["citation"].as_str().unwrap().starts_with("Internal, not law"));
    let csv =
        officer.get("/api/return-filings/export?format=csv&view=all&regulator=INTERNAL").await.is(200).text;
    assert!(csv.contains("Internal, not law"), "{csv}");
    assert!(
        officer.filings(other).await.iter().all(|f| f["code"] != "INT-BOARD-PACK"),
        "not for this client"
    );
    assert_eq!(legal_dates(&officer, client).await, before);

    // A client that is taken on later and planned alone gets the same as one planned with others.
    let mut all = pack("INT-ALL");
    all["due"] = json!({ "kind": "days_after_period", "days": 3 });
    officer.post(INTERNAL, all).await.is(201);
    api::background::once(&app.state).await;
    let third = officer.client(nbfc("Later Finance Limited")).await["id"].as_i64().unwrap();
    let dates = async |id: i64| -> Vec<Value> {
        let filings = officer.filings(id).await;
        filings.iter().filter(|f| f["code"] == "INT-ALL").map(|f| f["legalDueOn"].clone()).collect()
    };
    assert_eq!(dates(third).await, dates(other).await);
    assert!(!dates(third).await.is_empty());

    // Another wording from February on; then no more from June on.
    own["from"] = json!("2027-02-01");
    own["title"] = json!("Board pack and minutes");
    own["due"] = json!({ "kind": "days_after_period", "days": 5 });
    let one = format!("{INTERNAL}/INT-BOARD-PACK");
    officer.put_at(&one, 1, own.clone()).await.field("reason");
    own["reason"] = json!("The board meets earlier now");
    assert_eq!(
        officer.put_at(&one, 1, own.clone()).await.is(200).json["versions"].as_array().unwrap().len(),
        2
    );
    officer.put_at(&one, 1, own).await.is(409);
    let retire = json!({ "from": "2027-06-01", "reason": "The board does without" });
    let gone = officer.post(&format!("{one}/retire/preview"), retire.clone()).await.is(200).json;
    officer.post_at(&format!("{one}/retire"), 2, retire).await.is(200);
    api::background::once(&app.state).await;
    let filings = officer.filings(client).await;
    let of = |period: &str| find(&filings, "INT-BOARD-PACK", period);
    assert_eq!(of("Jan 2027")["legalDueOn"], "2027-02-10", "a period that ended before keeps its date");
    assert_eq!(
        (&of("Feb 2027")["legalDueOn"], &of("Feb 2027")["title"]),
        (&json!("2027-03-05"), &json!("Board pack and minutes"))
    );
    let left = filings.iter().filter(|f| f["code"] == "INT-BOARD-PACK").count() as i64;
    assert!(filings.iter().all(|f| f["periodLabel"] != "Jun 2027" || f["code"] != "INT-BOARD-PACK"));
    assert!(gone["withdrawn"].as_i64().unwrap() > 0 && left >= 7, "{gone} {left}");
}

#[actix_web::test]
async fn an_internal_return_is_checked_field_by_field() {
    let app = TestApp::new().await;
    let officer = app.login(Role::PrincipalOfficer).await;
    let wrong = async |change: fn(&mut Value), field: &str| {
        let mut body = pack("INT-WRONG");
        change(&mut body);
        officer.post(INTERNAL, body).await.field(field);
    };
    wrong(|b| b["code"] = json!("DNBS01"), "code").await;
    wrong(|b| b["due"] = json!({ "kind": "day_of_month", "months": 1 }), "due.day").await;
    wrong(|b| b["due"] = json!({ "kind": "never" }), "due.kind").await;
    wrong(|b| b["entityTypes"] = json!(["guild"]), "due").await;
    wrong(|b| b["clientIds"] = json!([987_654]), "clientIds").await;
    wrong(|b| b["frequency"] = json!("event"), "frequency").await;
    let analyst = app.login(Role::Analyst).await;
    analyst.post(INTERNAL, pack("INT-MINE")).await.is(403);
    officer.post(INTERNAL, pack("INT-OURS")).await.is(201);
    let stranger = app.login_at("beta", Role::Admin).await;
    stranger.get(&format!("{INTERNAL}/INT-OURS")).await.is(404);
    assert_eq!(stranger.get(INTERNAL).await.is(200).json["items"], json!([]));
}
