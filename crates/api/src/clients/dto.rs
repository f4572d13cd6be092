//! Clients on the wire.

use super::fact_dto::FactDto;
use crate::auth::dto::UserRef;
use crate::http::Ist;
use clients::{ClientSummary, Contact, NewContact, NewRegistration, Registration};
use filings::{Filing, NewFiling, PlanDiff};
use kernel::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One row of the client list.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClientSummaryDto {
    /// Id within the firm.
    pub id: i64,
    /// Legal name.
    pub client_name: String,
    /// Name for dense lists.
    pub short_name: String,
    /// `private_company`, ...
    pub entity_type: String,
    /// `onboarding`, `active`, `suspended` or `offboarded`.
    pub status: String,
    /// `low`, `medium` or `high`.
    pub risk_rating: Option<String>,
    /// Regulators of its registrations.
    pub regulators: Vec<String>,
    /// The analyst who owns the relationship.
    pub owner: Option<UserRef>,
    /// Labels.
    pub tags: Vec<String>,
    /// Filings not closed and due within 90 days, late or waiting.
    pub open_filings: i64,
    /// Filings past their legal due date.
    pub past_due: i64,
    /// PAN.
    pub pan: Option<String>,
    /// GSTIN.
    pub gstin: Option<String>,
    /// CIN.
    pub cin: Option<String>,
    /// When it was made.
    pub created_at: Ist,
    /// When it was last saved.
    pub updated_at: Ist,
    /// For If-Match.
    pub version: i64,
}

impl From<ClientSummary> for ClientSummaryDto {
    fn from(c: ClientSummary) -> Self {
        Self {
            id: c.id.get(),
            client_name: c.client_name,
            short_name: c.short_name,
            entity_type: c.entity_type.as_str().into(),
            status: c.status.as_str().into(),
            risk_rating: c.risk_rating.map(|r| r.as_str().into()),
            regulators: c.regulators,
            owner: c.owner.map(|(id, name)| UserRef::named(id, name)),
            tags: c.tags,
            open_filings: c.open_filings,
            past_due: c.past_due,
            pan: c.pan,
            gstin: c.gstin,
            cin: c.cin,
            created_at: Ist(c.created_at),
            updated_at: Ist(c.updated_at),
            version: c.version,
        }
    }
}

/// A client with all that hangs on it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClientDto {
    /// The list's fields.
    #[serde(flatten)]
    pub summary: ClientSummaryDto,
    /// LLP number.
    pub llpin: Option<String>,
    /// Legal entity identifier.
    pub lei: Option<String>,
    /// Date of incorporation.
    #[schema(value_type = Option<String>, format = Date)]
    pub incorporated_on: Option<Date>,
    /// Filings due from this day on are tracked.
    #[schema(value_type = String, format = Date)]
    pub track_from: Date,
    /// Free text.
    pub notes: String,
    /// Licences.
    pub registrations: Vec<RegistrationDto>,
    /// People.
    pub contacts: Vec<ContactDto>,
    /// What is true of it, newest value of each key first.
    pub facts: Vec<FactDto>,
    /// What happened, newest first.
    pub events: Vec<EventDto>,
    /// Facts that would decide whether a return applies, and are not known.
    pub needs_facts: Vec<NeededFact>,
}

/// A licence or registration.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationDto {
    /// Id within the firm.
    pub id: i64,
    /// `RBI`, ...
    pub regulator: String,
    /// `NBFC-ICC`, ...
    pub category: String,
    /// In words.
    pub category_title: String,
    /// As on the certificate.
    pub registration_no: String,
    /// First day.
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_from: Option<Date>,
    /// Last day; none when it holds until revoked.
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_to: Option<Date>,
    /// `active`, `applied`, `suspended`, `surrendered` or `cancelled`.
    pub status: String,
}

impl From<Registration> for RegistrationDto {
    fn from(r: Registration) -> Self {
        let f = r.facts;
        Self {
            id: r.id.get(),
            category_title: app::reference::category_title(&f.regulator, &f.category),
            regulator: f.regulator,
            category: f.category,
            registration_no: f.registration_no,
            valid_from: f.valid_from,
            valid_to: f.valid_to,
            status: f.status,
        }
    }
}

/// A licence to add, or what it becomes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegistrationBody {
    regulator: String,
    category: String,
    registration_no: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    valid_from: Option<Date>,
    #[schema(value_type = Option<String>, format = Date)]
    valid_to: Option<Date>,
    status: Option<String>,
    /// For whoever approves the change, when it has to wait.
    pub(super) approval_note: Option<String>,
}

