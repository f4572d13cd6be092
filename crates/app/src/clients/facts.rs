//! Change facts. Run it in `dry_run` to see the difference in obligations first.

use super::ClientError;
use crate::database::Tx;
use crate::facts::{EVER, check_fact};
use crate::licence::require_open;
use crate::planning::plan_client;
use ::clients::{Client, Fact, FactChange};
use ::filings::PlanDiff;
use kernel::id::ClientId;
use kernel::journal::Change;
use kernel::period::day_text;
use kernel::{Actor, FieldErrors, Permission};
use rulebook::Rulebook;
use serde_json::{Map, Value};

/// Sets the facts and re-plans. A change without a date holds since ever.
pub async fn change_facts<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: ClientId,
    changes: Vec<FactChange>,
) -> Result<(Client, PlanDiff), ClientError> {
    actor.require(Permission::ClientsEdit)?;
    let client = tx.lock_client(id).await?.ok_or(ClientError::NotFound)?;
    require_open(tx, actor, id).await?;
    let rules = Rulebook::shipped();
    let mut errors = FieldErrors::new();
    let mut facts = Vec::new();
    for change in changes {
        let value = match &change.value {
            None => None,
            Some(text) => match check_fact(rules, &change.key, text) {
                Ok(value) => Some(value),
                Err(found) => {
                    errors.merge(found);
                    continue;
                }
            },
        };
        facts.push(Fact { key: change.key, value, valid_from: change.valid_from.unwrap_or(EVER) });
    }
    errors.into_result()?;
    let old: Vec<Fact> = tx.facts_of(id).await?;
    let (mut before, mut after, mut texts) = (Map::new(), Map::new(), Vec::new());
    for fact in &facts {
        let was = old.iter().rfind(|f| f.key == fact.key && f.valid_from <= fact.valid_from);
        let was = was.and_then(|f| f.value.clone());
        let title = rules.fact_def(&fact.key).map_or(fact.key.as_str(), |d| d.title.as_str());
        let since = if fact.valid_from <= EVER {
            String::new()
        } else {
            format!(" from {}", day_text(fact.valid_from))
        };
        texts.push(format!("{title} to {}{since}", fact.value.as_deref().unwrap_or("unknown")));
        before.insert(fact.key.clone(), was.map_or(Value::Null, Value::String));
        after.insert(fact.key.clone(), fact.value.clone().map_or(Value::Null, Value::String));
        tx.set_fact(id, fact, actor.at).await?;
    }
    if !facts.is_empty() {
        let entry =
            Change::new("clients.change_facts", "client", id.get(), format!("set {}", texts.join("; ")))
                .on_client(id)
                .with(Some(Value::Object(before)), Some(Value::Object(after)));
        tx.record(entry).await?;
    }
    let diff = plan_client(tx, actor, &client).await?;
    Ok((client, diff))
}
