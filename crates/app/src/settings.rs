//! What a firm decides about returns, beside the law: which it tracks, what it aims for, what it checks besides, and when
//! late counts as breached. The law's own dates never move. Clients are planned anew in the background.

use crate::database::Tx;
use crate::firm_rules::effect::effect_of;
use crate::firm_rules::{BreachShift, Effect};
use crate::planning::load_policy;
use filings::settings::RULE_DEFAULT_BREACH;
use filings::{OwnTarget, ReturnSetting};
use kernel::fields::check_text;
use kernel::journal::Change;
use kernel::{Actor, Denied, FieldErrors, Permission, StoreError};
use rulebook::{Rule, Rulebook};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use thiserror::Error;

/// Why nothing was decided.
#[derive(Debug, Error)]
pub enum SettingError {
    /// No such return.
    #[error("We can't find this return.")]
    NotFound,
    /// The role does not allow it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Something entered is wrong.
    #[error("Check the marked fields.")]
    Invalid(FieldErrors),
    /// The store failed, or somebody else decided first.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<FieldErrors> for SettingError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

/// A firm's own way to count its target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetChoice {
    /// `working_days_before`, `days_before` or `day_of_month`.
    pub kind: String,
    /// How many, or which day.
    pub days: u16,
}

/// Everything that a firm decides about one return; what is left out goes back to the rulebook.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetReturn {
    /// Its code or an alias.
    pub code: String,
    /// Plan it although it is off by itself (`true`), or not at all (`false`).
    pub enabled: Option<bool>,
    /// Days until late counts as breached.
    pub breach_after_days: Option<u16>,
    /// The firm's own target.
    pub target: Option<TargetChoice>,
    /// Items added to the rule's checklist.
    pub checklist: Vec<String>,
    /// Why; needed when planning is turned on or off.
    pub reason: String,
    /// The version of the setting that the caller saw; zero when nothing was decided yet.
    pub expected: i64,
}

/// The firm's default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetFirm {
    /// Days until late counts as breached.
    pub breach_after_days: u16,
    /// The version that the caller saw.
    pub expected: i64,
}

/// The longest threshold, in days.
const MAX_DAYS: u16 = 365;
/// The most items that a firm adds to one checklist.
const MAX_ITEMS: usize = 20;
/// The shortest reason for planning an uncertain rule, or not planning one that is in force.
pub const SHORTEST_REASON: usize = 10;

/// What the command comes to, whatever was decided before.
fn checked(cmd: &SetReturn, before: &ReturnSetting, rule: &Rule) -> Result<ReturnSetting, FieldErrors> {
    let mut errors = FieldErrors::new();
    if cmd.breach_after_days.is_some_and(|days| days > MAX_DAYS) {
        errors.add("breachAfterDays", "Use 0 to 365 days.");
    }
    if cmd.enabled.is_some() && !rule.planned {
        errors.add("enabled", "Nothing is ever planned for this rule; leave it to the rulebook.");
    }
    let target = match cmd.target.as_ref().map(|t| OwnTarget::parse(&t.kind, t.days)).transpose() {
        Ok(target) => target,
        Err(why) => {
            errors.add("target", why);
            None
        }
    };
    let checklist = items(&cmd.checklist, &mut errors);
    let reason = cmd.reason.trim();
    check_text(&mut errors, "reason", reason, 500);
    if cmd.enabled != before.enabled && reason.chars().count() < SHORTEST_REASON {
        errors.add(
            "reason",
            format!("Say why in at least {SHORTEST_REASON} characters; it stays on the record."),
        );
    }
    errors.into_result()?;
    Ok(ReturnSetting {
        code: rule.code.clone(),
        enabled: cmd.enabled,
        breach_after_days: cmd.breach_after_days,
        target,
        checklist,
        reason: reason.to_owned(),
        decided: None,
        version: cmd.expected,
    })
}

