//! Feature by plan by operation, and limit by operation: `docs/gates.txt` says what is asked, the tables of the seed documents
//! say which plan has it, and every operation is sent.

use crate::documented::documented;
use crate::licence::{except, put_on, unexcept};
use crate::operations::{Ids, PUBLIC, Sample, populate, samples};
use crate::support::{Answer, Person, TestApp};
use actix_web::http::Method;
use actix_web::test::TestRequest;
use kernel::{Counted, Feature, Role};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const REGISTRY: &str = include_str!("../../../../docs/gates.txt");

/// These change the plan, or end the session that walks.
pub const ENDS_THE_WALK: &[&str] = &["activate_licence", "open_licence_file", "logout", "end_session"];

/// What an operation asks for, and in which case; no words: always.
pub struct Need {
    name: &'static str,
    case: &'static str,
}

/// A line of the registry.
pub struct Gate {
    /// What is asked for.
    pub needs: Vec<Need>,
    /// What becomes of a client over the plan.
    pub held: &'static str,
}

impl Gate {
    /// Names that are always asked for.
    pub fn always(&self) -> impl Iterator<Item = &'static str> {
        self.needs.iter().filter(|need| need.case.is_empty()).map(|need| need.name)
    }
}

/// The lines of the registry by operation.
pub fn registry() -> BTreeMap<&'static str, Gate> {
    let lines = REGISTRY.lines().filter(|line| !line.is_empty() && !line.starts_with(['#']));
    let mut found = BTreeMap::new();
    for line in lines.filter(|line| !line.starts_with("later ") && !line.starts_with("with a key")) {
        let parts: Vec<&str> = line.split(" | ").collect();
        let [operation, needs, held] = parts[..] else { panic!("not three parts: {line}") };
        let needs = needs.split(", ").filter(|text| *text != "-").map(|text| {
            let (name, case) = text.split_once(" when ").unwrap_or((text, ""));
            Need { name, case }
        });
        let twice = found.insert(operation, Gate { needs: needs.collect(), held });
        assert!(twice.is_none(), "{operation} is there twice");
    }
    found
}

fn later() -> BTreeSet<&'static str> {
    let lines = REGISTRY.lines().filter_map(|line| line.strip_prefix("later "));
    lines.map(|line| line.split_once(" | ").unwrap().0).collect()
}

#[test]
fn the_registry_knows_every_operation_every_feature_and_nothing_else() {
    let gates = registry();
    let named: BTreeSet<String> = gates.keys().map(|name| (*name).to_owned()).collect();
    assert_eq!(named, documented(), "left: docs/gates.txt; right: the operations there are");
    let asked: BTreeSet<&str> = gates.values().flat_map(|gate| &gate.needs).map(|need| need.name).collect();
    for name in &asked {
        assert!(
            Feature::parse(name).is_some() || Counted::parse(name).is_some(),
            "{name} is nothing of a plan"
        );
    }
    for feature in Feature::ALL {
        let (now, later) = (asked.contains(feature.as_str()), later().contains(feature.as_str()));
        assert!(now != later, "{feature:?} is asked for: {now}, and will be: {later}");
    }
    let routes = crate::licence::routes();
    let document = serde_json::to_value(api::openapi()).unwrap();
    for (operation, gate) in &gates {
        let (method, route) = &routes[*operation];
        let answers = &document["paths"][route.as_str()][method.to_lowercase()]["responses"];
        let refuses = !gate.needs.is_empty() || gate.held.starts_with("refused");
        assert!(!refuses || !answers["402"].is_null(), "{operation} does not say that it answers 402");
        let known = ["refused", "skipped", "open: "].iter().any(|word| gate.held.starts_with(word));
        assert!(known || gate.held == "-", "{operation}: {}", gate.held);
        let names_one =
            ["/api/clients/{id}", "/api/return-filings/{id}"].iter().any(|p| route.starts_with(p));
        if names_one && method != "GET" {
            assert_ne!(gate.held, "-", "{operation} names a client or a filing");
        }
    }
}

/// The plans, small ones first: what they refuse finds every record as it was made.
const PLANS: [&str; 7] =
    ["starter", "india_free", "growth", "india_basic", "professional", "india_pro", "enterprise"];

