//! `zippcrm firm`: which plan a firm is on, and what it has otherwise than the plan says. Every change is journalled and holds
//! from the firm's next request on.

use app::licence::{end_exception, give_plan, make_exception};
use app::{Database, transact};
use clap::{Args, Subcommand};
use kernel::id::TenantId;
use kernel::moment::{IST, Instant};
use kernel::{Actor, Clock, Counted, Date, Feature, StoreError};
use licensing::Override;
use serde_json::{Value, json};
use time::macros::{format_description, time};

/// What to do with a firm.
#[derive(Debug, Subcommand)]
pub enum FirmCommand {
    /// List the firms with their plans, as JSON.
    List,
    /// Show what a firm may use, as JSON.
    Show {
        /// Its number, or its exact name.
        #[arg(long)]
        firm: String,
    },
    /// Put a firm on a plan without an end. Takes the place of a licence key or file.
    Plan {
        /// Its number, or its exact name.
        #[arg(long)]
        firm: String,
        /// starter, growth, professional, enterprise, india_free, india_basic or india_pro.
        #[arg(long)]
        plan: String,
    },
    /// Give one firm a feature or a limit otherwise than its plan says.
    Override(OverrideArgs),
}

/// An exception, or its end.
#[derive(Debug, Args)]
pub struct OverrideArgs {
    /// Its number, or its exact name.
    #[arg(long)]
    firm: String,
    /// A feature or a limit, like custom_roles=on, api_access=off, clients=250 or users=-1; several at once.
    #[arg(required = true)]
    what: Vec<String>,
    /// The last day, like 2027-03-31; without it for good.
    #[arg(long)]
    until: Option<String>,
    /// Why; it stays on the record.
    #[arg(long)]
    reason: String,
    /// Take the named exceptions back.
    #[arg(long, conflicts_with = "until")]
    remove: bool,
}

/// Carries a command out and answers what to print.
pub async fn run(db: &dyn Database, clock: &dyn Clock, command: &FirmCommand) -> Result<Value, String> {
    let at = clock.now();
    match command {
        FirmCommand::List => {
            let mut items = Vec::new();
            for tenant in db.tenants().await.map_err(words)? {
                items.push(described(db, &system(tenant, at)).await?);
            }
            Ok(items.into())
        }
        FirmCommand::Show { firm } => described(db, &found(db, firm, at).await?).await,
        FirmCommand::Plan { firm, plan } => {
            let actor = found(db, firm, at).await?;
            transact(db, &actor, async |tx| give_plan(tx, &actor, plan).await).await.map_err(words)?;
            described(db, &actor).await
        }
        FirmCommand::Override(args) => {
            let actor = found(db, &args.firm, at).await?;
            except(db, &actor, args).await?;
            described(db, &actor).await
        }
    }
}

/// All that were named, or none.
async fn except(db: &dyn Database, actor: &Actor, args: &OverrideArgs) -> Result<(), String> {
    let end = args.until.as_deref().map(end_of).transpose()?;
    let wanted = args.what.iter().map(|text| exception(text, args, end)).collect::<Result<Vec<_>, _>>()?;
    transact(db, actor, async |tx| {
        for own in wanted {
            if args.remove {
                end_exception(tx, actor, &own.name, &args.reason).await?;
            } else {
                make_exception(tx, actor, own).await?;
            }
        }
        Ok::<_, app::licence::ExceptionError>(())
    })
    .await
    .map_err(|error| error.to_string())
}

fn exception(text: &str, args: &OverrideArgs, expires_at: Option<Instant>) -> Result<Override, String> {
    let (name, value) = match text.split_once('=') {
        None if args.remove => (text, 0),
        Some((name, value)) if !args.remove => (
            name,
            value_of(name, value)
                .ok_or_else(|| format!("\"{text}\" is not like custom_roles=on or clients=250"))?,
        ),
        _ => return Err(format!("\"{text}\": write name=value, or the name alone with --remove")),
    };
    Ok(Override { name: name.to_owned(), value, reason: args.reason.clone(), expires_at })
}

fn value_of(name: &str, value: &str) -> Option<i64> {
    match (Feature::parse(name).is_some(), value) {
        (true, "on") => Some(1),
        (true, "off") => Some(0),
        (true, _) => None,
        (false, number) => number.parse().ok(),
    }
}

/// The midnight in India after the day.
fn end_of(text: &str) -> Result<Instant, String> {
    Date::parse(text, format_description!("[year]-[month]-[day]"))
        .ok()
        .and_then(Date::next_day)
        .map(|day| day.with_time(time!(0:00)).assume_offset(IST))
        .ok_or_else(|| format!("--until: \"{text}\" is not a day like 2027-03-31"))
}

async fn found(db: &dyn Database, firm: &str, at: Instant) -> Result<Actor, String> {
    let number = firm.parse::<i64>().ok();
    let mut named = Vec::new();
    for tenant in db.tenants().await.map_err(words)? {
        let actor = system(tenant, at);
        if number == Some(tenant.get()) {
            return Ok(actor);
        }
        let name = transact(db, &actor, async |tx| tx.firm().await).await.map_err(words)?.name;
        if name == firm {
            named.push(actor);
        }
    }
    match (named.pop(), named.is_empty()) {
        (Some(one), true) => Ok(one),
        (Some(_), false) => Err(format!("more than one firm is called \"{firm}\"; give its number")),
        (None, _) => Err(format!("no firm is called \"{firm}\"; \"zippcrm firm list\" shows them")),
    }
}

fn system(tenant: TenantId, at: Instant) -> Actor {
    Actor::system(tenant, at, "zippcrm firm")
}

async fn described(db: &dyn Database, actor: &Actor) -> Result<Value, String> {
    let (firm, licence, overrides, now) = transact(db, actor, async |tx| {
        let now = app::licence::refresh(tx, actor.at).await?;
        Ok::<_, StoreError>((tx.firm().await?, tx.licence().await?, tx.overrides().await?, now))
    })
    .await
    .map_err(words)?;
    let day = |at: Instant| (at.to_offset(IST) - time::Duration::SECOND).date().to_string();
    let limits: serde_json::Map<String, Value> =
        Counted::ALL.iter().map(|c| (c.as_str().to_owned(), now.limit(*c).get().into())).collect();
    let own: Vec<Value> = overrides
        .iter()
        .map(|o| {
            json!({ "name": o.name, "value": o.value, "reason": o.reason, "lastDay": o.expires_at.map(day) })
        })
        .collect();
    Ok(json!({
        "firm": actor.tenant.get(), "name": firm.name, "plan": now.plan, "source": now.source,
        "lastDay": licence.valid_until.map(day), "features": now.features, "limits": limits, "overrides": own,
    }))
}

fn words(error: StoreError) -> String {
    error.to_string()
}
