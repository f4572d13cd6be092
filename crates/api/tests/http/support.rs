//! The application without a socket: two firms, people of every role, helpers that answer status and JSON.

pub use crate::fixtures::{find, nbfc};
use crate::vendor::{Vendor, desk};
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{HeaderMap, HeaderValue};
use actix_web::test::{self, TestRequest};
use adapter_postgres::PgDatabase;
use api::AppState;
use api::config::{Config, ServerConfig};
use api::http::limit::Limits;
use api::http::server::application;
use api::http::token::Tokens;
use api::http::vault::SecretVault;
use api::system::document::Document;
use app::licence::Desk;
use app::{NewFirm, NewPerson, transact};
use futures_util::future::LocalBoxFuture;
use identity::Vault;
use identity::throttle::{InProcess, Throttle};
use kernel::Clock;
use kernel::id::{TenantId, UserId};
use kernel::moment::Instant;
use kernel::{Actor, Role, StoreError};
use maker_checker::{Action, Policy};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::rc::Rc;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};
use testkit::{ManualClock, TestDb};
use time::macros::datetime;
use tokio::sync::mpsc::UnboundedReceiver;

/// Noon in India on Saturday, 21 November 2026.
pub const NOW: Instant = datetime!(2026-11-21 06:30 UTC);
/// Everybody's password.
pub const PASSWORD: &str = "monsoon over marine drive";

/// Signs the tokens and seals the second factors.
const SECRET: &str = "a secret of the tests, 32 characters";

type Call = Box<dyn Fn(TestRequest) -> LocalBoxFuture<'static, ServiceResponse>>;

/// The application with its database and clock.
pub struct TestApp {
    call: Call,
    /// The state that handlers see.
    pub state: AppState,
    /// The clock that handlers read.
    pub clock: Arc<ManualClock>,
    /// Two firms, "alpha" and "beta".
    pub firms: [TenantId; 2],
    /// Wakes meant for the background work.
    pub woken: UnboundedReceiver<()>,
    /// Dropped last.
    pub db: TestDb,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// The body.
    pub bytes: Vec<u8>,
    /// The body as text.
    pub text: String,
    /// The body as JSON; null when it is none.
    pub json: Value,
}

impl Answer {
    /// Fails unless the status is this one; shows the body then.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text.chars().take(2_000).collect::<String>());
        self
    }

    /// A header, or empty.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// The first sentence on a field of a 422.
    #[track_caller]
    pub fn field(&self, name: &str) -> &str {
        assert_eq!(self.status, 422, "{}", self.text);
        self.json["fields"][name][0].as_str().unwrap_or_else(|| panic!("nothing on {name}: {}", self.text))
    }

    /// The id of the record.
    #[track_caller]
    pub fn id(&self) -> i64 {
        self.json["id"].as_i64().unwrap_or_else(|| panic!("no id: {}", self.text))
    }
}

/// A signed-in browser.
#[derive(Clone)]
pub struct Person<'a> {
    app: &'a TestApp,
    /// `session_token=...`
    pub cookie: String,
}

/// Budgets that no test but the one for limits reaches.
const PLENTY: NonZeroU32 = NonZeroU32::new(1_000_000).unwrap();

impl TestApp {
    /// A fresh application at `NOW`.
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// The same with other settings. Nothing waits for approval, so that each test sees its own change at once.
    pub async fn with(change: impl FnOnce(&mut ServerConfig)) -> Self {
        Self::counting(change, Arc::new(InProcess::default())).await
    }

    /// The same with limits counted elsewhere.
    pub async fn counting(change: impl FnOnce(&mut ServerConfig), counts: Arc<dyn Throttle>) -> Self {
        Self::without_approval(Self::made(change, desk(Arc::new(Vendor)), counts).await).await
    }

    /// The same with licences checked elsewhere.
    pub async fn asking(licences: Arc<Desk>) -> Self {
        Self::without_approval(Self::made(|_| {}, licences, Arc::new(InProcess::default())).await).await
    }