/// Checklist items without blanks; each is there once.
pub(crate) fn items(given: &[String], errors: &mut FieldErrors) -> Vec<String> {
    let items: Vec<String> =
        given.iter().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect();
    if items.len() > MAX_ITEMS {
        errors.add("checklist", format!("Use at most {MAX_ITEMS} items; there are {}.", items.len()));
    }
    let mut seen = BTreeSet::new();
    for item in &items {
        check_text(errors, "checklist", item, 200);
        if !seen.insert(item.to_lowercase()) {
            errors.add("checklist", format!("\"{item}\" is there twice."));
        }
    }
    items
}

/// Decides about one return. Planned filings follow in the background; closed ones stay.
pub async fn set_return<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    cmd: SetReturn,
) -> Result<ReturnSetting, SettingError> {
    actor.require(Permission::RulebookSettings)?;
    let rule = rule_of(&cmd.code, actor)?;
    let before = tx.lock_return_setting(&rule.code).await?;
    let before = before.unwrap_or_else(|| ReturnSetting::none(&rule.code));
    let mut after = checked(&cmd, &before, rule)?;
    after.decided = Some((actor.user, actor.at));
    tx.save_return_setting(&after).await?;
    let mut text = format!("decided about {}: {}", after.code, words(&after, rule));
    if !after.reason.is_empty() {
        text.push_str(&format!("; reason: {}", after.reason));
    }
    let change = Change::new("rulebook.set_return", "firm", actor.tenant.get(), text)
        .with(Some(facts(&before)), Some(facts(&after)));
    tx.record(change).await?;
    after.version += 1;
    Ok(after)
}

/// What the decision would do to the firm's filings.
pub async fn preview_return<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    cmd: SetReturn,
) -> Result<Effect, SettingError> {
    actor.require(Permission::RulebookSettings)?;
    let rule = rule_of(&cmd.code, actor)?;
    // The reason comes last; a preview does without.
    let asked = ReturnSetting { enabled: cmd.enabled, ..ReturnSetting::default() };
    let after = checked(&cmd, &asked, rule)?;
    let mut policy = load_policy(tx).await?;
    policy.settings.insert(rule.code.clone(), after);
    Ok(effect_of(tx, actor, &rule.code, policy).await?)
}

/// The version in force, else the newest.
fn rule_of(code: &str, actor: &Actor) -> Result<&'static Rule, SettingError> {
    let rules = Rulebook::shipped();
    let newest = rules.versions(code).pop().ok_or(SettingError::NotFound)?;
    Ok(rules.current(&newest.code, actor.today()).unwrap_or(newest))
}

fn words(setting: &ReturnSetting, rule: &Rule) -> String {
    let certain = rule.enabled && !rule.legacy;
    let mut parts = vec![match setting.enabled {
        Some(true) if !certain => format!("plan it although it is off by itself (grade {})", rule.confidence),
        Some(true) => "plan it".to_owned(),
        Some(false) if certain => "do not plan it although it is in force".to_owned(),
        Some(false) => "do not plan it".to_owned(),
        None => "plan it as the rulebook says".to_owned(),
    }];
    parts.extend(setting.target.map(|own| format!("aim for {}", own.words())));
    parts.extend(setting.breach_after_days.map(|days| format!("breached after {days} days")));
    if !setting.checklist.is_empty() {
        parts.push(format!("{} checklist items of our own", setting.checklist.len()));
    }
    parts.join(", ")
}

fn facts(setting: &ReturnSetting) -> Value {
    json!({
        "enabled": setting.enabled,
        "breachAfterDays": setting.breach_after_days,
        "target": setting.target.map(|own| json!({ "kind": own.kind(), "days": own.days() })),
        "checklist": setting.checklist,
    })
}

/// Decides the firm's default threshold.
pub async fn set_firm<T: Tx + ?Sized>(tx: &mut T, actor: &Actor, cmd: SetFirm) -> Result<(), SettingError> {
    let SetFirm { breach_after_days: days, expected } = cmd;
    actor.require(Permission::RulebookSettings)?;
    check_default(days)?;
    let before = tx.firm().await?.breach_after_days;
    tx.set_breach_after_days(days, expected).await?;
    let text = format!("decided that {days} days late counts as breached, before: {before}");
    let (old, new) = (json!({ "breachAfterDays": before }), json!({ "breachAfterDays": days }));
    let change = Change::new("rulebook.set_firm", "firm", actor.tenant.get(), text);
    Ok(tx.record(change.with(Some(old), Some(new))).await?)
}

