//! The audit trail over HTTP, what of a bundle the program finds when somebody edited it, and what never gets into the journal.

use crate::support::{PASSWORD, Person, TestApp, nbfc};
use kernel::Role;
use serde_json::{Value, json};
use std::io::{Cursor, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Output};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Fails when an entry holds a password, a token, or something that looks like a whole Aadhaar number.
pub async fn holds_no_secret(app: &TestApp) {
    let owner = app.db.owner_client().await;
    let rows = owner.query("SELECT to_jsonb(j)::text FROM app.journal j", &[]).await.unwrap();
    assert!(rows.len() > 50, "{} entries show nothing", rows.len());
    let hashes = "SELECT encode(token_hash, 'hex') FROM app.sessions UNION ALL SELECT encode(token_hash, 'hex') FROM app.password_resets";
    let hashes: Vec<String> = owner.query(hashes, &[]).await.unwrap().iter().map(|row| row.get(0)).collect();
    let mails = owner.query("SELECT body FROM app.email_outbox", &[]).await.unwrap();
    let links: Vec<String> = mails
        .iter()
        .flat_map(|row| {
            let body: String = row.get(0);
            body.split_whitespace()
                .filter(|word| word.contains("token="))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    let secrets: Vec<&str> = links.iter().filter_map(|link| link.split("token=").nth(1)).collect();
    for row in &rows {
        let text: String = row.get(0);
        for word in [PASSWORD, "$argon2", "token_hash", "session_token", "BEGIN PRIVATE"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
        assert!(!hashes.iter().any(|hash| text.contains(hash)), "{text}");
        assert!(!secrets.iter().any(|secret| text.contains(secret)), "{text}");
        assert!(!looks_like_aadhaar(&text), "{text}");
    }
}

/// Twelve digits that begin with 2 to 9, also in groups of four.
fn looks_like_aadhaar(text: &str) -> bool {
    let plain: String = text.chars().collect();
    let digits: Vec<(usize, char)> = plain.char_indices().filter(|(_, c)| c.is_ascii_digit()).collect();
    digits.windows(12).any(|run| {
        let (first, last) = (run[0].0, run[11].0);
        let between: String = plain[first..=last].chars().filter(|c| !c.is_ascii_digit()).collect();
        let whole = between.is_empty() || between == "  " || between == "--";
        let alone = !plain[..first].ends_with(|c: char| c.is_ascii_alphanumeric())
            && !plain[last + 1..].starts_with(|c: char| c.is_ascii_alphanumeric());
        whole && alone && ('2'..='9').contains(&run[0].1)
    })
}

#[test]
fn an_aadhaar_number_is_recognised() {
    for text in ["234567890124", "its number 2345 6789 0124.", "x=2345-6789-0124"] {
        assert!(looks_like_aadhaar(text), "{text}");
    }
    for text in ["XXXX XXXX 0124", "1234567890123", "L65910MH2011PLC21560"] {
        assert!(!looks_like_aadhaar(text), "{text}");
    }
}

#[actix_web::test]
async fn the_trail_is_searched_paged_and_shown_with_what_changed() {
    let app = TestApp::new().await;
    let person = app.login(Role::Analyst).await;
    let made = person.client(nbfc("Traced Finance Limited")).await;
    let id = made["id"].as_i64().unwrap();
    person.patch_now(&format!("/api/clients/{id}"), json!({ "notes": "Second" })).await.is(200);
    let of = format!("/api/journal?subjectKind=client&subjectId={id}");
    let found = person.get(&of).await.is(200).json;
    let actions: Vec<&str> =
        found["items"].as_array().unwrap().iter().map(|e| e["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["clients.update", "filings.plan", "clients.create"], "newest first");
    let entry = person.get(&format!("/api/journal/{}", found["items"][0]["id"])).await.is(200).json;
    assert_eq!(entry["after"]["notes"], "Second", "{entry}");
    assert_eq!(entry["entry"]["client"]["id"], id);
    // pages do not share an entry and leave none out
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let page = person.get(&format!("/api/journal?perPage=2{after}")).await.is(200).json;
        seen.extend(page["items"].as_array().unwrap().iter().map(|e| e["id"].as_i64().unwrap()));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    let whole = person.get("/api/journal?perPage=200").await.is(200).json;
    let whole: Vec<i64> =
        whole["items"].as_array().unwrap().iter().map(|e| e["id"].as_i64().unwrap()).collect();
    assert_eq!(seen, whole);
    assert_eq!(person.get("/api/journal?q=traced").await.is(200).json["items"].as_array().unwrap().len(), 1);
    let actions = person.get("/api/journal/actions").await.is(200).json;
    assert!(actions["items"].as_array().unwrap().contains(&json!("clients.create")), "{actions}");
    person.get("/api/journal?actorId=somebody").await.is(422).field("actorId");
    person.get("/api/journal?subjectId=4").await.is(422).field("subjectKind");
    person.get("/api/journal?from=2026-11-21&to=2026-11-20").await.is(422).field("to");
    person.get("/api/journal?after=x").await.is(422).field("after");
}

#[actix_web::test]
async fn files_are_for_those_who_answer_for_the_firm() {
    let app = TestApp::new().await;
    for role in [Role::Viewer, Role::Analyst, Role::Checker] {
        let person = app.login(role).await;
        person.get("/api/journal").await.is(200);
        person.get("/api/journal/seal").await.is(200);
        for path in ["export?format=csv", "proof", "verify"] {
            let refused = person.get(&format!("/api/journal/{path}")).await.is(403);
            assert_eq!(refused.json["permission"], "journal.export", "{path}");
        }
    }
    let officer = app.login(Role::PrincipalOfficer).await;
    let sheet = officer.get("/api/journal/export?format=csv").await.is(200).text;
    assert!(sheet.contains("access.refused") && sheet.contains("When (IST)"), "{sheet}");
    let book = officer.get("/api/journal/export?format=xlsx").await.is(200).bytes;
    assert!(book.starts_with(b"PK"));
}

#[actix_web::test]
async fn what_is_refused_is_journalled_and_cannot_flood_the_journal() {
    let app = TestApp::new().await;
    let admin = app.login(Role::Admin).await;
    let id = admin.client(nbfc("Guarded Finance Limited")).await["id"].as_i64().unwrap();
    let viewer = app.login(Role::Viewer).await;
    for _ in 0..20 {
        viewer.patch_now(&format!("/api/clients/{id}"), json!({ "notes": "mine" })).await.is(403);
    }
    let stranger = app.login_at("beta", Role::Admin).await;
    stranger.get(&format!("/api/clients/{id}")).await.is(404);
    let refused = async |person: &Person<'_>| -> Vec<(String, String, i64)> {
        let found = person.get("/api/journal?action=access.refused").await.is(200).json;
        let text = |e: &Value, key: &str| e[key].as_str().unwrap().to_owned();
        let items = found["items"].as_array().unwrap();
        items
            .iter()
            .map(|e| (text(e, "text"), text(e, "subjectKind"), e["subjectId"].as_i64().unwrap()))
            .collect()
    };
    let ours = refused(&admin).await;
    let said = format!("was refused: PATCH /api/clients/{id} (permission.denied)");
    assert!(ours.len() == 1 && ours[0].0.starts_with(&said), "{ours:?}");
    assert_eq!((ours[0].1.as_str(), ours[0].2), ("client", id));
    let theirs = refused(&stranger).await;
    assert!(theirs.len() == 1 && theirs[0].0.contains("does not have: GET /api/clients/"), "{theirs:?}");
    // when the minute is over, one more entry says how often
    app.clock.advance(time::Duration::seconds(61));
    api::background::seal_once(&app.state, &mut std::collections::HashMap::new()).await;
    let ours = refused(&admin).await;
    assert!(ours.len() == 2 && ours[0].0.starts_with("19 times more within a minute: "), "{ours:?}");
}

/// A bundle as the product makes it, and a checkpoint that was kept before its last entries.
struct Proof {
    zip: Vec<u8>,
    kept: String,
    dir: tempdir::Dir,
}

mod tempdir {
    //! A directory that goes when the test ends.
    use std::path::PathBuf;
    use std::sync::atomic::{AtomicU32, Ordering};

    static NEXT: AtomicU32 = AtomicU32::new(0);

    pub struct Dir(pub PathBuf);

    impl Dir {
        pub fn new() -> Self {
            let name =
                format!("zippcrm-proof-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
            let path = std::env::temp_dir().join(name);
            std::fs::create_dir_all(&path).unwrap();
            Self(path)
        }
    }

    impl Drop for Dir {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}

async fn proof(query: &str) -> Proof {
    let app = TestApp::new().await;
    let person = app.login(Role::Admin).await;
    let id = person.client(nbfc("Proved Finance Limited")).await["id"].as_i64().unwrap();
    let mut whole = std::collections::HashMap::new();
    for n in 0..4 {
        person
            .patch_now(&format!("/api/clients/{id}"), json!({ "notes": format!("Note {n}") }))
            .await
            .is(200);
        app.clock.advance(time::Duration::seconds(30));
        api::background::seal_once(&app.state, &mut whole).await;
    }
    let seal = person.get("/api/journal/seal").await.is(200).json;
    assert_eq!((&seal["waiting"], seal["keys"].as_array().unwrap().len()), (&json!(0), 1), "{seal}");
    let zip = person.get(&format!("/api/journal/proof{query}")).await.is(200).bytes;
    let kept = person.get("/api/journal/checkpoint").await.is(200).text;
    let checked = person.get("/api/journal/verify").await.is(200).json;
    assert_eq!((&checked["intact"], &checked["broken"]), (&json!(true), &Value::Null), "{checked}");
    Proof { zip, kept, dir: tempdir::Dir::new() }
}

impl Proof {
    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.dir.0.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Runs the program on an archive.
    fn verify(&self, zip: &[u8], more: &[&str]) -> Output {
        let path = self.file("bundle.zip", zip);
        Command::new(env!("CARGO_BIN_EXE_zippcrm"))
            .args(["audit", "verify"])
            .arg(path)
            .args(more)
            .env_clear()
            .output()
            .unwrap()
    }

    fn lines(&self, name: &str) -> Vec<Value> {
        let mut text = String::new();
        let mut archive = ZipArchive::new(Cursor::new(&self.zip)).unwrap();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The archive with another content of one file.
    fn with(&self, name: &str, lines: &[Value]) -> Vec<u8> {
        let mut archive = ZipArchive::new(Cursor::new(&self.zip)).unwrap();
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).unwrap();
            let (found, mut bytes) = (file.name().unwrap().into_owned(), Vec::new());
            file.read_to_end(&mut bytes).unwrap();
            if found == name {
                bytes = lines.iter().flat_map(|line| (line.to_string() + "\n").into_bytes()).collect();
            }
            out.start_file(found, SimpleFileOptions::default()).unwrap();
            out.write_all(&bytes).unwrap();
        }
        out.finish().unwrap().into_inner()
    }
}

#[track_caller]
fn says(output: &Output, code: i32, words: &[&str]) {
    let text =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{text}");
    for word in words {
        assert!(text.contains(word), "{word:?} is not in: {text}");
    }
}

#[actix_web::test]
async fn a_bundle_is_checked_without_the_product_and_each_tampering_is_named() {
    let proof = proof("").await;
    let entries = proof.lines("entries.ndjson");
    let checkpoints = proof.lines("checkpoints.ndjson");
    assert!(entries.len() > 6 && checkpoints.len() >= 5, "{} {}", entries.len(), checkpoints.len());
    let kept = proof.file("kept.json", proof.kept.as_bytes());
    let kept = kept.to_str().unwrap();
    let key: Value = serde_json::from_str(&proof.kept).unwrap();
    let key = key["publicKey"].as_str().unwrap().to_owned();

    let whole = format!("INTACT: {} entries of Firm alpha", entries.len());
    says(&proof.verify(&proof.zip, &[]), 0, &[&whole, "Compare its fingerprint"]);
    says(&proof.verify(&proof.zip, &["--key", &key]), 0, &[&whole]);

    // the stored checkpoint was signed later than the bundle was made: what it covers must be there
    let id = |at: usize| entries[at]["entry"]["id"].to_string();
    // 1 a changed byte
    let mut changed = entries.clone();
    let text = changed[3]["entry"]["text"].as_str().unwrap().replace('e', "a");
    changed[3]["entry"]["text"] = json!(text);
    let named = format!("First broken entry: {}", id(3));
    says(&proof.verify(&proof.with("entries.ndjson", &changed), &[]), 1, &["was changed", &named]);
    // 2 an entry gone from the middle
    let mut gone = entries.clone();
    gone.remove(3);
    let bundle = proof.with("entries.ndjson", &gone);
    says(&proof.verify(&bundle, &[]), 1, &["The entry at place 3 is missing"]);
    // 3 the newest entry gone: with its checkpoint nothing in the bundle tells, the stored one does
    let last_but_one = checkpoints[checkpoints.len() - 2]["size"].as_u64().unwrap() as usize;
    let bundle = proof.with("entries.ndjson", &entries[..entries.len() - 1]);
    let place = format!("The entry at place {} is missing", entries.len() - 1);
    says(&proof.verify(&bundle, &[]), 1, &[&place]);
    let short = Proof {
        zip: proof.with("entries.ndjson", &entries[..last_but_one]),
        kept: proof.kept.clone(),
        dir: tempdir::Dir::new(),
    };
    let bundle = short.with("checkpoints.ndjson", &checkpoints[..checkpoints.len() - 1]);
    says(&proof.verify(&bundle, &["--key", &key]), 0, &["INTACT"]);
    let place = format!("The entry at place {last_but_one} is missing: the stored checkpoint");
    says(&proof.verify(&bundle, &["--checkpoint", kept]), 1, &[&place]);
    // 4 another order
    let mut moved = entries.clone();
    moved.swap(2, 4);
    let bundle = proof.with("entries.ndjson", &moved);
    says(&proof.verify(&bundle, &[]), 1, &["The entry at place 2 is missing, or was moved"]);
    // 5 a forged checkpoint
    let mut forged = checkpoints.clone();
    forged[1]["root"] = json!("00".repeat(32));
    let bundle = proof.with("checkpoints.ndjson", &forged);
    says(&proof.verify(&bundle, &[]), 1, &["is forged"]);

    // and what is no bundle at all
    says(&proof.verify(b"no archive", &[]), 2, &["cannot be read"]);
    says(&proof.verify(&proof.zip, &["--key", "nonsense"]), 2, &["64 hexadecimal digits"]);
    says(&proof.verify(&proof.zip, &["--key", &"01".repeat(32)]), 1, &["signed by somebody else"]);
}

#[actix_web::test]
async fn a_bundle_of_some_entries_proves_each_of_them() {
    let proof = proof("?action=clients.update").await;
    let entries = proof.lines("entries.ndjson");
    assert_eq!(entries.len(), 4);
    assert!(entries.iter().all(|line| line["entry"]["action"] == "clients.update"));
    says(&proof.verify(&proof.zip, &[]), 0, &["INTACT: 4 entries", "some of the entries"]);
    let mut changed = entries.clone();
    changed[1]["leaf"] = json!(changed[1]["leaf"].as_u64().unwrap() + 1);
    let named = format!("First broken entry: {}", entries[1]["entry"]["id"]);
    says(&proof.verify(&proof.with("entries.ndjson", &changed), &[]), 1, &[&named]);
}
