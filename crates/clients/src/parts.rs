//! What hangs on a client: registrations, contacts, facts with their history, events.

use kernel::fields::{check_phone, check_text};
use kernel::id::{ClientEventId, ContactId, RegistrationId, UserId};
use kernel::moment::Instant;
use kernel::{Date, FieldErrors};

/// States of a registration.
pub const REGISTRATION_STATUSES: &[&str] = &["active", "applied", "suspended", "surrendered", "cancelled"];

/// A licence or registration with one regulator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// Id within the firm.
    pub id: RegistrationId,
    /// Its content.
    pub facts: NewRegistration,
}

/// The content of a registration.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewRegistration {
    /// `RBI`, `SEBI`, ...
    pub regulator: String,
    /// `NBFC-ICC`, `PA`, `PPI`, ...
    pub category: String,
    /// As printed on the certificate.
    pub registration_no: String,
    /// First day.
    pub valid_from: Option<Date>,
    /// Last day; none when it holds until revoked.
    pub valid_to: Option<Date>,
    /// One of [`REGISTRATION_STATUSES`]; empty means active.
    pub status: String,
}

impl NewRegistration {
    /// Trims, fills the status and says what is wrong. `known` are the categories of the rule library.
    pub fn checked(mut self, known: &[(String, String)]) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        self.regulator = self.regulator.trim().to_uppercase();
        self.category = self.category.trim().to_owned();
        self.registration_no = self.registration_no.trim().to_owned();
        if self.status.is_empty() {
            self.status = "active".into();
        }
        check_text(&mut errors, "registrationNo", &self.registration_no, 80);
        if !known.iter().any(|(regulator, _)| *regulator == self.regulator) {
            errors.add("regulator", format!("\"{}\" is not a regulator we know.", self.regulator));
        } else if !known.iter().any(|(r, c)| *r == self.regulator && *c == self.category) {
            errors.add(
                "category",
                format!("\"{}\" is not a kind of {} registration.", self.category, self.regulator),
            );
        }
        if !REGISTRATION_STATUSES.contains(&self.status.as_str()) {
            errors.add("status", format!("Use one of {}.", REGISTRATION_STATUSES.join(", ")));
        }
        if let (Some(from), Some(to)) = (self.valid_from, self.valid_to)
            && to < from
        {
            errors.add("validTo", "The last day is before the first day.");
        }
        errors.into_result().map(|()| self)
    }
}

/// A person at the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Id within the firm.
    pub id: ContactId,
    /// Its content.
    pub facts: NewContact,
}

/// The content of a contact.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewContact {
    /// Name.
    pub name: String,
    /// Designation.
    pub designation: String,
    /// Mail address.
    pub email: String,
    /// Phone number.
    pub phone: String,
    /// The one to write to first.
    pub primary: bool,
}

impl NewContact {
    /// Trims and says what is wrong.
    pub fn checked(mut self) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        for text in [&mut self.name, &mut self.designation, &mut self.email, &mut self.phone] {
            *text = text.trim().to_owned();
        }
        if self.name.is_empty() {
            errors.add("name", "Enter the person's name.");
        }
        check_text(&mut errors, "name", &self.name, 120);
        check_text(&mut errors, "designation", &self.designation, 120);
        check_text(&mut errors, "email", &self.email, 254);
        check_phone(&mut errors, "phone", &self.phone, 40);
        let at = self.email.split_once('@');
        if !self.email.is_empty()
            && !at.is_some_and(|(a, b)| !a.is_empty() && b.contains('.') && !b.contains('@'))
        {
            errors.add("email", "This is not a mail address; it needs a name, @ and a domain.");
        }
        errors.into_result().map(|()| self)
    }
}

/// A fact about a client that holds from a date until the next value of the same key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Key of the rule library's catalogue.
    pub key: String,
    /// The value as text; `None` ends the fact.
    pub value: Option<String>,
    /// First day.
    pub valid_from: Date,
}

/// A new value for a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactChange {
    /// Key of the catalogue.
    pub key: String,
    /// The value as text; `None` ends the fact.
    pub value: Option<String>,
    /// First day; none means "since ever".
    pub valid_from: Option<Date>,
}

/// Something that happened at a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientEvent {
    /// Id within the firm.
    pub id: ClientEventId,
    /// What happened.
    pub facts: NewEvent,
    /// Who recorded it.
    pub recorded_by: Option<UserId>,
    /// When.
    pub recorded_at: Instant,
}

/// The content of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// Kind of the rule library, `agm_held`.
    pub kind: String,
    /// The day it happened.
    pub on: Date,
    /// The period it belongs to, `2025-26`, for kinds that come once a period.
    pub for_period: Option<String>,
    /// Free text.
    pub note: String,
}
