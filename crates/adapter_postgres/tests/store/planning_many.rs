//! Many clients planned together come out as each planned alone.

use crate::support::{NOW, Store, firm, nbfc};
use app::clients::create_client;
use app::firm_rules::{DueRule, Wording, WriteInternal, write_internal};
use app::planning::{catch_up, load_policy, plan_clients};
use app::settings::{SetReturn, TargetChoice, set_return};
use app::transact;
use clients::{EntityType, NewClient, NewRegistration};
use kernel::{Actor, StoreError};
use rulebook::Rulebook;
use testkit::ManualClock;
use time::Duration;
use time::macros::date;

/// A run of numbers that is the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn somebody(dice: &mut Dice, number: usize) -> NewClient {
    let mut new = nbfc(&format!("Client {number} Limited"));
    new.entity_type = [EntityType::PrivateCompany, EntityType::PublicCompany, EntityType::Llp]
        [usize::try_from(dice.roll(3)).unwrap()];
    new.incorporated_on =
        Some(date!(2011 - 01 - 01) + Duration::days(i64::try_from(dice.roll(5_600)).unwrap()));
    new.track_from = Some(date!(2025 - 06 - 01) + Duration::days(i64::try_from(dice.roll(700)).unwrap()));
    if dice.roll(3) == 0 {
        new.facts.clear();
    }
    match dice.roll(3) {
        0 => new.registrations.clear(),
        1 => new.registrations.push(NewRegistration {
            regulator: "RBI".into(),
            category: "PA".into(),
            valid_from: Some(date!(2026 - 02 - 01)),
            valid_to: Some(date!(2026 - 12 - 31)),
            ..NewRegistration::default()
        }),
        _ => {}
    }
    new
}

/// A target, an item and a return of the firm's own, and a rule turned off.
async fn set_own_rules(store: &Store, actor: &Actor) {
    let own = SetReturn {
        code: "MCA-AOC4".into(),
        target: Some(TargetChoice { kind: "day_of_month".into(), days: 10 }),
        checklist: vec!["Partner has read it".into()],
        ..SetReturn::default()
    };
    let off = SetReturn {
        code: "DNBS04B".into(),
        enabled: Some(false),
        reason: "Another firm files it".into(),
        ..SetReturn::default()
    };
    let wording = Wording {
        title: "Board pack".into(),
        frequency: "quarterly".into(),
        due: DueRule::DaysAfterPeriod { days: 20 },
        entity_types: vec!["public_company".into()],
        registrations: Vec::new(),
        clients: Vec::new(),
        checklist: vec!["Figures tie".into()],
        owner: "analyst".into(),
        breach_after_days: 3,
    };
    let (code, from) = ("INT-PACK".to_owned(), date!(2026 - 01 - 01));
    let internal = WriteInternal { code, from, wording, reason: String::new(), expected: 0 };
    transact(&store.pg, actor, async |tx| {
        set_return(tx, actor, own).await?;
        set_return(tx, actor, off).await?;
        write_internal(tx, actor, internal).await
    })
    .await
    .unwrap();
}

/// What a filing is, without what differs between firms.
const SHAPES: &str = "SELECT format('%s %s %s %s', c.client_name, f.code, f.period_key, to_jsonb(f) - ARRAY['tenant_id', 'id', 'client_id', 'created_at', 'updated_at', 'version']) FROM filings f
    JOIN clients c ON c.tenant_id = f.tenant_id AND c.id = f.client_id WHERE f.tenant_id = $1 ORDER BY 1";

const ENTRIES: &str = "SELECT format('%s %s', c.client_name, j.text) FROM journal j JOIN clients c ON c.tenant_id = j.tenant_id AND c.id = j.client_id
    WHERE j.tenant_id = $1 AND j.action LIKE 'filings.%' ORDER BY 1";

#[tokio::test]
async fn together_is_the_same_as_alone() {
    let store = Store::new().await;
    let owner = store.db.owner_client().await;
    let (other, people) = firm(&store.pg, "second").await;
    let alone = store.actor();
    let together = Actor { user: Some(people[0]), ..Actor::system(other, NOW, "test") };
    for actor in [&alone, &together] {
        set_own_rules(&store, actor).await;
        let mut dice = Dice(7);
        for number in 0..40 {
            let new = somebody(&mut dice, number);
            transact(&store.pg, actor, async |tx| create_client(tx, actor, new, true).await).await.unwrap();
        }
    }
    // The second firm forgets its plans and has them made anew, as after a new rule library.
    for forget in [
        "DELETE FROM filings WHERE tenant_id = $1",
        "UPDATE clients SET plan_digest = '', planned_until = NULL WHERE tenant_id = $1",
    ] {
        owner.execute(forget, &[&other.get()]).await.unwrap();
    }
    let clock = ManualClock::at(NOW);
    assert_eq!(catch_up(&store.pg, &clock).await.unwrap(), 40);
    assert_eq!(catch_up(&store.pg, &clock).await.unwrap(), 0, "nothing is left");
    let shapes = async |tenant: i64, sql: &str| -> Vec<String> {
        owner.query(sql, &[&tenant]).await.unwrap().iter().map(|row| row.get(0)).collect()
    };
    let (left, right) = (shapes(store.tenant.get(), SHAPES).await, shapes(other.get(), SHAPES).await);
    assert!(left.len() > 400, "{} filings are too few to prove anything", left.len());
    assert_eq!(left, right);
    assert!(left.iter().any(|f| f.contains("INT-PACK")) && !left.iter().any(|f| f.contains(" DNBS04B ")));
    let mut said = shapes(other.get(), ENTRIES).await;
    said.dedup();
    assert_eq!(said, shapes(store.tenant.get(), ENTRIES).await, "the journal says the same");

    // What people changed since moves, together as alone.
    for (actor, tenant) in [(&alone, store.tenant), (&together, other)] {
        let moved =
            "UPDATE client_facts SET value = '100000000' WHERE tenant_id = $1 AND key = 'asset_size_solo'";
        owner.execute(moved, &[&tenant.get()]).await.unwrap();
        transact(&store.pg, actor, async |tx| {
            let ids = tx.clients_to_plan("another", date!(2026 - 01 - 01), 100).await?;
            let policy = load_policy(tx).await?;
            let clients = tx.lock_clients(&ids).await?;
            assert_eq!(clients.len(), 40);
            if tenant == other {
                plan_clients(tx, actor, &clients, Rulebook::shipped(), &policy).await?;
            } else {
                for client in &clients {
                    app::planning::plan_client(tx, actor, client).await?;
                }
            }
            Ok::<_, StoreError>(())
        })
        .await
        .unwrap();
    }
    let planned = left;
    let (left, right) = (shapes(store.tenant.get(), SHAPES).await, shapes(other.get(), SHAPES).await);
    assert_eq!(left, right);
    assert_ne!(left, planned, "a smaller company files other returns");
}
