//! One working request per operation of the OpenAPI document, on a firm that has something of everything.

use crate::support::{MULTIPART, Person, find, form, nbfc, problem_form};
use crate::vendor;
use actix_web::http::Method;
use kernel::Role;
use serde_json::{Value, json};

/// Marks every text of the populated firm.
pub const MARK: &str = "Quokka";

/// Ids of the populated firm.
pub struct Ids {
    /// A client.
    pub client: i64,
    registration: i64,
    contact: i64,
    /// An event of the client.
    pub event: i64,
    /// An open filing.
    pub filing: i64,
    import: i64,
    fresh_import: i64,
    relaxation: i64,
    session: i64,
    view: i64,
    feed: i64,
    feed_path: String,
    problem: i64,
    entry: i64,
    /// Proposals of others: read and approved, rejected, sent back, approved with others.
    proposals: [i64; 4],
    /// Own proposals: withdrawn, sent again after it came back.
    own_proposals: [i64; 2],
    delegation: i64,
    /// Somebody whose role changes, somebody who leaves, and somebody who left.
    pub people: [i64; 3],
    invitation: i64,
    role: i64,
    key: i64,
}

/// One request.
pub struct Sample {
    /// Operation of the document.
    pub operation: &'static str,
    /// Method.
    pub method: Method,
    /// Path with ids.
    pub path: String,
    /// JSON body.
    pub body: Option<Value>,
    /// A multipart body instead.
    pub upload: Option<Vec<u8>>,
}

/// Answers 401 to nobody: they are the way in, or say how the process is.
pub const PUBLIC: &[&str] = &[
    "login",
    "forgot_password",
    "reset_password",
    "live",
    "ready",
    "fetch_feed",
    "totp",
    "read_invitation",
    "accept_invitation",
];

/// Operations that change only the caller's own account, or nothing at all; a viewer may.
pub const VIEWER_MAY: &[&str] = &[
    "logout",
    "change_password",
    "end_session",
    "update_me",
    "evaluate_return",
    "create_view",
    "change_view",
    "remove_view",
    "set_default_view",
    "create_feed",
    "renew_feed",
    "revoke_feed",
    "read_notices",
    "enrol_second_factor",
    "confirm_second_factor",
    "renew_recovery_codes",
    "remove_second_factor",
];

/// What an operation answers to its sample, where that is a refusal on purpose: the way to its success has several steps
/// and is told in a test of its own.
pub const REFUSED: &[(&str, u16)] = &[
    ("reset_password", 410),
    ("totp", 410),
    ("enrol_second_factor", 422),
    ("confirm_second_factor", 409),
    ("renew_recovery_codes", 422),
    ("remove_second_factor", 409),
    ("read_invitation", 410),
    ("accept_invitation", 410),
    ("reset_second_factor", 404),
    // Collected when it was made: nothing waited for approval.
    ("collect_api_key", 404),
];

const SHEET: &str = "Client name,Entity type\nQuokka Uploaded Finance Limited,Public company (unlisted)\n";

/// A circular that moves AOC-4 or MGT-7 of 2025-26.
fn circular(code: &str, number: &str) -> Value {
    json!({
        "regulator": "MCA", "codes": [code], "periodFrom": "2026-03-31", "periodTo": "2026-03-31",
        "effect": "new_date", "newDueOn": "2027-01-31", "circularNo": number, "circularOn": "2026-10-20",
        "reason": "Circular received"
    })
}

