//! Write an internal return, give it another wording from a day on, retire it, and see beforehand what that does.

use super::effect::{Effect, effect_of};
use super::internal::{DueRule, InternalReturn, Version, Wording, checked_book};
use crate::database::Tx;
use crate::planning::load_policy;
use crate::settings::{SHORTEST_REASON, SettingError, items};
use kernel::fields::check_text;
use kernel::journal::Change;
use kernel::{Actor, Date, FieldErrors, Id, Permission, Role, StoreError};
use rulebook::{INTERNAL_PREFIX, PackError};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A new internal return, or another wording of one from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteInternal {
    /// `INT-BOARD-PACK`.
    pub code: String,
    /// Periods that end, or events that happen, from this day on.
    pub from: Date,
    /// What it says.
    pub wording: Wording,
    /// Why; needed for another wording.
    pub reason: String,
    /// The version that the caller saw; zero for a new one.
    pub expected: i64,
}

/// No such filings any more from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetireInternal {
    /// `INT-BOARD-PACK`.
    pub code: String,
    /// Periods that end, or events that happen, from this day on.
    pub from: Date,
    /// Why.
    pub reason: String,
    /// The version that the caller saw.
    pub expected: i64,
}

/// The most internal returns of one firm.
const MOST: usize = 200;
/// The most clients that one wording names.
const MOST_CLIENTS: usize = 1_000;

/// Writes it. Filings are planned in the background.
pub async fn write_internal<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    cmd: WriteInternal,
) -> Result<InternalReturn, SettingError> {
    actor.require(Permission::RulebookSettings)?;
    let before = tx.lock_internal_return(&cmd.code).await?;
    if before.as_ref().map_or(0, |own| own.version) != cmd.expected {
        return Err(match (&before, cmd.expected) {
            (Some(_), 0) => {
                FieldErrors::one("code", "There is an internal return with this code. Choose another.").into()
            }
            (None, _) => SettingError::NotFound,
            (Some(_), _) => StoreError::Stale.into(),
        });
    }
    if cmd.expected > 0 && cmd.reason.trim().chars().count() < SHORTEST_REASON {
        return Err(short_reason().into());
    }
    let (own, _) = written(tx, actor, &cmd, before.as_ref()).await?;
    tx.save_internal_return(&own, actor.at).await?;
    tx.retitle_filings(&own.code, cmd.from, cmd.wording.title.trim(), actor.at).await?;
    let what = if before.is_some() { "gave another wording to" } else { "wrote" };
    let mut text =
        format!("{what} the internal return {} ({}), from {}", own.code, cmd.wording.title, cmd.from);
    if !cmd.reason.trim().is_empty() {
        text.push_str(&format!("; reason: {}", cmd.reason.trim()));
    }
    let last = |own: &InternalReturn| own.versions.last().and_then(|v| serde_json::to_value(&v.wording).ok());
    let change = Change::new("rulebook.write_internal", "firm", actor.tenant.get(), text)
        .with(before.as_ref().and_then(last), last(&own));
    tx.record(change).await?;
    Ok(InternalReturn { version: own.version + 1, ..own })
}

/// What writing it would do to the firm's filings.
pub async fn preview_internal<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    cmd: WriteInternal,
) -> Result<Effect, SettingError> {
    actor.require(Permission::RulebookSettings)?;
    let before = tx.internal_returns().await?.into_iter().find(|own| own.code == cmd.code);
    let (own, all) = written(tx, actor, &cmd, before.as_ref()).await?;
    effect(tx, actor, &own.code, &all).await
}

/// Retires it. Open filings from the day on come off the plan; earlier and closed ones stay.
pub async fn retire_internal<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    cmd: RetireInternal,
) -> Result<InternalReturn, SettingError> {
    actor.require(Permission::RulebookSettings)?;
    let mut own = tx.lock_internal_return(&cmd.code).await?.ok_or(SettingError::NotFound)?;
    if own.version != cmd.expected {
        return Err(StoreError::Stale.into());
    }
    let mut errors = FieldErrors::new();
    let reason = cmd.reason.trim();
    check_text(&mut errors, "reason", reason, 500);
    if reason.chars().count() < SHORTEST_REASON {
        errors.merge(short_reason());
    }
    if let Some(day) = own.retired_from {
        errors.add("from", format!("It is retired from {day} already."));
    }
    check_day(&mut errors, cmd.from);
    errors.into_result()?;
    own.retired_from = Some(cmd.from);
    tx.save_internal_return(&own, actor.at).await?;
    let text = format!("retired the internal return {} from {}; reason: {reason}", own.code, cmd.from);
    tx.record(Change::new("rulebook.retire_internal", "firm", actor.tenant.get(), text)).await?;
    Ok(InternalReturn { version: own.version + 1, ..own })
}

