//! What a firm's licence or plan lets it do: features, limits, and whether it may write at all.

use crate::feature::{Feature, FeatureSet};
use crate::limit::{Counted, Limit};
use crate::moment::Instant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use thiserror::Error;
use time::Duration;

/// How long a firm works on without a successful check, or after its licence ended.
pub const GRACE: Duration = Duration::days(7);

/// Where a firm's rights come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The first weeks of a firm that has nothing else.
    Evaluation,
    /// A plan that was assigned or paid for.
    Plan,
    /// A key, checked against the validation endpoint.
    Key,
    /// A signed file; nothing is asked of anybody.
    Bundle,
}

/// How loudly a plan points at larger ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nudge {
    /// Cards on the plan page, on locked items, near a limit.
    Loud,
    /// One card.
    Quiet,
    /// None.
    None,
}

/// What may be done at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Everything.
    Full,
    /// Everything, and a countdown.
    Grace {
        /// When reading only begins.
        until: Instant,
        /// What is wrong.
        why: Lapse,
    },
    /// Reads, exports, evidence, recording a filing.
    ReadOnly {
        /// Since when.
        since: Instant,
        /// What is wrong.
        why: Lapse,
    },
}

/// Why a licence does not hold any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lapse {
    /// No successful check.
    Unchecked,
    /// Its last day is over.
    Ended,
    /// It was taken back by a signed answer.
    Revoked,
}

/// Everything the product asks about a plan, worked out when the licence changes and read with every session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entitlements {
    /// Slug of the plan.
    pub plan: String,
    /// Its name.
    pub plan_name: String,
    /// Where it comes from.
    pub source: Source,
    /// What is switched on.
    pub features: FeatureSet,
    /// What is counted, by name; a name that is not there is not available.
    pub limits: BTreeMap<String, Limit>,
    /// `read_only`, `full` or `white_label`.
    pub portal_level: String,
    /// `basic`, `full` or `full_scn`.
    pub penalty_level: String,
    /// The regulators whose returns are planned, when the plan has only some; none means all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regulators: Option<Vec<String>>,
    /// Which plan has a feature, or more of what is counted: name to the plan's name. Only what this one lacks.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unlocked_by: BTreeMap<String, String>,
    /// How loudly to point at larger plans.
    pub nudge: Nudge,
    /// The end, if there is one.
    #[serde(default, with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Instant>,
    /// The last successful check; none when nothing is checked.
    #[serde(default, with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub checked_at: Option<Instant>,
    /// When checks began to fail, if the last one did.
    #[serde(default, with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub failing_since: Option<Instant>,
    /// When a signed answer took it back.
    #[serde(default, with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Instant>,
    /// The latest instant that was ever seen; a clock that is turned back does not undo it.
    #[serde(default, with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub seen: Option<Instant>,
    /// Whether some clients are read-only, because there are more than the plan allows.
    #[serde(default)]
    pub holds: bool,
}

static EVERYTHING: LazyLock<Arc<Entitlements>> = LazyLock::new(|| {
    Arc::new(Entitlements {
        plan: "system".into(),
        plan_name: "Everything".into(),
        source: Source::Plan,
        features: FeatureSet::all(),
        limits: Counted::ALL.iter().map(|c| (c.as_str().to_owned(), Limit::UNLIMITED)).collect(),
        portal_level: "white_label".into(),
        penalty_level: "full_scn".into(),
        regulators: None,
        unlocked_by: BTreeMap::new(),
        nudge: Nudge::None,
        valid_until: None,
        checked_at: None,
        failing_since: None,
        revoked_at: None,
        seen: None,
        holds: false,
    })
});

impl Entitlements {
    /// No bounds: the product itself.
    pub fn everything() -> Arc<Self> {
        EVERYTHING.clone()
    }

    /// Reading only in effect: a firm whose licence was not worked out yet has no feature and room for nothing.
    pub fn nothing() -> Arc<Self> {
        let none =
            Self { features: FeatureSet::default(), limits: BTreeMap::new(), ..(**EVERYTHING).clone() };
        Arc::new(Self { plan_name: "no plan".into(), plan: String::new(), ..none })
    }

    /// Refuses unless the plan has it.
    pub fn require(&self, feature: Feature) -> Result<(), NotEntitled> {
        if self.features.has(feature) {
            return Ok(());
        }
        Err(self.lacks(feature.as_str(), Missing::Feature(feature)))
    }

    /// How much the plan allows.
    pub fn limit(&self, counted: Counted) -> Limit {
        self.limits.get(counted.as_str()).copied().unwrap_or(Limit::NONE)
    }

    /// Refuses unless `more` fit on top of what is `used`.
    pub fn room(&self, counted: Counted, used: i64, more: i64) -> Result<(), NotEntitled> {
        let limit = self.limit(counted);
        if limit.has_room(used, more) {
            return Ok(());
        }
        Err(self.lacks(counted.as_str(), Missing::Room { counted, limit, used, more }))
    }

    fn lacks(&self, name: &str, missing: Missing) -> NotEntitled {
        NotEntitled {
            missing,
            plan: self.plan_name.clone(),
            unlocked_by: self.unlocked_by.get(name).cloned(),
        }
    }

