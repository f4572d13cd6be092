//! New clients and changes to clients, before they are accepted.

use crate::client::{Client, EntityType, Identifiers, RiskRating, Status};
use crate::name_key::short_name;
use crate::parts::{FactChange, NewContact, NewRegistration};
use kernel::fields::check_text;
use kernel::id::UserId;
use kernel::{Date, FieldErrors};
use serde_json::{Map, Value, json};

/// A client to be made. Identifiers are checked by the caller beforehand.
#[derive(Debug, Clone)]
pub struct NewClient {
    /// Legal name.
    pub client_name: String,
    /// Name for dense lists; made from the legal name when absent.
    pub short_name: Option<String>,
    /// Legal form.
    pub entity_type: EntityType,
    /// Onboarding or active.
    pub status: Status,
    /// Risk rating.
    pub risk_rating: Option<RiskRating>,
    /// Official numbers.
    pub identifiers: Identifiers,
    /// Date of incorporation.
    pub incorporated_on: Option<Date>,
    /// Filings due from this date on are tracked; today when absent.
    pub track_from: Option<Date>,
    /// Owner.
    pub owner: Option<UserId>,
    /// Labels.
    pub tags: Vec<String>,
    /// Free text.
    pub notes: String,
    /// Licences.
    pub registrations: Vec<NewRegistration>,
    /// People.
    pub contacts: Vec<NewContact>,
    /// Facts.
    pub facts: Vec<FactChange>,
}

impl NewClient {
    /// Trims, fills what can be filled and says what is wrong with the texts and dates.
    pub fn checked(mut self, today: Date) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        self.client_name = squeeze(&self.client_name);
        check_name(&mut errors, &self.client_name);
        let short = self.short_name.as_deref().map(squeeze).filter(|s| !s.is_empty());
        self.short_name = Some(short.unwrap_or_else(|| short_name(&self.client_name)));
        check_text(&mut errors, "shortName", self.short_name.as_deref().unwrap_or_default(), 80);
        check_text(&mut errors, "notes", &self.notes, 10_000);
        self.tags = clean_tags(&self.tags, &mut errors);
        check_incorporation(&mut errors, self.incorporated_on, today);
        if !matches!(self.status, Status::Onboarding | Status::Active) {
            errors.add("status", "A new client is onboarding or active.");
        }
        errors.into_result().map(|()| self)
    }
}

/// A change to the scalar fields of a client: absent leaves, `Some(None)` clears.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClientPatch {
    /// Legal name.
    pub client_name: Option<String>,
    /// Name for dense lists.
    pub short_name: Option<String>,
    /// Legal form.
    pub entity_type: Option<EntityType>,
    /// Where it stands.
    pub status: Option<Status>,
    /// Risk rating.
    pub risk_rating: Option<Option<RiskRating>>,
    /// Official numbers as they will be, already checked; absent when none was in the patch.
    pub identifiers: Option<Identifiers>,
    /// Date of incorporation.
    pub incorporated_on: Option<Option<Date>>,
    /// Tracked from.
    pub track_from: Option<Date>,
    /// Owner.
    pub owner: Option<Option<UserId>>,
    /// Labels.
    pub tags: Option<Vec<String>>,
    /// Free text.
    pub notes: Option<String>,
}

impl ClientPatch {
    /// Applies the change, or says what is wrong with it.
    pub fn apply(self, mut client: Client, today: Date) -> Result<Client, FieldErrors> {
        let mut errors = FieldErrors::new();
        if let Some(name) = self.client_name {
            client.client_name = squeeze(&name);
            check_name(&mut errors, &client.client_name);
        }
        if let Some(short) = self.short_name {
            client.short_name = squeeze(&short);
            check_text(&mut errors, "shortName", &client.short_name, 80);
            if client.short_name.is_empty() {
                client.short_name = short_name(&client.client_name);
            }
        }
        if let Some(status) = self.status {
            if !client.status.may_become(status) {
                errors.add(
                    "status",
                    format!("{} cannot become {}.", client.status.title(), status.title().to_lowercase()),
                );
            }
            client.status = status;
        }
        if let Some(tags) = self.tags {
            client.tags = clean_tags(&tags, &mut errors);
        }
        if let Some(notes) = self.notes {
            check_text(&mut errors, "notes", &notes, 10_000);
            client.notes = notes;
        }
        if let Some(on) = self.incorporated_on {
            check_incorporation(&mut errors, on, today);
            client.incorporated_on = on;
        }
        client.entity_type = self.entity_type.unwrap_or(client.entity_type);
        client.risk_rating = self.risk_rating.unwrap_or(client.risk_rating);
        client.identifiers = self.identifiers.unwrap_or(client.identifiers);
        client.track_from = self.track_from.unwrap_or(client.track_from);
        client.owner = self.owner.unwrap_or(client.owner);
        errors.into_result().map(|()| client)
    }
}

/// The scalar fields as the journal keeps them.
pub fn as_json(client: &Client) -> Map<String, Value> {
    let ids = &client.identifiers;
    let value = json!({
        "clientName": client.client_name,
        "shortName": client.short_name,
        "entityType": client.entity_type.as_str(),
        "status": client.status.as_str(),
        "riskRating": client.risk_rating.map(RiskRating::as_str),
        "pan": ids.pan, "gstin": ids.gstin, "cin": ids.cin, "llpin": ids.llpin, "lei": ids.lei,
        "incorporatedOn": client.incorporated_on.map(|d| d.to_string()),
        "trackFrom": client.track_from.to_string(),
        "ownerId": client.owner.map(kernel::Id::get),
        "tags": client.tags,
        "notes": client.notes,
    });
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// Only the fields that differ, before and after.
pub fn changes(before: &Client, after: &Client) -> (Map<String, Value>, Map<String, Value>) {
    let (mut old, mut new) = (as_json(before), as_json(after));
    let same: Vec<String> =
        old.iter().filter(|(k, v)| new.get(*k) == Some(v)).map(|(k, _)| k.clone()).collect();
    for key in same {
        old.remove(&key);
        new.remove(&key);
    }
    (old, new)
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check_name(errors: &mut FieldErrors, name: &str) {
    check_text(errors, "clientName", name, 200);
    if !name.chars().any(char::is_alphanumeric) {
        errors.add("clientName", "Enter the legal name of the client.");
    }
}

fn check_incorporation(errors: &mut FieldErrors, on: Option<Date>, today: Date) {
    match on {
        Some(on) if on > today => errors.add("incorporatedOn", format!("{on} is in the future.")),
        Some(on) if on.year() < 1800 => errors.add("incorporatedOn", format!("{on} is too long ago.")),
        _ => {}
    }
}

fn clean_tags(tags: &[String], errors: &mut FieldErrors) -> Vec<String> {
    let mut clean: Vec<String> =
        tags.iter().map(|t| squeeze(t).to_lowercase()).filter(|t| !t.is_empty()).collect();
    clean.sort();
    clean.dedup();
    if clean.len() > 20 {
        errors.add("tags", "Use at most 20 tags.");
    }
    for tag in &clean {
        check_text(errors, "tags", tag, 40);
    }
    clean
}
