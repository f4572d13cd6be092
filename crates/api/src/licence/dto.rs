//! Entitlements on the wire.

use crate::http::Ist;
use kernel::entitlements::{Lapse, Mode, Nudge, Source};
use kernel::{Actor, Counted};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What the firm may use.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClaimsDto {
    /// Slug of the plan.
    pub tier: String,
    /// Its name.
    pub plan_name: String,
    /// `evaluation`, `plan`, `key` or `bundle`.
    pub source: &'static str,
    /// Active people allowed; -1 is unlimited.
    pub max_seats: i64,
    /// The end, if there is one.
    pub valid_until: Option<Ist>,
    /// Names of what is switched on, like `esign_aadhaar`.
    pub features: Vec<&'static str>,
    /// What is counted: -1 is unlimited, 0 is not available.
    pub limits: BTreeMap<String, i64>,
    /// `read_only`, `full` or `white_label`.
    pub portal_level: String,
    /// `basic`, `full` or `full_scn`.
    pub penalty_level: String,
    /// The regulators whose returns are planned; absent means all.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    pub regulators: Option<Vec<String>>,
    /// The plan that has a feature, or more of what is counted. Only what is lacking.
    pub unlocked_by: BTreeMap<String, String>,
    /// `loud`, `quiet` or `none`: how to point at larger plans.
    pub nudge: &'static str,
    /// Whether everything may be done.
    pub mode: ModeDto,
    /// Where plans are shown.
    pub upgrade_url: &'static str,
}

/// Whether everything may be done, and what is wrong when not.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModeDto {
    /// `full`, `grace` or `read_only`.
    pub kind: &'static str,
    /// `unchecked`, `ended` or `revoked`; absent in `full`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    pub why: Option<&'static str>,
    /// When reading only begins, or began.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    pub read_only_from: Option<Ist>,
    /// The last successful check, when the licence is checked at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    pub checked_at: Option<Ist>,
}

/// The wire's word for a source.
pub fn source_word(source: Source) -> &'static str {
    match source {
        Source::Evaluation => "evaluation",
        Source::Plan => "plan",
        Source::Key => "key",
        Source::Bundle => "bundle",
    }
}

/// The wire's word for a nudge level.
pub fn nudge_word(nudge: Nudge) -> &'static str {
    match nudge {
        Nudge::Loud => "loud",
        Nudge::Quiet => "quiet",
        Nudge::None => "none",
    }
}

fn lapse_word(why: Lapse) -> &'static str {
    match why {
        Lapse::Unchecked => "unchecked",
        Lapse::Ended => "ended",
        Lapse::Revoked => "revoked",
    }
}

impl ClaimsDto {
    /// What the actor's firm may use at the instant of the request.
    pub fn of(actor: &Actor) -> Self {
        let from = &actor.entitlements;
        let (kind, lapse) = match from.mode(actor.at) {
            Mode::Full => ("full", None),
            Mode::Grace { until, why } => ("grace", Some((until, why))),
            Mode::ReadOnly { since, why } => ("read_only", Some((since, why))),
        };
        Self {
            tier: from.plan.clone(),
            plan_name: from.plan_name.clone(),
            source: source_word(from.source),
            max_seats: from.limit(Counted::Users).get(),
            valid_until: from.valid_until.map(Ist),
            features: from.features.iter().map(|feature| feature.as_str()).collect(),
            limits: Counted::ALL.iter().map(|c| (c.as_str().to_owned(), from.limit(*c).get())).collect(),
            portal_level: from.portal_level.clone(),
            penalty_level: from.penalty_level.clone(),
            regulators: from.regulators.clone(),
            unlocked_by: from.unlocked_by.clone(),
            nudge: nudge_word(from.nudge),
            mode: ModeDto {
                kind,
                why: lapse.map(|(_, why)| lapse_word(why)),
                read_only_from: lapse.map(|(at, _)| Ist(at)),
                checked_at: from.checked_at.map(Ist),
            },
            upgrade_url: crate::http::error::PLANS_PAGE,
        }
    }
}
