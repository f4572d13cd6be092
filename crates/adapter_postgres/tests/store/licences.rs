//! Plans as their rows say, against the tables of the seed documents; room under concurrency; what sessions read.

use crate::support::{NOW, Store, nbfc};
use app::clients::{ClientError, create_client};
use app::licence::{give_plan, refresh};
use app::transact;
use futures_util::future::join_all;
use kernel::{Actor, Counted, Feature, Limit, StoreError};
use licensing::{Override, Plan};
use std::sync::Arc;
use time::Duration;

async fn plans(store: &Store) -> Vec<Plan> {
    transact(&store.pg, &store.actor(), async |tx| tx.plans().await).await.unwrap()
}

/// The feature matrix: the flag, then Starter, Growth, Professional, Enterprise; x is on.
const TIERS: &str = "
maker_checker . x x x
esign_aadhaar . . x x
esign_dsc . . x x
workflow_engine . . x x
api_access . . x x
sso_saml . . . x
cosmos_xbrl . . . x
white_label_portal . . x x
whatsapp_alerts . x x x
esign_otp . x x x
sms_alerts . . x x
custom_workflows . . . x
on_premise . . . x
data_residency . . . x
dedicated_support . . . x";

/// The same for the hosted plans Free, Basic and Pro.
const HOSTED: &str = "
consulting x x x
software_services . x x
invoicing . x x
gst_features . x x
email_notifications x x x
sms_notifications . x x
whatsapp_automation . . x
analytics_basic x x x
analytics_advanced . x x
priority_support . . x
custom_roles . x x";

/// What is counted, for the seven plans.
const LIMITS: &str = "
clients 25 100 500 -1 25 200 -1
users 3 20 30 -1 1 3 10
regulators 2 5 -1 -1 -1 -1 -1
approval_levels 0 2 -1 -1 0 2 -1
records -1 -1 -1 -1 50 500 -1
projects -1 -1 -1 -1 3 25 -1
invoices_per_month -1 -1 -1 -1 0 100 -1
storage_mb -1 -1 -1 -1 100 2048 10240";

const SLUGS: [&str; 7] =
    ["starter", "growth", "professional", "enterprise", "india_free", "india_basic", "india_pro"];

fn rows(table: &str) -> impl Iterator<Item = (&str, Vec<&str>)> {
    table.trim().lines().map(|line| {
        let mut words = line.split_whitespace();
        (words.next().unwrap_or_default(), words.collect())
    })
}

#[tokio::test]
async fn the_rows_are_the_plans_of_the_documents() {
    let store = Store::new().await;
    let plans = plans(&store).await;
    let slugs: Vec<&str> = plans.iter().map(|plan| plan.slug.as_str()).collect();
    assert_eq!(slugs, SLUGS);
    for (table, family) in [(TIERS, &plans[..4]), (HOSTED, &plans[4..])] {
        for (name, marks) in rows(table) {
            let feature = Feature::parse(name).unwrap();
            for (plan, mark) in family.iter().zip(marks) {
                assert_eq!(plan.features.has(feature), mark == "x", "{name} of {}", plan.slug);
            }
        }
    }
    for (name, numbers) in rows(LIMITS) {
        let counted = Counted::parse(name).unwrap();
        for (plan, number) in plans.iter().zip(numbers) {
            assert_eq!(plan.limit(counted), Limit::of(number.parse().unwrap()), "{name} of {}", plan.slug);
        }
    }
    let recommended: Vec<&str> = plans.iter().filter(|p| p.recommended).map(|p| p.slug.as_str()).collect();
    assert_eq!(recommended, ["professional", "india_basic"]);
    let paise = |slug: &str| plans.iter().find(|p| p.slug == slug).and_then(|p| p.amount_paise);
    assert_eq!((paise("india_basic"), paise("india_pro")), (Some(9_900), Some(19_900)));
}

