//! The contents of commands as they are kept, and the way from and to what the use cases take.

use clients::{ClientPatch, EntityType, Identifiers, NewRegistration, RiskRating, Status};
use filings::PatchFiling;
use filings::commands::NewState;
use filings::relaxation::{Draft, Effect, Scope, Whose};
use kernel::id::FilingId;
use kernel::{Date, Id, StoreError};
use maker_checker::policy::{levels_from, levels_json};
use maker_checker::{Action, Policy};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// Absent leaves, null clears.
fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// A kept word that this version of the program does not know.
pub(super) fn unreadable(what: &str) -> StoreError {
    StoreError::Other(format!("a kept command has a {what} that cannot be read"))
}

/// The scalar fields of a client.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClientForm {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) client_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) short_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) entity_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "nullable")]
    pub(super) risk_rating: Option<Option<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) identifiers: Option<IdentifiersForm>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "nullable")]
    pub(super) incorporated_on: Option<Option<Date>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) track_from: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "nullable")]
    pub(super) owner: Option<Option<i64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tags: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) notes: Option<String>,
}

/// Official numbers as they will be.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct IdentifiersForm {
    pan: Option<String>,
    gstin: Option<String>,
    cin: Option<String>,
    llpin: Option<String>,
    lei: Option<String>,
}

impl From<ClientPatch> for ClientForm {
    fn from(patch: ClientPatch) -> Self {
        Self {
            client_name: patch.client_name,
            short_name: patch.short_name,
            entity_type: patch.entity_type.map(|t| t.as_str().into()),
            status: patch.status.map(|s| s.as_str().into()),
            risk_rating: patch.risk_rating.map(|r| r.map(|r| r.as_str().into())),
            identifiers: patch.identifiers.map(|ids| IdentifiersForm {
                pan: ids.pan,
                gstin: ids.gstin,
                cin: ids.cin,
                llpin: ids.llpin,
                lei: ids.lei,
            }),
            incorporated_on: patch.incorporated_on,
            track_from: patch.track_from,
            owner: patch.owner.map(|o| o.map(Id::get)),
            tags: patch.tags,
            notes: patch.notes,
        }
    }
}

impl ClientForm {
    pub(super) fn patch(self) -> Result<ClientPatch, StoreError> {
        let entity_type =
            self.entity_type.map(|t| EntityType::parse(&t).ok_or_else(|| unreadable("legal form")));
        let status = self.status.map(|t| Status::parse(&t).ok_or_else(|| unreadable("status")));
        let risk = self
            .risk_rating
            .map(|r| r.map(|t| RiskRating::parse(&t).ok_or_else(|| unreadable("risk rating"))).transpose());
        Ok(ClientPatch {
            client_name: self.client_name,
            short_name: self.short_name,
            entity_type: entity_type.transpose()?,
            status: status.transpose()?,
            risk_rating: risk.transpose()?,
            identifiers: self.identifiers.map(|ids| Identifiers {
                pan: ids.pan,
                gstin: ids.gstin,
                cin: ids.cin,
                llpin: ids.llpin,
                lei: ids.lei,
            }),
            incorporated_on: self.incorporated_on,
            track_from: self.track_from,
            owner: self.owner.map(|o| o.map(Id::new)),
            tags: self.tags,
            notes: self.notes,
        })
    }
}

/// A registration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RegistrationForm {
    regulator: String,
    category: String,
    registration_no: String,
    valid_from: Option<Date>,
    valid_to: Option<Date>,
    status: String,
}

impl From<NewRegistration> for RegistrationForm {
    fn from(r: NewRegistration) -> Self {
        Self {
            regulator: r.regulator,
            category: r.category,
            registration_no: r.registration_no,
            valid_from: r.valid_from,
            valid_to: r.valid_to,
            status: r.status,
        }
    }
}

impl From<RegistrationForm> for NewRegistration {
    fn from(r: RegistrationForm) -> Self {
        Self {
            regulator: r.regulator,
            category: r.category,
            registration_no: r.registration_no,
            valid_from: r.valid_from,
            valid_to: r.valid_to,
            status: r.status,
        }
    }
}

/// One filing and its change.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FilingForm {
    pub(super) id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "nullable")]
    assignee: Option<Option<i64>>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "nullable")]
    target_due: Option<Option<Date>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    breach_after_days: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<StateForm>,
}

/// Where a filing goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
enum StateForm {
    Filed { on: Option<Date>, acknowledgement: Option<String>, exception: Option<String>, nil: bool },
    Waived { reason: String },
    NotApplicable { reason: String },
    InReview,
    Open { reason: String },
    Overdue,
    Breached,
}

impl FilingForm {
    /// A filing with the change as the use case takes it.
    pub fn new(id: FilingId, version: Option<i64>, patch: PatchFiling) -> Self {
        let state = patch.state.map(|state| match state {
            NewState::Filed { on, acknowledgement, exception, nil } => {
                StateForm::Filed { on, acknowledgement, exception, nil }
            }
            NewState::Waived(reason) => StateForm::Waived { reason },
            NewState::NotApplicable(reason) => StateForm::NotApplicable { reason },
            NewState::InReview => StateForm::InReview,
            NewState::Open(reason) => StateForm::Open { reason },
            NewState::Derived(filings::FilingStatus::Breached) => StateForm::Breached,
            NewState::Derived(_) => StateForm::Overdue,
        });
        Self {
            id: id.get(),
            version,
            assignee: patch.assignee.map(|a| a.map(Id::get)),
            target_due: patch.target_due,
            breach_after_days: patch.breach_after_days,
            state,
        }
    }