    /// As a new firm is: every guarded action waits for somebody else.
    pub async fn four_eyes() -> Self {
        Self::made(|_| {}, desk(Arc::new(Vendor)), Arc::new(InProcess::default())).await
    }

    async fn without_approval(app: Self) -> Self {
        for firm in app.firms {
            let actor = Actor::system(firm, NOW, "test");
            transact(app.state.db.as_ref(), &actor, async |tx| {
                for action in Action::ALL {
                    let off = Policy { levels: Vec::new(), ..Policy::standard(*action) };
                    tx.save_policy(&off, None, NOW).await?;
                }
                Ok::<_, StoreError>(())
            })
            .await
            .unwrap();
        }
        app
    }

    async fn made(
        change: impl FnOnce(&mut ServerConfig),
        licences: Arc<Desk>,
        counts: Arc<dyn Throttle>,
    ) -> Self {
        let db = TestDb::new().await;
        let pg = PgDatabase::new(&db.config()).unwrap();
        let mut firms = Vec::new();
        for name in ["alpha", "beta"] {
            let (tenant, people) =
                app::licence::found_firm(&pg, &firm(name), Some("enterprise"), NOW).await.unwrap();
            enrol(&db, tenant, people[0]).await;
            firms.push(tenant);
        }
        let mut config = Config::from_values(&HashMap::new()).unwrap().server;
        (config.limit_sign_in, config.limit_general) = (PLENTY, PLENTY);
        change(&mut config);
        let (wake, woken) = tokio::sync::mpsc::unbounded_channel();
        let clock = Arc::new(ManualClock::at(NOW));
        let seed = "07".repeat(32);
        let state = AppState {
            seal_keys: Arc::new(app::audit::SealKeys::parse([seed.as_str()]).unwrap()),
            refusals: Arc::default(),
            db: Arc::new(pg),
            clock: clock.clone(),
            tokens: Tokens::new(SECRET),
            vault: Arc::new(SecretVault::new(SECRET)),
            limits: Arc::new(Limits::new(config.limit_sign_in, config.limit_general, counts)),
            config: Arc::new(config),
            wake,
            ready: Arc::new(AtomicBool::new(true)),
            sheets: Arc::new(adapter_sheets::SheetFiles),
            licences,
            // Not installed: a process has one recorder, and tests may share a process.
            metrics: Some(metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder().handle()),
        };
        let service = Rc::new(test::init_service(application(state.clone(), Document::new())).await);
        let call: Call = Box::new(move |request: TestRequest| {
            let service = service.clone();
            Box::pin(async move { service.call(request.to_request()).await.unwrap() })
        });
        Self { call, state, clock, firms: [firms[0], firms[1]], woken, db }
    }

    /// Sends what a test built.
    pub async fn send(&self, request: TestRequest) -> Answer {
        let response = (self.call)(request.peer_addr(([127, 0, 0, 1], 4_000).into())).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = test::read_body(response).await;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let json = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer { status, headers, bytes: bytes.to_vec(), text, json }
    }

    /// A GET without a session.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(TestRequest::get().uri(path)).await
    }

    /// A POST without a session.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(TestRequest::post().uri(path).set_json(body)).await
    }

    /// Somebody of alpha, signed in over HTTP.
    pub async fn login(&self, role: Role) -> Person<'_> {
        self.login_at("alpha", role).await
    }

    /// Somebody of a firm, signed in over HTTP.
    pub async fn login_at(&self, firm: &str, role: Role) -> Person<'_> {
        let mut answer = self.try_login(&email(firm, role), PASSWORD).await.is(200);
        if answer.json["totpRequired"] == true {
            // A code works once; tests sign in more often than every half minute.
            self.db.owner_client().await.batch_execute("UPDATE users SET totp_step = 0").await.unwrap();
            answer = self.second_step(&answer, &code(KEY, self.clock.now())).await.is(200);
        }
        Person { app: self, cookie: cookie(&answer) }
    }

    /// Answers the challenge of a sign-in.
    pub async fn second_step(&self, first: &Answer, code: &str) -> Answer {
        let body = json!({ "challenge": first.json["challenge"], "code": code });
        self.post("/api/auth/totp", body).await
    }

    /// Tries to sign in.
    pub async fn try_login(&self, email: &str, password: &str) -> Answer {
        self.post("/api/auth/login", json!({ "email": email, "password": password })).await
    }
}