    /// What may be done. An instant before the latest one that was seen counts as that one.
    pub fn mode(&self, now: Instant) -> Mode {
        let now = self.seen.map_or(now, |seen| now.max(seen));
        if let Some(since) = self.revoked_at {
            return Mode::ReadOnly { since, why: Lapse::Revoked };
        }
        let ended = self.valid_until.filter(|end| now >= *end).map(|end| (end + GRACE, Lapse::Ended));
        let stale = self.checked_at.filter(|at| self.failing_since.is_some() || now >= *at + GRACE);
        let stale = stale.map(|at| (at + GRACE, Lapse::Unchecked));
        let first = match (ended, stale) {
            (Some(a), Some(b)) => Some(if b.0 < a.0 { b } else { a }),
            (a, b) => a.or(b),
        };
        match first {
            None => Mode::Full,
            Some((until, why)) if now < until => Mode::Grace { until, why },
            Some((since, why)) => Mode::ReadOnly { since, why },
        }
    }
}

/// What the plan lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// A feature.
    Feature(Feature),
    /// Room for more.
    Room {
        /// Of what.
        counted: Counted,
        /// How much there may be.
        limit: Limit,
        /// How much there is.
        used: i64,
        /// How much more was wanted.
        more: i64,
    },
}

/// The plan does not go that far. It names what would.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", self.sentence())]
pub struct NotEntitled {
    /// What is missing.
    pub missing: Missing,
    /// The firm's plan.
    pub plan: String,
    /// The nearest plan that has it.
    pub unlocked_by: Option<String>,
}

impl NotEntitled {
    /// The stable name of the feature, or of what is counted.
    pub fn name(&self) -> &'static str {
        match self.missing {
            Missing::Feature(feature) => feature.as_str(),
            Missing::Room { counted, .. } => counted.as_str(),
        }
    }

    fn sentence(&self) -> String {
        let plan = &self.plan;
        match (&self.missing, &self.unlocked_by) {
            (Missing::Feature(feature), Some(by)) => {
                format!("{}: on {by}. You are on {plan}.", feature.title())
            }
            (Missing::Feature(feature), None) => format!("{}: not part of {plan}.", feature.title()),
            (Missing::Room { counted, limit, used, more }, by) => {
                let what = counted.title();
                let mut text = match (limit.get(), more) {
                    (0, _) => format!("{what}: not available on {plan}."),
                    (limit, 0) => format!(
                        "This client is read-only: there are {used} clients, and {plan} allows {limit}."
                    ),
                    (limit, 1) => format!("{what}: {used} of {limit} in use on {plan}."),
                    (limit, more) => {
                        format!("{what}: {used} of {limit} in use on {plan}, and this would add {more}.")
                    }
                };
                if let Some(by) = by {
                    text.push_str(&format!(" {by} has more."));
                }
                text
            }
        }
    }
}

/// The firm may only read now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this workspace is read-only")]
pub struct ReadOnly {
    /// Since when.
    pub since: Instant,
    /// Why.
    pub why: Lapse,
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const CHECKED: Instant = datetime!(2026-11-01 00:00 UTC);

    fn keyed() -> Entitlements {
        Entitlements { checked_at: Some(CHECKED), ..(*Entitlements::everything()).clone() }
    }

    #[test]
    fn seven_days_without_a_check_then_reading_only() {
        let fine = keyed();
        assert_eq!(fine.mode(CHECKED + Duration::days(2)), Mode::Full);
        let failing = Entitlements { failing_since: Some(CHECKED + Duration::days(1)), ..keyed() };
        let until = CHECKED + GRACE;
        assert_eq!(failing.mode(CHECKED + Duration::days(3)), Mode::Grace { until, why: Lapse::Unchecked });
        assert_eq!(failing.mode(until), Mode::ReadOnly { since: until, why: Lapse::Unchecked });
        assert_eq!(fine.mode(until), Mode::ReadOnly { since: until, why: Lapse::Unchecked }, "a dead worker");
    }

    #[test]
    fn a_clock_turned_back_does_not_extend_grace() {
        let late = CHECKED + Duration::days(8);
        let failing =
            Entitlements { failing_since: Some(CHECKED + Duration::days(1)), seen: Some(late), ..keyed() };
        assert!(matches!(failing.mode(CHECKED + Duration::days(2)), Mode::ReadOnly { .. }));
    }

    #[test]
    fn the_end_has_the_same_days_and_the_earlier_reason_wins() {
        let end = CHECKED + Duration::days(1);
        let ended = Entitlements { valid_until: Some(end), checked_at: None, ..keyed() };
        assert_eq!(ended.mode(end - Duration::SECOND), Mode::Full);
        assert_eq!(ended.mode(end), Mode::Grace { until: end + GRACE, why: Lapse::Ended });
        assert!(matches!(ended.mode(end + GRACE), Mode::ReadOnly { why: Lapse::Ended, .. }));
        let both = Entitlements { valid_until: Some(end), failing_since: Some(end), ..keyed() };
        assert_eq!(both.mode(end), Mode::Grace { until: CHECKED + GRACE, why: Lapse::Unchecked });
    }

    #[test]
    fn a_refusal_names_what_would_help() {
        let mut small = keyed();
        (small.plan_name, small.features) = ("Growth".into(), FeatureSet::default());
        small.unlocked_by.insert("esign_aadhaar".into(), "Professional".into());
        small.limits.insert("clients".into(), Limit::of(100));
        let refused = small.require(Feature::EsignAadhaar).unwrap_err();
        assert_eq!(refused.to_string(), "Aadhaar eSign: on Professional. You are on Growth.");
        let refused = small.room(Counted::Clients, 100, 1).unwrap_err();
        assert_eq!(refused.to_string(), "Clients: 100 of 100 in use on Growth.");
        assert!(small.room(Counted::Clients, 99, 1).is_ok());
    }

    #[test]
    fn it_reads_back_as_it_was_stored() {
        let before = Entitlements { valid_until: Some(CHECKED), ..keyed() };
        let text = serde_json::to_string(&before).unwrap();
        assert_eq!(serde_json::from_str::<Entitlements>(&text).unwrap(), before);
    }
}