    /// The same change to the version that is there now.
    pub(super) fn at_version(mut self, version: i64) -> Self {
        self.version = Some(version);
        self
    }

    pub(super) fn patch(self) -> PatchFiling {
        use filings::FilingStatus;
        let state = self.state.map(|state| match state {
            StateForm::Filed { on, acknowledgement, exception, nil } => {
                NewState::Filed { on, acknowledgement, exception, nil }
            }
            StateForm::Waived { reason } => NewState::Waived(reason),
            StateForm::NotApplicable { reason } => NewState::NotApplicable(reason),
            StateForm::InReview => NewState::InReview,
            StateForm::Open { reason } => NewState::Open(reason),
            StateForm::Overdue => NewState::Derived(FilingStatus::Overdue),
            StateForm::Breached => NewState::Derived(FilingStatus::Breached),
        });
        PatchFiling {
            assignee: self.assignee.map(|a| a.map(Id::new)),
            target_due: self.target_due,
            breach_after_days: self.breach_after_days,
            state,
        }
    }
}

/// A circular.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CircularForm {
    regulator: String,
    codes: Vec<String>,
    period_from: Option<Date>,
    period_to: Option<Date>,
    period_keys: Vec<String>,
    clients: Option<Vec<i64>>,
    entity_types: Vec<String>,
    registrations: Vec<String>,
    new_date: Option<Date>,
    extra_days: Option<u16>,
    free_until: Option<Date>,
    counts_from_due: bool,
    names_past: bool,
    circular_no: String,
    circular_on: Option<Date>,
    circular_url: Option<String>,
    note: String,
    reason: Option<String>,
}

impl From<Draft> for CircularForm {
    fn from(draft: Draft) -> Self {
        let clients = match draft.scope.whose {
            Whose::These(ids) => Some(ids.into_iter().map(Id::get).collect()),
            _ => None,
        };
        let mut form = Self {
            regulator: draft.regulator,
            codes: draft.scope.codes,
            period_from: draft.scope.period_from,
            period_to: draft.scope.period_to,
            period_keys: draft.scope.period_keys,
            clients,
            entity_types: draft.scope.entity_types,
            registrations: draft.scope.registrations,
            names_past: draft.names_past,
            circular_no: draft.circular_no,
            circular_on: draft.circular_on,
            circular_url: draft.circular_url,
            note: draft.note,
            reason: draft.reason,
            ..Self::default()
        };
        match draft.effect {
            Some(Effect::NewDate(date)) => form.new_date = Some(date),
            Some(Effect::ExtraDays(days)) => form.extra_days = Some(days),
            Some(Effect::NoLateCost { until, counts_from_due }) => {
                (form.free_until, form.counts_from_due) = (Some(until), counts_from_due);
            }
            None => {}
        }
        form
    }
}

impl From<CircularForm> for Draft {
    fn from(form: CircularForm) -> Self {
        let effect = match (form.new_date, form.extra_days, form.free_until) {
            (Some(date), _, _) => Some(Effect::NewDate(date)),
            (_, Some(days), _) => Some(Effect::ExtraDays(days)),
            (_, _, Some(until)) => Some(Effect::NoLateCost { until, counts_from_due: form.counts_from_due }),
            _ => None,
        };
        let whose =
            form.clients.map_or(Whose::All, |ids| Whose::These(ids.into_iter().map(Id::new).collect()));
        Self {
            regulator: form.regulator,
            scope: Scope {
                codes: form.codes,
                period_from: form.period_from,
                period_to: form.period_to,
                period_keys: form.period_keys,
                whose,
                entity_types: form.entity_types,
                registrations: form.registrations,
            },
            effect,
            names_past: form.names_past,
            circular_no: form.circular_no,
            circular_on: form.circular_on,
            circular_url: form.circular_url,
            note: form.note,
            reason: form.reason,
        }
    }
}

/// A policy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PolicyForm {
    action: String,
    levels: Value,
    expires_after_days: u16,
    reason_required: bool,
    version: i64,
}

impl From<Policy> for PolicyForm {
    fn from(policy: Policy) -> Self {
        Self {
            action: policy.action.as_str().into(),
            levels: levels_json(&policy.levels),
            expires_after_days: policy.expires_after_days,
            reason_required: policy.reason_required,
            version: policy.version,
        }
    }
}

impl PolicyForm {
    pub(super) fn policy(self) -> Result<Policy, StoreError> {
        Ok(Policy {
            action: Action::parse(&self.action).ok_or_else(|| unreadable("action"))?,
            levels: levels_from(&self.levels).ok_or_else(|| unreadable("level"))?,
            expires_after_days: self.expires_after_days,
            reason_required: self.reason_required,
            version: self.version,
        })
    }
}
