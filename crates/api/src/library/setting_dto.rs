//! What a firm decides about returns, on the wire.

use ::filings::{OwnTarget, ReturnSetting};
use app::firm_rules::Effect;
use app::settings::{SetReturn, TargetChoice};
use kernel::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The firm's own date to aim for. It never lies after the legal date, and not before the period is over.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetDto {
    /// `working_days_before`, `days_before` or `day_of_month` (the last such day that is not after the legal date).
    kind: String,
    /// How many days, or which day of the month (31 is the month end).
    #[schema(minimum = 0, maximum = 180)]
    days: u16,
}

/// The firm's decision about one return, whole: what is left out goes back to the rulebook.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReturnSettingBody {
    /// True plans a legacy or uncertain return knowingly, false none at all, null leaves it to the rulebook.
    enabled: Option<bool>,
    /// Days after the legal due date until it counts as breached; null leaves it to firm and rulebook.
    #[schema(minimum = 0, maximum = 365)]
    breach_after_days: Option<u16>,
    /// The firm's own target; null aims as the rulebook does.
    target: Option<TargetDto>,
    /// Items added to the rule's checklist, at most 20.
    #[serde(default)]
    #[schema(required = false)]
    checklist: Vec<String>,
    /// Why, at least 10 characters; needed when planning is turned on, off or back.
    #[serde(default)]
    #[schema(required = false, max_length = 500)]
    reason: String,
}

impl ReturnSettingBody {
    /// As a command about a return, over the version that the caller saw.
    pub fn into_command(self, code: String, expected: i64) -> SetReturn {
        SetReturn {
            code,
            enabled: self.enabled,
            breach_after_days: self.breach_after_days,
            target: self.target.map(|t| TargetChoice { kind: t.kind, days: t.days }),
            checklist: self.checklist,
            reason: self.reason,
            expected,
        }
    }
}

/// What the firm decided about one return.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReturnSettingDto {
    /// Null leaves it to the rulebook.
    enabled: Option<bool>,
    /// Days until late counts as breached, when the firm set its own.
    breach_after_days: Option<u16>,
    /// The firm's own target.
    target: Option<TargetDto>,
    /// The same in words.
    target_words: Option<String>,
    /// Items added to the rule's checklist.
    checklist: Vec<String>,
    /// Why, in the words of whoever decided last.
    reason: String,
    /// For If-Match; 0 while nothing was decided.
    version: i64,
}

impl From<ReturnSetting> for ReturnSettingDto {
    fn from(setting: ReturnSetting) -> Self {
        let dto = |own: OwnTarget| TargetDto { kind: own.kind().into(), days: own.days() };
        Self {
            enabled: setting.enabled,
            breach_after_days: setting.breach_after_days,
            target: setting.target.map(dto),
            target_words: setting.target.map(OwnTarget::words),
            checklist: setting.checklist,
            reason: setting.reason,
            version: setting.version,
        }
    }
}

/// What a change would do to the firm's filings. Closed ones never change; legal dates never move.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EffectDto {
    /// Filings that would be planned.
    planned: i64,
    /// Open filings that would come off the plan.
    withdrawn: i64,
    /// Open filings whose internal target would move.
    targets: i64,
    /// Open filings whose checklist would change.
    checklists: i64,
    /// Open filings that would count as breached.
    breached: i64,
    /// Open filings that would no longer count as breached.
    no_longer_breached: i64,
    /// Clients with a filing that changes.
    clients: i64,
    /// The first dates that would be planned.
    #[schema(value_type = Vec<String>)]
    first_dates: Vec<Date>,
    /// False: the firm has more clients than were looked at, so that the numbers are "at least".
    exact: bool,
}

impl From<Effect> for EffectDto {
    fn from(effect: Effect) -> Self {
        Self {
            planned: effect.planned,
            withdrawn: effect.withdrawn,
            targets: effect.targets,
            checklists: effect.checklists,
            breached: effect.breached,
            no_longer_breached: effect.no_longer_breached,
            clients: effect.clients,
            first_dates: effect.first_dates,
            exact: effect.looked_at >= effect.of,
        }
    }
}