/// Puts the firm on a plan and answers a person of it as their session finds them.
async fn on_plan(store: &Store, slug: &str) -> Actor {
    let system = Actor::system(store.tenant, NOW, "test");
    transact(&store.pg, &system, async |tx| give_plan(tx, &system, slug).await).await.unwrap();
    let stored = transact(&store.pg, &system, async |tx| tx.firm_entitlements().await).await.unwrap();
    Actor { entitlements: Arc::new(stored.unwrap()), ..store.actor() }
}

#[tokio::test]
async fn of_twenty_who_come_for_the_last_place_one_gets_it() {
    let store = Store::with_pool(24).await;
    let actor = on_plan(&store, "starter").await;
    for number in 0..24 {
        let new = nbfc(&format!("Filled {number} Limited"));
        transact(&store.pg, &actor, async |tx| create_client(tx, &actor, new, true).await).await.unwrap();
    }
    let tries = (0..20).map(|number| {
        let (store, actor) = (&store, &actor);
        async move {
            let new = nbfc(&format!("Last {number} Limited"));
            transact(&store.pg, actor, async |tx| create_client(tx, actor, new, true).await).await
        }
    });
    let outcomes = join_all(tries).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for refused in outcomes.into_iter().filter_map(Result::err) {
        let ClientError::NotEntitled(refused) = refused else { panic!("{refused}") };
        assert_eq!((refused.name(), refused.unlocked_by.as_deref()), ("clients", Some("Growth")));
    }
    let used = transact(&store.pg, &actor, async |tx| tx.usage().await).await.unwrap();
    assert_eq!(used.of(Counted::Clients), 25);
    assert_eq!(used.of(Counted::Users), 2);
}

#[tokio::test]
async fn after_a_downgrade_the_excess_is_read_only_and_comes_back() {
    let store = Store::new().await;
    let mut ids = Vec::new();
    for number in 0..27 {
        ids.push(store.nbfc(&format!("Many {number} Limited")).await);
    }
    let actor = on_plan(&store, "starter").await;
    assert!(actor.entitlements.holds);
    let held = transact(&store.pg, &actor, async |tx| tx.held_clients().await).await.unwrap();
    assert_eq!(held, ids[25..], "the newest, until the firm chooses");
    transact(&store.pg, &actor, async |tx| tx.hold_clients(&ids[..2]).await).await.unwrap();
    transact(&store.pg, &actor, async |tx| refresh(tx, NOW).await).await.unwrap();
    let held = transact(&store.pg, &actor, async |tx| tx.held_clients().await).await.unwrap();
    assert_eq!(held, ids[..2], "what the firm chose stays chosen");
    let actor = on_plan(&store, "growth").await;
    assert!(!actor.entitlements.holds);
    assert_eq!(transact(&store.pg, &actor, async |tx| tx.held_clients().await).await.unwrap(), []);
}

#[tokio::test]
async fn an_exception_holds_until_it_expires_and_a_clock_turned_back_is_not_believed() {
    let store = Store::new().await;
    on_plan(&store, "starter").await;
    let system = Actor::system(store.tenant, NOW, "test");
    let end = NOW + Duration::days(3);
    let own = Override {
        name: "api_access".into(),
        value: 1,
        reason: "trial of the interface".into(),
        expires_at: Some(end),
    };
    let at = async |instant| {
        let done = transact(&store.pg, &system, async |tx| {
            tx.save_override(&own).await?;
            refresh(tx, instant).await
        });
        done.await.unwrap().features.has(Feature::ApiAccess)
    };
    assert!(at(end - Duration::SECOND).await);
    assert!(!at(end).await);
    assert!(!at(end + Duration::hours(2)).await);
    assert!(!at(NOW).await, "the latest instant seen counts");
}

#[tokio::test]
async fn a_plan_that_is_not_there_changes_nothing() {
    let store = Store::new().await;
    let system = Actor::system(store.tenant, NOW, "test");
    let refused = transact(&store.pg, &system, async |tx| give_plan(tx, &system, "gold").await).await;
    assert!(matches!(refused, Err(StoreError::Other(_))));
    let kept = transact(&store.pg, &system, async |tx| tx.firm_entitlements().await).await.unwrap().unwrap();
    assert_eq!(kept.plan, "enterprise");
}
