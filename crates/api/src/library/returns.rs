//! GET /api/rulebook/returns: the rules, filtered, sorted, counted and paged.

use crate::http::list::{parse_sort, parse_words};
use crate::http::{ApiError, Caller, ErrorBody, ListQuery, PageParams};
use crate::state::AppState;
use actix_web::{get, web};
use app::library::catalogue::{parse_kind, regulators};
use app::library::{CatalogueFilter, CatalogueRow, CatalogueSort, RuleState, catalogue};
use app::transact;
use kernel::{Date, Permission};
use rulebook::Rulebook;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Filters, order and page. Values of one key are alternatives.
#[derive(Debug, Default, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReturnListQuery {
    /// Part of a code, a name or an instrument.
    pub q: Option<String>,
    /// `RBI`, ...
    #[serde(default)]
    #[param(required = false)]
    pub regulator: Vec<String>,
    /// `return`, `licence`, `obligation`, `kyc`, `grievance`.
    #[serde(default)]
    #[param(required = false)]
    pub kind: Vec<String>,
    /// `monthly`, `quarterly`, ...
    #[serde(default)]
    #[param(required = false)]
    pub frequency: Vec<String>,
    /// `P`, `S`, `K`, `V`, `M`, `U`: a letter of the grade.
    #[serde(default)]
    #[param(required = false)]
    pub grade: Vec<String>,
    /// `active`, `off`, `expired`, `legacy`, `non_statutory`: what the rule is by itself.
    #[serde(default)]
    #[param(required = false)]
    pub state: Vec<String>,
    /// Planned for this firm, or not.
    pub tracked: Option<bool>,
    /// Only those about which the firm decided something.
    pub own: Option<bool>,
    /// `regulator`, `code`, `title`, `clients`, `effectiveFrom`; a minus turns it round.
    pub sort: Option<String>,
    /// From 1.
    pub page: Option<u32>,
    /// 1 to 200.
    pub per_page: Option<u32>,
}

impl ReturnListQuery {
    fn filter(&self) -> Result<CatalogueFilter, ApiError> {
        parse_words("kind", &self.kind, parse_kind)?;
        Ok(CatalogueFilter {
            q: self.q.clone().unwrap_or_default(),
            regulator: self.regulator.clone(),
            kind: self.kind.clone(),
            frequency: self.frequency.clone(),
            grade: self.grade.iter().map(|g| g.to_uppercase()).collect(),
            state: parse_words("state", &self.state, RuleState::parse)?,
            tracked: self.tracked,
            own: self.own.unwrap_or(false),
        })
    }

    fn order(&self) -> Result<Vec<(CatalogueSort, bool)>, ApiError> {
        let key = |name: &str| match name {
            "regulator" => Some(CatalogueSort::Regulator),
            "code" => Some(CatalogueSort::Code),
            "title" => Some(CatalogueSort::Title),
            "clients" => Some(CatalogueSort::Clients),
            "effectiveFrom" => Some(CatalogueSort::Effective),
            _ => None,
        };
        parse_sort(self.sort.as_deref(), key, "regulator, code, title, clients, effectiveFrom")
    }
}

/// A rule as it stands today.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReturnDto {
    /// `DNBS01`, ...
    code: String,
    /// Name.
    title: String,
    /// `RBI`, ...
    regulator: String,
    /// `return`, `licence`, `obligation`, `kyc` or `grievance`.
    kind: &'static str,
    /// How often.
    frequency: &'static str,
    /// Grade of the source.
    confidence: String,
    /// What it is by itself: `active`, `off`, `expired`, `legacy` or `non_statutory`.
    state: &'static str,
    /// Planned for clients to whom it applies: the rule's own state and what the firm decided.
    tracked: bool,
    /// When it is due, in words; empty for what is not planned.
    due: String,
    /// Instrument and section.
    citation: String,
    /// First day of the version; not shown when no source confirmed it.
    #[schema(value_type = Option<String>, format = Date)]
    effective_from: Option<Date>,
    /// Last day of the version.
    #[schema(value_type = Option<String>, format = Date)]
    effective_to: Option<Date>,
    /// How many versions there are.
    versions: usize,
    /// Clients with an open filing of it.
    clients: i64,
    /// Open filings.
    open_filings: i64,
    /// The firm's own decision; null leaves it to the rulebook.
    own_enabled: Option<bool>,
    /// Days until late counts as breached, when the firm set its own.
    breach_after_days: Option<u16>,
    /// The firm's own target, in words.
    own_target: Option<String>,
    /// Items that the firm adds to the checklist.
    own_items: usize,
}

