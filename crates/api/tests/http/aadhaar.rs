//! Aadhaar numbers: refused wherever people type, masked in the journal, kept nowhere.

use crate::operations::{populate, samples};
use crate::support::{NOW, TestApp, nbfc};
use app::transact;
use kernel::journal::Change;
use kernel::{Actor, Role};
use serde_json::{Value, json};

#[actix_web::test]
async fn a_whole_aadhaar_number_is_refused_where_it_is_typed_and_never_gets_into_the_journal() {
    let app = TestApp::new().await;
    let person = app.login(Role::Admin).await;
    // a valid number, in a sentence, in a field and inside a list
    let number = "2341 2341 2346";
    let with = |field: &str, value: Value| {
        let mut body = nbfc("Careful Finance Limited");
        body[field] = value;
        body
    };
    for (field, value) in [
        ("notes", json!(format!("Owner's number {number}"))),
        ("tags", json!([number])),
        ("shortName", json!(number.replace(' ', ""))),
        ("contacts", json!([{ "name": format!("Asha {number}"), "email": "a@careful.example" }])),
    ] {
        let refused = person.post("/api/clients", with(field, value)).await.is(422).text;
        assert!(refused.contains("Aadhaar") && !refused.contains("2341 2341"), "{field}: {refused}");
    }
    let id = person.client(nbfc("Careful Finance Limited")).await["id"].as_i64().unwrap();
    let path = format!("/api/clients/{id}");
    person.patch_now(&path, json!({ "notes": number })).await.is(422).field("notes");
    person
        .patch_now(&path, json!({ "notes": "Ends in XXXX XXXX 2346, order ACK-234123412346" }))
        .await
        .is(200);
    let filing = person.filings(id).await[0]["id"].as_i64().unwrap();
    let comment = json!({ "text": format!("she says {number}") });
    person.post(&format!("/api/return-filings/{filing}/comments"), comment).await.is(422).field("text");
    // what comes in by another way is masked: the journal's own rule, beneath every door
    let actor = Actor::system(app.firms[0], NOW, "test");
    let change = Change::new("test.done", "firm", 1, format!("wrote {number}"));
    let change = change.with(None, Some(json!({ "list": [{ "a": number.replace(' ', "-") }] })));
    transact(app.state.db.as_ref(), &actor, async |tx| tx.record(change).await).await.unwrap();
    let shown = app.db.owner_client().await;
    let masked = "SELECT count(*) FROM app.journal WHERE text LIKE '%XXXX XXXX 2346%' AND after::text LIKE '%XXXX XXXX 2346%' AND action = 'test.done'";
    let masked: i64 = shown.query_one(masked, &[]).await.unwrap().get(0);
    assert_eq!(masked, 1);
}

/// Every text of a body, as paths.
fn texts(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(path.to_owned()),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| texts(item, &format!("{path}/{at}"), found));
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(name, item)| texts(item, &format!("{path}/{name}"), found));
        }
        _ => {}
    }
}

#[actix_web::test]
async fn no_operation_keeps_an_aadhaar_number_in_any_text_it_takes() {
    const NUMBER: &str = "2341 2341 2346";
    let app = TestApp::new().await;
    let owner = app.login(Role::Admin).await;
    let ids = populate(&owner).await;
    let mut tried = 0;
    for sample in samples(&ids).iter().filter(|s| !matches!(s.operation, "logout" | "end_session")) {
        let mut paths = Vec::new();
        sample.body.iter().for_each(|body| texts(body, "", &mut paths));
        for path in paths {
            let mut body = sample.body.clone().unwrap();
            *body.pointer_mut(&path).unwrap() = json!(format!("Number {NUMBER}"));
            let mut request = owner.request(sample.method.clone(), &sample.path).set_json(body);
            if matches!(sample.operation, "update_client" | "update_filing") {
                let version = owner.get(&sample.path).await.is(200).json["version"].as_i64().unwrap();
                request = request.insert_header(("if-match", format!("\"{version}\"")));
            }
            let answer = app.send(request).await;
            assert!(answer.status < 500, "{} {path}: {}", sample.operation, answer.text);
            tried += 1;
        }
    }
    assert!(tried > 100, "{tried}");
    // every text of every table
    let db = app.db.owner_client().await;
    let tables = "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'app' AND c.relkind = 'r'";
    let mut kept = Vec::new();
    for row in db.query(tables, &[]).await.unwrap() {
        let table: String = row.get(0);
        let sql = format!("SELECT to_jsonb(t)::text FROM {table} t");
        for row in db.query(&sql, &[]).await.unwrap() {
            let text: String = row.get(0);
            if kernel::aadhaar::find(&text).is_some() && text.contains("2341 2341") {
                kept.push(format!("{table}: {text}"));
            }
        }
    }
    assert!(kept.is_empty(), "{}", kept.join("\n"));
}