impl<'a> Person<'a> {
    /// The application.
    pub fn app(&self) -> &'a TestApp {
        self.app
    }

    /// A request about the version that was seen.
    pub async fn at(&self, method: Method, path: &str, version: i64, body: Value) -> Answer {
        let seen = format!("\"{version}\"");
        self.send(self.request(method, path).insert_header(("if-match", seen)).set_json(body)).await
    }

    /// A request with the session.
    pub fn request(&self, method: Method, path: &str) -> TestRequest {
        TestRequest::with_uri(path).method(method).insert_header(("cookie", self.cookie.as_str()))
    }

    /// Sends what a test built.
    pub async fn send(&self, request: TestRequest) -> Answer {
        self.app.send(request).await
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// POST.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::POST, path).set_json(body)).await
    }

    /// PUT.
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::PUT, path).set_json(body)).await
    }

    /// PUT over the version that was seen.
    pub async fn put_at(&self, path: &str, version: i64, body: Value) -> Answer {
        let request = self.request(Method::PUT, path).insert_header(("if-match", format!("\"{version}\"")));
        self.send(request.set_json(body)).await
    }

    /// POST over the version that was seen.
    pub async fn post_at(&self, path: &str, version: i64, body: Value) -> Answer {
        let request = self.request(Method::POST, path).insert_header(("if-match", format!("\"{version}\"")));
        self.send(request.set_json(body)).await
    }

    /// DELETE with a body.
    pub async fn delete(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::DELETE, path).set_json(body)).await
    }

    /// PATCH of the version that was seen.
    pub async fn patch(&self, path: &str, version: i64, body: Value) -> Answer {
        let request = self.request(Method::PATCH, path).insert_header(("if-match", format!("\"{version}\"")));
        self.send(request.set_json(body)).await
    }

    /// PATCH of the newest version.
    pub async fn patch_now(&self, path: &str, body: Value) -> Answer {
        let version = self.get(path).await.is(200).json["version"].as_i64().unwrap();
        self.patch(path, version, body).await
    }

    /// Uploads a sheet of clients.
    pub async fn upload(&self, path: &str, csv: &str) -> Answer {
        let (kind, body) = form("clients.csv", csv);
        self.send(self.request(Method::POST, path).insert_header(("content-type", kind)).set_payload(body))
            .await
    }

    /// An entry about a portal that did not work on 20 Nov 2026, with a screenshot.
    pub async fn portal_problem(&self, filing: i64, what: &str) -> Answer {
        self.multipart(
            &format!("/api/return-filings/{filing}/portal-problems"),
            problem_form("2026-11-20", what),
        )
        .await
    }

    /// A multipart body.
    pub async fn multipart(&self, path: &str, body: Vec<u8>) -> Answer {
        let request = self.request(Method::POST, path).insert_header(("content-type", MULTIPART));
        self.send(request.set_payload(body)).await
    }

    /// A client from a body.
    pub async fn client(&self, body: Value) -> Value {
        self.post("/api/clients", body).await.is(201).json
    }

    /// All filings of a client, by code and period.
    pub async fn filings(&self, client: i64) -> Vec<Value> {
        let mut all = Vec::new();
        for page in 1.. {
            let path = format!("/api/return-filings?clientId={client}&perPage=200&page={page}");
            let answer = self.get(&path).await.is(200);
            let items = answer.json["items"].as_array().unwrap().clone();
            all.extend(items);
            if all.len() >= usize::try_from(answer.json["total"].as_i64().unwrap()).unwrap() {
                break;
            }
        }
        all
    }
}

