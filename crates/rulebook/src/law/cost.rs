//! What a late act costs, as data: fees that are certain and penalties that are at most so much.

use super::predicate::Predicate;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::{Deserializer, Error};
use time::Date;

/// What kind of money it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CostKind {
    /// Payable with the late filing, without an order.
    Fee,
    /// Imposed by an order; it may be nil.
    Penalty,
    /// Payable to a customer.
    Compensation,
}

impl CostKind {
    /// Stable snake_case name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fee => "fee",
            Self::Penalty => "penalty",
            Self::Compensation => "compensation",
        }
    }
}

/// How the amount is fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantum {
    /// By formula.
    Exact,
    /// Up to the amount, at discretion.
    Max,
    /// Between the least (`min`) and the amount, at discretion.
    Range,
}

impl Quantum {
    /// Stable snake_case name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Max => "max",
            Self::Range => "range",
        }
    }
}

/// A rate for the days up to one; each day costs the rate of its own tier.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Last day late at this rate; the last tier has none.
    pub until_day: Option<u32>,
    /// Rate for a day.
    #[serde(deserialize_with = "money")]
    pub per_day: Decimal,
}

/// A step: the whole amount when the delay ends in this band.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Last day late of the band; the last band has none.
    pub until_day: Option<u32>,
    /// The amount, or with a `scale` so many times its amount.
    #[serde(deserialize_with = "money")]
    pub times: Decimal,
    /// Added for each day after the band before.
    #[serde(default, deserialize_with = "money")]
    pub per_day: Decimal,
}

/// An amount that depends on a fact of the client, for example the normal fee by nominal capital.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// The fact, a number.
    pub fact: String,
    /// In order; the last step has no limit.
    pub steps: Vec<ScaleStep>,
}

impl Scale {
    /// The amount for a value.
    pub fn amount(&self, value: Decimal) -> Option<Decimal> {
        let fits = |s: &&ScaleStep| {
            s.below.is_none_or(|limit| value < limit) && s.up_to.is_none_or(|limit| value <= limit)
        };
        self.steps.iter().find(fits).map(|s| s.amount)
    }
}

/// One step of a scale; with both limits absent it is the rest.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScaleStep {
    /// The fact is less than this.
    #[serde(default, deserialize_with = "money_option")]
    pub below: Option<Decimal>,
    /// The fact is at most this.
    #[serde(default, deserialize_with = "money_option")]
    pub up_to: Option<Decimal>,
    /// The amount.
    #[serde(deserialize_with = "money")]
    pub amount: Decimal,
}

/// A reduction for some clients, for example s.446B for small companies.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reduction {
    /// For whom.
    pub when: Predicate,
    /// Multiplies the amount.
    #[serde(deserialize_with = "money")]
    pub times: Decimal,
    /// Cap of the reduced amount.
    #[serde(default, deserialize_with = "money_option")]
    pub cap: Option<Decimal>,
    /// Where it says so.
    pub section: String,
}

/// One line of the cost of being late.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// Kind of money.
    pub kind: CostKind,
    /// How it is fixed.
    pub quantum: Quantum,
    /// Due once, on the first day late.
    pub base: Decimal,
    /// For each day after the free days.
    pub per_day: Decimal,
    /// For each month or part of one.
    pub per_month: Decimal,
    /// Days late that cost nothing by the day ("after the first").
    pub free_days: u32,
    /// False: the day of filing is not counted.
    pub count_filing_day: bool,
    /// Never more.
    pub cap: Option<Decimal>,
    /// Never less.
    pub min: Option<Decimal>,
    /// Rates by day, instead of `per_day`.
    pub tiers: Vec<Tier>,
    /// Steps, instead of `base` and `per_day`.
    pub bands: Vec<Band>,
    /// Turns the `times` of bands into money.
    pub scale: Option<Scale>,
    /// ISO 4217 code.
    pub currency: String,
    /// Who pays: see [`CLIENT_ROLES`] and [`OTHER_ROLES`].
    pub falls_on: String,
    /// Instrument and section in one line.
    pub cited: String,
    /// Grade of the source; with U alone the line is shown and not counted.
    pub confidence: String,
    /// What to know.
    pub note: String,
    /// Only one line of a group can be imposed; the highest counts.
    pub group: String,
    /// To whom it applies.
    pub applies_when: Predicate,
    /// First day of the version: of filing for a fee, of the contravention otherwise.
    pub effective_from: Option<Date>,
    /// Last day of the version.
    pub effective_to: Option<Date>,
    /// Reductions; the first that fits counts.
    pub reductions: Vec<Reduction>,
}

/// Who the client itself can be; these lines are added up.
pub const CLIENT_ROLES: [&str; 4] = ["client", "company", "llp", "director"];
/// Others on whom a line can fall; these are shown, not added up.
pub const OTHER_ROLES: [&str; 7] =
    ["officer", "partner", "auditor", "other_director", "promoter", "owner", "charge_holder"];

impl Cost {
    /// True when the client itself pays.
    pub fn on_client(&self) -> bool {
        CLIENT_ROLES.contains(&self.falls_on.as_str())
    }

    /// True when the source is uncertain and nothing else.
    pub fn uncertain(&self) -> bool {
        self.confidence.split('/').all(|grade| grade == "U")
    }
}

/// A whole number, or a decimal written as text so that it stays exact.
pub(super) fn money<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    let value = toml::Value::deserialize(deserializer)?;
    let amount = match &value {
        toml::Value::Integer(whole) => Some(Decimal::from(*whole)),
        toml::Value::String(text) => text.parse().ok(),
        _ => None,
    };
    amount
        .filter(|a: &Decimal| !a.is_sign_negative())
        .ok_or_else(|| D::Error::custom(format!("{value} is not an amount; write 100 or \"0.75\"")))
}

pub(super) fn money_option<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    money(deserializer).map(Some)
}