/// Makes a client with everything on it, and an import.
pub async fn populate(person: &Person<'_>) -> Ids {
    let mut body = nbfc("Quokka Finance Limited");
    body["notes"] = json!("Quokka notes");
    body["tags"] = json!(["quokka"]);
    body["contacts"] = json!([{ "name": "Quokka Contact", "email": "q@quokka.example" }]);
    let made = person.client(body).await;
    let client = made["id"].as_i64().unwrap();
    let event = json!({ "kind": "agm_held", "on": "2026-09-28", "note": "Quokka hall" });
    let recorded = person.post(&format!("/api/clients/{client}/events"), event).await.is(201).json;
    let filings = person.filings(client).await;
    let filing = find(&filings, "MCA-MGT7", "2025-26")["id"].as_i64().unwrap();
    let comment = json!({ "text": "Quokka remark" });
    person.post(&format!("/api/return-filings/{filing}/comments"), comment).await.is(201);
    let item = json!({ "text": "Quokka item" });
    person.post(&format!("/api/return-filings/{filing}/checklist"), item).await.is(201);
    let import = person.upload("/api/clients/import", SHEET).await.is(201).id();
    let fresh_import = person.upload("/api/clients/import", SHEET).await.is(201).id();
    let view = json!({ "name": "Quokka view", "query": { "q": "quokka", "view": "all" } });
    let view = person.post("/api/saved-views", view).await.is(201).id();
    let relaxed = person.post("/api/relaxations", circular("MCA-AOC4", "Quokka Circular 7")).await.is(201);
    let feed = json!({ "name": "Due dates", "scope": { "clientId": [client] } });
    let feed = person.post("/api/calendar/feeds", feed).await.is(201).json;
    let feed_path = feed["url"].as_str().and_then(|url| Some(&url[url.find("/api/")?..])).unwrap().to_owned();
    let own = json!({
        "code": "INT-QUOKKA", "from": "2026-11-01", "title": "Quokka minutes", "frequency": "monthly",
        "due": { "kind": "days_after_period", "days": 5 }, "breachAfterDays": 7
    });
    person.post("/api/rulebook/internal-returns", own).await.is(201);
    let problem = person.portal_problem(filing, "Quokka portal is down").await.is(201).json;
    let problem = problem["portalProblems"][0]["id"].as_i64().unwrap();
    let sessions = person.get("/api/auth/sessions").await.is(200).json;
    let guest = json!({ "email": "guest@quokka.example", "displayName": "Quokka Guest", "role": "viewer" });
    let left = joined(person, "left@quokka.example").await;
    let invited = person.post("/api/users/invitations", guest).await.is(201).json;
    let role = json!({ "name": "Quokka desk", "permissions": ["clients.view"] });
    let key = json!({ "name": "Quokka key", "permissions": ["clients.view"], "expiresOn": "2027-03-31" });
    let (role, key) = (person.post("/api/roles", role).await, person.post("/api/api-keys", key).await);
    let entry = format!("/api/journal?subjectKind=client&subjectId={client}&q=quokka");
    let entry = person.get(&entry).await.is(200).json;
    let (proposals, own_proposals) = propose(person, &filings, filing).await;
    let away = json!({ "starts": "2026-12-01", "ends": "2026-12-05" });
    let delegation = person.post("/api/approvals/delegations", away).await.is(201).id();
    Ids {
        entry: entry["items"][0]["id"].as_i64().unwrap(),
        people: [person_of(person, "checker").await, joined(person, "leaves@quokka.example").await, left],
        invitation: invited["invitation"]["id"].as_i64().unwrap(),
        role: role.is(201).id(),
        key: key.is(201).id(),
        client,
        registration: made["registrations"][0]["id"].as_i64().unwrap(),
        contact: made["contacts"][0]["id"].as_i64().unwrap(),
        event: recorded["client"]["events"][0]["id"].as_i64().unwrap(),
        filing,
        import,
        fresh_import,
        relaxation: relaxed.id(),
        session: sessions["items"][0]["id"].as_i64().unwrap(),
        view,
        feed: feed["feed"]["id"].as_i64().unwrap(),
        feed_path,
        problem,
        proposals,
        own_proposals,
        delegation,
    }
}

