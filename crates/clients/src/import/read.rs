//! What one row says, field by field. An empty cell says nothing and changes nothing.

use super::words;
use crate::client::{EntityType, Identifiers, RiskRating, Status};
use crate::parts::{NewContact, NewRegistration};
use kernel::{Date, FieldErrors};

/// One cell with content, and the field its column is mapped to.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Key of the field.
    pub field: &'a str,
    /// The content, trimmed.
    pub text: &'a str,
    /// For date fields: the date, or why it is none.
    pub date: Option<Result<Date, String>>,
}

/// Something wrong with one field of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Key of the field; none for the row as a whole.
    pub field: Option<String>,
    /// The sentence.
    pub message: String,
    /// False for a warning.
    pub error: bool,
}

impl Problem {
    /// Something that keeps the row out.
    pub fn error(field: &str, message: impl Into<String>) -> Self {
        Self { field: Some(field.to_owned()), message: message.into(), error: true }
    }
    /// Something to look at.
    pub fn warning(field: &str, message: impl Into<String>) -> Self {
        Self { error: false, ..Self::error(field, message) }
    }
}

/// What a row says. `None` and empty lists mean that the row does not speak of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RowData {
    /// Legal name.
    pub client_name: Option<String>,
    /// Name for dense lists.
    pub short_name: Option<String>,
    /// Legal form.
    pub entity_type: Option<EntityType>,
    /// Where it stands.
    pub status: Option<Status>,
    /// Risk rating.
    pub risk_rating: Option<RiskRating>,
    /// Official numbers, as written.
    pub identifiers: Identifiers,
    /// Date of incorporation.
    pub incorporated_on: Option<Date>,
    /// Tracked from.
    pub track_from: Option<Date>,
    /// The owner as written: mail address or name.
    pub owner: Option<String>,
    /// Labels.
    pub tags: Option<Vec<String>>,
    /// Free text.
    pub notes: Option<String>,
    /// Licences, checked.
    pub registrations: Vec<NewRegistration>,
    /// A person, checked.
    pub contact: Option<NewContact>,
    /// Facts: key and value as written.
    pub facts: Vec<(String, String)>,
    /// Events: kind and day.
    pub events: Vec<(String, Date)>,
}

/// Reads a row. `known` are the registrations that the rule library knows: (regulator, category).
pub fn read_row(entries: &[Entry<'_>], known: &[(String, String)]) -> (RowData, Vec<Problem>) {
    let mut row = Reader { known, data: RowData::default(), problems: Vec::new(), one: None, contact: None };
    for entry in entries {
        let control = entry.text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
        if let Some(bad) = control {
            let message =
                format!("Remove the control character U+{:04X}; it cannot be stored.", u32::from(bad));
            row.problems.push(Problem::error(entry.field, message));
        } else {
            row.take(entry);
        }
    }
    row.finish()
}

struct Reader<'a> {
    known: &'a [(String, String)],
    data: RowData,
    problems: Vec<Problem>,
    /// The registration of the simple columns.
    one: Option<NewRegistration>,
    contact: Option<NewContact>,
}

