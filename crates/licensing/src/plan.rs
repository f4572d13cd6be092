//! A plan as its row says: features, limits, price, and how loudly it points at larger ones.

use kernel::entitlements::Nudge;
use kernel::{Counted, Feature, FeatureSet, Limit};
use std::collections::BTreeMap;

/// Where a plan is sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// By licence key or file, for own machines.
    Licence,
    /// By self-signup on the hosted product.
    Hosted,
}

impl Family {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Licence => "licence",
            Self::Hosted => "hosted",
        }
    }
    /// Reads the stable name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Licence, Self::Hosted].into_iter().find(|family| family.as_str() == text)
    }
}

/// A row of the plans table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Unique over both families.
    pub slug: String,
    /// As people read it.
    pub display_name: String,
    /// Where it is sold.
    pub family: Family,
    /// From small to large within the family.
    pub position: i16,
    /// What is switched on.
    pub features: FeatureSet,
    /// What is counted.
    pub limits: BTreeMap<String, Limit>,
    /// `read_only`, `full` or `white_label`.
    pub portal_level: String,
    /// `basic`, `full` or `full_scn`.
    pub penalty_level: String,
    /// `seat` or `flat`.
    pub unit: String,
    /// `month` or `year`.
    pub period: String,
    /// In paise; none when it is quoted.
    pub amount_paise: Option<i64>,
    /// The one to point at.
    pub recommended: bool,
    /// How loudly to point at larger ones.
    pub nudge: Nudge,
    /// Features whose menus are hidden rather than locked.
    pub hidden: Vec<Feature>,
    /// Features that a card may point at.
    pub upsell: Vec<Feature>,
    /// Whether a yearly discount may be offered.
    pub annual_discount: bool,
}

impl Plan {
    /// How much it allows.
    pub fn limit(&self, counted: Counted) -> Limit {
        self.limits.get(counted.as_str()).copied().unwrap_or(Limit::NONE)
    }
}

/// What each feature and limit that `has` lacks is unlocked by: the smallest larger plan of the same family.
pub fn unlocked_by(plans: &[Plan], family: Family, position: i16, has: &Plan) -> BTreeMap<String, String> {
    let mut larger: Vec<&Plan> =
        plans.iter().filter(|plan| plan.family == family && plan.position > position).collect();
    larger.sort_by_key(|plan| plan.position);
    let mut found = BTreeMap::new();
    for feature in Feature::ALL.iter().filter(|feature| !has.features.has(**feature)) {
        if let Some(plan) = larger.iter().find(|plan| plan.features.has(*feature)) {
            found.insert(feature.as_str().to_owned(), plan.display_name.clone());
        }
    }
    for counted in Counted::ALL {
        if let Some(plan) = larger.iter().find(|plan| plan.limit(*counted).beats(has.limit(*counted))) {
            found.insert(counted.as_str().to_owned(), plan.display_name.clone());
        }
    }
    found
}