/// Puts waiving under four eyes and proposes six: four of a colleague, two of the person's own, one of which came back.
async fn propose(person: &Person<'_>, filings: &[Value], but: i64) -> ([i64; 4], [i64; 2]) {
    let on = json!({ "levels": [{ "roles": ["admin", "principal_officer"] }], "expiresAfterDays": 7 });
    person.at(Method::PUT, "/api/approvals/policies/filings.closed", 1, on).await.is(200);
    let officer = person.app().login(Role::PrincipalOfficer).await;
    let open = filings.iter().filter_map(|f| f["id"].as_i64()).filter(|id| *id != but);
    let mut made = Vec::new();
    for (at, id) in open.take(6).enumerate() {
        let maker = if at < 4 { &officer } else { person };
        let waive = json!({ "status": "waived", "reason": "Quokka has no such business" });
        let answer = maker.patch_now(&format!("/api/return-filings/{id}"), waive).await.is(202);
        made.push(answer.json["proposal"]["id"].as_i64().unwrap());
    }
    let back = format!("/api/approvals/{}/return", made[5]);
    officer.at(Method::POST, &back, 1, json!({ "comment": "Since when?" })).await.is(200);
    ([made[0], made[1], made[2], made[3]], [made[4], made[5]])
}

async fn person_of(person: &Person<'_>, role: &str) -> i64 {
    let team = person.get("/api/team").await.is(200).json;
    let found = team["members"].as_array().unwrap().iter().find(|m| m["role"] == role);
    found.unwrap()["id"].as_i64().unwrap()
}

/// Somebody who was invited and accepted; who has "left" in the address is deactivated again.
async fn joined(person: &Person<'_>, email: &str) -> i64 {
    let body = json!({ "email": email, "displayName": "Quokka Person", "role": "viewer" });
    let invited = person.post("/api/users/invitations", body).await.is(201).json;
    let token = invited["link"].as_str().unwrap().split_once("token=").unwrap().1;
    let accepted =
        json!({ "token": token, "displayName": "Quokka Person", "password": "lantern under the banyan" });
    person.post("/api/auth/accept-invitation", accepted).await.is(204);
    let team = person.get("/api/team").await.is(200).json;
    let id = team["members"].as_array().unwrap().iter().find(|m| m["email"] == email).unwrap()["id"].clone();
    if email.starts_with("left") {
        let request = person.request(Method::POST, &format!("/api/users/{id}/deactivate"));
        let request = request.insert_header(("if-match", "\"1\"")).set_json(json!({ "reassignTo": null }));
        person.send(request).await.is(200);
    }
    id.as_i64().unwrap()
}

