//! A firm in a database of its own.

use adapter_postgres::PgDatabase;
use app::clients::create_client;
use app::{NewFirm, NewPerson, transact};
use clients::{EntityType, FactChange, Identifiers, NewClient, NewRegistration, Status};
use kernel::id::{ClientId, TenantId, UserId};
use kernel::moment::Instant;
use kernel::{Actor, Role};
use testkit::TestDb;
use time::macros::{date, datetime};

/// Noon in India on 21 November 2026.
pub const NOW: Instant = datetime!(2026-11-21 06:30 UTC);

/// A database with one firm of two people.
pub struct Store {
    /// Dropped last.
    pub db: TestDb,
    /// The adapter.
    pub pg: PgDatabase,
    /// The firm.
    pub tenant: TenantId,
    /// Its people: an administrator and an analyst.
    pub people: Vec<UserId>,
}

impl Store {
    /// A fresh database with the firm "First".
    pub async fn new() -> Self {
        Self::with_pool(5).await
    }

    /// The same with a pool of another size.
    pub async fn with_pool(size: usize) -> Self {
        let db = TestDb::new().await;
        let pg = PgDatabase::new(&db.config_with_pool(size)).unwrap();
        let (tenant, people) = firm(&pg, "first").await;
        Self { db, pg, tenant, people }
    }

    /// The administrator at `NOW`.
    pub fn actor(&self) -> Actor {
        self.actor_at(NOW)
    }

    /// The administrator at an instant.
    pub fn actor_at(&self, at: Instant) -> Actor {
        Actor { user: Some(self.people[0]), ..Actor::system(self.tenant, at, "test") }
    }

    /// A base-layer NBFC with a tracked plan.
    pub async fn nbfc(&self, name: &str) -> ClientId {
        let actor = self.actor();
        let new = nbfc(name);
        let (client, _) =
            transact(&self.pg, &actor, async |tx| create_client(tx, &actor, new, true).await).await.unwrap();
        client.id
    }
}

/// Makes a firm.
pub async fn firm(pg: &PgDatabase, name: &str) -> (TenantId, Vec<UserId>) {
    let person = |who: &str, role| NewPerson {
        email: format!("{who}@{name}.example"),
        display_name: format!("{who} of {name}"),
        role,
        password_hash: "none".into(),
    };
    let people = vec![person("admin", Role::Admin), person("analyst", Role::Analyst)];
    let firm = NewFirm { name: name.into(), people };
    app::licence::found_firm(pg, &firm, Some("enterprise"), NOW).await.unwrap()
}

/// A base-layer NBFC, tracked from April 2026.
pub fn nbfc(name: &str) -> NewClient {
    let fact =
        |key: &str, value: &str| FactChange { key: key.into(), value: Some(value.into()), valid_from: None };
    NewClient {
        client_name: name.into(),
        short_name: None,
        entity_type: EntityType::PublicCompany,
        status: Status::Active,
        risk_rating: None,
        identifiers: Identifiers::default(),
        incorporated_on: Some(date!(2011 - 06 - 12)),
        track_from: Some(date!(2026 - 04 - 01)),
        owner: None,
        tags: vec!["nbfc".into()],
        notes: String::new(),
        registrations: vec![NewRegistration {
            regulator: "RBI".into(),
            category: "NBFC-ICC".into(),
            registration_no: "N-13.02417".into(),
            ..NewRegistration::default()
        }],
        contacts: Vec::new(),
        facts: vec![
            fact("layer", "base"),
            fact("asset_size_solo", "6200000000"),
            fact("deposit_taking", "false"),
            fact("has_msme_dues", "true"),
        ],
    }
}