impl Reader<'_> {
    fn take(&mut self, entry: &Entry<'_>) {
        let text = || Some(entry.text.to_owned());
        let data = &mut self.data;
        match entry.field {
            "clientName" => data.client_name = text(),
            "shortName" => data.short_name = text(),
            "pan" => data.identifiers.pan = text(),
            "gstin" => data.identifiers.gstin = text(),
            "cin" => data.identifiers.cin = text(),
            "llpin" => data.identifiers.llpin = text(),
            "lei" => data.identifiers.lei = text(),
            "owner" => data.owner = text(),
            "notes" => data.notes = text(),
            "tags" => {
                let tags = entry.text.split([',', ';']).map(str::trim).filter(|t| !t.is_empty());
                data.tags = Some(tags.map(str::to_owned).collect());
            }
            "entityType" => {
                data.entity_type = words::entity_type(entry.text);
                let titles: Vec<&str> = EntityType::ALL.iter().map(|e| e.title()).collect();
                self.known_word(entry, data_is(&self.data.entity_type), "legal form", &titles);
            }
            "status" => {
                data.status = words::status(entry.text);
                let titles: Vec<&str> = Status::ALL.iter().map(|s| s.title()).collect();
                self.known_word(entry, data_is(&self.data.status), "status", &titles);
            }
            "riskRating" => {
                data.risk_rating = words::risk_rating(entry.text);
                self.known_word(
                    entry,
                    data_is(&self.data.risk_rating),
                    "risk rating",
                    &["Low", "Medium", "High"],
                );
            }
            "incorporatedOn" => self.data.incorporated_on = self.date(entry),
            "trackFrom" => self.data.track_from = self.date(entry),
            "registrations" => self.registrations(entry.text),
            "regulator" | "category" | "registrationNo" | "registeredOn" | "validTo" => {
                self.registration(entry)
            }
            "contactName" | "contactDesignation" | "contactEmail" | "contactPhone" => self.person(entry),
            other => self.from_library(other, entry),
        }
    }

    fn from_library(&mut self, field: &str, entry: &Entry<'_>) {
        if let Some(key) = field.strip_prefix("fact:") {
            let value = if entry.date.is_some() {
                self.date(entry).map(|d| d.to_string())
            } else {
                Some(entry.text.to_owned())
            };
            self.data.facts.extend(value.map(|value| (key.to_owned(), value)));
        } else if let Some(kind) = field.strip_prefix("event:") {
            let on = self.date(entry);
            self.data.events.extend(on.map(|on| (kind.to_owned(), on)));
        }
    }

    fn known_word(&mut self, entry: &Entry<'_>, known: bool, what: &str, titles: &[&str]) {
        if !known {
            let message =
                format!("\"{}\" is not a {what} we know. Use one of {}.", cut(entry.text), titles.join(", "));
            self.problems.push(Problem::error(entry.field, message));
        }
    }

    fn date(&mut self, entry: &Entry<'_>) -> Option<Date> {
        match &entry.date {
            Some(Ok(date)) => Some(*date),
            Some(Err(message)) => {
                self.problems.push(Problem::error(entry.field, message.clone()));
                None
            }
            None => None,
        }
    }

    /// `RBI:NBFC-ICC=N-13.01234; RBI:PA`.
    fn registrations(&mut self, text: &str) {
        for part in text.split([';', '|', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
            let (name, number) = part.split_once('=').unwrap_or((part, ""));
            let (regulator, category) = name.split_once(':').unwrap_or(("", name));
            let registration = NewRegistration {
                regulator: regulator.trim().to_owned(),
                category: category.trim().to_owned(),
                registration_no: number.trim().to_owned(),
                ..NewRegistration::default()
            };
            self.add_registration(registration, true);
        }
    }

    fn registration(&mut self, entry: &Entry<'_>) {
        let date = if entry.date.is_some() { self.date(entry) } else { None };
        let one = self.one.get_or_insert_default();
        match entry.field {
            "regulator" => one.regulator = entry.text.to_owned(),
            "category" => match entry.text.split_once(':') {
                Some((regulator, category)) => {
                    one.regulator = regulator.trim().to_owned();
                    one.category = category.trim().to_owned();
                }
                None => one.category = entry.text.to_owned(),
            },
            "registrationNo" => one.registration_no = entry.text.to_owned(),
            "registeredOn" => one.valid_from = date,
            _ => one.valid_to = date,
        }
    }

    fn add_registration(&mut self, mut registration: NewRegistration, packed: bool) {
        let (regulator_field, category_field) =
            if packed { ("registrations", "registrations") } else { ("regulator", "category") };
        if registration.category.is_empty() {
            // A regulator without a category says nothing that a rule could use.
            let message = "Say what the registration is, for example NBFC-ICC.";
            self.problems.push(Problem::error(category_field, message));
            return;
        }
        let same = |(_, category): &&(String, String)| category.eq_ignore_ascii_case(&registration.category);
        let fits = |(regulator, _): &&(String, String)| {
            registration.regulator.is_empty() || regulator.eq_ignore_ascii_case(&registration.regulator)
        };
        if let Some((regulator, category)) = self.known.iter().filter(same).find(fits).cloned() {
            registration.regulator = regulator;
            registration.category = category;
        }
        if registration.regulator.is_empty() {
            let message =
                format!("Say which regulator \"{}\" is with, for example RBI.", cut(&registration.category));
            self.problems.push(Problem::error(regulator_field, message));
            return;
        }
        let regulator = registration.regulator.to_uppercase();
        match registration.checked(self.known) {
            Ok(good) => self.data.registrations.push(good),
            Err(errors) => self.refuse(
                errors,
                |name| match name {
                    "regulator" => regulator_field,
                    "category" if packed => category_field,
                    "category" => "category",
                    _ if packed => "registrations",
                    "validTo" => "validTo",
                    _ => "registrationNo",
                },
                &self.choices(&regulator),
            ),
        }
    }

    /// What may be written for the category, after a refusal.
    fn choices(&self, regulator: &str) -> String {
        let of: Vec<&str> =
            self.known.iter().filter(|(r, _)| r == regulator).map(|(_, c)| c.as_str()).collect();
        if of.is_empty() {
            let mut all: Vec<&str> = self.known.iter().map(|(r, _)| r.as_str()).collect();
            all.dedup();
            return format!(" Use one of {}.", all.join(", "));
        }
        format!(" Use one of {}.", of.join(", "))
    }

    fn refuse(&mut self, errors: FieldErrors, place: impl Fn(&str) -> &'static str, choices: &str) {
        for (name, messages) in errors.0 {
            for message in messages {
                let more = if matches!(name.as_str(), "regulator" | "category") { choices } else { "" };
                self.problems.push(Problem::error(place(&name), format!("{message}{more}")));
            }
        }
    }

    fn person(&mut self, entry: &Entry<'_>) {
        let contact = self.contact.get_or_insert_default();
        let place = match entry.field {
            "contactName" => &mut contact.name,
            "contactDesignation" => &mut contact.designation,
            "contactEmail" => &mut contact.email,
            _ => &mut contact.phone,
        };
        *place = entry.text.to_owned();
    }

    fn finish(mut self) -> (RowData, Vec<Problem>) {
        if let Some(one) = self.one.take() {
            self.add_registration(one, false);
        }
        if let Some(mut contact) = self.contact.take() {
            if contact.name.trim().is_empty() {
                // A mail address or a number alone is still worth keeping.
                contact.name =
                    if contact.email.is_empty() { "Office".to_owned() } else { contact.email.clone() };
            }
            match contact.checked() {
                Ok(good) => self.data.contact = Some(good),
                Err(errors) => self.refuse(
                    errors,
                    |name| match name {
                        "designation" => "contactDesignation",
                        "email" => "contactEmail",
                        "phone" => "contactPhone",
                        _ => "contactName",
                    },
                    "",
                ),
            }
        }
        (self.data, self.problems)
    }
}