/// Which of them have what operations ask for: S0-382 and 386, S1-12, 34 and 57; the rest is in docs/adr/0014.
const HAVE: [(&str, &[&str]); 3] = [
    ("maker_checker", &["growth", "india_basic", "professional", "india_pro", "enterprise"]),
    ("custom_roles", &["india_basic", "professional", "india_pro", "enterprise"]),
    ("api_access", &["professional", "india_pro", "enterprise"]),
];

fn has(plan: &str, feature: &str) -> bool {
    let row = HAVE.iter().find(|(name, _)| *name == feature);
    row.unwrap_or_else(|| panic!("no table says which plan has {feature}")).1.contains(&plan)
}

/// The name that a 402 gives, of a feature or a limit.
fn refusal<'a>(answer: &'a Answer, code: &str) -> Option<&'a str> {
    let refused = answer.json["code"] == code;
    assert!(!refused || answer.status == 402, "{}", answer.text);
    refused.then(|| answer.json["feature"].as_str().unwrap())
}

/// Requests that meet the cases in which something is asked for: operation, what, and a request that is new each time.
struct Cases {
    role: i64,
    person: i64,
}

impl Cases {
    const COVERED: &'static [(&'static str, &'static str)] = &[
        ("invite_user", "custom_roles"),
        ("change_user_role", "custom_roles"),
        ("save_policy", "maker_checker"),
        ("save_policy", "approval_levels"),
    ];
    /// Told where a client comes back, a sheet is carried out, and a screenshot is kept.
    const ELSEWHERE: &'static [(&'static str, &'static str)] =
        &[("update_client", "clients"), ("commit_import", "clients"), ("log_portal_problem", "storage_mb")];

    async fn new(owner: &Person<'_>, ids: &Ids) -> Self {
        let role = json!({ "name": "Kept desk", "permissions": ["clients.view"] });
        Self { role: owner.post("/api/roles", role).await.is(201).id(), person: ids.people[0] }
    }

    async fn send(&self, owner: &Person<'_>, (operation, needs): (&str, &str), count: usize) -> Answer {
        let own = json!({ "role": "custom", "customRoleId": self.role });
        match (operation, needs) {
            ("invite_user", _) => {
                let mut body = own;
                body["email"] = json!(format!("case{count}@quokka.example"));
                body["displayName"] = json!("Quokka Case");
                owner.post("/api/users/invitations", body).await
            }
            ("change_user_role", _) => owner.patch(&format!("/api/users/{}", self.person), 1, own).await,
            (_, levels) => {
                let level = json!({ "roles": ["principal_officer"], "fromSize": count + 1 });
                let levels = vec![level; if levels == "maker_checker" { 1 } else { 3 }];
                let body = json!({ "levels": levels, "expiresAfterDays": 7 });
                owner.at(Method::PUT, "/api/approvals/policies/imports.commit", 1, body).await
            }
        }
    }
}

async fn send(app: &TestApp, owner: &Person<'_>, sample: &Sample) -> Answer {
    app.send(sample.request(owner)).await
}

fn walked(samples: &[Sample]) -> impl Iterator<Item = &Sample> {
    samples.iter().filter(|s| !PUBLIC.contains(&s.operation) && !ENDS_THE_WALK.contains(&s.operation))
}

