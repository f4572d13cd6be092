//! Plans, the firm's licence and exceptions, how much there is of what is counted, and what every session reads.

use crate::rows::{col, word};
use crate::sql::{Statement, statements};
use crate::tx::PgTx;
use async_trait::async_trait;
use kernel::entitlements::{Entitlements, Nudge, Source};
use kernel::id::ClientId;
use kernel::{Counted, Feature, FeatureSet, Id, Limit, StoreError};
use licensing::{Family, Licence, Licences, Override, Plan, Usage};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tokio_postgres::Row;
use tokio_postgres::types::Json;

statements! {
    PLANS = "SELECT slug, display_name, family, position, features, limits, max_users, portal_level, penalty_level, unit, period, price_monthly, price_yearly, recommended, nudge, hidden, upsell, annual_discount
        FROM plans WHERE is_active ORDER BY family DESC, position, slug";
    LICENCE = "SELECT source, plan, started_at, valid_until, licence_key, features, limits, licensee, checked_at, failing_since, failure, revoked_at, seen_at, regulators, version, evaluation_from
        FROM tenants LEFT JOIN licences ON licences.tenant_id = tenants.id WHERE id = $1";
    HOLD_FIRM = "SELECT id FROM tenants WHERE id = $1 FOR NO KEY UPDATE";
    SAVE_LICENCE = "INSERT INTO licences (tenant_id, source, plan, started_at, valid_until, licence_key, features, limits, licensee, checked_at, failing_since, failure, revoked_at, seen_at, regulators)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        ON CONFLICT (tenant_id) DO UPDATE SET source = excluded.source, plan = excluded.plan, started_at = excluded.started_at, valid_until = excluded.valid_until,
          licence_key = excluded.licence_key, features = excluded.features, limits = excluded.limits, licensee = excluded.licensee, checked_at = excluded.checked_at,
          failing_since = excluded.failing_since, failure = excluded.failure, revoked_at = excluded.revoked_at, seen_at = excluded.seen_at, regulators = excluded.regulators,
          version = licences.version + 1";
    OVERRIDES = "SELECT name, value, reason, expires_at FROM entitlement_overrides WHERE tenant_id = $1 ORDER BY name";
    SAVE_OVERRIDE = "INSERT INTO entitlement_overrides (tenant_id, name, value, reason, expires_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (tenant_id, name) DO UPDATE SET value = excluded.value, reason = excluded.reason, expires_at = excluded.expires_at";
    REMOVE_OVERRIDE = "DELETE FROM entitlement_overrides WHERE tenant_id = $1 AND name = $2";
    ENTITLEMENTS = "SELECT entitlements FROM tenants WHERE id = $1";
    SAVE_ENTITLEMENTS = "UPDATE tenants SET entitlements = $2 WHERE id = $1";
    COUNT_CLIENTS = "SELECT count(*) AS used FROM clients WHERE tenant_id = $1 AND status <> 'offboarded'";
    COUNT_USERS = "SELECT count(*) AS used FROM users WHERE tenant_id = $1 AND active AND role NOT LIKE '%portal%'";
    COUNT_RECORDS = "SELECT (SELECT count(*) FROM filings WHERE tenant_id = $1 AND state IN ('filed', 'waived', 'not_applicable'))
        + (SELECT count(*) FROM portal_problems WHERE tenant_id = $1) AS used";
    COUNT_STORAGE = "SELECT (coalesce((SELECT sum(octet_length(content)) FROM import_files WHERE tenant_id = $1), 0)
        + coalesce((SELECT sum(octet_length(picture)) FROM portal_problems WHERE tenant_id = $1), 0))::bigint AS used";
    COUNT_REGULATORS = "SELECT count(DISTINCT regulator) AS used FROM client_registrations WHERE tenant_id = $1";
    IN_USE = "SELECT regulator FROM client_registrations WHERE tenant_id = $1 GROUP BY regulator ORDER BY count(DISTINCT client_id) DESC, regulator";
    HELD = "SELECT client_id FROM held_clients WHERE tenant_id = $1 ORDER BY client_id";
    HELD_AMONG = "SELECT client_id FROM held_clients WHERE tenant_id = $1 AND client_id = ANY($2)";
    COUNTED_CLIENTS = "SELECT id FROM clients WHERE tenant_id = $1 AND status <> 'offboarded' ORDER BY created_at, id";
    RELEASE = "DELETE FROM held_clients WHERE tenant_id = $1 AND client_id <> ALL($2)";
    HOLD = "INSERT INTO held_clients (tenant_id, client_id) SELECT $1, n.id FROM unnest($2::bigint[]) AS n (id) ON CONFLICT DO NOTHING";
}

const BYTES_IN_MB: i64 = 1024 * 1024;

