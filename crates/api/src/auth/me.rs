//! GET and PATCH /api/me: the SPA's one boot call, and one's own settings.

use super::dto::{TenantRef, UserRef};
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::licence::dto::ClaimsDto;
use crate::state::AppState;
use actix_web::{get, patch, web};
use app::{Tx, transact};
use identity::{ProfileError, Theme, UpdateProfile};
use kernel::period::FinancialYear;
use kernel::{FieldErrors, StoreError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who I am, where, what I may do, what waits.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    user: UserRef,
    tenant: TenantRef,
    /// Names like `clients.edit`.
    permissions: Vec<&'static str>,
    entitlements: ClaimsDto,
    preferences: PreferencesDto,
    counters: Counters,
    /// A second factor has to be set up before anything else can be reached.
    must_enrol: bool,
    /// Today in India.
    #[schema(value_type = String, format = Date)]
    today: kernel::Date,
    /// `2026-27`.
    current_fy: String,
    /// Version of the product.
    version: &'static str,
}

/// One's own settings.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PreferencesDto {
    /// `light`, `dark` or `system`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    theme: Option<String>,
    /// Single-key shortcuts on or off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    single_keys: Option<bool>,
    /// Alerts that may be muted in the daily mail, or not. A breach and a licence at stake always come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    alert_mail: Option<bool>,
}

/// The badges.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Counters {
    past_due: i64,
    due_in7_days: i64,
    /// Assigned to me, open and due within 90 days or late.
    mine: i64,
    /// Notices I have not read.
    unread_notices: i64,
    /// What waits for my approval.
    approvals: i64,
    /// What waits for anybody's approval in the firm: while there is none, no record has to ask.
    pending_approvals: i64,
}

/// The SPA's one boot call.
#[utoipa::path(tag = "auth", responses((status = 200, body = Me), (status = 401, body = ErrorBody)))]
#[get("/me")]
pub async fn get_me(state: web::Data<AppState>, caller: Caller) -> Result<web::Json<Me>, ApiError> {
    let me = transact(state.db.as_ref(), &caller.actor, async |tx| load(tx, &caller).await).await?;
    Ok(web::Json(me))
}

/// What to change about oneself; absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateMeBody {
    display_name: Option<String>,
    preferences: Option<PreferencesDto>,
}

/// Change one's own name and settings.
#[utoipa::path(tag = "auth", request_body = UpdateMeBody, responses(
    (status = 200, body = Me), (status = 401, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[patch("/me")]
pub async fn update_me(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<UpdateMeBody>,
) -> Result<web::Json<Me>, ApiError> {
    let body = body.0;
    let preferences = body.preferences.unwrap_or_default();
    let theme = match preferences.theme.as_deref() {
        None => None,
        Some(word) => Some(Theme::parse(word).ok_or_else(|| {
            ApiError::from(FieldErrors::one("preferences.theme", "Use light, dark or system."))
        })?),
    };
    let change = UpdateProfile {
        display_name: body.display_name,
        theme,
        single_keys: preferences.single_keys,
        alert_mail: preferences.alert_mail,
    };
    let me = transact(state.db.as_ref(), &caller.actor, async |tx| {
        identity::update_profile(tx, &caller.actor, caller.user, change).await?;
        Ok::<_, ProfileError>(load(tx, &caller).await?)
    })
    .await
    .map_err(|error| match error {
        ProfileError::Name => ApiError::from(FieldErrors::one("displayName", error.to_string())),
        ProfileError::Store(error) => error.into(),
    })?;
    Ok(web::Json(me))
}

async fn load(tx: &mut dyn Tx, caller: &Caller) -> Result<Me, StoreError> {
    let today = caller.actor.today();
    let fy = FinancialYear::of(today);
    let user = tx.user(caller.user).await?.ok_or(StoreError::Stale)?.user;
    let firm = tx.firm().await?;
    let figures = tx.today_figures(None, today, fy.start()).await?;
    let mine = filings::FilingFilter {
        view: Some(filings::FilingView::Open),
        assignee: vec![filings::views::AssigneeFilter::User(caller.user)],
        ..Default::default()
    };
    let one = kernel::PageRequest { page: 1, per_page: 1 };
    let (mine, _) = tx.list_filings(&mine, &[], one, today).await?;
    let waiting = app::guard::views::waiting(tx, &caller.actor).await?;
    Ok(Me {
        user: UserRef::from(&user),
        tenant: TenantRef { id: firm.id.get(), name: firm.name },
        permissions: caller.actor.permissions.names(),
        entitlements: ClaimsDto::of(&caller.actor),
        preferences: PreferencesDto {
            theme: Some(user.preferences.theme.as_str().to_owned()),
            single_keys: Some(user.preferences.single_keys),
            alert_mail: Some(user.preferences.alert_mail),
        },
        counters: Counters {
            past_due: figures.past_due,
            due_in7_days: figures.due_in_7,
            mine: mine.total,
            unread_notices: tx.unread_notices(caller.user).await?,
            approvals: waiting.for_me,
            pending_approvals: waiting.all,
        },
        must_enrol: (firm.require_totp || caller.actor.permissions.administers()) && !user.second_factor,
        today,
        current_fy: fy.key(),
        version: env!("CARGO_PKG_VERSION"),
    })
}