/// What retiring it would do to the firm's filings.
pub async fn preview_retiring<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    code: &str,
    from: Date,
) -> Result<Effect, SettingError> {
    actor.require(Permission::RulebookSettings)?;
    let mut all = tx.internal_returns().await?;
    let own = all.iter_mut().find(|own| own.code == code).ok_or(SettingError::NotFound)?;
    own.retired_from = Some(from);
    effect(tx, actor, code, &all).await
}

async fn effect<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    code: &str,
    all: &[InternalReturn],
) -> Result<Effect, SettingError> {
    let mut policy = load_policy(tx).await?;
    policy.internal = checked_book(all).map_err(pack_fault)?.map(Arc::new);
    Ok(effect_of(tx, actor, code, policy).await?)
}

/// The return with the wording in it and all returns of the firm with it, checked.
async fn written<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    cmd: &WriteInternal,
    before: Option<&InternalReturn>,
) -> Result<(InternalReturn, Vec<InternalReturn>), SettingError> {
    let mut errors = check(cmd, before);
    let ids: Vec<_> = cmd.wording.clients.iter().map(|id| Id::new(*id)).collect();
    if !ids.is_empty() && errors.is_empty() {
        let found = tx.records_of(&ids).await?.len();
        if found != ids.len() {
            errors.add("clientIds", "Choose clients of your firm, each once.");
        }
    }
    errors.into_result()?;
    let mut wording = cmd.wording.clone();
    wording.title = wording.title.trim().to_owned();
    wording.checklist = items(&wording.checklist, &mut FieldErrors::new());
    let version = Version {
        from: cmd.from,
        wording,
        reason: cmd.reason.trim().to_owned(),
        by: actor.name.clone(),
        at: actor.at.unix_timestamp(),
    };
    let mut own = before.cloned().unwrap_or(InternalReturn {
        code: cmd.code.clone(),
        versions: Vec::new(),
        retired_from: None,
        version: 0,
    });
    own.versions.retain(|kept| kept.from != version.from);
    own.versions.push(version);
    let mut all = tx.internal_returns().await?;
    all.retain(|other| other.code != own.code);
    if all.len() >= MOST {
        return Err(FieldErrors::one("code", format!("A firm keeps at most {MOST} internal returns.")).into());
    }
    all.push(own.clone());
    checked_book(&all).map_err(pack_fault)?;
    Ok((own, all))
}

fn check(cmd: &WriteInternal, before: Option<&InternalReturn>) -> FieldErrors {
    let mut errors = FieldErrors::new();
    let Wording {
        title,
        frequency,
        due,
        entity_types,
        registrations,
        clients,
        checklist,
        owner,
        breach_after_days,
    } = &cmd.wording;
    if !is_code(&cmd.code) {
        let say = "Use INT- and 2 to 20 capital letters, digits and hyphens, for example INT-BOARD-PACK.";
        errors.add("code", say);
    }
    let letters = title.trim().chars().count();
    if !(3..=120).contains(&letters) {
        errors.add("title", "Give it a name of 3 to 120 characters.");
    }
    check_text(&mut errors, "title", title, 200);
    check_text(&mut errors, "reason", &cmd.reason, 500);
    items(checklist, &mut errors);
    if *breach_after_days > 365 {
        errors.add("breachAfterDays", "Use 0 to 365 days.");
    }
    if !owner.is_empty() && Role::parse(owner).is_none() {
        errors.add("owner", "Choose one of the roles.");
    }
    if entity_types.len() > 50 || registrations.len() > 100 || clients.len() > MOST_CLIENTS {
        errors.add("clientIds", format!("Choose at most {MOST_CLIENTS} clients."));
    }
    check_due(&mut errors, frequency, due);
    check_day(&mut errors, cmd.from);
    if let Some(own) = before {
        if let Some(day) = own.retired_from {
            errors.add("from", format!("It is retired from {day}. Write a new one instead."));
        }
        if let Some(last) = own.versions.last().filter(|last| cmd.from < last.from) {
            errors.add(
                "from",
                format!("The wording before holds from {}. Choose that day or a later one.", last.from),
            );
        }
    }
    errors
}