/// The statement that counts, for what there is to count in this version.
fn counting(counted: Counted) -> Option<Statement> {
    match counted {
        Counted::Clients => Some(COUNT_CLIENTS),
        Counted::Users => Some(COUNT_USERS),
        Counted::Records => Some(COUNT_RECORDS),
        Counted::StorageMb => Some(COUNT_STORAGE),
        Counted::Regulators => Some(COUNT_REGULATORS),
        Counted::Projects | Counted::InvoicesPerMonth | Counted::ApprovalLevels => None,
    }
}

impl PgTx {
    async fn count(&self, counted: Counted) -> Result<i64, StoreError> {
        let Some(statement) = counting(counted) else { return Ok(0) };
        let used: i64 = col(&self.query_one(statement, &[&self.tenant()]).await?, "used")?;
        Ok(if counted == Counted::StorageMb {
            used.div_euclid(BYTES_IN_MB) + i64::from(used % BYTES_IN_MB > 0)
        } else {
            used
        })
    }
}

#[async_trait]
impl Licences for PgTx {
    async fn plans(&mut self) -> Result<Vec<Plan>, StoreError> {
        self.query(PLANS, &[]).await?.iter().map(plan).collect()
    }

    async fn licence(&mut self) -> Result<Licence, StoreError> {
        licence(&self.query_one(LICENCE, &[&self.tenant()]).await?)
    }

    async fn lock_licence(&mut self) -> Result<Licence, StoreError> {
        self.query_one(HOLD_FIRM, &[&self.tenant()]).await?;
        self.licence().await
    }

    async fn save_licence(&mut self, l: &Licence) -> Result<(), StoreError> {
        let features = l.features.map(|features| json!(features));
        let (limits, regulators) = (json!(l.limits), json!(l.regulators));
        let source = source_name(l.source);
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 15] = [
            &self.tenant(),
            &source,
            &l.plan,
            &l.started_at,
            &l.valid_until,
            &l.key,
            &features,
            &limits,
            &l.licensee,
            &l.checked_at,
            &l.failing_since,
            &l.failure,
            &l.revoked_at,
            &l.seen_at,
            &regulators,
        ];
        self.execute(SAVE_LICENCE, &params).await?;
        Ok(())
    }

    async fn overrides(&mut self) -> Result<Vec<Override>, StoreError> {
        let rows = self.query(OVERRIDES, &[&self.tenant()]).await?;
        rows.iter()
            .map(|row| {
                Ok(Override {
                    name: col(row, "name")?,
                    value: col(row, "value")?,
                    reason: col(row, "reason")?,
                    expires_at: col(row, "expires_at")?,
                })
            })
            .collect()
    }

    async fn save_override(&mut self, own: &Override) -> Result<(), StoreError> {
        self.execute(SAVE_OVERRIDE, &[&self.tenant(), &own.name, &own.value, &own.reason, &own.expires_at])
            .await?;
        Ok(())
    }

    async fn remove_override(&mut self, name: &str) -> Result<bool, StoreError> {
        Ok(self.execute(REMOVE_OVERRIDE, &[&self.tenant(), &name]).await? > 0)
    }

    async fn firm_entitlements(&mut self) -> Result<Option<Entitlements>, StoreError> {
        let row = self.query_one(ENTITLEMENTS, &[&self.tenant()]).await?;
        Ok(col::<Option<Json<Entitlements>>>(&row, "entitlements")?.map(|json| json.0))
    }

    async fn save_entitlements(&mut self, entitlements: &Entitlements) -> Result<(), StoreError> {
        self.execute(SAVE_ENTITLEMENTS, &[&self.tenant(), &Json(entitlements)]).await?;
        Ok(())
    }

    async fn usage(&mut self) -> Result<Usage, StoreError> {
        let mut usage = BTreeMap::new();
        for counted in Counted::ALL {
            usage.insert(*counted, self.count(*counted).await?);
        }
        Ok(Usage(usage))
    }

    async fn usage_of(&mut self, counted: Counted) -> Result<i64, StoreError> {
        self.count(counted).await
    }

    async fn hold_and_count(&mut self, counted: Counted) -> Result<i64, StoreError> {
        self.query_one(HOLD_FIRM, &[&self.tenant()]).await?;
        self.count(counted).await
    }

    async fn regulators_in_use(&mut self) -> Result<Vec<String>, StoreError> {
        self.query(IN_USE, &[&self.tenant()]).await?.iter().map(|row| col(row, "regulator")).collect()
    }

    async fn held_clients(&mut self) -> Result<Vec<ClientId>, StoreError> {
        let rows = self.query(HELD, &[&self.tenant()]).await?;
        rows.iter().map(|row| Ok(Id::new(col(row, "client_id")?))).collect()
    }

    async fn held_among(&mut self, clients: &[ClientId]) -> Result<Vec<ClientId>, StoreError> {
        let ids: Vec<i64> = clients.iter().map(|id| id.get()).collect();
        let rows = self.query(HELD_AMONG, &[&self.tenant(), &ids]).await?;
        rows.iter().map(|row| Ok(Id::new(col(row, "client_id")?))).collect()
    }

    async fn counted_clients(&mut self) -> Result<Vec<ClientId>, StoreError> {
        let rows = self.query(COUNTED_CLIENTS, &[&self.tenant()]).await?;
        rows.iter().map(|row| Ok(Id::new(col(row, "id")?))).collect()
    }

    async fn hold_clients(&mut self, clients: &[ClientId]) -> Result<(), StoreError> {
        let ids: Vec<i64> = clients.iter().map(|id| id.get()).collect();
        self.execute(RELEASE, &[&self.tenant(), &ids]).await?;
        if !ids.is_empty() {
            self.execute(HOLD, &[&self.tenant(), &ids]).await?;
        }
        Ok(())
    }
}