/// Requests for every operation, in an order in which each can succeed for the firm that owns the ids.
pub fn samples(ids: &Ids) -> Vec<Sample> {
    let Ids {
        client,
        registration,
        contact,
        event,
        filing,
        import,
        fresh_import,
        relaxation,
        session,
        view,
        feed,
        feed_path,
        problem,
        entry,
        proposals,
        own_proposals,
        delegation,
        people: [other, leaver, left],
        invitation,
        role,
        key,
    } = ids;
    let mut all = Vec::new();
    let mut add = |operation, method, path: String, body| {
        all.push(Sample { operation, method, path, body, upload: None });
    };
    let registration_body =
        json!({ "regulator": "RBI", "category": "NBFC-ICC", "registrationNo": "N-13.02418" });
    let contact_body = json!({ "name": "Quokka Second" });
    let (get, post, patch, put, delete) =
        (Method::GET, Method::POST, Method::PATCH, Method::PUT, Method::DELETE);
    add("get_me", get.clone(), "/api/me".into(), None);
    add("list_users", get.clone(), "/api/users".into(), None);
    add("get_claims", get.clone(), "/api/license/claims".into(), None);
    add("get_licence", get.clone(), "/api/license".into(), None);
    let typed = json!({ "key": vendor::key("enterprise") });
    add("activate_licence", post.clone(), "/api/license/activate".into(), Some(typed));
    add("check_licence", post.clone(), "/api/license/check".into(), None);
    let file = json!({ "content": vendor::bundle("enterprise") });
    add("open_licence_file", post.clone(), "/api/license/bundle".into(), Some(file));
    add(
        "choose_regulators",
        put.clone(),
        "/api/license/regulators".into(),
        Some(json!({ "regulators": ["RBI", "MCA"] })),
    );
    add("list_held", get.clone(), "/api/license/held-clients".into(), None);
    add("choose_held", put.clone(), "/api/license/held-clients".into(), Some(json!({ "clientIds": [] })));
    add("list_sessions", get.clone(), "/api/auth/sessions".into(), None);
    add("get_reference", get.clone(), "/api/reference".into(), None);
    let year = "/api/rulebook/holidays?from=2026-01-01&to=2026-12-31&calendar=NSE".into();
    add("list_holidays", get.clone(), year, None);
    add("get_today", get.clone(), "/api/today?scope=firm".into(), None);
    add("get_calendar", get.clone(), "/api/calendar?from=2026-11-01&to=2027-01-31".into(), None);
    add("get_matrix", get.clone(), "/api/calendar/matrix?fy=2026-27&sort=clientName".into(), None);
    add("get_workload", get.clone(), "/api/workload".into(), None);
    add("get_client_year", get.clone(), format!("/api/clients/{client}/year?fy=2026-27"), None);
    add("list_returns", get.clone(), "/api/rulebook/returns".into(), None);
    add("get_return", get.clone(), "/api/rulebook/returns/MCA-MGT7".into(), None);
    add("list_return_clients", get.clone(), "/api/rulebook/returns/MCA-MGT7/clients".into(), None);
    add("get_firm", get.clone(), "/api/rulebook/settings".into(), None);
    add("list_internal_returns", get.clone(), "/api/rulebook/internal-returns".into(), None);
    let internal = "/api/rulebook/internal-returns/INT-QUOKKA";
    add("get_internal_return", get.clone(), internal.into(), None);
    add("list_clients", get.clone(), "/api/clients?perPage=200".into(), None);
    add("export_clients", get.clone(), "/api/clients/export?format=csv".into(), None);
    add("get_client", get.clone(), format!("/api/clients/{client}"), None);
    add("client_timeline", get.clone(), format!("/api/clients/{client}/timeline"), None);
    add("awaited_events", get.clone(), "/api/events/awaited?kind=agm_held".into(), None);
    add("recorded_events", get.clone(), "/api/events/recorded".into(), None);
    add("list_filings", get.clone(), format!("/api/return-filings?view=all&clientId={client}"), None);
    add("export_filings", get.clone(), "/api/return-filings/export?format=csv".into(), None);
    add("get_filing", get.clone(), format!("/api/return-filings/{filing}"), None);
    add("list_feeds", get.clone(), "/api/calendar/feeds".into(), None);
    add("fetch_feed", get.clone(), feed_path.clone(), None);
    let problems = format!("/api/return-filings/{filing}/portal-problems");
    let shown = format!("{problems}/{problem}/screenshot");
    add("portal_problem_screenshot", get.clone(), shown, None);
    let clock = format!("/api/clients/{client}/clock?fy=2026-27");
    add("get_client_clock", get.clone(), clock, None);
    add("list_views", get.clone(), "/api/saved-views".into(), None);
    add("search", get.clone(), "/api/search?q=quokka".into(), None);
    add("list_journal", get.clone(), "/api/journal?q=quokka".into(), None);
    add("journal_actions", get.clone(), "/api/journal/actions".into(), None);
    add("get_journal_entry", get.clone(), format!("/api/journal/{entry}"), None);
    add("journal_seal", get.clone(), "/api/journal/seal".into(), None);
    add("journal_checkpoint", get.clone(), "/api/journal/checkpoint".into(), None);
    add("verify_journal", get.clone(), "/api/journal/verify".into(), None);
    add("export_journal", get.clone(), "/api/journal/export?format=csv".into(), None);
    add("export_proof", get.clone(), "/api/journal/proof".into(), None);
    add("list_notices", get.clone(), "/api/notices?unread=true".into(), None);
    add("get_ladder", get.clone(), "/api/notices/ladder".into(), None);
    add("list_relaxations", get.clone(), "/api/relaxations".into(), None);
    add("get_relaxation", get.clone(), format!("/api/relaxations/{relaxation}"), None);
    add("list_approvals", get.clone(), "/api/approvals?inbox=all".into(), None);
    add("get_approval", get.clone(), format!("/api/approvals/{}", proposals[0]), None);
    add("list_policies", get.clone(), "/api/approvals/policies".into(), None);
    add("list_delegations", get.clone(), "/api/approvals/delegations".into(), None);
    add("list_imports", get.clone(), "/api/imports".into(), None);
    add("get_import", get.clone(), format!("/api/imports/{import}"), None);
    add("annotated_import", get.clone(), format!("/api/imports/{import}/annotated"), None);
    add("import_template", get.clone(), "/api/clients/import/template?format=csv".into(), None);
    add("live", get.clone(), "/api/health/live".into(), None);
    add("ready", get, "/api/health/ready".into(), None);
    let handed = json!({ "to": "client", "reason": "Quokka papers" });
    let hand_over = format!("/api/return-filings/{filing}/hand-over");
    add("hand_over_filing", post.clone(), hand_over, Some(handed));
    let reason = json!({ "reason": "wrong portal" });
    add("strike_portal_problem", post.clone(), format!("{problems}/{problem}/strike"), Some(reason));
    let many = json!({ "rows": [{ "id": filing }], "change": { "status": "in_review" } });
    add("change_filings", post.clone(), "/api/return-filings/bulk".into(), Some(many));
    let kept = json!({ "name": "Late ones", "query": { "view": "pastDue", "sort": "-dueOn" } });
    add("create_view", post.clone(), "/api/saved-views".into(), Some(kept));
    let default = format!("/api/saved-views/{view}/default");
    add("set_default_view", put.clone(), default, Some(json!({ "on": true })));
    let renamed = json!({ "name": "Quokka again" });
    add("change_view", patch.clone(), format!("/api/saved-views/{view}"), Some(renamed));
    let feeds = json!({ "name": "RBI", "scope": { "regulator": ["RBI"] }, "alarmDays": 3 });
    add("create_feed", post.clone(), "/api/calendar/feeds".into(), Some(feeds));
    add("renew_feed", post.clone(), format!("/api/calendar/feeds/{feed}/link"), None);
    add("revoke_feed", delete.clone(), format!("/api/calendar/feeds/{feed}"), None);
    add("remove_view", delete.clone(), format!("/api/saved-views/{view}"), None);
    add("read_notices", post.clone(), "/api/notices/read".into(), Some(json!({ "all": true })));
    let facts = json!({ "code": "DNBS01", "facts": { "reference_date": "2026-09-30" } });
    add("evaluate_return", post.clone(), "/api/rulebook/evaluate".into(), Some(facts));
    let settings = json!({ "enabled": null, "breachAfterDays": 5 });
    let preview = "/api/rulebook/returns/DNBS01/preview".into();
    add("preview_return", post.clone(), preview, Some(settings.clone()));
    add("set_return", put.clone(), "/api/rulebook/returns/DNBS01".into(), Some(settings));
    let firm = json!({ "breachAfterDays": 5 });
    add("preview_firm", post.clone(), "/api/rulebook/settings/preview".into(), Some(firm.clone()));
    add("set_firm", put.clone(), "/api/rulebook/settings".into(), Some(firm));
    let internal = "/api/rulebook/internal-returns";
    let own = |code: &str| {
        json!({
            "code": code, "from": "2026-11-01", "title": "Wombat pack", "frequency": "monthly",
            "due": { "kind": "day_of_month", "day": 10, "months": 1 }, "breachAfterDays": 7,
            "reason": "The board asked for it"
        })
    };
    add("preview_internal_return", post.clone(), format!("{internal}/preview"), Some(own("INT-SECOND")));
    add("write_internal_return", post.clone(), internal.into(), Some(own("INT-SECOND")));
    add("change_internal_return", put.clone(), format!("{internal}/INT-QUOKKA"), Some(own("INT-QUOKKA")));
    let retire = json!({ "from": "2027-04-01", "reason": "No longer needed" });
    let retiring = format!("{internal}/INT-QUOKKA/retire");
    add("preview_retiring", post.clone(), format!("{retiring}/preview"), Some(retire.clone()));
    add("retire_internal_return", post.clone(), retiring, Some(retire));
    let fact = json!({ "changes": [{ "key": "has_msme_dues", "value": "false" }] });
    add("change_facts", put, format!("/api/clients/{client}/facts"), Some(fact));
    let new = json!({ "clientName": "Wombat Another Limited", "entityType": "public_company" });
    add("create_client", post.clone(), "/api/clients".into(), Some(new));
    add(
        "update_client",
        patch.clone(),
        format!("/api/clients/{client}"),
        Some(json!({ "notes": "Quokka again" })),
    );
    let taken_on = json!({ "kind": "director_changed", "on": "2026-11-01" });
    add("record_event", post.clone(), format!("/api/clients/{client}/events"), Some(taken_on));
    let office = json!({ "kind": "office_changed", "on": "2026-11-02", "clients": [{ "id": client }] });
    add("record_events", post.clone(), "/api/events".into(), Some(office));
    let none = json!({ "ids": [999_999], "reason": "never was there" });
    add("take_back_events", post.clone(), "/api/events/take-back".into(), Some(none));
    let registrations = format!("/api/clients/{client}/registrations");
    let preview = json!({ "id": registration, "registration": registration_body });
    add("preview_registration", post.clone(), format!("{registrations}/preview"), Some(preview));
    add("add_registration", post.clone(), registrations.clone(), Some(registration_body.clone()));
    let one = format!("{registrations}/{registration}");
    add("change_registration", patch.clone(), one.clone(), Some(registration_body));
    let contacts = format!("/api/clients/{client}/contacts");
    add("add_contact", post.clone(), contacts.clone(), Some(contact_body.clone()));
    add("change_contact", patch.clone(), format!("{contacts}/{contact}"), Some(contact_body));
    add(
        "update_filing",
        patch.clone(),
        format!("/api/return-filings/{filing}"),
        Some(json!({ "breachAfterDays": 3 })),
    );
    let tick = json!({ "done": true, "note": "Quokka tick" });
    add(
        "tick_checklist_item",
        patch.clone(),
        format!("/api/return-filings/{filing}/checklist/r1"),
        Some(tick),
    );
    let item = json!({ "text": "Quokka more" });
    add("add_checklist_item", post.clone(), format!("/api/return-filings/{filing}/checklist"), Some(item));
    let remark = json!({ "text": "Quokka says" });
    add("comment_filing", post.clone(), format!("/api/return-filings/{filing}/comments"), Some(remark));
    let decide = |id: i64, verb: &str| format!("/api/approvals/{id}/{verb}");
    let why = json!({ "comment": "Quokka asks why" });
    add("approve_proposal", post.clone(), decide(proposals[0], "approve"), Some(json!({})));
    add("reject_proposal", post.clone(), decide(proposals[1], "reject"), Some(why.clone()));
    add("return_proposal", post.clone(), decide(proposals[2], "return"), Some(why));
    let many = json!({ "items": [{ "id": proposals[3], "version": 1, "confirmed": true }] });
    add("approve_many", post.clone(), "/api/approvals/approve".into(), Some(many));
    add("withdraw_proposal", post.clone(), decide(own_proposals[0], "withdraw"), Some(json!({})));
    let answer = json!({ "reason": "Since the licence was given back" });
    add("resubmit_proposal", post.clone(), decide(own_proposals[1], "resubmit"), Some(answer));
    let policy = json!({ "levels": [], "expiresAfterDays": 10 });
    add("save_policy", Method::PUT, "/api/approvals/policies/imports.commit".into(), Some(policy));
    let away = json!({ "starts": "2027-01-01", "ends": "2027-01-05" });
    add("add_delegation", post.clone(), "/api/approvals/delegations".into(), Some(away));
    let ended = format!("/api/approvals/delegations/{delegation}");
    add("end_delegation", delete.clone(), ended, None);
    let mapping = json!({ "mapping": { "0": "clientName" } });
    add("check_import", post.clone(), format!("/api/imports/{fresh_import}/check"), Some(mapping));
    let go = json!({ "acceptPartial": true });
    add("commit_import", post.clone(), format!("/api/imports/{import}/commit"), Some(go));
    add("undo_import", post.clone(), format!("/api/imports/{import}/undo"), None);
    let more = circular("MCA-MGT7", "Circular 9");
    add("preview_relaxation", post.clone(), "/api/relaxations/preview".into(), Some(more.clone()));
    add("apply_relaxation", post.clone(), "/api/relaxations".into(), Some(more));
    let withdrawn = json!({ "reason": "withdrawn by the ministry" });
    add("undo_relaxation", post.clone(), format!("/api/relaxations/{relaxation}/undo"), Some(withdrawn));
    let reason = json!({ "reason": "wrong day" });
    add("withdraw_event", delete.clone(), format!("/api/clients/{client}/events/{event}"), Some(reason));
    add("remove_registration", delete.clone(), one, None);
    add("remove_contact", delete.clone(), format!("{contacts}/{contact}"), None);
    add("update_me", patch.clone(), "/api/me".into(), Some(json!({ "preferences": { "theme": "dark" } })));
    let unknown = json!({ "email": "nobody@nowhere.example" });
    add("forgot_password", post.clone(), "/api/auth/forgot-password".into(), Some(unknown));
    let used = json!({ "token": "1.unknown", "password": "a long enough sentence" });
    add("reset_password", post.clone(), "/api/auth/reset-password".into(), Some(used));
    let wrong = json!({ "email": "admin@alpha.example", "password": crate::support::PASSWORD });
    add("login", post.clone(), "/api/auth/login".into(), Some(wrong));
    let same =
        json!({ "currentPassword": crate::support::PASSWORD, "newPassword": "ferry across the harbour" });
    add("change_password", post.clone(), "/api/auth/change-password".into(), Some(same));
    add("end_session", delete.clone(), format!("/api/auth/sessions/{session}"), None);
    add("get_team", Method::GET, "/api/team".into(), None);
    add("list_roles", Method::GET, "/api/roles".into(), None);
    add("list_api_keys", Method::GET, "/api/api-keys".into(), None);
    let guest = json!({ "email": "wombat@wombat.example", "displayName": "Wombat", "role": "analyst" });
    add("invite_user", post.clone(), "/api/users/invitations".into(), Some(guest));
    let link = format!("/api/users/invitations/{invitation}/link");
    add("resend_invitation", post.clone(), link, None);
    add("revoke_invitation", delete.clone(), format!("/api/users/invitations/{invitation}"), None);
    let token = || json!({ "token": "1.unknown" });
    add("read_invitation", post.clone(), "/api/auth/invitation".into(), Some(token()));
    let accepts = json!({ "token": "1.unknown", "displayName": "A", "password": "a long enough sentence" });
    add("accept_invitation", post.clone(), "/api/auth/accept-invitation".into(), Some(accepts));
    let viewer = json!({ "role": "viewer" });
    add("change_user_role", patch.clone(), format!("/api/users/{other}"), Some(viewer));
    let nobody = json!({ "reassignTo": null });
    add("deactivate_user", post.clone(), format!("/api/users/{leaver}/deactivate"), Some(nobody));
    add("reactivate_user", post.clone(), format!("/api/users/{left}/reactivate"), None);
    let reset = format!("/api/users/{other}/second-factor/reset");
    add("reset_second_factor", post.clone(), reset, None);
    let sign_in = json!({ "requireTotp": false });
    add("set_sign_in", Method::PUT, "/api/settings/sign-in".into(), Some(sign_in));
    let desk = || json!({ "name": "Wombat desk", "permissions": ["clients.view", "filings.view"] });
    add("create_role", post.clone(), "/api/roles".into(), Some(desk()));
    let again = json!({ "name": "Quokka desk 2", "permissions": ["filings.view"] });
    add("update_role", patch.clone(), format!("/api/roles/{role}"), Some(again));
    add("delete_role", delete.clone(), format!("/api/roles/{role}"), None);
    let new_key = json!({ "name": "Wombat", "permissions": ["clients.view"], "expiresOn": "2027-03-31" });
    add("create_api_key", post.clone(), "/api/api-keys".into(), Some(new_key));
    add("collect_api_key", post.clone(), format!("/api/api-keys/{key}/secret"), Some(json!({})));
    add("revoke_api_key", delete.clone(), format!("/api/api-keys/{key}"), None);
    add("get_second_factor", Method::GET, "/api/auth/totp".into(), None);
    let over = json!({ "challenge": "over", "code": "123456" });
    add("totp", post.clone(), "/api/auth/totp".into(), Some(over));
    add("enrol_second_factor", post.clone(), "/api/auth/totp/enrol".into(), Some(json!({})));
    let wrong_code = || Some(json!({ "code": "000000" }));
    add("confirm_second_factor", post.clone(), "/api/auth/totp/confirm".into(), wrong_code());
    add("renew_recovery_codes", post.clone(), "/api/auth/totp/recovery-codes".into(), wrong_code());
    add("remove_second_factor", post.clone(), "/api/auth/totp/remove".into(), wrong_code());
    add("logout", post.clone(), "/api/auth/logout".into(), None);
    all.push(Sample {
        operation: "upload_import",
        method: post,
        path: "/api/clients/import".into(),
        body: None,
        upload: Some(form("clients.csv", SHEET).1.into_bytes()),
    });
    all.push(Sample {
        operation: "log_portal_problem",
        method: Method::POST,
        path: problems,
        body: None,
        upload: Some(problem_form("2026-11-20", "Quokka again")),
    });
    all
}

