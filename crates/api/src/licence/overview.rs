//! GET /api/license: the Licence & plan screen.

use super::dto::ClaimsDto;
use super::plans::PlanDto;
use crate::http::{ApiError, Caller, ErrorBody, Ist};
use crate::state::AppState;
use actix_web::{get, web};
use app::{Tx, transact};
use kernel::{Counted, Feature, StoreError};
use licensing::key::masked;
use licensing::regulators::COUNTED;
use serde::Serialize;
use utoipa::ToSchema;

/// The firm's licence, how much of it is in use, and what other plans would change.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LicenceDto {
    claims: ClaimsDto,
    /// To whom it was issued.
    licensee: Option<String>,
    /// The key with its middle hidden.
    key: Option<String>,
    /// Since when.
    started_at: Ist,
    /// The last successful check.
    checked_at: Option<Ist>,
    /// Why the last check failed, if it did.
    failure: Option<String>,
    /// Whether keys can be checked here; licence files always can.
    can_check: bool,
    usage: Vec<UsageDto>,
    features: Vec<FeatureDto>,
    /// Plans of the same family, small to large.
    plans: Vec<PlanDto>,
    /// Features that a card may point at.
    upsell: Vec<&'static str>,
    /// The regulators that count.
    regulators: Vec<&'static str>,
    /// Clients that are read-only, because there are more than the plan allows.
    held_clients: i64,
}

/// How much of something is in use.
#[derive(Serialize, ToSchema)]
pub struct UsageDto {
    /// Stable name.
    name: &'static str,
    /// As people read it.
    title: &'static str,
    /// How much there is.
    used: i64,
    /// How much there may be: -1 is unlimited, 0 is not available.
    limit: i64,
}

/// A feature, on or not.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeatureDto {
    /// Stable name.
    name: &'static str,
    /// As people read it.
    title: &'static str,
    /// Under which heading.
    group: &'static str,
    /// Whether the plan has it.
    on: bool,
    /// The plan that has it, when this one has not.
    unlocked_by: Option<String>,
    /// Not shown at all while it is off.
    hidden: bool,
}

/// The heading of a feature.
fn group(feature: Feature) -> &'static str {
    use Feature as F;
    match feature {
        F::MakerChecker | F::CustomRoles | F::CosmosXbrl | F::AnalyticsBasic | F::AnalyticsAdvanced => {
            "Compliance"
        }
        F::EsignOtp | F::EsignAadhaar | F::EsignDsc => "Signing",
        F::WorkflowEngine | F::CustomWorkflows | F::ApiAccess | F::WhatsappAutomation => "Automation",
        F::EmailNotifications | F::SmsAlerts | F::SmsNotifications | F::WhatsappAlerts => "Messages",
        F::Consulting | F::SoftwareServices | F::Invoicing | F::GstFeatures | F::WhiteLabelPortal => {
            "Practice"
        }
        F::SsoSaml | F::PrioritySupport | F::DedicatedSupport | F::OnPremise | F::DataResidency => {
            "Hosting and support"
        }
    }
}

/// The firm's licence, how much of it is in use, and what other plans would change.
#[utoipa::path(tag = "licence", responses((status = 200, body = LicenceDto), (status = 401, body = ErrorBody)))]
#[get("/license")]
pub async fn get_licence(
    state: web::Data<AppState>,
    caller: Caller,
) -> Result<web::Json<LicenceDto>, ApiError> {
    let can_check = state.licences.endpoint.is_some();
    let answer =
        transact(state.db.as_ref(), &caller.actor, async |tx| load(tx, &caller, can_check).await).await?;
    Ok(web::Json(answer))
}

async fn load(tx: &mut dyn Tx, caller: &Caller, can_check: bool) -> Result<LicenceDto, StoreError> {
    let now = &caller.actor.entitlements;
    let licence = tx.licence().await?;
    let usage = tx.usage().await?;
    let plans = tx.plans().await?;
    let current = plans.iter().find(|plan| plan.slug == now.plan);
    let family = current.map(|plan| plan.family);
    let names = |features: &[Feature]| features.iter().map(|f| f.as_str()).collect::<Vec<_>>();
    let hidden = current.map(|plan| plan.hidden.clone()).unwrap_or_default();
    let features = Feature::ALL.iter().map(|feature| FeatureDto {
        name: feature.as_str(),
        title: feature.title(),
        group: group(*feature),
        on: now.features.has(*feature),
        unlocked_by: now.unlocked_by.get(feature.as_str()).cloned(),
        hidden: hidden.contains(feature),
    });
    let counted = Counted::ALL.iter().map(|c| UsageDto {
        name: c.as_str(),
        title: c.title(),
        used: match (&now.regulators, c) {
            (Some(covered), Counted::Regulators) => i64::try_from(covered.len()).unwrap_or(i64::MAX),
            _ => usage.of(*c),
        },
        limit: now.limit(*c).get(),
    });
    Ok(LicenceDto {
        claims: ClaimsDto::of(&caller.actor),
        licensee: licence.licensee,
        key: licence.key.as_deref().map(masked),
        started_at: Ist(licence.started_at),
        checked_at: licence.checked_at.map(Ist),
        failure: licence.failure,
        can_check,
        usage: counted.collect(),
        features: features.collect(),
        plans: plans
            .iter()
            .filter(|p| Some(p.family) == family)
            .map(|p| PlanDto::of(p, now, &usage))
            .collect(),
        upsell: current.map(|plan| names(&plan.upsell)).unwrap_or_default(),
        regulators: COUNTED.to_vec(),
        held_clients: i64::try_from(tx.held_clients().await?.len()).unwrap_or(i64::MAX),
    })
}