const fn source_name(source: Source) -> &'static str {
    match source {
        Source::Evaluation => "evaluation",
        Source::Plan => "plan",
        Source::Key => "key",
        Source::Bundle => "bundle",
    }
}

/// A stored JSON value as one of ours.
fn read<T: DeserializeOwned>(
    value: Value,
    table: &'static str,
    column: &'static str,
) -> Result<T, StoreError> {
    serde_json::from_value(value).map_err(|why| StoreError::Corrupt {
        table,
        column,
        id: 0,
        why: why.to_string(),
    })
}

fn licence(row: &Row) -> Result<Licence, StoreError> {
    let Some(source) = col::<Option<&str>>(row, "source")? else {
        return Ok(Licence::evaluation(col(row, "evaluation_from")?));
    };
    Ok(Licence {
        source: read(json!(source), "licences", "source")?,
        plan: col(row, "plan")?,
        started_at: col(row, "started_at")?,
        valid_until: col(row, "valid_until")?,
        key: col(row, "licence_key")?,
        features: col::<Option<Value>>(row, "features")?
            .map(|value| read::<FeatureSet>(value, "licences", "features"))
            .transpose()?,
        limits: read(col(row, "limits")?, "licences", "limits")?,
        licensee: col(row, "licensee")?,
        checked_at: col(row, "checked_at")?,
        failing_since: col(row, "failing_since")?,
        failure: col(row, "failure")?,
        revoked_at: col(row, "revoked_at")?,
        seen_at: col(row, "seen_at")?,
        regulators: read(col(row, "regulators")?, "licences", "regulators")?,
        version: col(row, "version")?,
    })
}

fn plan(row: &Row) -> Result<Plan, StoreError> {
    let family: &str = col(row, "family")?;
    let nudge: &str = col(row, "nudge")?;
    // Exactly true counts as on; anything else in the row does not.
    let flags: BTreeMap<String, Value> = read(col(row, "features")?, "plans", "features")?;
    let on = flags.iter().filter(|(_, value)| **value == Value::Bool(true));
    let mut limits: BTreeMap<String, Limit> = BTreeMap::new();
    for (name, number) in read::<BTreeMap<String, i64>>(col(row, "limits")?, "plans", "limits")? {
        limits.insert(name, Limit::of(number));
    }
    limits.insert(Counted::Users.as_str().to_owned(), Limit::of(i64::from(col::<i32>(row, "max_users")?)));
    let named = |value: Value, column| -> Result<Vec<Feature>, StoreError> {
        let names: Vec<String> = read(value, "plans", column)?;
        Ok(names.iter().filter_map(|name| Feature::parse(name)).collect())
    };
    let period: String = col(row, "period")?;
    let price = if period == "year" { "price_yearly" } else { "price_monthly" };
    Ok(Plan {
        slug: col(row, "slug")?,
        display_name: col(row, "display_name")?,
        family: word(Family::parse(family), "plans", "family", 0, family)?,
        position: col(row, "position")?,
        features: on.filter_map(|(name, _)| Feature::parse(name)).collect(),
        limits,
        portal_level: col(row, "portal_level")?,
        penalty_level: col(row, "penalty_level")?,
        unit: col(row, "unit")?,
        amount_paise: col::<Option<i32>>(row, price)?.map(i64::from),
        period,
        recommended: col(row, "recommended")?,
        nudge: read::<Nudge>(json!(nudge), "plans", "nudge")?,
        hidden: named(col(row, "hidden")?, "hidden")?,
        upsell: named(col(row, "upsell")?, "upsell")?,
        annual_discount: col(row, "annual_discount")?,
    })
}