#[actix_web::test]
async fn every_operation_asks_every_plan_for_exactly_what_the_registry_says() {
    let app = TestApp::new().await;
    let owner = app.login(Role::Admin).await;
    let ids = populate(&owner).await;
    let cases = Cases::new(&owner, &ids).await;
    let body = json!({ "name": "Walk", "permissions": ["clients.view"], "expiresOn": "2027-03-31" });
    let key = owner.post("/api/api-keys", body).await.is(201).json["key"].as_str().unwrap().to_owned();
    let (gates, samples) = (registry(), samples(&ids));
    let with_key = async || {
        let request = TestRequest::get().uri("/api/clients");
        app.send(request.insert_header(("authorization", format!("Bearer {key}")))).await
    };
    let mut count = 0;
    let mut wrong = Vec::new();
    for plan in PLANS {
        put_on(&app, plan).await;
        for sample in walked(&samples) {
            let needs = gates[sample.operation].always().find(|name| Feature::parse(name).is_some());
            let expected = needs.filter(|feature| !has(plan, feature));
            let answer = send(&app, &owner, sample).await;
            if refusal(&answer, "plan.feature") != expected {
                wrong.push(format!("{} on {plan}: {}", sample.operation, answer.text));
            }
        }
        // Each feature turned over by an exception of the firm: what asks for it turns over, and nothing else does.
        for (feature, _) in HAVE {
            for on in [has(plan, feature), !has(plan, feature)] {
                except(&app, feature, i64::from(on)).await;
                let expected = (!on).then_some(feature);
                for sample in walked(&samples).filter(|s| gates[s.operation].always().any(|n| n == feature)) {
                    let answer = send(&app, &owner, sample).await;
                    if refusal(&answer, "plan.feature") != expected {
                        wrong.push(format!("{} on {plan}, {on}: {}", sample.operation, answer.text));
                    }
                }
                for case in Cases::COVERED.iter().filter(|(_, needs)| *needs == feature) {
                    count += 1;
                    let answer = cases.send(&owner, *case, count).await;
                    if refusal(&answer, "plan.feature") != expected {
                        wrong.push(format!("{case:?} on {plan}, {on}: {}", answer.text));
                    }
                }
                if feature == "api_access" {
                    assert_eq!(refusal(&with_key().await, "plan.feature"), expected, "a key on {plan}");
                }
            }
            unexcept(&app, feature).await;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let cases: BTreeSet<(&str, &str)> = Cases::COVERED.iter().chain(Cases::ELSEWHERE).copied().collect();
    let listed = gates.iter().flat_map(|(operation, gate)| {
        gate.needs.iter().filter(|need| !need.case.is_empty()).map(|need| (*operation, need.name))
    });
    assert_eq!(
        listed.collect::<BTreeSet<_>>(),
        cases,
        "left: docs/gates.txt; right: the cases that are sent"
    );
}

#[actix_web::test]
async fn with_no_room_left_exactly_what_the_registry_says_is_refused() {
    let app = TestApp::new().await;
    let owner = app.login(Role::Admin).await;
    let ids = populate(&owner).await;
    let cases = Cases::new(&owner, &ids).await;
    // Clients over the plan have a test of their own.
    let full = Counted::ALL.iter().filter(|c| !matches!(c, Counted::Clients | Counted::Regulators));
    for counted in full.clone() {
        except(&app, counted.as_str(), 0).await;
    }
    let (gates, samples) = (registry(), samples(&ids));
    let mut wrong = Vec::new();
    for sample in walked(&samples) {
        let limits: Vec<&str> = full.clone().map(|counted| counted.as_str()).collect();
        let expected = gates[sample.operation].always().find(|name| limits.contains(name));
        let answer = send(&app, &owner, sample).await;
        if refusal(&answer, "plan.limit") != expected {
            wrong.push(format!("{}: {}", sample.operation, answer.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (most, wanted) in [(2, Some("approval_levels")), (3, None), (-1, None)] {
        except(&app, "approval_levels", most).await;
        let answer =
            cases.send(&owner, ("save_policy", "approval_levels"), usize::try_from(most + 5).unwrap()).await;
        assert_eq!(refusal(&answer, "plan.limit"), wanted, "{most}: {}", answer.text);
    }
    let off = json!({ "levels": [], "expiresAfterDays": 7 });
    except(&app, "approval_levels", 0).await;
    let version = version_of(&owner, "imports.commit").await;
    let answer = owner.at(Method::PUT, "/api/approvals/policies/imports.commit", version, off).await;
    assert!(answer.status < 300, "switching four eyes off is always possible: {}", answer.text);
}

async fn version_of(owner: &Person<'_>, action: &str) -> i64 {
    let all = owner.get("/api/approvals/policies").await.is(200).json;
    let found = |one: &&Value| one["action"] == action;
    all["items"].as_array().unwrap().iter().find(found).unwrap()["version"].as_i64().unwrap()
}