impl From<CatalogueRow<'_>> for ReturnDto {
    fn from(row: CatalogueRow<'_>) -> Self {
        let rule = row.rule;
        Self {
            code: rule.code.clone(),
            title: rule.title.clone(),
            regulator: rule.regulator.clone(),
            kind: rule.kind.as_str(),
            frequency: rule.frequency.as_str(),
            confidence: rule.confidence.clone(),
            state: row.state.as_str(),
            tracked: row.tracked,
            due: row.due,
            citation: rule.citation_text().into(),
            effective_from: rule.start_confirmed.then_some(rule.effective_from),
            effective_to: rule.effective_to,
            versions: row.versions,
            clients: row.reach.clients,
            open_filings: row.reach.open,
            own_enabled: row.own.as_ref().and_then(|s| s.enabled),
            breach_after_days: row.own.as_ref().and_then(|s| s.breach_after_days),
            own_target: row.own.as_ref().and_then(|s| s.target).map(|target| target.words()),
            own_items: row.own.map_or(0, |s| s.checklist.len()),
        }
    }
}

/// How many rules there are in each state, under the same filter without the states.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReturnCounts {
    all: i64,
    active: i64,
    off: i64,
    expired: i64,
    legacy: i64,
    non_statutory: i64,
}

/// One page of rules.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReturnList {
    items: Vec<ReturnDto>,
    total: i64,
    page: u32,
    per_page: u32,
    counts: ReturnCounts,
    /// Every regulator of the rulebook, for the filter.
    regulators: Vec<String>,
}

/// The rules, each with the version in force, filtered, sorted and paged by the server.
#[utoipa::path(tag = "rulebook", params(ReturnListQuery), responses(
    (status = 200, body = ReturnList), (status = 400, body = ErrorBody), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[get("/rulebook/returns")]
pub async fn list_returns(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<ReturnListQuery>,
) -> Result<web::Json<ReturnList>, ApiError> {
    caller.require(Permission::RulebookView)?;
    let query = query.0;
    let (filter, order) = (query.filter()?, query.order()?);
    let request = PageParams { page: query.page, per_page: query.per_page }.checked()?;
    let (settings, reach) = transact(state.db.as_ref(), &caller.actor, async |tx| {
        Ok::<_, kernel::StoreError>((tx.return_settings().await?, tx.rule_use().await?))
    })
    .await?;
    let rules = Rulebook::shipped();
    let (rows, counts) = catalogue(rules, &settings, reach, &filter, &order, caller.actor.today());
    let count = |state: RuleState| counts.get(&state).copied().unwrap_or(0);
    let (skip, take) = (request.offset(), request.limit());
    Ok(web::Json(ReturnList {
        total: i64::try_from(rows.len()).unwrap_or(i64::MAX),
        page: request.page,
        per_page: request.per_page,
        counts: ReturnCounts {
            all: counts.values().sum(),
            active: count(RuleState::Active),
            off: count(RuleState::Off),
            expired: count(RuleState::Expired),
            legacy: count(RuleState::Legacy),
            non_statutory: count(RuleState::NonStatutory),
        },
        regulators: regulators(rules),
        items: rows
            .into_iter()
            .skip(usize::try_from(skip).unwrap_or(usize::MAX))
            .take(usize::try_from(take).unwrap_or(0))
            .map(Into::into)
            .collect(),
    }))
}
