//! Feature by plan by operation: whatever an operation asks of the plan, it asks on every plan, and nothing else decides.

use crate::licence::put_on;
use crate::operations::{PUBLIC, populate, samples};
use crate::support::TestApp;
use app::transact;
use kernel::{Actor, Feature, Role};
use licensing::Plan;
use std::collections::{BTreeMap, BTreeSet};

/// Operation to the plans that refuse it, with the feature that each names.
type Refusals = BTreeMap<&'static str, BTreeMap<String, String>>;

#[actix_web::test]
async fn an_operation_is_refused_on_exactly_the_plans_that_lack_its_feature() {
    let mut refusals = Refusals::new();
    let mut plans: Vec<Plan> = Vec::new();
    for number in 0..7 {
        let app = TestApp::new().await;
        let owner = app.login(Role::Admin).await;
        let ids = populate(&owner).await;
        let system = Actor::system(app.firms[0], app.state.clock.now(), "test");
        plans = transact(app.state.db.as_ref(), &system, async |tx| tx.plans().await).await.unwrap();
        let plan = &plans[number];
        put_on(&app, &plan.slug).await;
        for sample in samples(&ids).iter().filter(|s| !PUBLIC.contains(&s.operation)) {
            // These change the plan, or end the session that walks.
            if ["activate_licence", "open_licence_file", "logout", "end_session"].contains(&sample.operation)
            {
                continue;
            }
            let answer = app.send(sample.request(&owner).insert_header(("if-match", "\"1\""))).await;
            if answer.json["code"] == "plan.feature" {
                assert_eq!(answer.status, 402);
                let feature = answer.json["feature"].as_str().unwrap().to_owned();
                refusals.entry(sample.operation).or_default().insert(plan.slug.clone(), feature);
            }
        }
    }
    for (operation, refused) in refusals {
        let names: BTreeSet<&String> = refused.values().collect();
        assert_eq!(names.len(), 1, "{operation} names {names:?}");
        let feature = Feature::parse(refused.values().next().unwrap()).unwrap();
        for plan in &plans {
            let lacks = !plan.features.has(feature);
            assert_eq!(refused.contains_key(&plan.slug), lacks, "{operation} on {}", plan.slug);
        }
    }
}
