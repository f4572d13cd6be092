//! GET /api/rulebook/returns/{code}/clients: whom a rule touches.

use crate::http::{ApiError, Caller, ErrorBody, ListQuery, PageParams};
use crate::state::AppState;
use actix_web::{get, web};
use app::library::RuleClient;
use app::transact;
use kernel::{Date, Permission};
use rulebook::Rulebook;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The page.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RuleClientQuery {
    /// From 1.
    pub page: Option<u32>,
    /// 1 to 200.
    pub per_page: Option<u32>,
}

/// A client with open filings of the rule.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RuleClientDto {
    /// Id within the firm.
    id: i64,
    /// As registered.
    client_name: String,
    /// As the firm calls it.
    short_name: String,
    /// Open filings of the rule.
    open_filings: i64,
    /// Those whose date has passed.
    past_due: i64,
    /// The soonest date, legal or probable.
    #[schema(value_type = Option<String>, format = Date)]
    next_due: Option<Date>,
}

impl From<RuleClient> for RuleClientDto {
    fn from(client: RuleClient) -> Self {
        Self {
            id: client.id.get(),
            client_name: client.client_name,
            short_name: client.short_name,
            open_filings: client.open,
            past_due: client.past_due,
            next_due: client.next_due,
        }
    }
}

/// One page of clients.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RuleClientPage {
    items: Vec<RuleClientDto>,
    total: i64,
    page: u32,
    per_page: u32,
}

/// The clients with open filings of a rule, soonest date first.
#[utoipa::path(tag = "rulebook", params(("code" = String, Path), RuleClientQuery), responses(
    (status = 200, body = RuleClientPage), (status = 400, body = ErrorBody), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[get("/rulebook/returns/{code}/clients")]
pub async fn list_return_clients(
    state: web::Data<AppState>,
    caller: Caller,
    code: web::Path<String>,
    query: ListQuery<RuleClientQuery>,
) -> Result<web::Json<RuleClientPage>, ApiError> {
    caller.require(Permission::RulebookView)?;
    caller.require(Permission::FilingsView)?;
    let rule = Rulebook::shipped().versions(&code).pop().ok_or_else(ApiError::not_found)?;
    let request = PageParams { page: query.0.page, per_page: query.0.per_page }.checked()?;
    let (code, today) = (rule.code.as_str(), caller.actor.today());
    let page =
        transact(state.db.as_ref(), &caller.actor, async |tx| tx.rule_clients(code, request, today).await)
            .await?;
    Ok(web::Json(RuleClientPage {
        items: page.items.into_iter().map(Into::into).collect(),
        total: page.total,
        page: request.page,
        per_page: request.per_page,
    }))
}