/// The kind of the multipart bodies below.
pub const MULTIPART: &str = "multipart/form-data; boundary=cut";

/// One red pixel, with the mark of the walk as its palette, a text that does not show, and something behind its end.
pub const PICTURE: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0btEXtAuthor\0Rock\xce\xe0\x81A\0\0\0\x06PLTEQuokka\xc8\xfc-\x14\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\x03\x01\x01\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82<script>";

/// The form about a portal that did not work, with `PICTURE`.
pub fn problem_form(on: &str, what: &str) -> Vec<u8> {
    problem_form_with(on, what, PICTURE)
}

/// The same with other bytes as the screenshot.
pub fn problem_form_with(on: &str, what: &str, picture: &[u8]) -> Vec<u8> {
    let texts = [("on", on), ("time", "10:30"), ("portal", "MCA21 V3"), ("what", what), ("ticketNo", "T-17")];
    let mut body = String::new();
    for (name, text) in texts {
        body += &format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
    }
    body += "--cut\r\nContent-Disposition: form-data; name=\"screenshot\"; filename=\"s.png\"\r\n\r\n";
    [body.as_bytes(), picture, b"\r\n--cut--\r\n"].concat()
}

/// A multipart body with one file.
pub fn form(name: &str, content: &str) -> (&'static str, String) {
    let body = format!(
        "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n{content}\r\n--cut--\r\n"
    );
    ("multipart/form-data; boundary=cut", body)
}

/// `analyst@alpha.example`
pub fn email(firm: &str, role: Role) -> String {
    format!("{}@{firm}.example", role.as_str())
}

/// The session cookie of an answer.
#[track_caller]
pub fn cookie(answer: &Answer) -> String {
    let set: Vec<&HeaderValue> = answer.headers.get_all("set-cookie").collect();
    let found = set.iter().filter_map(|v| v.to_str().ok()).find(|v| v.starts_with("session_token="));
    found
        .and_then(|v| v.split(';').next())
        .unwrap_or_else(|| panic!("no session: {}", answer.text))
        .to_owned()
}

/// The key of every administrator's second factor.
pub const KEY: &[u8] = b"a key of the tests..";

/// The code of a key at an instant, by the standard's own recipe (RFC 4226, section 5.3).
pub fn code(key: &[u8], at: Instant) -> String {
    let counter = u64::try_from(at.unix_timestamp() / 30).unwrap().to_be_bytes();
    let mac = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key);
    let tag = ring::hmac::sign(&mac, &counter);
    let offset = usize::from(tag.as_ref()[19] & 15);
    let word = u32::from_be_bytes(tag.as_ref()[offset..offset + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", word % 1_000_000)
}

/// Gives somebody the second factor of `KEY`.
async fn enrol(db: &TestDb, tenant: TenantId, user: UserId) {
    let sealed = SecretVault::new(SECRET).seal(tenant, user, KEY).unwrap();
    let sql = "UPDATE users SET totp_secret = $3, totp_since = $4 WHERE tenant_id = $1 AND id = $2";
    db.owner_client().await.execute(sql, &[&tenant.get(), &user.get(), &sealed, &NOW]).await.unwrap();
}

fn firm(name: &str) -> NewFirm {
    // One hash for all: making one takes tens of milliseconds.
    static HASH: OnceLock<String> = OnceLock::new();
    let hash = HASH.get_or_init(|| identity::password::hash(PASSWORD, b"0123456789abcdef").unwrap());
    let person = |role: &Role| NewPerson {
        email: email(name, *role),
        display_name: format!("{} of {name}", role.as_str().replace('_', " ")),
        role: *role,
        password_hash: hash.clone(),
    };
    NewFirm { name: format!("Firm {name}"), people: Role::STAFF.iter().map(person).collect() }
}