fn check_due(errors: &mut FieldErrors, frequency: &str, due: &DueRule) {
    let fits: &[&str] = match due {
        DueRule::DayOfMonth { .. } | DueRule::DaysAfterPeriod { .. } => {
            &["monthly", "quarterly", "half_yearly", "annual"]
        }
        DueRule::Yearly { .. } => &["annual"],
        DueRule::DaysAfterEvent { .. } => &["event"],
    };
    if !fits.contains(&frequency) {
        errors.add("frequency", format!("With this due date use {}.", fits.join(", ").replace('_', "-")));
    }
    match due {
        DueRule::DayOfMonth { day, months } => {
            if !(1..=31).contains(day) {
                errors.add("due.day", "Use 1 to 31; 31 is the month end.");
            }
            if *months > 12 {
                errors.add("due.months", "Use 0 to 12 months.");
            }
        }
        DueRule::DaysAfterPeriod { days } | DueRule::DaysAfterEvent { days, .. } => {
            if *days > 365 {
                errors.add("due.days", "Use 0 to 365 days.");
            }
        }
        DueRule::Yearly { .. } => {}
    }
}

fn check_day(errors: &mut FieldErrors, from: Date) {
    if !(2000..=2100).contains(&from.year()) {
        errors.add("from", "Give a day between 2000 and 2100.");
    }
}

fn is_code(code: &str) -> bool {
    code.strip_prefix(INTERNAL_PREFIX).is_some_and(|rest| {
        (2..=20).contains(&rest.len())
            && rest.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
            && rest.starts_with(|c: char| c != '-')
    })
}

fn short_reason() -> FieldErrors {
    FieldErrors::one(
        "reason",
        format!("Say why in at least {SHORTEST_REASON} characters; it stays on the record."),
    )
}

/// What the checks of packs refuse: an event, a legal form or a day that does not exist.
fn pack_fault(error: PackError) -> SettingError {
    FieldErrors::one("due", error.reason).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn cmd() -> WriteInternal {
        WriteInternal {
            code: "INT-BOARD-PACK".into(),
            from: date!(2026 - 11 - 01),
            wording: Wording {
                title: "Board pack".into(),
                frequency: "monthly".into(),
                due: DueRule::DayOfMonth { day: 10, months: 1 },
                entity_types: Vec::new(),
                registrations: Vec::new(),
                clients: Vec::new(),
                checklist: vec!["Figures tie".into()],
                owner: "principal_officer".into(),
                breach_after_days: 7,
            },
            reason: String::new(),
            expected: 0,
        }
    }

    #[test]
    fn a_good_one_passes_and_every_fault_names_its_field() {
        assert!(check(&cmd(), None).is_empty());
        let mut bad = cmd();
        bad.code = "BOARD".into();
        bad.from = date!(1899 - 01 - 01);
        bad.wording.title = "B".into();
        bad.wording.frequency = "event".into();
        bad.wording.due = DueRule::DayOfMonth { day: 32, months: 13 };
        bad.wording.owner = "janitor".into();
        bad.wording.breach_after_days = 400;
        let errors = check(&bad, None);
        let fields: Vec<&str> = errors.0.keys().map(String::as_str).collect();
        let all = ["breachAfterDays", "code", "due.day", "due.months", "frequency", "from", "owner", "title"];
        assert_eq!(fields, all);
    }

    #[test]
    fn a_wording_comes_after_the_one_before_and_ends_it() {
        let version =
            |from| Version { from, wording: cmd().wording, reason: String::new(), by: String::new(), at: 0 };
        let mut own = InternalReturn {
            code: cmd().code,
            versions: vec![version(date!(2026 - 11 - 01)), version(date!(2027 - 01 - 01))],
            retired_from: None,
            version: 2,
        };
        let ends: Vec<_> = own.rules().iter().map(|r| r.to).collect();
        assert_eq!(ends, [Some(date!(2026 - 12 - 31)), None]);
        assert!(check(&cmd(), Some(&own)).0.contains_key("from"), "not before the last wording");
        own.retired_from = Some(date!(2026 - 12 - 15));
        let ends: Vec<_> = own.rules().iter().map(|r| r.to).collect();
        assert_eq!(ends, [Some(date!(2026 - 12 - 14))], "the second wording never comes into force");
    }
}