fn data_is<T>(value: &Option<T>) -> bool {
    value.is_some()
}

fn cut(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn known() -> Vec<(String, String)> {
        [("RBI", "NBFC-ICC"), ("RBI", "PA"), ("SEBI", "IA")]
            .map(|(r, c)| (r.to_owned(), c.to_owned()))
            .to_vec()
    }

    fn entry<'a>(field: &'a str, text: &'a str) -> Entry<'a> {
        Entry { field, text, date: None }
    }

    #[test]
    fn a_row_is_read_field_by_field() {
        let entries = [
            entry("clientName", "Sahyadri Capital"),
            entry("entityType", "Pvt Ltd"),
            entry("tags", "lending; Mumbai, "),
            entry("registrations", "RBI:NBFC-ICC=N-13.01234; pa"),
            entry("contactEmail", "meera@example.in"),
            entry("fact:layer", "base"),
            Entry { field: "event:agm_held", text: "30/09/2026", date: Some(Ok(date!(2026 - 09 - 30))) },
        ];
        let (data, problems) = read_row(&entries, &known());
        assert_eq!(problems, []);
        assert_eq!(data.entity_type, Some(EntityType::PrivateCompany));
        assert_eq!(data.tags.as_deref(), Some(&["lending".to_owned(), "Mumbai".to_owned()][..]));
        assert_eq!(data.registrations.len(), 2);
        assert_eq!(data.registrations[0].registration_no, "N-13.01234");
        assert_eq!(
            (data.registrations[1].regulator.as_str(), data.registrations[1].category.as_str()),
            ("RBI", "PA")
        );
        assert_eq!(data.contact.as_ref().map(|c| c.name.as_str()), Some("meera@example.in"));
        assert_eq!(data.facts, [("layer".to_owned(), "base".to_owned())]);
        assert_eq!(data.events, [("agm_held".to_owned(), date!(2026 - 09 - 30))]);
    }

    #[test]
    fn the_simple_registration_columns_make_one_registration() {
        let entries = [entry("category", "nbfc-icc"), entry("registrationNo", "N-13.01234")];
        let (data, problems) = read_row(&entries, &known());
        assert_eq!(problems, []);
        assert_eq!(data.registrations[0].regulator, "RBI");
        assert_eq!(data.registrations[0].category, "NBFC-ICC");
    }

    #[test]
    fn what_is_wrong_is_said_at_its_own_field() {
        let entries = [
            entry("entityType", "Martian"),
            entry("regulator", "RBX"),
            entry("category", "NBFC-ICC"),
            entry("contactEmail", "nowhere"),
            Entry {
                field: "incorporatedOn",
                text: "31/02/2020",
                date: Some(Err("February 2020 has no day 31.".into())),
            },
            entry("notes", "a\0b"),
        ];
        let (_, problems) = read_row(&entries, &known());
        let fields: Vec<&str> = problems.iter().filter_map(|p| p.field.as_deref()).collect();
        assert_eq!(fields, ["entityType", "incorporatedOn", "notes", "regulator", "contactEmail"]);
        assert!(problems[3].message.contains("RBI, SEBI"), "{}", problems[3].message);
    }
}