/// How many open filings would become breached, or stop being so, with another default.
pub async fn preview_firm<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    days: u16,
) -> Result<Effect, SettingError> {
    actor.require(Permission::RulebookSettings)?;
    check_default(days)?;
    let policy = load_policy(tx).await?;
    let now = policy.breach_after_days;
    let (low, high) = (now.min(days), now.max(days));
    let mut effect = Effect::default();
    for BreachShift { code, filings } in tx.late_between(low, high, actor.today()).await? {
        let rule = Rulebook::shipped().versions(&code).pop();
        let by_rule = rule.is_none_or(|rule| rule.breach_after_days == RULE_DEFAULT_BREACH);
        let own = policy.settings.get(&code).is_some_and(|setting| setting.breach_after_days.is_some());
        if by_rule && !own {
            let sum = if days < now { &mut effect.breached } else { &mut effect.no_longer_breached };
            *sum += filings;
        }
    }
    Ok(effect)
}

fn check_default(days: u16) -> Result<(), FieldErrors> {
    if days <= MAX_DAYS { Ok(()) } else { Err(FieldErrors::one("breachAfterDays", "Use 0 to 365 days.")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cmd: SetReturn, before: &ReturnSetting, code: &str) -> Result<ReturnSetting, FieldErrors> {
        let rule = Rulebook::shipped().versions(code).pop().unwrap();
        checked(&cmd, before, rule)
    }

    #[test]
    fn turning_on_and_off_needs_a_reason_and_going_back_too() {
        let none = ReturnSetting::none("CIC-FORT");
        let on = SetReturn { enabled: Some(true), reason: "because".into(), ..SetReturn::default() };
        assert!(check(on.clone(), &none, "CIC-FORT").unwrap_err().0.contains_key("reason"));
        let on = SetReturn { reason: "Counsel says that it applies".into(), ..on };
        let set = check(on, &none, "CIC-FORT").unwrap();
        assert!(check(SetReturn::default(), &set, "CIC-FORT").unwrap_err().0.contains_key("reason"));
        let target = Some(TargetChoice { kind: "days_before".into(), days: 3 });
        let aim = SetReturn { target, ..SetReturn::default() };
        assert_eq!(check(aim, &none, "CIC-FORT").unwrap().target, Some(OwnTarget::DaysBefore(3)));
    }

    #[test]
    fn every_fault_names_its_field() {
        let none = ReturnSetting::none("DNBS01");
        let cmd = SetReturn {
            breach_after_days: Some(366),
            target: Some(TargetChoice { kind: "days_after".into(), days: 3 }),
            checklist: vec!["Figures tie".into(), " ".into(), "figures TIE".into()],
            ..SetReturn::default()
        };
        let errors = check(cmd, &none, "DNBS01").unwrap_err();
        let fields: Vec<&str> = errors.0.keys().map(String::as_str).collect();
        assert_eq!(fields, ["breachAfterDays", "checklist", "target"]);
        let meeting = Rulebook::shipped().rules().iter().find(|r| !r.planned).unwrap();
        let cmd =
            SetReturn { enabled: Some(true), reason: "We want to see it".into(), ..SetReturn::default() };
        assert!(checked(&cmd, &none, meeting).unwrap_err().0.contains_key("enabled"));
    }

    #[test]
    fn the_journal_says_what_was_done_knowingly() {
        let uncertain = Rulebook::shipped().versions("IFSCA-FME-HY").pop().unwrap();
        let certain = Rulebook::shipped().versions("DNBS01").pop().unwrap();
        let set = |enabled| ReturnSetting { enabled: Some(enabled), ..ReturnSetting::default() };
        assert!(words(&set(true), uncertain).contains("although it is off by itself (grade"));
        assert_eq!(words(&set(false), certain), "do not plan it although it is in force");
    }
}