impl From<RegistrationBody> for NewRegistration {
    fn from(b: RegistrationBody) -> Self {
        Self {
            regulator: b.regulator,
            category: b.category,
            registration_no: b.registration_no.unwrap_or_default(),
            valid_from: b.valid_from,
            valid_to: b.valid_to,
            status: b.status.unwrap_or_default(),
        }
    }
}

/// A person at a client.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContactDto {
    /// Id within the firm.
    pub id: i64,
    /// Name.
    pub name: String,
    /// Designation.
    pub designation: String,
    /// Mail address.
    pub email: String,
    /// Phone.
    pub phone: String,
    /// The one to write to first.
    pub primary: bool,
}

impl From<Contact> for ContactDto {
    fn from(c: Contact) -> Self {
        let f = c.facts;
        Self {
            id: c.id.get(),
            name: f.name,
            designation: f.designation,
            email: f.email,
            phone: f.phone,
            primary: f.primary,
        }
    }
}

/// A person to add, or what they become.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContactBody {
    name: String,
    designation: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    primary: Option<bool>,
}

impl From<ContactBody> for NewContact {
    fn from(b: ContactBody) -> Self {
        Self {
            name: b.name,
            designation: b.designation.unwrap_or_default(),
            email: b.email.unwrap_or_default(),
            phone: b.phone.unwrap_or_default(),
            primary: b.primary.unwrap_or(false),
        }
    }
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventDto {
    /// Id within the firm.
    pub id: i64,
    /// `agm_held`, ...
    pub kind: String,
    /// In words.
    pub title: String,
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// `2025-26`, for what comes once a year.
    pub for_period: Option<String>,
    /// Free text.
    pub note: String,
    /// Who recorded it.
    pub recorded_by: Option<UserRef>,
    /// When.
    pub recorded_at: Ist,
}

/// A fact that nobody entered, and the returns that hang on it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NeededFact {
    /// Key of the catalogue.
    pub key: String,
    /// Name for people.
    pub title: String,
    /// Codes that cannot be decided without it.
    pub decides: Vec<String>,
}

/// What planning changes.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlanDiffDto {
    /// New obligations.
    pub added: Vec<FilingRef>,
    /// Open ones that no longer apply.
    pub removed: Vec<FilingRef>,
    /// Open ones whose date changes.
    pub moved: Vec<MovedFiling>,
    /// Open ones that stay.
    pub unchanged: usize,
}

/// A filing by name.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FilingRef {
    /// Id; none while it is only proposed.
    pub id: Option<i64>,
    /// `DNBS01`.
    pub code: String,
    /// Name of the return; empty when the code says it.
    pub title: String,
    /// `Q2 FY 2026-27`.
    pub period_label: String,
    /// Legal or probable due date.
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<Date>,
}

/// A filing whose date changes, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct MovedFiling {
    /// Which.
    pub filing: FilingRef,
    /// Legal or probable date before.
    #[schema(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
    /// Legal or probable date after.
    #[schema(value_type = Option<String>, format = Date)]
    pub to: Option<Date>,
    /// Why, in the words of the rule.
    pub reason: String,
}

impl From<PlanDiff> for PlanDiffDto {
    fn from(diff: PlanDiff) -> Self {
        let title = |code: &str| {
            let rules = rulebook::Rulebook::shipped();
            rules.versions(code).last().map(|r| r.title.clone()).unwrap_or_default()
        };
        let new = |f: &NewFiling| FilingRef {
            id: None,
            code: f.code.clone(),
            title: f.title.clone(),
            period_label: f.period_label.clone(),
            due_on: f.legal_due.or(f.projected_due),
        };
        let old = |f: &Filing| FilingRef {
            id: Some(f.id.get()),
            code: f.code.clone(),
            title: title(&f.code),
            period_label: f.period_label.clone(),
            due_on: f.legal_due.or(f.projected_due),
        };
        let mut added: Vec<FilingRef> = diff.added.iter().map(new).collect();
        added.extend(diff.revived.iter().map(|c| old(&c.after)));
        let (dated, same): (Vec<_>, Vec<_>) = diff.moved.into_iter().partition(|c| c.moves_date());
        let moved = dated
            .iter()
            .map(|c| MovedFiling {
                from: c.before.legal_due.or(c.before.projected_due),
                to: c.after.legal_due.or(c.after.projected_due),
                filing: old(&c.after),
                reason: c.reason.clone(),
            })
            .collect();
        Self {
            added,
            removed: diff.withdrawn.iter().map(old).collect(),
            moved,
            unchanged: diff.unchanged + same.len(),
        }
    }
}
