//! A plan's row, the signed claims over it, and the firm's own overrides become one value.

use crate::plan::{Plan, unlocked_by};
use crate::regulators::covered;
use kernel::entitlements::{Entitlements, Source};
use kernel::moment::Instant;
use kernel::{Counted, Feature, FeatureSet, Limit};
use std::collections::BTreeMap;
use time::Duration;

/// How long a firm without anything else may try the product.
pub const EVALUATION_DAYS: i64 = 30;

/// The plan that a firm tries.
pub const EVALUATION_PLAN: &str = "professional";

/// What a firm's licence row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    /// Where the rights come from.
    pub source: Source,
    /// The plan.
    pub plan: String,
    /// Since when.
    pub started_at: Instant,
    /// The end, if there is one.
    pub valid_until: Option<Instant>,
    /// The key as it was activated.
    pub key: Option<String>,
    /// Claims as signed: features, when the licence names them itself.
    pub features: Option<FeatureSet>,
    /// Claims as signed: what is counted, over the plan's.
    pub limits: BTreeMap<String, Limit>,
    /// To whom it was issued.
    pub licensee: Option<String>,
    /// The last successful check; none when nothing is checked.
    pub checked_at: Option<Instant>,
    /// When checks began to fail, if the last one did.
    pub failing_since: Option<Instant>,
    /// Why the last check failed, for an administrator.
    pub failure: Option<String>,
    /// When a signed answer took it back.
    pub revoked_at: Option<Instant>,
    /// The latest instant that was seen.
    pub seen_at: Instant,
    /// The regulators that the firm chose.
    pub regulators: Vec<String>,
    /// Of the row; 0 when there is none yet.
    pub version: i64,
}

impl Licence {
    /// A plan without an end, as an operator assigns it.
    pub fn of_plan(slug: &str, at: Instant) -> Self {
        Self {
            source: Source::Plan,
            plan: slug.to_owned(),
            started_at: at,
            valid_until: None,
            key: None,
            features: None,
            limits: BTreeMap::new(),
            licensee: None,
            checked_at: None,
            failing_since: None,
            failure: None,
            revoked_at: None,
            seen_at: at,
            regulators: Vec::new(),
            version: 0,
        }
    }

    /// What a firm has that has nothing else.
    pub fn evaluation(from: Instant) -> Self {
        let valid_until = Some(from + Duration::days(EVALUATION_DAYS));
        Self { source: Source::Evaluation, valid_until, ..Self::of_plan(EVALUATION_PLAN, from) }
    }
}

/// A feature or a limit that one firm has otherwise than its plan says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Name of the feature or of what is counted.
    pub name: String,
    /// For a feature 1 or 0; else the limit.
    pub value: i64,
    /// Why.
    pub reason: String,
    /// Until when; none means for good.
    pub expires_at: Option<Instant>,
}

/// What the licence comes to at an instant. `None` when its plan is not there.
pub fn entitlements(
    plans: &[Plan],
    licence: &Licence,
    overrides: &[Override],
    most_used: &[String],
    holds: bool,
    at: Instant,
) -> Option<Entitlements> {
    let row = plans.iter().find(|plan| plan.slug == licence.plan)?;
    let mut merged = row.clone();
    if let Some(features) = licence.features {
        merged.features = features;
    }
    merged.limits.extend(licence.limits.iter().map(|(name, limit)| (name.clone(), *limit)));
    for own in overrides.iter().filter(|own| own.expires_at.is_none_or(|end| at < end)) {
        if let Some(feature) = Feature::parse(&own.name) {
            merged.features.set(feature, own.value != 0);
        } else if Counted::parse(&own.name).is_some() {
            merged.limits.insert(own.name.clone(), Limit::of(own.value));
        }
    }
    Some(Entitlements {
        plan: row.slug.clone(),
        plan_name: row.display_name.clone(),
        source: licence.source,
        features: merged.features,
        portal_level: row.portal_level.clone(),
        penalty_level: row.penalty_level.clone(),
        regulators: covered(merged.limit(Counted::Regulators), &licence.regulators, most_used),
        unlocked_by: unlocked_by(plans, row.family, row.position, &merged),
        limits: merged.limits,
        nudge: row.nudge,
        valid_until: licence.valid_until,
        checked_at: licence.checked_at,
        failing_since: licence.failing_since,
        revoked_at: licence.revoked_at,
        seen: Some(licence.seen_at),
        holds,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Family;
    use kernel::entitlements::Nudge;
    use time::macros::datetime;

    const NOW: Instant = datetime!(2026-11-21 06:30 UTC);

    fn plan(slug: &str, position: i16, features: &[Feature], clients: i64) -> Plan {
        Plan {
            slug: slug.into(),
            display_name: slug.to_uppercase(),
            family: Family::Licence,
            position,
            features: features.iter().copied().collect(),
            limits: [("clients".to_owned(), Limit::of(clients))].into(),
            portal_level: "full".into(),
            penalty_level: "full".into(),
            unit: "seat".into(),
            period: "year".into(),
            amount_paise: None,
            recommended: false,
            nudge: Nudge::None,
            hidden: vec![],
            upsell: vec![],
            annual_discount: false,
        }
    }

    fn shelf() -> Vec<Plan> {
        vec![
            plan("small", 1, &[], 25),
            plan("large", 3, &[Feature::ApiAccess, Feature::SsoSaml], -1),
            plan("middle", 2, &[Feature::ApiAccess], 100),
        ]
    }

    fn merged(licence: &Licence, overrides: &[Override]) -> Entitlements {
        entitlements(&shelf(), licence, overrides, &[], false, NOW).unwrap()
    }

    #[test]
    fn what_is_lacking_names_the_nearest_plan() {
        let small = merged(&Licence::of_plan("small", NOW), &[]);
        assert_eq!(small.unlocked_by["api_access"], "MIDDLE");
        assert_eq!(small.unlocked_by["sso_saml"], "LARGE");
        assert_eq!(small.unlocked_by["clients"], "MIDDLE");
        let large = merged(&Licence::of_plan("large", NOW), &[]);
        assert_eq!(large.unlocked_by.get("clients"), None);
        assert!(entitlements(&shelf(), &Licence::of_plan("gone", NOW), &[], &[], false, NOW).is_none());
    }

    #[test]
    fn claims_beat_the_row_and_overrides_beat_both_until_they_expire() {
        let mut licence = Licence::of_plan("small", NOW);
        licence.features = Some([Feature::SsoSaml].into_iter().collect());
        licence.limits.insert("users".into(), Limit::of(30));
        let own = |name: &str, value, expires_at| Override {
            name: name.into(),
            value,
            reason: "deal".into(),
            expires_at,
        };
        let given = merged(
            &licence,
            &[
                own("api_access", 1, None),
                own("sso_saml", 0, Some(NOW)),
                own("clients", -1, Some(NOW + Duration::days(1))),
            ],
        );
        assert_eq!(given.features, [Feature::ApiAccess, Feature::SsoSaml].into_iter().collect());
        assert_eq!(given.limit(Counted::Users), Limit::of(30));
        assert!(given.limit(Counted::Clients).is_unlimited());
        assert_eq!(given.limit(Counted::Projects), Limit::NONE, "what no row names is not available");
    }
}
