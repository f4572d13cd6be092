//! Plans on the wire: what each would change for this firm.

use kernel::{Counted, Entitlements, Feature};
use licensing::{Plan, Usage};
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A plan, beside what the firm has.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlanDto {
    /// Slug.
    slug: String,
    /// Name.
    name: String,
    /// The one the firm is on.
    current: bool,
    /// The one to point at.
    recommended: bool,
    /// In rupees; none when it is quoted.
    amount: Option<String>,
    /// `seat` or `flat`.
    unit: String,
    /// `month` or `year`.
    period: String,
    /// A yearly discount may be offered.
    annual_discount: bool,
    /// What is counted: -1 is unlimited, 0 is not available.
    limits: BTreeMap<&'static str, i64>,
    /// Features that the firm would gain.
    gains: Vec<&'static str>,
    /// Features that the firm would lose.
    loses: Vec<&'static str>,
    /// What the firm has more of than the plan allows.
    over: Vec<OverDto>,
}

/// Too much of something.
#[derive(Serialize, ToSchema)]
pub struct OverDto {
    /// Of what, as people read it.
    title: &'static str,
    /// How much there is.
    used: i64,
    /// How much the plan allows.
    limit: i64,
}

impl PlanDto {
    /// The plan as this firm sees it.
    pub fn of(plan: &Plan, now: &Entitlements, usage: &Usage) -> Self {
        let titled = |wanted: &dyn Fn(Feature) -> bool| {
            Feature::ALL.iter().copied().filter(|feature| wanted(*feature)).map(Feature::title).collect()
        };
        let current = plan.slug == now.plan;
        // The firm's own licence may say otherwise than the plan's row, and of regulators it covers what it allows.
        let limit = |counted| if current { now.limit(counted) } else { plan.limit(counted) };
        let counts = |counted| !(current && counted == Counted::Regulators);
        let over = Counted::ALL.iter().filter(|c| counts(**c) && limit(**c).excess(usage.of(**c)) > 0);
        Self {
            current,
            slug: plan.slug.clone(),
            name: plan.display_name.clone(),
            recommended: plan.recommended,
            amount: plan.amount_paise.map(|paise| Decimal::new(paise, 2).to_string()),
            unit: plan.unit.clone(),
            period: plan.period.clone(),
            annual_discount: plan.annual_discount,
            limits: Counted::ALL.iter().map(|c| (c.as_str(), limit(*c).get())).collect(),
            gains: titled(&|feature| plan.features.has(feature) && !now.features.has(feature)),
            loses: titled(&|feature| !plan.features.has(feature) && now.features.has(feature)),
            over: over
                .map(|c| OverDto { title: c.title(), used: usage.of(*c), limit: limit(*c).get() })
                .collect(),
        }
    }
}