/// A number, or the code of the firm's own return.
fn is_id(part: &str) -> bool {
    part.parse::<i64>().is_ok() || part == "INT-QUOKKA"
}

impl Sample {
    /// The request of a person.
    pub fn request(&self, person: &Person<'_>) -> actix_web::test::TestRequest {
        self.fill(person.request(self.method.clone(), &self.path))
    }

    /// The request of nobody.
    pub fn anonymous(&self) -> actix_web::test::TestRequest {
        self.fill(actix_web::test::TestRequest::with_uri(&self.path).method(self.method.clone()))
    }

    fn fill(&self, mut request: actix_web::test::TestRequest) -> actix_web::test::TestRequest {
        // What exists was saved once, retiring comes after a change, and nothing was decided about the return.
        let version = match self.operation {
            "set_return" => "0",
            "resubmit_proposal" | "retire_internal_return" | "reactivate_user" => "2",
            _ => "1",
        };
        request = request.insert_header(("if-match", version));
        match (&self.body, &self.upload) {
            (Some(body), _) => request.set_json(body),
            (None, Some(body)) => {
                request.insert_header(("content-type", MULTIPART)).set_payload(body.clone())
            }
            (None, None) => request,
        }
    }

    /// Whether it can change something.
    pub fn mutates(&self) -> bool {
        self.method != Method::GET
    }

    /// Whether the path names a record of the populated firm.
    pub fn names_a_record(&self) -> bool {
        self.path.split('?').next().unwrap_or_default().split('/').any(is_id)
    }
}
