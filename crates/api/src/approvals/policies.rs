//! GET and PUT /api/approvals/policies

use super::answer::accepted;
use crate::http::{ApiError, Caller, ErrorBody, IfMatch, Json};
use crate::state::AppState;
use actix_web::{HttpResponse, get, put, web};
use app::guard::policies::{all_policies, most_levels};
use app::guard::{Command, Outcome, submit};
use app::transact;
use kernel::{FieldErrors, Id, Role};
use maker_checker::{Action, Level, Policy, Who};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One level.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LevelDto {
    /// Anybody with one of these roles; empty when people are named.
    #[serde(default)]
    #[schema(required = false)]
    roles: Vec<String>,
    /// These people; empty when roles are named.
    #[serde(default)]
    #[schema(required = false)]
    people: Vec<i64>,
    /// Only for changes of at least this size; 0 is all.
    #[serde(default)]
    #[schema(required = false, minimum = 0)]
    from_size: i64,
}

/// What the firm decided about one action.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PolicyDto {
    /// `clients.kyc`, `filings.filed`, ...
    action: &'static str,
    /// In words.
    title: &'static str,
    /// What its size counts, when bands make sense: `filings`, `clients`.
    unit: Option<&'static str>,
    /// One after the other; none means that it applies at once.
    levels: Vec<LevelDto>,
    /// Days after which an undecided proposal lapses.
    expires_after_days: u16,
    /// Whether the maker must say why.
    reason_required: bool,
    /// For If-Match; 0 while the firm has the standard of the product.
    version: i64,
}

/// All of them.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PolicyList {
    items: Vec<PolicyDto>,
    /// How many levels the plan allows; -1 is any number, 0 is no four eyes: every change applies at once.
    most_levels: i64,
}

/// What it becomes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyBody {
    /// None switches approval off for the action.
    levels: Vec<LevelDto>,
    /// 1 to 90.
    #[schema(minimum = 1, maximum = 90)]
    expires_after_days: u16,
    /// Whether the maker must say why.
    #[serde(default)]
    #[schema(required = false)]
    reason_required: bool,
    /// For whoever approves this change.
    #[schema(max_length = 2000)]
    approval_note: Option<String>,
}

impl From<Policy> for PolicyDto {
    fn from(policy: Policy) -> Self {
        let level = |level: Level| {
            let (roles, people) = match level.who {
                Who::Roles(roles) => (roles.iter().map(|r| r.as_str().to_owned()).collect(), Vec::new()),
                Who::People(people) => (Vec::new(), people.into_iter().map(Id::get).collect()),
            };
            LevelDto { roles, people, from_size: level.from_size }
        };
        Self {
            action: policy.action.as_str(),
            title: policy.action.title(),
            unit: policy.action.unit(),
            levels: policy.levels.into_iter().map(level).collect(),
            expires_after_days: policy.expires_after_days,
            reason_required: policy.reason_required,
            version: policy.version,
        }
    }
}

impl PolicyBody {
    fn policy(&self, action: Action, version: i64) -> Result<Policy, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut levels = Vec::new();
        for (at, level) in self.levels.iter().enumerate() {
            let field = format!("levels.{at}");
            let who = match (level.roles.is_empty(), level.people.is_empty()) {
                (false, true) => {
                    let read: Option<Vec<Role>> = level.roles.iter().map(|r| Role::parse(r)).collect();
                    read.map(Who::Roles)
                }
                (true, false) => Some(Who::People(level.people.iter().copied().map(Id::new).collect())),
                _ => None,
            };
            match who {
                Some(who) => levels.push(Level { who, from_size: level.from_size }),
                None => errors.add(&field, "Name roles or people, not both."),
            }
        }
        errors.into_result()?;
        Ok(Policy {
            action,
            levels,
            expires_after_days: self.expires_after_days,
            reason_required: self.reason_required,
            version,
        })
    }
}

/// Who approves what.
#[utoipa::path(tag = "approvals", responses(
    (status = 200, body = PolicyList), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
#[get("/approvals/policies")]
pub async fn list_policies(
    state: web::Data<AppState>,
    caller: Caller,
) -> Result<web::Json<PolicyList>, ApiError> {
    let actor = &caller.actor;
    let found = transact(state.db.as_ref(), actor, async |tx| all_policies(tx, actor).await).await?;
    let items = found.into_iter().map(Into::into).collect();
    Ok(web::Json(PolicyList { items, most_levels: most_levels(actor) }))
}

/// Decide anew who approves an action. That itself needs approval, unless it is switched off for this.
#[utoipa::path(tag = "approvals", request_body = PolicyBody,
    params(("action" = String, Path), ("If-Match" = String, Header, description = "The version you saw")), responses(
    (status = 200, body = PolicyDto), (status = 202, body = super::dto::ProposedAnswer),
    (status = 401, body = ErrorBody), (status = 402, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody), (status = 422, body = ErrorBody), (status = 428, body = ErrorBody)))]
#[put("/approvals/policies/{action}")]
pub async fn save_policy(
    state: web::Data<AppState>,
    caller: Caller,
    action: web::Path<String>,
    version: IfMatch,
    body: Json<PolicyBody>,
) -> Result<HttpResponse, ApiError> {
    caller.require(kernel::Permission::PoliciesEdit)?;
    let action = Action::parse(&action).ok_or_else(ApiError::not_found)?;
    let policy = body.0.policy(action, version.0)?;
    let (db, actor) = (state.db.as_ref(), &caller.actor);
    let command = Command::SavePolicy { policy: policy.into() };
    match submit(db, actor, command, body.0.approval_note).await? {
        Outcome::Waits(id, _) => accepted(&state, &caller, id).await,
        Outcome::Done(_) => {
            let all = transact(db, actor, async |tx| all_policies(tx, actor).await).await?;
            let saved = all.into_iter().find(|p| p.action == action).map(PolicyDto::from);
            Ok(HttpResponse::Ok().json(saved))
        }
    }
}
